"""How often Python looks for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def collect_rarely() -> None:
    """Look for garbage seldom: a build makes much and little of it is garbage, and so do the modules it loads."""
    gc.set_threshold(1_000_000, 20, 100)


@contextmanager
def collect_later() -> Iterator[None]:
    """Look for no garbage meanwhile, and take what has been made for old, which is looked through last.

    Processes that are forked meanwhile look for none to their end.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # out of the young generations, unseen
        gc.unfreeze()  # into the oldest
        if was_enabled:
            gc.enable()
