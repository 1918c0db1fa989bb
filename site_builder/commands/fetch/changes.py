"""How the papers of an answer differ from what is kept of them."""

from collections.abc import Iterable, Mapping
from typing import Literal

Row = Mapping[str, object]
# text: a correction to tell; fields: other facts, such as a link that was added; counts: nothing but votes.
Change = Literal["new", "text", "fields", "counts"]

_TEXTS = frozenset({"title", "abstract", "comment"})
_COUNTS = frozenset({"upvotes", "comments"})
# What a list says of its own day, the version within an arXiv id, and what changes every day without being said.
_PASSED_OVER = frozenset({"listed", "announced", "arxiv", "version", "stars"})


def first_of_each(ids: Iterable[str], rows: Iterable[Row]) -> dict[str, Row]:
    """Return each paper's row by its id; of a paper that stands in a list twice the first."""
    found: dict[str, Row] = {}
    for paper, row in zip(ids, rows, strict=True):
        found.setdefault(paper, row)
    return found


def renewed(kept: Row, row: Row) -> Row:
    """Return what is known of a paper after a newer row: every field as it came last.

    A whole row without the authors' comment, by which arXiv tells a withdrawal, takes it back.
    """
    lost = {"comment"} if "abstract" in row else set()
    return {**{name: value for name, value in kept.items() if name not in lost}, **row}


def changes(found: Mapping[str, Row], kept: Mapping[str, Row]) -> dict[str, Change]:
    """Return what is new in each row found, by the paper's id; rows and fields that are missing change nothing."""
    changed = {paper: _change(row, kept.get(paper)) for paper, row in found.items()}
    return {paper: change for paper, change in changed.items() if change}


def _change(row: Row, kept: Row | None) -> Change | None:
    if kept is None:
        return "new"
    now = renewed(kept, row)
    names = {name for name in kept.keys() | row.keys() if _plain(now.get(name)) != _plain(kept.get(name))}
    names -= _PASSED_OVER
    if names & _TEXTS:
        return "text"
    if names - _COUNTS:
        return "fields"
    return "counts" if names else None


def _plain(value: object) -> object:
    """Return a value without the line breaks of its text."""
    return " ".join(value.split()) if isinstance(value, str) else value
