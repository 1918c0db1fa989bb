"""Publish to a branch of a git repository: each publication is a commit, made without a work tree.

The branch records its own size, as only its newest commit is ever fetched.
"""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import orjson

from site_builder.commands.publish.built_site import BuiltSite
from site_builder.commands.publish.changes import (
    PUBLISHED,
    PublishedFiles,
    TargetChanges,
    in_the_way,
    load_published,
    refuse_rivals,
)
from site_builder.commands.publish.program import needed, run
from site_builder.commands.publish.repository import Remote, Repository
from site_builder.pages.site_files import NO_JEKYLL
from site_builder.problems import BuildError, counted
from site_builder.write.manifest import OWN_FOLDER
from site_builder.written_file import indented_json

BRANCH = "gh-pages"
SIZE = f"{OWN_FOLDER}/size.json"  # bytes of all publications in the branch


class BranchTarget:
    """A branch of a repository that git can push to: `git+https://…`, `git+ssh://…` or `git+/path`, then `#branch`.

    content: folder whose git configuration names the author. now: time of the commit.
    keeps_history: whether a publication follows the earlier ones or replaces them.
    """

    def __init__(self, target: str, content: Path, now: datetime, *, keeps_history: bool) -> None:
        url, _, branch = target.removeprefix("git+").partition("#")
        self._program = needed("git")
        self._remote = Remote(url, branch or BRANCH)
        self._content = content
        self._now = now
        self._keeps_history = keeps_history
        self.name = self._remote.name

    def publish(self, site: BuiltSite, *, is_dry: bool) -> TargetChanges:
        """Commit the site to the branch, push it, and return the changes; a new branch begins without history.

        Raises BuildError, with the branch unchanged, when git fails or foreign files are in the way.
        """
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as name:
            return self._publish(site, Repository(self._program, Path(name), self._remote), is_dry)

    def _publish(self, site: BuiltSite, repository: Repository, is_dry: bool) -> TargetChanges:
        parent = repository.fetch()
        there = repository.files(parent)
        before = load_published(repository.read(there[PUBLISHED]), self.name) if PUBLISHED in there else {}
        ours = repository.store(site)
        if NO_JEKYLL in there and NO_JEKYLL not in before:
            ours.pop(NO_JEKYLL, None)  # a foreign one serves as well
        changes = TargetChanges(
            added=tuple(path for path in ours if path not in there),
            changed=tuple(path for path, blob in ours.items() if there.get(path, blob) != blob),
            removed=tuple(path for path, (_, blob) in before.items() if path not in ours and there.get(path) == blob),
        )
        rivals = in_the_way(ours, there).union(changes.changed) - before.keys()
        refuse_rivals(self.name, rivals, "remove them or name another branch")
        after: PublishedFiles = {path: (site.files.get(path, ""), blob) for path, blob in ours.items()}
        is_folded = not self._keeps_history and repository.has_history(parent)
        known = _read_size(repository.read(there[SIZE])) if SIZE in there else None
        if is_dry or not (changes or before != after or is_folded):
            return replace(changes, remark="" if is_dry else str(known or ""))
        author = self._author()

        def commit(**further: str) -> str:
            files = {**ours, PUBLISHED: repository.store_text(indented_json(after)), **further}
            message = _message(changes)
            return repository.commit(parent, files, changes.removed, message, author, follows=self._keeps_history)

        size = self._size_with(commit(), parent, known, repository)
        repository.push(parent, commit(**{SIZE: repository.store_text(size.dump())}))
        return replace(changes, remark=str(size))

    def _size_with(self, commit: str, parent: str, known: "_Size | None", repository: Repository) -> "_Size":
        """Return the size of the branch with a commit. known: the size without it."""
        if not parent or not self._keeps_history:
            return _Size(repository.size(commit), publishings=1)
        if known is None:  # earlier publications are not here to be counted
            known = _Size(repository.size(parent), publishings=0)
        publishings = known.publishings + 1 if known.publishings else 0
        return _Size(known.packed + repository.size(commit, parent), publishings)

    def _author(self) -> Mapping[str, str]:
        """Return the environment with author and time of a commit. Raises BuildError when git has no author."""
        named: dict[str, str] = {}
        for key in ("name", "email"):
            variable = f"GIT_AUTHOR_{key.upper()}"
            configured = run([self._program, "config", f"user.{key}"], folder=self._content.resolve())
            value = os.environ.get(variable) or configured.stdout.decode("utf-8", "replace").strip()
            if not value:
                raise BuildError(f"git does not know the author's {key}; say it: git config --global user.{key} …")
            named |= {variable: value, f"GIT_COMMITTER_{key.upper()}": value}
        moment = f"{int(self._now.timestamp())} +0000"
        return {**named, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}


@dataclass(frozen=True, slots=True)
class _Size:
    """The size of a branch. packed: bytes. publishings: how many it contains, 0 if some are older than the count."""

    packed: int
    publishings: int

    def dump(self) -> bytes:
        return orjson.dumps({"bytes": self.packed, "publishings": self.publishings}, option=orjson.OPT_APPEND_NEWLINE)

    def __str__(self) -> str:
        text = f"the branch holds {'' if self.publishings else 'at least '}{self.packed / 1e6:.1f} MB"
        if self.publishings == 1:
            return f"{text}, this publishing alone"
        return (
            f"{text} with its {self.publishings or 'earlier'} publishings; publish.history: false keeps the last alone"
        )


def _read_size(text: bytes) -> _Size | None:
    """Return the size recorded in a branch, None if it is unreadable."""
    try:
        value = orjson.loads(text)
        return _Size(int(value["bytes"]), int(value["publishings"]))
    except (ValueError, KeyError, TypeError):
        return None


def _message(changes: TargetChanges) -> str:
    counts = (
        f"{counted(len(changes.added), 'file')} added, {len(changes.changed)} changed, {len(changes.removed)} removed"
    )
    return f"Publish the site\n\n{counts}.\n"
