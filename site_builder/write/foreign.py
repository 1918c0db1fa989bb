"""Files in output/ that others put there: reported, kept, never followed and never overwritten."""

import os
import stat
from pathlib import Path

from site_builder.problems import BuildError, first_and_more
from site_builder.urls import all_folders
from site_builder.write.manifest import OWN_FOLDER, Manifest
from site_builder.write.staging import Changes

NAMED = 5  # files that a message names


def find_foreign(output: Path, manifest: Manifest) -> tuple[str, ...]:
    """Return the paths of all files and links in the folder that are not ours, without hidden ones."""
    found: list[str] = []
    pending = [""]
    while pending:
        current = pending.pop()
        with os.scandir(output / current) as entries:
            for entry in entries:
                path = current + entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False) and os.access(entry.path, os.R_OK | os.X_OK):
                    pending.append(f"{path}/")
                elif path not in manifest:
                    found.append(path)
    return tuple(sorted(found))


def refuse_foreign(output: Path, changes: Changes) -> None:
    """Raise BuildError if files that Broadsheet did not write are in the way of the site."""
    gone = set(changes.gone)
    for folder in sorted(all_folders(changes.after)):
        target = output / folder
        if target.is_symlink():
            raise BuildError(f"{target} is a link, which is not followed; move it away")
        if target.exists() and not target.is_dir() and folder not in gone:
            raise BuildError(f"{target} is a file where a folder belongs; move it away")
    rivals = [path for path in changes.staged if _is_rival(output, path, changes.before, gone)]
    if rivals:
        named = first_and_more(rivals, NAMED)
        raise BuildError(f"{output} holds files that Broadsheet did not write: {named}; move them or empty the folder")
    for folder in sorted({path.rpartition("/")[0] for path in (*changes.staged, *changes.gone)}):
        if (output / folder).is_dir() and not os.access(output / folder, os.W_OK | os.X_OK):
            raise BuildError(f"{output / folder} cannot be written: permission denied; the site is as it was")


def _is_rival(output: Path, path: str, before: Manifest, gone: set[str]) -> bool:
    """Return whether a path to be written holds something that we did not write."""
    try:
        mode = os.lstat(f"{output}/{path}").st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    if stat.S_ISREG(mode):
        return path not in before
    if not stat.S_ISDIR(mode):
        return True
    below = (file.relative_to(output).as_posix() for file in (output / path).rglob("*") if not _is_folder(file))
    return path == OWN_FOLDER or any(file not in gone for file in below)


def _is_folder(file: Path) -> bool:
    return file.is_dir() and not file.is_symlink()
