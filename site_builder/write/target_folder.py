"""Checks of folders that a site is written to: never one with files that are not ours to replace."""

from collections.abc import Mapping
from pathlib import Path

from site_builder.problems import BuildError


def refuse_folder(folder: Path, name: str, apart: Mapping[str, Path], remedy: str) -> None:
    """Raise BuildError if a folder is not fit to hold a site.

    That is so for a file, the root of the disk, the home folder, and folders that overlap with one in `apart`.
    name: what the folder is, as in "output folder". apart: name → folder of what must be neither in it nor around it.
    remedy: how to choose another folder.
    """
    target = folder.resolve()
    if target in (Path(target.anchor), _home()):
        raise BuildError(f"{folder} cannot be the {name}; {remedy}")
    for other, path in apart.items():
        source = path.resolve()
        if target.is_relative_to(source) or source.is_relative_to(target):
            raise BuildError(f"the {name} {folder} and the {other} {path} overlap; keep them apart")
    if target.exists() and not target.is_dir():
        raise BuildError(f"{folder} is a file where the {name} belongs; move it or {remedy}")


def _home() -> Path | None:
    """Return the user's home folder, None for a user without one, as in a container."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return None
