"""Same input, same bytes: whatever the machine's zone, locale, hash seed or folder order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def build_with(environment, output):
    settings = {"SOURCE_DATE_EPOCH": "1795262400", "PATH": os.environ["PATH"], **environment}
    command = [sys.executable, "-m", "site_builder", "build", "--content", ROOT / "content", "--output", output]
    subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True)
    files = (file for file in output.rglob("*") if file.is_file() and ".broadsheet" not in file.parts)
    return {file.relative_to(output).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
    ],
)
def test_builds_in_unlike_surroundings_are_equal_byte_for_byte(tmp_path, environment):
    here = build_with({"TZ": "UTC", "PYTHONHASHSEED": "0"}, tmp_path / "here")
    there = build_with(environment, tmp_path / "there")
    assert sorted(here) == sorted(there)
    assert [path for path in here if here[path] != there[path]] == []


def test_the_order_of_files_in_a_folder_does_not_matter(tmp_path, monkeypatch, build_site):
    lists = "".join(f"-- {name}.yaml --\n- {{title: Paper {name}, listed: 2026-05-27}}\n" for name in "abc")
    site = build_site(lists)
    before = {path: (site.output / path).read_bytes() for path in site.paths}
    walk = os.walk
    monkeypatch.setattr(os, "walk", lambda top: ((folder, f[::-1], names[::-1]) for folder, f, names in walk(top)))
    site = build_site(site.content)
    assert {path: (site.output / path).read_bytes() for path in site.paths} == before
    assert site.result.written.written == 0
