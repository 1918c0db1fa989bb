"""Measure whole builds beside the peer, Hugo, and beside copying the same files.

    python tests/bench/bench.py [--papers N] [--large N] [--runs N] [--jobs N] [--folder DIR]

Makes N papers, builds them in turn with each program, and prints a Markdown table: the median of wall time and of
processor time, the ratio to Hugo, the peak memory of the largest process, and the files and bytes that came out. Each
run writes to a folder of its own and nothing is removed before the end: ext4 is slow to make files where thousands were
removed within the last half minute, whoever makes them.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

from papers import A_DAY, Paper, make_papers, write_content, write_day

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAME, OUR_THEME, DEFAULT = "the same pages, the same markup", "the same pages, our theme", "the default pages"
LATER = (SAME, DEFAULT)
CONTENTS = {SAME: "minimal", OUR_THEME: "site", DEFAULT: "site"}
TEMPLATE = "pages/day.html"
Command = Sequence[str | Path]
Work = Callable[[Mapping[str, Path]], Command]
BIN = Path(sys.executable).parent
SITE = "title: Bench\nbase_url: https://bench.example\nrelated: none\nsearch: false\ncards: none\n"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a program took: seconds of wall and processor time, MiB of its largest process."""

    wall: float
    processor: float
    memory: float


@dataclass(frozen=True, slots=True)
class Sites:
    """Where the same papers lie: for all default pages, for the peer's pages and markup, and for the peer."""

    default: Path
    minimal: Path
    hugo: Path


def run(command: Command) -> Run:
    """Run a program to its end; its children count. Raises RuntimeError when it fails."""
    os.sync()  # or the disk would be busy with what the run before left in memory
    began = time.perf_counter()
    child = os.posix_spawn(command[0], [str(part) for part in command], ENVIRONMENT, file_actions=SILENT)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{' '.join(map(str, command))} failed")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


# A user's Python keeps what it has compiled; some containers forbid it, which takes 0.1 s of every start.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SILENT = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]


