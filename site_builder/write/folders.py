"""Folders below output/: made for everyone to read, removed when nothing is left in them."""

import stat
from collections.abc import Iterable, Iterator
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
    """Remove a folder and those it lies in, up to the top, as far as they are empty."""
    with suppress(OSError):
        while folder != top:
            folder.rmdir()
            folder = folder.parent


def all_folders(paths: Iterable[str]) -> set[str]:
    """Return the folders that any of the output paths lies in."""
    innermost = {path.rpartition("/")[0] for path in paths} - {""}
    return innermost.union(*map(folders_of, innermost))


def folders_of(path: str) -> Iterator[str]:
    """Yield the folders that an output path lies in: `a` and `a/b` for `a/b/c.html`."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)
