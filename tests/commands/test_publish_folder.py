"""What may be wrong with a folder that a site is published to."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from site_builder.write.manifest import MANIFEST
from tests.commands.places import FolderPlace
from tests.torture.whole import tree_of


@contextmanager
def read_only(folder):
    """Let nobody write into a folder, not even the system's administrator."""
    if os.getuid():
        folder.chmod(0o555)
    elif subprocess.run(["chattr", "+i", folder], capture_output=True, check=False).returncode:
        pytest.skip("this disk cannot forbid its administrator to write")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", folder], capture_output=True, check=False)
        folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_one_line_and_as_it_was(desk, tmp_path, versions):
    place = FolderPlace(tmp_path / "there")
    desk.publish(place)
    before, old = place.marks(), desk.site
    desk.become(versions[1])
    with read_only(place.folder):
        line = desk.refused(place)
        assert place.marks() == before
    assert f"{place.folder} cannot be written: " in line
    assert "the site in it is as it was" in line or "the site is as it was" in line
    assert place.tree() == old


def test_a_new_folder_in_one_that_cannot_be_written_is_one_line(desk, tmp_path):
    (tmp_path / "closed").mkdir()
    with read_only(tmp_path / "closed"):
        line = desk.refused(FolderPlace(tmp_path / "closed" / "there"))
    assert "there cannot be written: " in line
    assert list((tmp_path / "closed").iterdir()) == []


@pytest.mark.parametrize("inner", ["output/copy", "output", ".", "content", "content/papers/site"])
def test_a_folder_that_overlaps_the_output_or_the_content_is_refused(desk, inner):
    before = tree_of(desk.folder)
    assert "overlap; keep them apart" in desk.refused(FolderPlace(desk.folder / inner))
    assert tree_of(desk.folder) == before


def test_where_the_manifest_is_damaged_the_way_out_removes_no_file_of_others(desk, tmp_path):
    place = FolderPlace(tmp_path / "there")
    desk.publish(place)
    place.put("mine.txt", b"mine")
    (tmp_path / "there" / MANIFEST).write_text("{")
    assert f"{MANIFEST} is damaged; remove it and publish again" in desk.refused(place)
    (tmp_path / "there" / MANIFEST).unlink()
    desk.publish(place)
    assert place.tree() == desk.site | {"mine.txt": b"mine"}
    (desk.output / MANIFEST).write_text("{")
    assert desk.refused(place).endswith(f"{MANIFEST} is damaged; run broadsheet build again")


def test_the_home_folder_and_the_top_of_the_disk_are_refused(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    assert desk.refused(FolderPlace(tmp_path / "home", "~")).endswith("cannot be the target; name another folder")
    assert desk.refused(FolderPlace(Path("/"))).endswith("/ cannot be the target; name another folder")
    assert not any((tmp_path / "home").iterdir())


def test_a_file_in_the_place_of_the_folder_is_refused(desk, tmp_path):
    (tmp_path / "there").write_text("mine")
    line = desk.refused(FolderPlace(tmp_path / "there"))
    assert line.endswith("there is a file where the target belongs; move it or name another folder")
    assert (tmp_path / "there").read_text() == "mine"
