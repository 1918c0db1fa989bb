"""Plan editions: each contains what no earlier edition of its series had, whatever the day of its papers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Literal

from site_builder.config.mailing import EditionSettings, Rhythm
from site_builder.config.section import WEEKDAYS
from site_builder.config.settings import Settings
from site_builder.languages import Words
from site_builder.model.catalogue import Catalogue, Day, Edition, EditionTexts
from site_builder.model.editions import DAILY, ClosedEdition, ClosedEditions
from site_builder.model.fetch_status import FetchStatus
from site_builder.model.paper import Paper
from site_builder.problems import Problems
from site_builder.sources import Sources
from site_builder.sources.content.vocabulary import TermDefinition, by_name, tag_key
from site_builder.urls import day_path, mail_path, month_key, term_slug, week_key

ONE_DAY = timedelta(days=1)
RECENT = timedelta(days=14)  # how long a paper that gains a tag of a series still enters its next edition
NOTE = "note/"  # plus its day: the id of a note among the ids of an edition


@dataclass(frozen=True, slots=True)
class PlannedEditions:
    """The editions of a site, oldest first.

    next_change: when the same content will give other editions, None for never.
    """

    editions: tuple[Edition, ...]
    next_change: datetime | None


def plan_editions(catalogue: Catalogue, closed: ClosedEditions, settings: Settings, now: datetime) -> PlannedEditions:
    """Return the editions sent so far, the next ones, and an archived edition of each day before them."""
    series = [
        _EditionSeries(name, edition, closed.of(name), closed.settled(name), catalogue, settings, now)
        for name, edition in settings.mail_editions.items()
    ]
    editions = [edition for each in series for edition in each.editions()]
    begins = min((edition.begins for edition in editions if edition.name == DAILY and edition.begins), default=date.max)
    waiting = series[0].waiting if series else {}
    covered = {edition.dated for edition in editions if edition.name == DAILY}
    archived = [
        archived_edition(day, settings.words)
        for day in catalogue.days
        if day.date < begins and day.date not in covered and day.date not in waiting
    ]
    ordered = sorted([*archived, *editions], key=lambda edition: (edition.dated, edition.name))
    changes = [each.next_change for each in series if each.next_change]
    return PlannedEditions(tuple(ordered), min(changes, default=None))


def passed_by(
    edition: ClosedEdition, catalogue: Catalogue, closed: ClosedEditions, settings: Settings, now: datetime
) -> tuple[str, ...]:
    """Return the ids of papers that no edition of the series will ever contain once this one has gone out.

    They are older than its beginning, or have none of its tags.
    """
    series = settings.mail_editions.get(edition.name)
    if series is None:
        return ()
    name, before, settled = edition.name, closed.of(edition.name), closed.settled(edition.name)
    return tuple(sorted(_EditionSeries(name, series, before, settled, catalogue, settings, now).passed_by(edition)))


def report_series(settings: Settings, catalogue: Catalogue, sources: Sources, problems: Problems) -> None:
    """Report doubtful settings of the series in `editions:`."""
    report_unknown_tags(settings, catalogue, sources.vocabulary, problems)
    report_renamed_series(settings, sources.editions, problems)


def report_unknown_tags(
    settings: Settings, catalogue: Catalogue, vocabulary: Sequence[TermDefinition], problems: Problems
) -> None:
    """Report each tag in `editions:` that neither a paper nor `tags.yaml` has, so that no edition matches it."""
    known = {term.slug for term in catalogue.tags} | {term.slug for term in vocabulary}
    meant = by_name(vocabulary)
    for name, edition in settings.editions.items():
        for tag in edition.tags:
            if term_slug(tag) not in known:
                right = meant.get(tag_key(tag))
                remedy = f'write "{right.slug}"' if right else "write it as the pages of tags do, or remove it"
                what = f'editions.{name}.tags: no paper has the tag "{tag}"'
                problems.stopping(name).add("site.yaml", None, what, remedy)


def report_renamed_series(settings: Settings, closed: ClosedEditions, problems: Problems) -> None:
    """Report that a sent series is no longer configured while a new one of its rhythm begins: it may be renamed."""
    known = {name: _rhythm_of(key) for name, key in closed.editions}
    wanted = {name: each.rhythm(name) for name, each in settings.mail_editions.items()}
    rhythms = {known[name] for name in known.keys() - wanted} & {wanted[name] for name in wanted.keys() - known}
    gone = sorted(name for name in known.keys() - wanted if known[name] in rhythms)
    new = sorted(name for name in wanted.keys() - known if wanted[name] in rhythms)
    if rhythms:
        what = f"editions: {', '.join(gone)} went out before and is no more, and {', '.join(new)} begins anew"
        remedy = (
            "keep the old name if it is the same series: its readers would get papers twice; else nothing is left to do"
        )
        problems.add("site.yaml", None, what, remedy)


def archived_edition(day: Day, words: Words) -> Edition:
    """Return the edition of a day before the first one of the site."""
    return Edition(
        name=DAILY,
        key=day.date.isoformat(),
        dated=day.date,
        title=_day_title(day, words),
        days=(day,),
        page=day_path(day.date),
        texts=day.texts,
        state="archived",
    )


def _day_title(day: Day, words: Words) -> str:
    title = words.gettext("Papers of %(day)s", day=words.short_day(day.date))
    return (
        words.gettext("%(title)s: %(note)s", title=title, note=day.note.title) if day.note and day.note.title else title
    )


class _EditionSeries:
    """The editions of one series."""

    def __init__(
        self,
        name: str,
        edition: EditionSettings,
        closed: tuple[ClosedEdition, ...],
        settled: frozenset[str],
        catalogue: Catalogue,
        settings: Settings,
        now: datetime,
    ) -> None:
        self._name, self._settings, self._closed, self._settled = name, edition, closed, settled
        self._first_day = next((one.begins for one in closed if one.begins), None)
        recent = (one for number, one in enumerate(closed) if not number or one.dated >= closed[-1].dated - RECENT)
        self._passed_lately = frozenset(each for one in recent for each in one.passed)
        self._mailed = frozenset(each for one in closed for each in one.ids)
        self._catalogue = catalogue
        self._rhythm: Rhythm = edition.rhythm(name)
        self._words = settings.words
        zone = settings.feeds.zone_info()
        self._today = now.astimezone(zone).date()
        self._hour = datetime.combine(self._today, settings.feeds.hour, zone).astimezone(UTC)
        self._is_early = now < self._hour
        self._midnight = datetime.combine(self._today + ONE_DAY, time(), zone).astimezone(UTC)
        self._tags = frozenset(map(term_slug, edition.tags))
        limit = settings.mailing.wait_until
        self._lacking = _lacking_days(catalogue.fetched, settings)
        limits = {day: datetime.combine(day + ONE_DAY, limit, zone).astimezone(UTC) for day in self._lacking}
        self.waiting: Mapping[date, datetime] = {day: moment for day, moment in limits.items() if now < moment}
        changes = [*self.waiting.values(), *([] if self._rhythm == DAILY else [self._midnight])]
        self.next_change: datetime | None = min(changes, default=None)

    def editions(self) -> Iterator[Edition]:
        """Yield the editions sent so far, oldest first, then the next one, if it has any content."""
        previous: date | None = None
        for closed in self._closed:
            yield self._reissued(closed, previous)
            previous = closed.dated
        following = self._next(previous)
        if following:
            yield following

    def _reissued(self, closed: ClosedEdition, previous: date | None) -> Edition:
        notes = [self._by_note.get(each) for each in closed.ids if each.startswith(NOTE)]
        shown = {paper.id: paper for each in closed.ids if (paper := self._by_id.get(each))}  # two may be one by now
        edition = self._edition(
            closed.dated,
            list(shown.values()),
            set(filter(None, notes)),
            previous,
            key=closed.key,
            state="closed" if closed.sent else "sending",
            ids=closed.ids,
            begins=closed.begins,
        )
        return replace(edition, due=closed.due)

    @cached_property
    def _by_id(self) -> dict[str, Paper]:
        return {each: paper for paper in self._catalogue.papers for each in (paper.id, *paper.aliases)}

    @cached_property
    def _days(self) -> dict[date, Day]:
        return {day.date: day for day in self._catalogue.days}

    @cached_property
    def _by_note(self) -> dict[str, date]:
        return {f"{NOTE}{day}": day for day in self._days}

    def _next(self, previous: date | None) -> Edition | None:
        """Return the edition of everything not sent yet; None when there is nothing or it is not due.

        Before today's hour, an edition of earlier days goes out alone. With today's papers it would wait for that hour,
        when no build may run, and then for that of the next day.
        """
        if self._rhythm == DAILY and self._is_early and (earlier := self._up_to(self._today - ONE_DAY, previous)):
            self.next_change = min(filter(None, (self.next_change, self._hour)))
            return earlier
        last = self._last_day(previous)
        return None if last is None else self._up_to(last, previous)

    def _up_to(self, last: date, previous: date | None) -> Edition | None:
        """Return the edition of everything up to and including a day."""
        if self._rhythm != DAILY and any(day <= last for day in self.waiting):
            return None  # a week or month waits as a whole: papers missing from it would be a period late
        begins = None if self._closed else self._begin(last)
        new = [paper for paper in self._unsettled(last) if not self._is_passed(paper, last, begins)]
        notes = self._new_notes(last, previous, begins)
        content = [day for paper in new if (day := self._day_of(paper, last))] + sorted(notes)
        if not new and not notes:
            return None
        on = last if self._rhythm != DAILY else max(content, default=last)
        if previous and on <= previous:
            on = previous + ONE_DAY
        if on > last:
            self.next_change = min(filter(None, (self.next_change, self._midnight)))
            return None
        ids = (*sorted(paper.id for paper in new), *(f"{NOTE}{day}" for day in sorted(notes)))
        return self._edition(on, new, notes, previous, ids=ids, begins=begins)

    def passed_by(self, edition: ClosedEdition) -> Iterator[str]:
        """Yield the ids of papers that are skipped for good once an edition has gone out."""
        held = {*edition.ids}
        for paper in self._unsettled(edition.dated):
            is_new = paper.id not in held and self._settled.isdisjoint((paper.id, *paper.aliases))
            if is_new and self._is_passed(paper, edition.dated, edition.begins):
                yield paper.id

    def _unsettled(self, last: date) -> Iterator[Paper]:
        """Yield the papers that no edition had and that an edition up to `last` may contain."""
        for paper in self._catalogue.papers:
            is_open = self._settled.isdisjoint((paper.id, *paper.aliases)) or self._was_passed_lately(paper)
            if is_open and not self._is_held_back(paper, last):
                yield paper

    def _was_passed_lately(self, paper: Paper) -> bool:
        """Return whether a paper was recently skipped for lack of a day or a tag, which it may have by now."""
        is_dated = self._first_day is not None and bool(paper.days) and paper.days[0] >= self._first_day
        ids = (paper.id, *paper.aliases)
        return is_dated and self._mailed.isdisjoint(ids) and not self._passed_lately.isdisjoint(ids)

    def _last_day(self, previous: date | None) -> date | None:
        """Return the last day whose papers the next edition may contain, None before it is due."""
        last = self._today
        if self._rhythm == "weekly":
            last -= timedelta(days=(last.weekday() - WEEKDAYS.index(self._settings.day)) % 7)
        elif self._rhythm == "monthly" and (last + ONE_DAY).day != 1:
            last = last.replace(day=1) - ONE_DAY
        if self._rhythm == DAILY:
            return last
        has_one = _key(self._rhythm, last) in {closed.key for closed in self._closed}  # sent under another weekday
        return None if has_one or (previous and last <= previous) else last

    def _begin(self, last: date) -> date:
        """Return the first day that the first edition covers."""
        if self._settings.begin:
            return self._settings.begin
        if self._rhythm == "weekly":
            return last - timedelta(days=6)
        if self._rhythm == "monthly":
            return last.replace(day=1)
        return max((day.date for day in self._catalogue.days if day.date <= last), default=last)

    def _is_held_back(self, paper: Paper, last: date) -> bool:
        """Return whether none of a paper's days is out, or all that are out still wait for the rest of their lists."""
        return bool(paper.days) and self._day_of(paper, last) is None

    def _day_of(self, paper: Paper, last: date) -> date | None:
        return max([day for day in paper.days if day <= last and day not in self.waiting], default=None)

    def _is_passed(self, paper: Paper, last: date, begins: date | None) -> bool:
        """Return whether a paper is older than the beginning of the series, or has none of its tags."""
        if begins and ((day := self._day_of(paper, last)) is None or day < begins):
            return True
        tags = self._catalogue.tags_of.get(paper.id, ())
        return bool(self._tags) and self._tags.isdisjoint(tag.slug for tag in tags)

    def _new_notes(self, last: date, previous: date | None, begins: date | None) -> set[date]:
        """Return the days whose notes are new: those after the previous edition."""
        if self._rhythm != DAILY or self._tags:
            return set()
        first = previous + ONE_DAY if previous else begins or last
        return {
            day.date
            for day in self._catalogue.days
            if day.note
            and first <= day.date <= last
            and day.date not in self.waiting
            and f"{NOTE}{day.date}" not in self._settled
        }

    def _edition(
        self,
        on: date,
        shown: Sequence[Paper],
        notes: set[date],
        previous: date | None,
        *,
        ids: tuple[str, ...],
        key: str = "",
        state: Literal["next", "sending", "closed"] = "next",
        begins: date | None = None,
    ) -> Edition:
        placed: dict[date, set[str]] = {day: set() for day in notes}
        for paper in shown:
            if day := self._day_of(paper, on) or max(paper.days, default=None):
                placed.setdefault(day, set()).add(paper.id)
        days = [_part_of(self._days[day], placed[day], has_note=day in notes) for day in sorted(placed, reverse=True)]
        late = tuple(day.date for day in days if previous and day.date <= previous)
        key = key or _key(self._rhythm, on)
        undated = tuple(paper for paper in shown if not paper.days)
        is_daily = self._rhythm == DAILY
        is_whole_day = is_daily and not undated and days == [self._days.get(on)]
        periods = () if is_daily else (*self._catalogue.weeks, *self._catalogue.months)
        texts = [self._days[on].texts] if is_daily and on in self._days else []
        texts += [period.texts for period in periods if period.key == key]
        return Edition(
            name=self._name,
            key=key,
            texts=next(iter(texts), EditionTexts()),
            dated=on,
            title=_title(self._rhythm, on, [*days, *undated], late, self._words),
            days=tuple(days),
            page=day_path(days[0].date) if is_whole_day else mail_path(self._name, key, "mail.html"),
            undated=undated,
            late=late,
            incomplete=tuple(day.date for day in days if day.date in self._lacking),
            state=state,
            ids=ids,
            begins=begins,
        )


