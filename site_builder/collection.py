"""Control of Python's garbage collector."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def collect_rarely() -> None:
    """Make garbage collection rare: builds and imports allocate many objects, few of which become garbage."""
    gc.set_threshold(1_000_000, 20, 100)


@contextmanager
def collect_later() -> Iterator[None]:
    """Disable garbage collection in the block, then treat all objects as old, which are collected last.

    Processes forked in the block never collect.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # takes objects out of the young generations unvisited
        gc.unfreeze()  # puts them into the oldest
        if was_enabled:
            gc.enable()
