"""A build with unchanged inputs and output does nothing, and repeats the report of the last build."""

import os
import shutil

import pytest
from click.testing import CliRunner

from site_builder import build as line
from site_builder.cli import main
from site_builder.volumes import last_build
from site_builder.write.drafts import MARK
from tests.conftest import write_content

SITE = """
-- site.yaml --
title: Clouds
search: false
related: tags
-- static/.well-known/security.txt --
Contact: cloud
-- papers/2026-05-01.yaml --
listed: 2026-05-01
papers:
- {title: Sparse Clouds, published: someday}
- {title: Dense Clouds}
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs `broadsheet build`; `run.lines` counts the builds that were not skipped."""
    write_content(tmp_path / "content", SITE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")
    read_sources = line.read_sources

    def counted(*values):
        run_it.lines += 1
        return read_sources(*values)

    monkeypatch.setattr(line, "read_sources", counted)

    def run_it(*options):
        folders = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "output")]
        return CliRunner().invoke(main, ["build", *folders, *options])

    run_it.lines = 0
    return run_it


def times_of(folder):
    return {file: file.lstat().st_mtime_ns for file in [folder, *folder.rglob("*")]}


def test_nothing_is_written_and_no_time_moves(tmp_path, run):
    run()
    before = times_of(tmp_path / "output")
    again = run()
    assert run.lines == 1
    assert times_of(tmp_path / "output") == before
    assert ", 0 written, " in again.output


def test_problems_and_foreign_files_are_told_again(tmp_path, run):
    run()
    (tmp_path / "output" / "CNAME").write_text("clouds.example")
    first, again = run("--jobs", "1"), run("--strict")
    assert run.lines == 1
    assert "papers/2026-05-01.yaml:3: " in first.output
    assert "CNAME: not written by Broadsheet; kept" in first.output
    assert again.exit_code == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "content/papers/2026-05-01.yaml").write_text("- {title: Other Clouds}\n"),
        lambda root: (root / "content/papers/2026-05-01.yaml").rename(root / "content/papers/2026-05-02.yaml"),
        lambda root: (root / "content/papers/2026-05-01.yaml").unlink(),
        lambda root: (root / "content/static/.well-known/security.txt").write_text("Contact: rain"),
        lambda root: (root / "output/index.html").write_text("damaged"),
        lambda root: (root / "output/index.html").unlink(),
        lambda root: (root / "output/.nojekyll").unlink(),
        lambda root: (root / "output/.well-known/security.txt").write_text("Contact: nobody"),
        lambda root: (root / "output/.broadsheet/ledger.json").unlink(),
        lambda root: (root / "output/.broadsheet/last_build.json").write_text("{"),
        lambda root: shutil.copytree("templates/default/partials", root / "templates/default/partials"),
    ],
    ids=[
        "list",
        "name",
        "removed",
        "static",
        "damaged",
        "missing",
        "hidden",
        "damaged hidden",
        "ledger",
        "memory",
        "template",
    ],
)
def test_any_change_is_built(tmp_path, run, change):
    run()
    change(tmp_path)
    run()
    assert run.lines == 2


def test_an_edit_that_keeps_size_and_time_of_a_list_is_built(tmp_path, run):
    file = tmp_path / "content/papers/2026-05-01.yaml"
    run()
    before = file.stat()
    file.write_text(file.read_text().replace("Sparse", "Spared"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    run()
    assert run.lines == 2


def test_lists_that_a_checkout_made_anew_are_not_built_again(tmp_path, run):
    run()
    shutil.copytree(tmp_path / "content", tmp_path / "copy")
    shutil.rmtree(tmp_path / "content")
    (tmp_path / "copy").rename(tmp_path / "content")
    run()
    assert run.lines == 1


def test_the_files_of_a_site_are_not_looked_up_in_the_ledger_when_nothing_changed(tmp_path, run, monkeypatch):
    run()
    monkeypatch.setattr(last_build, "read_manifest", None)
    assert ", 0 written, " in run().output


def test_another_address_is_built(run):
    run()
    run("--base-url", "https://clouds.example")
    assert run.lines == 2


def test_a_site_that_a_broken_off_build_of_drafts_has_marked_is_built(tmp_path, run):
    run()
    (tmp_path / "output" / MARK).touch()
    run()
    assert run.lines == 2
    assert not (tmp_path / "output" / MARK).exists()


def test_a_build_whose_record_could_not_be_written_is_done_again(tmp_path, run, monkeypatch):
    def fail(*_):
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as read_only:
        read_only.setattr(line, "write_published", fail)
        assert "content folder writable" in run().output
    assert "content folder writable" not in run().output
    assert list((tmp_path / "content" / "published").iterdir())


def test_another_release_of_the_program_builds_again(run, monkeypatch):
    run()
    monkeypatch.setattr(last_build, "code_version", lambda: "another release")
    run()
    assert run.lines == 2


def test_a_clock_that_was_set_back_before_the_last_build_spares_none(run, monkeypatch):
    run()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262399")
    run()
    assert run.lines == 2


def test_an_entry_that_came_out_since_is_built(tmp_path, run, monkeypatch):
    (tmp_path / "content/papers/2026-11-24.yaml").write_text(
        "listed: 2026-11-24\npapers:\n- {title: Clouds of Tuesday}\n"
    )
    run()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795262400 + 3600))
    run()
    assert run.lines == 1
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795262400 + 5 * 86400))
    run()
    assert run.lines == 2
    assert "Tuesday" in (tmp_path / "output/feeds/papers.atom").read_text()


def test_the_account_of_a_build_that_changes_nothing_is_written(tmp_path, run):
    run()
    run("--report", str(tmp_path / "account.json"))
    assert (tmp_path / "account.json").exists()
