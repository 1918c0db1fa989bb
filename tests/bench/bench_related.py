"""What finding the related papers of 10,000 takes: cold, after a day of 30 papers more, and with nothing changed.

`python tests/bench/bench_related.py [PAPERS]` makes the papers as `bench.py` does, lets each build be a process of its
own, five times in turn, and prints the median of the processor seconds that finding takes, what it imports included.
The later builds find what a build without a cache finds, or the program stops.
"""

import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from papers import A_DAY, make_papers, write_content

from site_builder.catalogue import make_catalogue
from site_builder.catalogue.related import relate
from site_builder.collection import collect_rarely
from site_builder.config.settings import Settings
from site_builder.papers import make_papers as papers_of
from site_builder.problems import Problems
from site_builder.sources import read_sources
from site_builder.volumes.cache import Cache, NoCache

RUNS = 5
KEY = b"k" * 32
TAGS = "no cache, tags alone"


def find(content: Path, cache: Path | None, way: str) -> str:
    """Return the processor seconds of one run, and a fingerprint of what it found."""
    problems = Problems()
    sources = read_sources(content, problems)
    made = make_catalogue(papers_of(sources, Settings(), problems), sources, Settings(related="none"), problems)
    collect_rarely()
    kept = Cache(cache, KEY) if cache else NoCache()
    began = time.process_time()
    found = relate(made.papers, made.tags_of, Settings(related=way), kept)
    kept.close()
    spent = time.process_time() - began
    told = [(id, [(each.paper.id, each.shared) for each in group]) for id, group in found.items()]
    return f"{spent} {hashlib.sha256(repr(told).encode()).hexdigest()}"


def run(content: Path, cache: Path | str, way: str = "words") -> tuple[float, str]:
    """Return what `find` does in a process of its own."""
    command = [sys.executable, __file__, "--find", str(content), str(cache), way]
    seconds, found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), found


def main(count: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        papers = make_papers(count + A_DAY)
        contents = {size: folder / f"content-{size}" for size in (count, len(papers))}
        for size, content in contents.items():
            write_content(papers[:size], content, "title: Bench\nbase_url: https://bench.example\n")
        clean = {size: run(content, "")[1] for size, content in contents.items()}
        works = {"cold": count, "a day added": len(papers), "nothing changed": len(papers)}
        taken: dict[str, list[float]] = {}
        for number in range(RUNS):
            for work, size in works.items():
                seconds, found = run(contents[size], folder / f"cache-{number}")
                if found != clean[size]:
                    raise SystemExit(f"{work}: not what a build without a cache finds")
                taken.setdefault(work, []).append(seconds)
            taken.setdefault(TAGS, []).append(run(contents[count], "", "tags")[0])
    print(f"{count:,} papers\n\n| related papers | processor s |\n|---|---|")
    for work, seconds in taken.items():
        print(f"| {work} | {median(seconds):.2f} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--find"]:
        print(find(Path(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3] else None, sys.argv[4]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
