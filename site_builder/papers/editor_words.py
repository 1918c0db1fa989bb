"""Parse what editors write in a list or in `desk.yaml` to hold, hide or pin a paper."""

import re
from datetime import date

from site_builder.lazy import lazy_pattern
from site_builder.model.paper import Hold
from site_builder.papers.dates import parse_date

EDITOR_FIELDS = frozenset({"hold", "hide", "lead", "section", "editor_summary", "note", "formerly"})
UNNUMBERED = 100  # the position of a lead without a number, after those that have one

_YES = frozenset({"true", "yes", "on", "1", "x"})
_NO = frozenset({"", "false", "no", "off", "0", "none", "null"})
_UNTIL = lazy_pattern(r"(?:until|till|to)\b[\s:]*", re.IGNORECASE)
_PLACE = lazy_pattern(r"[1-9]\d?")


def parse_hold(value: object) -> Hold | None:
    """Parse a hold: true, `until DATE` or a date; None for false or empty. Raises ValueError for anything else."""
    text = " ".join(str(value).split())
    if text.casefold() in _NO:
        return None
    if text.casefold() in _YES:
        return Hold()
    return Hold(_day(_UNTIL.sub("", text, count=1)))


def _day(text: str) -> date:
    found = parse_date(text)
    day = found.as_day() if found else None
    if day is None:
        raise ValueError("is no day of the calendar")
    return day


def parse_flag(value: object) -> bool:
    """Parse a yes or no; empty is no. Raises ValueError for anything else."""
    text = str(value).strip().casefold()
    if text not in _YES | _NO:
        raise ValueError("is neither true nor false")
    return text in _YES


def parse_lead(value: object) -> int | None:
    """Parse the position of a lead: 1 to 99, UNNUMBERED for true, None for no lead. Raises ValueError otherwise."""
    text = str(value).strip()
    if _PLACE.fullmatch(text):
        return int(text)
    return UNNUMBERED if parse_flag(text) else None
