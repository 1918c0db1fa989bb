"""The theme's files that go into the site as they are: style sheet, script, icons."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from site_builder.model.page import NO_DATA, Page

FAVICON = "favicon.ico"  # at the top of the site, where browsers and feed readers look for it
PICTURES = "pictures.css"
OFFLINE = "offline.js"


def plan(folders: Sequence[Path], *, without: Collection[str] = ()) -> Iterator[Page]:
    """Plan `assets/<name>` for every file of the theme's `assets/`; a theme's file stands in for the default's.

    without: files that only pages need which this site has not.
    """
    shelves = [folder / "assets" for folder in folders]
    names = {
        file.relative_to(shelf).as_posix()
        for shelf in shelves
        for file in shelf.rglob("*")
        if file.is_file() and not file.name.startswith(".") and file.name not in without
    }
    for name in sorted(names):
        path = name if name == FAVICON else f"assets/{name}"
        yield Page(path, "asset", name, f"the theme's file assets/{name}", NO_DATA)
