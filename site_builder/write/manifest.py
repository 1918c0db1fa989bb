"""The manifest of files that the last build wrote to output/; nothing else is ever replaced or removed."""

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import orjson

from site_builder.problems import BuildError
from site_builder.urls import why_unsafe
from site_builder.written_file import replace_file

OWN_FOLDER = ".broadsheet"
MANIFEST = f"{OWN_FOLDER}/ledger.json"  # the name that the first release gave it


class ManifestEntry(NamedTuple):
    """A file as we wrote it: fingerprint of its content, size in bytes, mtime in ns, and cache key.

    volume: the label of its volume, see `Page.volume`.
    """

    fingerprint: str
    size: int
    mtime: int
    cache_key: str = ""
    volume: str = ""

    def is_of(self, status: os.stat_result) -> bool:
        """Return whether a file's status is the one we left it with."""
        return status.st_size == self.size and status.st_mtime_ns == self.mtime and stat.S_ISREG(status.st_mode)


class DamagedError(BuildError):
    """The manifest cannot be read or trusted."""


Manifest = dict[str, ManifestEntry]  # by output path, in the order of the pages
UNSURE = ManifestEntry("", 0, 0)  # a file that a build was about to write: ours, but perhaps never written


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of an output folder, empty if nothing was ever written to it.

    Raises DamagedError when it is damaged or names a path outside the folder, BuildError when it is a link.
    """
    try:
        descriptor = os.open(folder / MANIFEST, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return {}
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise BuildError(f"{folder / MANIFEST} is a link, which is not followed; remove it") from None
    with os.fdopen(descriptor, "rb") as stream:
        text = stream.read()
    try:
        manifest = {path: _entry(*value) for path, value in orjson.loads(text).items()}
    except (ValueError, AttributeError, IndexError, TypeError, KeyError):
        manifest = None
    if manifest is None or any(map(why_unsafe, manifest)):
        raise DamagedError(f"{folder / MANIFEST} is damaged; run broadsheet build again")
    return manifest


def guessed_manifest(paths: Iterable[str]) -> Manifest:
    """Return a substitute for a damaged manifest, in which nothing is known of the files at the given paths."""
    return {path: UNSURE for path in paths if not why_unsafe(path)}


def _entry(fingerprint: str, size: int, mtime: int, cache_key: str = "", volume: str = "") -> ManifestEntry:
    return ManifestEntry(str(fingerprint), int(size), int(mtime), str(cache_key), str(volume))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest of an output folder atomically, so that a crash leaves the old or the new one."""
    replace_file(folder / MANIFEST, orjson.dumps({path: tuple(entry) for path, entry in manifest.items()}))
