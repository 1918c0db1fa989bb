"""The volumes that lie in an output folder whole and untouched: their files need not be planned or made."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from site_builder.model.page import volume_label
from site_builder.problems import BuildError
from site_builder.write.manifest import Manifest, read_manifest


class KnownVolumes(Protocol):
    """The volumes that an earlier build made."""

    def keep(self, name: str, key: str) -> Sequence[str]:
        """Return the paths of a volume's files, which are kept; none where another key made them, or one is touched."""


class WrittenVolumes:
    """The volumes of the last build.

    kept: the files of those that somebody asked for and that are still as they were.
    """

    def __init__(self, output: Path) -> None:
        self.kept: Manifest = {}
        self._output = output
        self._volumes: dict[str, Manifest] = {}  # by label
        for path, entry in _manifest_of(output).items():
            if entry.volume:
                self._volumes.setdefault(entry.volume, {})[path] = entry

    def keep(self, name: str, key: str) -> tuple[str, ...]:
        """Return the paths of a volume's files, which are kept; none where another key made them, or one is touched."""
        for label, files in self._volumes.items():
            if label == volume_label(name, key, len(files)) and self._is_as_written(files):
                self.kept.update(files)
                return tuple(files)
        return ()

    def _is_as_written(self, files: Manifest) -> bool:
        try:
            return all(entry.is_of(os.lstat(f"{self._output}/{path}")) for path, entry in files.items())
        except OSError:
            return False


def _manifest_of(output: Path) -> Manifest:
    """Return the manifest, empty where it cannot be read: the writer will tell."""
    try:
        return read_manifest(output)
    except (BuildError, OSError):
        return {}
