"""Worker processes that read, render and stage a large site in parallel with the main process."""

import ctypes
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Protocol, TypeVar, cast

from site_builder.problems import BuildError
from site_builder.write.interrupts import STOP_SIGNALS, set_stop_handler

LEAST_PAGES = 1000  # from here on a second process pays off
# Chunk sizes of the pool, in items: large at first, which cost less to submit, then smaller, so that all end together.
MIN_CHUNK, MAX_CHUNK = 32, 384
SHARE = 16  # the pool takes 1/SHARE of the remaining items, within these bounds; this process 1/SHARE of that
AHEAD = 32  # most chunks queued for the pool while this process works

T = TypeVar("T")
V = TypeVar("V")


class Spread(Protocol):
    """Runs work for all items; yields the start index and the results of each chunk as it completes."""

    def __call__(
        self, work: Callable[[Sequence[T]], list[V]], items: Sequence[T], /
    ) -> Iterator[tuple[int, list[V]]]: ...


_PR_SET_PDEATHSIG = 1


def workers_for(pages: int) -> int:
    """Return the number of processes that renders so many pages fastest on this machine."""
    return 1 if pages < LEAST_PAGES else processors()


def processors() -> int:
    """Return how many processes can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread_over(workers: int, chunk: int | None = None) -> Spread:
    """Return a function that runs work for all items: a pool takes them from the front, this process from the back.

    Neighbouring items are handled together, as a chunk.
    workers: processes of the pool; they are forked and inherit the work without pickling.
    chunk: items per chunk of the pool; None derives it from the number of items left.
    """

    def spread(work: Callable[[Sequence[T]], list[V]], items: Sequence[T]) -> Iterator[tuple[int, list[V]]]:
        """Run the work. Raises BuildError when a worker of the pool dies."""
        begin, end = 0, len(items)  # bounds of the items not yet taken
        min_queued = processors() + 1  # queued chunks that keep every worker busy
        queued: deque[tuple[int, Future[object]]] = deque()
        executor = ProcessPoolExecutor(workers, get_context("fork"), _start_worker, (os.getpid(), work, items))
        try:
            while begin < end or queued:
                while begin < end and len(queued) < max(min_queued, min(AHEAD, (end - begin) // MAX_CHUNK)):
                    size = chunk or min(max((end - begin) // SHARE, MIN_CHUNK), MAX_CHUNK)
                    start, begin = begin, min(begin + size, end)
                    with _stop_signals_blocked():
                        queued.append((start, executor.submit(_do_chunk, start, begin)))
                is_idle = begin == end
                if not is_idle:
                    stop, end = end, max(end - max(size // SHARE, 1), begin)
                    yield end, work(items[end:stop])
                while queued and (is_idle or queued[0][1].done()):
                    start, future = queued.popleft()
                    yield start, cast("list[V]", future.result())
        except BrokenExecutor as error:
            why = "a process that rendered pages was ended from outside, perhaps for want of memory"
            raise BuildError(f"{why}; nothing was written. Try --jobs 1") from error
        finally:
            executor.shutdown(cancel_futures=True)

    return spread


@contextmanager
def _stop_signals_blocked() -> Iterator[None]:
    """Block stop signals while the pool may fork.

    A child must not receive one before it ignores it, and Python swallows exceptions raised during a fork.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(parent: int, work: Callable[[Sequence[T]], list[V]], items: Sequence[T]) -> None:
    """Prepare a worker, and store the work and items in it, so that only indexes and results are sent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the writing process handles Ctrl-C; it ends the others
    set_stop_handler(signal.SIG_DFL)  # a pool with a killed process ends the others by SIGTERM
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    _die_with_parent(parent)
    _work[:] = [lambda start, stop: work(items[start:stop])]


def _die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent dies, where supported (Linux prctl(2))."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


_work: list[Callable[[int, int], object]] = []


def _do_chunk(start: int, stop: int) -> object:
    return _work[0](start, stop)
