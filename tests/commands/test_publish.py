"""Publishing, the same to every kind of place."""

import fcntl
import json
import shutil

import pytest

from site_builder.commands.publish import publish_site
from site_builder.problems import BuildError
from tests.commands.places import BranchPlace, FolderPlace, over_ssh, rsync_server
from tests.commands.publishing import BASE_URL, changes_between
from tests.conftest import NOW
from tests.torture.whole import defects


@pytest.fixture(params=["folder", "rsync over ssh", "rsync server", "bucket", "branch"])
def place(request, tmp_path):
    if request.param == "bucket":
        yield request.getfixturevalue("bucket")
    elif request.param == "branch":
        yield BranchPlace(tmp_path / "repository.git")
    elif request.param == "rsync server":
        with rsync_server(tmp_path, tmp_path / "there") as served:
            yield served
    else:
        yield over_ssh(tmp_path, tmp_path / "there") if "ssh" in request.param else FolderPlace(tmp_path / "there")


def test_the_place_holds_the_site_and_nothing_else(desk, place):
    (desk.output / "mine.txt").write_text("not of the site")
    told = desk.publish(place)
    assert place.tree() == {path: text for path, text in desk.site.items() if path != "mine.txt"}
    assert f": {len(desk.site) - 1} added, 0 changed, 0 removed, 0 as they were" in told


def test_nothing_is_sent_the_second_time(desk, place):
    desk.publish(place)
    before = place.marks()
    assert before
    told = desk.publish(place)
    assert f": 0 added, 0 changed, 0 removed, {len(desk.site)} as they were" in told
    assert place.marks() == before


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(desk, place, versions):
    desk.publish(place)
    place.put("mine/own.txt", b"a file of mine")
    before = desk.site
    desk.become(versions[1])
    added, changed, removed = changes_between(before, desk.site)
    assert min(added, changed, removed) > 0
    assert f": {added} added, {changed} changed, {removed} removed, " in desk.publish(place)
    assert place.tree() == desk.site | {"mine/own.txt": b"a file of mine"}
    assert defects(place.tree(), BASE_URL, ["index.html"]) == []


def test_a_dry_run_lists_what_would_change_and_changes_nothing(desk, place, versions):
    desk.publish(place)
    before, old = place.marks(), desk.site
    desk.become(versions[1])
    result = desk.run("publish", place.target, "--dry-run", **place.environment)
    assert result.exit_code == 0
    listed = [tuple(line.split()) for line in result.output.splitlines()[:-1]]
    new = desk.site
    expected = [("added", path) for path in new.keys() - old.keys()]
    expected += [("changed", path) for path in new.keys() & old.keys() if new[path] != old[path]]
    expected += [("removed", path) for path in old.keys() - new.keys()]
    assert sorted(listed) == sorted(expected)
    assert ": would be " in result.output
    assert place.marks() == before


def test_a_dry_run_to_a_place_that_is_empty_leaves_it_empty(desk, place):
    assert ": would be " in desk.publish(place, "--dry-run")
    assert place.tree() == {}


def test_files_of_others_are_not_written_over(desk, place):
    place.put("index.html", b"a page of mine")
    place.put("days/2026-05-27.html", b"another")
    before = place.marks()
    line = desk.refused(place)
    assert "holds files that Broadsheet did not publish: days/2026-05-27.html, index.html; " in line
    assert place.marks() == before


def test_what_is_there_already_with_the_same_bytes_is_taken_over(desk, place, versions):
    place.put("index.html", (desk.output / "index.html").read_bytes())
    assert ", 1 as they were" in desk.publish(place)
    desk.become(versions[1])
    desk.publish(place)
    assert place.tree() == desk.site


def test_what_somebody_changed_there_is_sent_anew(desk, place):
    desk.publish(place)
    place.put("index.html", b"changed by hand")
    assert ": 0 added, 1 changed, 0 removed, " in desk.publish(place)
    assert place.tree() == desk.site


def test_a_folder_that_no_build_wrote_is_not_published(desk, place):
    shutil.rmtree(desk.output / ".broadsheet")
    assert "there is no built site in" in desk.refused(place)
    assert place.tree() == {}


