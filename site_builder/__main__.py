"""Start the command line."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

WINDOWS = (
    "Broadsheet runs on Linux and macOS, not on Windows itself: install it in the Windows Subsystem for Linux "
    "(`wsl --install`), where everything works. CONTRIBUTING.md says what Windows lacks."
)


def run() -> NoReturn:
    """Run the command given by the arguments, and end the process without freeing its memory piece by piece."""
    if os.name == "nt":
        sys.exit(WINDOWS)
    from site_builder.cli import main  # imports modules that Windows lacks

    try:
        main(prog_name="broadsheet")
    except SystemExit as end:  # click always ends so; its frames keep the site alive
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        with suppress(OSError):  # the pipe's reader or the terminal is gone
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    raise AssertionError("a command has returned")


if __name__ == "__main__":
    run()
