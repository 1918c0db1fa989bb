"""A cache that drops what was used least recently: rendered text that may be needed again, within a bound of memory."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

# Parts that are kept: more than a site of ten thousand papers has at one depth.
MOST = 2**15

Key = TypeVar("Key", bound=Hashable)
Part = TypeVar("Part")


class LruCache(Generic[Key, Part]):
    """The parts that were asked for last, by key."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._parts: dict[Key, Part] = {}

    def take(self, key: Key, make: Callable[[], Part]) -> Part:
        """Return the part of a key, made when it is not kept."""
        part = self._parts.pop(key, None)
        if part is None:
            part = make()
            if len(self._parts) >= self._most:
                del self._parts[next(iter(self._parts))]
        self._parts[key] = part
        return part
