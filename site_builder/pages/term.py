"""Pages for each tag and organisation, in numbered parts, and an index of each taxonomy."""

from collections.abc import Iterator, Sequence

from site_builder.catalogue.model import Catalogue, Taxonomy, Term
from site_builder.catalogue.order import in_parts
from site_builder.pages.feeds import term_feeds
from site_builder.pages.page import Page
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
    """Plan the pages of each term with `term`, `papers`, its `number` and the paths of all its `parts`."""
    for term in terms:
        parts = in_parts(term.papers, settings.page_size)
        paths = [term_path(taxonomy, term.slug, number) for number in range(1, len(parts) + 1)]
        for number, papers in enumerate(parts, 1):
            yield Page(
                path=paths[number - 1],
                renderer="html",
                template="pages/term.html",
                claimant=f'the {taxonomy} "{term.name}"',
                title=term.name if number == 1 else f"{term.name}, page {number}",
                description=term.description or f"{len(term.papers)} papers",
                feeds=term_feeds(term, settings),
                data={"term": term, "papers": papers, "number": number, "parts": paths},
            )
    yield Page(
        path=f"{taxonomy}s/index.html",
        renderer="html",
        template="pages/terms.html",
        claimant=f"the index of {INDEX_TITLES[taxonomy].lower()}",
        title=INDEX_TITLES[taxonomy],
        description=f"{len(terms)} {INDEX_TITLES[taxonomy].lower()}",
        data={"taxonomy": taxonomy, "terms": terms},
    )
