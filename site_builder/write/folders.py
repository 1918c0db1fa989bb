"""Folders below output/: made for everyone to read, removed when nothing is left in them."""

import stat
from contextlib import suppress
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder and those it lies in, readable by all whatever the umask; leave alone what exists."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(stat.S_IMODE(folder.stat().st_mode) & 0o7000 | 0o755)


def remove_empty_folders(top: Path, folder: Path) -> None:
    """Remove a folder and its parents, up to the top, as long as they are empty."""
    with suppress(OSError):
        while folder != top:
            folder.rmdir()
            folder = folder.parent
