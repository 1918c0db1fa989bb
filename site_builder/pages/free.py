"""Free Markdown pages of the user, and the page for missing addresses."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.note import FreePage
from site_builder.model.page import NO_DATA, Page, PageData
from site_builder.urls import free_page_path


@dataclass(frozen=True, slots=True)
class FreePageData(PageData):
    """A page written by the user."""

    free_page: FreePage


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `<slug>.html` for every file of `content/pages/`."""
    for free_page in catalogue.pages:
        yield Page(
            path=free_page_path(free_page.slug),
            renderer="html",
            template="pages/free.html",
            claimant=f"content/{free_page.path}",
            title=free_page.title,
            description=free_page.description,
            data=FreePageData(free_page),
        )


def plan_not_found(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `404.html`; its links begin with the base URL, because a host shows it at any depth."""
    yield Page(
        "404.html",
        "html",
        "pages/not_found.html",
        "the page of missing addresses",
        NO_DATA,
        title=settings.words.gettext("Not found"),
    )
