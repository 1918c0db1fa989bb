"""Parse dates as sources write them, with or without a year."""

import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from functools import lru_cache

from site_builder.lazy import lazy_pattern
from site_builder.model.paper import PartialDate
from site_builder.sources.fields.written_date import FIRST_YEAR, LAST_YEAR, NO_DAYS, english_month, written_date

_ISO = lazy_pattern(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_WITHOUT_YEAR = lazy_pattern(r"([A-Za-z]{3,15})\.? (\d{1,2})")
_RFC_822 = lazy_pattern(r"(?:[A-Za-z]{3}, *)?\d{1,2} [A-Za-z]{3} \d{4} .*")
_ARXIV_MONTH = lazy_pattern(r"(?:(?P<archive>.+)/)?(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])[.\d]+")
_FIRST_ARXIV_YEAR = 91  # of 1991; the numbers with an archive's name ended in March 2007
# The DOIs of bioRxiv and medRxiv (Cold Spring Harbor, since 2025 openRxiv) contain the day of submission.
_BIORXIV_MONTH = lazy_pattern(r"10\.(?:1101|64898)/(20\d\d)\.(0[1-9]|1[0-2])\.\d\d\.\d{6,}")


def parse_date(value: object, year: int | None = None) -> PartialDate | None:
    """Parse a date; return None for one without a year (`May 6`) if `year` is not known either.

    year: the year of dates written without one. Raises ValueError if the value is no date.
    """
    return _parsed(str(value).strip(), year)


@lru_cache(maxsize=1024)  # a list has few different days and repeats each many times
def _parsed(text: str, year: int | None) -> PartialDate | None:
    if match := _WITHOUT_YEAR.fullmatch(text):
        return without_year(match, year)
    if _RFC_822.fullmatch(text):
        text = parsedate_to_datetime(text).date().isoformat()
    day = written_date(text)
    if day in NO_DAYS:
        raise ValueError("is what programs write for no date, not YYYY-MM-DD; where it is true, the year alone is read")
    match = _ISO.fullmatch(day)
    if not match:
        raise ValueError("is not YYYY-MM-DD")
    parsed = PartialDate(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise ValueError(f"is not YYYY-MM-DD of the years {FIRST_YEAR} to {LAST_YEAR}")
    date(parsed.year, parsed.month or 1, parsed.day or 1)
    return parsed


def without_year(match: re.Match[str], year: int | None) -> PartialDate | None:
    month = english_month(match[1])
    if month is None:
        raise ValueError("names no month")
    date(year or 2024, month, int(match[2]))  # 2024 is a leap year, so Feb 29 is valid
    return PartialDate(year, month, int(match[2])) if year else None


def month_of_ids(arxiv: str | None, doi: str | None) -> PartialDate | None:
    """Return the month in a preprint's id: 2611.00001, astro-ph/0601001, 10.1101/2026.11.01.123456; None if none."""
    if found := _ARXIV_MONTH.fullmatch(arxiv or ""):
        year = int(found["year"])
        century = 1900 if found["archive"] and year >= _FIRST_ARXIV_YEAR else 2000
        return PartialDate(century + year, int(found["month"]))
    if found := _BIORXIV_MONTH.fullmatch(doi or ""):
        return PartialDate(int(found[1]), int(found[2]))
    return None


def lacks_year(value: object) -> bool:
    return bool(_WITHOUT_YEAR.fullmatch(str(value or "").strip()))


def month_and_day(value: object) -> tuple[int, int] | None:
    """Return month and day of a date written with or without its year; None if it has no day or is no date."""
    try:
        parsed = parse_date(value, year=2024)
    except ValueError:
        return None
    return (parsed.month, parsed.day) if parsed and parsed.day else None


def year_of(fields: Mapping[str, object]) -> int | None:
    """Return the year in a record's publication date; None if there is none."""
    try:
        parsed = parse_date(fields.get("published") or "")
    except ValueError:
        return None
    return parsed.year if parsed else None