def _lacking_days(fetched: FetchStatus, settings: Settings) -> frozenset[date]:
    """Return the days known to lack papers: their lists were cut off, or could not be fetched.

    A source that failed for the list before as well is down, and no edition waits for it.
    """
    quiet = {source.label: source.quiet_days for source in settings.fetch}
    lacking: set[date] = set()
    for name, days in fetched.sources.items():
        was_reached = True
        for day, status in sorted(days.items()):
            has_failed = status.outcome == "failed" and name in quiet
            if status.outcome == "partial" or (has_failed and was_reached):
                lacking.add(day)
            if WEEKDAYS[day.weekday()] not in quiet.get(name, ()):
                was_reached = not has_failed
    return frozenset(lacking)


def _part_of(day: Day, ids: set[str], *, has_note: bool) -> Day:
    """Return a day reduced to some of its papers, or the day itself if that is all of them."""
    note = day.note if has_note else None
    papers = tuple(paper for paper in day.papers if paper.id in ids)
    if len(papers) == len(day.papers) and note is day.note:
        return day
    sections = (
        replace(section, papers=kept)
        for section in day.sections
        if (kept := tuple(paper for paper in section.papers if paper.id in ids))
    )
    return replace(day, papers=papers, sections=tuple(sections), note=note)


def _rhythm_of(key: str) -> Rhythm:
    """Return the rhythm of the series that an edition of a key is of."""
    return "weekly" if "W" in key else "monthly" if key.count("-") == 1 else "daily"


