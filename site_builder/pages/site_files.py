"""What robots and web hosts read: the sitemap, robots.txt and .nojekyll."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from site_builder.catalogue.model import Catalogue
from site_builder.later import Later
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.urls import corrections_path, day_path, free_page_path, paper_path

NO_JEKYLL = ".nojekyll"
MAX_URLS = 50_000  # of one sitemap (sitemaps.org protocol)


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `robots.txt`, `sitemap.xml` and, past 50,000 addresses, the parts that it then lists; and `.nojekyll`.

    The last tells hosts that would let Jekyll rewrite what they are given to serve the files as they are.
    """
    addresses = list(_addresses(catalogue))
    parts = [addresses[i : i + MAX_URLS] for i in range(0, len(addresses), MAX_URLS)]
    if len(parts) == 1:
        yield _sitemap("sitemap.xml", parts[0], settings)
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield _sitemap(name, part, settings)
        locations = [settings.permalink(name) for name in names]
        yield Page("sitemap.xml", "xml", "pages/sitemap_index.xml", "the sitemap", {"locations": locations})
    sitemap = settings.permalink("sitemap.xml")
    yield Page("robots.txt", "text", "pages/robots.txt", "robots.txt", {"sitemap": sitemap})
    yield Page(NO_JEKYLL, "plain", "", "the mark for hosts that run Jekyll", {"text": ""})


def _sitemap(path: str, addresses: list[tuple[str, date | None]], settings: Settings) -> Page:
    return Page(path, "xml", "pages/sitemap.xml", "the sitemap", Later(_data, addresses, settings))


def _data(addresses: list[tuple[str, date | None]], settings: Settings) -> dict[str, Any]:
    return {"urls": [(settings.permalink(address), day) for address, day in addresses]}


def _addresses(catalogue: Catalogue) -> Iterator[tuple[str, date | None]]:
    """Yield (output path, day of its newest content) of the pages that are not made of others."""
    newest = catalogue.days[-1].date if catalogue.days else None
    yield "index.html", newest
    yield "archive.html", newest
    if catalogue.corrections:
        yield corrections_path(), catalogue.corrections[0].day
    for free_page in catalogue.pages:
        yield free_page_path(free_page.slug), None
    for day in reversed(catalogue.days):
        yield day_path(day.date), day.date
    for paper in catalogue.papers:
        corrected = (correction.day for correction in paper.corrections)
        yield paper_path(paper.id), max((*paper.days, *corrected), default=None)
