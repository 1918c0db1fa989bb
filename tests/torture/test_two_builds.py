"""Two builds of one folder at once, and requests to stop: one writer at a time, and nothing of a build outlives it."""

import random
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from site_builder.build import build
from site_builder.problems import BuildError
from site_builder.volumes.cache import FOLDER
from tests.conftest import NOW, write_content
from tests.torture.conftest import DAYS, content_of
from tests.torture.program import ROOT, run, start
from tests.torture.whole import tree_of

HOLD = """
import sys, time
from pathlib import Path
from site_builder.write.lock import locked
with locked(Path(sys.argv[1])) as lock:
    lock.announce()
    print("writing", flush=True)
    time.sleep(100)
"""


@pytest.fixture
def content(tmp_path):
    write_content(tmp_path / "content", "-- 2026-05-27.yaml --\n- title: Sparse Clouds\n")
    return tmp_path / "content"


@pytest.fixture
def writer(tmp_path):
    """A process that is writing to tmp_path/output."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path / "output"], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"writing\n"
    yield process
    process.kill()
    process.communicate()


def test_the_second_build_says_who_is_writing_and_leaves_everything_as_it_is(tmp_path, content, writer, monkeypatch):
    monkeypatch.setattr("site_builder.write.lock.PATIENCE", 0)
    expected = rf"is being written by another build \(process {writer.pid} on .+, since \d{{4}}-\d\d-\d\d .* UTC\)"
    with pytest.raises(BuildError, match=expected):
        build(content, tmp_path / "output", NOW)
    assert tree_of(tmp_path / "output") == {}


def test_the_second_build_waits_until_the_first_has_ended(tmp_path, content, writer):
    second = start(content, tmp_path / "output")
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(timeout=3)
    writer.terminate()
    assert second.wait(timeout=60) == 0
    assert "papers/sparse-clouds.html" in tree_of(tmp_path / "output")


def test_the_lock_of_a_killed_build_is_no_obstacle(tmp_path, content, writer):
    writer.kill()
    writer.wait()
    assert "process" in (tmp_path / "output/.broadsheet/lock").read_text()
    assert run(content, tmp_path / "output").code == 0
    assert (tmp_path / "output/.broadsheet/lock").read_text() == ""


@pytest.mark.parametrize(
    "name", [".broadsheet", *(f".broadsheet/{own}" for own in ("lock", "staged", "ledger.json", "search"))]
)
def test_links_among_the_files_of_the_builder_itself_are_not_followed(tmp_path, name):
    content, output, elsewhere = tmp_path / "content", tmp_path / "output", tmp_path / "elsewhere"
    write_content(content, content_of(DAYS[:1], "Sparse"))
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("mine")
    (elsewhere / "ledger.json").write_text("{}")
    place = output / name
    place.parent.mkdir(parents=True)
    is_folder = place.name in (".broadsheet", "staged", "search")
    place.symlink_to(elsewhere if is_folder else elsewhere / "mine")
    ended = run(content, output)
    assert ended.code == (0 if place.name == "search" else 2), ended.told
    assert len(ended.told) <= 1
    assert {file.name: file.read_text() for file in elsewhere.iterdir()} == {"mine": "mine", "ledger.json": "{}"}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("request_", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_leaves_a_whole_site_and_no_process(tmp_path, jobs, request_):
    """Ctrl-C reaches every process of the build; the other requests only the first."""
    contents, output = [tmp_path / "old", tmp_path / "new"], tmp_path / "output"
    for content, title in zip(contents, ["Sparse", "Dense"], strict=True):
        write_content(content, content_of(DAYS[:4], title))
    old = run(contents[0], output).tree
    shutil.copytree(output, tmp_path / "kept")
    started = time.monotonic()
    new = run(contents[1], output).tree
    takes = time.monotonic() - started
    rng = random.Random(f"{jobs} {request_}")  # noqa: S311
    for _ in range(2):
        shutil.rmtree(output)
        shutil.copytree(tmp_path / "kept", output)
        process = start(contents[1], output, "--jobs", jobs, temporary=tmp_path / "temporary")
        time.sleep(rng.uniform(0.4, 1.1) * takes)
        process.send_signal(request_, to_session=request_ == signal.SIGINT)
        told = process.communicate(timeout=60)[1]
        assert "Traceback" not in told
        assert process.returncode in (0, 128 + request_, -request_)  # the last before it has begun
        assert tree_of(output) in (old, new)
        assert living_in_session(process.pid) == []
        assert not (output / ".broadsheet" / "staged").exists()
        assert {file.name for file in tmp_path.iterdir()} <= {"old", "new", "output", "kept", FOLDER}
    assert run(contents[1], output).tree == new
    assert {file.name for file in tmp_path.iterdir()} == {"old", "new", "output", "kept", FOLDER}


def ignore_hangups(ready: Path) -> None:
    """Do what nohup does, and leave a file that says so."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    ready.touch()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_under_nohup_goes_on_when_its_terminal_is_closed(tmp_path, jobs):
    write_content(tmp_path / "content", content_of(DAYS, "Sparse"))
    began = time.monotonic()
    new = run(tmp_path / "content", tmp_path / "output").tree
    takes = time.monotonic() - began
    shutil.rmtree(tmp_path / "output")
    ready = tmp_path / "ready"
    prepare = partial(ignore_hangups, ready)
    process = start(tmp_path / "content", tmp_path / "output", "--jobs", jobs, prepare=prepare)
    while not ready.exists() and process.poll() is None:  # the first hangup would end it
        time.sleep(takes / 100)
    while process.poll() is None:
        time.sleep(takes / 20)
        process.send_signal(signal.SIGHUP, to_session=True)
    assert (process.returncode, process.communicate()[1]) == (0, "")
    assert tree_of(tmp_path / "output") == new


def living_in_session(session: int) -> list[str]:
    """Return the processes of a session that still run, a second after they were asked to end (Linux)."""
    deadline = time.monotonic() + 1
    while True:
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, _, rest = stat.read_text().rpartition(") ")
            except OSError:
                continue
            state, _, _, its_session, *_ = rest.split()
            if int(its_session) == session and state not in "ZX":
                found.append(name)
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.05)
