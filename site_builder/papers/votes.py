"""Records that only repeat a paper with new counts of upvotes and comments; they add a day's counts to that paper."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeGuard

from site_builder.model.paper import Counts, Paper
from site_builder.model.raw_paper import RawPaper
from site_builder.papers.bounds import MAX_COUNT
from site_builder.sources.list_name import is_later

_SHORT = frozenset({"arxiv", "title", "upvotes", "comments", "stars", "listed"})

Votes = dict[int, list[Counts]]  # identity of the record they belong to → counts by day


def split_votes(records: Sequence[RawPaper], seen_on: Mapping[str, date]) -> tuple[list[RawPaper], Votes]:
    """Split records into those that make papers, and the counts of those that only repeat a paper of the same source.

    seen_on: path of a fetched list → the day it was fetched.
    """
    later = set(filter(is_later, seen_on))
    if not later:
        return list(records), {}
    newest: dict[tuple[str, object], tuple[RawPaper, object]] = {}  # paper → its first record, its latest title
    kept: list[RawPaper] = []
    votes: Votes = {}
    for record in sorted((each for each in records if each.path in seen_on), key=lambda each: seen_on[each.path]):
        key = record.path.rpartition("/")[0], record.fields.get("arxiv")
        title = record.fields.get("title")
        first, known = newest.get(key, (record, title))
        newest[key] = first, title
        counts = _counts(record, seen_on[record.path]) if record.path in later and known == title else None
        if counts is None or first is record:
            kept.append(record)
        else:
            votes.setdefault(id(first), []).append(counts)
    is_kept = set(map(id, kept))
    return [each for each in records if each.path not in seen_on or id(each) in is_kept], votes


def with_votes(paper: Paper, counts: Sequence[Counts] | None) -> Paper:
    """Return a paper with its later counts, if there are any."""
    return replace(paper, counts=tuple(counts)) if counts else paper


def _counts(record: RawPaper, day: date) -> Counts | None:
    """Return the counts of a record, or None if it has other fields too or its counts need checking."""
    if not record.fields.keys() <= _SHORT:
        return None
    upvotes, comments = record.fields.get("upvotes"), record.fields.get("comments")
    return Counts(day, upvotes, comments) if _is_count(upvotes) and _is_count(comments) else None


def _is_count(value: object) -> TypeGuard[int | None]:
    return value is None or (type(value) is int and 0 <= value <= MAX_COUNT)
