"""The search page, on sites that have an index to search."""

from collections import Counter
from collections.abc import Iterator, Sequence

from site_builder.catalogue.model import Catalogue, Term
from site_builder.pagefind import is_installed
from site_builder.pages.page import Page
from site_builder.papers.paper import Paper
from site_builder.settings import Settings
from site_builder.urls import SEARCH_PATH

# Tags and organisations one can choose from, those with the most papers: every one weighs on the page.
CHOICES = 100


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `search.html` with what one can filter by, as (value, name, count of papers), and `paper_count`."""
    if not (settings.search and catalogue.papers and is_installed()):
        return
    years = Counter(year for paper in catalogue.papers if (year := year_of(paper)))
    yield Page(
        path=SEARCH_PATH,
        renderer="html",
        template="pages/search.html",
        claimant="the search page",
        title="Search",
        description="Find a paper by words of its title or abstract, by author, tag, year or organisation",
        data={
            "paper_count": len(catalogue.papers),
            "tag_choices": _choices(catalogue.tags),
            "year_choices": [(str(year), str(year), count) for year, count in sorted(years.items(), reverse=True)],
            "organization_choices": _choices(catalogue.organizations),
        },
    )


def _choices(terms: Sequence[Term]) -> list[tuple[str, str, int]]:
    largest = sorted(terms, key=lambda term: (-len(term.papers), term.slug))[:CHOICES]
    return [
        (term.slug, term.name, len(term.papers))
        for term in sorted(largest, key=lambda term: (term.name.casefold(), term.slug))
    ]


def year_of(paper: Paper) -> int | None:
    """Return the year of the newest digest that holds the paper, else the one it was published in."""
    if paper.days:
        return paper.days[-1].year
    return paper.published.year if paper.published else None
