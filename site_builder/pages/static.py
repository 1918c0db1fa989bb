"""Files of the site's own, which are copied as they are."""

from collections.abc import Sequence

from site_builder.model.picture import PictureToMake
from site_builder.pages.page import Page
from site_builder.sources.static_files import StaticFile

# What a site may say otherwise than Broadsheet does: a file of its own takes the place of this page.
REPLACEABLE = frozenset({"robots.txt", ".nojekyll", "favicon.ico", "_redirects"})


def replace_pages(pages: Sequence[Page], files: Sequence[StaticFile]) -> list[Page]:
    """Return the site's own files, then the pages whose place none of them takes."""
    own = [Page(file.path, "static", file.path, f"content/{file.source}", {"file": file.file}) for file in files]
    taken = REPLACEABLE.intersection(file.path for file in files)
    return [*own, *(page for page in pages if page.path not in taken)]


def plan_pictures(pictures: Sequence[PictureToMake]) -> list[Page]:
    """Plan the files that are made of the content's pictures."""
    return [Page(each.path, "picture", "", f"the picture {each.file}", {"picture": each}) for each in pictures]
