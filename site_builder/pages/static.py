"""The user's own files, which are copied unchanged, and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.model.page import Page, PageData
from site_builder.model.picture import PictureToMake
from site_builder.sources.content.static_files import StaticFile

# Pages that a user's file of the same name replaces.
REPLACEABLE = frozenset({"robots.txt", ".nojekyll", "favicon.ico", "_redirects"})


@dataclass(frozen=True, slots=True)
class FileData(PageData):
    """The path of a file to copy."""

    file: str


@dataclass(frozen=True, slots=True)
class PictureData(PageData):
    """A picture to make."""

    picture: PictureToMake


def replace_pages(pages: Sequence[Page], files: Sequence[StaticFile]) -> list[Page]:
    """Return pages for the user's files, then the given pages except those that these files replace."""
    own = [Page(file.path, "static", file.path, f"content/{file.source}", FileData(file.file)) for file in files]
    taken = REPLACEABLE.intersection(file.path for file in files)
    return [*own, *(page for page in pages if page.path not in taken)]


def plan_pictures(pictures: Sequence[PictureToMake]) -> list[Page]:
    """Plan the files to make from the pictures of the content."""
    return [
        Page(picture.path, "picture", "", f"the picture {picture.file}", PictureData(picture)) for picture in pictures
    ]
