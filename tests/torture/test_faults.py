"""When the machine fails the build, it says so in one message and exits with 2, and the old site stays whole."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from tests.conftest import write_content
from tests.torture.conftest import DAYS, KILLS, content_of
from tests.torture.program import Ended, may_drop_powers, powerless, run
from tests.torture.whole import Tree, tree_of

needs_powers = pytest.mark.skipif(not may_drop_powers(), reason="root without setpriv may write everywhere")


@pytest.fixture(scope="module")
def contents(tmp_path_factory):
    """Two content folders: of the old site and of the new."""
    folder = tmp_path_factory.mktemp("contents")
    for name, days, title in (("old", DAYS[:2], "Sparse"), ("new", DAYS[1:4], "Dense")):
        write_content(folder / name, content_of(days, title))
    return folder / "old", folder / "new"


@pytest.fixture(scope="module")
def clean(contents, tmp_path_factory) -> Tree:
    """What a build of the new content makes where there was nothing."""
    ended = run(contents[1], tmp_path_factory.mktemp("clean") / "output")
    assert ended.code == 0
    return ended.tree


@pytest.fixture(scope="module")
def before(contents, tmp_path_factory) -> Path:
    """The old site, to be copied."""
    folder = tmp_path_factory.mktemp("before") / "output"
    assert run(contents[0], folder).code == 0
    return folder


def begin_with(before: Path, output: Path) -> Tree:
    """Put the old site where the new one is to be."""
    shutil.copytree(before, output)
    return tree_of(output)


def expect_refusal(ended: Ended, old: Tree, *words: str) -> None:
    assert ended.code == 2, ended
    assert [line for line in ended.told[1:] if not line.startswith("  ")] == [], ended.told
    assert all(word in " ".join(ended.told) for word in words), ended.told
    assert ended.tree == old


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m,nr_inodes=4k", "tmpfs", place]
    if (
        os.geteuid()
        or not shutil.which("mount")
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root can make a small disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("free", [0, 20, 200, 700] if KILLS else [0, 200], ids=lambda free: f"{free} kB free")
def test_a_full_disk_leaves_the_old_site_whole(small_disk, contents, before, clean, free):
    output = small_disk / "output"
    old = begin_with(before, output)
    filler = small_disk / "filler"
    left = shutil.disk_usage(small_disk).free
    filler.write_bytes(bytes(max(0, left - free * 1024)))
    expect_refusal(run(contents[1], output), old, "No space left on device", "the site in it is as it was")
    filler.unlink()
    assert run(contents[1], output).tree == clean


def test_a_disk_without_room_for_another_file_leaves_the_old_site_whole(small_disk, contents, before):
    output = small_disk / "output"
    old = begin_with(before, output)
    names = iter(range(100_000))
    with pytest.raises(OSError, match="No space left"):
        while True:
            (small_disk / f"filler{next(names)}").touch()
    expect_refusal(run(contents[1], output), old, "No space left on device", "the site in it is as it was")


@pytest.mark.parametrize("most", [0, 4_096, 10_000] if KILLS else [0, 10_000])
def test_a_limit_on_the_size_of_files_leaves_the_old_site_whole(tmp_path, contents, before, most):
    output = tmp_path / "output"
    old = begin_with(before, output)
    limited = ["prlimit", f"--fsize={most}", "--"]
    if not shutil.which("prlimit"):
        pytest.skip("no prlimit")
    expect_refusal(run(contents[1], output, within=limited), old, "File too large", "the site in it is as it was")


def test_a_disk_that_is_read_only_is_one_clear_message(small_disk, contents, before):
    output = small_disk / "output"
    old = begin_with(before, output)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    expect_refusal(run(contents[1], output), old, str(output), "Read-only file system")


@needs_powers
@pytest.mark.parametrize("place", [".", ".broadsheet", "days", "papers"])
def test_a_folder_that_may_not_be_written_is_one_clear_message(tmp_path, contents, before, place):
    output = tmp_path / "output"
    old = begin_with(before, output)
    (output / place).chmod(0o555)
    ended = run(contents[1], output, within=powerless())
    (output / place).chmod(0o755)
    expect_refusal(ended, old, str(output), "ermission denied")


@needs_powers
def test_a_site_is_written_where_only_its_own_folder_may_be(tmp_path, contents, before, clean):
    output = tmp_path / "around" / "output"
    begin_with(before, output)
    output.parent.chmod(0o555)
    ended = run(contents[1], output, within=powerless())
    output.parent.chmod(0o755)
    assert (ended.code, ended.told) == (0, [])
    assert ended.tree == clean


@needs_powers
def test_a_list_and_a_folder_that_may_not_be_read_are_told_and_the_rest_is_built(tmp_path):
    content = tmp_path / "content"
    write_content(
        content,
        "-- a.yaml --\n- title: A\n-- b.yaml --\n- {title: B, listed: 2026-05-27}\n-- shut/c.yaml --\n- title: C\n",
    )
    (content / "a.yaml").chmod(0)
    (content / "shut").chmod(0)
    ended = run(content, tmp_path / "output", within=powerless())
    (content / "shut").chmod(0o755)
    assert ended.code == 0
    assert {path for path in ended.tree if path.startswith("papers/") and path.endswith(".html")} == {"papers/b.html"}
    assert ended.told == [
        "a.yaml: cannot be read (Permission denied); check that the file is there and readable",
        "shut: the folder cannot be read (Permission denied); make it readable",
    ]


@needs_powers
def test_settings_that_may_not_be_read_stop_the_build(tmp_path, contents, before):
    output = tmp_path / "output"
    old = begin_with(before, output)
    content = tmp_path / "content"
    shutil.copytree(contents[1], content)
    (content / "site.yaml").chmod(0)
    expect_refusal(run(content, output, within=powerless()), old, "site.yaml", "ermission denied")


@pytest.mark.parametrize("place", ["output", "around"])
def test_a_file_where_the_output_folder_belongs_is_one_clear_message(tmp_path, contents, place):
    (tmp_path / place).write_text("mine")
    ended = run(contents[1], tmp_path / "output" if place == "output" else tmp_path / "around" / "output")
    expect_refusal(ended, {}, str(tmp_path / place))
    assert (tmp_path / place).read_text() == "mine"


def test_a_file_where_a_folder_of_the_site_belongs_is_one_clear_message(tmp_path, contents, before):
    output = tmp_path / "output"
    old = begin_with(before, output)
    shutil.rmtree(output / "days")
    (output / "days").write_text("mine")
    rest = {path: text for path, text in old.items() if not path.startswith("days/")} | {"days": b"mine"}
    expect_refusal(run(contents[1], output), rest, "days is a file where a folder belongs; move it away")


@pytest.mark.parametrize(
    ("what", "during"),
    [
        ("partials/card.html", "read"),
        ("pages/day.html", "read"),
        ("pages", "read"),
        (".", "read"),
        ("assets", "render"),
    ],
)
def test_a_template_deleted_during_the_build_leaves_the_old_site_whole(
    tmp_path, contents, before, monkeypatch, what, during
):
    content, output = tmp_path / "content", tmp_path / "output"
    shutil.copytree(contents[1], content)
    shutil.copytree(Path(__file__).resolve().parents[2] / "templates" / "default", tmp_path / "templates" / "own")
    with (content / "site.yaml").open("a") as settings:
        settings.write("theme: own\n")
    old = begin_with(before, output)
    monkeypatch.setattr("site_builder.themes.shipped_templates", lambda: tmp_path / "templates")
    gone = tmp_path / "templates" / "own" / what

    def delete(self, step, done, total):
        if step == during and gone.exists():
            shutil.rmtree(gone) if gone.is_dir() else gone.unlink()

    monkeypatch.setattr("site_builder.terminal.Progress.tick", delete)
    ended = CliRunner().invoke(main, ["build", "--content", str(content), "--output", str(output)])
    expect_refusal(Ended(ended.exit_code, ended.stderr.splitlines(), tree_of(output)), old)


@pytest.mark.parametrize("place", ["/", "~", "content", "content/site", ".", ".."])
def test_an_output_folder_that_is_not_ours_to_fill_is_refused(tmp_path, monkeypatch, place):
    here = tmp_path / "a" / "b"
    write_content(here / "content", "-- a.yaml --\n- title: A\n")
    monkeypatch.chdir(here)
    before = sorted(tmp_path.rglob("*"))
    ended = CliRunner().invoke(main, ["build", "--output", str(Path(place).expanduser())])
    assert ended.exit_code == 2
    assert len(ended.stderr.splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before
