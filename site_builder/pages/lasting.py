"""Planned pages → the addresses that readers and programs keep, of all that is no paper and no archive page."""

from collections.abc import Iterable, Iterator

from site_builder.model.page import Page
from site_builder.pages.feeds import FeedData
from site_builder.pages.moved import MovedData

LASTING = frozenset({"html", "rss", "atom", "json feed", "static"})  # renderers
PASSING = frozenset({"404.html", "undated.html"})  # no address of its own; one that goes when all papers have a day
BESIDE = (".bib", ".ris", ".csl.json", ".md")  # endings of files that stand next to pages


def lasting_addresses(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the output paths of pages, feeds and copied files, and `*.bib` for all files next to pages of one kind.

    Papers have records of their own, and stubs are known by what they lead to.
    """
    kinds = set[str]()
    for page in pages:
        if page.renderer in LASTING:
            is_archive = isinstance(page.data, FeedData) and page.data.number
            is_other = page.path in PASSING or page.path.startswith("papers/")
            if not is_other and not is_archive and not isinstance(page.data, MovedData):
                yield page.path
        elif page.path.endswith(BESIDE):
            kinds.update(f"*{ending}" for ending in BESIDE if page.path.endswith(ending))
    yield from sorted(kinds)
