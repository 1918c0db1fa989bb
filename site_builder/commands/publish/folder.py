"""Publish to a folder, in the way a build writes its output folder: the whole site at once."""

import os
from dataclasses import dataclass
from pathlib import Path

from site_builder.commands.publish.built_site import BuiltSite
from site_builder.commands.publish.changes import TargetChanges, refuse_rivals
from site_builder.problems import BuildError
from site_builder.write import write_files
from site_builder.write.manifest import MANIFEST, UNSURE, DamagedError, Manifest, ManifestEntry, read_manifest
from site_builder.write.staging import is_as_written
from site_builder.write.target_folder import refuse_folder


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file of the built site, read on demand."""

    path: str
    site: BuiltSite
    volume: str = ""

    def cache_key(self) -> str:
        return self.site.files[self.path]

    def content(self) -> bytes:
        return self.site.read(self.path)


@dataclass(frozen=True, slots=True)
class FolderTarget:
    """A local or mounted folder."""

    name: str
    content: Path

    def publish(self, site: BuiltSite, *, is_dry: bool) -> TargetChanges:
        """Make the folder hold the site and return the changes.

        Raises BuildError, with the folder unchanged, when it cannot be written or foreign files are in the way.
        """
        folder = Path(self.name).expanduser()
        apart = {"content folder": self.content, "output folder": site.folder}
        refuse_folder(folder, "target", apart, "name another folder")
        before = _manifest_of(folder)
        changes = _changes(site, folder, before)
        refuse_rivals(self.name, set(changes.changed) - before.keys(), "move them away or name another folder")
        if changes and not is_dry:
            write_files([_Copy(path, site) for path in site.files], folder)
        return changes


def _manifest_of(folder: Path) -> Manifest:
    try:
        return read_manifest(folder)
    except DamagedError:
        remedy = "remove it and publish again, which names the files there that differ; nothing was changed"
        raise BuildError(f"{folder / MANIFEST} is damaged; {remedy}") from None


def _changes(site: BuiltSite, folder: Path, before: Manifest) -> TargetChanges:
    added, changed = [], []
    for path, fingerprint in site.files.items():
        known = before.get(path, UNSURE)
        entry = known if known.fingerprint == fingerprint else ManifestEntry(fingerprint, 0, 0)
        if not os.path.lexists(folder / path):
            added.append(path)
        elif not is_as_written(folder, path, entry):
            changed.append(path)
    gone = (path for path, entry in before.items() if path not in site.files and is_as_written(folder, path, entry))
    return TargetChanges(tuple(added), tuple(changed), tuple(gone))
