"""One planned output, not yet rendered."""

from collections.abc import Mapping
from typing import Any, NamedTuple

KEPT = "kept"  # the renderer of a page that stays as the last build left it


class Page(NamedTuple):
    """One output file: where it goes, which renderer and template make it, and from what; a tuple is made soonest.

    path: below `output/`; claimant: the input or rule that wants it, named when two want one path.
    title, description: for `<title>`, previews and feeds; "" where they mean nothing.
    feeds: discovery links of this page besides the site's own, as (title, output path without its ending).
    data: what the template sees, besides what every template sees.
    volume: the volume it is planned from, with all that decides over its pages; "" for a page of the front.
    navigation: its name in the navigation, "" for a page that other pages lead to. is_in_sitemap: whether a page of the
    front is named there; those of volumes are.
    """

    path: str
    renderer: str
    template: str
    claimant: str
    data: Mapping[str, Any]
    title: str = ""
    description: str = ""
    feeds: tuple[tuple[str, str], ...] = ()
    volume: str = ""
    navigation: str = ""
    is_in_sitemap: bool = False


def volume_label(volume: str, key: str, pages: int) -> str:
    """Return what each page of a volume carries: its name, what decides over its pages, and how many there are."""
    return f"{volume} {key} {pages}"
