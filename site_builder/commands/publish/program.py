"""Run external programs and condense their error output."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from site_builder.problems import BuildError

MAX_COMPLAINT = 400  # characters of a program's error message


def needed(program: str) -> str:
    """Return the path of a program. Raises BuildError when it is not installed."""
    found = shutil.which(program)
    if not found:
        raise BuildError(f"{program} is not installed here; install it and publish again; nothing was changed")
    return found


def run(
    command: Sequence[str], text: bytes = b"", environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a program with `text` as its input, and return its exit code and output.

    environment: the complete environment, by default that of this process. folder: the working directory.
    """
    return subprocess.run(command, input=text, env=environment, cwd=folder, capture_output=True, check=False)  # noqa: S603 — no shell, and the names come from the user or from us


def complaint(done: subprocess.CompletedProcess[bytes], lines: int = 1, noise: tuple[str, ...] = ()) -> str:
    """Return the first lines of a program's error output, joined into one line. noise: prefixes of lines to skip."""
    lines_of_error = (" ".join(line.split()) for line in done.stderr.decode("utf-8", "replace").splitlines())
    kept = [line for line in lines_of_error if line and not line.startswith(noise)]
    return "; ".join(kept[:lines])[:MAX_COMPLAINT] or f"it ended with code {done.returncode}"
