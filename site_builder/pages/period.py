"""A page for each week, month and year, and the archive of all years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.catalogue.order import best_of, neighbours
from site_builder.config.settings import Settings
from site_builder.languages import Words
from site_builder.model.catalogue import Catalogue, Period, PeriodKind, PeriodName, TermName
from site_builder.model.page import Page, PageData
from site_builder.model.paper import Paper
from site_builder.pages.discovery import period_feed
from site_builder.urls import period_path

MAX_BEST: dict[PeriodKind, int] = {"week": 6, "month": 6, "year": 9}
BEST_OF = 3  # one in so many papers may be among the best, so that they remain a selection
MAX_TOPICS = 8
MIN_TOPIC_PAPERS = 2
TOPIC_BEST = 3

Edge = tuple[PeriodName | None, PeriodName | None]


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag in a period: the number of its papers, and the best of them that are not at the top of the page."""

    term: TermName
    count: int
    best: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class PeriodData(PageData):
    """A week, month or year and its neighbours. months: those of a year. best: its best papers, the best first."""

    period: Period
    previous: PeriodName | None
    next: PeriodName | None
    months: Sequence[Period]
    best: Sequence[Paper]
    topics: Sequence[Topic]


@dataclass(frozen=True, slots=True)
class ArchiveData(PageData):
    """The years, newest first, each with its months, newest first."""

    years: Sequence[tuple[Period, Sequence[Period]]]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan a page for each week and month."""
    edges = catalogue.edges
    yield from _plan([(catalogue.weeks, edges.weeks), (catalogue.months, edges.months)], (), catalogue, settings)


def plan_years(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan a page for each year, with its months."""
    yield from _plan([(catalogue.years, (None, None))], catalogue.months, catalogue, settings)


def _plan(
    kinds: Sequence[tuple[Sequence[Period], Edge]],
    all_months: Sequence[Period],
    catalogue: Catalogue,
    settings: Settings,
) -> Iterator[Page]:
    words = settings.words
    for periods, edge in kinds:
        names = neighbours([period.name for period in periods], edge)
        for period, (previous, _, following) in zip(periods, names, strict=True):
            papers = period.papers
            best = best_of(papers, min(MAX_BEST[period.kind], len(papers) // BEST_OF))
            months = [month for month in all_months if month.key[:4] == period.key]
            yield Page(
                path=period_path(period.kind, period.key),
                renderer="html",
                template=f"pages/{period.kind}.html",
                claimant=f"the {period.kind} {period.key}",
                title=words.period_name(period.kind, period.key),
                description=papers_in_digests(words, len(papers), len(period.digests)),
                feeds=period_feed(period.kind, settings),
                data=PeriodData(
                    period=period,
                    previous=previous,
                    next=following,
                    months=months,
                    best=best,
                    topics=topics_of(papers, best, catalogue.tags_of),
                ),
            )


def papers_in_digests(words: Words, papers: int, digests: int) -> str:
    """Return a text such as `30 papers in 5 digests`, or only `30 papers`."""
    count = words.ngettext("%(count)s paper", "%(count)s papers", papers)
    shown = words.ngettext("%(count)s digest", "%(count)s digests", digests)
    return words.gettext("%(papers)s in %(digests)s", papers=count, digests=shown) if digests else count


def topics_of(
    papers: Sequence[Paper], best: Sequence[Paper], tags_of: Mapping[str, Sequence[TermName]]
) -> tuple[Topic, ...]:
    """Return the most frequent tags of papers, each with its best papers that are not in `best`."""
    papers_of: dict[TermName, list[Paper]] = {}
    for paper in papers:
        for tag in tags_of.get(paper.id, ()):
            papers_of.setdefault(tag, []).append(paper)
    first = {paper.id for paper in best}
    shared = [
        (tag, group)
        for tag, group in papers_of.items()
        if len(group) >= MIN_TOPIC_PAPERS and not first.issuperset(paper.id for paper in group)
    ]
    shared.sort(key=lambda item: (-len(item[1]), item[0].slug))
    return tuple(
        Topic(tag, len(group), best_of([paper for paper in group if paper.id not in first], TOPIC_BEST))
        for tag, group in shared[:MAX_TOPICS]
    )


def plan_archive(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `archive.html`."""
    years = [
        (year, [month for month in catalogue.months[::-1] if month.key[:4] == year.key])
        for year in catalogue.years[::-1]
    ]
    yield Page(
        path="archive.html",
        renderer="html",
        template="pages/archive.html",
        claimant="the archive",
        title=settings.words.gettext("Archive"),
        description=settings.words.gettext("Every digest by year, month and day"),
        data=ArchiveData(years),
    )
