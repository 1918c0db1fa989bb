"""Test a random sample of the mutants of each room: `python -m tests.mutants COUNT SEED [ROOM ...]`.

mutmut makes the mutants and runs, for each, the tests that call the changed function (`[tool.mutmut]` in
`pyproject.toml`). This module draws the sample, shows the survivors and computes the rate. As a pytest plugin, it runs
the tests of the room first, fastest first, and limits the total time.
"""

import ast
import json
import os
import random
import subprocess
import sys
from itertools import accumulate, chain
from pathlib import Path

import pytest

MUTMUT = Path(sys.executable).with_name("mutmut")
ROOMS = ("papers", "catalogue", "pages", "write", "commands.publish")
# Running a few makes mutmut create all mutants and learn which test calls what.
FEW = "site_builder.write.folders.x_remove_empty_folders__*"
NOTICED = {"killed", "timeout", "segfault", "suspicious"}
FOLDER = Path("mutants")
STATS = Path("mutmut-stats.json")  # in FOLDER, where the tests of the mutants run
MEASURING = {"stats", "list_all_tests"}  # phases of mutmut before it knows how long tests take
SECONDS = 60  # maximum time of the tests for one mutant


def run(*mutants: str) -> set[str]:
    """Run the tests of some mutants; return those that crashed mutmut itself, which count as noticed."""
    os.environ["PYTHONPATH"] = str(FOLDER.resolve())  # contains this plugin, too
    crashed: set[str] = set()
    waiting = list(mutants)
    while waiting:
        done = subprocess.run([MUTMUT, "run", "--max-children", "1", *waiting], check=False)
        if done.returncode >= 0:
            done.check_returncode()
            break
        known = statuses()
        waiting = [mutant for mutant in waiting if known[mutant] == "not checked"]
        crashed.update(waiting[:1])
        waiting = waiting[1:]
    return crashed


def statuses() -> dict[str, str]:
    """Return name → status of each mutant."""
    said = subprocess.run([MUTMUT, "results", "--all", "true"], check=True, capture_output=True, text=True).stdout
    return dict(line.strip().split(": ") for line in said.splitlines())


def survivor(mutant: str) -> str:
    """Return the location and the diff of a mutant."""
    said = subprocess.run([MUTMUT, "show", mutant], check=True, capture_output=True, text=True).stdout
    head, _, change = said.partition("\n@@")
    file = Path(head.rsplit("+++ ", 1)[1].strip())
    lines = change.splitlines()[1:]
    name = mutant.rpartition("__mutmut_")[0].rpartition(".")[2]
    name = name.rpartition("ǁ")[2] if "ǁ" in name else name.removeprefix("x_")
    removed = [line[1:].strip() for line in lines if line.startswith("-")]
    text = file.read_text(encoding="utf-8")
    begin = next(node.lineno for node in ast.walk(ast.parse(text)) if getattr(node, "name", "") == name)
    numbered = enumerate(text.splitlines()[begin - 1 :], begin)
    line = next((number for number, each in numbered if each.strip() == removed[0]), begin)
    changed = "\n".join(line for line in lines if line[:1] in "-+")
    return f"{file}:{line}: {mutant.rpartition('.')[2]}\n{changed}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the mutant's own room first, sort by duration, and keep as many as the time allows."""
    mutant = os.environ.get("MUTANT_UNDER_TEST", "stats")
    if mutant not in MEASURING:
        took = json.loads(STATS.read_text(encoding="utf-8"))["duration_by_test"]
        room = "".join(mutant.split(".")[1:2])
        own = (f"tests/{room}/", f"tests/test_{room}.py")
        items.sort(key=lambda item: (not item.nodeid.startswith(own), took.get(item.nodeid, 0)))
        sums = accumulate(took.get(item.nodeid, 0) for item in items)
        items[:] = [item for item, seconds in zip(items, sums, strict=True) if seconds <= SECONDS]


def main(count: int, seed: int, rooms: list[str]) -> None:
    """Print the survivors of a sample of each room, and the share that the tests noticed."""
    FOLDER.mkdir(exist_ok=True)
    run(FEW)
    chance = random.Random(seed)  # noqa: S311
    samples = {}
    for room in rooms:
        names = sorted(name for name in statuses() if name.startswith(f"site_builder.{room}."))
        samples[room] = chance.sample(names, min(count, len(names)))
    crashed = run(*chain.from_iterable(samples.values()))
    known = statuses()
    rates = []
    for room, sample in samples.items():
        survivors = [name for name in sample if known[name] not in NOTICED and name not in crashed]
        print(*(f"{survivor(name)}\n" for name in survivors), sep="\n")
        noticed = len(sample) - len(survivors)
        rates.append(f"{room}: {noticed} of {len(sample)} noticed, {noticed / len(sample):.0%}")
    print(*rates, sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or list(ROOMS))
