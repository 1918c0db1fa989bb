"""Files of the theme, with scripts translated into the site's language, and plain files of the user."""

import re
from pathlib import Path

from site_builder.model.page import Page
from site_builder.pages.site_files import TextData
from site_builder.pages.static import FileData
from site_builder.problems import BuildError
from site_builder.render.script_words import with_words
from site_builder.render.site import Site

_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)  # for authors of themes; readers need not load it


def render(page: Page, site: Site) -> bytes:
    """Return the bytes of the page's asset, from the first template folder that has it."""
    return read_of_theme(f"assets/{page.template}", site)


def read_of_theme(name: str, site: Site) -> bytes:
    """Return a file's published bytes, from the first template folder that has it."""
    file = file_of_theme(name, site)
    content = file.read_bytes()
    if file.suffix != ".js":
        return content
    text = _COMMENT.sub("", content.decode("utf-8", "surrogateescape"))
    try:
        script = with_words(text, site.settings.words)
    except BuildError as error:
        raise BuildError(f"{file.name}: {error}") from error
    return script.encode("utf-8", "surrogateescape")


def file_of_theme(name: str, site: Site) -> Path:
    """Return a file's path in the first template folder that has it. Raises BuildError if none does."""
    for folder in site.template_folders:
        file = folder / name
        if file.is_file():
            return file
    raise BuildError(f"the theme's file {name} is gone")


def render_static(page: Page, site: Site) -> bytes:
    """Return the bytes of a file of the user."""
    return Path(FileData.of(page).file).read_bytes()


def render_text(page: Page, site: Site) -> bytes:
    """Return the page's text."""
    return TextData.of(page).text.encode()
