"""Same input, same bytes, for any time zone, locale, hash seed, Python, directory order and number of processes."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EPOCH = "1795262400"
PYTHONS = ("3.11", "3.12", "3.13")
ASK = "import math_core, nh3, sys; print('%d.%d' % sys.version_info[:2])"


def build_with(environment, content, output, *options, python=sys.executable):
    settings = {"SOURCE_DATE_EPOCH": EPOCH, "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment}
    command = [python, "-m", "site_builder", "build", "--content", content, "--output", output, *options]
    subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True)
    files = (file for file in output.rglob("*") if file.is_file() and ".broadsheet" not in file.parts)
    return {file.relative_to(output).as_posix(): file.read_bytes() for file in files}


def expect_equal(there, here):
    assert sorted(here) == sorted(there)
    assert [path for path in here if here[path] != there[path]] == []


@pytest.fixture(scope="module")
def here(tmp_path_factory, sample_content):
    """Return the files of the sample site as built in this environment."""
    environment = {"TZ": "UTC", "PYTHONHASHSEED": "0"}
    return build_with(environment, sample_content, tmp_path_factory.mktemp("here") / "output")


@pytest.mark.parametrize(
    ("environment", "jobs"),
    [
        ({"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, "2"),
        ({"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"}, "1"),
        ({"TZ": "Asia/Kathmandu", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONOPTIMIZE": "1", "COLUMNS": "20"}, "4"),
    ],
)
def test_builds_in_unlike_surroundings_and_by_several_processes_are_equal_byte_for_byte(
    tmp_path, sample_content, here, environment, jobs
):
    expect_equal(build_with(environment, sample_content, tmp_path / "there", "--jobs", jobs), here)


@pytest.mark.parametrize("wanted", PYTHONS)
def test_builds_by_other_releases_of_python_are_equal_byte_for_byte(tmp_path, sample_content, here, wanted):
    """BROADSHEET_PYTHONS lists interpreters with the locked dependencies, separated by `:`."""
    named = os.environ.get("BROADSHEET_PYTHONS", "").split(":")
    pythons = [python for python in named if python and answer(python) == wanted]
    if answer(sys.executable) == wanted:
        pytest.skip("the Python that all other builds here are made with")
    if not pythons:
        pytest.skip(f"no Python {wanted} with the dependencies; name one in BROADSHEET_PYTHONS")
    expect_equal(build_with({}, sample_content, tmp_path / "there", python=pythons[0]), here)


def answer(python):
    return subprocess.run([python, "-c", ASK], capture_output=True, text=True, check=False).stdout.strip()


def test_neither_the_moment_of_the_build_nor_the_order_of_a_folder_on_the_disk_shows(tmp_path, sample_content, here):
    """Feeds have no entry later than the build: an earlier build lacks the newest, a later one is the same."""
    later = {"SOURCE_DATE_EPOCH": str(int(EPOCH) + 86_400 * 500)}
    content = tmp_path / "content"
    files = sorted((file for file in sample_content.rglob("*") if file.is_file()), reverse=True)
    for file in files:
        copy = content / file.relative_to(sample_content)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        os.utime(copy, (1, 1))
    expect_equal(build_with(later, content, tmp_path / "there"), here)


def test_the_order_in_which_files_are_found_does_not_matter(tmp_path, monkeypatch, build_site):
    lists = "".join(f"-- {name}.yaml --\n- {{title: Paper {name}, listed: 2026-05-27}}\n" for name in "abc")
    site = build_site(lists)
    before = {path: (site.output / path).read_bytes() for path in site.paths}
    walk = os.walk
    monkeypatch.setattr(
        os, "walk", lambda top, **options: ((at, f[::-1], names[::-1]) for at, f, names in walk(top, **options))
    )
    site = build_site(site.content)
    assert {path: (site.output / path).read_bytes() for path in site.paths} == before
    assert site.result.written.written == 0


def test_the_bytes_rest_on_the_locked_releases_of_what_writes_them():
    """Other releases may write other bytes; only the lock makes two machines equal."""
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in ("markdown", "math-core", "nh3", "jinja2", "feedgen", "lxml", "orjson", "css-inline"):
        assert f"\n{name}=={version(name)} " in f"\n{locked}", name
