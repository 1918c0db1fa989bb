"""Locate a theme's templates and assets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.problems import BuildError

if TYPE_CHECKING:  # not imported by a build that finds nothing changed
    from site_builder.config.settings import Settings

DEFAULT_THEME = "default"


def template_folders(settings: Settings, project: Path | None = None) -> tuple[Path, ...]:
    """Return the folders to search for a template or an asset: the theme's own first, then the default theme's.

    project: folder whose `templates/` may hold the site's own themes; None for the working directory.
    Raises BuildError for an unknown theme, naming the known ones.
    """
    shelves = [(project or Path()).resolve() / "templates", shipped_templates()]
    names = dict.fromkeys([settings.theme, DEFAULT_THEME])
    found = [folder for name in names for shelf in shelves if (folder := shelf / name).is_dir()]
    if not any(folder.name == settings.theme for folder in found):
        known = sorted({folder.name for shelf in shelves if shelf.is_dir() for folder in shelf.iterdir()})
        raise BuildError(f'no theme "{settings.theme}" in templates/; known themes are {", ".join(known)}')
    return tuple(dict.fromkeys(found))


def shipped_templates() -> Path:
    """Return the folder of the shipped templates: in the installed package, or next to it in the repository."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
