"""Report implausible days: those in the future, those years before all other lists, and dates published years ahead."""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from datetime import date, timedelta

from site_builder.config.settings import SETTINGS_FILE, Settings
from site_builder.model.note import Note
from site_builder.model.paper import Paper, Place
from site_builder.papers.release import Clock
from site_builder.problems import Problems, counted
from site_builder.sources.written_line import written_day

APART = timedelta(days=2 * 365)  # a digest may pause, but hardly for so long
FEW = 0.05  # share of all days that may lie apart even if the others span more years

# (path, pattern) → the line of the file that matches, None for no match
FindLine = Callable[[str, re.Pattern[str]], int | None]


def report_stray_days(
    papers: Sequence[Paper],
    notes: Sequence[Note],
    settings: Settings,
    clock: Clock,
    find_line: FindLine,
    problems: Problems,
) -> None:
    """Report each day in the future, and each that lies years before the others, at the line where it is written."""
    notes = [note for note in notes if not note.period]
    days = {day for paper in papers for day in paper.days} | {note.day for note in notes}
    stray = _early_days(papers, clock) | {day: _ahead(day, clock) for day in days if not clock.is_out(day)}
    finder = _DayFinder(settings, find_line)
    for word, day, places in _written(papers, notes, stray.keys()):
        what, remedy = stray[day]
        written = dict.fromkeys(found for place in places if (found := finder.find(place.path, day)))
        for path, line in written or {(places[0].path, places[0].line): None}:
            problems.add(path, line, f"{word} {day} is {what}", remedy)
    _report_publication_dates(papers, clock, problems)


def _report_publication_dates(papers: Sequence[Paper], clock: Clock, problems: Problems) -> None:
    """Report publication dates after the next year, to which journals may date their issues."""
    for paper in papers:
        years = paper.published.year - clock.today.year if paper.published else 0
        if years > 1 and paper.published and paper.published.as_day() not in paper.days:
            what, place = f"published {paper.published} is {years} years ahead", paper.places[0]
            problems.add(place.path, place.line, what, "correct it, or the arXiv number that says so")


def _ahead(day: date, clock: Clock) -> tuple[str, str]:
    days = (day - clock.today).days
    remedy = "correct it, unless it is meant: it comes out on that day, and is nowhere until then"
    return f"{counted(days, 'day')} ahead", remedy


def _early_days(papers: Sequence[Paper], clock: Clock) -> dict[date, tuple[str, str]]:
    """Return the listed days that lie years before the rest, if the rest is the greater part."""
    listed = sorted({day for paper in papers for day in paper.listed if clock.is_out(day)})
    for i in range(len(listed) // 2, 0, -1):
        gap, span = listed[i] - listed[i - 1], listed[-1] - listed[i]
        if gap >= APART and (gap > span or i <= len(listed) * FEW):
            remedy = "correct it, unless it is meant"
            years_before = {day: (listed[i] - day).days // 365 for day in listed[:i]}
            return {
                day: (f"{n} years before the first of the other lists, {listed[i]}", remedy)
                for day, n in years_before.items()
            }
    return {}


def _written(
    papers: Sequence[Paper], notes: Sequence[Note], days: Set[date]
) -> Iterator[tuple[str, date, Sequence[Place]]]:
    """Yield for each of the days how a paper or note uses it, the day, and the places that may state it."""
    for paper in papers if days else ():
        for day in filter(days.__contains__, paper.days):
            yield "listed" if day in paper.listed else "published", day, paper.places
    for note in notes:
        if note.day in days:
            yield "the note of", note.day, (Place(note.path, 1),)


class _DayFinder:
    """Finds where a day is written, searching each file once per day."""

    def __init__(self, settings: Settings, find_line: FindLine) -> None:
        self._settings = settings
        self._find_line = find_line
        self._known: dict[tuple[str, date], tuple[str, int | None] | None] = {}

    def find(self, path: str, day: date) -> tuple[str, int | None] | None:
        """Return path and line where a day is written: the file, its defaults in site.yaml, or its name; else None."""
        if (path, day) not in self._known:
            self._known[path, day] = self._look(path, day)
        return self._known[path, day]

    def _look(self, path: str, day: date) -> tuple[str, int | None] | None:
        pattern = written_day(day)
        if line := self._find_line(path, pattern):
            return path, line
        if self._settings.defaults_for(path).listed == day:
            return SETTINGS_FILE, self._find_line(SETTINGS_FILE, pattern)
        return (path, None) if pattern.search(path) else None
