"""When entries of feeds are dated: by the days of the lists, never by the clock, each at a moment of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from site_builder.catalogue.model import CorrectionNotice
from site_builder.papers.paper import Paper
from site_builder.settings import Feeds
from site_builder.sources.list_name import list_name

# The papers of one day are dated at different seconds of the hour before its digest: none is in the future.
PAPER_SECONDS = 3600
CORRECTION_SECONDS = 600  # after the digest of the day, so that no paper is updated before it appeared


def digest_time(day: date, feeds: Feeds) -> datetime:
    """Return the moment a digest is dated at: its day at the hour and in the zone of the settings."""
    return datetime.combine(day, feeds.hour.replace(microsecond=0), feeds.zone_info())


def paper_times(papers: Iterable[Paper], feeds: Feeds) -> Mapping[str, datetime]:
    """Return when each paper's entry is dated: on its first day, within the hour before the digest.

    The second is made from the paper's id, not from its rank, so that it stays when another paper joins the
    day; where two papers fall on one second, one of them moves on to the next free one.
    """
    by_day: dict[date, list[str]] = {}
    for paper in papers:
        by_day.setdefault(paper.days[0], []).append(paper.id)
    times: dict[str, datetime] = {}
    for day, ids in by_day.items():
        latest = digest_time(day, feeds)
        times.update((paper_id, latest - timedelta(seconds=s)) for paper_id, s in _seconds(ids, PAPER_SECONDS))
    return times


def correction_times(notices: Iterable[CorrectionNotice], feeds: Feeds) -> dict[tuple[str, date], datetime]:
    """Return when each correction is dated, by paper id and day: in the minutes after the digest of the day."""
    by_day: dict[date, list[str]] = {}
    for notice in notices:
        by_day.setdefault(notice.day, []).append(notice.paper.id)
    return _after_digests(by_day, feeds)


def arrival_times(papers: Iterable[Paper], feeds: Feeds) -> dict[str, datetime]:
    """Return when each paper came that only later answers for its day carry, by its id, after that day's digest."""
    by_day: dict[date, list[str]] = {}
    for paper in papers:
        if any("@" in place.path for place in paper.places) and (came := _came_late(paper)):
            by_day.setdefault(came, []).append(paper.id)
    return {paper_id: moment for (paper_id, _), moment in _after_digests(by_day, feeds).items()}


def _after_digests(by_day: Mapping[date, Sequence[str]], feeds: Feeds) -> dict[tuple[str, date], datetime]:
    """Return a moment in the minutes after the digest of a day for each id and day."""
    return {
        (paper_id, day): digest_time(day, feeds) + timedelta(seconds=second + 1)
        for day, ids in by_day.items()
        for paper_id, second in _seconds(ids, CORRECTION_SECONDS)
    }


def _came_late(paper: Paper) -> date | None:
    """Return the day on which the first answer with a paper came, None when the list of its day had it."""
    names = [name for place in paper.places if (name := list_name(place.path)) and name.day == paper.days[0]]
    return min((name.seen for name in names if name.seen), default=None) if all(name.seen for name in names) else None


def _seconds(ids: Sequence[str], most: int) -> Iterator[tuple[str, int]]:
    """Yield each id with a number of seconds of its own, below the most for as long as they suffice."""
    room = max(most, len(ids))
    wanted = {i: int.from_bytes(sha256(i.encode("utf-8", "replace")).digest()[:8], "big") % room for i in ids}
    taken: set[int] = set()
    for paper_id in sorted(ids, key=lambda i: (wanted[i], i)):
        second = wanted[paper_id]
        while second in taken:
            second = (second + 1) % room
        taken.add(second)
        yield paper_id, second
