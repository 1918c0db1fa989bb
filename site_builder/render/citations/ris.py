"""RIS: one record a paper, as Zotero, EndNote and Mendeley read it (Research Information Systems' format of 2011)."""

from collections.abc import Iterator

from site_builder.model.paper import Paper
from site_builder.pages.citations import Citation
from site_builder.papers.work_kind import WorkKind, citable_doi, kind_of
from site_builder.render.citations.work import (
    first_and_last_page,
    form_of,
    one_line,
    people_of,
    plain_line,
    url_of,
    venue_and_publisher,
)

_TOLD_APART = frozenset({WorkKind.PREPRINT, WorkKind.MASTERS_THESIS})  # for want of a type of RIS
_END = "ER  - \r\n"


def write_record(citation: Citation) -> str:
    """Return one record without the abstract; every value stands on one line, so that none can begin a tag."""
    lines = [f"{tag}  - {value}" for tag, value in _values(citation) if value]
    return "\r\n".join([*lines, _END])


def add_abstract(record: str, paper: Paper) -> str:
    """Return the record of a paper with its abstract as the last value."""
    abstract = plain_line(paper.abstract)
    return f"{record.removesuffix(_END)}AB  - {abstract}\r\n{_END}" if abstract else record


def _values(citation: Citation) -> Iterator[tuple[str, str]]:
    """Yield tag and value, TY first; values may be empty."""
    paper = citation.paper
    first, last = first_and_last_page(paper)
    venue, publisher = venue_and_publisher(paper)
    yield "TY", form_of(paper).ris
    yield "ID", citation.key
    yield "TI", plain_line(paper.title)
    for name in people_of(paper):
        yield "AU", name.last_first
    if paper.published:
        yield "PY", f"{paper.published.year:04}"
        yield "DA", _date(paper)
    yield "T2", venue
    yield "VL", one_line(paper.volume or "")
    yield "IS", one_line(paper.issue or "")
    yield "SP", first
    yield "EP", last
    yield "PB", publisher
    yield "LA", paper.language or ""
    yield "M3", kind_of(paper).capitalize() if kind_of(paper) in _TOLD_APART else ""
    yield "DO", one_line(citable_doi(paper))
    yield "AN", f"arXiv:{paper.arxiv}" if paper.arxiv else ""
    yield "ET", str(paper.version or "")
    yield "UR", one_line(url_of(paper))
    yield "L1", one_line(paper.web_links.get("pdf", ""))
    for word in paper.keywords:
        yield "KW", plain_line(word)


def _date(paper: Paper) -> str:
    """Return `YYYY/MM/DD`; what is not known stays empty between the slashes."""
    date = paper.published
    if date is None or not date.month:
        return ""
    return f"{date.year:04}/{date.month:02}/{f'{date.day:02}' if date.day else ''}"
