"""What the name of a list says: `2026-11-20.json`, and next to it what changed later, `2026-11-20@2026-11-23.json`."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from site_builder.lazy import lazy_pattern

_NAME = lazy_pattern(r"(?P<day>\d{4}-\d\d-\d\d)(?:@(?P<seen>\d{4}-\d\d-\d\d))?\.[^/]+")


@dataclass(frozen=True, slots=True)
class ListName:
    """The day a list is of, and the day on which its later answer came; None for the list itself."""

    day: date
    seen: date | None = None


@lru_cache(maxsize=2**12)
def list_name(path: str) -> ListName | None:
    """Return what the name of a file says, None for a file that is not named for a day."""
    found = _NAME.fullmatch(path.rpartition("/")[2])
    if found is None:
        return None
    try:
        seen = date.fromisoformat(found["seen"]) if found["seen"] else None
        return ListName(date.fromisoformat(found["day"]), seen)
    except ValueError:
        return None


def is_later(path: str) -> bool:
    """Return whether a file holds what changed in a list after it came."""
    name = list_name(path)
    return name is not None and name.seen is not None
