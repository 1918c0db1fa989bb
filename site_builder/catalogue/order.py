"""Sort orders of papers and terms, and neighbours in a sequence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from site_builder.model.catalogue import Period, Term, TermName
from site_builder.model.paper import Paper
from site_builder.papers.editor_words import UNNUMBERED
from site_builder.papers.published_ids import first_month

T = TypeVar("T")
HIGHLIGHTS = {"week": 10, "month": 20, "year": 20}


def neighbours(
    items: Sequence[T], edges: tuple[T | None, T | None] = (None, None)
) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item between its predecessor and its successor. edges: neighbours of the first and the last item."""
    before, after = edges
    for i, item in enumerate(items):
        yield items[i - 1] if i else before, item, items[i + 1] if i + 1 < len(items) else after


def in_parts(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Split a sequence into parts of the given size; the last may be shorter."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def volume_starts(papers: Sequence[Paper]) -> list[int]:
    """Return for each paper the index of its volume's first paper; papers: in descending order of first listing."""
    starts: list[int] = []
    for _, volume in groupby(papers, key=first_month):
        starts += [len(starts)] * sum(1 for _ in volume)
    return starts


def name_order(term: Term | TermName) -> tuple[str, str]:
    """Return the key that sorts terms by name."""
    return term.name.casefold(), term.slug


def by_upvotes(papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers with most upvotes first, withdrawn ones last; ties keep their order."""
    return sorted(papers, key=lambda paper: (is_withdrawn(paper), -(paper.upvotes or 0)))


def ranked(papers: Sequence[Paper], best: Sequence[str]) -> list[Paper]:
    """Return the papers of a week or month: those of `best` (ids) first, the others by upvotes, withdrawn ones last.

    best: the ranking with which the period was first published.
    """
    by_id = {paper.id: paper for paper in papers}
    then = [by_id.pop(each) for each in best if each in by_id]
    return sorted([*then, *by_upvotes(by_id.values())], key=is_withdrawn)


def highlights_of(period: Period, best: Sequence[str], top: int | None = None) -> list[Paper]:
    """Return the papers of a week or month that are shown with their abstract; of the others only titles are."""
    return ranked(period.papers, best)[: HIGHLIGHTS[period.kind] if top is None else top]


def best_of(papers: Iterable[Paper], most: int) -> tuple[Paper, ...]:
    """Return the papers with the most upvotes, most first, without withdrawn ones and those without votes."""
    voted = [paper for paper in standing_papers(papers) if paper.upvotes]
    return tuple(sorted(voted, key=lambda paper: (-(paper.upvotes or 0), paper.id))[:most])


def is_withdrawn(paper: Paper) -> bool:
    """Return whether a paper was withdrawn; such papers come last on their day."""
    return paper.withdrawal is not None


def standing_papers(papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers that were not withdrawn; only these are featured."""
    return [paper for paper in papers if not is_withdrawn(paper)]


def editor_sort_key(paper: Paper, ranks: Mapping[str, int]) -> tuple[int, int]:
    """Return the editor's sort key of a paper of a day: its pin, then its place in the order of the day.

    ranks: place in that order by paper id.
    """
    return paper.lead or UNNUMBERED + 1, ranks.get(paper.id, len(ranks))
