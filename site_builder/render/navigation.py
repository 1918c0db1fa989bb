"""The links every page carries: the ways through the papers, the free pages, the feeds."""

from dataclasses import dataclass

from site_builder.languages import N_
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
    "index.html": N_("Latest"),
    "search.html": N_("Search"),
    "archive.html": N_("Archive"),
    "tags/index.html": N_("Tags"),
    "organizations/index.html": N_("Organisations"),
    "trending.html": N_("Trending"),
    "statistics.html": N_("Statistics"),
}
AFTER_FREE_PAGES = {"feeds.html": N_("Feeds"), "my.html": N_("My digest")}

_OWN_PAGES = (BEFORE_FREE_PAGES, AFTER_FREE_PAGES)


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A name in the navigation and the output path it leads to."""

    name: str
    path: str


def navigation(site: Site) -> tuple[NavigationLink, ...]:
    """Return the pages that every page names, of those the site has."""
    free = sorted((page for page in site.catalogue.pages if page.is_in_nav), key=lambda page: (page.order, page.slug))
    words = site.settings.words
    before, after = ({path: words.gettext(name) for path, name in each.items()} for each in _OWN_PAGES)
    further = {page.path: words.gettext(page.navigation) for page in site.pages.values() if page.navigation}
    names = before | further | {free_page_path(page.slug): page.title for page in free} | after
    return tuple(NavigationLink(name, path) for path, name in names.items() if path in site.pages)
