"""Decide which papers and days are out at a moment; held and hidden papers and future days are not published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from site_builder.config.settings import Settings
from site_builder.model.paper import Hold, Paper
from site_builder.papers.desk import written_at
from site_builder.problems import Problems, shortened
from site_builder.sources import Sources
from site_builder.sources.content.desk import DeskEntry

SURELY_OUT = timedelta(days=3)  # after which a day is out in every time zone, so no exact check is needed


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of a build, and the release times in the settings of a site."""

    now: datetime
    settings: Settings

    def moment(self, day: date) -> datetime:
        """Return the moment, in UTC, at which a day comes out."""
        zone = self.settings.release_zone()
        return datetime.combine(day, self.settings.release.hour, zone).astimezone(UTC)

    def is_out(self, day: date) -> bool:
        return day < self.now.date() - SURELY_OUT or self.moment(day) <= self.now

    @property
    def today(self) -> date:
        """The last day that is out."""
        day = self.now.astimezone(self.settings.release_zone()).date()
        return day if self.is_out(day) else day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Released:
    """The papers that are out, and those that are not.

    held: those to come later. hidden: the number of those never to come. next_moment: when the next day comes out, None
    if nothing waits for a later day.
    """

    papers: tuple[Paper, ...]
    held: tuple[Paper, ...] = ()
    hidden: int = 0
    next_moment: datetime | None = None


def release_papers(
    papers: Sequence[Paper], sources: Sources, clock: Clock, problems: Problems, *, is_draft: bool = False
) -> Released:
    """Split papers into those that are out and the others; remove future days from those that are out.

    is_draft: include held papers among those that are out, each with its hold.
    """
    shown = [paper for paper in papers if not paper.is_hidden]
    _report_past_holds(shown, sources.desk.papers, clock, problems)
    holds = [_hold(paper, clock) for paper in shown]
    held_back = [replace(paper, hold=hold) for paper, hold in zip(shown, holds, strict=True) if hold]
    with_holds = zip(shown, holds, strict=True)
    if is_draft:
        out = [paper if paper.hold == hold else replace(paper, hold=hold) for paper, hold in with_holds]
    else:
        out = [_out(paper, clock) for paper, hold in with_holds if not hold]
    is_waiting = any(paper.hold and paper.hold.until for paper in shown) or not all(
        clock.is_out(day) for day in (*(day for paper in shown for day in paper.days), *(n.day for n in sources.notes))
    )
    following = clock.moment(clock.today + timedelta(days=1)) if is_waiting else None
    return Released(tuple(out), tuple(held_back), len(papers) - len(shown), following)


def _hold(paper: Paper, clock: Clock) -> Hold | None:
    """Return the hold of a paper that is not out, its own or one until its first day; None if the paper is out."""
    if paper.hold and (paper.hold.until is None or not clock.is_out(paper.hold.until)):
        return paper.hold
    if paper.days and not any(map(clock.is_out, paper.days)):
        return Hold(paper.days[0])
    return None


def _out(paper: Paper, clock: Clock) -> Paper:
    """Return a paper without its hold, and without days that are not out yet."""
    listed = tuple(filter(clock.is_out, paper.listed))
    if listed == paper.listed and not paper.hold:
        return paper
    later = [day.isoformat() for day in paper.listed if day not in listed]
    places = tuple(place for place in paper.places if not any(day in place.path for day in later))
    return replace(paper, listed=listed, hold=None, places=places or paper.places)


def _report_past_holds(papers: Iterable[Paper], entries: Sequence[DeskEntry], clock: Clock, problems: Problems) -> None:
    """Report holds that ended before today, where they are written; one that never had an effect stops mails."""
    for paper in papers:
        until = paper.hold.until if paper.hold else None
        if until is None or until >= clock.today:
            continue
        path, line = written_at(paper, "hold", entries)
        what, is_slip = (
            f'the hold until {until} of "{shortened(paper.title)}" is over',
            bool(paper.days) and until < paper.days[0],
        )
        to = problems.stopping(paper.days[-1].isoformat()) if is_slip else problems
        to.add(path, line, what, "correct its date, or remove it" if is_slip else "remove it; the paper is out")


def without_later_notes(sources: Sources, clock: Clock) -> Sources:
    """Return sources without the notes of future days."""
    return replace(sources, notes=tuple(note for note in sources.notes if note.period or clock.is_out(note.day)))
