"""Compare the papers of a response with what is stored of them."""

from collections.abc import Iterable, Mapping
from typing import Literal

Row = Mapping[str, object]
# text: a correction to publish; fields: other facts, such as a new link; counts: votes only.
Change = Literal["new", "text", "fields", "counts"]

_TEXTS = frozenset({"title", "abstract", "comment"})
_COUNTS = frozenset({"upvotes", "comments"})
# Fields that are not compared: the list's own day, the version in an arXiv id, and counts that change every day.
_PASSED_OVER = frozenset({"listed", "announced", "arxiv", "version", "stars"})


def first_of_each(ids: Iterable[str], rows: Iterable[Row]) -> dict[str, Row]:
    """Return rows by paper id; of duplicates the first."""
    found: dict[str, Row] = {}
    for paper, row in zip(ids, rows, strict=True):
        found.setdefault(paper, row)
    return found


def renewed(kept: Row, row: Row) -> Row:
    """Return a paper's fields updated by a newer row.

    A full row without the authors' comment, where arXiv reports withdrawals, removes that comment.
    """
    lost = {"comment"} if "abstract" in row else set()
    return {**{name: value for name, value in kept.items() if name not in lost}, **row}


def changes(found: Mapping[str, Row], kept: Mapping[str, Row]) -> dict[str, Change]:
    """Return the kind of change in each row that changed, by paper id; missing rows and fields are no change."""
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
    """Return a value, with runs of white space collapsed if it is text."""
    return " ".join(value.split()) if isinstance(value, str) else value
