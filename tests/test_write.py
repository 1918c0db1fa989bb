"""Writing: only what changed, all or nothing, and never over what is not ours."""

import os

import pytest

from site_builder.problems import BuildError
from site_builder.write import write_files
from tests.factories import Ready

SITE = [Ready("a.html", b"one"), Ready("deep/b.html", b"two")]
CONTENT = {file.path: file.value for file in SITE}


class Remembered(Ready):
    """A file that says what it is made of, and counts how often it was made."""

    made = 0

    def cache_key(self):
        return self.value.decode()

    def content(self):
        Remembered.made += 1
        return self.value


def files(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".broadsheet" not in file.parts
    }


def test_files_are_written_where_they_belong(tmp_path):
    result = write_files(SITE, tmp_path)
    assert files(tmp_path) == CONTENT
    assert (result.written, result.unchanged, result.removed) == (2, 0, 0)


def test_what_did_not_change_keeps_its_time(tmp_path):
    write_files(SITE, tmp_path)
    os.utime(tmp_path / "deep", (1, 1))
    before = (tmp_path / "a.html").stat().st_mtime_ns
    result = write_files([SITE[0], Ready("deep/b.html", b"TWO")], tmp_path)
    assert (tmp_path / "a.html").stat().st_mtime_ns == before
    assert (result.written, result.unchanged, result.removed) == (1, 1, 0)


def test_a_file_made_of_the_same_is_not_made_again(tmp_path):
    site = [Remembered("a.html", b"one"), Remembered("b.html", b"two")]
    write_files(site, tmp_path)
    Remembered.made = 0
    result = write_files([site[0], Remembered("b.html", b"TWO")], tmp_path)
    assert (result.written, result.unchanged, Remembered.made) == (1, 1, 1)


def test_a_file_made_of_the_same_is_made_again_when_somebody_changed_or_removed_it(tmp_path):
    site = [Remembered("a.html", b"one"), Remembered("b.html", b"two")]
    write_files(site, tmp_path)
    (tmp_path / "a.html").write_bytes(b"ONE")
    (tmp_path / "b.html").unlink()
    assert write_files(site, tmp_path).written == 2
    assert files(tmp_path) == {"a.html": b"one", "b.html": b"two"}


def test_a_file_that_a_power_cut_left_empty_is_made_again(tmp_path):
    site = [Remembered(path, value) for path, value in CONTENT.items()]
    write_files(site, tmp_path / "new")
    cut = tmp_path / "new/deep/b.html"
    time = cut.stat().st_mtime_ns
    os.truncate(cut, 0)
    os.utime(cut, ns=(time, time))
    assert write_files(site, tmp_path / "new").written == 1
    assert files(tmp_path / "new") == CONTENT


def test_the_first_site_of_a_new_folder_is_whole_and_leaves_nothing_beside_it(tmp_path):
    result = write_files(SITE, tmp_path / "output")
    assert files(tmp_path / "output") == CONTENT
    assert result.written == 2
    assert {file.name for file in (tmp_path / "output" / ".broadsheet").iterdir()} == {"ledger.json", "lock"}
    assert [file.name for file in tmp_path.iterdir()] == ["output"]


def test_what_is_no_longer_made_is_removed_with_its_empty_folders(tmp_path):
    write_files(SITE, tmp_path)
    result = write_files(SITE[:1], tmp_path)
    assert files(tmp_path) == {"a.html": b"one"}
    assert not (tmp_path / "deep").exists()
    assert result.removed == 1


def test_a_file_that_somebody_changed_is_made_right_again(tmp_path):
    write_files(SITE, tmp_path)
    (tmp_path / "a.html").write_bytes(b"changed by hand")
    assert write_files(SITE, tmp_path).written == 1
    assert files(tmp_path) == CONTENT


def test_a_failure_in_the_middle_leaves_the_old_site_whole(tmp_path):
    write_files(SITE, tmp_path)

    class Broken(Ready):
        def content(self):
            raise BuildError("a template is broken")

    with pytest.raises(BuildError):
        write_files([Ready("a.html", b"new"), Broken("deep/b.html", b"")], tmp_path)
    assert files(tmp_path) == CONTENT
    assert not (tmp_path / ".broadsheet" / "staged").exists()


def test_a_foreign_file_is_kept_and_named(tmp_path):
    (tmp_path / "CNAME").write_text("example.org")
    assert write_files(SITE, tmp_path).foreign == ("CNAME",)
    assert write_files([], tmp_path).foreign == ("CNAME",)
    assert files(tmp_path) == {"CNAME": b"example.org"}


def test_a_foreign_file_in_the_place_of_ours_stops_the_write(tmp_path):
    (tmp_path / "a.html").write_text("mine")
    with pytest.raises(BuildError, match=r"holds files that Broadsheet did not write: a.html"):
        write_files(SITE, tmp_path)
    assert files(tmp_path) == {"a.html": b"mine"}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "deep").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BuildError, match="deep is a link, which is not followed; move it away"):
        write_files(SITE, tmp_path / "output")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_damaged_ledger_is_named_with_the_remedy(tmp_path):
    write_files(SITE, tmp_path)
    (tmp_path / ".broadsheet" / "ledger.json").write_text("{")
    with pytest.raises(BuildError, match=r"ledger\.json is damaged; remove the folder"):
        write_files(SITE, tmp_path)


def test_a_file_where_a_folder_should_be_is_one_clear_message(tmp_path):
    (tmp_path / "deep").write_text("a file")
    with pytest.raises(BuildError, match="deep is a file where a folder belongs; move it away"):
        write_files(SITE, tmp_path)
