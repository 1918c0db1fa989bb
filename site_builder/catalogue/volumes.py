"""Split a catalogue into volumes: its months, each with everything that its pages are planned from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Generic, TypeVar

from site_builder.model.catalogue import Catalogue, Edges, Period, PeriodName
from site_builder.model.paper import Paper
from site_builder.model.published import UNDATED
from site_builder.urls import month_key

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Volume:
    """The papers, days and weeks that end in one month, or the papers without a day. key: `2026-11` or "undated".

    catalogue: limited to these papers, days and weeks; its mappings by paper id cover all papers.
    """

    key: str
    catalogue: Catalogue


def volumes_of(catalogue: Catalogue) -> Iterator[Volume]:
    """Yield the volumes of a site, newest first; a paper belongs to the last month that lists it."""
    papers = _Runs(catalogue.papers, _last_month)
    days = _Runs(catalogue.days, lambda day: month_key(day.date))
    weeks = _Runs(catalogue.weeks, lambda week: month_key(week.days[-1].date))
    months = _Runs(catalogue.months, lambda month: month.key)
    for key in sorted({*papers.keys, *days.keys}, reverse=True):
        papers_of_volume = papers.of(key)
        ids = {paper.id for paper in papers_of_volume} if catalogue.corrections else set()
        yield Volume(
            key,
            replace(
                catalogue,
                papers=papers_of_volume,
                days=days.of(key),
                weeks=weeks.of(key),
                months=months.of(key),
                years=(),
                tags=(),
                organizations=(),
                authors=(),
                venues=(),
                undated=(),
                corrections=tuple(notice for notice in catalogue.corrections if notice.paper.id in ids),
                edges=Edges(papers.edges(key), days.edges(key), _names(weeks.edges(key)), _names(months.edges(key))),
            ),
        )


def _names(edges: tuple[Period | None, Period | None]) -> tuple[PeriodName | None, PeriodName | None]:
    before, after = edges
    return before.name if before else None, after.name if after else None


def _last_month(paper: Paper) -> str:
    return month_key(paper.days[-1]) if paper.days else UNDATED


class _Runs(Generic[T]):
    """A sequence split by key; items of equal key are adjacent."""

    def __init__(self, items: Sequence[T], key_of: Callable[[T], str]) -> None:
        self._items = items
        self._bounds: dict[str, tuple[int, int]] = {}
        start = 0
        for key, group in groupby(items, key=key_of):
            end = start + sum(1 for _ in group)
            self._bounds[key] = start, end
            start = end

    @property
    def keys(self) -> Iterable[str]:
        return self._bounds.keys()

    def of(self, key: str) -> tuple[T, ...]:
        """Return the items of a key."""
        start, end = self._bounds.get(key, (0, 0))
        return tuple(self._items[start:end])

    def edges(self, key: str) -> tuple[T | None, T | None]:
        """Return the neighbours of a key's items: the one before the first and the one after the last."""
        start, end = self._bounds.get(key, (0, len(self._items)))
        return (
            self._items[start - 1] if start else None,
            self._items[end] if end < len(self._items) else None,
        )
