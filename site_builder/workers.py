"""The processes that render a large site side by side."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from typing import Any

LEAST_PAGES = 1000  # from here on a second process pays


def workers_for(pages: int) -> int:
    """Return how many processes render so many pages soonest on this machine."""
    if pages < LEAST_PAGES or "fork" not in get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fork_workers(count: int) -> Callable[[Callable[..., None], tuple[Any, ...]], Executor]:
    """Return what makes a pool of so many processes; they are forked, so the site is there and is not sent."""

    def make_executor(prepare: Callable[..., None], values: tuple[Any, ...]) -> Executor:
        return ProcessPoolExecutor(count, get_context("fork"), _begin, (prepare, values))

    return make_executor


def _begin(prepare: Callable[..., None], values: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes; it ends the others
    prepare(*values)
