"""CSL-JSON as citation processors, pandoc and Zotero read it (CSL 1.0.2 input data): one item for each paper."""

import orjson

from site_builder.model.paper import Paper
from site_builder.names.person import PersonName
from site_builder.papers.work_kind import WorkKind
from site_builder.render.citations.work import Work, one_line, plain_line
from site_builder.render.text import plain_text


def write_item(key: str, work: Work) -> str:
    """Return an item without the abstract as JSON on one line."""
    paper = work.paper
    item = {
        "id": key,
        "citation-key": key,
        "type": work.form.csl,
        "genre": work.kind.capitalize() if work.kind is WorkKind.MASTERS_THESIS else "",
        "title": work.title,
        "author": [_author(name) for name in work.people],
        "issued": _date(paper),
        "container-title": work.venue,
        "volume": one_line(paper.volume or ""),
        "issue": one_line(paper.issue or ""),
        "page": f"{work.first}-{work.last}" if work.last else work.first,
        "publisher": work.publisher,
        "language": paper.language or "",
        "number": f"arXiv:{paper.arxiv}" if paper.arxiv else "",
        "version": str(paper.version or ""),
        "DOI": work.doi,
        "URL": one_line(work.url),
        "keyword": ", ".join(map(plain_line, paper.keywords)),
    }
    return orjson.dumps({name: value for name, value in item.items() if value}).decode()


def add_abstract(item: str, paper: Paper) -> str:
    """Return the item of a paper, a JSON object, with its abstract as the last member."""
    abstract = plain_text(paper.abstract)
    return f'{item.removesuffix("}")},"abstract":{orjson.dumps(abstract).decode()}}}' if abstract else item


def _author(parts: PersonName) -> dict[str, str]:
    """Return the parts of a person's name; a group's name or a single word as `literal`.

    A particle stays in the family name, where processors look for it; Zotero drops a separate one.
    """
    if not parts.given:
        return {"literal": str(parts)}
    named = {
        "family": parts.last,
        "given": parts.given,
        "suffix": parts.suffix,
    }
    return {part: value for part, value in named.items() if value}


def _date(paper: Paper) -> dict[str, object]:
    date = paper.published
    if date is None:
        return {}
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}
