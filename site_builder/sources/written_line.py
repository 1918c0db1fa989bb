"""Find the line of a list to report, for problems that are found only after all lists are read."""

import re
from datetime import date
from pathlib import Path

from site_builder.sources.fields.written_date import MONTHS
from site_builder.sources.source import DecodeError, Source


def line_with(content: Path, path: str, pattern: re.Pattern[str]) -> int | None:
    """Return the 1-based number of the first line that a pattern matches in; None if there is none."""
    try:
        lines = Source.from_file(content / path, path).lines()
        return next((number for number, line in lines if pattern.search(line)), None)
    except DecodeError:
        return None


def written_day(day: date) -> re.Pattern[str]:
    """Return a pattern that matches a day in any form lists use: `2026-05-27`, `May 27, 2026`, `27 May 2026`."""
    year, month, name, number = f"{day.year:04}", f"0?{day.month}", f"{MONTHS[day.month - 1]}[a-z]*\\.?", f"0?{day.day}"
    numeric = rf"{year}[-/.]?{month}[-/.]?{number}(?!\d)"
    month_first = rf"{name} {number}(?:st|nd|rd|th)?,? {year}"
    day_first = rf"\b{number}(?:st|nd|rd|th)?\.? {name},? {year}"
    return re.compile(rf"{numeric}|{month_first}|{day_first}|{year} {name} {number}", re.IGNORECASE)
