"""The swap folder: a complete copy of the new site, made of hard links, shown while the output folder is updated."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from site_builder.problems import BuildError
from site_builder.write.drafts import MARK
from site_builder.write.folders import make_folder
from site_builder.write.lock import LOCK
from site_builder.write.manifest import OWN_FOLDER, Manifest, read_manifest, write_manifest
from site_builder.write.staging import STAGED, Changes


def swap_of(output: Path) -> Path:
    """Return the path of the swap folder: next to the output folder, where the two can exchange names."""
    return output.with_name(f".{output.name}.broadsheet")


def make_swap(output: Path, changes: Changes) -> Path | None:
    """Create the new site next to the old one, foreign files included; return None if that is impossible.

    That is the case when the parent folder is not writable, and when the disk has no hard links.
    """
    swap = swap_of(output)
    try:
        swap.mkdir()
        shutil.copymode(output, swap)
        make_output_folder(swap, output, changes.after)
        _link_unchanged(output, swap, {*changes.staged, *changes.gone})
        for folder in {path.rpartition("/")[0] for path in changes.staged}:
            make_folder(swap / folder)
        for path in changes.staged:
            os.link(f"{output}/{STAGED}/{path}", f"{swap}/{path}")
    except OSError:
        discard(swap, output)
        return None
    return swap


def make_output_folder(swap: Path, output: Path, manifest: Manifest) -> None:
    """Make the swap folder an output folder, before anything else, so that a later build recognises it as ours."""
    make_folder(swap / OWN_FOLDER)
    write_manifest(swap, manifest)
    os.link(output / LOCK, swap / LOCK)  # one lock, whichever of the two is shown
    if os.path.lexists(output / MARK):
        os.link(output / MARK, swap / MARK)


def _link_unchanged(output: Path, swap: Path, changed: set[str]) -> None:
    """Link every unchanged file of the output folder into the swap folder, with the folders they need."""
    pending, emptied = [""], []
    while pending:
        current = pending.pop()
        with os.scandir(output / current) as entries:
            for entry in entries:
                path = current + entry.name
                if path == OWN_FOLDER:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    (swap / path).mkdir()
                    shutil.copymode(entry.path, swap / path)
                    pending.append(f"{path}/")
                elif path in changed:
                    emptied.append(current)
                else:
                    os.link(entry.path, f"{swap}/{path}", follow_symlinks=False)
    for current in sorted(set(emptied) - {""}, reverse=True):
        with suppress(OSError):
            (swap / current).rmdir()


def discard(leftover: Path, output: Path) -> None:
    """Remove, as far as possible, a swap folder or the old folder that a killed build left in its place.

    Foreign files are not removed but moved back to the output folder, unless that has another file of the same name.
    """
    if not (leftover / OWN_FOLDER).is_dir() or leftover.is_symlink():
        with suppress(OSError):
            leftover.rmdir()
        return
    try:
        ours = read_manifest(leftover)
    except (BuildError, OSError):
        ours = {}
    for folder, folders, names, descriptor in os.fwalk(leftover, topdown=False):
        inside = "" if folder == str(leftover) else f"{os.path.relpath(folder, leftover)}/"
        if inside.startswith(f"{OWN_FOLDER}/"):
            continue
        for name in folders:  # subfolders are empty by now, unless some of their files had to stay
            with suppress(OSError):
                os.rmdir(name, dir_fd=descriptor)
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            with suppress(OSError):
                _discard_file(name, descriptor, f"{output}/{inside}{name}", is_ours=inside + name in ours)
    if list(leftover.iterdir()) == [leftover / OWN_FOLDER]:
        shutil.rmtree(leftover, ignore_errors=True)


def _discard_file(name: str, folder: int, shown: str, *, is_ours: bool) -> None:
    if is_ours or (os.path.lexists(shown) and os.path.samestat(os.lstat(name, dir_fd=folder), os.lstat(shown))):
        os.unlink(name, dir_fd=folder)
    elif not os.path.lexists(shown):
        make_folder(Path(shown).parent)
        os.rename(name, shown, src_dir_fd=folder)