def _key(rhythm: Rhythm, on: date) -> str:
    return {"daily": on.isoformat(), "weekly": week_key(on), "monthly": month_key(on)}[rhythm]


def _title(rhythm: Rhythm, on: date, shown: Sequence[Day | Paper], late: tuple[date, ...], words: Words) -> str:
    """Return the title of an edition that shows these days, and papers without a day."""
    if rhythm != DAILY:
        return words.gettext("Papers of %(period)s", period=period_of(rhythm, on, words))
    if not shown:  # all were taken out since it went out
        return words.gettext("Papers of %(day)s", day=words.short_day(on))
    timely = [day for day in shown if isinstance(day, Day) and day.date not in late]
    if not timely:
        return words.gettext("Papers that came late, %(day)s", day=words.short_day(on))
    if len(timely) == 1:
        return _day_title(timely[0], words)
    first, last = (words.short_day(day.date) for day in (timely[-1], timely[0]))
    return words.gettext("Papers of %(first)s to %(last)s", first=first, last=last)


def period_of(rhythm: Rhythm, on: date, words: Words) -> str:
    """Return the period of an edition in words: `Wednesday, 27 May 2026`, `Week 22, 2026` or `May 2026`."""
    if rhythm == DAILY:
        return words.long_day(on)
    return words.period_name("week", week_key(on)) if rhythm == "weekly" else words.month_name(month_key(on))
