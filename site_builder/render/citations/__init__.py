"""Citations as files: BibTeX, RIS, CSL-JSON and the Markdown twin of a day."""

from collections.abc import Callable

from site_builder.pages.citations import Citation
from site_builder.pages.page import Page
from site_builder.render.citations.bibtex import write_entry
from site_builder.render.citations.csl import write_item
from site_builder.render.citations.markdown_twin import write_day
from site_builder.render.citations.plain import plain_citation
from site_builder.render.citations.ris import write_record
from site_builder.render.recent import Recent
from site_builder.render.site import Site

__all__ = ["plain_citation", "render_bibtex", "render_csl", "render_markdown", "render_ris"]

Write = Callable[[Citation, bool], str]


def render_bibtex(page: Page, site: Site) -> bytes:
    """Return the entries of the page's `citations`, a blank line between them."""
    return b"\n".join(_written(page, site, write_entry))


def render_ris(page: Page, site: Site) -> bytes:
    """Return the records of the page's `citations`, a blank line between them."""
    return b"\r\n".join(_written(page, site, write_record))


def render_csl(page: Page, site: Site) -> bytes:
    """Return the items of the page's `citations` as a JSON array, one on each line."""
    return b"[\n" + b",\n".join(_written(page, site, write_item)) + b"\n]\n"


def render_markdown(page: Page, site: Site) -> bytes:
    """Return the page's `day` as Markdown."""
    return write_day(page.data["day"]).encode()


_latest: list[tuple[Site, Write, Recent[tuple[str, bool], bytes]]] = []


def _written(page: Page, site: Site, write: Write) -> list[bytes]:
    """Return what each paper of a page is in one format; files of one format follow each other and share it."""
    if not _latest or _latest[0][0] is not site or _latest[0][1] is not write:
        _latest[:] = [(site, write, Recent())]
    entries = _latest[0][2]
    has_abstracts: bool = page.data["has_abstracts"]

    def entry(citation: Citation) -> bytes:
        return entries.take((citation.key, has_abstracts), lambda: write(citation, has_abstracts).encode())

    return [entry(citation) for citation in page.data["citations"]]
