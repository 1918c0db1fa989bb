"""The processes that read, render and stage a large site side by side, this one among them."""

import ctypes
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from typing import Any

from site_builder.problems import BuildError

LEAST_PAGES = 1000  # from here on a second process pays
CHUNK = 128  # items that are taken at a time; fewer cost more to hand out than they even out
AHEAD = 32  # chunks that wait for the pool while this process is at one of its own; towards the end they are fewer

Work = Callable[[Sequence[Any]], list[Any]]
# Does the work for all items and yields, as it is done, where a run of them begins and what came of each.
Spread = Callable[[Work, Sequence[Any]], Iterator[tuple[int, list[Any]]]]
# Makes the pool; each of its workers must first call the function with the values.
MakeExecutor = Callable[[Callable[..., None], tuple[Any, ...]], Executor]

_PR_SET_PDEATHSIG = 1


def workers_for(pages: int) -> int:
    """Return how many processes render so many pages soonest on this machine."""
    return 1 if pages < LEAST_PAGES else processors()


def processors() -> int:
    """Return how many processes can work at a time; 1 where they cannot share the memory of this one."""
    if "fork" not in get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread_over(make_executor: MakeExecutor, chunk: int = CHUNK) -> Spread:
    """Return what does a piece of work for all items: a pool from the first one on, this process from the last one on.

    What is yielded is where a chunk begins, and what came of it, as they are done; neighbours are done together.
    chunk: items that are taken at a time.
    """

    def spread(work: Work, items: Sequence[Any]) -> Iterator[tuple[int, list[Any]]]:
        """Raises BuildError when a worker of the pool dies."""
        left = deque(slice(start, start + chunk) for start in range(0, len(items), chunk))
        asked: deque[tuple[slice, Future[list[Any]]]] = deque()
        executor = make_executor(_take, (work, items))
        try:
            while left or asked:
                while left and len(asked) < max(processors() + 1, min(AHEAD, len(left) // 2)):
                    with _undisturbed():
                        asked.append((left[0], executor.submit(_do_chunk, left.popleft())))
                own = left.pop() if left else None
                if own:
                    yield own.start, work(items[own])
                while asked and (not own or asked[0][1].done()):
                    done, future = asked.popleft()
                    yield done.start, future.result()
        except BrokenExecutor as error:
            why = "a process that rendered pages was ended from outside, perhaps for want of memory"
            raise BuildError(f"{why}; nothing was written. Try --jobs 1") from error
        finally:
            executor.shutdown(cancel_futures=True)

    return spread


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C while a pool may be forking: a child must not meet it before it knows to leave it alone."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def fork_workers(count: int) -> MakeExecutor:
    """Return what makes a pool of so many processes; they are forked, so the site is there and is not sent."""

    def make_executor(prepare: Callable[..., None], values: tuple[Any, ...]) -> Executor:
        return ProcessPoolExecutor(count, get_context("fork"), _begin, (os.getpid(), prepare, values))

    return make_executor


def _begin(parent: int, prepare: Callable[..., None], values: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes; it ends the others
    _end_with(parent)
    prepare(*values)


def _end_with(parent: int) -> None:
    """Let this process be killed when its parent dies, where the system can do that (Linux prctl(2))."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


_taken: list[tuple[Work, Sequence[Any]]] = []


def _take(work: Work, items: Sequence[Any]) -> None:
    """Keep in a worker what it works on, so that only numbers and results go to and fro."""
    _taken[:] = [(work, items)]


def _do_chunk(chunk: slice) -> list[Any]:
    work, items = _taken[0]
    return work(items[chunk])
