"""A month as rows of a wall calendar."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from site_builder.model.catalogue import Day, Period
from site_builder.urls import week_key

_ISO_CALENDAR = Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the month, and its digest if there is one."""

    date: date
    digest: Day | None


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week, `2026-W22`, and its seven cells from Monday on; None outside the month."""

    week: str
    cells: tuple[Cell | None, ...]


def month_rows(month: Period) -> tuple[Week, ...]:
    """Return the weeks of a month that have at least one digest."""
    digests = {day.date: day for day in month.days}
    weeks = _ISO_CALENDAR.monthdatescalendar(month.first.year, month.first.month)
    return tuple(
        Week(week_key(week[0]), tuple(_cell(day, month, digests) for day in week))
        for week in weeks
        if not digests.keys().isdisjoint(week)
    )


def _cell(day: date, month: Period, digests: dict[date, Day]) -> Cell | None:
    return Cell(day, digests.get(day)) if day.month == month.first.month else None
