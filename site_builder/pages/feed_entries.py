"""Entries of feeds, with permanent ids and times, before anything is rendered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from itertools import islice, takewhile
from typing import TypeVar

from site_builder.catalogue.order import editor_sort_key, highlights_of, is_withdrawn
from site_builder.config.settings import Settings
from site_builder.languages import N_
from site_builder.lazy import LazyMap
from site_builder.model.catalogue import Catalogue, CorrectionNotice, Day, Edition, Period, Section, TermName
from site_builder.model.paper import Paper
from site_builder.model.published import Published, day_of_tag
from site_builder.pages.entry_times import (
    arrival_times,
    correction_times,
    digest_time,
    edition_time,
    entry_times,
    in_zone,
)
from site_builder.urls import authority_of, correction_path, day_path, entry_guid, paper_path, period_path

Subject = Day | Period | Edition | Paper | CorrectionNotice

# A feed shows all entries of its newest three days, so that a reader that polls once a day misses none.
WHOLE_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A feed item with its time.

    time: when it appeared, with its zone; unique within a feed.
    updates: later times when its text was corrected or a late paper was added, ascending; upvotes do not count.
    """

    time: datetime
    updates: tuple[datetime, ...] = ()

    def updated(self, now: datetime) -> datetime:
        """Return when the text last changed, as of `now`."""
        return next((moment for moment in reversed(self.updates) if moment <= now), self.time)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Dated):
    """One entry of a feed, not yet rendered.

    guid: permanent `tag:` URI. path: output path of the page that it links to. terms: its categories.
    """

    guid: str
    title: str
    path: str
    subject: Subject
    terms: tuple[TermName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPaper(Dated):
    """A paper with its times: all that is needed to make its entry."""

    paper: Paper


D = TypeVar("D", bound=Dated)


class EntryMaker:
    """Makes the entries of all feeds of a site; a paper has the same entry in all of them."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.words = settings.words
        self._tags_of = catalogue.tags_of
        self._first_slugs = {term.slug: term.first_slug for term in catalogue.tags}
        self.authority = settings.feeds.authority or authority_of(settings.base_url)
        self._papers = {paper.id: paper for paper in catalogue.papers if paper.days}
        self._times = catalogue.times or entry_times(catalogue, Published(), settings.feeds)
        self._best = catalogue.best
        self._entries: dict[str, Entry] = {}  # entries made so far, by paper id
        self._feeds = settings.feeds
        self._notice_times = correction_times(catalogue.corrections, settings.feeds)
        self._updates: dict[str, list[datetime]] = {}
        self._listings: dict[str, list[datetime]] = {}  # by paper id: changes that show where only titles are listed
        for (paper_id, _), moment in self._notice_times.items():
            self._updates.setdefault(paper_id, []).append(moment)
        for paper_id, moment in arrival_times(self._papers.values(), self._feeds).items():
            self._updates.setdefault(paper_id, []).append(moment)
            self._listings.setdefault(paper_id, []).append(moment)
        for notice in catalogue.corrections:
            if any(correction.what == "title" for correction in notice.corrections):
                moment = self._notice_times[notice.paper.id, notice.day]
                self._listings.setdefault(notice.paper.id, []).append(moment)
        for key, moment in catalogue.updates.items():
            self._updates.setdefault(key, []).append(in_zone(moment, self._feeds))

    def day(self, day: Day, term: TermName | None = None) -> Entry:
        """Return the entry of a day, or of a day's papers under one tag."""
        steps: tuple[str, ...] = ("day", day.date.isoformat())
        path = day_path(day.date)
        first_slug = self._first_slugs.get(term.slug, term.slug) if term else ""
        whole = day_of_tag(path, first_slug) if term else path
        title = self.words.gettext("Papers of %(day)s", day=self.words.short_day(day.date))
        terms = (term,) if term else tuple(section.term for section in day.sections if section.term)
        if term:
            steps = (term.taxonomy, first_slug, *steps)
            title = self.words.gettext(
                "%(term)s: papers of %(day)s", term=term.name, day=self.words.short_day(day.date)
            )
        elif day.texts.subject:
            title = day.texts.subject
        elif day.note and day.note.title:
            title = self.words.gettext("%(title)s: %(note)s", title=title, note=day.note.title)
        return Entry(
            guid=entry_guid(self.authority, *steps),
            title=title,
            path=path,
            time=self._day_time(day.date),
            subject=self._in_stable_order(day),
            terms=terms,
            updates=self._updates_of([*_ids(day.papers), whole], self._day_time(day.date)),
        )

    def days_of(self, term: TermName, days: Mapping[str, Sequence[Day]]) -> Sequence[Entry]:
        """Return the entries of one tag; `days` has the days of each tag by slug, newest first."""
        return LazyMap(partial(self.day, term=term), days.get(term.slug, ()))

    def period(self, period: Period, top: int | None = None) -> Entry:
        """Return the entry of a week or month, dated on its last day; `top` limits it to so many papers."""
        path = period_path(period.kind, period.key)
        days = tuple(map(self._in_stable_order, period.days))
        words = self.words
        name = words.period_name(period.kind, period.key)
        best = self._best.get(path, ())
        scope = () if top is None else (f"top-{top}",)
        # A selection shows its own papers only: neither the editor's texts on the period nor the number of its papers.
        chosen = highlights_of(period, best, top)
        title = period.texts.subject or words.gettext("Papers of %(period)s", period=name)
        if top is not None:
            title = words.gettext("Top %(count)s of %(period)s", count=top, period=name)
        shown = [path, *_ids(chosen)] if top is None else [*_ids(chosen), *best[:top]]
        time = self._times.get(path) or digest_time(period.last, self._feeds)
        titles = self._moments(self._listings, _ids(period.papers), time) if top is None else set()
        return Entry(
            guid=entry_guid(self.authority, *scope, period.kind, period.key),
            title=title,
            path=path,
            time=time,
            subject=replace(period, days=days, best=best),
            terms=(),
            updates=tuple(sorted({*self._updates_of(shown, time), *titles})),
        )

    def edition(self, edition: Edition) -> Entry:
        """Return the entry of an edition, dated when its mail is due."""
        time = edition_time(edition, self._feeds)
        return Entry(
            guid=entry_guid(self.authority, "edition", edition.name, edition.key),
            title=edition.texts.subject or edition.title,
            path=edition.page,
            time=time,
            subject=edition,
            terms=(),
            updates=self._updates_of([*_ids(edition.papers), *_pages_of(edition)], time),
        )

    def dated(self, papers: Iterable[Paper]) -> Sequence[DatedPaper]:
        """Return the papers that have a day, each with its times, newest first."""
        found = [paper.id for paper in papers if paper.id in self._papers]
        return [self._dated[paper_id] for paper_id in sorted(found, key=self._ranks.__getitem__)]

    def papers(self, papers: Sequence[DatedPaper]) -> Sequence[Entry]:
        """Return the entries of papers, each made on first access."""
        return LazyMap(self._paper, papers)

    @cached_property
    def _dated(self) -> Mapping[str, DatedPaper]:
        times = self._times
        return {
            key: DatedPaper(paper=paper, time=times[key], updates=self._updates_of((key,), times[key]))
            for key, paper in self._papers.items()
        }

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        """Rank of each paper among all by time, 0 for the newest."""
        newest_first = sorted(self._papers, key=lambda paper_id: (self._times[paper_id], paper_id), reverse=True)
        return {paper_id: rank for rank, paper_id in enumerate(newest_first)}

    def correction(self, notice: CorrectionNotice) -> Entry:
        """Return the entry of the corrections to a paper on one day."""
        is_withdrawn = any(correction.what == "withdrawal" and correction.after for correction in notice.corrections)
        title = N_("Withdrawn: %(title)s") if is_withdrawn else N_("Corrected: %(title)s")
        return Entry(
            guid=entry_guid(self.authority, "correction", notice.day.isoformat(), notice.paper.id),
            title=self.words.gettext(title, title=notice.paper.title),
            path=correction_path(notice.paper.id, notice.day),
            time=self._notice_times[notice.paper.id, notice.day],
            subject=notice,
            terms=self._tags_of.get(notice.paper.id, ()),
        )

    def _paper(self, dated: DatedPaper) -> Entry:
        paper = dated.paper
        entry = self._entries.get(paper.id)
        if entry is None or entry.updates != dated.updates:
            entry = self._entries[paper.id] = Entry(
                guid=entry_guid(self.authority, "paper", paper.id),
                title=paper.title,
                path=paper_path(paper.id),
                time=dated.time,
                subject=paper,
                terms=self._tags_of.get(paper.id, ()),
                updates=dated.updates,
            )
        return entry

    def _day_time(self, day: date) -> datetime:
        return self._times[day_path(day)]

    def _in_stable_order(self, day: Day) -> Day:
        """Sort the papers of a day as their entries are, withdrawn ones last; no vote changes this order."""
        ranks = day.texts.ranks

        def order(paper: Paper) -> tuple[bool, tuple[int, int], int]:
            return is_withdrawn(paper), editor_sort_key(paper, ranks), self._ranks.get(paper.id, 0)

        def ordered(papers: Iterable[Paper]) -> tuple[Paper, ...]:
            return tuple(sorted(papers, key=order))

        sections = tuple(replace(section, papers=ordered(section.papers)) for section in day.sections)
        return replace(day, papers=ordered(day.papers), sections=sections)

    def _updates_of(self, keys: Iterable[str], time: datetime) -> tuple[datetime, ...]:
        """Return the updates after `time`, ascending; `keys` are ids of papers and paths of days."""
        return tuple(sorted(self._moments(self._updates, keys, time)))

    @staticmethod
    def _moments(updates: Mapping[str, Sequence[datetime]], keys: Iterable[str], time: datetime) -> set[datetime]:
        return {moment for key in keys for moment in updates.get(key, ()) if moment > time}


def _pages_of(edition: Edition) -> Iterator[str]:
    """Yield the output paths of an edition's days and of the week or month it covers."""
    yield from (day_path(day.date) for day in edition.days)
    if edition.key != edition.dated.isoformat():
        yield period_path("week" if "-W" in edition.key else "month", edition.key)


def _ids(papers: Iterable[Paper]) -> Iterator[str]:
    return (paper.id for paper in papers)


def count_pending(entries: Iterable[Dated], now: datetime) -> int:
    """Count the entries of a feed, newest first, that are not due yet."""
    return sum(1 for _ in takewhile(lambda entry: entry.time > now, entries))


def window(entries: Sequence[Dated], first: int, minimum: int) -> int:
    """Return how many entries a feed shows from `first` on: at least `minimum`, and at least three whole days.

    entries: newest first. first: index of the newest entry that is due.
    """
    count = 0
    days: set[date] = set()
    for entry in islice(entries, first, None):
        days.add(entry.time.date())
        if len(days) > WHOLE_DAYS and count >= minimum:
            break
        count += 1
    return count


def with_unique_updates(entries: Sequence[D]) -> tuple[D, ...]:
    """Shift update times so that no two entries, given newest first, share one.

    Two entries may hold the same paper. The newest entry keeps the time that several want. The others get a free second
    before it where possible, so that an update is never dated after the build that shows the new text.
    """
    taken = {entry.time for entry in entries}
    earliest_tried: dict[datetime, datetime] = {}  # moment → the earliest moment tried in its stead
    shifted: list[D] = []
    for entry in entries:
        moments: list[datetime] = []
        for wanted in entry.updates:
            moment = _free_moment(wanted, moments[-1] if moments else entry.time, taken, earliest_tried)
            taken.add(moment)
            moments.append(moment)
        shifted.append(replace(entry, updates=tuple(moments)) if entry.updates else entry)
    return tuple(shifted)


def _free_moment(
    wanted: datetime, earliest: datetime, taken: set[datetime], earliest_tried: dict[datetime, datetime]
) -> datetime:
    """Return the last free moment up to `wanted` and after `earliest`, else the first free one after both."""
    moment = earliest_tried.get(wanted, wanted)
    while moment in taken:
        moment -= timedelta(seconds=1)
    if moment > earliest:
        earliest_tried[wanted] = moment
        return moment
    moment = max(wanted, earliest)
    while moment in taken or moment <= earliest:
        moment += timedelta(seconds=1)
    return moment


def days_by_tag(catalogue: Catalogue) -> dict[str, Sequence[Day]]:
    """Return the days of each tag by slug, newest first; each day has only the papers with that tag."""
    found: dict[str, dict[date, list[Paper]]] = {}
    for day in reversed(catalogue.days):
        for paper in day.papers:
            for term in catalogue.tags_of.get(paper.id, ()):
                found.setdefault(term.slug, {}).setdefault(day.date, []).append(paper)
    return {slug: LazyMap(_day_of, tuple(days.items())) for slug, days in found.items()}


def _day_of(item: tuple[date, Sequence[Paper]]) -> Day:
    day, papers = item
    return Day(day, tuple(papers), (Section(None, tuple(papers)),), None)
