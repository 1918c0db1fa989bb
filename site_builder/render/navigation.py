"""The links on every page: lists of papers, free pages, feeds."""

from dataclasses import dataclass
from typing import Literal

from site_builder.languages import N_
from site_builder.render.site import Site, once
from site_builder.urls import free_page_path

# Extension of a feed's path → its media type and name, in the order shown to readers.
FEED_FORMATS = {
    ".xml": ("application/rss+xml", "RSS"),
    ".atom": ("application/atom+xml", "Atom"),
    ".json": ("application/feed+json", "JSON Feed"),
}

# When a link is visible: always, at the beginning or the end; on wide screens; or in the folded menu.
Group = Literal["first", "wide", "folded", "last"]
# Output path → name and group, before and after the free pages.
BEFORE_FREE_PAGES: dict[str, tuple[str, Group]] = {
    "index.html": (N_("Latest"), "first"),
    "archive.html": (N_("Archive"), "wide"),
    "tags/index.html": (N_("Tags"), "wide"),
    "trending.html": (N_("Trending"), "wide"),
    "organizations/index.html": (N_("Organisations"), "folded"),
    "authors/index.html": (N_("Authors"), "folded"),
    "venues/index.html": (N_("Venues"), "folded"),
    "statistics.html": (N_("Statistics"), "folded"),
}
AFTER_FREE_PAGES: dict[str, tuple[str, Group]] = {
    "feeds.html": (N_("Feeds"), "folded"),
    "search.html": (N_("Search"), "last"),
    "my.html": (N_("Saved"), "last"),
}
ANCHORS = {"my.html": "#saved"}


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A link of the navigation: its name, output path and anchor, and when it is visible."""

    name: str
    path: str
    group: Group
    anchor: str = ""


@once
def navigation(site: Site) -> tuple[NavigationLink, ...]:
    """Return the links to those pages of the navigation that the site has."""
    free = sorted((page for page in site.catalogue.pages if page.is_in_nav), key=lambda page: (page.order, page.slug))
    words = site.settings.words
    further: dict[str, tuple[str, Group]] = {
        page.path: (page.navigation, "folded") for page in site.pages.values() if page.navigation
    }
    before, after = (
        {path: (words.gettext(name), group) for path, (name, group) in entries.items()}
        for entries in (BEFORE_FREE_PAGES | further, AFTER_FREE_PAGES)
    )
    own: dict[str, tuple[str, Group]] = {free_page_path(page.slug): (page.title, "folded") for page in free}
    return tuple(
        NavigationLink(name, path, group, ANCHORS.get(path, ""))
        for path, (name, group) in (before | own | after).items()
        if path in site.pages
    )
