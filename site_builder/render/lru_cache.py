"""A cache of bounded size for rendered text that may be needed again."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

# Default number of values: more than a site of ten thousand papers needs at one depth.
MAX_SIZE = 2**15

Key = TypeVar("Key", bound=Hashable)
Part = TypeVar("Part")


class LruCache(Generic[Key, Part]):
    """The most recently used values, by key."""

    def __init__(self, max_size: int = MAX_SIZE) -> None:
        self._max_size = max_size
        self._parts: dict[Key, Part] = {}

    def take(self, key: Key, make: Callable[[], Part]) -> Part:
        """Return the value of a key, calling `make` if it is not cached."""
        part = self._parts.pop(key, None)
        if part is None:
            part = make()
            if len(self._parts) >= self._max_size:
                del self._parts[next(iter(self._parts))]
        self._parts[key] = part
        return part