def test_a_file_that_is_not_what_the_build_wrote_is_not_published(desk, place):
    (desk.output / "index.html").write_text("changed by hand")
    assert "index.html is not what the build wrote; run broadsheet build again" in desk.refused(place)
    assert place.tree() == {}


def test_nothing_is_published_while_a_build_writes(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("site_builder.write.lock.PATIENCE", 0.1)
    with (desk.output / ".broadsheet" / "lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildError, match="is being written by another build"):
            publish_site(desk.folder / "content", desk.output, str(tmp_path / "there"), {}, NOW, print)
    assert not (tmp_path / "there").exists()


def test_a_build_that_was_broken_off_is_not_published(desk, tmp_path):
    ledger = desk.output / ".broadsheet" / "ledger.json"
    told = json.loads(ledger.read_text())
    ledger.write_text(json.dumps({**told, "index.html": ["", 0, 0]}))
    assert "was broken off; run broadsheet build again" in desk.refused(FolderPlace(tmp_path / "there"))


def test_the_settings_may_name_the_target(desk, tmp_path):
    settings = desk.folder / "content" / "site.yaml"
    settings.write_text(f"{settings.read_text()}publish:\n  target: {tmp_path / 'there'}\n")
    assert desk.run("publish").exit_code == 0
    assert FolderPlace(tmp_path / "there").tree() == desk.site


def test_without_a_target_one_line_says_how_to_name_it(desk):
    result = desk.run("publish")
    assert result.exit_code == 2
    assert result.output == "name a target: broadsheet publish TARGET, or publish.target in site.yaml\n"


@pytest.mark.parametrize("target", ["ftp://example.org/site", "s3://[bucket", "s3:///site"])
def test_a_target_of_no_known_kind_is_refused(desk, target):
    result = desk.run("publish", target)
    assert result.exit_code == 2
    assert f"{target} is no target: name a folder, " in result.output


@pytest.mark.parametrize("place", ["folder", "rsync over ssh", "rsync server", "branch"], indirect=True)
@pytest.mark.parametrize("name", ["days", "index.html/mine.txt"])
def test_a_foreign_file_where_a_folder_belongs_or_below_a_file_is_not_lost(desk, place, name):
    place.put("mine.txt", b"a file of mine")
    place.put(name, b"a file of mine")
    before = place.tree()
    desk.refused(place)
    assert place.tree() == before


@pytest.mark.parametrize("target", ["~nobody-here/www", "git+~nobody-here/digest.git"])
def test_a_home_folder_of_nobody_is_no_target(desk, target):
    result = desk.run("publish", target)
    assert (result.exit_code, result.output) == (
        2,
        f"{target} is below no user's home folder; write its path in full\n",
    )


@pytest.mark.parametrize(
    ("target", "remedy"),
    [
        ("me@example.org", "write me@example.org:/path; if it is a folder, write ./me@example.org"),
        ("me@example.org/var/www", "write me@example.org:/var/www;"),
        ("git@example.org:me/digest.git", "write git+ssh://git@example.org/me/digest.git#gh-pages"),
        ("https://me:s3cret@example.org/me/digest", "write git+https://example.org/me/digest#gh-pages"),
        ("ssh://git:s3cret@example.org/digest", "write git+ssh://git@example.org/digest#gh-pages"),
        ("https://s3cret@example.org/me/digest", "write git+https://example.org/me/digest#gh-pages"),
        ("https://example.org/me/digest", "write git+https://example.org/me/digest#gh-pages"),
    ],
)
def test_a_target_that_lacks_a_word_is_refused_with_the_whole_one(desk, target, remedy):
    result = desk.run("publish", target)
    assert result.exit_code == 2
    assert remedy in result.output
    assert "s3cret" not in result.output
    assert not (desk.folder / "me@example.org").exists()


def test_a_site_that_still_has_no_address_is_published_with_a_hint(desk, tmp_path):
    settings = desk.folder / "content" / "site.yaml"
    settings.write_text("title: Morning papers\n")
    told = desk.run("publish", str(tmp_path / "there")).output
    line = "site.yaml: base_url is not set: feeds, mails and the sitemap lead to http://localhost:8000"
    assert told.splitlines()[0] == f"{line}; set it and build again"
