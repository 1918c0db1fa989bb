"""A branch of a git repository as target: each publishing is a commit, made without a work tree."""

import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from site_builder.outside.publish.built_site import BuiltSite
from site_builder.outside.publish.changes import Changes, changes_of, refuse_rivals
from site_builder.outside.publish.manifest import KEPT, PUBLISHED, Manifest, dump_manifest, kept_in, load_manifest
from site_builder.outside.publish.program import needed, run
from site_builder.outside.publish.repository import Remote, Repository
from site_builder.pages.site_files import NO_JEKYLL
from site_builder.problems import BuildError

BRANCH = "gh-pages"


class BranchTarget:
    """A branch of a repository that git can push to: `git+https://…`, `git+ssh://…` or `git+/path`, then `#branch`.

    content: the folder whose git settings name the author. now: the time of the commit.
    """

    def __init__(self, target: str, content: Path, now: datetime) -> None:
        url, _, branch = target.removeprefix("git+").partition("#")
        self._program = needed("git")
        self._remote = Remote(url, branch or BRANCH)
        self._content = content
        self._now = now
        self.name = self._remote.name

    def publish(self, site: BuiltSite, *, is_dry: bool) -> Changes:
        """Commit the site to the branch, push it, and return what that changes; a new branch begins without history.

        Raises BuildError, with the branch as it was, when git fails or the branch holds what is not ours.
        """
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as name:
            return self._publish(site, Repository(self._program, Path(name), self._remote), is_dry)

    def _publish(self, site: BuiltSite, repository: Repository, is_dry: bool) -> Changes:
        parent = repository.fetch()
        there = repository.files(parent)
        before = load_manifest(repository.read(there[PUBLISHED]), self.name) if PUBLISHED in there else {}
        ours = repository.store(site)
        if NO_JEKYLL in there and NO_JEKYLL not in before:
            ours.pop(NO_JEKYLL, None)  # somebody else's does as well
        changes = changes_of(
            added=(path for path in ours if path not in there),
            changed=(path for path, blob in ours.items() if there.get(path, blob) != blob),
            gone=(path for path, (_, blob) in before.items() if path not in ours and there.get(path) == blob),
            kept=kept_in(before),
        )
        refuse_rivals(self.name, set(changes.changed) - before.keys(), "remove them or name another branch")
        after: Manifest = {path: (site.files.get(path, ""), blob) for path, blob in ours.items()}
        after |= {path: (KEPT, there[path]) for path in changes.kept}
        if not is_dry and (changes or before != after):
            files = {**ours, PUBLISHED: repository.store_text(dump_manifest(after))}
            commit = repository.commit(parent, files, changes.removed, _message(changes), self._author())
            repository.push(parent, commit)
        return changes

    def _author(self) -> Mapping[str, str]:
        """Return the environment that names author and time of a commit. Raises BuildError when git knows none."""
        named: dict[str, str] = {}
        for key in ("name", "email"):
            variable = f"GIT_AUTHOR_{key.upper()}"
            told = run([self._program, "config", f"user.{key}"], folder=self._content.resolve())
            value = os.environ.get(variable) or told.stdout.decode("utf-8", "replace").strip()
            if not value:
                raise BuildError(f"git does not know the author's {key}; say it: git config --global user.{key} …")
            named |= {variable: value, f"GIT_COMMITTER_{key.upper()}": value}
        moment = f"{int(self._now.timestamp())} +0000"
        return {**named, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}


def _message(changes: Changes) -> str:
    counts = f"{len(changes.added)} files added, {len(changes.changed)} changed, {len(changes.removed)} removed"
    return f"Publish the site\n\n{counts}.\n"
