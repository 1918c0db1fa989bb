"""Parse the dates in headings: days, weeks and ranges; missing years are inferred from the neighbouring headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from site_builder.lazy import lazy_pattern
from site_builder.sources.fields.written_date import MONTHS, OTHER_MONTHS, english_month, month_of, written_date

_MONTH = r"(?P<{0}>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_DASH = r"\s*(?:[-\u2013\u2014~/]|to|until|till|through|bis|au|al|a)\s*"
_RANGE = lazy_pattern(
    rf"\b{_MONTH.format('first_month')}\s*(?P<first_day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s*\d{{4}})?{_DASH}"
    rf"(?:{_MONTH.format('month')}\s*)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
_MONTH_DAY = lazy_pattern(rf"\b{_MONTH.format('month')}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*:)", re.IGNORECASE)
_DAY_MONTH = lazy_pattern(
    rf"\b(?P<day>\d{{1,2}})(?:(?:st|nd|rd|th)?\s+(?:of\s+)?|\.\s?(?=[a-z]{{3,9}}\.?\s\d{{4}})){_MONTH.format('month')}\b",
    re.IGNORECASE,
)
_BETWEEN_DAYS = lazy_pattern(_DASH, re.IGNORECASE)
_EIGHT_DIGITS = lazy_pattern(r"\D*(20\d{6})\D*")
_SLASHES = lazy_pattern(r"(?<![\d/])(?P<one>\d{1,2})/(?P<two>\d{1,2})/20\d\d(?!\d)")
_ISO_DAY = lazy_pattern(r"(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_ISO_WEEK = lazy_pattern(r"\b(?P<year>20\d\d)[-\s]*W(?:eek\s*)?(?P<week>\d{1,2})\b", re.IGNORECASE)
_WEEK_YEAR = lazy_pattern(r"\bweek\s+(?P<week>\d{1,2})\D{1,5}(?P<year>20\d\d)\b", re.IGNORECASE)
_YEAR = lazy_pattern(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")
# `27. Mai 2026`, `18 a 24 de maio`: day before month; the last day of a range.
_OTHER_DAY = lazy_pattern(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|er|[\u00ba\u00aa])?\s(?:d[eio]\s)?(?P<month>{'|'.join(OTHER_MONTHS)})(?![^\W\d_])",
    re.IGNORECASE,
)
_IDEOGRAPHS = lazy_pattern(
    r"(?:(?P<year>20\d\d)\s?[\u5e74\ub144]\s?)?(?P<month>\d{1,2})\s?[\u6708\uc6d4]\s?(?P<day>\d{1,2})\s?[\u65e5\u865f\u53f7\uc77c]"
)
_NUMERIC_DAY = lazy_pattern(r"(?<![\d./])\d{1,2}(?P<sign>[./])\s?\d{1,2}(?P=sign)\s?20\d\d(?!\d)")
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class HeadingDay:
    """The day in a heading, or the last day of a range; year 0: not written."""

    month: int
    day: int
    year: int = 0

    def __str__(self) -> str:
        if self.year:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{MONTHS[self.month - 1].title()} {self.day}"


def heading_day(text: str) -> HeadingDay | None:
    """Return the day in a heading (of a week or range, its last), or None."""
    if iso_day := _last_of_range(_ISO_DAY, text):
        return _checked(*(int(part) for part in re.findall(r"\d+", iso_day)))
    week = _ISO_WEEK.search(text) or _WEEK_YEAR.search(text)
    if week:
        return _end_of_week(int(week["year"]), int(week["week"]))
    dated = (found for pattern in (_RANGE, _MONTH_DAY, _DAY_MONTH) for found in pattern.finditer(text))
    found = next((match for match in dated if _names_months(match)), None)
    if found is None:
        return _day_elsewhere(text)
    month = month_of(found["month"] or found["first_month"])
    years = _YEAR.findall(text)
    return _checked(int(years[-1]) if years else 0, month or 0, int(found["day"]))


def _day_elsewhere(text: str) -> HeadingDay | None:
    """Return the day in a heading written in a language other than English, or in numbers."""
    digits = _EIGHT_DIGITS.fullmatch(text)
    if numeric := digits[1] if digits else _last_of_range(_NUMERIC_DAY, text):
        written = written_date(numeric)
        return _checked(*map(int, written.split("-"))) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else None
    *_, last = (None, *_IDEOGRAPHS.finditer(text))
    found = last or _OTHER_DAY.search(text)
    if found is None:
        return None
    years = _YEAR.findall(text)
    month = month_of(OTHER_MONTHS.get(found["month"].casefold(), found["month"]))
    return _checked(int(years[-1]) if years else 0, month or 0, int(found["day"]))


def is_ambiguous_day(text: str) -> bool:
    """Return whether a heading has a day with day and month indistinguishable: `05/08/2026`."""
    found = _SLASHES.search(text)
    return found is not None and heading_day(text) is None and max(int(found["one"]), int(found["two"])) <= len(MONTHS)


def _last_of_range(pattern: re.Pattern[str], text: str) -> str:
    """Return the first match in a heading, or the last of a range that begins with it; "" without a match."""
    found: re.Match[str] | None = None
    for match in pattern.finditer(text):
        if found and not _BETWEEN_DAYS.fullmatch(text, found.end(), match.start()):
            break
        found = match
    return found[0] if found else ""


def _names_months(found: re.Match[str]) -> bool:
    """Return whether the matched month names are months (full, abbreviated or misspelt), not words like `Decoding`."""
    words = (word for name, word in found.groupdict().items() if "month" in name and word)
    return all(map(english_month, words))


def heading_year(text: str) -> int | None:
    """Return the year of a heading that consists of a year only, else None."""
    found = re.fullmatch(r"\W*(19[5-9]\d|20\d\d)\W*", text)
    return int(found[1]) if found else None


def with_years(days: Sequence[HeadingDay], years: Sequence[int | None]) -> list[HeadingDay]:
    """Fill in the missing years of headings, given in the order of the list, where they can be inferred.

    years: the year of the section around each heading, or None; used only if no heading has a year. Otherwise a day
    gets the year nearest to its neighbour that the order of the list (newest or oldest first) allows.
    """
    known = [day if day.year or not year else _in_year(day, year) for day, year in zip(days, years, strict=True)]
    if any(day.year for day in days):
        known = list(days)
    is_falling = _is_falling(known)
    forward = _filled(known, is_falling)
    return _filled(forward[::-1], not is_falling)[::-1]


def _filled(days: Sequence[HeadingDay], is_falling: bool) -> list[HeadingDay]:
    """Fill in each missing year from the preceding day in the sequence."""
    filled: list[HeadingDay] = []
    for day in days:
        previous = filled[-1] if filled else None
        if day.year or previous is None or not previous.year:
            filled.append(day)
            continue
        here, there = (day.month, day.day), (previous.month, previous.day)
        turns = -(here > there) if is_falling else int(here < there)
        filled.append(_in_year(day, previous.year + turns))
    return filled


def _is_falling(days: Sequence[HeadingDay]) -> bool:
    """Return whether a list is ordered newest first: at least half of its steps within a year go back."""
    steps = [(first, second) for first, second in pairwise(days) if first.year == second.year]
    back = sum((first.month, first.day) > (second.month, second.day) for first, second in steps)
    return back * 2 >= len(steps)


def _in_year(day: HeadingDay, year: int) -> HeadingDay:
    return _checked(year, day.month, day.day) or day


def _checked(year: int, month: int, day: int) -> HeadingDay | None:
    try:
        date(year or _LEAP_YEAR, month, day)
    except ValueError:
        return None
    return HeadingDay(month, day, year)


def _end_of_week(year: int, week: int) -> HeadingDay | None:
    try:
        sunday = date.fromisocalendar(year, week, 1) + timedelta(days=6)
    except ValueError:
        return None
    return HeadingDay(sunday.month, sunday.day, sunday.year)
