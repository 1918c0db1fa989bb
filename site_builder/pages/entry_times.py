"""Times of feed entries: on the day of their list, each unique, and permanent once published.

All arithmetic is in UTC; the zone of the settings decides when a day begins and is used to display times.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from hashlib import sha256
from itertools import count

from site_builder.config.settings import Feeds
from site_builder.model.catalogue import Catalogue, CorrectionNotice, Edition
from site_builder.model.paper import Paper
from site_builder.model.published import Published
from site_builder.sources.content.published import month_file
from site_builder.sources.list_name import list_name
from site_builder.urls import day_path, month_key, period_path

# The papers of a day are dated at different seconds in the hour before its digest, so that none is in the future.
PAPER_SECONDS = 3600
STEP = 60  # seconds between two papers of a day, if there is room
FIRST_ROOM = 900  # minimum seconds from the beginning of a day to its digest, for the times of its papers
MAX_LATE = 100  # maximum number of late papers in one build; more are a backlog
CORRECTION_SECONDS = 600  # after the digest of the day, so that no update precedes its paper


def digest_time(day: date, feeds: Feeds) -> datetime:
    """Return the time of a digest: its day at the hour and in the zone of the settings.

    If a clock change skips or repeats that hour, the time before the change counts. The earliest time is a quarter past
    midnight.
    """
    wanted = _in_utc(day, feeds.hour.replace(microsecond=0), feeds)
    latest = _start_of_day(day + timedelta(days=1), feeds) - timedelta(seconds=1)
    return in_zone(min(max(wanted, _start_of_day(day, feeds) + timedelta(seconds=FIRST_ROOM)), latest), feeds)


def edition_time(edition: Edition, feeds: Feeds) -> datetime:
    """Return the moment an edition is dated at: when its mail is due, or was."""
    return in_zone(edition.due, feeds) if edition.due else digest_time(edition.dated, feeds)


def period_times(catalogue: Catalogue, published: Published, feeds: Feeds) -> dict[str, datetime]:
    """Return when the entries of weeks and months are dated, by output path; what was published keeps its moment."""
    periods = {period_path(each.kind, each.key): each for each in (*catalogue.weeks, *catalogue.months)}
    at = {path: page.at for path in periods if (page := published.pages.get(path)) and page.at}
    return {
        path: in_zone(at[path], feeds) if path in at else digest_time(each.last, feeds)
        for path, each in periods.items()
    }


def entry_times(
    catalogue: Catalogue, published: Published, feeds: Feeds, now: datetime | None = None
) -> dict[str, datetime]:
    """Return the times of entries: of days by output path, of papers by id.

    What was published keeps its time. A new paper is dated before its digest, in the present order of the day's papers:
    those with most upvotes come last, as the newest. A paper that arrives after its digest is out is dated when it
    arrived, where readers of the feed will see it. now: the time of the build. A digest published on its own day before
    its hour is dated now.
    """
    times: dict[str, datetime] = {}
    at = {key: record.at for key, record in published.papers.items() if record.at}
    late = _late_papers(catalogue, published, at) if now else {}
    for day in catalogue.days:
        new = [paper.id for paper in day.papers if paper.days[0] == day.date and paper.id not in late]
        known = {key: at[key] for key in new if key in at}
        page = published.pages.get(day_path(day.date))
        moment = (page and page.at) or _new_digest_time(day.date, len(new), feeds, now)
        times[day_path(day.date)] = in_zone(moment, feeds)
        begin = _start_of_day(day.date, feeds)
        free = _free_moments(moment.astimezone(UTC), begin, len(new) - len(known), set(known.values()))
        times.update((key, in_zone(known.get(key) or next(free), feeds)) for key in new)
    if late and now:
        free = (now - timedelta(seconds=second) for second in count())
        taken = set(times.values())
        unused = (
            moment for candidate in free if (moment := in_zone(candidate.replace(microsecond=0), feeds)) not in taken
        )
        times |= dict(zip(late, unused, strict=False))
    return times


def _late_papers(catalogue: Catalogue, published: Published, known: Collection[str]) -> Mapping[str, None]:
    """Return the ids of new papers whose digests are already published, in order; none if they are a backlog.

    Papers of months whose record cannot be read are left out. known: ids of papers that are not new.
    """
    late: dict[str, None] = {}
    for day in catalogue.days:
        page = published.pages.get(day_path(day.date))
        if page and page.at and not page.is_gone and month_file(month_key(day.date)) not in published.locked:
            new = (paper for paper in day.papers if paper.id not in known and paper.days[0] == day.date)
            late |= dict.fromkeys(paper.id for paper in new)
    return late if len(late) <= MAX_LATE else {}


def _new_digest_time(day: date, papers: int, feeds: Feeds, now: datetime | None) -> datetime:
    """Return the time of an unpublished digest: its hour, or `now` if that is earlier on the same day."""
    moment = digest_time(day, feeds)
    begin = _start_of_day(day, feeds) + timedelta(seconds=papers + 1)  # each of its papers needs a second
    is_early = now is not None and begin <= now < moment
    return now.replace(microsecond=0) if now and is_early else moment


def _free_moments(moment: datetime, begin: datetime, count: int, taken: set[datetime]) -> Iterator[datetime]:
    """Yield times before a digest and before those taken, latest first, but not before the day begins.

    If a day has more papers than seconds, the last ones are dated after the digest.
    """
    room = min(PAPER_SECONDS, int((moment - begin).total_seconds()))
    used = max((int((moment - candidate).total_seconds()) for candidate in taken), default=0)
    step = max(1, min(STEP, (room - used) // (count + 1)))
    wanted = [moment - timedelta(seconds=used + step * number) for number in range(1, count + 1)]
    if used + step * count > room:  # too few seconds for steps: use any free second
        every = (moment - timedelta(seconds=second) for second in range(1, room + 1))
        later = (moment + timedelta(seconds=second) for second in range(1, count + len(taken) + 1))
        wanted = [
            *sorted({*every} - taken, reverse=True),
            *(candidate for candidate in later if candidate not in taken),
        ]
    yield from wanted


def _start_of_day(day: date, feeds: Feeds) -> datetime:
    """Return the moment a day begins in the zone of the settings.

    A day that the zone skipped, as Samoa did once, is the last quarter of an hour of the day before.
    """
    begin = _in_utc(day, time(), feeds)
    is_left_out = begin >= _in_utc(day + timedelta(days=1), time(), feeds)
    return begin - timedelta(seconds=FIRST_ROOM) if is_left_out else begin


def _in_utc(day: date, clock: time, feeds: Feeds) -> datetime:
    return datetime.combine(day, clock, feeds.zone_info()).astimezone(UTC)


def in_zone(moment: datetime, feeds: Feeds) -> datetime:
    """Return a moment in local time of the zone, as a fixed offset in whole minutes.

    Python compares datetimes of one zone by local time, which is wrong in the hour that occurs twice.
    """
    offset = moment.astimezone(feeds.zone_info()).utcoffset() or timedelta()
    return moment.astimezone(timezone(timedelta(minutes=offset // timedelta(minutes=1))))


def correction_times(notices: Iterable[CorrectionNotice], feeds: Feeds) -> dict[tuple[str, date], datetime]:
    """Return the times of corrections by paper id and day, in the minutes after that day's digest."""
    by_day: dict[date, list[str]] = {}
    for notice in notices:
        by_day.setdefault(notice.day, []).append(notice.paper.id)
    return _after_digests(by_day, feeds)


