"""Folders below output/: created readable by everyone, removed when empty."""

import stat
from contextlib import suppress
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Create a folder and its parents, readable by all whatever the umask; existing ones are left alone."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(stat.S_IMODE(folder.stat().st_mode) & 0o7000 | 0o755)


def remove_empty_folders(top: Path, folder: Path) -> None:
    """Remove a folder and its parents while they are empty, stopping at `top`."""
    with suppress(OSError):
        while folder != top:
            folder.rmdir()
            folder = folder.parent
