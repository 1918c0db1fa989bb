"""Citation files: BibTeX, RIS, CSL-JSON and the Markdown twin of a day."""

from functools import cached_property

from site_builder.model.page import Page
from site_builder.model.paper import Paper
from site_builder.pages.citations import Citation, CitationsData, TwinData, cited
from site_builder.render.citations import bibtex, csl, ris
from site_builder.render.citations.markdown_twin import write_day
from site_builder.render.citations.work import Work, work_of
from site_builder.render.lru_cache import LruCache
from site_builder.render.site import Site, once
from site_builder.render.text_language import in_its_language

# Format → (writes an entry without the abstract, adds the abstract to an entry).
FORMATS = {
    "bibtex": (bibtex.write_entry, bibtex.add_abstract),
    "ris": (ris.write_record, ris.add_abstract),
    "csl json": (csl.write_item, csl.add_abstract),
}


def render_bibtex(page: Page, site: Site) -> bytes:
    """Return the entries of the page's `citations`, separated by blank lines."""
    return "\n".join(_written(page, site)).encode()


def render_ris(page: Page, site: Site) -> bytes:
    """Return the records of the page's `citations`, separated by blank lines."""
    return "\r\n".join(_written(page, site)).encode()


def render_csl(page: Page, site: Site) -> bytes:
    """Return the items of the page's `citations` as a JSON array with one item on each line."""
    return ("[\n" + ",\n".join(_written(page, site)) + "\n]\n").encode()


def render_markdown(page: Page, site: Site) -> bytes:
    """Return the page's `day` as Markdown."""
    return write_day(TwinData.of(page).day, site.settings.address, site.settings.words).encode()


RECENT_WORKS = 2**10  # more than a month's papers, since their pages are rendered before those of its days


class CitationEntries:
    """The entries of one site's papers; each is written once for a format, and its abstract added once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._works: LruCache[tuple[str, str | None], Work] = LruCache(RECENT_WORKS)  # by id and language
        self._short: LruCache[tuple[str, str], str] = LruCache()  # by paper id and format
        self._whole = "", LruCache[str, str]()  # of the last format, since files of one format are consecutive

    def of(self, citation: Citation, form: str, has_abstract: bool) -> str:
        """Return the entry of a paper in one of the FORMATS."""
        if not has_abstract:
            return self._short_of(citation.paper, form)
        if self._whole[0] != form:
            self._whole = form, LruCache()
        add = FORMATS[form][1]
        return self._whole[1].take(citation.key, lambda: add(self._short_of(citation.paper, form), citation.paper))

    def work(self, paper: Paper) -> Work:
        """Return the paper in the form that all formats are written from."""
        return self._works.take((paper.id, paper.language), lambda: work_of(paper))

    def citation(self, paper: Paper) -> Citation:
        """Return a paper with its citation key."""
        return self._cited[paper.id]

    @cached_property
    def _cited(self) -> dict[str, Citation]:
        return cited(self._site.catalogue)

    def _short_of(self, paper: Paper, form: str) -> str:
        return self._short.take((paper.id, form), lambda: self._write(paper, form))

    def _write(self, paper: Paper, form: str) -> str:
        write, _ = FORMATS[form]
        return write(self.citation(paper).key, self.work(in_its_language(self._site.settings.words, paper)))


@once
def entries_of(site: Site) -> CitationEntries:
    """Return the entries of a site."""
    return CitationEntries(site)


def _written(page: Page, site: Site) -> list[str]:
    """Return the entry of each paper in the format of the page."""
    entries, data = entries_of(site), CitationsData.of(page)
    return [entries.of(citation, page.renderer, data.has_abstracts) for citation in data.citations]
