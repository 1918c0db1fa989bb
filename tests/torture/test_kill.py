"""Killed at any moment, a build leaves the whole old site or the whole new one, and the next build repairs the rest."""

import random
import shutil
import signal

import pytest

from site_builder.write import write_files
from tests.torture.conftest import BASE_URL, KILLS
from tests.torture.moments import operations_of, write_until
from tests.torture.whole import defects, tree_of

SEED = 20261121


@pytest.fixture
def before(tmp_path, versions):
    """A folder to copy from: the site before the build that is killed, and a file that is not ours."""
    folder = tmp_path / "before"
    write_files(versions.old, folder)
    (folder / "CNAME").write_text("torture.example")
    return folder


def moments(total, short):
    """Return the operations before which to kill: some and the last, or as many as BROADSHEET_TORTURE says."""
    number = min(KILLS or short, total)
    return [*sorted(random.Random(SEED).sample(range(1, total), number - 1)), total]  # noqa: S311


def contents(files):
    """Return the bytes of files by path."""
    return {file.path: file.value for file in files}


def traces(output):
    """Return what lies about that neither site nor ledger needs."""
    own = {file.name for file in (output / ".broadsheet").iterdir()} - {"last_build.json", "ledger.json", "lock"}
    return own | {file.name for file in output.parent.iterdir() if file.name.startswith(".")}


def test_both_versions_are_whole_and_large_enough_to_be_torn(versions):
    for files in (versions.old, versions.new):
        assert defects(contents(files), BASE_URL) == []
        assert sum(file.path.endswith(".html") for file in files) > 60
    assert contents(versions.old).keys() - contents(versions.new).keys()
    assert contents(versions.new).keys() - contents(versions.old).keys()


@pytest.mark.parametrize("is_cold", [True, False], ids=["cold", "incremental"])
def test_a_killed_write_leaves_the_whole_old_or_the_whole_new_site(tmp_path, versions, before, is_cold):
    output = tmp_path / "work" / "output"

    def prepare():
        shutil.rmtree(output.parent, ignore_errors=True)
        output.parent.mkdir()
        if not is_cold:
            shutil.copytree(before, output, symlinks=True)

    foreign = {} if is_cold else {"CNAME": b"torture.example"}
    old = {} if is_cold else contents(versions.old) | foreign
    new = contents(versions.new) | foreign
    prepare()
    total = operations_of(versions.new_pickle, output, is_in_place=False)
    outcomes = set()
    for moment in moments(total, short=10):
        prepare()
        assert write_until(moment, signal.SIGKILL, versions.new_pickle, output, False) == -signal.SIGKILL
        left = tree_of(output)
        assert left in (old, new), moment
        assert defects(left, BASE_URL) == [], moment
        outcomes.add(left == new)
        write_files(versions.new, output)
        assert tree_of(output) == new, moment
        assert traces(output) == set(), moment
    assert outcomes == {True, False}


@pytest.mark.parametrize("is_cold", [True, False], ids=["cold", "incremental"])
def test_where_folders_cannot_swap_a_killed_write_leaves_no_half_file_and_no_dead_link(
    tmp_path, versions, before, is_cold
):
    output = tmp_path / "work" / "output"

    def prepare():
        shutil.rmtree(output.parent, ignore_errors=True)
        output.parent.mkdir()
        if not is_cold:
            shutil.copytree(before, output, symlinks=True)

    prepare()
    total = operations_of(versions.new_pickle, output, is_in_place=True)
    for moment in moments(total, short=5):
        prepare()
        write_until(moment, signal.SIGKILL, versions.new_pickle, output, True)
        assert defects(tree_of(output), BASE_URL, begin=["index.html", "404.html"]) == [], moment
        write_files(versions.new, output)
        tree = tree_of(output)
        tree.pop("CNAME", None)
        assert tree == contents(versions.new), moment
        assert traces(output) == set(), moment


def test_ctrl_c_leaves_a_whole_site_and_nothing_beside_it(tmp_path, versions, before):
    output = tmp_path / "work" / "output"
    output.parent.mkdir()
    shutil.copytree(before, output, symlinks=True)
    total = operations_of(versions.new_pickle, output, is_in_place=False)
    foreign = {"CNAME": b"torture.example"}
    for moment in moments(total, short=12):
        shutil.rmtree(output.parent)
        output.parent.mkdir()
        shutil.copytree(before, output, symlinks=True)
        assert write_until(moment, signal.SIGINT, versions.new_pickle, output, False) in {0, 130}
        assert tree_of(output) in (contents(versions.old) | foreign, contents(versions.new) | foreign), moment
        assert traces(output) == set(), moment
