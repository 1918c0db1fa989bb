"""Measure a build on a cluster: what the build's own process does, what workers do, and what the bucket is asked.

    python tests/bench/bench_cluster.py [--papers N] [--workers N] [--folder DIR]

Builds N papers, 3,000 unless another number is given, on a scheduler and workers on loopback into a storage that keeps
all in memory, adds a day of 30, builds again, and prints what each paper took, and what three million would. Nothing
here is a test.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import obstore
import psutil
from papers import A_DAY, make_papers, write_content, write_day

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from site_builder.commands import cluster as line  # noqa: E402
from site_builder.volumes.cache import open_cache  # noqa: E402
from tests.commands.clusters import Machines, serving  # noqa: E402
from tests.commands.places import BucketPlace  # noqa: E402

SITE = "title: Bench\ntagline: New papers, day by day\nbase_url: https://bench.example\n"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MANY = 3_000_000
WRITES, READS = ("PUT", "COPY", "LIST"), ("GET", "HEAD")
DOLLARS = {
    "writes": 0.005 / 1000,
    "reads": 0.0004 / 1000,
    "hour": 0.05,
    "gigabyte": 0.023,
}  # see content/pages/cluster.md
WORKERS = 32  # that three million papers are built by


def serve() -> None:
    """Serve a storage; for each line of the standard input print how often it was asked for what since the last one."""
    with serving() as storage:
        print(storage.address, flush=True)
        for _ in sys.stdin:
            print(json.dumps(Counter(storage.asked)), flush=True)
            storage.asked.clear()


class Bench:
    """A cluster, and what building on it takes."""

    def __init__(self, folder: Path, address: str, machines: Machines) -> None:
        self.content = folder / "content"
        self.machines = machines
        self.bucket = BucketPlace(address, "bench")
        os.environ.update(self.bucket.environment)
        self.sent = 0
        pieces = line._pieces

        def counted(*words: Any) -> Iterator[bytes]:
            for piece in pieces(*words):
                self.sent += len(piece)
                yield piece

        line._pieces = counted

    def build(self, what: str, papers: int) -> dict[str, Any]:
        """Build, print what each step took of this process, and return the sums."""
        self.sent, steps = 0, {}
        began, used = time.perf_counter(), time.process_time()
        before = [sum(psutil.Process(each.pid).cpu_times()[:2]) for each in self.machines.workers]

        def on_step(step: str) -> None:
            nonlocal used
            now = time.process_time()
            steps[step], used = now - used, now

        cache = open_cache(self.content)
        target, address = self.bucket.target, self.machines.address
        built = line.build_on_cluster(
            self.content, target, address, self.bucket.environment, NOW, cache=cache, on_step=on_step
        )
        cache.close()
        after = [sum(psutil.Process(each.pid).cpu_times()[:2]) for each in self.machines.workers]
        took = {
            "wall": time.perf_counter() - began,
            "steps": steps,
            "workers": sum(after) - sum(before),
            "sent": self.sent,
            "counts": built.counts,
        }
        print(
            f"\n## {what}: {papers:,} papers, {took['wall']:.0f} s, {built.counts} files written, as they were, removed"
        )
        print(f"workers: {took['workers']:.1f} s of processor, {took['workers'] / papers * 1000:.2f} ms a paper")
        for step, seconds in steps.items():
            print(f"this process, {step:12} {seconds:8.2f} s {seconds / papers * 1000:8.3f} ms a paper")
        print(f"sent to workers: {self.sent / 1e6:.1f} MB, {self.sent / papers / 1000:.1f} kB a paper")
        return took

    def memory(self) -> list[float]:
        """Return the largest memory that each worker had, in MB."""
        return [_peak(each.pid) for each in self.machines.workers]


def _peak(pid: int) -> float:
    for row in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if row.startswith("VmHWM:"):
            return int(row.split()[1]) / 1000
    return 0.0


@dataclass
class StorageProcess:
    """A storage in a process of its own, so that its work is not taken for that of the build."""

    process: subprocess.Popen[str]
    address: str

    def asked(self) -> Counter[str]:
        """Return how often it was asked for what since the last time."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return Counter(json.loads(self.process.stdout.readline()))


@contextmanager
def storage_process() -> Iterator[StorageProcess]:
    command = [sys.executable, "-W", "ignore", __file__, "--serve"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        yield StorageProcess(server, server.stdout.readline().strip() if server.stdout else "")
        server.kill()


def extrapolate(took: dict[str, Any], asked: Counter[str], papers: int, size: int, client: float) -> None:
    """Print what three million papers would take, each figure as it is made of those measured."""
    alone = sum(took["steps"].values())
    hours = {"this process": alone / papers * MANY / 3600, "workers": took["workers"] / papers * MANY / 3600}
    writes, reads = (sum(asked[kind] for kind in kinds) / papers * MANY for kinds in (WRITES, READS))
    gigabytes = size / papers * MANY / 1e9
    wall = hours["this process"] + hours["workers"] / WORKERS
    print(f"\n## {MANY:,} papers, each as one of these {papers:,}; memory above that of the empty program")
    print(f"this process: {hours['this process']:.1f} hours of one processor, {client / papers * MANY / 1000:.0f} GB")
    print(
        f"workers: {hours['workers']:.1f} hours of processors; with {WORKERS} of them {hours['workers'] / WORKERS:.2f}"
    )
    print(f"from beginning to end, where one waits for the other: {wall:.1f} hours")
    print(f"requests: {writes / 1e6:.1f} million that write or list, {reads / 1e6:.1f} million that read")
    print(f"site: {gigabytes:.0f} GB; while it is built twice as much")
    money = {
        "requests": writes * DOLLARS["writes"] + reads * DOLLARS["reads"],
        "machines": (WORKERS + 4) * wall * DOLLARS["hour"],
        "storage, a month": gigabytes * DOLLARS["gigabyte"],
    }
    for what, dollars in money.items():
        print(f"{what}: {dollars:.2f} dollars")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=3000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--serve", action="store_true")
    options = parser.parse_args()
    if options.serve:
        serve()
        return
    papers = make_papers(options.papers + A_DAY)
    with tempfile.TemporaryDirectory(dir=options.folder) as name, storage_process() as storage:
        folder = Path(name)
        write_content(papers[: options.papers], folder / "content", SITE)
        machines = Machines(folder, storage.address)
        try:
            for _ in range(options.workers):
                machines.start_worker()
            bench = Bench(folder, storage.address, machines)
            storage.asked()
            empty = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
            cold = bench.build("the first build", options.papers)
            asked = storage.asked()
            client = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
            peaks = ", ".join(f"{each:.0f}" for each in bench.memory())
            print(f"memory: this process {client:.0f} MB, workers {peaks} MB\nasked: {dict(asked)}")
            store = line.Bucket(bench.bucket.target, bench.bucket.environment)._store
            size = sum(meta["size"] for metas in obstore.list(store) for meta in metas)
            write_day(papers[options.papers :], folder / "content")
            storage.asked()
            bench.build("a day more", options.papers + A_DAY)
            print(f"asked: {dict(storage.asked())}")
        finally:
            machines.stop()
    extrapolate(cold, asked, options.papers, size, client - empty)


if __name__ == "__main__":
    main()
