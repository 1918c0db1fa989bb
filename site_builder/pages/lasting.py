"""Addresses that readers and programs rely on, except those of papers and archive pages."""

from collections.abc import Iterable, Iterator

from site_builder.model.page import Page
from site_builder.pages.feeds import FeedData
from site_builder.pages.moved import MovedData

PERMANENT = frozenset({"html", "rss", "atom", "json feed", "static"})  # renderers
NOT_PERMANENT = frozenset({"404.html", "undated.html"})  # shown at any address; gone when all papers have a day
EXTENSIONS = (".bib", ".ris", ".csl.json", ".md")  # extensions of the files next to pages


def permanent_addresses(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the output paths of pages, feeds and copied files, and `*.bib` for the files next to them.

    Papers are recorded elsewhere, and redirect pages follow from their targets.
    """
    kinds = set[str]()
    for page in pages:
        if page.renderer in PERMANENT:
            is_archive = isinstance(page.data, FeedData) and page.data.number
            is_other = page.path in NOT_PERMANENT or page.path.startswith("papers/")
            if not is_other and not is_archive and not isinstance(page.data, MovedData):
                yield page.path
        elif page.path.endswith(EXTENSIONS):
            kinds.update(f"*{ending}" for ending in EXTENSIONS if page.path.endswith(ending))
    yield from sorted(kinds)
