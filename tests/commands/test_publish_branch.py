"""Publishing to a branch: the commits that are made of it, and what may break on the way."""

import random
import re

import pytest

from site_builder.commands.publish.repository import Repository
from tests.commands.places import BranchPlace, free_port, git


@pytest.fixture
def branch(tmp_path):
    return BranchPlace(tmp_path / "repository.git")


def hook(branch, script):
    file = branch.folder / "hooks" / "pre-receive"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def test_each_publishing_is_a_commit_by_the_author_that_git_knows(desk, branch, versions):
    desk.publish(branch)
    desk.become(versions[1])
    desk.publish(branch)
    log = git(branch.folder, "log", "--format=%an <%ae> %cn %s", branch.ref).decode().splitlines()
    assert log == ["Ada <ada@example.org> Ada Publish the site"] * 2
    told = git(branch.folder, "log", "-1", "--format=%b", branch.ref)
    assert re.fullmatch(rb"\d+ files added, \d+ changed, \d+ removed\.\s*", told)


def test_the_commit_is_dated_by_the_clock_of_the_command(desk, branch):
    desk.run("publish", branch.target, **branch.environment, SOURCE_DATE_EPOCH="1795262400")
    assert git(branch.folder, "log", "--format=%at %ct", branch.ref) == b"1795262400 1795262400\n"


def test_the_branch_tells_github_to_serve_the_files_as_they_are(desk, branch):
    desk.publish(branch)
    assert git(branch.folder, "cat-file", "blob", f"{branch.ref}:.nojekyll") == b""


def test_the_site_is_in_no_history_and_no_work_tree_of_the_repository_it_comes_from(desk, branch):
    """The content lies in a repository with a change that is staged and one that is not."""
    folder = desk.folder
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    (folder / ".gitignore").write_text("/output/\n")
    git(folder, "add", ".gitignore", "content")
    git(folder, *identity, "commit", "--quiet", "--message", "Begin")
    git(folder, "push", "--quiet", str(branch.folder), "main")
    (folder / "staged.txt").write_text("staged")
    git(folder, "add", "staged.txt")
    (folder / "content" / "tags.yaml").write_text("tags: []\n")
    before = git(folder, "status", "--porcelain=v2", "--branch"), git(folder, "for-each-ref")
    desk.publish(branch)
    assert (git(folder, "status", "--porcelain=v2", "--branch"), git(folder, "for-each-ref")) == before
    assert git(branch.folder, "merge-base", "--all", "main", "gh-pages", check=False) == b""


def test_the_author_of_the_repository_around_the_content_counts_more(desk, branch):
    git(desk.folder, "init", "--quiet", ".")
    git(desk.folder, "config", "user.name", "Bea")
    desk.publish(branch)
    assert git(branch.folder, "log", "--format=%an <%ae>", branch.ref) == b"Bea <ada@example.org>\n"


def test_an_unknown_author_is_one_line_and_nothing_is_pushed(desk, branch, tmp_path):
    (tmp_path / "gitconfig").write_text("")
    line = desk.refused(branch)
    assert line == "git does not know the author's name; say it: git config --global user.name …"
    assert branch.commits() == []


def test_a_hook_that_refuses_is_one_line(desk, branch):
    hook(branch, "echo 'no pushes on Sundays' >&2; exit 1")
    line = desk.refused(branch)
    assert line.startswith(f"git cannot publish to {branch.target}: remote: no pushes on Sundays; ")
    assert "(pre-receive hook declined)" in line
    assert line.endswith("nothing was changed")
    assert branch.commits() == []


def test_a_repository_that_is_not_there_is_one_line(desk, branch):
    branch.target = f"git+{branch.folder}-gone"
    assert "does not appear to be a git repository" in desk.refused(branch)


def test_a_server_that_does_not_answer_is_one_line_without_the_password(desk, branch):
    branch.target = f"git+http://ada:secret@127.0.0.1:{free_port()}/site.git#pages"
    line = desk.refused(branch)
    assert "Failed to connect" in line or "Could not connect" in line or "unable to access" in line
    assert "secret" not in line
    assert "ada" not in line


def test_a_push_by_somebody_else_meanwhile_is_not_lost(desk, branch, versions):
    desk.publish(branch)
    first = branch.commits()
    desk.become(versions[1])
    refs = f"git update-ref {branch.ref} $(git commit-tree -p {first[0]} -m other {branch.ref}^{{tree}})"
    hook(
        branch,
        f"unset GIT_QUARANTINE_PATH; GIT_AUTHOR_NAME=E GIT_AUTHOR_EMAIL=e GIT_COMMITTER_NAME=E "
        f"GIT_COMMITTER_EMAIL=e sh -c '{refs}'",
    )
    assert "nothing was changed" in desk.refused(branch)
    assert git(branch.folder, "log", "-1", "--format=%s", branch.ref) == b"other\n"


def test_another_branch_can_be_named(desk, tmp_path):
    place = BranchPlace(tmp_path / "repository.git", "pages/site")
    desk.publish(place)
    assert place.tree() == desk.site


SIZE = re.compile(r"the branch holds (at least )?(\d+\.\d) MB(?: with its (\w+) publishings|, this publishing alone)")


