"""Names of days and periods, and counts, in English, whatever the machine's locale."""

from datetime import date

from site_builder.catalogue.model import Period
from site_builder.sources.written_date import MONTH_NAMES

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def short_day(day: date) -> str:
    """Return `27 May 2026`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def long_day(day: date) -> str:
    """Return `Wednesday, 27 May 2026`."""
    return f"{WEEKDAYS[day.weekday()]}, {short_day(day)}"


def month_name(key: str) -> str:
    """Return `May 2026` for `2026-05`."""
    return f"{MONTH_NAMES[int(key[5:]) - 1]} {key[:4]}"


def period_name(period: Period) -> str:
    """Return `Week 22, 2026`, `May 2026` or `2026`."""
    if period.kind == "week":
        return f"Week {int(period.key[6:])}, {period.key[:4]}"
    return month_name(period.key) if period.kind == "month" else period.key


def counted(count: int, noun: str) -> str:
    """Return `1 paper` or `1,234 papers`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
