"""Bad inputs and the problems they cause: each folder in broken/ has a content folder and its problems.txt.

`pytest tests/test_broken.py --renew-broken` renews the problems; read the diff before you commit it.
"""

import shutil
from pathlib import Path

import pytest

from site_builder.build import build
from tests.conftest import NOW

BROKEN = Path(__file__).resolve().parent / "broken"
CASES = sorted(folder for folder in BROKEN.iterdir() if folder.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_input_is_reported_with_place_and_remedy_and_the_rest_is_kept(case, tmp_path, request):
    result = build(shutil.copytree(case / "content", tmp_path / "content"), tmp_path / "output", NOW)
    titles = sorted(paper.title for paper in result.papers.papers)
    told = "\n".join([*map(str, result.problems), "", *(f"kept: {title}" for title in titles), ""])
    expected = case / "problems.txt"
    if request.config.getoption("--renew-broken"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


def test_there_are_cases():
    assert len(CASES) > 10