def write_hugo(papers: list[Paper], folder: Path) -> None:
    """Write the peer's site: our theme for it, and one JSON file of papers, the days made of them beside it."""
    shutil.copytree(HERE / "hugo", folder)
    days = [{"day": day, "papers": list(held)} for day, held in groupby(papers, key=lambda paper: paper["day"])]
    (folder / "data").mkdir()
    for name, value in (("papers", papers), ("days", days)):
        (folder / "data" / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")


def measure(folder: Path, count: int, large: int, runs: int, jobs: int) -> None:
    """Print the table."""
    whole_days = -(-count // A_DAY) * A_DAY
    papers = make_papers(whole_days + A_DAY)
    sites = _write_sites(folder, papers[:count])
    works = _works(sites, jobs)
    taken: dict[str, list[Run]] = {name: [] for name in works}
    outputs: dict[str, Path] = {}
    for turn in range(runs):
        for number, (name, work) in enumerate(works.items()):
            outputs[name] = folder / f"{number}-{turn}"
            _forget(CONTENTS.get(name, ""), folder)
            taken[name].append(run(work(outputs)))
    sizes = {name: _sizes(output) for name, output in outputs.items()}
    again = _again({name: works[name](outputs) for name in LATER}, sites, papers[whole_days:], runs)
    more = {f"{large:,} papers, the same pages and markup": [_run_large(folder, large, jobs)]} if large else {}
    more |= _later_of_large(folder / "archive" / "content", large, jobs, runs) if large else {}
    start = {"--help": [run([BIN / "broadsheet", "--help"]) for _ in range(9)]}
    start["python -c pass"] = [run([sys.executable, "-c", "pass"]) for _ in range(9)]
    print(f"{count:,} papers\n\n| work | wall s | processor s | wall to Hugo | MiB | files | MB |")
    print("|---|---|---|---|---|---|---|")
    hugo_wall = median(each.wall for each in taken["Hugo"])
    for name, found in {**taken, **again, **more, **start}.items():
        wall, processor, memory = (median(values) for values in zip(*map(_values, found), strict=True))
        times = f"{wall:.2f} | {processor:.2f} | {wall / hugo_wall:.2f}"
        print(f"| {name} | {times} | {memory:.0f} | {sizes.get(name, ' | ')} |")


def _write_sites(folder: Path, papers: list[Paper]) -> Sites:
    """Write the papers for each program and return where."""
    sites = Sites(folder / "site" / "content", folder / "minimal" / "content", folder / "hugo")
    write_content(papers, sites.default, SITE)
    write_content(papers, sites.minimal, f"{SITE}theme: bench\n")
    shutil.copytree(HERE / "theme", sites.minimal.parent / "templates" / "bench")
    (sites.default.parent / "templates" / "default" / "pages").mkdir(parents=True)
    shutil.copy(ROOT / "templates" / "default" / TEMPLATE, sites.default.parent / "templates" / "default" / TEMPLATE)
    write_hugo(papers, sites.hugo)
    return sites


def _works(sites: Sites, jobs: int) -> dict[str, Work]:
    """Return what is measured: each a command, made of the folders that the works before it wrote, and of its own."""
    hugo = [BIN / "hugo", "--quiet", "--source", sites.hugo, "--destination"]
    small = [sys.executable, HERE / "small_site.py"]
    full = [BIN / "broadsheet", "build", "--content", sites.default, "--output"]
    spread = ["--jobs", str(jobs)]
    return {
        "Hugo": lambda outputs: [*hugo, outputs["Hugo"]],
        SAME: lambda outputs: [*small, sites.minimal, outputs[SAME], *spread],
        "copying them": lambda outputs: ["/bin/cp", "-r", outputs[SAME], outputs["copying them"]],
        OUR_THEME: lambda outputs: [*small, sites.default, outputs[OUR_THEME], *spread],
        DEFAULT: lambda outputs: [*full, outputs[DEFAULT], *spread],
    }


def _forget(site: str, folder: Path) -> None:
    """Put the cache of a site away, so that its next build is a cold one; to remove it would slow down that build."""
    cache = folder / site / ".broadsheet-cache"
    if cache.exists():
        cache.rename(Path(tempfile.mkdtemp(dir=folder)) / "cache")


def _again(works: Mapping[str, Command], sites: Sites, day: list[Paper], runs: int) -> dict[str, list[Run]]:
    """Return what later builds take: with nothing changed, with a day more, with one template changed."""
    found = {f"{name}, nothing changed": [run(work) for _ in range(runs)] for name, work in works.items()}
    contents = (sites.minimal, sites.default)
    for content in contents:
        write_day(day, content)
    found |= {f"{name}, a day added": [run(work)] for name, work in works.items()}
    for content in contents:
        _vote(content)
    found |= {f"{name}, a vote on the oldest paper": [run(work)] for name, work in works.items()}
    for content in contents:
        (template,) = content.parent.glob(f"templates/*/{TEMPLATE}")
        template.write_text(template.read_text(encoding="utf-8") + "{# changed #}", encoding="utf-8")
    found |= {f"{name}, the template of days changed": [run(work)] for name, work in works.items()}
    return found


def _run_large(folder: Path, count: int, jobs: int) -> Run:
    content = folder / "large" / "content"
    write_content(make_papers(count), content, f"{SITE}theme: bench\n")
    shutil.copytree(HERE / "theme", content.parent / "templates" / "bench")
    return run([sys.executable, HERE / "small_site.py", content, folder / "large" / "output", "--jobs", str(jobs)])


def _later_of_large(content: Path, count: int, jobs: int, runs: int) -> dict[str, list[Run]]:
    """Return what the default pages of a large archive take: all of them, nothing changed, a day more, a vote more."""
    whole_days = -(-count // A_DAY) * A_DAY
    papers = make_papers(whole_days + runs * A_DAY)
    write_content(papers[:count], content, SITE)
    output = content.parent / "output"
    work = [BIN / "broadsheet", "build", "--content", content, "--output", output, "--jobs", str(jobs)]
    found = {"cold": [run(work)], "nothing changed": [run(work) for _ in range(runs)]}
    found |= {"a day added": [], "a vote on the oldest paper": []}
    for start in range(whole_days, len(papers), A_DAY):
        write_day(papers[start : start + A_DAY], content)
        found["a day added"].append(run(work))
        _vote(content)
        found["a vote on the oldest paper"].append(run(work))
    return {f"{count:,} papers, {DEFAULT}, {name}": taken for name, taken in found.items()}


def _vote(content: Path) -> None:
    """Let a reader vote for the first paper of the oldest list."""
    oldest = min((content / "papers").iterdir())
    first, *others = oldest.read_text(encoding="utf-8").splitlines()
    paper = json.loads(first)
    paper["upvotes"] = (paper["upvotes"] or 0) + 1
    oldest.write_text("\n".join([json.dumps(paper, ensure_ascii=False), *others, ""]), encoding="utf-8")


def _values(found: Run) -> tuple[float, float, float]:
    return found.wall, found.processor, found.memory


def _sizes(folder: Path) -> str:
    files = [file for file in folder.rglob("*") if file.is_file() and ".broadsheet" not in file.parts]
    return f"{len(files):,} | {sum(file.stat().st_size for file in files) / 1e6:.0f}"


def main() -> None:
    """Make the papers, run everything and remove it again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000, help="papers of one more build of ours; 0 for none")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=0, help="processes of ours; 0 takes as many as pay")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        measure(folder, options.papers, options.large, options.runs, options.jobs)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
