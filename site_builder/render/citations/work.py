"""What every citation format says alike of a paper: its kind, its venue, its address, its pages, names and texts."""

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
    """A kind of work as each format names it, and where BibTeX and the meta tags put its venue and its publisher.

    zotero: what `DC.type` and COinS say; Zotero reads its own names for kinds there. schema: the type in JSON-LD.
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
    # RIS has no preprints: of its types, reference managers read UNPB as a journal's article, MANSCPT as a manuscript.
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
    """A paper as all formats describe it.

    title, venue, publisher: without TeX. people: the authors in parts; names: those as `Last, First` where the last
    word is not the family name. first, last: pages; the last is "" where only one, or an article's number, is known.
    url: where it is read about, "" where no list says so.
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
        """How the formats name the kind of work."""
        return FORMS[self.kind]


def work_of(paper: Paper) -> Work:
    """Return a paper as all formats describe it."""
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
    """Return where the paper was printed and by whom; a preprint server publishes and prints nothing."""
    if kind is WorkKind.PREPRINT:
        return "", plain_line(server_of(paper) or paper.publisher or "")
    venue, publisher = as_written(paper, kind)
    return plain_line(venue), plain_line(publisher)


def as_written(paper: Paper, kind: WorkKind) -> tuple[str, str]:
    """Return venue and publisher as lists write them; the only one of a thesis, a report or a dataset publishes it."""
    venue, publisher = paper.venue or "", paper.publisher or ""
    return ("", venue) if kind in _OF_INSTITUTIONS and not publisher else (venue, publisher)


def arxiv_number(paper: Paper) -> str:
    """Return `arXiv:2605.01234v2`; the version where one is known."""
    version = f"v{paper.version}" if paper.version else ""
    return f"arXiv:{paper.arxiv}{version}" if paper.arxiv else ""


def _first_and_last_page(paper: Paper) -> tuple[str, str]:
    pages = one_line(paper.pages or "")
    found = _PAGES.fullmatch(pages)
    return (found[1], found[2]) if found else (pages, "")


def one_line(text: str) -> str:
    """Return a text on one line and without control characters: no line of it can begin a field or a record."""
    if text.isprintable() and "  " not in text and text == text.strip():
        return text  # as nearly every text is, found in a tenth of the time
    return " ".join(strip_controls(text).split())


def plain_line(text: str) -> str:
    """Return a text on one line, formulas in Unicode, for formats that know no TeX."""
    return " ".join(plain_text(text).split()) if "$" in text or "\\" in text else one_line(text)
