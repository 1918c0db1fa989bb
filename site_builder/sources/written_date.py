"""Dates as bibliographies write them → `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else stays as written."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

MONTH_NAMES = "January February March April May June July August September October November December".split()
MONTHS = tuple(name[:3].lower() for name in MONTH_NAMES)

FIRST_YEAR, LAST_YEAR = 1400, 2199  # of any date that counts; the calendar's ends would stop whoever adds a week

_MONTH_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(1[4-9]\d\d|2[01]\d\d)"
_END = r"(?:[T\s/~?].*)?"
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMERIC = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}))?(?!\d){_END}", re.DOTALL)
_YEAR_FIRST = re.compile(rf"{_YEAR}[\s,]+{_MONTH_NAME}(?:[\s-]+(\d{{1,2}}))?(?!\d).*", re.IGNORECASE | re.DOTALL)
_DAY_FIRST = re.compile(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+)?{_MONTH_NAME},?\s+{_YEAR}\.?", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_MONTH_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\.?", re.IGNORECASE)
LONGEST_NUMBER = 6  # digits
_YEAR_ONLY = re.compile(rf"(?:c\.?|ca\.?|circa|\[|\()?\s*{_YEAR}[a-z]?(?:[\])?~/\s.,].*|[-\u2013]+\d*)?", re.DOTALL)


def written_date(value: Any) -> str:
    """Return a date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (the first of a range), or the text as written."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if _ISO_DAY.fullmatch(text):
        return _iso_day(text)
    if found := _NUMERIC.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return date_of_parts(found[1], found[2], found[3]) or text
    if found := _DAY_FIRST.fullmatch(text):
        return date_of_parts(found[3], found[2], found[1]) or text
    if found := _MONTH_FIRST.fullmatch(text):
        return date_of_parts(found[3], found[1], found[2]) or text
    if found := _YEAR_ONLY.fullmatch(text):
        return found[1]
    return text


@lru_cache(maxsize=1024)  # a list has few days, and each of them many times
def _iso_day(text: str) -> str:
    return date_of_parts(*text.split("-")) or text


def date_of_parts(year: Any, month: Any = None, day: Any = None) -> str | None:
    """Return the date of its parts, None when they are none; a season in place of a month leaves the year."""
    number = _number(year)
    if number is None or not 1 <= number <= date.max.year:
        return None
    month_number, day_number = month_of(month), _number(day)
    if not month_number:
        return None if _number(month) and day_number else f"{number:04}"
    if not day_number:
        return f"{number:04}-{month_number:02}"
    try:
        return date(number, month_number, day_number).isoformat()
    except ValueError:
        return None


def month_of(value: Any) -> int | None:
    """Return the month of a number or of an English name, None for anything else."""
    number = _number(value)
    if number is not None:
        return number if 1 <= number <= len(MONTHS) else None
    name = str(value or "").strip().lower()[:3]
    return MONTHS.index(name) + 1 if name in MONTHS else None


def _number(value: Any) -> int | None:
    text = str(value).strip() if isinstance(value, int | str) else ""
    return int(text) if len(text) <= LONGEST_NUMBER and text.isascii() and text.isdigit() else None
