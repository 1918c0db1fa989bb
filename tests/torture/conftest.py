"""Two versions of one site, rendered by the whole line: what was, and what is to be."""

import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

import pytest

from site_builder.build import build
from site_builder.write import WriteResult
from site_builder.write.staging import File
from tests.conftest import NOW, write_content
from tests.factories import Ready

KILLS = int(os.environ.get("BROADSHEET_TORTURE", "0"))  # the long form, by `make torture`; 0 is the short one
BASE_URL = "https://torture.example/digest"
DAYS = [date(2026, 5, 1) + timedelta(days=number) for number in range(9)]


@dataclass(frozen=True)
class Versions:
    """Content folders and rendered files of the old and the new site; the pickles hold the same files."""

    old_content: Path
    new_content: Path
    old: list[Ready]
    new: list[Ready]
    old_pickle: Path
    new_pickle: Path


def content_of(days: list[date], title: str) -> str:
    """Return a content folder with four papers a day, whose tags and organisations tie them together."""
    lists = []
    for day in days:
        papers = "".join(
            f"- title: {title} {day.day}.{number}\n  arxiv: 26{day.day:02}.0{number:04}\n  upvotes: {number}\n"
            f"  organization: Lab {day.day % 3}\n  tags: [tag {number}, tag {day.day % 2}]\n"
            f"  abstract: A cloud of day {day.day} counted by method {number}.\n"
            for number in range(4)
        )
        lists.append(f"-- papers/{day}.yaml --\nlisted: {day}\npapers:\n{papers}")
    return f"-- site.yaml --\ntitle: Torture\nbase_url: {BASE_URL}\nexports: [bib, ris, csl, md]\n" + "".join(lists)


def rendered(content: Path) -> list[Ready]:
    """Return what a build of the content would write."""
    files: list[Ready] = []

    def take(made: Sequence[File], _: Path, **options: object) -> WriteResult:
        files.extend(Ready(file.path, file.content()) for file in made)
        return WriteResult(0, 0, 0, (), {})

    with mock.patch("site_builder.build.write_files", take):
        build(content, content.parent / "nowhere", NOW)
    return files


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """The new site has a day more and one less than the old, and other titles."""
    folder = tmp_path_factory.mktemp("versions")
    for name, days, title in [("old", DAYS[:8], "Sparse Clouds"), ("new", DAYS[1:], "Dense Clouds")]:
        write_content(folder / name, content_of(days, title))
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(rendered(folder / name)))
    old, new = (pickle.loads((folder / f"{name}.pickle").read_bytes()) for name in ("old", "new"))  # noqa: S301
    return Versions(folder / "old", folder / "new", old, new, folder / "old.pickle", folder / "new.pickle")
