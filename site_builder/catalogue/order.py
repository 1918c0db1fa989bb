"""Walking along an axis."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item between the one before and the one after it; None beyond the ends."""
    for i, item in enumerate(items):
        yield items[i - 1] if i else None, item, items[i + 1] if i + 1 < len(items) else None
