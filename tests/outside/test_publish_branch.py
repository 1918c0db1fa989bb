"""Publishing to a branch: the commits that are made of it, and what may break on the way."""

import re

import pytest

from tests.outside.places import BranchPlace, free_port, git


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
