"""Papers → a YAML list for people, from which our reader gets the same papers."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

import yaml

from site_builder.model.paper import Paper
from site_builder.model.raw_paper import filled
from site_builder.names.identity import id_address, load_ids
from site_builder.names.person import PersonName, split_name
from site_builder.papers.dates import month_of_ids
from site_builder.papers.editor_words import UNNUMBERED

WIDTH = 100
_TEXTS = (
    *("note", "section", "organization", "kind", "venue", "volume", "issue", "pages", "publisher", "language"),
    *("submitter", "comment", "image"),
)


def to_yaml(papers: Sequence[Paper]) -> str:
    """Return `papers:` with a mapping for each paper; a day that all share is given once above them."""
    days = {paper.listed for paper in papers}
    shared = next(iter(days)) if len(days) == 1 else ()
    document: dict[str, object] = {"listed": shared[0]} if len(shared) == 1 else {}
    document["papers"] = [_fields(paper, with_listed=not document) for paper in papers]
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


def _fields(paper: Paper, *, with_listed: bool) -> dict[str, object]:
    """Return the known fields of a paper under the keys of our reader, in the order in which people look for them."""
    own_id = paper.id if paper.id not in (paper.arxiv, paper.doi) else None
    fields: dict[str, object] = {
        "title": paper.title,
        "arxiv": paper.arxiv,
        "version": paper.version,
        "doi": paper.doi,
        "id": own_id,
        "formerly": list(paper.formerly),
        "authors": [*_authors(paper), *(["others"] if paper.has_more_authors else [])],
        "author_count": paper.author_count,
        "published": _published(paper),
        "listed": list(paper.listed) if with_listed else None,
        "tags": list(paper.tags),
        "keywords": list(paper.keywords),
        "categories": list(paper.categories),
        "upvotes": paper.upvotes,
        "comments": paper.comments,
        "stars": paper.stars,
        "links": dict(paper.links),
        **{name: getattr(paper, name) for name in _TEXTS},
        "abstract": paper.abstract,
        "ai_summary": paper.ai_summary,
        "editor_summary": paper.summary,
        "lead": (paper.lead if paper.lead != UNNUMBERED else "true") if paper.lead else None,
        "hold": (f"until {paper.hold.until}" if paper.hold.until else "true") if paper.hold else None,
        "hide": "true" if paper.is_hidden else None,
    }
    return filled(fields)


def _authors(paper: Paper) -> Iterator[str | dict[str, str]]:
    """Yield the authors, with their ids if the source gives any."""
    for name, parts, ids in zip_longest(paper.authors, paper.people, paper.author_ids, fillvalue=""):
        author = _author(str(name), parts) if isinstance(parts, PersonName) else str(name)
        known = load_ids(str(ids))
        homonym = known.pop("dblp-name", "")
        if known or homonym:
            whole = {"name": f"{author} {homonym}".strip()} if isinstance(author, str) else author
            author = {**whole, **{register: id_address(register, value) for register, value in known.items()}}
        yield author


def _author(name: str, parts: PersonName) -> str | dict[str, str]:
    """Return a name as text, or in parts if the text would be split differently."""
    if parts == split_name(name):
        return name
    if parts.is_group:
        return {"literal": parts.family}
    stated = {part: getattr(parts, part) for part in ("given", "particle", "family", "suffix")}
    return {part: text for part, text in stated.items() if text}


def _published(paper: Paper) -> date | str | None:
    """Return the published date from the list; None if it is only the month implied by the paper's number."""
    if paper.published is None or paper.published == month_of_ids(paper.arxiv, paper.doi):
        return None
    return paper.published.as_day() or str(paper.published)


class _Dumper(yaml.SafeDumper):
    """Writes long texts as folded blocks, simple lists on one line, and scalars so that they stay text."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    is_block = len(text) > WIDTH and text.isprintable() and "  " not in text and text == text.strip()
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if is_block else None)


def _list(dumper: _Dumper, items: list[object]) -> yaml.SequenceNode:
    is_flow = all(isinstance(item, str | date) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=is_flow)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
