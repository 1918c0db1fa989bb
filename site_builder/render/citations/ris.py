"""RIS as Zotero, EndNote and Mendeley read it (Research Information Systems' format of 2011): one record a paper."""

from collections.abc import Iterator

from site_builder.model.paper import Paper
from site_builder.papers.work_kind import WorkKind
from site_builder.render.citations.work import Work, one_line, plain_line

_WITHOUT_TYPE = frozenset({WorkKind.PREPRINT, WorkKind.MASTERS_THESIS})  # kinds without a RIS type of their own
_END = "ER  - \r\n"


def write_record(key: str, work: Work) -> str:
    """Return a record without the abstract; every value is on one line, so that none can begin a tag."""
    lines = [f"{tag}  - {value}" for tag, value in _values(key, work) if value]
    return "\r\n".join([*lines, _END])


def add_abstract(record: str, paper: Paper) -> str:
    """Return the record of a paper with its abstract as the last value."""
    abstract = plain_line(paper.abstract)
    return f"{record.removesuffix(_END)}AB  - {abstract}\r\n{_END}" if abstract else record


def _values(key: str, work: Work) -> Iterator[tuple[str, str]]:
    """Yield tag and value, TY first; values may be empty."""
    paper = work.paper
    yield "TY", work.form.ris
    yield "ID", key
    yield "TI", work.title
    for name in work.people:
        yield "AU", name.last_first
    if paper.published:
        yield "PY", f"{paper.published.year:04}"
        yield "DA", _date(paper)
    yield "T2", work.venue
    yield "VL", one_line(paper.volume or "")
    yield "IS", one_line(paper.issue or "")
    yield "SP", work.first
    yield "EP", work.last
    yield "PB", work.publisher
    yield "LA", paper.language or ""
    yield "M3", work.kind.capitalize() if work.kind in _WITHOUT_TYPE else ""
    yield "DO", work.doi
    yield "AN", f"arXiv:{paper.arxiv}" if paper.arxiv else ""
    yield "ET", str(paper.version or "")
    yield "UR", one_line(work.url)
    yield "L1", work.pdf
    for word in paper.keywords:
        yield "KW", plain_line(word)


def _date(paper: Paper) -> str:
    """Return `YYYY/MM/DD` with an empty day if unknown; "" if the month is unknown."""
    date = paper.published
    if date is None or not date.month:
        return ""
    return f"{date.year:04}/{date.month:02}/{f'{date.day:02}' if date.day else ''}"
