"""Measure how many files and bytes a site of default settings takes, and what a day more changes of it.

    python tests/bench/bench_size.py [--papers N]... [--days N] [--folder DIR] [--settings YAML]

Builds N papers, 4,000 and 10,000 unless other counts are given, adds days of 30 one after the other, builds each time,
and prints Markdown tables: what is published by kind, what `broadsheet publish` would upload for each day, and that of
the heaviest by kind. Nothing here is a test.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from fnmatch import fnmatchcase
from pathlib import Path

import orjson
from papers import A_DAY, Paper, make_papers

ROOT = Path(__file__).resolve().parents[2]
SITE = "title: Bench\ntagline: New papers, day by day\nbase_url: https://bench.example\n"
KINDS = {
    "assets/*": "styles, scripts, icons",
    "papers/*.html": "pages of papers",
    "papers/*": "cards and files beside papers",
    "days/*.html": "pages of days, weeks and months",
    "weeks/*.html": "pages of days, weeks and months",
    "months/*.html": "pages of days, weeks and months",
    "tags/*.html": "pages of tags and organisations",
    "organizations/*.html": "pages of tags and organisations",
    "*.png": "cards of days, weeks and tags",
    "api/*": "data",
    "feeds/*": "feeds",
    "mail/*": "mails",
    "search/*": "search",
    "pagefind/*": "search",
    "sitemap*": "sitemaps",
}
ALL = "**all**"


@dataclass(slots=True)
class Size:
    """Some files: how many, their bytes, and those compressed."""

    files: int = 0
    plain: int = 0
    packed: int = 0

    def add(self, content: bytes) -> None:
        self.files += 1
        self.plain += len(content)
        self.packed += len(zlib.compress(content, 6))


def kind_of(path: str) -> str:
    """Return what a file of the site is; `*` stands for any steps of a path."""
    return next((kind for pattern, kind in KINDS.items() if fnmatchcase(path, pattern)), "everything else")


def write_lists(papers: Iterable[Paper], content: Path) -> None:
    """Write a list for each day, as a service would give it, and nothing that the bench's own tags would add."""
    days: dict[str, list[str]] = {}
    for paper in papers:
        kept = {name: value for name, value in paper.items() if name not in {"day", "tags"}}
        days.setdefault(paper["day"], []).append(orjson.dumps(kept).decode())
    for day, lines in days.items():
        (content / "papers" / f"{day}.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")


def build(content: Path, output: Path) -> None:
    """Build the site at noon of its newest day, as its editor would; raises CalledProcessError when it fails.

    Weeks and months that are not over have no entries in feeds then.
    """
    newest = max(file.stem for file in (content / "papers").iterdir())
    noon = datetime.combine(datetime.fromisoformat(newest), time(12), UTC)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}
    command = [Path(sys.executable).parent / "broadsheet", "build", "--content", content, "--output", output]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def read_site(output: Path) -> dict[str, bytes]:
    """Return what would be published, by path."""
    files = ((file, file.relative_to(output).as_posix()) for file in output.rglob("*") if file.is_file())
    return {path: file.read_bytes() for file, path in files if not path.startswith(".broadsheet/")}


def print_sizes(site: Mapping[str, bytes], count: int) -> None:
    """Print what is published, by kind and a paper."""
    sizes: dict[str, Size] = {}
    for path, content in site.items():
        for kind in (kind_of(path), ALL):
            sizes.setdefault(kind, Size()).add(content)
    print(f"\n| {count:,} papers | files | files a paper | MB | kB a paper |\n|---|---|---|---|---|")
    for kind, size in sorted(sizes.items(), key=lambda each: each[1].plain):
        mega, kilo = f"{size.plain / 1e6:.1f}", f"{size.plain / count / 1e3:.2f}"
        print(f"| {kind} | {size.files:,} | {size.files / count:.3f} | {mega} | {kilo} |")


@dataclass(frozen=True, slots=True)
class Upload:
    """What a day more changes, by kind and in all. removed: files that are no more."""

    day: str
    sizes: Mapping[str, Size]
    states: Mapping[tuple[str, str], int]
    removed: int

    @property
    def whole(self) -> Size:
        return self.sizes[ALL]


def upload_of(day: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Upload:
    """Return what a build changed."""
    sizes: dict[str, Size] = {}
    states: Counter[tuple[str, str]] = Counter()
    for path, content in after.items():
        if before.get(path) != content:
            state = "changed" if path in before else "added"
            for kind in (kind_of(path), ALL):
                sizes.setdefault(kind, Size()).add(content)
                states[kind, state] += 1
    return Upload(day, sizes, states, len(before.keys() - after.keys()))


def print_uploads(uploads: Sequence[Upload]) -> None:
    """Print each day, and the one of most bytes by kind."""
    print("\n| a day more | changed | added | removed | MB | MB compressed |\n|---|---|---|---|---|---|")
    for each in uploads:
        counts = f"{each.states.get((ALL, 'changed'), 0)} | {each.states.get((ALL, 'added'), 0)} | {each.removed}"
        print(f"| {each.day} | {counts} | {each.whole.plain / 1e6:.2f} | {each.whole.packed / 1e6:.2f} |")
    heaviest = max(uploads, key=lambda each: each.whole.packed)
    print(f"\n| {heaviest.day} | changed | added | MB | MB compressed |\n|---|---|---|---|---|")
    for kind, size in sorted(heaviest.sizes.items(), key=lambda each: each[1].plain):
        counts = f"{heaviest.states.get((kind, 'changed'), 0)} | {heaviest.states.get((kind, 'added'), 0)}"
        print(f"| {kind} | {counts} | {size.plain / 1e6:.2f} | {size.packed / 1e6:.2f} |")


def measure(folder: Path, count: int, days: int, settings: str) -> None:
    """Build, add the days one after the other, and print the tables."""
    content, output = folder / "content", folder / "output"
    whole_days = count // A_DAY * A_DAY
    papers = make_papers(whole_days + days * A_DAY)
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text(f"{SITE}{settings}\n", encoding="utf-8")
    shutil.copy(ROOT / "content" / "tags.yaml", content)
    write_lists(papers[:whole_days], content)
    build(content, output)
    before = read_site(output)
    print_sizes(before, whole_days)
    uploads = []
    for start in range(whole_days, len(papers), A_DAY):
        day = papers[start : start + A_DAY]
        write_lists(day, content)
        build(content, output)
        after = read_site(output)
        uploads.append(upload_of(day[0]["day"], before, after))
        before = after
    print_uploads(uploads)


def main() -> None:
    """Measure each count in a folder of its own and remove it again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, action="append", help="how many; may be given several times")
    parser.add_argument("--days", type=int, default=1, help="how many days more")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--settings", default="", help="further lines of site.yaml")
    options = parser.parse_args()
    for count in options.papers or (4_000, 10_000):
        folder = Path(tempfile.mkdtemp(dir=options.folder))
        try:
            measure(folder, count, options.days, options.settings)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
