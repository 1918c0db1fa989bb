"""Group papers by venue: a term for each venue and year, and which papers link to it."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from site_builder.catalogue.order import name_order
from site_builder.catalogue.page_bar import NEVER, bar
from site_builder.config.settings import PagesFrom
from site_builder.model.catalogue import Term, TermName
from site_builder.model.paper import Paper
from site_builder.papers.clean import strip_controls
from site_builder.papers.published_ids import first_month
from site_builder.urls import term_slug

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Venues:
    """terms: all venues and years with a page, sorted by name. venue_of: paper id → the venue it links to."""

    terms: tuple[Term, ...]
    venue_of: Mapping[str, TermName]


def find_venues(
    papers: Sequence[Paper], pages_from: PagesFrom, opened: Mapping[str, str] = MappingProxyType({})
) -> Venues:
    """Return the venues of the papers; which papers link to their pages is decided as for authors.

    opened: slug → month since which a published page exists.
    """
    opened = opened if pages_from == "auto" else {}
    by_venue: dict[str, list[Paper]] = defaultdict(list)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    since: dict[str, str] = {}
    slug_of: dict[str, str] = {}
    ordered = sorted(papers, key=lambda each: (_month(each), each.id))
    for count, paper in enumerate(ordered, start=1):
        if name := venue_name(paper):
            slug = slug_of[paper.id] = term_slug(name.casefold())
            by_venue[slug].append(paper)
            spellings[slug][name] += 1
            if len(by_venue[slug]) >= bar(pages_from, count) or opened.get(slug, NEVER) <= _month(paper):
                since.setdefault(slug, _month(paper))
    last = _month(ordered[-1]) if ordered else ""
    since |= dict.fromkeys(sorted(by_venue.keys() & opened.keys() - since.keys()), last)
    names = {slug: TermName("venue", slug, spellings[slug].most_common(1)[0][0]) for slug in since}
    order = {paper.id: index for index, paper in enumerate(papers)}
    terms = [
        Term(
            taxonomy="venue",
            slug=slug,
            name=name.name,
            description="",
            papers=tuple(sorted(by_venue[slug], key=lambda paper: order[paper.id])),
            since=since[slug],
        )
        for slug, name in names.items()
    ]
    return Venues(
        terms=tuple(sorted(terms, key=name_order)),
        venue_of={
            paper.id: names[slug]
            for paper in papers
            if (slug := slug_of.get(paper.id, "")) in since and since[slug] <= _month(paper)
        },
    )


def venue_name(paper: Paper) -> str:
    """Return the venue of a paper with its year, as in `NeurIPS 2025`; "" for none."""
    if not paper.venue:
        return ""
    venue = " ".join(strip_controls(paper.venue).split())
    if not any(map(str.isalnum, venue)):
        return ""
    is_dated = _YEAR.search(venue) is not None
    return f"{venue} {paper.published.year}" if paper.published and not is_dated else venue


def _month(paper: Paper) -> str:
    return first_month(paper, "")