def arrival_times(papers: Iterable[Paper], feeds: Feeds) -> dict[str, datetime]:
    """Return when late papers arrived, by id: in the minutes after the digest of the day whose fetch first had them."""
    by_day: dict[date, list[str]] = {}
    for paper in papers:
        if any("@" in place.path for place in paper.places) and (came := _late_arrival(paper)):
            by_day.setdefault(came, []).append(paper.id)
    return {paper_id: moment for (paper_id, _), moment in _after_digests(by_day, feeds).items()}


def _after_digests(by_day: Mapping[date, Sequence[str]], feeds: Feeds) -> dict[tuple[str, date], datetime]:
    """Return a time in the minutes after a day's digest for each id and day."""
    moments: dict[tuple[str, date], datetime] = {}
    for day, ids in by_day.items():
        digest = digest_time(day, feeds).astimezone(UTC)
        seconds_left = int((_start_of_day(day + timedelta(days=1), feeds) - digest).total_seconds()) - 1
        for paper_id, second in _seconds(ids, max(1, min(CORRECTION_SECONDS, seconds_left))):
            moments[paper_id, day] = in_zone(digest + timedelta(seconds=second + 1), feeds)
    return moments


def _late_arrival(paper: Paper) -> date | None:
    """Return the day of the first fetch that had a paper, or None if the original list of its day had it."""
    names = [name for place in paper.places if (name := list_name(place.path)) and name.day == paper.days[0]]
    return min((name.seen for name in names if name.seen), default=None) if all(name.seen for name in names) else None


def _seconds(ids: Sequence[str], limit: int) -> Iterator[tuple[str, int]]:
    """Yield each id with a unique number of seconds, below `limit` as long as there are enough."""
    room = max(limit, len(ids))
    wanted = {i: int.from_bytes(sha256(i.encode("utf-8", "replace")).digest()[:8], "big") % room for i in ids}
    taken: set[int] = set()
    for paper_id in sorted(ids, key=lambda i: (wanted[i], i)):
        second = wanted[paper_id]
        while second in taken:
            second = (second + 1) % room
        taken.add(second)
        yield paper_id, second
