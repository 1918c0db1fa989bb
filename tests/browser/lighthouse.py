"""Lighthouse on one page: its scores, how far the page moves while it loads, and how long it works."""

import gzip
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.browser.programs import LIGHTHOUSE
from tests.browser.screenshots import ARGUMENTS, CHROMIUM, QuietHandler

Form = Literal["mobile", "desktop"]


@dataclass(frozen=True, slots=True)
class Audit:
    """What Lighthouse says of a page.

    scores: category → 0 to 100; shift: cumulative layout shift; work: seconds of the main thread, four times as many as
    here for a telephone; faults: audits below their best that count.
    """

    scores: dict[str, int]
    shift: float
    work: float
    faults: tuple[str, ...]


class PackingHandler(QuietHandler):
    """Serves pages, styles and scripts compressed, as every host does; on a large page it makes the difference."""

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        file = Path(self.translate_path(self.path))
        if file.suffix not in {".html", ".css", ".js"} or not file.is_file():
            super().do_GET()
            return
        body = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


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
        work=audits["mainthread-work-breakdown"]["numericValue"] / 1000,
        faults=tuple(name for name, score in known.items() if score < 1),
    )


def _parted(argument: str) -> tuple[str, str, str]:
    return argument.partition("=")
