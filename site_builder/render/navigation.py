"""The links every page carries: the ways through the papers, the free pages, the feeds."""

from dataclasses import dataclass

from site_builder.render.site import Site
from site_builder.urls import free_page_path

# Ending of a feed's path → its media type and its name; in this order readers find them.
FEED_FORMATS = {
    ".xml": ("application/rss+xml", "RSS"),
    ".atom": ("application/atom+xml", "Atom"),
    ".json": ("application/feed+json", "JSON Feed"),
}

# Output path → its name in the navigation, before and after the free pages.
BEFORE_FREE_PAGES = {
    "index.html": "Latest",
    "search.html": "Search",
    "archive.html": "Archive",
    "tags/index.html": "Tags",
    "organizations/index.html": "Organisations",
    "trending.html": "Trending",
    "statistics.html": "Statistics",
}
AFTER_FREE_PAGES = {"feeds.html": "Feeds", "my.html": "My digest"}


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A name in the navigation and the output path it leads to."""

    name: str
    path: str


def navigation(site: Site) -> tuple[NavigationLink, ...]:
    """Return the pages that every page names, of those the site has."""
    free = sorted((page for page in site.catalogue.pages if page.is_in_nav), key=lambda page: (page.order, page.slug))
    further = {page.path: page.navigation for page in site.pages.values() if page.navigation}
    names = BEFORE_FREE_PAGES | further | {free_page_path(page.slug): page.title for page in free} | AFTER_FREE_PAGES
    return tuple(NavigationLink(name, path) for path, name in names.items() if path in site.pages)
