"""Hand over to the command line."""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from site_builder.cli import main


def run() -> NoReturn:
    """Run the command that the arguments name, and end the process without freeing what it holds piece by piece."""
    for request in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(request) is signal.SIG_DFL:  # nohup has it ignored
            signal.signal(request, _stop)
    try:
        main(prog_name="broadsheet")
    except SystemExit as end:  # click always ends so; the frames that it holds keep the site alive
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        with suppress(BrokenPipeError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    raise AssertionError("a command has returned")


def _stop(request: int, _frame: FrameType | None) -> NoReturn:
    """End as after Ctrl-C, so that what was begun is put away."""
    sys.exit(128 + request)


if __name__ == "__main__":
    run()
