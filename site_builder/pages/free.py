"""Free Markdown pages, the page of the feeds, and what belongs to every site: 404, sitemap, robots, assets."""

from collections.abc import Iterator

from site_builder.catalogue.model import Catalogue
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.urls import free_page_path


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `<slug>.html` for every file of `content/pages/` with its `free_page`."""
    for free_page in catalogue.pages:
        yield Page(
            path=free_page_path(free_page.slug),
            renderer="html",
            template="pages/free.html",
            claimant=f"content/{free_page.path}",
            title=free_page.title,
            description=free_page.description,
            data={"free_page": free_page},
        )


def plan_not_found(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `404.html`; a host shows it at any depth, so its links begin at the base URL."""
    yield Page(
        "404.html",
        "html",
        "pages/not_found.html",
        "the page of missing addresses",
        {},
        title=settings.words.gettext("Not found"),
    )
