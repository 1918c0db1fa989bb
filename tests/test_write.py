"""Writing: only changed files, all or nothing, and never over files of others."""

import errno
import os

import pytest

from site_builder.problems import BuildError
from site_builder.write import commit, swap, write_files
from site_builder.write.lock import locked
from site_builder.write.system_calls import exchange
from tests.factories import Ready

SITE = [Ready("a.html", b"one"), Ready("deep/b.html", b"two")]
CONTENT = {file.path: file.value for file in SITE}


class Remembered(Ready):
    """A file with a cache key, which counts how often its content was made."""

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


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"a.html": 3}', '{"../elsewhere": ["", 0, 0]}'])
def test_where_the_ledger_is_damaged_the_site_is_made_anew_and_nothing_else_is_touched(tmp_path, text):
    before = write_files(SITE, tmp_path)
    (tmp_path / ".broadsheet" / "ledger.json").write_text(text)
    (tmp_path / SITE[0].path).write_text("damaged, too")
    (tmp_path / "mine.txt").write_text("mine")
    written = write_files(SITE, tmp_path)
    assert (written.written, written.unchanged, written.removed) == (1, before.written - 1, 0)
    assert (written.foreign, written.is_guessed) == (("mine.txt",), True)
    assert files(tmp_path) == {**CONTENT, "mine.txt": b"mine"}
    assert not write_files(SITE, tmp_path).is_guessed


def test_a_file_where_a_folder_should_be_is_one_clear_message(tmp_path):
    (tmp_path / "deep").write_text("a file")
    with pytest.raises(BuildError, match="deep is a file where a folder belongs; move it away"):
        write_files(SITE, tmp_path)


BEFORE = [
    Ready("index.html", b"old"),
    Ready("a.html", b"old"),
    Ready("deep/er/b.html", b"gone"),
    Ready("turns", b"a file that becomes a folder"),
    Ready("folds/c.html", b"in a folder that becomes a file"),
    Ready("same.html", b"same"),
]
AFTER = [
    Ready("index.html", b"new"),
    Ready("a.html", b"new"),
    Ready("b.html", b"more"),
    Ready("b.css", b"more"),
    Ready("turns/d.html", b"more"),
    Ready("folds", b"more"),
    Ready("same.html", b"same"),
]


def refuse(*_):
    raise OSError(errno.ENOSYS, "Function not implemented")


@pytest.fixture(params=["swapped", "on a disk that cannot swap", "without a stand-in", "a little of much"])
def way(request, monkeypatch):
    """Run a test with each way of committing changes."""
    match request.param:
        case "on a disk that cannot swap":
            monkeypatch.setattr(commit, "exchange", refuse)
        case "without a stand-in":
            monkeypatch.setattr(swap.os, "link", refuse)
            monkeypatch.setattr(commit, "exchange", refuse)
        case "a little of much":
            monkeypatch.setattr(commit, "MANY_FILES", 0)
            monkeypatch.setattr(commit, "LARGE_SHARE", 100)


@pytest.mark.usefixtures("way")
def test_a_site_becomes_another_whichever_way_it_is_changed(tmp_path):
    output = tmp_path / "output"
    output.mkdir()
    write_files(BEFORE, output)
    (output / "CNAME").write_text("example.org")
    (output / "link").symlink_to("CNAME")
    result = write_files(AFTER, output)
    assert (result.written, result.unchanged, result.removed) == (6, 1, 3)
    assert result.foreign == ("CNAME", "link")
    assert files(output) == {file.path: file.value for file in AFTER} | dict.fromkeys(["CNAME", "link"], b"example.org")
    assert (output / "link").is_symlink()
    assert not (output / "deep").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["output"]
    assert {path.name for path in (output / ".broadsheet").iterdir()} == {"ledger.json", "lock"}
    assert (output / ".broadsheet" / "lock").read_bytes() == b""
    assert write_files(AFTER, output).written == 0


def test_the_folder_that_others_hold_open_stays_the_same(tmp_path):
    write_files(BEFORE, tmp_path / "output")
    before = (tmp_path / "output").stat().st_ino
    write_files(AFTER, tmp_path / "output")
    assert (tmp_path / "output").stat().st_ino == before


