"""A page for each week, month and year, and the archive of them all."""

from collections.abc import Iterator, Sequence

from site_builder.catalogue.model import Catalogue, Period
from site_builder.catalogue.order import neighbours
from site_builder.languages import Words
from site_builder.pages.discovery import period_feed
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.urls import period_path

Edge = tuple[Period | None, Period | None]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan a page for each week and month with `period`, `previous` and `next`."""
    edges = catalogue.edges
    yield from _plan([(catalogue.weeks, edges.weeks), (catalogue.months, edges.months)], (), settings)


def plan_years(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan a page for each year, as those of weeks and months, with its `months`."""
    yield from _plan([(catalogue.years, (None, None))], catalogue.months, settings)


def _plan(
    kinds: Sequence[tuple[Sequence[Period], Edge]], all_months: Sequence[Period], settings: Settings
) -> Iterator[Page]:
    words = settings.words
    for periods, edge in kinds:
        for previous, period, following in neighbours(periods, edge):
            months = [month for month in all_months if month.key[:4] == period.key]
            yield Page(
                path=period_path(period.kind, period.key),
                renderer="html",
                template=f"pages/{period.kind}.html",
                claimant=f"the {period.kind} {period.key}",
                title=words.period_name(period.kind, period.key),
                description=papers_in_digests(words, len(period.papers), len(period.days)),
                feeds=period_feed(period.kind, settings),
                data={"period": period, "previous": previous, "next": following, "months": months},
            )


def papers_in_digests(words: Words, papers: int, digests: int) -> str:
    """Return `30 papers in 5 digests`."""
    return words.gettext(
        "%(papers)s in %(digests)s",
        papers=words.ngettext("%(count)s paper", "%(count)s papers", papers),
        digests=words.ngettext("%(count)s digest", "%(count)s digests", digests),
    )


def plan_archive(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `archive.html` with `years`, newest first, each as (year, its months newest first)."""
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
        data={"years": years},
    )
