"""What may break when a site goes out by rsync."""

import os
import shutil
import stat

import pytest

from tests.commands.places import free_port, over_ssh, rsync_server
from tests.commands.publishing import BASE_URL
from tests.torture.whole import defects


@pytest.fixture
def there(tmp_path):
    return over_ssh(tmp_path, tmp_path / "there")


def test_without_rsync_one_line_says_what_to_install(desk, there, tmp_path):
    (tmp_path / "empty").mkdir()
    line = desk.refused(there, PATH=str(tmp_path / "empty"))
    assert line == "rsync is not installed here; install it and publish again; nothing was changed"


def test_a_server_that_does_not_answer_is_one_line(desk, there):
    there.target = f"rsync://127.0.0.1:{free_port()}/site"
    line = desk.refused(there)
    assert line.startswith(f"rsync cannot read {there.target}: rsync: ")
    assert "Connection refused" in line
    assert line.endswith("check the target, and that rsync alone reaches it; nothing was changed")


def test_a_server_that_lets_nobody_in_is_one_line(desk, there, tmp_path):
    shell = tmp_path / "shell"
    shell.write_text("#!/bin/sh\necho 'me@host: Permission denied (publickey).' >&2\nexit 255\n")
    assert desk.refused(there).startswith(f"rsync cannot read {there.target}: me@host: Permission denied (publickey).;")


def test_a_folder_in_a_folder_that_is_not_there_is_one_line(desk, there):
    there.target += "/no/such/folder"
    line = desk.refused(there)
    assert line.startswith(f"rsync cannot write {there.target}: rsync: ")
    assert "No such file or directory" in line


def test_a_server_that_only_gives_is_one_line_and_keeps_what_it_has(desk, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    with rsync_server(tmp_path, tmp_path / "there", read_only=True) as place:
        assert "module is read only" in desk.refused(place)
        assert place.tree() == {"mine.txt": b"mine"}


def test_broken_off_before_any_of_its_steps_no_link_is_dead(desk, there, tmp_path, versions):
    """Fail the n-th run of rsync, for every n, with the old site there."""
    program = tmp_path / "programs" / "rsync"
    program.parent.mkdir()
    counter = tmp_path / "runs"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --server ] || echo x >>{counter}\n'
        f'[ "$(wc -l <{counter})" -lt "$LAST" ] || {{ echo gone >&2; exit 12; }}\n'
        f'exec {shutil.which("rsync")} "$@"\n'
    )
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    desk.publish(there)
    old = tmp_path / "old"
    shutil.copytree(there.folder, old)
    desk.become(versions[1])
    ends = []
    for last in range(1, 20):
        shutil.rmtree(there.folder)
        shutil.copytree(old, there.folder)
        counter.unlink(missing_ok=True)
        result = desk.run("publish", there.target, **there.environment, PATH=path, LAST=str(last))
        ends.append(result.exit_code)
        assert defects(there.tree(), BASE_URL, ["index.html"]) == []
        if result.exit_code == 0:
            break
        assert result.output.count("\n") == 1
        desk.publish(there)
        assert there.tree() == desk.site
    assert ends == [2] * 9 + [0]


def test_everyone_may_read_what_arrives_whatever_the_umask(desk, there):
    before = os.umask(0o077)
    try:
        desk.publish(there)
    finally:
        os.umask(before)
    files = [file for path in there.tree() for file in (there.folder / path, *(there.folder / path).parents)]
    inside = [file for file in files if file.is_relative_to(there.folder) and file != there.folder]
    assert {stat.S_IMODE(file.stat().st_mode) for file in inside} == {0o644, 0o755}


def test_a_name_that_looks_like_an_option_is_no_target(desk):
    settings = desk.folder / "content" / "site.yaml"
    settings.write_text(f"{settings.read_text()}publish: {{target: '-e:x'}}\n")
    result = desk.run("publish")
    assert (result.exit_code, result.output) == (2, "-e:x is no target; see broadsheet publish --help\n")
