"""Volumes in the output folder that are complete and unmodified; their files need no planning or rendering."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from site_builder.model.page import volume_label
from site_builder.problems import BuildError
from site_builder.write.manifest import Manifest, read_manifest


class KnownVolumes(Protocol):
    """The volumes that an earlier build wrote."""

    def keep(self, name: str, key: str) -> Sequence[str]:
        """Keep a volume's files and return their paths; () when its key differs or a file was modified."""


class WrittenVolumes:
    """The volumes that the last build wrote to an output folder.

    kept: manifest entries of the volumes kept so far.
    """

    def __init__(self, output: Path) -> None:
        self.kept: Manifest = {}
        self._output = output
        self._volumes: dict[str, Manifest] = {}  # by label
        for path, entry in _manifest_of(output).items():
            if entry.volume:
                self._volumes.setdefault(entry.volume, {})[path] = entry

    def keep(self, name: str, key: str) -> tuple[str, ...]:
        """Keep a volume's files and return their paths; () when its key differs or a file was modified."""
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
    """Return the manifest, or an empty one if it cannot be read; the writer reports that."""
    try:
        return read_manifest(output)
    except (BuildError, OSError):
        return {}
