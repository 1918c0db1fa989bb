"""Pages for each tag and organisation, older papers on pages by month, and an index of each taxonomy."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from site_builder.catalogue.model import Catalogue, Taxonomy, Term, TermName
from site_builder.languages import N_, Words
from site_builder.model.published import UNDATED
from site_builder.pages.discovery import term_feeds
from site_builder.pages.page import Page
from site_builder.papers.paper import Paper
from site_builder.papers.published_ids import first_month
from site_builder.settings import Settings
from site_builder.urls import month_key, term_path

INDEX_TITLES: dict[Taxonomy, str] = {"tag": N_("Tags"), "organization": N_("Organisations")}


def plan_tags(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the pages of every tag and `tags/index.html`."""
    yield from _plan("tag", catalogue.tags, catalogue, settings)


def plan_organizations(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the pages of every organisation and `organizations/index.html`."""
    yield from _plan("organization", catalogue.organizations, catalogue, settings)


def _plan(taxonomy: Taxonomy, terms: Sequence[Term], catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the first page of each term, and one for each month that is over and holds papers of a large term.

    All have the `term`, the `papers` they show and the `part` of the term they are, "" for the first page. That one
    also has the `count` of all papers, the `description` and the `parts`, newest first; the others have the `older`
    part, None behind the oldest. A page of a month has no link to a newer one, so that it stays as it is.
    """
    words = settings.words
    open_month = month_key(catalogue.days[-1].date) if catalogue.days else ""
    for term in terms:
        papers = sorted(term.papers, key=_newest_first)
        parts = closed_parts(papers, settings.page_size, open_month)
        still_open = sum(first_month(paper) == open_month for paper in papers)
        first = {
            "papers": papers[: max(settings.page_size, still_open)],
            "part": "",
            "count": len(papers),
            "description": term.description,
            "parts": [(part, len(held)) for part, held in parts.items()],
        }
        yield _page(
            term,
            term.name,
            term.description or words.ngettext("%(count)s paper", "%(count)s papers", len(papers)),
            first,
            settings,
        )
        older = dict(pairwise(parts))
        for name, held in parts.items():
            title = words.gettext("%(term)s, %(part)s", term=term.name, part=part_name(name, words))
            data = {"papers": held, "part": name, "older": older.get(name)}
            yield _page(term, title, words.gettext("Older papers of %(name)s", name=term.name), data, settings)
    yield Page(
        path=f"{taxonomy}s/index.html",
        renderer="html",
        template="pages/terms.html",
        claimant=f"the index of {INDEX_TITLES[taxonomy].lower()}",
        title=words.gettext(INDEX_TITLES[taxonomy]),
        description=_described(taxonomy, len(terms), words),
        data={"taxonomy": taxonomy, "terms": terms},
    )


def closed_parts(papers: Sequence[Paper], size: int, open_month: str) -> dict[str, list[Paper]]:
    """Return the papers of each month that is over, newest first; none where all papers fit on the first page."""
    parts: dict[str, list[Paper]] = {}
    for paper in papers if len(papers) > size else ():
        if first_month(paper) != open_month:
            parts.setdefault(first_month(paper), []).append(paper)
    return parts


def _described(taxonomy: Taxonomy, count: int, words: Words) -> str:
    if taxonomy == "tag":
        return words.ngettext("%(count)s tag", "%(count)s tags", count)
    return words.ngettext("%(count)s organisation", "%(count)s organisations", count)


def part_name(part: str, words: Words) -> str:
    """Return `November 2026`, or that the papers have no day."""
    return words.gettext("without a day") if part == UNDATED else words.month_name(part)


def part_heading(part: str, words: Words) -> str:
    """Return the same as a heading."""
    return words.gettext("Without a day") if part == UNDATED else words.month_name(part)


def _newest_first(paper: Paper) -> tuple[int, str]:
    """Return what the papers of a term are sorted by: nothing that a later vote changes."""
    return -paper.days[0].toordinal() if paper.days else 0, paper.id


def _page(term: Term, title: str, description: str, data: dict[str, Any], settings: Settings) -> Page:
    name = TermName(term.taxonomy, term.slug, term.name)
    return Page(
        path=term_path(term.taxonomy, term.slug, data["part"]),
        renderer="html",
        template="pages/term.html",
        claimant=f'the {term.taxonomy} "{term.name}"',
        title=title,
        description=description,
        feeds=() if data["part"] else term_feeds(term, settings),
        data={"term": name, **data},
    )
