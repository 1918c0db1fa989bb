"""Files → what they change: changed ones are written aside, and the site is not touched yet."""

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
    """Another build has written since this one planned to keep what was there."""


class File(Protocol):
    """One file of the site, made only when it is asked for.

    path: its output path; volume: the label of its volume, see `Page.volume`; cache_key: a fingerprint of all that
    decides over its bytes, "" when only they tell; content: makes it.
    """

    @property
    def path(self) -> str: ...
    @property
    def volume(self) -> str: ...
    def cache_key(self) -> str: ...
    def content(self) -> bytes: ...


# What became of one file: its entry in the manifest and whether it was written aside; None for one that is as it was,
# which is true of most and must go from process to process at no cost.
Outcome = tuple[ManifestEntry, bool] | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build changes in its output folder.

    before, after: the manifests of the old and the new site.
    staged: the output paths of the new and the changed files, which lie under the same paths below
    `.broadsheet/staged/`, in the order of the pages.
    gone: the output paths that are no longer made and hold what we wrote; pages come before what they link to.
    """

    before: Manifest
    after: Manifest
    staged: Mapping[str, None]
    gone: tuple[str, ...]


class Stage:
    """Writes the changed ones of a site's files aside; any process may do so for any of them."""

    def __init__(self, output: Path, before: Manifest) -> None:
        self._output = output
        self._before = before
        self._folders: set[str] = set()

    def __call__(self, files: Iterable[File]) -> list[Outcome]:
        """Write those of the files aside that differ from what lies in the output folder.

        Raises BuildError for a path that is not fit for every disk and a file of the input that cannot be read.
        """
        return [self._stage(file) for file in files]

    def _stage(self, file: File) -> Outcome:
        path = file.path
        known = self._before.get(path)
        if known is None and (reason := why_unsafe(path)):  # the paths of a manifest are fit
            raise BuildError(f"{path!r} cannot be an output path: {reason}")
        status = _status(f"{self._output}/{path}")
        cache_key = file.cache_key()
        if cache_key and known and known.cache_key == cache_key and status and known.is_of(status):
            return None
        content = _content(file)
        digest = fingerprint(content)
        if status and self._holds(path, status, known, digest, len(content)):
            return ManifestEntry(digest, status.st_size, status.st_mtime_ns, cache_key, file.volume), False
        status = write_new_file(f"{self._place(path)}/{path}", content)
        return ManifestEntry(digest, status.st_size, status.st_mtime_ns, cache_key, file.volume), True

    def _holds(self, path: str, status: os.stat_result, known: ManifestEntry | None, digest: str, size: int) -> bool:
        """Tell whether a file holds the content; it is read only when its time is not the one of the manifest."""
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            return False
        if known and known.mtime == status.st_mtime_ns:
            return known.is_of(status) and known.fingerprint == digest
        return fingerprint_of_file(self._output / path) == digest

    def _place(self, path: str) -> str:
        """Make the folder that a changed file is written to; return the one that all of them lie below."""
        place = f"{self._output}/{STAGED}"
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            make_folder(Path(place, folder))
            self._folders.add(folder)
        return place


Work = Callable[[Sequence[File]], list[Outcome]]
# Does the work for all files and yields, as it is done, where a run of them begins and what became of each.
Spread = Callable[[Work, Sequence[File]], Iterable[tuple[int, list[Outcome]]]]


def in_turn(work: Work, files: Sequence[File]) -> Iterable[tuple[int, list[Outcome]]]:
    """Do the work for one file after the other, in this process."""
    return ((number, work((file,))) for number, file in enumerate(files))


def stage(
    files: Sequence[File],
    output: Path,
    before: Manifest,
    spread: Spread = in_turn,
    begin: Callable[[], None] = lambda: None,
    kept: Mapping[str, ManifestEntry] = NOTHING,
) -> Changes:
    """Write the changed ones of a site's files aside.

    spread: does the work for all files, here or in other processes. kept: files that stay, as the manifest has them.
    Raises OutdatedError when the manifest has them otherwise.
    begin: called once, when the first one has been written aside. Raises BuildError for a path that comes twice.
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
    """Make a file; an error of reading in an earlier step must not look like one of writing."""
    try:
        return file.content()
    except OSError as error:
        raise BuildError(f"{error.filename} cannot be read: {error.strerror}") from error


def is_as_written(output: Path, path: str, known: ManifestEntry) -> bool:
    """Tell whether what lies at a path of the manifest is still what we wrote there."""
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
