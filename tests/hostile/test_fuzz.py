"""A short run of the fuzzer over its kept corpus; `make fuzz` runs it for as long as one likes."""

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("atheris", reason="atheris has no wheel for this Python")

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(__file__).parent / "corpus"
RUNS = 500
MEMORY = 2048  # MiB


def test_the_fuzzer_finds_nothing_in_a_short_run(tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # counts as a child's peak, too
    bounds = ["-max_len=4096", f"-rss_limit_mb={MEMORY + own}"]
    options = [f"-runs={RUNS}", "-seed=1", *bounds, f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.fuzz", str(tmp_path / "corpus"), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"Done {RUNS} runs" in done.stderr
