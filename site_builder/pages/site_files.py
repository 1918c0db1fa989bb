"""Files for robots and web hosts: the sitemap, robots.txt and .nojekyll."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.catalogue.order import in_parts
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import Page, PageData
from site_builder.papers.published_ids import first_month
from site_builder.urls import corrections_path, day_path, free_page_path, month_key, paper_path, permalink

NO_JEKYLL = ".nojekyll"
MAX_URLS = 50_000  # in one sitemap (sitemaps.org protocol)
MAX_SINGLE_SITEMAP = 1_000  # addresses up to which a site has a single sitemap
Address = tuple[str, date | None]  # output path or permanent link, and the day of its newest content


@dataclass(frozen=True, slots=True)
class SitemapData(PageData):
    """Permanent links, each with the day of its newest content."""

    urls: Sequence[Address]


@dataclass(frozen=True, slots=True)
class SitemapIndexData(PageData):
    """Permanent links of the sitemaps that an index lists."""

    locations: Sequence[str]


@dataclass(frozen=True, slots=True)
class RobotsData(PageData):
    """The permanent link of the sitemap."""

    sitemap: str


@dataclass(frozen=True, slots=True)
class TextData(PageData):
    """The text of a plain file."""

    text: str


def plan(catalogue: Catalogue, settings: Settings, front: Sequence[Page]) -> Iterator[Page]:
    """Plan `robots.txt`, `sitemap.xml`, the parts of a large sitemap, and `.nojekyll`.

    front: pages of the front, some of which belong in the sitemap. Above 1,000 addresses each month has a sitemap of
    its own, which later days do not change. `.nojekyll` makes hosts that would run Jekyll serve the files as they are.
    """
    parts = _parts([*_addresses(catalogue), *(("", page.path, None) for page in front if page.is_in_sitemap)], settings)
    addresses = [address for part in parts.values() for address in part]
    if len(addresses) <= MAX_SINGLE_SITEMAP:
        yield _sitemap("sitemap.xml", addresses, settings)
    else:
        for name, part in parts.items():
            yield _sitemap(name, part, settings)
        locations = [settings.permalink(name) for name in parts]
        yield Page("sitemap.xml", "xml", "pages/sitemap_index.xml", "the sitemap", SitemapIndexData(locations))
    sitemap = settings.permalink("sitemap.xml")
    yield Page("robots.txt", "text", "pages/robots.txt", "robots.txt", RobotsData(sitemap))
    yield Page(NO_JEKYLL, "plain", "", "the mark for hosts that run Jekyll", TextData(""))


def _parts(found: Sequence[tuple[str, str, date | None]], settings: Settings) -> dict[str, list[Address]]:
    """Return the addresses of each sitemap by file name: those without a month, then each month's, newest first."""
    addresses_of: dict[str, list[Address]] = {"pages": []}
    places = settings.places
    for month, path, day in found:
        if path not in places:
            addresses_of.setdefault(month or "pages", []).append((path, day))
    return {
        f"sitemap-{month}{f'-{number}' if number > 1 else ''}.xml": list(part)
        for month, addresses in addresses_of.items()
        for number, part in enumerate(in_parts(addresses, MAX_URLS), 1)
    }


def _sitemap(path: str, addresses: list[Address], settings: Settings) -> Page:
    urls = [(permalink(settings.base_url, settings.own_address(address)), day) for address, day in addresses]
    return Page(path, "xml", "pages/sitemap.xml", "the sitemap", SitemapData(urls))


def _addresses(catalogue: Catalogue) -> Iterator[tuple[str, str, date | None]]:
    """Yield (month or "", output path, day of its newest content) of the pages that are not made of others."""
    newest = catalogue.days[-1].date if catalogue.days else None
    yield "", "index.html", newest
    yield "", "archive.html", newest
    if catalogue.corrections:
        yield "", corrections_path(), catalogue.corrections[0].day
    for free_page in catalogue.pages:
        yield "", free_page_path(free_page.slug), None
    for day in reversed(catalogue.days):
        yield month_key(day.date), day_path(day.date), day.date
    for paper in sorted(catalogue.papers, key=lambda paper: (paper.days[:1], paper.id)):
        corrected = (correction.day for correction in paper.corrections)
        yield first_month(paper, ""), paper_path(paper.id), max((*paper.days, *corrected), default=None)
