"""Files of the site's own, which are copied as they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.model.page import Page, PageData
from site_builder.model.picture import PictureToMake
from site_builder.sources.content.static_files import StaticFile

# What a site may say otherwise than Broadsheet does: a file of its own takes the place of this page.
REPLACEABLE = frozenset({"robots.txt", ".nojekyll", "favicon.ico", "_redirects"})


@dataclass(frozen=True, slots=True)
class FileData(PageData):
    """The path of a file to copy."""

    file: str


@dataclass(frozen=True, slots=True)
class PictureData(PageData):
    """What is to be made of a picture."""

    picture: PictureToMake


def replace_pages(pages: Sequence[Page], files: Sequence[StaticFile]) -> list[Page]:
    """Return the site's own files, then the pages whose place none of them takes."""
    own = [Page(file.path, "static", file.path, f"content/{file.source}", FileData(file.file)) for file in files]
    taken = REPLACEABLE.intersection(file.path for file in files)
    return [*own, *(page for page in pages if page.path not in taken)]


def plan_pictures(pictures: Sequence[PictureToMake]) -> list[Page]:
    """Plan the files that are made of the content's pictures."""
    return [Page(each.path, "picture", "", f"the picture {each.file}", PictureData(each)) for each in pictures]
