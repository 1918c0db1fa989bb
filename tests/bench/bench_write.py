"""Measure the last step: plain writing, a swap of folders, and renaming in place.

    python tests/bench/bench_write.py [--files N] [--folder DIR]

Writes a made-up site of N files of 15 kB below a new folder in DIR, in the ways and sizes of change that the table
names, and prints seconds of wall time and of processor time and the peak of memory so far. Nothing is rendered.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from site_builder.write import write_files  # noqa: E402
from site_builder.write.system_calls import flush  # noqa: E402
from tests.factories import Ready  # noqa: E402

SIZE = 15_000  # bytes
FOLDERS = 300  # beside the one that holds most files


def site(count: int, changed: int = 0) -> list[Ready]:
    """Return files whose first ones tell a build with changes from one without."""
    return list(_files(count, changed))


def _files(count: int, changed: int) -> Iterator[Ready]:
    for number in range(count):
        folder = "papers" if number % 10 < 7 else f"days/{number % FOLDERS}"
        text = f"{number} {'new' if number < changed else 'old'} ".encode()
        yield Ready(f"{folder}/{number}.html", text + b"x" * (SIZE - len(text)))


def write_plainly(files: Iterable[Ready], output: Path) -> None:
    """Write each file into its place, as most builders do."""
    for made in files:
        file = output / made.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made.value)


def measure(what: str, work: Callable[[], object]) -> None:
    began, used = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<42} {wall:>7.2f} {cpu:>7.2f} {memory:>7.0f}", flush=True)


def measure_writer(name: str, count: int, folder: Path) -> None:
    output = folder / name.split(maxsplit=1)[0]
    for changed, what in [(0, "all new"), (0, "nothing changed"), (10, "10 changed"), (500, "500 changed")]:
        measure(f"{name}, {what}", lambda n=changed: write_files(site(count, n), output))  # type: ignore[misc]
    half = count // 2
    measure(f"{name}, half removed", lambda: write_files(site(half, 500), output))
    flush(folder)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        print(f"{f'{options.files} files':<42} {'wall s':>7} {'cpu s':>7} {'MiB':>7}")
        measure("plain writing", lambda: write_plainly(site(options.files), folder / "plain"))
        measure("  and one flush to the disk", lambda: flush(folder))
        measure_writer("swap", options.files, folder)
        with mock.patch("site_builder.write.commit.make_swap", lambda *_: None):
            measure_writer("rename in place", options.files, folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
