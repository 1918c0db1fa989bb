"""Compare a site's files with the output folder and stage the changed ones; the site itself is not touched."""

import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from site_builder.fingerprint import fingerprint, fingerprint_of_file
from site_builder.problems import BuildError
from site_builder.urls import folders_of, why_unsafe
from site_builder.write.folders import make_folder
from site_builder.write.manifest import OWN_FOLDER, UNSURE, Manifest, ManifestEntry
from site_builder.written_file import write_new_file

STAGED = f"{OWN_FOLDER}/staged"


NOTHING: Mapping[str, ManifestEntry] = {}


class OutdatedError(Exception):
    """Another build has changed files that this build planned to keep."""


class File(Protocol):
    """One file of the site, rendered on demand.

    path: output path. volume: label of its volume, see `Page.volume`.
    cache_key: fingerprint of everything that determines its bytes, "" when the bytes themselves must be compared.
    content: renders it.
    """

    @property
    def path(self) -> str: ...
    @property
    def volume(self) -> str: ...
    def cache_key(self) -> str: ...
    def content(self) -> bytes: ...


# The result of one file: its manifest entry and whether it was staged. Most files are unchanged: their result is None,
# which costs nothing to send between processes.
Outcome = tuple[ManifestEntry, bool] | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes that a build makes in its output folder.

    before, after: manifests of the old and the new site.
    staged: output paths of new and changed files, in the order of the pages; each lies at the same path below
    `.broadsheet/staged/`.
    gone: output paths of files of ours that are no longer part of the site; pages come before what they link to.
    """

    before: Manifest
    after: Manifest
    staged: Mapping[str, None]
    gone: tuple[str, ...]


class Stage:
    """Stages the changed files of a site; several processes may share the work."""

    def __init__(self, output: Path, before: Manifest) -> None:
        self._output = output
        self._before = before
        self._folders: set[str] = set()

    def __call__(self, files: Iterable[File]) -> list[Outcome]:
        """Stage the files that differ from the output folder, and return the result of each.

        Raises BuildError for a path that is not portable and for an input file that cannot be read.
        """
        return [self._stage(file) for file in files]

    def _stage(self, file: File) -> Outcome:
        path = file.path
        known = self._before.get(path)
        if known is None and (reason := why_unsafe(path)):  # paths in the manifest were checked
            raise BuildError(f"{path!r} cannot be an output path: {reason}")
        status = _status(f"{self._output}/{path}")
        cache_key = file.cache_key()
        if cache_key and known and known.cache_key == cache_key and status and known.is_of(status):
            return None
        content = _content(file)
        digest = fingerprint(content)
        if status and self._holds(path, status, known, digest, len(content)):
            return ManifestEntry(digest, status.st_size, status.st_mtime_ns, cache_key, file.volume), False
        status = write_new_file(f"{self._make_parent(path)}/{path}", content)
        return ManifestEntry(digest, status.st_size, status.st_mtime_ns, cache_key, file.volume), True

    def _holds(self, path: str, status: os.stat_result, known: ManifestEntry | None, digest: str, size: int) -> bool:
        """Return whether a file holds the content; it is read only when its time differs from the manifest's."""
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            return False
        if known and known.mtime == status.st_mtime_ns:
            return known.is_of(status) and known.fingerprint == digest
        return fingerprint_of_file(self._output / path) == digest

    def _make_parent(self, path: str) -> str:
        """Create the folder for a staged file, and return the root of all staged files."""
        root = f"{self._output}/{STAGED}"
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            make_folder(Path(root, folder))
            self._folders.add(folder)
        return root


Work = Callable[[Sequence[File]], list[Outcome]]
# Runs the work for all files; yields the start index and the results of each run of files as it completes.
Spread = Callable[[Work, Sequence[File]], Iterable[tuple[int, list[Outcome]]]]


def in_turn(work: Work, files: Sequence[File]) -> Iterable[tuple[int, list[Outcome]]]:
    """Run the work for one file after another, in this process."""
    return ((number, work((file,))) for number, file in enumerate(files))


def stage(
    files: Sequence[File],
    output: Path,
    before: Manifest,
    spread: Spread = in_turn,
    begin: Callable[[], None] = lambda: None,
    kept: Mapping[str, ManifestEntry] = NOTHING,
) -> Changes:
    """Stage the changed files of a site and return the changes.

    spread: runs the work for all files, here or in other processes.
    begin: called once, after the first file has been staged.
    kept: files to leave alone, with their manifest entries. Raises OutdatedError when the manifest differs.
    Raises BuildError for a path that occurs twice.
    """
    if any(before.get(path) != entry for path, entry in kept.items()):
        raise OutdatedError
    paths = set(kept)
    for file in files:
        if file.path in paths:
            raise BuildError(f"two pages are written to {output / file.path}")
        paths.add(file.path)
    outcomes: dict[int, Outcome] = {}
    is_begun = False
    for start, some in spread(Stage(output, before), files):
        outcomes.update(enumerate(some, start))
        if not is_begun and any(outcome and outcome[1] for outcome in some):
            begin()
            is_begun = True
    after: Manifest = dict(kept)
    staged: dict[str, None] = {}
    for number, file in enumerate(files):
        path = file.path
        after[path], is_staged = outcomes[number] or (before[path]._replace(volume=file.volume), False)
        if is_staged:
            staged[path] = None
    gone = (path for path, entry in before.items() if path not in after and is_as_written(output, path, entry))
    return Changes(before, after, staged, tuple(gone)[::-1])


def _content(file: File) -> bytes:
    """Render a file. An OSError is raised as BuildError, so that it is not mistaken for an error of writing."""
    try:
        return file.content()
    except OSError as error:
        raise BuildError(f"{error.filename} cannot be read: {error.strerror}") from error


def is_as_written(output: Path, path: str, known: ManifestEntry) -> bool:
    """Return whether the file at a manifest path is still the one we wrote."""
    if any((output / folder).is_symlink() for folder in folders_of(path)):
        return False
    status = _status(f"{output}/{path}")
    if not status or not stat.S_ISREG(status.st_mode):
        return False
    return known == UNSURE or known.is_of(status) or fingerprint_of_file(output / path) == known.fingerprint


def _status(file: str) -> os.stat_result | None:
    try:
        return os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return None
