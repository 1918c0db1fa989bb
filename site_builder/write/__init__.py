"""Bytes → output/: only what changed, all or nothing, and never over what is not ours.

Every changed file is first staged below `output/.broadsheet/`; a broken template or a full disk therefore leaves the
site as it was. Then the new site takes the place of the old in one step (see `commit`). A manifest of what was written
tells our files from those that others put into the folder.
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
from site_builder.write.lock import PATIENCE, Lock, locked
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
    """What a write did: counts of files, foreign files in the folder, and the bytes of each file of ours.

    is_guessed: whether the manifest was damaged, so that what lay at the site's addresses was taken for ours.
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
    """Write the files of a site and return what was done; those that are as they were are not even made.

    spread: does a piece of work for all files and yields what comes of it, here or in other processes.
    before_commit: called when all files are made, and nothing of the site is changed yet.
    kept: files that stay as the last build left them. Raises OutdatedError where another build has changed them.
    Raises BuildError, with the old site untouched, when the folder cannot hold the site, holds foreign files in the
    place of ours or is being written by another build, and when a path is not fit for every disk.
    """
    output = output.resolve()
    is_first = not os.path.lexists(output)
    try:
        with locked(output, PATIENCE) as lock:
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
    """Remove what a build that was killed, or this one, has set aside."""
    if os.path.lexists(output / STAGED):
        shutil.rmtree(output / STAGED)
    if os.path.lexists(swap_of(output)):
        discard(swap_of(output), output)
