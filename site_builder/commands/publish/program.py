"""Programs that others have written: run to their end, their complaints turned into one line."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from site_builder.problems import BuildError

MAX_COMPLAINT = 400  # characters of a program's complaint


def needed(program: str) -> str:
    """Return where a program lies. Raises BuildError when it is not installed."""
    found = shutil.which(program)
    if not found:
        raise BuildError(f"{program} is not installed here; install it and publish again; nothing was changed")
    return found


def run(
    command: Sequence[str], text: bytes = b"", environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a program that reads a text, and return its exit code and what it said.

    environment: all of it, this process's own by default; folder: to run it in.
    """
    return subprocess.run(command, input=text, env=environment, cwd=folder, capture_output=True, check=False)  # noqa: S603 — no shell, and the names come from the user or from us


def complaint(done: subprocess.CompletedProcess[bytes], lines: int = 1, noise: tuple[str, ...] = ()) -> str:
    """Return the first lines of what a program complained about, but those that begin as named, as one line."""
    lines_of_error = (" ".join(line.split()) for line in done.stderr.decode("utf-8", "replace").splitlines())
    kept = [line for line in lines_of_error if line and not line.startswith(noise)]
    return "; ".join(kept[:lines])[:MAX_COMPLAINT] or f"it ended with code {done.returncode}"
