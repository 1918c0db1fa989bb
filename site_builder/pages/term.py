"""Pages for each tag and organisation, older papers on pages of their own, and an index of each taxonomy."""

from collections.abc import Iterator, Sequence
from typing import Any

from site_builder.catalogue.model import Catalogue, Taxonomy, Term, TermName
from site_builder.catalogue.names import counted
from site_builder.pages.discovery import term_feeds
from site_builder.pages.page import Page
from site_builder.papers.paper import Paper
from site_builder.settings import Settings
from site_builder.urls import term_path

INDEX_TITLES: dict[Taxonomy, str] = {"tag": "Tags", "organization": "Organisations"}


def plan_tags(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the pages of every tag and `tags/index.html`."""
    yield from _plan("tag", catalogue.tags, settings)


def plan_organizations(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the pages of every organisation and `organizations/index.html`."""
    yield from _plan("organization", catalogue.organizations, settings)


def _plan(taxonomy: Taxonomy, terms: Sequence[Term], settings: Settings) -> Iterator[Page]:
    """Plan each term's page with its newest papers, and its older pages, each with the `papers` it holds.

    All have the `term` and their `number`, 0 for the newest; that one also the `count` of all papers, the
    `description` and the `numbers` of the older ones, newest first. An older one has the numbers of the `newer` and
    the `older` one beside it, 0 for the newest and None behind the oldest.
    """
    for term in terms:
        older = older_pages(term.papers, settings.page_size)
        held = len(term.papers) - sum(map(len, older))
        newest = {
            "papers": term.papers[:held],
            "number": 0,
            "count": len(term.papers),
            "description": term.description,
            "numbers": range(len(older), 0, -1),
        }
        yield _page(term, term.name, term.description or counted(len(term.papers), "paper"), newest, settings)
        for number, papers in enumerate(older, start=1):
            beside = {"newer": number + 1 if number < len(older) else 0, "older": number - 1 or None}
            title = f"{term.name}, older page {number}"
            data = {"papers": papers, "number": number, **beside}
            yield _page(term, title, f"Older papers of {term.name}", data, settings)
    yield Page(
        path=f"{taxonomy}s/index.html",
        renderer="html",
        template="pages/terms.html",
        claimant=f"the index of {INDEX_TITLES[taxonomy].lower()}",
        title=INDEX_TITLES[taxonomy],
        description=f"{len(terms)} {INDEX_TITLES[taxonomy].lower()}",
        data={"taxonomy": taxonomy, "terms": terms},
    )


def older_pages(papers: Sequence[Paper], size: int) -> list[Sequence[Paper]]:
    """Part papers, newest first, into pages of `size` from the oldest on, the oldest page first.

    A page that is full never changes when papers are added; at least `size` papers stay for the newest page.
    """
    count = max(len(papers) // size - 1, 0)
    return [papers[len(papers) - number * size : len(papers) - (number - 1) * size] for number in range(1, count + 1)]


def _page(term: Term, title: str, description: str, data: dict[str, Any], settings: Settings) -> Page:
    name = TermName(term.taxonomy, term.slug, term.name)
    return Page(
        path=term_path(term.taxonomy, term.slug, data["number"]),
        renderer="html",
        template="pages/term.html",
        claimant=f'the {term.taxonomy} "{term.name}"',
        title=title,
        description=description,
        feeds=term_feeds(term, settings),
        data={"term": name, **data},
    )
