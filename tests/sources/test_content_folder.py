"""Files of a content folder that are read: its own, but no links out of it and no endless files."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.problems import Problems
from site_builder.sources import read_sources
from tests.conftest import write_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_content(tmp_path / "content", "-- lists/good.yaml --\n- title: Good\n")
    write_content(tmp_path / "elsewhere", "-- secret.yaml --\n- title: Secret\n")
    return tmp_path / "content"


def read(content: Path) -> tuple[list[str], list[str]]:
    """Return the titles of the records, and the problems."""
    problems = Problems()
    records = read_sources(content, problems).records
    return [record.fields["title"] for record in records], [str(problem) for problem in problems]


LEADS_OUT = "a.yaml: is a link that leads out of the content folder; put the files themselves here; it is not followed"


@pytest.mark.parametrize("target", ["../elsewhere/secret.yaml", "/etc/passwd", "/dev/zero", "/dev/stdin"])
def test_a_link_that_leads_out_is_not_followed(content: Path, target: str) -> None:
    (content / "a.yaml").symlink_to(target)
    assert read(content) == (["Good"], [LEADS_OUT])


def test_a_link_that_leads_out_over_another_is_not_followed(content: Path) -> None:
    (content / "one").symlink_to("../elsewhere/secret.yaml")
    (content / "a.yaml").symlink_to("one")
    titles, problems = read(content)
    assert titles == ["Good"]
    assert LEADS_OUT in problems


@pytest.mark.parametrize("target", ["../elsewhere", "lists", ".", ".."])
def test_a_link_to_a_folder_is_told_and_not_followed(content: Path, target: str) -> None:
    (content / "a").symlink_to(target)
    told = "a: is a link to a folder; put the files themselves here; it is not followed"
    assert read(content) == (["Good"], [told])


def test_a_link_to_a_file_of_the_folder_is_read(content: Path) -> None:
    (content / "a.yaml").symlink_to("lists/good.yaml")
    assert read(content) == (["Good", "Good"], [])


@pytest.mark.parametrize("target", ["a.yaml", "b.yaml", "nowhere.yaml"])
def test_a_link_that_leads_nowhere_is_told(content: Path, target: str) -> None:
    (content / "a.yaml").symlink_to(target)
    (content / "b.yaml").symlink_to("a.yaml")
    titles, problems = read(content)
    assert titles == ["Good"]
    assert len(problems) == 2


@pytest.mark.parametrize("make", [os.mkfifo, lambda file: os.mknod(file, 0o140600)], ids=["pipe", "socket"])
def test_a_pipe_that_nobody_writes_to_stops_nothing(content: Path, make: Callable[[Path], None]) -> None:
    make(content / "a.yaml")
    assert read(content) == (["Good"], ["a.yaml: is no file but a device or a pipe; remove it; it is not read"])


def test_the_content_folder_itself_may_be_a_link(content: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("content")
    assert read(tmp_path / "link") == (["Good"], [])
