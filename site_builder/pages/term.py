"""Pages of terms: the newest papers first, older ones split into parts by month; and an index of each taxonomy."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import nlargest
from itertools import pairwise
from operator import attrgetter

from site_builder.catalogue.order import best_of
from site_builder.catalogue.trends import months_between
from site_builder.config.settings import Settings
from site_builder.languages import N_, Words
from site_builder.model.catalogue import Catalogue, Person, Taxonomy, Term, TermName
from site_builder.model.page import Page, PageData
from site_builder.model.paper import Paper
from site_builder.model.published import UNDATED
from site_builder.pages.discovery import term_feeds
from site_builder.papers.published_ids import first_month
from site_builder.urls import term_path, week_key

MIN_OVERVIEW = 6  # minimum number of papers for an overview at the top; fewer are seen at a glance
OVERVIEW_BEST = 3
MAX_RELATED = 6
COURSE_MONTHS = 24
MIN_COURSE = 3  # months; fewer make no chart

INDEX_TITLES: dict[Taxonomy, str] = {
    "tag": N_("Tags"),
    "organization": N_("Organisations"),
    "author": N_("Authors"),
    "venue": N_("Venues"),
}
MAX_INDEXED = 1_000  # authors or venues in an index
MAX_TOPICS = 12  # tags, and organisations, on the page of an author


Counts = Sequence[tuple[TermName, int]]


@dataclass(frozen=True, slots=True)
class About:
    """What the page of an author shows besides the papers.

    topics, organizations: the most frequent ones. years: newest first. person: None for the page shared by all of the
    site's own people.
    """

    person: Person | None
    topics: Counts
    organizations: Counts
    years: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class TermPart:
    """Older papers of a term, from month `first` to month `last`; `last`, or UNDATED, names the page."""

    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class TermData(PageData):
    """A page of a term: the first page, or a part.

    papers: those on this page. part: None on the first page. older: the part before this one, None for the oldest.
    The other fields are set on the first page only. count: number of all papers. parts: newest first.
    course: papers first listed in each month, up to the month of `newest`. newest: the first day of the newest paper.
    best: the best papers of `week`, the newest week that has papers of the term. related: the tags that most often
    appear on its papers. about: set for an author.
    """

    term: TermName
    papers: Sequence[Paper]
    part: TermPart | None = None
    older: TermPart | None = None
    count: int = 0
    description: str = ""
    parts: Sequence[TermPart] = ()
    course: Sequence[tuple[str, int]] = ()
    newest: date | None = None
    week: str = ""
    best: Sequence[Paper] = ()
    related: Counts = ()
    about: About | None = None


@dataclass(frozen=True, slots=True)
class TermsData(PageData):
    """The index of a taxonomy. single: terms with one paper, shown folded. left_out: how many terms are not listed."""

    taxonomy: Taxonomy
    terms: Sequence[Term]
    single: Sequence[Term]
    left_out: int


def plan_tags(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the pages of all tags and `tags/index.html`."""
    yield from _plan("tag", catalogue.tags, catalogue, settings)


