"""Run work for many items on the workers of a Dask cluster, surviving the loss of workers and schedulers."""

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, TypeVar

from site_builder.problems import BuildError

AS_IT_WAS = "the site there is as it was"

try:
    from distributed import Client, Future, KilledWorker, wait
    from distributed.client import FutureCancelledError, FuturesCancelledError
    from distributed.comm.core import CommClosedError
except ImportError:
    raise BuildError(
        "building on a cluster needs Dask and obstore: pip install '.[cluster]' in the folder of Broadsheet"
    ) from None

T = TypeVar("T")

AHEAD = 2  # items queued per worker, so that none is idle
PAUSE = 0.5  # seconds between two checks of the cluster
WORKERS_WITHIN = 20.0  # seconds to wait for the first worker

_LOST = object()
_CONNECTION = (OSError, CommClosedError, TimeoutError, FutureCancelledError, FuturesCancelledError)
_GONE = (*_CONNECTION, RuntimeError, ValueError)  # the last two: a client that gave up finding its scheduler


class Cluster:
    """A connection to a scheduler, re-established when the scheduler restarts."""

    def __init__(self, address: str, patience: float) -> None:
        """patience: seconds to wait for an unavailable scheduler or worker.

        Raises BuildError when there is no scheduler, or no worker.
        """
        self.address = address
        self._patience = patience
        self._client = self._connected(min(patience, WORKERS_WITHIN))
        try:
            self._client.wait_for_workers(1, timeout=min(patience, WORKERS_WITHIN))
        except TimeoutError:
            self.close()
            remedy = f"start some with dask worker {address}"
            raise BuildError(f"the scheduler at {address} has no workers; {remedy}; nothing was changed") from None

    def close(self) -> None:
        """Close the connection; unfinished work is dropped."""
        with suppress(*_GONE):
            self._client.close()

    def run_on_each(self, work: Callable[..., object], *values: object) -> dict[str, object]:
        """Run a function on each worker; return worker address → result or exception."""
        results: dict[str, object] = self._client.run(work, *values, on_error="return")
        return dict(sorted(results.items()))

    def spread(self, work: Callable[[object], T], items: Iterable[object]) -> Iterator[tuple[int, T]]:
        """Run the work for all items on the workers; yield the number and the result of each item as it completes.

        An item is repeated if its worker or scheduler dies. Raises BuildError when no worker is available for longer
        than `patience`, or when an item kills one worker after another; exceptions of the work itself pass through.
        """
        numbered = iter(enumerate(items))
        again: deque[tuple[int, object]] = deque()
        pending: dict[Future, tuple[int, object]] = {}
        seen = time.monotonic()
        try:
            while True:
                workers = self._workers()
                seen = time.monotonic() if workers else seen
                if time.monotonic() - seen > self._patience:
                    what = f"no worker of {self.address} was there for {self._patience:.0f} seconds"
                    raise BuildError(f"{what}; {AS_IT_WAS}")
                room = workers * AHEAD - len(pending)
                for each in self._next(again, numbered, room):
                    pending[self._client.submit(work, each[1], pure=False)] = each
                if workers and not pending:
                    return
                for future in self._ended(pending):
                    number, item = pending.pop(future)
                    result = self._result(future)
                    if result is _LOST:
                        again.append((number, item))
                    else:
                        yield number, result
        finally:
            with suppress(*_GONE):
                self._client.cancel(list(pending))

    @staticmethod
    def _next(
        again: deque[tuple[int, object]], numbered: Iterator[tuple[int, object]], room: int
    ) -> Iterator[tuple[int, object]]:
        while again and room > 0:
            room -= 1
            yield again.popleft()
        yield from islice(numbered, max(room, 0))

    def _workers(self) -> int:
        """Return the number of workers, 0 if there is no scheduler either."""
        if self._client.status != "running":
            self.close()
            try:
                self._client = self._connected(PAUSE)
            except BuildError:
                time.sleep(PAUSE)
                return 0
        try:
            return len(self._client.nthreads())
        except _GONE:
            time.sleep(PAUSE)
            return 0

    def _ended(self, pending: Collection[Future]) -> list[Future]:
        """Wait for a short time, and return the futures that have finished, failed or been lost."""
        if not pending:
            time.sleep(PAUSE)
            return []
        with suppress(*_GONE):
            wait(list(pending), timeout=PAUSE, return_when="FIRST_COMPLETED")
        return [future for future in pending if future.status != "pending" or future.client is not self._client]

    def _result(self, future: Future) -> Any:
        if future.status in {"cancelled", "lost"} or future.client is not self._client:
            return _LOST
        try:
            return future.result(timeout=self._patience)
        except KilledWorker as error:
            what = f"a piece of the site ended one worker after the other (the last was {error.last_worker.address})"
            remedy = "perhaps for want of memory; give workers more with --memory-limit"
            raise BuildError(f"{what}, {remedy}; {AS_IT_WAS}") from None
        except _CONNECTION:
            if future.status == "error":
                raise
            return _LOST

    def _connected(self, timeout: float) -> Client:
        try:
            return Client(self.address, timeout=timeout, name="broadsheet")
        except (*_CONNECTION, ValueError) as error:
            what = f"no scheduler answers at {self.address} ({type(error).__name__})"
            remedy = "start one with dask scheduler, or correct the address"
            raise BuildError(f"{what}; {remedy}; nothing was changed") from None
