"""What all citation formats share: a paper's kind, venue, address, pages, names and texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model.paper import Paper
from site_builder.names.person import PersonName, parts_of
from site_builder.papers.clean import strip_controls
from site_builder.papers.work_kind import WorkKind, citable_doi, kind_of, server_of
from site_builder.render.text import plain_text


@dataclass(frozen=True, slots=True)
class WorkForm:
    """The names of a kind of work in each format, and the fields for its venue and publisher in BibTeX and meta tags.

    zotero: for `DC.type` and COinS, where Zotero expects its own names. schema: the type in JSON-LD.
    """

    bibtex: str
    ris: str
    csl: str
    zotero: str
    schema: str = "ScholarlyArticle"
    venue: str = "howpublished"
    publisher: str = "publisher"
    venue_tag: str = "citation_publisher"
    publisher_tag: str = "citation_publisher"


FORMS: Mapping[WorkKind, WorkForm] = {
    # RIS has no preprints. Reference managers read its type UNPB as a journal article and MANSCPT as a manuscript.
    WorkKind.PREPRINT: WorkForm("misc", "MANSCPT", "article", "preprint"),
    WorkKind.ARTICLE: WorkForm(
        "article", "JOUR", "article-journal", "journalArticle", venue="journal", venue_tag="citation_journal_title"
    ),
    WorkKind.CONFERENCE: WorkForm(
        *("inproceedings", "CPAPER", "paper-conference", "conferencePaper"),
        venue="booktitle",
        venue_tag="citation_conference_title",
    ),
    WorkKind.CHAPTER: WorkForm(
        *("incollection", "CHAP", "chapter", "bookSection", "Chapter"),
        venue="booktitle",
        venue_tag="citation_inbook_title",
    ),
    WorkKind.BOOK: WorkForm("book", "BOOK", "book", "book", "Book"),
    WorkKind.THESIS: WorkForm(
        *("phdthesis", "THES", "thesis", "thesis", "Thesis"),
        publisher="school",
        publisher_tag="citation_dissertation_institution",
    ),
    WorkKind.MASTERS_THESIS: WorkForm(
        *("mastersthesis", "THES", "thesis", "thesis", "Thesis"),
        publisher="school",
        publisher_tag="citation_dissertation_institution",
    ),
    WorkKind.REPORT: WorkForm(
        *("techreport", "RPRT", "report", "report", "Report"),
        publisher="institution",
        publisher_tag="citation_technical_report_institution",
    ),
    WorkKind.DATASET: WorkForm("dataset", "DATA", "dataset", "dataset", "Dataset"),
    WorkKind.SOFTWARE: WorkForm("software", "COMP", "software", "computerProgram", "SoftwareSourceCode"),
    WorkKind.DOCUMENT: WorkForm("misc", "GEN", "document", "document"),
}
_OF_INSTITUTIONS = frozenset({WorkKind.THESIS, WorkKind.MASTERS_THESIS, WorkKind.REPORT, WorkKind.DATASET})
_PAGES = re.compile(r"\s*([^\s–—-]+)\s*[–—-]+\s*([^\s–—-]+)\s*")
_LINKS = ("abs", "page", "doi", "html", "pdf")


@dataclass(frozen=True, slots=True)
class Work:
    """A paper in the form that all citation formats are written from.

    title, venue, publisher: without TeX. people: the authors in parts. names: the authors as text, as `Last, First`
    where the last word is not the family name. first, last: pages; last is "" if only one page, or an article number,
    is known. url: of the page about the paper, "" if no list gives one.
    """

    paper: Paper
    kind: WorkKind
    title: str
    authors: tuple[str, ...]
    people: tuple[PersonName, ...]
    names: tuple[str, ...]
    venue: str
    publisher: str
    first: str
    last: str
    doi: str
    url: str
    pdf: str

    @property
    def form(self) -> WorkForm:
        """Return the names of the kind of work in each format."""
        return FORMS[self.kind]


def work_of(paper: Paper) -> Work:
    """Return a paper in the form that all citation formats are written from."""
    kind = kind_of(paper)
    authors = tuple(map(one_line, paper.authors))
    people = tuple(parts_of(name, paper.name_parts) for name in authors)
    links = paper.web_links
    first, last = _first_and_last_page(paper)
    venue, publisher = _venue_and_publisher(paper, kind)
    return Work(
        paper=paper,
        kind=kind,
        title=plain_line(paper.title),
        authors=authors,
        people=people,
        names=tuple(name.first_last for name in people),
        venue=venue,
        publisher=publisher,
        first=first,
        last=last,
        doi=one_line(citable_doi(paper)),
        url=next((links[link] for link in _LINKS if link in links), ""),
        pdf=one_line(links.get("pdf", "")),
    )


def _venue_and_publisher(paper: Paper, kind: WorkKind) -> tuple[str, str]:
    """Return venue and publisher; a preprint has no venue, and its server is the publisher."""
    if kind is WorkKind.PREPRINT:
        return "", plain_line(server_of(paper) or paper.publisher or "")
    venue, publisher = as_written(paper, kind)
    return plain_line(venue), plain_line(publisher)


def as_written(paper: Paper, kind: WorkKind) -> tuple[str, str]:
    """Return venue and publisher from lists; for theses, reports and datasets a venue alone is the publisher."""
    venue, publisher = paper.venue or "", paper.publisher or ""
    return ("", venue) if kind in _OF_INSTITUTIONS and not publisher else (venue, publisher)


def arxiv_number(paper: Paper) -> str:
    """Return `arXiv:2605.01234v2`, without a version if unknown; "" without an arXiv number."""
    version = f"v{paper.version}" if paper.version else ""
    return f"arXiv:{paper.arxiv}{version}" if paper.arxiv else ""


def _first_and_last_page(paper: Paper) -> tuple[str, str]:
    pages = one_line(paper.pages or "")
    found = _PAGES.fullmatch(pages)
    return (found[1], found[2]) if found else (pages, "")


def one_line(text: str) -> str:
    """Return text on one line without control characters, so that it cannot begin a field or a record."""
    if text.isprintable() and "  " not in text and text == text.strip():
        return text  # the usual case, ten times faster
    return " ".join(strip_controls(text).split())


def plain_line(text: str) -> str:
    """Return text on one line with formulas in Unicode, for formats without TeX."""
    return " ".join(plain_text(text).split()) if "$" in text or "\\" in text else one_line(text)
