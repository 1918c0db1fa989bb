"""The links every page carries: the ways through the papers, the free pages, the feeds."""

from dataclasses import dataclass
from typing import Literal

from site_builder.languages import N_
from site_builder.render.site import Site, once
from site_builder.urls import free_page_path

# Ending of a feed's path → its media type and its name; in this order readers find them.
FEED_FORMATS = {
    ".xml": ("application/rss+xml", "RSS"),
    ".atom": ("application/atom+xml", "Atom"),
    ".json": ("application/feed+json", "JSON Feed"),
}

# Where an entry stands: always in sight, at the beginning or the end; in sight where there is room; or folded away.
Group = Literal["first", "wide", "folded", "last"]
# Output path → its name and group, before and after the free pages.
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
    """A name in the navigation, the output path and the anchor that it leads to, and where it stands."""

    name: str
    path: str
    group: Group
    anchor: str = ""


@once
def navigation(site: Site) -> tuple[NavigationLink, ...]:
    """Return the pages that every page names, of those the site has."""
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
