"""What every citation format says alike of a paper: its kind, its address, its DOI, its pages, its texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.papers.clean import strip_controls
from site_builder.papers.paper import Paper
from site_builder.render.text import plain_text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: its name in each format, and the BibTeX fields that hold its venue and its publisher."""

    bibtex: str
    ris: str
    csl: str
    venue: str = "howpublished"
    publisher: str = "publisher"


ARTICLE = Kind("article", "JOUR", "article-journal", "journal")
CONFERENCE = Kind("inproceedings", "CPAPER", "paper-conference", "booktitle")
PREPRINT = Kind("misc", "UNPB", "article")
OTHER = Kind("misc", "GEN", "document")
_BOOK = Kind("book", "BOOK", "book")
_CHAPTER = Kind("incollection", "CHAP", "chapter", "booktitle")
_REPORT = Kind("techreport", "RPRT", "report", publisher="institution")
_THESIS = Kind("phdthesis", "THES", "thesis", publisher="school")
# BibTeX's and BibLaTeX's words for kinds that say what a work is, whatever else is known of it.
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("book", "mvbook", "collection", "proceedings"), _BOOK),
    **dict.fromkeys(("incollection", "inbook", "inreference"), _CHAPTER),
    **dict.fromkeys(("techreport", "report"), _REPORT),
    **dict.fromkeys(("phdthesis", "thesis"), _THESIS),
    "mastersthesis": Kind("mastersthesis", "THES", "thesis", publisher="school"),
}
_CONFERENCE_KINDS = frozenset({"inproceedings", "conference"})
_CONFERENCE = re.compile(
    r"\b(?:proc\b|proceedings|conference|workshop|symposium|advances in neural|findings of)", re.IGNORECASE
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z-]*[A-Z]\w*(?:\s*'?\d{2,4})?")  # ICLR, NeurIPS 2024, not Nature
_PAGES = re.compile(r"\s*([^\s–—-]+)\s*[–—-]+\s*([^\s–—-]+)\s*")
_LINKS = ("abs", "page", "doi", "html", "pdf")


def kind_of(paper: Paper) -> Kind:
    """Return the kind of work: what its record says, as far as a venue bears it out, else what the venue says."""
    written = (paper.kind or "").casefold()
    if written in KINDS:
        return KINDS[written]
    if not paper.venue:
        return PREPRINT if paper.arxiv else OTHER
    if written in _CONFERENCE_KINDS:
        return CONFERENCE
    if written == "article" or paper.volume:
        return ARTICLE
    is_conference = _CONFERENCE.search(paper.venue) or _ACRONYM.fullmatch(paper.venue)
    return CONFERENCE if is_conference else ARTICLE


def url_of(paper: Paper) -> str:
    """Return where the paper is read about, "" where no list says so."""
    links = paper.web_links
    return next((links[kind] for kind in _LINKS if kind in links), "")


def doi_of(paper: Paper) -> str:
    """Return the paper's DOI, else the one arXiv registers for each of its papers (DataCite, `10.48550/arXiv.<id>`)."""
    return paper.doi or (f"10.48550/arXiv.{paper.arxiv}" if paper.arxiv else "")


def first_and_last_page(paper: Paper) -> tuple[str, str]:
    """Return the first and the last page; the last is "" where only one, or an article's number, is known."""
    pages = one_line(paper.pages or "")
    found = _PAGES.fullmatch(pages)
    return (found[1], found[2]) if found else (pages, "")


def one_line(text: str) -> str:
    """Return a text on one line and without control characters: no line of it can begin a field or a record."""
    if text.isprintable() and "  " not in text and text == text.strip():
        return text  # as nearly every text is, told in a tenth of the time
    return " ".join(strip_controls(text).split())


def plain_line(text: str) -> str:
    """Return a text on one line, formulas in Unicode, for formats that know no TeX."""
    return " ".join(plain_text(text).split()) if "$" in text or "\\" in text else one_line(text)
