"""Measure how soon a change of a list is on the screen of somebody who looks at `broadsheet serve`.

    python tests/bench/bench_serve.py [--papers N] [--runs N] [--pages ADDRESS …] [--folder DIR]

Makes N papers, serves them with the default settings, holds each page open in Chromium in turn, appends papers to the
newest list one after the other, and prints a Markdown table: milliseconds from the save until the paper can be seen,
their median and the longest, and what memory the processes of the server take after that.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from papers import make_papers, write_content
from playwright.sync_api import Error, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.browser.screenshots import launch

LONGEST = 120_000  # ms that anything may take
PAUSE = 2.0  # seconds between two changes
GLANCE = 0.02  # seconds between two looks at the page
SITE = "title: Bench\n"


@contextmanager
def served(content: Path) -> Iterator[tuple[str, int]]:
    """Serve a content folder; yield its address and the number of the process. Raises RuntimeError when it ends."""
    program = [sys.executable, "-m", "site_builder", "serve", "--port", "0", "--content", str(content)]
    server = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert server.stdout
    try:
        for line in server.stdout:
            if found := re.match(r"Serving it at (\S+)", line):
                yield found[1], server.pid
                return
        raise RuntimeError("the server has ended")
    finally:
        server.terminate()
        server.communicate()


def append(newest: Path, number: int) -> str:
    """Save a paper more in a list, that of the most upvotes; return its title."""
    title = f"A paper that has just come, number {number}"
    paper = {"id": f"9901.{number:05}", "title": title, "abstract": "It came.", "upvotes": 10_000 + number}
    text = newest.read_text(encoding="utf-8") + json.dumps({**paper, "day": newest.stem}) + "\n"
    newest.write_text(text, encoding="utf-8")
    return title


def latencies(tab: Page, newest: Path, numbers: Sequence[int]) -> Iterator[float]:
    """Yield for each change the milliseconds until it is seen."""
    for number in numbers:
        time.sleep(PAUSE)
        title = append(newest, number)
        saved = time.perf_counter()
        while not is_seen(tab, title):
            time.sleep(GLANCE)
        yield (time.perf_counter() - saved) * 1000


def is_seen(tab: Page, text: str) -> bool:
    """Tell whether a text can be seen just now; Playwright's own waiting looks only every half second."""
    try:
        return tab.get_by_text(text).first.is_visible()
    except Error:  # the page is being loaded
        return False


def memory(pid: int) -> str:
    """Return the MiB of a process and of those it started, now and at most (Linux proc(5))."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    told = []
    for each in (str(pid), *children):
        status = Path(f"/proc/{each}/status").read_text(encoding="utf-8")
        now, most = (int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[index]
        told.append(f"{now:.0f} (at most {most:.0f})")
    return ", ".join(told)


def measure(folder: Path, count: int, runs: int, pages: Sequence[str]) -> None:
    """Print the table."""
    write_content(make_papers(count), folder / "content", SITE)
    newest = max((folder / "content" / "papers").iterdir())
    began = time.perf_counter()
    with served(folder / "content") as (address, pid), sync_playwright() as playwright:
        print(f"{count:,} papers, served after {time.perf_counter() - began:.1f} s\n")
        print("| page | median ms | longest ms |\n|---|---|---|")
        tab = launch(playwright).new_page()
        number = 0
        for page in pages or ("", f"days/{newest.stem}.html"):
            tab.goto(f"{address}/{page}", timeout=LONGEST)
            taken = list(latencies(tab, newest, range(number, number + runs)))
            number += runs
            print(f"| /{page} | {median(taken):.0f} | {max(taken):.0f} |")
        print(f"\nMemory of the processes, MiB: {memory(pid)}")


def main() -> None:
    """Make the papers, measure and remove them again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--pages", nargs="*", default=(), help="addresses; else the front page and the newest day")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        measure(Path(folder), options.papers, options.runs, options.pages)


if __name__ == "__main__":
    main()
