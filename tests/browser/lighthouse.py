"""Lighthouse on one page: its scores and how far the page moves while it loads."""

import json
import os
import subprocess
from dataclasses import dataclass
from typing import Literal

from tests.browser.programs import LIGHTHOUSE
from tests.browser.screenshots import ARGUMENTS, CHROMIUM

Form = Literal["mobile", "desktop"]


@dataclass(frozen=True, slots=True)
class Audit:
    """What Lighthouse says of a page.

    scores: category → 0 to 100; shift: cumulative layout shift; faults: audits below their best that count.
    """

    scores: dict[str, int]
    shift: float
    faults: tuple[str, ...]


def audit(url: str, form: Form) -> Audit:
    """Load a page in a Chromium of Lighthouse's own, over a simulated slow line when mobile."""
    flags = " ".join(f'{name}="{value}"' if value else name for name, _, value in map(_parted, ARGUMENTS))
    command = [LIGHTHOUSE, url, "--quiet", "--output=json", f"--chrome-flags=--headless=new {flags}"]
    if form == "desktop":
        command.append("--preset=desktop")
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)
    assert answer.returncode == 0, answer.stderr[-2000:]
    told = json.loads(answer.stdout)
    audits, categories = told["audits"], told["categories"]
    counting = {each["id"] for category in categories.values() for each in category["auditRefs"] if each["weight"]}
    known = {name: audits[name]["score"] for name in sorted(counting) if audits[name]["score"] is not None}
    return Audit(
        scores={name: round(100 * (category["score"] or 0)) for name, category in categories.items()},
        shift=audits["cumulative-layout-shift"]["numericValue"],
        faults=tuple(name for name, score in known.items() if score < 1),
    )


def _parted(argument: str) -> tuple[str, str, str]:
    return argument.partition("=")
