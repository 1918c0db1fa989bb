"""What an editor writes about a paper in a list or in `desk.yaml`: the words for holding, hiding and leading."""

import re
from datetime import date

from site_builder.lazy import lazy_pattern
from site_builder.model.paper import Hold
from site_builder.papers.dates import parse_date

EDITOR_FIELDS = frozenset({"hold", "hide", "lead", "section", "editor_summary", "note", "formerly"})
UNNUMBERED = 100  # the place of a lead without a number, after those that have one

_YES = frozenset({"true", "yes", "on", "1", "x"})
_NO = frozenset({"", "false", "no", "off", "0", "none", "null"})
_UNTIL = lazy_pattern(r"(?:until|till|to)\b[\s:]*", re.IGNORECASE)
_PLACE = lazy_pattern(r"[1-9]\d?")


def parse_hold(value: object) -> Hold | None:
    """Return the hold that is written: true, `until DATE` or a date. Raises ValueError for anything else."""
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
    """Return what a yes or no says. Raises ValueError for anything else."""
    text = str(value).strip().casefold()
    if text not in _YES | _NO:
        raise ValueError("is neither true nor false")
    return text in _YES


def parse_lead(value: object) -> int | None:
    """Return the place of a lead, UNNUMBERED for one that is only pinned. Raises ValueError for anything else."""
    text = str(value).strip()
    if _PLACE.fullmatch(text):
        return int(text)
    return UNNUMBERED if parse_flag(text) else None
