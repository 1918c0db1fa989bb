"""The program as a user starts it, on a machine that fails it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.torture.whole import Tree, tree_of

PROGRAM = [sys.executable, "-m", "site_builder", "build"]
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


def run(content: Path, output: Path, *options: str, within: list[str] | None = None) -> Ended:
    """Build in a process of its own. within: the program that starts it, such as POWERLESS."""
    done = subprocess.run(
        [*(within or []), *PROGRAM, "--content", content, "--output", output, *options],
        cwd=Path(__file__).resolve().parents[2],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
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
