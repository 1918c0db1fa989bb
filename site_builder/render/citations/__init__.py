"""Citation files: BibTeX, RIS, CSL-JSON and the Markdown twin of a day."""

from functools import cached_property, lru_cache

from site_builder.model.page import Page
from site_builder.model.paper import Paper
from site_builder.pages.citations import Citation, CitationsData, TwinData, cited
from site_builder.render.citations import bibtex, csl, ris
from site_builder.render.citations.markdown_twin import write_day
from site_builder.render.citations.work import work_of
from site_builder.render.site import MAX_CACHED, Site, once
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


class CitationEntries:
    """The entries of one site's papers; each is written once for a format, and its abstract added once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._short = lru_cache(MAX_CACHED)(self._write)
        self._whole = lru_cache(MAX_CACHED)(self._add_abstract)
        self._form = ""  # of the whole entries, since files of one format are consecutive

    def of(self, citation: Citation, form: str, has_abstract: bool) -> str:
        """Return the entry of a paper in one of the FORMATS."""
        if not has_abstract:
            return self._short(citation.paper, form)
        if self._form != form:
            self._form = form
            self._whole.cache_clear()
        return self._whole(citation.paper, form)

    def citation(self, paper: Paper) -> Citation:
        """Return a paper with its citation key."""
        return self._cited[paper.id]

    @cached_property
    def _cited(self) -> dict[str, Citation]:
        return cited(self._site.catalogue)

    def _write(self, paper: Paper, form: str) -> str:
        write, _ = FORMATS[form]
        return write(self.citation(paper).key, work_of(in_its_language(self._site.settings.words, paper)))

    def _add_abstract(self, paper: Paper, form: str) -> str:
        _, add = FORMATS[form]
        return add(self._short(paper, form), paper)


@once
def entries_of(site: Site) -> CitationEntries:
    """Return the entries of a site."""
    return CitationEntries(site)


def _written(page: Page, site: Site) -> list[str]:
    """Return the entry of each paper in the format of the page."""
    entries, data = entries_of(site), CitationsData.of(page)
    return [entries.of(citation, page.renderer, data.has_abstracts) for citation in data.citations]
