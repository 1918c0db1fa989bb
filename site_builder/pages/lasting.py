"""Addresses that readers and programs rely on, except those of papers and archive pages."""

from collections.abc import Iterable, Iterator

from site_builder.model.page import Page
from site_builder.pages.feeds import FeedData
from site_builder.pages.moved import MovedData
from site_builder.pages.paper import UndatedData

PERMANENT = frozenset({"html", "rss", "atom", "json feed", "static"})  # renderers
NOT_FOUND = "404.html"  # shown at any address
NOT_PERMANENT = (MovedData, UndatedData)  # papers without a day get one
EXTENSIONS = (".bib", ".ris", ".csl.json", ".md")  # extensions of the files next to pages


def permanent_addresses(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the output paths of pages, feeds and copied files, and `*.bib` for the files next to them.

    Papers are recorded elsewhere, and redirect pages follow from their targets.
    """
    kinds = set[str]()
    for page in pages:
        if page.renderer in PERMANENT:
            is_archive = isinstance(page.data, FeedData) and page.data.number
            is_other = page.path == NOT_FOUND or page.path.startswith("papers/")
            if not is_other and not is_archive and not isinstance(page.data, NOT_PERMANENT):
                yield page.path
        elif page.path.endswith(EXTENSIONS):
            kinds.update(f"*{ending}" for ending in EXTENSIONS if page.path.endswith(ending))
    yield from sorted(kinds)
