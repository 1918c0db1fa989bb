"""Folders that a site is written to: never one whose files are not ours to replace."""

from collections.abc import Mapping
from pathlib import Path

from site_builder.problems import BuildError


def refuse_folder(folder: Path, name: str, apart: Mapping[str, Path], remedy: str) -> None:
    """Refuse to write a site to a folder that holds more than a site.

    name: what the folder is, as in "output folder"; apart: what else must not be in it or around it → its folder;
    remedy: how another folder is named.
    Raises BuildError for a file, for the top of the disk, for the home folder and for an overlap.
    """
    target = folder.resolve()
    if target in (Path(target.anchor), Path.home().resolve()):
        raise BuildError(f"{folder} cannot be the {name}; {remedy}")
    for other, path in apart.items():
        source = path.resolve()
        if target.is_relative_to(source) or source.is_relative_to(target):
            raise BuildError(f"the {name} {folder} and the {other} {path} overlap; keep them apart")
    if target.exists() and not target.is_dir():
        raise BuildError(f"{folder} is a file where the {name} belongs; move it or {remedy}")
