"""RIS: one record a paper, as Zotero, EndNote and Mendeley read it (Research Information Systems' format of 2011)."""

from collections.abc import Iterator
from functools import lru_cache

from site_builder.pages.citations import Citation
from site_builder.papers.paper import Paper
from site_builder.papers.person_name import split_name
from site_builder.render.citations.work import (
    doi_of,
    first_and_last_page,
    kind_of,
    one_line,
    plain_line,
    url_of,
)

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
    yield "TY", kind_of(paper).ris
    yield "ID", citation.key
    yield "TI", plain_line(paper.title)
    for name in paper.authors:
        yield "AU", _author(name)
    if paper.published:
        yield "PY", f"{paper.published.year:04}"
        yield "DA", _date(paper)
    yield "T2", plain_line(paper.venue or "")
    yield "VL", one_line(paper.volume or "")
    yield "IS", one_line(paper.issue or "")
    yield "SP", first
    yield "EP", last
    yield "PB", plain_line(paper.publisher or "")
    yield "DO", one_line(doi_of(paper))
    yield "AN", f"arXiv:{paper.arxiv}" if paper.arxiv else ""
    yield "UR", one_line(url_of(paper))
    yield "L1", one_line(paper.web_links.get("pdf", ""))
    for word in paper.keywords:
        yield "KW", plain_line(word)


@lru_cache(maxsize=65_536)
def _author(name: str) -> str:
    """Return `Last, First`; behind a group's name a comma, the sign of reference managers to keep it whole."""
    parts = split_name(one_line(name))
    if parts.is_group:
        return f"{parts.family.replace(',', '')},"
    if not parts.can_turn:
        return one_line(name)
    return f"{' '.join(filter(None, (parts.last, parts.suffix)))}, {parts.given}"


def _date(paper: Paper) -> str:
    """Return `YYYY/MM/DD`; what is not known stays empty between the slashes."""
    date = paper.published
    if date is None or not date.month:
        return ""
    return f"{date.year:04}/{date.month:02}/{f'{date.day:02}' if date.day else ''}"
