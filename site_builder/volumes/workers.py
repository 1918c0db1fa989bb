"""The processes that read, render and stage a large site side by side, this one among them."""

import ctypes
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from typing import Protocol, TypeVar, cast

from site_builder.problems import BuildError
from site_builder.write.interrupts import REQUESTS, answer_requests

LEAST_PAGES = 1000  # from here on a second process pays
# Items that the pool takes at a time: many, which cost less to hand out, and ever fewer, for all to end together.
LEAST, MOST = 32, 384
SHARE = 16  # so much of what is left is taken between these sizes; this process takes so much less at a time
AHEAD = 32  # chunks, at most, that wait for the pool meanwhile

T = TypeVar("T")
V = TypeVar("V")


class Spread(Protocol):
    """Does the work for all items; yields, as chunks are done, where each begins and the results."""

    def __call__(
        self, work: Callable[[Sequence[T]], list[V]], items: Sequence[T], /
    ) -> Iterator[tuple[int, list[V]]]: ...


# Makes the pool; each of its workers must first call the function with the values.
MakeExecutor = Callable[[Callable[..., None], tuple[object, ...]], Executor]

_PR_SET_PDEATHSIG = 1


def workers_for(pages: int) -> int:
    """Return how many processes render so many pages soonest on this machine."""
    return 1 if pages < LEAST_PAGES else processors()


def processors() -> int:
    """Return how many processes can work at a time; 1 where they cannot share the memory of this one."""
    if "fork" not in get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread_over(make_executor: MakeExecutor, chunk: int | None = None) -> Spread:
    """Return what does a piece of work for all items: a pool from the first one on, this process from the last one on.

    Neighbouring items are done together, as a chunk.
    chunk: items that the pool takes at a time; None lets their number decide.
    """

    def spread(work: Callable[[Sequence[T]], list[V]], items: Sequence[T]) -> Iterator[tuple[int, list[V]]]:
        """Raises BuildError when a worker of the pool dies."""
        begin, end = 0, len(items)  # of what nobody has taken yet
        least = processors() + 1  # chunks that keep every worker busy
        asked: deque[tuple[int, Future[object]]] = deque()
        executor = make_executor(_take, (work, items))
        try:
            while begin < end or asked:
                while begin < end and len(asked) < max(least, min(AHEAD, (end - begin) // MOST)):
                    size = chunk or min(max((end - begin) // SHARE, LEAST), MOST)
                    start, begin = begin, min(begin + size, end)
                    with _undisturbed():
                        asked.append((start, executor.submit(_do_chunk, start, begin)))
                is_idle = begin == end
                if not is_idle:
                    stop, end = end, max(end - max(size // SHARE, 1), begin)
                    yield end, work(items[end:stop])
                while asked and (is_idle or asked[0][1].done()):
                    start, future = asked.popleft()
                    yield start, cast("list[V]", future.result())
        except BrokenExecutor as error:
            why = "a process that rendered pages was ended from outside, perhaps for want of memory"
            raise BuildError(f"{why}; nothing was written. Try --jobs 1") from error
        finally:
            executor.shutdown(cancel_futures=True)

    return spread


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back requests to stop while a pool may be forking.

    A child must not meet one before it knows to leave it alone, and what Python does at a fork swallows exceptions.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, REQUESTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def fork_workers(count: int) -> MakeExecutor:
    """Return what makes a pool of so many processes; they are forked, so the site is there and is not sent."""

    def make_executor(prepare: Callable[..., None], values: tuple[object, ...]) -> Executor:
        return ProcessPoolExecutor(count, get_context("fork"), _begin, (os.getpid(), prepare, values))

    return make_executor


def _begin(parent: int, prepare: Callable[..., None], values: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes; it ends the others
    answer_requests(signal.SIG_DFL)  # a pool of which a process was killed ends the others by SIGTERM
    signal.pthread_sigmask(signal.SIG_UNBLOCK, REQUESTS)
    _end_with(parent)
    prepare(*values)


def _end_with(parent: int) -> None:
    """Let this process be killed when its parent dies, where the system can do that (Linux prctl(2))."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


_taken: list[Callable[[int, int], object]] = []


def _take(work: Callable[[Sequence[T]], list[V]], items: Sequence[T]) -> None:
    """Keep in a worker what it works on, so that only positions and results are sent."""
    _taken[:] = [lambda start, stop: work(items[start:stop])]


def _do_chunk(start: int, stop: int) -> object:
    return _taken[0](start, stop)
