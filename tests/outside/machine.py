"""A machine that a service lends for a run: nothing on it but what the run brings, and the world on loopback."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.outside.places import git

SATURDAY, MONDAY = "1795262400", "1795435200"  # 12:00 UTC on 2026-11-21 and 2026-11-23


# No pause lasts: what waits for a server is tried again at once.
UNHURRIED = "import time; time.sleep = lambda seconds: None; import site_builder.__main__ as program; program.run()"


class Machine:
    """Runs scripts in a home of its own, with `broadsheet` from this tree and a `python` that only notes its words."""

    def __init__(self, home: Path) -> None:
        programs = home / "programs"
        programs.mkdir(parents=True)
        self.home = home
        self.installed = home / "installed"
        for name, script in {
            "broadsheet": f'exec "{sys.executable}" -c "{UNHURRIED}" "$@"',
            "python": f'echo "$@" >>"{self.installed}"',
        }.items():
            (programs / name).write_text(f"#!/bin/sh\n{script}\n")
            (programs / name).chmod(0o755)
        self.environment = {
            **os.environ,
            "HOME": str(home),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
            "BROADSHEET": "broadsheet==1.0",
        }

    def run(self, script: str, folder: Path, environment: Mapping[str, str], shell: str = "bash -e -c") -> str:
        """Run a script, which must succeed, and return what it says."""
        done = self.tried(script, folder, environment, shell)
        assert done.returncode == 0, script + done.stdout + done.stderr
        return done.stdout

    def tried(
        self, script: str, folder: Path, environment: Mapping[str, str], shell: str = "bash -e -c"
    ) -> subprocess.CompletedProcess[str]:
        """Run a script that may fail."""
        return subprocess.run(
            [*shell.split(), script],
            check=False,
            cwd=folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
        )


def begin_repository(folder: Path, bare: Path) -> None:
    """Put a folder under version control, with a bare repository as its origin."""
    git(bare.parent, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    git(bare, "config", "receive.advertisePushOptions", "true")
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "--message", "Begin")
    git(folder, "push", "--quiet", str(bare), "main")
