"""Measure whole builds beside the peer, Hugo, and beside copying the same files.

    python tests/bench/bench.py [--papers N] [--runs N] [--jobs N] [--folder DIR]

Makes N papers, builds them in turn with each program into a new folder, and prints a Markdown table: the median of
wall time and of processor time, the ratio to Hugo, the peak memory of the largest process, and the files and bytes
that came out.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

from papers import A_DAY, Paper, make_papers, write_content, write_day

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LATER = ("the same pages, the same markup", "the default pages")
TEMPLATE = "pages/day.html"
Works = dict[str, list[str | Path]]
BIN = Path(sys.executable).parent
SITE = "title: Bench\nbase_url: https://bench.example\nrelated: none\nsearch: false\nsocial_cards: false\n"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a program took: seconds of wall and processor time, MiB of its largest process."""

    wall: float
    processor: float
    memory: float


def run(command: Sequence[str | Path]) -> Run:
    """Run a program to its end; its children count. Raises RuntimeError when it fails."""
    began = time.perf_counter()
    child = os.posix_spawn(command[0], [str(part) for part in command], os.environ, file_actions=SILENT)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{' '.join(map(str, command))} failed")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


SILENT = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]


def write_hugo(papers: list[Paper], folder: Path) -> None:
    """Write the peer's site: our theme for it, and one JSON file of papers, the days made of them beside it."""
    shutil.copytree(HERE / "hugo", folder)
    days = [{"day": day, "papers": list(held)} for day, held in groupby(papers, key=lambda paper: paper["day"])]
    (folder / "data").mkdir()
    for name, value in (("papers", papers), ("days", days)):
        (folder / "data" / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")


def measure(folder: Path, count: int, runs: int, jobs: int) -> None:
    """Print the table."""
    whole_days = -(-count // A_DAY) * A_DAY
    papers = make_papers(whole_days + A_DAY)
    content, hugo = folder / "site" / "content", folder / "hugo"
    write_content(papers[:count], content, SITE)
    minimal = folder / "minimal" / "content"
    write_content(papers[:count], minimal, f"{SITE}theme: bench\n")
    shutil.copytree(HERE / "theme", minimal.parent / "templates" / "bench")
    (content.parent / "templates" / "default" / "pages").mkdir(parents=True)
    shutil.copy(ROOT / "templates" / "default" / TEMPLATE, content.parent / "templates" / "default" / TEMPLATE)
    write_hugo(papers[:count], hugo)
    names = ("same", "small", "full", "peer", "copy")
    same, small, full, peer, copy = (folder / name for name in names)
    one_set: list[str | Path] = [sys.executable, HERE / "small_site.py"]
    ours = ["--content", content, "--jobs", str(jobs), "--output"]
    works: dict[str, tuple[Path, list[str | Path]]] = {
        "Hugo": (peer, [BIN / "hugo", "--quiet", "--source", hugo, "--destination", peer]),
        "the same pages, the same markup": (same, [*one_set, minimal, same, "--jobs", str(jobs)]),
        "copying them": (copy, ["/bin/cp", "-r", same, copy]),
        "the same pages, our theme": (small, [*one_set, content, small, "--jobs", str(jobs)]),
        "the default pages": (full, [BIN / "broadsheet", "build", *ours, full]),
    }
    taken: dict[str, list[Run]] = {name: [] for name in works}
    for _ in range(runs):
        for name, (output, command) in works.items():
            caches = [part.parent / ".broadsheet-cache" for part in command if isinstance(part, Path)]
            for made in (output, *caches):
                shutil.rmtree(made, ignore_errors=True)
            taken[name].append(run(command))
    sizes = {name: _sizes(output) for name, (output, _) in works.items()}
    again = _again({name: works[name][1] for name in LATER}, (minimal, content), papers[whole_days:], runs)
    start = {"--help": [run([BIN / "broadsheet", "--help"]) for _ in range(9)]}
    start["python -c pass"] = [run([sys.executable, "-c", "pass"]) for _ in range(9)]
    print(f"{count:,} papers\n\n| work | wall s | processor s | wall to Hugo | MiB | files | MB |")
    print("|---|---|---|---|---|---|---|")
    hugo_wall = median(each.wall for each in taken["Hugo"])
    for name, found in {**taken, **again, **start}.items():
        wall, processor, memory = (median(values) for values in zip(*map(_values, found), strict=True))
        times = f"{wall:.2f} | {processor:.2f} | {wall / hugo_wall:.2f}"
        print(f"| {name} | {times} | {memory:.0f} | {sizes.get(name, ' | ')} |")


def _again(works: Works, contents: Sequence[Path], day: list[Paper], runs: int) -> dict[str, list[Run]]:
    """Return what later builds take: with nothing changed, with a day more, with one template changed."""
    found = {f"{name}, nothing changed": [run(work) for _ in range(runs)] for name, work in works.items()}
    for content in contents:
        write_day(day, content)
    found |= {f"{name}, a day added": [run(work)] for name, work in works.items()}
    for content in contents:
        (template,) = content.parent.glob(f"templates/*/{TEMPLATE}")
        template.write_text(template.read_text(encoding="utf-8") + "{# changed #}", encoding="utf-8")
    found |= {f"{name}, the template of days changed": [run(work)] for name, work in works.items()}
    return found


def _values(found: Run) -> tuple[float, float, float]:
    return found.wall, found.processor, found.memory


def _sizes(folder: Path) -> str:
    files = [file for file in folder.rglob("*") if file.is_file() and ".broadsheet" not in file.parts]
    return f"{len(files):,} | {sum(file.stat().st_size for file in files) / 1e6:.0f}"


def main() -> None:
    """Make the papers, run everything and remove it again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=0, help="processes of ours; 0 takes as many as pay")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        measure(folder, options.papers, options.runs, options.jobs)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
