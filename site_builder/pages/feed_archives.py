"""Split the past of a feed into archive pages."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from site_builder.model.catalogue import Day, Edition, Period
from site_builder.model.paper import Paper
from site_builder.pages.feed_entries import DatedPaper, Entry

# Limits of an archive page, in rows of papers or in entries with full abstracts; they keep it smaller than a feed. More
# are allowed only where times cannot separate them.
ARCHIVE_PAPERS = 250
ARCHIVE_ENTRIES = 150
LONG_ABSTRACT = 2_500  # characters; an entry counts once more for each such length
AUTHOR = 75  # estimated bytes of an author in an entry


class ArchivePage(NamedTuple):
    """A closed part of a feed's past.

    name: the month, day or time it begins with, used in its address. places: its entries as a slice of the feed's.
    """

    name: str
    places: slice


def archive_pages(
    entries: Sequence[Entry], length: int, papers: Sequence[DatedPaper]
) -> tuple[tuple[ArchivePage, ...], int]:
    """Return the archive pages of a feed (RFC 5005 §4), oldest first, and how many of its newest entries are in none.

    A page holds a month, or a half, a quarter … of one with too many papers. So a newer entry changes no page, and an
    entry for a day long past changes one page only. The newest part stays open, and so do the parts before it that
    still fit in a feed of `length` entries. entries: newest first. papers: the papers of a feed of single papers, from
    which the pages are computed without making its entries.
    """
    max_weight = ARCHIVE_ENTRIES if papers else ARCHIVE_PAPERS
    if papers:
        times_and_weights = [(dated.time, _weight_of(dated.paper)) for dated in reversed(papers)]
    else:
        times_and_weights = [(entry.time, _weight(entry)) for entry in reversed(entries)]
    times = [time.replace(tzinfo=None) for time, _ in times_and_weights]
    sums = list(accumulate((weight for _, weight in times_and_weights), initial=0))
    parts = [part for month in _months(times) for part in _parts(times, sums, max_weight, *month)]
    begin = count = len(times)
    while parts and (begin == count or _fits(sums, parts[-1][1], length, max_weight)):
        begin = parts.pop()[1]
    pages = [ArchivePage(_part_name(start), slice(count - last, count - first)) for start, first, last in parts]
    return tuple(pages), count - begin


def _fits(sums: Sequence[int], first: int, length: int, max_weight: int) -> bool:
    """Return whether the entries from `first` on fit in a feed of `length` entries."""
    return len(sums) - 1 - first <= length and sums[-1] - sums[first] <= max_weight


def _months(moments: Sequence[datetime]) -> Iterator[tuple[datetime, datetime, int, int]]:
    """Yield start, end and index range of each month that holds moments; `moments` ascend."""
    first = 0
    while first < len(moments):
        start = datetime(moments[first].year, moments[first].month, 1)  # local time of the zone
        end = (start + timedelta(days=31)).replace(day=1)
        last = bisect_left(moments, end, first)
        yield start, end, first, last
        first = last


def _parts(
    moments: Sequence[datetime],
    sums: Sequence[int],
    max_weight: int,
    start: datetime,
    end: datetime,
    first: int,
    last: int,
) -> Iterator[tuple[datetime, int, int]]:
    """Yield start and index range of the parts of a time span, halved until none exceeds `max_weight`."""
    if first == last:
        return
    if sums[last] - sums[first] <= max_weight or last - first == 1 or end - start <= timedelta(seconds=1):
        yield start, first, last
        return
    half = (end - start) / 2
    middle = start + (timedelta(days=half.days) if half.days else timedelta(seconds=half // timedelta(seconds=1)))
    cut = bisect_left(moments, middle, first, last)
    yield from _parts(moments, sums, max_weight, start, middle, first, cut)
    yield from _parts(moments, sums, max_weight, middle, end, cut, last)


def _part_name(start: datetime) -> str:
    """Return `2026-05` for a part that begins with the month, else `2026-05-17`, else `2026-05-17T053000`."""
    if start.hour or start.minute or start.second:
        return f"{start:%Y-%m-%dT%H%M%S}"
    return f"{start:%Y-%m-%d}" if start.day > 1 else f"{start:%Y-%m}"


def _weight_of(paper: Paper) -> int:
    return 1 + (len(paper.abstract) + AUTHOR * len(paper.authors)) // LONG_ABSTRACT


def _weight(entry: Entry) -> int:
    return len(entry.subject.papers) if isinstance(entry.subject, Day | Period | Edition) else 1
