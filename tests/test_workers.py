"""Rendering in several processes: the same bytes and the same errors."""

import os
import select
import signal
import subprocess
import sys
import time
from multiprocessing import get_context

import pytest

from site_builder.build import build
from site_builder.problems import BuildError
from site_builder.volumes import workers
from site_builder.volumes.workers import LEAST_PAGES, spread_over, workers_for
from tests.conftest import NOW, write_content

forks = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

LISTS = "".join(
    f"-- papers/2026-05-{day:02}.yaml --\n"
    + "".join(f"- {{title: Paper {day} {number}, tags: [Vision]}}\n" for number in range(6))
    for day in range(1, 15)
)


def files_of(folder):
    files = [file for file in folder.rglob("*") if file.is_file() and ".broadsheet" not in file.parts]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@forks
@pytest.mark.parametrize("jobs", [2, 3])
def test_a_site_is_the_same_however_many_processes_render_it(tmp_path, jobs):
    write_content(tmp_path / "content", LISTS)
    for name, count in (("alone", 1), ("together", jobs)):
        build(tmp_path / "content", tmp_path / name, NOW, jobs=count)
    alone, together = (files_of(tmp_path / name) for name in ("alone", "together"))
    assert len(alone) > 2 * workers.MIN_CHUNK
    assert together == alone


@forks
def test_a_template_that_breaks_in_a_worker_is_told_as_it_is_without_one(tmp_path):
    write_content(tmp_path / "content", LISTS)
    broken = tmp_path / "templates" / "default" / "partials" / "card.html"
    broken.parent.mkdir(parents=True)
    broken.write_text("{{ nothing_of_this_name }}", encoding="utf-8")
    told = []
    for jobs in (1, 2):
        with pytest.raises(BuildError) as error:
            build(tmp_path / "content", tmp_path / "output", NOW, jobs=jobs)
        told.append(str(error.value))
    assert "card.html:1" in told[0]
    assert told[0] == told[1]


@forks
def test_the_workers_do_the_work_and_this_process_helps():
    items = list(range(301))
    here = []

    def double(some):
        here.extend(some)
        return [item * 2 for item in some]

    done = list(spread_over(2, chunk=10)(double, items))
    assert sorted((start + place, result) for start, some in done for place, result in enumerate(some)) == [
        (item, item * 2) for item in items
    ]
    assert here[0] == 300
    assert 0 not in here


@forks
def test_nothing_more_is_begun_when_nobody_takes_what_is_done():
    done = get_context("fork").Value("i", 0)

    def count(some):
        time.sleep(0.001)
        with done:
            done.value += len(some)
        return []

    chunks = spread_over(2, chunk=10)(count, range(10_000))
    next(iter(chunks))
    chunks.close()
    assert done.value < 10_000


@forks
def test_a_worker_that_is_killed_stops_the_build_with_a_word_on_what_to_do():
    parent = os.getpid()

    def die(items):
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.001)
        return []

    with pytest.raises(BuildError, match="Try --jobs 1"):
        list(spread_over(1, chunk=10)(die, range(10_000)))


KILL_AN_IDLE_WORKER = """
import os, sys, time
from contextlib import suppress
from multiprocessing import active_children
from site_builder.problems import BuildError
from site_builder.volumes.workers import spread_over

parent, victim = os.getpid(), int(sys.argv[1])

def work(items):
    if os.getpid() == parent:
        time.sleep(0.2)
        children = sorted(active_children(), key=lambda child: child.pid)
        for child in children[victim : victim + 1]:
            child.kill()
        time.sleep(0.2)
    return []

with suppress(BuildError):
    list(spread_over(3, chunk=1)(work, range(6)))
print("ended")
"""


@pytest.mark.parametrize("victim", ["0", "1", "2"])
def test_an_idle_worker_that_is_killed_ends_the_build_too(victim):
    """An idle worker may hold the lock that all others wait for."""
    command = [sys.executable, "-W", "ignore", "-c", KILL_AN_IDLE_WORKER, victim]
    assert subprocess.run(command, check=True, capture_output=True, timeout=60).stdout == b"ended\n"


KILL_THE_PARENT = """
import os, signal, time
from multiprocessing import active_children
from site_builder.volumes.workers import spread_over

parent = os.getpid()

def work(items):
    if os.getpid() == parent:
        print(*(child.pid for child in active_children()), flush=True)
        os.kill(parent, signal.SIGKILL)
    time.sleep(60)
    return []

list(spread_over(2, chunk=1)(work, range(6)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends processes with their parent")
def test_workers_end_with_the_process_that_began_them():
    command = [sys.executable, "-W", "ignore", "-c", KILL_THE_PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        workers = list(map(int, parent.stdout.readline().split()))
        assert len(workers) == 2
        assert parent.wait(timeout=60) == -signal.SIGKILL
        # The pipe is closed when the last process that has it open ends.
        assert select.select([parent.stdout], [], [], 30)[0]
        assert parent.stdout.read() == ""


def test_small_sites_are_rendered_in_one_process():
    assert workers_for(LEAST_PAGES - 1) == 1
    assert workers_for(LEAST_PAGES) >= 1
