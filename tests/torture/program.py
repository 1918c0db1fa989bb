"""The program as a user starts it, on a machine that fails it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import started
from tests.started import Started, nothing
from tests.torture.whole import Tree, tree_of

ROOT = Path(__file__).resolve().parents[2]
# Root may write everywhere; without these it may not.
POWERLESS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]


def environment() -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": "1795262400", "PYTHONDONTWRITEBYTECODE": "1"}


@dataclass(frozen=True)
class Ended:
    """A build that has ended: its exit code, what it told on standard error, the site it left."""

    code: int
    told: list[str]
    tree: Tree


def start(
    content: Path, output: Path, *options: str, temporary: Path | None = None, prepare: Callable[[], None] = nothing
) -> Started:
    """Begin a build in a process of its own. temporary: where temporary files go."""
    words = ("build", "--content", content, "--output", output, *options)
    within = environment() | ({"TMPDIR": str(temporary)} if temporary else {})
    return Started(*words, folder=ROOT, environment=within, prepare=prepare)


def run(content: Path, output: Path, *options: str, within: list[str] | None = None) -> Ended:
    """Build in a process of its own. within: the program that starts it, such as POWERLESS."""
    words = ["build", "--content", content, "--output", output, *options]
    if within is None:
        done = started.run(*words, folder=ROOT, environment=environment())
    else:
        words = [*within, sys.executable, "-m", "site_builder", *words]
        done = subprocess.run(
            words, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=600, check=False
        )
    return Ended(done.returncode, done.stderr.splitlines(), tree_of(output) if output.is_dir() else {})


def may_drop_powers() -> bool:
    """Tell whether this machine can run a program that may not write wherever it likes."""
    if os.geteuid():
        return True
    has = shutil.which("setpriv") and subprocess.run([*POWERLESS, "true"], check=False, capture_output=True)
    return bool(has) and has.returncode == 0


def powerless() -> list[str]:
    return [] if os.geteuid() else POWERLESS
