"""Dates in the names of lists: `2026-11-20.json`, or `2026-11-20@2026-11-23.json` for what changed three days later."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from site_builder.lazy import lazy_pattern

_NAME = lazy_pattern(r"(?P<day>\d{4}-\d\d-\d\d)(?:@(?P<seen>\d{4}-\d\d-\d\d))?\.[^/]+")


@dataclass(frozen=True, slots=True)
class ListName:
    """The dates in the name of a list. day: the list's own. seen: when changes to it were fetched, or None."""

    day: date
    seen: date | None = None


@lru_cache(maxsize=2**12)
def list_name(path: str) -> ListName | None:
    """Return the dates in the name of a file, None if it is not named for a day."""
    found = _NAME.fullmatch(path.rpartition("/")[2])
    if found is None:
        return None
    try:
        seen = date.fromisoformat(found["seen"]) if found["seen"] else None
        return ListName(date.fromisoformat(found["day"]), seen)
    except ValueError:
        return None


def is_later(path: str) -> bool:
    """Return whether a file contains only later changes to another list."""
    name = list_name(path)
    return name is not None and name.seen is not None
