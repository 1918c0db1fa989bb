"""The whole program killed from outside at random moments: no torn site, and the next build repairs the rest.

`make torture KILLS=300` is the long form; it prints how many of the killed builds left the old and the new site.
"""

import random
import shutil
import subprocess
import time

import pytest

from tests.torture.conftest import BASE_URL, KILLS
from tests.torture.program import run, start
from tests.torture.whole import defects, tree_of

SEED = 20261121
SHORT = 4  # kills where no number is given


@pytest.mark.parametrize(
    ("is_cold", "jobs"), [(True, "1"), (False, "1"), (False, "2")], ids=["cold", "incremental", "two processes"]
)
def test_a_program_killed_at_random_moments_leaves_a_whole_site(tmp_path, versions, is_cold, jobs):
    old = {} if is_cold else run(versions.old_content, tmp_path / "before").tree
    output = tmp_path / "work" / "output"

    def prepare():
        shutil.rmtree(output.parent, ignore_errors=True)
        output.parent.mkdir()
        if not is_cold:
            shutil.copytree(tmp_path / "before", output)

    prepare()
    started = time.monotonic()
    new = run(versions.new_content, output, "--jobs", jobs).tree
    takes = time.monotonic() - started
    assert defects(old, BASE_URL) == defects(new, BASE_URL) == []
    assert len(new) > 300
    rng = random.Random(f"{SEED} {is_cold} {jobs}")  # noqa: S311
    left = {"old": 0, "new": 0}
    while sum(left.values()) < (KILLS or SHORT):
        prepare()
        process = start(versions.new_content, output, "--jobs", jobs)
        try:
            process.wait(timeout=rng.uniform(0, takes))
        except subprocess.TimeoutExpired:
            process.kill()
        if process.wait() == 0:
            continue
        tree = tree_of(output) if output.exists() else {}
        assert tree in (old, new)
        left["old" if tree == old else "new"] += 1
        assert run(versions.new_content, output).tree == new
        assert not (output / ".broadsheet" / "staged").exists()
        assert [file.name for file in output.parent.iterdir()] == ["output"]
    print(f"{sum(left.values())} killed: {left['old']} left the old site, {left['new']} the new; all were repaired")
