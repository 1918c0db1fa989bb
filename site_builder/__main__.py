"""Start the command line."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO

WINDOWS = (
    "Broadsheet runs on Linux and macOS, not on Windows itself: install it in the Windows Subsystem for Linux "
    "(`wsl --install`), where everything works. CONTRIBUTING.md says what Windows lacks."
)


def run() -> NoReturn:
    """Run the command given by the arguments, and end the process without freeing its memory piece by piece."""
    if os.name == "nt":
        sys.exit(WINDOWS)
    from site_builder.cli import main  # imports modules that Windows lacks

    sys.stdout, sys.stderr = _usable(sys.stdout), _usable(sys.stderr)
    try:
        main(prog_name="broadsheet")
    except SystemExit as end:  # click always ends so; its frames keep the site alive
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        with suppress(OSError):  # the pipe's reader or the terminal is gone
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    raise AssertionError("a command has returned")


def _usable(stream: TextIO | None) -> TextIO:
    """Return a stream that escapes what its encoding lacks; in place of a closed one (`>&-`) the null device."""
    stream = stream or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open to the end, as they are
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


if __name__ == "__main__":
    run()
