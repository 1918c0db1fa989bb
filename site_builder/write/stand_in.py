"""The stand-in: a whole copy of the new site, made of hard links, that visitors are shown while ours is renewed."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from site_builder.problems import BuildError
from site_builder.write.drafts import MARK
from site_builder.write.folders import make_folder
from site_builder.write.ledger import OWN_FOLDER, Ledger, read_ledger, write_ledger
from site_builder.write.lock import LOCK
from site_builder.write.staging import STAGED, Changes


def stand_in_of(output: Path) -> Path:
    """Return where the stand-in of an output folder lies: beside it, for only there can the two swap names."""
    return output.with_name(f".{output.name}.broadsheet")


def make_stand_in(output: Path, changes: Changes) -> Path | None:
    """Make the new site beside the old one, foreign files and all; return None where that cannot be done.

    It cannot where the folder around is not ours to write, and where the disk knows no hard links.
    """
    stand_in = stand_in_of(output)
    try:
        stand_in.mkdir()
        shutil.copymode(output, stand_in)
        furnish(stand_in, output, changes.after)
        _link_what_stays(output, stand_in, {*changes.staged, *changes.gone})
        for folder in {path.rpartition("/")[0] for path in changes.staged}:
            make_folder(stand_in / folder)
        for path in changes.staged:
            os.link(f"{output}/{STAGED}/{path}", f"{stand_in}/{path}")
    except OSError:
        discard(stand_in, output)
        return None
    return stand_in


def furnish(stand_in: Path, output: Path, ledger: Ledger) -> None:
    """Give the stand-in what makes it an output folder; first of all, so that a later build knows a torso as ours."""
    make_folder(stand_in / OWN_FOLDER)
    write_ledger(stand_in, ledger)
    os.link(output / LOCK, stand_in / LOCK)  # the same lock, whichever of the two is shown
    if os.path.lexists(output / MARK):
        os.link(output / MARK, stand_in / MARK)


def _link_what_stays(output: Path, stand_in: Path, changed: set[str]) -> None:
    """Give the stand-in every file of the output folder but the changed ones, and every folder that holds one."""
    pending, emptied = [""], []
    while pending:
        place = pending.pop()
        with os.scandir(output / place) as entries:
            for entry in entries:
                path = place + entry.name
                if path == OWN_FOLDER:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    (stand_in / path).mkdir()
                    shutil.copymode(entry.path, stand_in / path)
                    pending.append(f"{path}/")
                elif path in changed:
                    emptied.append(place)
                else:
                    os.link(entry.path, f"{stand_in}/{path}", follow_symlinks=False)
    for place in sorted(set(emptied) - {""}, reverse=True):
        with suppress(OSError):
            (stand_in / place).rmdir()


def discard(leftover: Path, output: Path) -> None:
    """Remove a stand-in, or the old folder that a killed build left in its place, as far as it can be removed.

    What no build of ours made is not removed: it goes back to the output folder, and where that holds another file
    of its name it stays where it is.
    """
    if not (leftover / OWN_FOLDER).is_dir() or leftover.is_symlink():
        with suppress(OSError):
            leftover.rmdir()
        return
    try:
        ours = read_ledger(leftover)
    except (BuildError, OSError):
        ours = {}
    for folder, folders, names in os.walk(leftover, topdown=False):
        place = "" if folder == str(leftover) else f"{os.path.relpath(folder, leftover)}/"
        if place.startswith(f"{OWN_FOLDER}/"):
            continue
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            with suppress(OSError):
                _discard_file(leftover, output, place + name, ours)
        if place:
            with suppress(OSError):
                Path(folder).rmdir()
    if list(leftover.iterdir()) == [leftover / OWN_FOLDER]:
        shutil.rmtree(leftover, ignore_errors=True)


def _discard_file(leftover: Path, output: Path, path: str, ours: Ledger) -> None:
    file, shown = leftover / path, output / path
    if path in ours or (os.path.lexists(shown) and os.path.samestat(file.lstat(), shown.lstat())):
        file.unlink()
    elif not os.path.lexists(shown):
        make_folder(shown.parent)
        file.rename(shown)
