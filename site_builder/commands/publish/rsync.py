"""Publish with rsync to a folder on another machine, over SSH or to an rsync server."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.commands.publish.built_site import BuiltSite
from site_builder.commands.publish.changes import (
    BROKEN_OFF,
    PUBLISHED,
    UNSURE,
    PublishedFiles,
    TargetChanges,
    in_order,
    load_published,
    refuse_rivals,
)
from site_builder.commands.publish.program import complaint, needed, run
from site_builder.problems import BuildError
from site_builder.urls import folders_of
from site_builder.write.folders import make_folder
from site_builder.written_file import indented_json

NOTHING_THERE = 23  # rsync's exit code when the file to fetch does not exist
VANISHED = 24  # its exit code when the file to send does not exist
REMEDY = "check the target, and that rsync alone reaches it"

# Files are uploaded under temporary names and renamed together, readable by all; contents are compared.
_SENDING = ("--checksum", "--perms", "--delay-updates")
_COMPARING = ("--checksum", "--dry-run", "--8-bit-output", "--out-format=%i %n")
_LOOKING = ("--dry-run", "--links", "--ignore-missing-args", "--8-bit-output", "--out-format=%n")
_REMOVING = ("--delete-missing-args", "--no-implied-dirs")


@dataclass(frozen=True, slots=True)
class RsyncTarget:
    """A folder that rsync can reach: `user@host:path` or `rsync://host/module/path`."""

    name: str
    _program: str = field(default_factory=lambda: needed("rsync"))

    def publish(self, site: BuiltSite, *, is_dry: bool) -> TargetChanges:
        """Make the folder hold the site and return the changes.

        New files go up first, then changed ones; last, files of earlier publications that are obsolete are removed.
        Raises BuildError when rsync fails or foreign files are in the way.
        """
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as name:
            return self._publish(site, Path(name), is_dry)

    def _publish(self, site: BuiltSite, workspace: Path, is_dry: bool) -> TargetChanges:
        before = self._manifest(workspace)
        after: PublishedFiles = {path: (fingerprint, "") for path, fingerprint in site.files.items()}
        added, changed, folders = self._differing(site)
        gone = [path for path in before if path not in after][::-1]
        changes = TargetChanges(tuple(added), tuple(changed), tuple(gone))
        rivals = {*changed, *self._in_the_way(workspace, folders)} - before.keys()
        refuse_rivals(self.name, rivals, "move them away or name another folder")
        if is_dry or not (changes or before != after):
            return changes
        self._put_manifest(workspace, {**before, **dict.fromkeys((*added, *changed), UNSURE)})
        for group in (*in_order(added), changed):
            self._rsync(site.folder, group, _SENDING, BROKEN_OFF)
        self._remove(workspace, changes.removed)
        self._put_manifest(workspace, after)
        return changes

    def _manifest(self, workspace: Path) -> PublishedFiles:
        done = run([self._program, "--", self._there(PUBLISHED), f"{workspace}/"])
        if done.returncode == NOTHING_THERE:
            return {}
        if done.returncode:
            raise BuildError(f"rsync cannot read {self.name}: {complaint(done)}; {REMEDY}; nothing was changed")
        return load_published((workspace / Path(PUBLISHED).name).read_bytes(), self.name)

    def _differing(self, site: BuiltSite) -> tuple[list[str], list[str], list[str]]:
        """Return the files that are missing there, those with other content, and the folders that are missing."""
        output = self._rsync(site.folder, site.files, _COMPARING, "nothing was changed").decode("utf-8", "replace")
        lines = (line.partition(" ") for line in output.split("\n"))
        marks = {path: mark for mark, _, path in lines}
        sent = [path for path in site.files if marks.get(path, "")[:2] in ("<f", ">f")]
        added = [path for path in sent if marks[path].endswith("+")]
        is_new = "created" in marks.values()  # "created directory …": that of the target, so nothing lies in it
        folders = [path.rstrip("/") for path, mark in marks.items() if mark.startswith("cd+") and not is_new]
        return added, [path for path in sent if not marks[path].endswith("+")], folders

    def _in_the_way(self, workspace: Path, folders: Sequence[str]) -> list[str]:
        """Return the files and links that lie there in place of folders, which rsync would replace without a word."""
        if not folders:
            return []
        names = "".join(f"{path}\0" for path in folders if not set(folders_of(path)).intersection(folders))
        command = [self._program, "--from0", "--files-from=-", *_LOOKING, "--", self._there(""), f"{workspace}/"]
        done = run(command, names.encode())
        if done.returncode:
            raise BuildError(f"rsync cannot read {self.name}: {complaint(done)}; {REMEDY}; nothing was changed")
        return done.stdout.decode("utf-8", "replace").splitlines()

    def _remove(self, workspace: Path, paths: Iterable[str]) -> None:
        """Remove files by sending them from a folder in which they are missing."""
        empty = workspace / "empty"
        empty.mkdir()
        for path in paths:
            make_folder((empty / path).parent)
        self._rsync(empty, paths, _REMOVING, "run the same command again; only files without a link to them are left")

    def _put_manifest(self, workspace: Path, manifest: PublishedFiles) -> None:
        file = workspace / "sent" / PUBLISHED
        make_folder(file.parent)
        file.write_bytes(indented_json(manifest))
        file.chmod(0o644)
        self._rsync(workspace / "sent", [PUBLISHED], _SENDING, "run the same command again")

    def _rsync(self, folder: Path, paths: Iterable[str], options: tuple[str, ...], state: str) -> bytes:
        """Run rsync for some files of a folder. state: what state an error leaves behind."""
        names = "".join(f"{path}\0" for path in paths).encode()
        if not names:
            return b""
        command = [self._program, "--from0", "--files-from=-", *options, "--", f"{folder.resolve()}/", self._there("")]
        done = run(command, names)
        if done.returncode not in (0, VANISHED):
            raise BuildError(f"rsync cannot write {self.name}: {complaint(done)}; {REMEDY}; {state}")
        return done.stdout

    def _there(self, path: str) -> str:
        return f"{self.name.rstrip('/')}/{path}"