def size_told(result):
    """Return what a publishing said about the size of the branch: at least or not, MB, publishings."""
    found = SIZE.search(result.output)
    return bool(found[1]), float(found[2]), found[3]


def change_much(desk, seed):
    """Put a file into the site that does not pack."""
    (desk.folder / "content/static").mkdir(exist_ok=True)
    (desk.folder / "content/static/noise.bin").write_bytes(random.Random(seed).randbytes(3_000_000))  # noqa: S311
    assert desk.run("build").exit_code == 0


def keep_no_history(desk):
    settings = desk.folder / "content/site.yaml"
    settings.write_text(f"{settings.read_text()}publish: {{history: false}}\n")


def test_it_says_how_large_the_branch_has_become(desk, branch):
    told = []
    for seed in range(3):
        change_much(desk, seed)
        told.append(size_told(desk.run("publish", branch.target, **branch.environment)))
    assert [publishings for _, _, publishings in told] == [None, "2", "3"]
    sizes = [size for _, size, _ in told]
    assert sizes[0] >= 3
    assert sizes[2] - sizes[1] == pytest.approx(3, abs=0.5)
    git(branch.folder, "gc", "--quiet")
    packed = sum(file.stat().st_size for file in branch.folder.rglob("*.pack")) / 1e6
    assert sizes[2] == pytest.approx(packed, rel=0.2)
    assert size_told(desk.run("publish", branch.target, **branch.environment)) == told[2]


def test_of_a_branch_with_publishings_that_were_not_counted_it_says_at_least(desk, branch):
    change_much(desk, 1)
    desk.publish(branch)
    work = desk.folder.parent / "work"
    git(desk.folder.parent, "clone", "--quiet", "--branch=gh-pages", str(branch.folder), str(work))
    git(work, "rm", "--quiet", ".broadsheet/size.json")
    git(work, "-c", "user.name=Eve", "-c", "user.email=eve@example.org", "commit", "--quiet", "--message=Forget")
    git(work, "push", "--quiet", "origin", "gh-pages")
    change_much(desk, 2)
    is_least, size, publishings = size_told(desk.run("publish", branch.target, **branch.environment))
    assert (is_least, publishings) == (True, "earlier")
    assert size >= 6


def test_without_history_the_branch_holds_one_commit_and_no_larger_than_the_site(desk, branch):
    for seed in range(2):
        change_much(desk, seed)
        desk.publish(branch)
    keep_no_history(desk)
    for seed in (2, 3):
        change_much(desk, seed)
        is_least, size, publishings = size_told(desk.run("publish", branch.target, **branch.environment))
        assert (is_least, publishings) == (False, None)
        assert size < 5
        assert len(branch.commits()) == 1
        assert branch.tree() == desk.site
    git(branch.folder, "gc", "--quiet", "--prune=now")
    assert sum(file.stat().st_size for file in branch.folder.rglob("*.pack")) < 5e6


def test_history_goes_also_when_the_site_is_as_it_was_and_then_nothing_is_pushed(desk, branch, versions):
    desk.publish(branch)
    desk.become(versions[1])
    desk.publish(branch)
    assert len(branch.commits()) == 2
    keep_no_history(desk)
    desk.publish(branch)
    (commit,) = branch.commits()
    assert branch.tree() == desk.site
    desk.publish(branch)
    assert branch.commits() == [commit]


def test_what_the_message_of_a_commit_says_is_no_history(desk, branch):
    keep_no_history(desk)
    desk.publish(branch)
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    words = ("commit-tree", f"{branch.ref}^{{tree}}", "-m", "Begin\n\nparent of all")
    commit = git(branch.folder, *identity, *words).decode().strip()
    git(branch.folder, "update-ref", branch.ref, commit)
    desk.publish(branch)
    assert branch.commits() == [commit]


def test_without_history_the_files_of_others_stay(desk, branch, versions):
    desk.publish(branch)
    branch.put("mine/own.txt", b"a file of mine")
    keep_no_history(desk)
    desk.become(versions[1])
    keep_no_history(desk)
    desk.publish(branch)
    assert len(branch.commits()) == 1
    assert branch.tree() == desk.site | {"mine/own.txt": b"a file of mine"}


def test_without_history_what_somebody_pushed_meanwhile_is_not_lost(desk, branch, versions, monkeypatch):
    """The lease names the commit that was looked at: a later one is never replaced."""
    desk.publish(branch)
    desk.become(versions[1])
    keep_no_history(desk)
    looked = Repository.files

    def pushed_meanwhile(self, commit):
        found = looked(self, commit)
        branch.put("mine/late.txt", b"just now")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Repository, "files", pushed_meanwhile)
        line = desk.refused(branch)
    assert "stale info" in line
    assert branch.tree()["mine/late.txt"] == b"just now"
    assert len(branch.commits()) == 2


def test_a_dry_run_keeps_the_history(desk, branch, versions):
    desk.publish(branch)
    desk.become(versions[1])
    desk.publish(branch)
    keep_no_history(desk)
    before = branch.commits()
    assert desk.run("publish", "--dry-run", branch.target, **branch.environment).exit_code == 0
    assert branch.commits() == before
