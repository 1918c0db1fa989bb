"""The links every page carries: the ways through the papers, the free pages, the feeds."""

from dataclasses import dataclass
from typing import Literal

from site_builder.render.site import Site
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
    "index.html": ("Latest", "first"),
    "archive.html": ("Archive", "wide"),
    "tags/index.html": ("Tags", "wide"),
    "trending.html": ("Trending", "wide"),
    "organizations/index.html": ("Organisations", "folded"),
    "statistics.html": ("Statistics", "folded"),
}
AFTER_FREE_PAGES: dict[str, tuple[str, Group]] = {
    "feeds.html": ("Feeds", "folded"),
    "search.html": ("Search", "last"),
    "my.html": ("Saved", "last"),
}
ANCHORS = {"my.html": "#saved"}


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A name in the navigation, the output path and the anchor that it leads to, and where it stands."""

    name: str
    path: str
    group: Group
    anchor: str = ""


def navigation(site: Site) -> tuple[NavigationLink, ...]:
    """Return the pages that every page names, of those the site has."""
    free = sorted((page for page in site.catalogue.pages if page.is_in_nav), key=lambda page: (page.order, page.slug))
    own: dict[str, tuple[str, Group]] = {free_page_path(page.slug): (page.title, "folded") for page in free}
    entries = BEFORE_FREE_PAGES | own | AFTER_FREE_PAGES
    return tuple(
        NavigationLink(name, path, group, ANCHORS.get(path, ""))
        for path, (name, group) in entries.items()
        if path in site.pages
    )
