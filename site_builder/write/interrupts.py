"""Ctrl-C, and other requests to stop, wait while a step that must not stop half-way runs."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

REQUESTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_in_order() -> None:
    """Let every request to stop end this process as Ctrl-C does, so that what it has begun is put away.

    To be called when all modules are loaded: what Python does meanwhile may swallow the exception.
    """
    for request in REQUESTS if threading.current_thread() is threading.main_thread() else ():
        if signal.getsignal(request) is signal.SIG_DFL:  # nohup has one of them ignored
            signal.signal(request, _end)


def _end(request: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + request)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back requests to stop until the block has ended; they then do what they would have done."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are delivered to the main thread only
        return
    held: list[int] = []

    def hold(number: int, _frame: FrameType | None) -> None:
        held.append(number)

    handlers = {number: handler for number in REQUESTS if (handler := signal.getsignal(number)) is not None}
    for number in handlers:
        signal.signal(number, hold)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for request in dict.fromkeys(held):
            signal.raise_signal(request)
