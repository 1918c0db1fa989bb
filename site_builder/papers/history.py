"""Merge what a source said about a paper at different times: the newest value counts, changes become corrections.

When a list is fetched again, its new and changed papers are kept in a list next to the first one. A paper or field that
a later list lacks means nothing: the list may be incomplete, and a paper with only new counts is stored in short form.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import chain, pairwise
from typing import Any, Literal, TypedDict

from site_builder.model.paper import Correction, Counts, Paper, Withdrawal
from site_builder.names.identity import name_key
from site_builder.sources.list_name import is_later

_AUTHOR_FIELDS = ("authors", "name_parts", "author_ids", "has_more_authors")  # taken together from one record
_WEIGHTIEST = ("withdrawal", "title", "abstract")
_FOLDED_SEPARATELY = frozenset(
    {
        "id",
        "aliases",
        "links",
        "listed",
        "places",
        "comment",
        "withdrawal",
        "corrections",
        "counts",
        "upvotes",
        "comments",
    }
)


class _Votes(TypedDict):
    """The readers' counts among the fields of a paper."""

    upvotes: int | None
    comments: int | None
    counts: tuple[Counts, ...]


def fold_versions(papers: Sequence[Paper], seen_on: Mapping[str, date]) -> list[Paper]:
    """Merge the versions of each paper from one source, with corrections and counts; keep the order of first versions.

    seen_on: path of a fetched list → the day it was fetched; papers of other lists are returned unchanged.
    """
    groups: dict[tuple[str, str], list[Paper]] = {}
    for paper in papers if seen_on else ():
        path = paper.places[0].path
        if path in seen_on:
            groups.setdefault((path.rpartition("/")[0], paper.id), []).append(paper)
    several = {id(group[0]): group for group in groups.values() if len(group) > 1 or group[0].counts}
    if not several:
        return list(papers)
    later = {id(paper) for group in several.values() for paper in group[1:]}
    return [
        _fold(several[id(paper)], seen_on) if id(paper) in several else paper
        for paper in papers
        if id(paper) not in later
    ]


def corrections_of_all(papers: Iterable[Paper]) -> tuple[Correction, ...]:
    """Merge the corrections of one work from several sources; the same one in two of them counts once, the earliest."""
    several = [paper.corrections for paper in papers if paper.corrections]
    if len(several) <= 1:
        return several[0] if several else ()
    corrections: dict[tuple[str, str], Correction] = {}
    for correction in sorted(chain.from_iterable(several), key=_order):
        corrections.setdefault((correction.what, correction.after), correction)
    return tuple(corrections.values())


def author_fields(named: Paper, group: Iterable[Paper]) -> dict[str, Any]:
    """Return the authors of one record of a paper with all that depends on their order; ids also from other records."""
    values = {name: getattr(named, name) for name in _AUTHOR_FIELDS}
    return values | {"author_ids": _ids_of_authors(named, [*group])}


def _ids_of_authors(named: Paper, group: Sequence[Paper]) -> tuple[str, ...]:
    """Return the ids of a paper's authors: its own, else those of the only author with that name in another source."""
    if not any(paper.author_ids for paper in group):
        return ()
    known: dict[str, str] = {}
    for paper in sorted(group, key=lambda each: each is not named):
        keys = list(map(name_key, paper.authors))
        for key, ids in zip(keys, paper.author_ids, strict=False):
            if keys.count(key) == 1 and ids:
                known.setdefault(key, ids)
    keys = list(map(name_key, named.authors))
    own = named.author_ids or ("",) * len(keys)
    found = tuple(
        ids or (known.get(key, "") if keys.count(key) == 1 else "") for key, ids in zip(keys, own, strict=True)
    )
    return found if any(found) else ()


def _order(correction: Correction) -> tuple[object, ...]:
    return correction.day, _WEIGHTIEST.index(correction.what), correction.place, correction.after


def _fold(group: Sequence[Paper], seen_on: Mapping[str, date]) -> Paper:
    """Merge versions of a paper from one source: each field comes from the newest list that has it."""

    def seen(paper: Paper) -> date:
        return seen_on[paper.places[0].path]

    versions = sorted(group, key=lambda paper: (seen(paper), paper.places))
    if len(versions) == 1:
        return replace(versions[0], **_votes(versions, seen_on))
    newest_first = versions[::-1]
    values: dict[str, Any] = {
        field.name: next(
            (value for paper in newest_first if (value := getattr(paper, field.name)) or value == 0),
            getattr(versions[0], field.name),
        )
        for field in fields(Paper)
        if field.name not in _FOLDED_SEPARATELY
    }
    named = next((paper for paper in newest_first if paper.authors), versions[0])
    values |= author_fields(named, versions)
    first = [paper for paper in versions if not is_later(paper.places[0].path)] or versions
    whole = [paper for paper in versions if paper.abstract or paper.comment or paper.withdrawal]
    texts: dict[Literal["title", "abstract"], list[tuple[Paper, str]]] = {
        "title": [(paper, paper.title) for paper in versions],
        "abstract": [(paper, paper.abstract) for paper in versions if paper.abstract],
    }
    corrections = [
        Correction(seen(paper), what, before, after, paper.places[0])
        for what, known in texts.items()
        for (_, before), (paper, after) in pairwise(known)
        if before != after
    ]
    corrections += [
        Correction(seen(paper), "withdrawal", _notice(before), _notice(paper), paper.places[0])
        for before, paper in pairwise(whole)
        if (before.withdrawal is None) != (paper.withdrawal is None)
    ]
    return Paper(
        id=versions[0].id,
        links={kind: url for paper in versions for kind, url in paper.links.items()},
        listed=tuple(sorted({day for paper in first for day in paper.listed})),
        places=tuple(sorted(place for paper in first for place in paper.places)),
        comment=whole[-1].comment if whole else None,
        withdrawal=_withdrawal(whole, corrections),
        corrections=tuple(sorted(corrections, key=_order)),
        **_votes(versions, seen_on),
        **values,
    )


def _notice(paper: Paper) -> str:
    """Return the wording of a withdrawal, `withdrawn` if it has none; "" if the paper was not withdrawn."""
    return (paper.withdrawal.notice or "withdrawn") if paper.withdrawal else ""


def _withdrawal(whole: Sequence[Paper], corrections: Iterable[Correction]) -> Withdrawal | None:
    """Return the withdrawal in the newest version, with the day on which it was first seen; None if there is none."""
    newest = whole[-1].withdrawal if whole else None
    days = [correction.day for correction in corrections if correction.what == "withdrawal"]
    return Withdrawal(newest.notice, max(days, default=None)) if newest else None


def _votes(versions: Sequence[Paper], seen_on: Mapping[str, date]) -> _Votes:
    """Return the newest upvotes and comments, and the last counts of each day if there is more than one day."""
    counts_of_days = [Counts(seen_on[paper.places[0].path], paper.upvotes, paper.comments) for paper in versions]
    counts_of_days += [counts for paper in versions for counts in paper.counts]
    counts_of_days.sort(key=lambda counts: counts.day)
    days = {each.day: each for each in counts_of_days if (each.upvotes, each.comments) != (None, None)}
    return {
        "upvotes": next((each.upvotes for each in reversed(counts_of_days) if each.upvotes is not None), None),
        "comments": next((each.comments for each in reversed(counts_of_days) if each.comments is not None), None),
        "counts": tuple(days.values()) if len(days) > 1 else (),
    }
