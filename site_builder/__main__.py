"""Hand over to the command line."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

WINDOWS = (
    "Broadsheet runs on Linux and macOS, not on Windows itself: install it in the Windows Subsystem for Linux "
    "(`wsl --install`), where everything works. CONTRIBUTING.md says what Windows lacks."
)


def run() -> NoReturn:
    """Run the command that the arguments name, and end the process without freeing what it holds piece by piece."""
    if os.name == "nt":
        sys.exit(WINDOWS)
    from site_builder.cli import main  # imports what Windows does not have

    try:
        main(prog_name="broadsheet")
    except SystemExit as end:  # click always ends so; the frames that it holds keep the site alive
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        with suppress(OSError):  # the reader of the pipe, or the terminal, is gone
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    raise AssertionError("a command has returned")


if __name__ == "__main__":
    run()
