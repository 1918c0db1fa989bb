"""Delay Ctrl-C and other stop signals during steps that must not end half-way."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

TERMINATION_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
STOP_SIGNALS = (signal.SIGINT, *TERMINATION_SIGNALS)


def set_stop_handler(handler: Callable[[int, FrameType | None], object] | signal.Handlers) -> None:
    """Set the handler of SIGTERM and SIGHUP; a signal that is ignored, as under nohup, stays ignored.

    Call this after all modules are imported: Python may swallow an exception that the handler raises during an import.
    """
    if threading.current_thread() is not threading.main_thread():
        return  # signals are delivered to the main thread only
    for number in TERMINATION_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def exit_on_signal(number: int, _frame: FrameType | None) -> NoReturn:
    """Handle a signal by exiting as after Ctrl-C, so that cleanup code runs."""
    sys.exit(128 + number)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Delay stop signals until the block has ended; they then take effect."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are delivered to the main thread only
        return
    delayed: list[int] = []

    def delay(number: int, _frame: FrameType | None) -> None:
        delayed.append(number)

    handlers = {number: handler for number in STOP_SIGNALS if (handler := signal.getsignal(number)) is not None}
    for number in handlers:
        signal.signal(number, delay)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for received in dict.fromkeys(delayed):
            signal.raise_signal(received)