def plan_organizations(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the pages of all organisations and `organizations/index.html`."""
    yield from _plan("organization", catalogue.organizations, catalogue, settings)


def plan_authors(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the pages of authors who have one, and `authors/index.html`, which exists always, since all pages link to
    it."""
    yield from _plan("author", catalogue.authors, catalogue, settings)


def plan_venues(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the pages of the years of venues that have one, and `venues/index.html` if there are any."""
    if catalogue.venues:
        yield from _plan("venue", catalogue.venues, catalogue, settings)


def _plan(taxonomy: Taxonomy, terms: Sequence[Term], catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the first page of each term, a page for each part of a large term, and the index.

    A part does not link to newer parts, so that it never changes when they are added.
    """
    words = settings.words
    first_day = catalogue.days[0].date if catalogue.days else date.min
    for term in terms:
        papers = sorted(term.papers, key=_newest_first)
        parts = _closed_parts(term, papers, settings.page_size, catalogue.closed)
        still_open = len(papers) - sum(part.count for part in parts)
        first = TermData(
            term=TermName(term.taxonomy, term.slug, term.name),
            papers=papers[: max(settings.page_size // 2, still_open)],
            count=len(papers),
            description=term.description,
            parts=list(parts),
            about=_about(term, catalogue) if term.taxonomy == "author" else None,
        )
        if len(papers) >= MIN_OVERVIEW and term.taxonomy in ("tag", "organization"):
            first = _with_overview(first, papers, first_day, catalogue.tags_of)
        yield _page(
            term,
            term.name,
            term.description or words.ngettext("%(count)s paper", "%(count)s papers", len(papers)),
            first,
            settings,
        )
        older = dict(pairwise(parts))
        for part, members in parts.items():
            title = words.gettext("%(term)s, %(part)s", term=term.name, part=part_name(part, words))
            data = TermData(first.term, members, part=part, older=older.get(part))
            yield _page(term, title, words.gettext("Older papers of %(name)s", name=term.name), data, settings)
    indexed = terms
    if taxonomy in ("author", "venue") and len(terms) > MAX_INDEXED:
        chosen = {term.slug for term in nlargest(MAX_INDEXED, terms, key=lambda term: len(term.papers))}
        indexed = [term for term in terms if term.slug in chosen]
    single = [term for term in indexed if len(term.papers) == 1]
    yield Page(
        path=f"{taxonomy}s/index.html",
        renderer="html",
        template="pages/terms.html",
        claimant=f"the index of {INDEX_TITLES[taxonomy].lower()}",
        title=words.gettext(INDEX_TITLES[taxonomy]),
        description=_description(taxonomy, len(terms), words),
        data=TermsData(
            taxonomy=taxonomy,
            terms=[term for term in indexed if len(term.papers) > 1] or indexed,
            single=single if len(single) < len(indexed) else (),
            left_out=len(terms) - len(indexed),
        ),
    )


def _about(term: Term, catalogue: Catalogue) -> About:
    topics = Counter(tag for paper in term.papers for tag in catalogue.tags_of.get(paper.id, ()))
    known = catalogue.organization_of
    organizations = Counter(known[paper.id] for paper in term.papers if paper.id in known)
    years = Counter(year for paper in term.papers if (year := _year(paper)))
    return About(
        person=term.person,
        topics=topics.most_common(MAX_TOPICS),
        organizations=organizations.most_common(MAX_TOPICS),
        years=sorted(years.items(), reverse=True),
    )


def _year(paper: Paper) -> int:
    return paper.published.year if paper.published else paper.days[0].year if paper.days else 0


def _with_overview(
    data: TermData, papers: Sequence[Paper], first_day: date, tags_of: Mapping[str, Sequence[TermName]]
) -> TermData:
    """Add the overview to the data of a term's first page; papers of other terms do not change it.

    first_day: of the site.
    """
    counts = Counter(map(first_month, papers))
    week = max((week_key(paper.days[0]) for paper in papers if paper.days), default="")
    newest = [paper for paper in papers if paper.days and week_key(paper.days[0]) == week]
    months = months_between(first_day, newest[0].days[0])[-COURSE_MONTHS:] if newest else ()
    tags = [tag for paper in papers for tag in tags_of.get(paper.id, ())]
    by_slug = {tag.slug: tag for tag in tags}
    others = Counter(map(attrgetter("slug"), tags))
    if data.term.taxonomy == "tag":
        del others[data.term.slug]
    shared = sorted((slug for slug, count in others.items() if count > 1), key=lambda slug: (-others[slug], slug))
    return replace(
        data,
        course=tuple((month, counts[month]) for month in months) if len(months) >= MIN_COURSE else (),
        newest=newest[0].days[0] if newest else None,
        week=week,
        best=best_of(newest, OVERVIEW_BEST),
        related=tuple((by_slug[slug], others[slug]) for slug in shared[:MAX_RELATED]),
    )


def _closed_parts(
    term: Term, papers: Sequence[Paper], size: int, closed: Collection[str]
) -> dict[TermPart, list[Paper]]:
    """Split the older papers of a term into parts, newest first; return none if all papers fit on the first page.

    A part ends with the month that brings it to half a page, once a later month has a paper; so parts change only when
    papers of the term do. papers: newest first. closed: paths of pages that were published, whose months stay ends of
    parts, whatever fits on the first page or the term is called now.
    """
    months: dict[str, list[Paper]] = {}
    for paper in papers if len(papers) > size or closed else ():
        months.setdefault(first_month(paper), []).append(paper)
    slugs = (term.slug, *term.formerly)
    parts: dict[TermPart, list[Paper]] = {}
    first, members = "", list[Paper]()
    for month in reversed(months):
        first, members = first or month, months[month] + members
        is_full = month == UNDATED or (len(members) >= size // 2 and members[0] is not papers[0])
        was_closed = any(term_path(term.taxonomy, slug, month) in closed for slug in slugs)
        if was_closed or (is_full and len(papers) > size):
            parts[TermPart(first, month, len(members))] = members
            first, members = "", []
    return dict(reversed(parts.items()))


def _description(taxonomy: Taxonomy, count: int, words: Words) -> str:
    if taxonomy == "tag":
        return words.ngettext("%(count)s tag", "%(count)s tags", count)
    if taxonomy == "author":
        return words.ngettext("%(count)s author", "%(count)s authors", count)
    if taxonomy == "venue":
        return words.ngettext("%(count)s venue", "%(count)s venues", count)
    return words.ngettext("%(count)s organisation", "%(count)s organisations", count)


def part_name(part: TermPart, words: Words) -> str:
    """Return `November 2026`, `May 2026 – November 2026`, or words for papers without a day."""
    if part.last == UNDATED:
        return words.gettext("without a day")
    return " – ".join(words.month_name(month) for month in dict.fromkeys((part.first, part.last)))


def part_heading(part: TermPart, words: Words) -> str:
    """Return the name of a part as a heading."""
    return words.gettext("Without a day") if part.last == UNDATED else part_name(part, words)


def _newest_first(paper: Paper) -> tuple[int, str]:
    """Return the sort key of a term's papers, which votes do not change."""
    return -paper.days[0].toordinal() if paper.days else 0, paper.id


def _page(term: Term, title: str, description: str, data: TermData, settings: Settings) -> Page:
    return Page(
        path=term_path(term.taxonomy, term.slug, data.part.last if data.part else ""),
        renderer="html",
        template="pages/term.html",
        claimant=f'the {term.taxonomy} "{term.name}"',
        title=title,
        description=description,
        feeds=() if data.part else term_feeds(term, settings),
        data=data,
    )
