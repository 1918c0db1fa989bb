"""The theme's files that are copied into the site: style sheets, scripts, icons."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.model.page import NO_DATA, Page, PageData

FAVICON = "favicon.ico"  # at the root of the site, where browsers and feed readers look for it
_MODULE = re.compile(rb"^(?:import|export)\b", re.MULTILINE)
PICTURES = "pictures.css"
OFFLINE = "offline.js"
NEED_A_SERVER = frozenset({OFFLINE, "lost.js", "results.js", "since.js"})  # modules
DISK_SCRIPT = "assets/disk.js"


@dataclass(frozen=True, slots=True)
class ModulesData(PageData):
    """The theme's scripts that are modules, except those that need a server, by name below its `assets/`."""

    names: Sequence[str]


def plan(folders: Sequence[Path], *, without: Collection[str] = ()) -> Iterator[Page]:
    """Plan `assets/<name>` for every file in the theme's `assets/`; a theme's file overrides the default theme's.

    without: files to leave out because only page kinds that this site lacks use them.
    """
    asset_folders = [folder / "assets" for folder in folders]
    names = {
        file.relative_to(folder).as_posix()
        for folder in asset_folders
        for file in folder.rglob("*")
        if file.is_file() and not _is_hidden(file.relative_to(folder)) and file.name not in without
    }
    for name in sorted(names):
        path = name if name == FAVICON else f"assets/{name}"
        yield Page(path, "asset", name, f"the theme's file assets/{name}", NO_DATA)
    scripts = sorted(name for name in names - NEED_A_SERVER if name.endswith(".js"))
    modules = [
        name
        for name in scripts
        if _is_module(next(folder / name for folder in asset_folders if (folder / name).is_file()))
    ]
    yield Page(DISK_SCRIPT, "disk script", "", "the scripts of a site on a disk", ModulesData(modules))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_module(script: Path) -> bool:
    return bool(_MODULE.search(script.read_bytes()))
