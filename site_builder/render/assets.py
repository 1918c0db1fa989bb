"""A theme's file, its scripts with the words of the site's language; or one of the site's own, as it is."""

import re
from pathlib import Path

from site_builder.model.page import Page
from site_builder.pages.site_files import TextData
from site_builder.pages.static import FileData
from site_builder.problems import BuildError
from site_builder.render.script_words import with_words
from site_builder.render.site import Site

_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)  # for those who change a theme; a reader's line need not carry it


def render(page: Page, site: Site) -> bytes:
    """Return the bytes of the page's asset from the first folder of templates that holds it."""
    return read_of_theme(f"assets/{page.template}", site)


def read_of_theme(name: str, site: Site) -> bytes:
    """Return the bytes of a file from the first folder of templates that holds it, as the site has them."""
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
    """Return a file from the first folder of templates that holds it. Raises BuildError when none does."""
    for folder in site.template_folders:
        file = folder / name
        if file.is_file():
            return file
    raise BuildError(f"the theme's file {name} is gone")


def render_static(page: Page, site: Site) -> bytes:
    """Return the bytes of a file of the site's own."""
    return Path(FileData.of(page).file).read_bytes()


def render_text(page: Page, site: Site) -> bytes:
    """Return the page's text."""
    return TextData.of(page).text.encode()
