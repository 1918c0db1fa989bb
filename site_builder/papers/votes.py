"""Records that only count again what readers did with a paper: they make no paper, they add a day to one."""

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


def part_votes(records: Sequence[RawPaper], seen_on: Mapping[str, date]) -> tuple[list[RawPaper], Votes]:
    """Return the records that make papers, and what others counted later of the same papers of the same source.

    seen_on: path of a fetched list → the day it came.
    """
    later = set(filter(is_later, seen_on))
    if not later:
        return list(records), {}
    newest: dict[tuple[str, object], tuple[RawPaper, object]] = {}  # paper → its first record, its title of late
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
    """Return a paper with what was counted of it later."""
    return replace(paper, counts=tuple(counts)) if counts else paper


def _counts(record: RawPaper, day: date) -> Counts | None:
    """Return what a record counts, None where it says more, or says it in a way that is to be checked."""
    if not record.fields.keys() <= _SHORT:
        return None
    upvotes, comments = record.fields.get("upvotes"), record.fields.get("comments")
    return Counts(day, upvotes, comments) if _is_count(upvotes) and _is_count(comments) else None


def _is_count(value: object) -> TypeGuard[int | None]:
    return value is None or (type(value) is int and 0 <= value <= MAX_COUNT)
