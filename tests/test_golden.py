"""A small site, compared byte for byte with tests/golden/; `make golden` renews it."""

import shutil
from pathlib import Path

from site_builder.build import build
from tests.conftest import NOW

GOLDEN = Path(__file__).resolve().parent / "golden"


def files_of(folder):
    files = (file for file in folder.rglob("*") if file.is_file() and ".broadsheet" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_the_golden_site_is_as_it_was_last_looked_at(tmp_path):
    content = shutil.copytree(GOLDEN / "content", tmp_path / "content")  # a build records there what it published
    result = build(content, tmp_path / "output", NOW)
    assert [str(problem) for problem in result.problems] == []
    made, expected = files_of(tmp_path / "output"), files_of(GOLDEN / "expected")
    assert sorted(made) == sorted(expected)
    assert [path for path in made if made[path] != expected[path]] == []
