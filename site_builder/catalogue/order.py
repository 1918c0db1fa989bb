"""Orders of papers, and walking along an axis."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from site_builder.papers.editor_words import UNNUMBERED
from site_builder.papers.paper import Paper

T = TypeVar("T")


def neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item between the one before and the one after it; None beyond the ends."""
    for i, item in enumerate(items):
        yield items[i - 1] if i else None, item, items[i + 1] if i + 1 < len(items) else None


def in_parts(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Return the items in order, cut into parts of the size; the last may be shorter."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def by_upvotes(papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers with most upvotes first; equal ones stay in their order."""
    return sorted(papers, key=lambda paper: -(paper.upvotes or 0))


def standing_papers(papers: Iterable[Paper]) -> list[Paper]:
    """Return the papers that were not withdrawn, which alone are put in front."""
    return [paper for paper in papers if not paper.withdrawal]


def editors_place(paper: Paper, ranks: Mapping[str, int]) -> tuple[int, int]:
    """Return the place that the editor gave a paper of a day: its pin, then its place in the order of the day.

    ranks: the places of that order by id.
    """
    return paper.lead or UNNUMBERED + 1, ranks.get(paper.id, len(ranks))
