"""Write rendered bytes to output/: only changed files, all or nothing, never over files of others.

Changed files are first staged below `output/.broadsheet/`, so a broken template or a full disk leaves the site as it
was. Then the new site replaces the old one in one step (see `commit`). A manifest of the files written tells ours from
those that others put into the folder.
"""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.problems import BuildError
from site_builder.write.commit import commit_changes, commit_first
from site_builder.write.foreign import find_foreign, refuse_foreign
from site_builder.write.interrupts import uninterrupted
from site_builder.write.lock import Lock, locked
from site_builder.write.manifest import (
    OWN_FOLDER,
    DamagedError,
    ManifestEntry,
    guessed_manifest,
    read_manifest,
    write_manifest,
)
from site_builder.write.staging import NOTHING, STAGED, File, Spread, in_turn, stage
from site_builder.write.swap import discard, swap_of


@dataclass(frozen=True, slots=True)
class WriteResult:
    """Result of a write: file counts, foreign files in the folder, and the size in bytes of each file of ours.

    is_guessed: whether the manifest was damaged, so that files at the site's paths were taken for ours.
    """

    written: int
    unchanged: int
    removed: int
    foreign: tuple[str, ...]
    sizes: Mapping[str, int]
    is_guessed: bool = False


def write_files(
    files: Sequence[File],
    output: Path,
    spread: Spread = in_turn,
    before_commit: Callable[[], None] = lambda: None,
    kept: Mapping[str, ManifestEntry] = NOTHING,
) -> WriteResult:
    """Write the files of a site; files that have not changed are not even rendered.

    spread: runs a piece of work for all files and yields the results, in this process or in others.
    before_commit: called when all files are rendered and nothing of the site has changed yet.
    kept: files to leave as the last build wrote them. Raises OutdatedError when another build has changed them.
    Raises BuildError, with the old site intact, when the folder cannot hold the site, has foreign files at our paths or
    is being written by another build, and when a path is not portable.
    """
    output = output.resolve()
    is_first = not os.path.lexists(output)
    try:
        with locked(output) as lock:
            return _write(files, output, lock, spread, before_commit, kept, is_first=is_first)
    except OSError as error:
        where = "" if error.filename in {None, str(output)} else f" ({os.fsdecode(error.filename)})"
        why = error.strerror or str(error)
        raise BuildError(f"{output} cannot be written: {why}{where}; the site in it is as it was") from error


def _write(
    files: Sequence[File],
    output: Path,
    lock: Lock,
    spread: Spread,
    before_commit: Callable[[], None],
    kept: Mapping[str, ManifestEntry],
    *,
    is_first: bool,
) -> WriteResult:
    _sweep(output)
    try:
        before, is_guessed = read_manifest(output), False
    except DamagedError:
        before, is_guessed = guessed_manifest(file.path for file in files), True
    try:
        changes = stage(files, output, before, spread, lock.announce, kept)
        is_bare = is_first and list(output.iterdir()) == [output / OWN_FOLDER]
        if not is_bare:
            refuse_foreign(output, changes)
        before_commit()
        with uninterrupted():
            if is_first and changes.staged and not os.path.lexists(swap_of(output)):
                commit_first(output, changes)
            elif changes.staged or changes.gone:
                commit_changes(output, changes)
            elif changes.after != before:
                write_manifest(output, changes.after)
    finally:
        with uninterrupted():
            _sweep(output)
    foreign = () if is_bare else find_foreign(output, changes.after)
    if os.path.lexists(swap_of(output)):
        foreign = (f"../{swap_of(output).name}", *foreign)
    sizes = {path: entry.size for path, entry in changes.after.items()}
    return WriteResult(
        len(changes.staged), len(changes.after) - len(changes.staged), len(changes.gone), foreign, sizes, is_guessed
    )


def _sweep(output: Path) -> None:
    """Remove what this build, or a killed one, left staged."""
    if os.path.lexists(output / STAGED):
        shutil.rmtree(output / STAGED)
    if os.path.lexists(swap_of(output)):
        discard(swap_of(output), output)