def test_what_pages_link_to_comes_before_them_and_the_beginning_of_the_site_last(tmp_path, monkeypatch):
    monkeypatch.setattr(commit, "exchange", refuse)
    tmp_path.joinpath("CNAME").touch()
    renamed = []
    rename = type(tmp_path).rename

    def noted(file, target):
        renamed.append(target.relative_to(tmp_path).as_posix())
        return rename(file, target)

    monkeypatch.setattr(type(tmp_path), "rename", noted)
    write_files([Ready(name, b"") for name in ("index.html", "b.html", "c.css", "a.html", "d.png")], tmp_path)
    assert renamed == ["c.css", "d.png", "b.html", "a.html", "index.html"]


def test_a_disk_that_fails_before_the_first_changed_file_leaves_the_old_site(tmp_path, monkeypatch):
    monkeypatch.setattr(commit, "exchange", refuse)
    write_files(BEFORE, tmp_path)
    rename = type(tmp_path).rename

    def full(file, target):
        if target.name == "b.html":
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return rename(file, target)

    monkeypatch.setattr(type(tmp_path), "rename", full)
    with pytest.raises(BuildError) as error:
        write_files([*BEFORE, Ready("b.css", b""), Ready("b.html", b"")], tmp_path)
    assert str(error.value) == (
        f"{tmp_path} cannot be written: No space left on device ({tmp_path}/b.html); the site in it is as it was"
    )
    monkeypatch.undo()
    assert files(tmp_path) == {file.path: file.value for file in BEFORE}
    assert write_files(BEFORE, tmp_path).written == 0


@pytest.mark.parametrize(("count", "named"), [(5, "a0, a1, a2, a3, a4"), (7, "a0, a1, a2, a3, a4 and 2 more")])
def test_five_foreign_files_in_the_place_of_ours_are_named(tmp_path, count, named):
    for number in range(count):
        (tmp_path / f"a{number}").touch()
    with pytest.raises(BuildError) as error:
        write_files([Ready(f"a{number}", b"ours") for number in range(count)], tmp_path)
    assert f" did not write: {named}; move them" in str(error.value)


def test_a_link_or_a_folder_of_others_in_the_place_of_ours_stops_the_write(tmp_path):
    (tmp_path / "a.html").symlink_to("elsewhere")
    (tmp_path / "deep" / "b.html").mkdir(parents=True)
    (tmp_path / "deep" / "b.html" / "mine").touch()
    with pytest.raises(BuildError, match=r"did not write: a\.html, deep/b\.html; move them"):
        write_files(SITE, tmp_path)


def test_foreign_files_are_named_in_every_folder_but_hidden_ones(tmp_path):
    write_files(SITE, tmp_path)
    (tmp_path / "deep" / "er").mkdir()
    for name in ("deep/er/mine", "deep/.hidden", ".git"):
        (tmp_path / name).touch()
    (tmp_path / "deep" / "loop").symlink_to("..")
    assert write_files(SITE, tmp_path).foreign == ("deep/er/mine", "deep/loop")


def test_a_file_that_somebody_changed_is_kept_when_it_is_no_longer_made(tmp_path):
    write_files(SITE, tmp_path)
    (tmp_path / "deep" / "b.html").write_text("mine")
    result = write_files(SITE[:1], tmp_path)
    assert (result.removed, result.foreign) == (0, ("deep/b.html",))
    assert (tmp_path / "deep" / "b.html").read_text() == "mine"


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["../a.html"], "'../a.html' cannot be an output path: it has an empty step, '.' or '..'"),
        (["a.html", "a.html"], "two pages are written to {}/a.html"),
        ([".broadsheet/lock"], "'.broadsheet/lock' cannot be an output path: it is where Broadsheet keeps its own"),
    ],
)
def test_a_path_that_cannot_be_or_comes_twice_stops_the_write(tmp_path, paths, told):
    with pytest.raises(BuildError) as error:
        write_files([Ready(path, b"") for path in paths], tmp_path)
    assert told.format(tmp_path) in str(error.value)
    assert files(tmp_path) == {}


def test_a_file_of_the_input_that_cannot_be_read_is_named_as_such(tmp_path):
    class Unreadable(Ready):
        def content(self):
            raise PermissionError(errno.EACCES, "Permission denied", "content/static/a.png")

    with pytest.raises(BuildError, match=r"^content/static/a\.png cannot be read: Permission denied$"):
        write_files([Unreadable("a.png", b"")], tmp_path)


