"""What feeds are made of before anything is rendered: entries with permanent ids and times."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256

from site_builder.catalogue.model import Catalogue, Day, Period, TermName
from site_builder.catalogue.names import period_name, short_day
from site_builder.papers.paper import Paper
from site_builder.settings import Feeds, Settings
from site_builder.urls import authority_of, day_path, entry_guid, paper_path, period_path

Subject = Day | Period | Paper

# The papers of one day are dated at different seconds of the hour before its digest: none is in the future.
PAPER_SECONDS = 3600
# An archive page ends before it would hold more papers than this, which keeps it below the size of a feed.
ARCHIVE_PAPERS = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, not yet rendered.

    guid: permanent `tag:` URI; path: output path of the page it leads to; terms: its categories.
    time: when it appeared, with its zone; no two entries of a feed have the same.
    """

    guid: str
    title: str
    path: str
    time: datetime
    subject: Subject
    terms: tuple[TermName, ...]


class EntryMaker:
    """Makes the entries of every feed of one site; the same paper is the same entry in all of them."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self._feeds = settings.feeds
        self._tags_of = catalogue.tags_of
        self.authority = settings.feeds.authority or authority_of(settings.base_url)
        self._papers = {paper.id: paper for paper in catalogue.papers if paper.days}
        self._paper_times = paper_times(self._papers.values(), settings.feeds)
        newest_first = sorted(self._papers, key=lambda paper_id: (self._paper_times[paper_id], paper_id), reverse=True)
        self._places = {paper_id: place for place, paper_id in enumerate(newest_first)}
        self._paper = cache(self._make_paper)

    def day(self, day: Day, term: TermName | None = None) -> Entry:
        """Return the entry of a day, or of what a day holds for one tag."""
        steps: tuple[str, ...] = ("day", day.date.isoformat())
        title = f"Papers of {short_day(day.date)}"
        terms = (term,) if term else tuple(section.term for section in day.sections if section.term)
        if term:
            steps = (term.taxonomy, term.slug, *steps)
            title = f"{term.name}: papers of {short_day(day.date)}"
        elif day.note and day.note.title:
            title = f"{title}: {day.note.title}"
        return Entry(
            guid=entry_guid(self.authority, *steps),
            title=title,
            path=day_path(day.date),
            time=digest_time(day.date, self._feeds),
            subject=day,
            terms=terms,
        )

    def period(self, period: Period, top: int | None = None) -> Entry:
        """Return the entry of a week or month, dated at its last day; top: only so many of its papers."""
        name = period_name(period)
        scope = () if top is None else (f"top-{top}",)
        return Entry(
            guid=entry_guid(self.authority, *scope, period.kind, period.key),
            title=f"Papers of {name}" if top is None else f"Top {top} of {name}",
            path=period_path(period.kind, period.key),
            time=digest_time(period.last, self._feeds),
            subject=period,
            terms=(),
        )

    def papers(self, papers: Iterable[Paper]) -> tuple[Entry, ...]:
        """Return the entries of the papers that have a day, newest first."""
        dated = [paper.id for paper in papers if paper.id in self._papers]
        return tuple(map(self._paper, sorted(dated, key=self._places.__getitem__)))

    def _make_paper(self, paper_id: str) -> Entry:
        paper = self._papers[paper_id]
        return Entry(
            guid=entry_guid(self.authority, "paper", paper.id),
            title=paper.title,
            path=paper_path(paper.id),
            time=self._paper_times[paper.id],
            subject=paper,
            terms=self._tags_of.get(paper.id, ()),
        )


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
        times.update((paper_id, latest - timedelta(seconds=s)) for paper_id, s in _seconds(ids))
    return times


def _seconds(ids: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield each id with a number of seconds of its own, below PAPER_SECONDS for as long as they suffice."""
    room = max(PAPER_SECONDS, len(ids))
    wanted = {i: int.from_bytes(sha256(i.encode("utf-8", "replace")).digest()[:8], "big") % room for i in ids}
    taken: set[int] = set()
    for paper_id in sorted(ids, key=lambda i: (wanted[i], i)):
        second = wanted[paper_id]
        while second in taken:
            second = (second + 1) % room
        taken.add(second)
        yield paper_id, second


def archive_pages(entries: Sequence[Entry], length: int) -> tuple[tuple[Entry, ...], ...]:
    """Part entries, newest first, into archive pages of at most `length`, from the oldest on (RFC 5005 §4).

    A page is closed once a newer entry does not fit into it, and never changes after; the entries behind the
    last closed page stand in none yet. Returns the pages oldest first, the entries of each newest first.
    """
    pages: list[tuple[Entry, ...]] = []
    page: list[Entry] = []
    papers = 0
    for entry in reversed(entries):
        weight = _weight(entry)
        if page and (len(page) == length or papers + weight > ARCHIVE_PAPERS):
            pages.append(tuple(reversed(page)))
            page, papers = [], 0
        page.append(entry)
        papers += weight
    return tuple(pages)


def _weight(entry: Entry) -> int:
    return 1 if isinstance(entry.subject, Paper) else len(entry.subject.papers)
