"""Rendered files → what they change: changed ones are written aside, and the site is not touched yet."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from site_builder.problems import BuildError
from site_builder.urls import why_unsafe
from site_builder.write.folders import folders_of, make_folder
from site_builder.write.ledger import OWN_FOLDER, UNSURE, Entry, Ledger, write_new_file

STAGED = f"{OWN_FOLDER}/staged"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build changes in its output folder.

    before, after: the ledgers of the old and the new site.
    staged: output path → name below `.broadsheet/staged/`, of the new and the changed files in the order of the pages.
    gone: the output paths that are no longer made and hold what we wrote; pages come before what they link to.
    """

    before: Ledger
    after: Ledger
    staged: Mapping[str, str]
    gone: tuple[str, ...]


def stage(
    files: Iterable[tuple[str, bytes]], output: Path, before: Ledger, begin: Callable[[], None] = lambda: None
) -> Changes:
    """Write the changed ones of a stream of (output path, bytes) aside and return what is to be changed.

    begin: called once, before the first is written. Raises BuildError for a path that is not fit for every disk, a
    path that comes twice and a file of the input that cannot be read.
    """
    after: Ledger = {}
    staged: dict[str, str] = {}
    for path, content in _rendered(files):
        if reason := why_unsafe(path):
            raise BuildError(f"{path!r} cannot be an output path: {reason}")
        if path in after:
            raise BuildError(f"two pages are written to {output / path}")
        fingerprint = _fingerprint(content)
        if entry := _as_it_is(output / path, before.get(path), fingerprint, len(content)):
            after[path] = entry
            continue
        if not staged:
            begin()
            make_folder(output / STAGED)
        staged[path] = str(len(staged))
        status = write_new_file(output / STAGED / staged[path], content)
        after[path] = fingerprint, status.st_size, status.st_mtime_ns
    gone = (path for path, entry in before.items() if path not in after and is_as_written(output, path, entry))
    return Changes(before, after, staged, tuple(gone)[::-1])


def _rendered(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield the files; an error of reading in an earlier step must not look like one of writing."""
    try:
        yield from files
    except OSError as error:
        raise BuildError(f"{error.filename} cannot be read: {error.strerror}") from error


def _fingerprint(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _as_it_is(file: Path, known: Entry | None, fingerprint: str, size: int) -> Entry | None:
    """Return the ledger's entry of a file that already holds the content, or None; its time may have moved."""
    status = _status(file)
    if not status or not stat.S_ISREG(status.st_mode) or status.st_size != size:
        return None
    entry = fingerprint, size, status.st_mtime_ns
    return entry if entry == known or (_is_open_to_doubt(known, entry) and _holds(file, fingerprint)) else None


def _is_open_to_doubt(known: Entry | None, entry: Entry) -> bool:
    """Tell whether only reading a file shows what it holds: its time is not the one that the ledger gives."""
    return known is None or known[2] != entry[2]


def is_as_written(output: Path, path: str, known: Entry) -> bool:
    """Tell whether what lies at a path of the ledger is still what we wrote there."""
    if any((output / folder).is_symlink() for folder in folders_of(path)):
        return False
    status = _status(output / path)
    if not status or not stat.S_ISREG(status.st_mode):
        return False
    is_as_written = (status.st_size, status.st_mtime_ns) == known[1:]
    return known == UNSURE or is_as_written or _holds(output / path, known[0])


def _holds(file: Path, fingerprint: str) -> bool:
    return _fingerprint(file.read_bytes()) == fingerprint


def _status(file: Path) -> os.stat_result | None:
    try:
        return file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