def test_files_and_folders_can_be_read_by_all_whatever_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        write_files(SITE, tmp_path / "output")
    finally:
        os.umask(before)
    made = [tmp_path / "output", *(tmp_path / "output").rglob("*")]
    assert {oct(each.stat().st_mode & 0o777) for each in made if each.is_dir()} == {"0o755"}
    assert {oct(each.stat().st_mode & 0o777) for each in made if each.is_file()} == {"0o644"}


def test_another_build_is_waited_for_and_then_named(tmp_path, monkeypatch):
    monkeypatch.setattr("site_builder.write.lock.PATIENCE", 0.01)
    with locked(tmp_path) as lock:
        with pytest.raises(BuildError, match=f"^{tmp_path} is being written by another build$"):
            write_files(SITE, tmp_path)
        lock.announce()
        whose = rf"another build \(process {os.getpid()} on \S+, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)$"
        with pytest.raises(BuildError, match=whose):
            write_files(SITE, tmp_path)
    assert write_files(SITE, tmp_path).written == 2


def test_a_folder_of_ours_that_is_a_link_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / ".broadsheet").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BuildError, match=r"\.broadsheet is a link, which is not followed; remove it"):
        write_files(SITE, tmp_path / "output")
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", ["mine.txt", "deep/mine.txt"])
def test_what_others_put_into_a_site_that_a_killed_build_left_beside_it_comes_back(tmp_path, name):
    output, left = tmp_path / "output", tmp_path / ".output.broadsheet"
    write_files(SITE, output)
    write_files(SITE, left)
    (left / name).write_text("mine")
    result = write_files(SITE, output)
    assert (result.written, result.foreign) == (0, (name,))
    assert files(output) == CONTENT | {name: b"mine"}
    assert not left.exists()


def test_of_two_foreign_files_of_one_name_none_is_lost(tmp_path):
    output, left = tmp_path / "output", tmp_path / ".output.broadsheet"
    write_files(SITE, output)
    write_files(SITE, left)
    (output / "mine.txt").write_text("one")
    (left / "mine.txt").write_text("other")
    assert write_files(SITE, output).foreign == ("../.output.broadsheet", "mine.txt")
    assert ((output / "mine.txt").read_text(), (left / "mine.txt").read_text()) == ("one", "other")


def test_a_folder_beside_the_site_that_no_build_left_is_kept_and_named(tmp_path):
    (tmp_path / ".output.broadsheet").mkdir()
    (tmp_path / ".output.broadsheet" / "mine.txt").touch()
    assert write_files(SITE, tmp_path / "output").foreign == ("../.output.broadsheet",)
    assert (tmp_path / ".output.broadsheet" / "mine.txt").exists()


@pytest.fixture
def swapped(tmp_path):
    """Return two folders whose names were swapped; each has a file with its former name."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).touch()
    try:
        exchange(one, other)
    except OSError as error:
        pytest.skip(f"this system or disk cannot swap folders: {error}")
    return one, other


def test_two_folders_swap_their_names_in_one_step(swapped):
    assert [path.name for folder in swapped for path in folder.iterdir()] == ["other", "one"]


def test_folders_that_cannot_swap_are_named_with_the_reason(tmp_path):
    with pytest.raises(OSError, match="one") as error:
        exchange(tmp_path / "one", tmp_path / "other")
    assert error.value.errno in {errno.ENOENT, errno.ENOSYS, errno.EINVAL}
    assert error.value.strerror == os.strerror(error.value.errno)
    assert error.value.filename == str(tmp_path / "one")


@pytest.mark.usefixtures("swapped")
def test_visitors_never_see_a_part_of_a_change(tmp_path, monkeypatch):
    """The output folder is updated while a complete copy of the new site is in its place."""
    output = tmp_path / "output"
    write_files(BEFORE, output)
    seen = []
    move_into_place = commit.move_into_place

    def looking(folder, changes):
        seen.append(files(output))
        move_into_place(folder, changes)
        seen.append(files(output))

    monkeypatch.setattr(commit, "move_into_place", looking)
    write_files(AFTER, output)
    assert seen == [{file.path: file.value for file in AFTER}] * 2


def test_the_size_of_every_file_is_told(tmp_path):
    write_files(SITE[:1], tmp_path)
    assert write_files(SITE, tmp_path).sizes == {"a.html": 3, "deep/b.html": 3}
