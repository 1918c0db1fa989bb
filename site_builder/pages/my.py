"""The reader's own digest: a page filled by the reader's browser, the papers it selects from, and the web manifest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Term
from site_builder.model.page import JsonData, Page, PageData
from site_builder.model.paper import Paper
from site_builder.pages.discovery import term_feeds
from site_builder.papers.clean import strip_controls
from site_builder.urls import term_path

RECENT_PATH = "api/recent.json"
RECENT_DAYS = 20  # digests; about four weeks
MAX_TAGS = 200  # offered on the page; a reader follows any other tag on its own page
MAX_RECENT = 420  # papers; about 60 kB compressed


@dataclass(frozen=True, slots=True)
class MyData(PageData):
    """The largest tags, and whether there are authors to follow, and organisations with feeds."""

    tags: Sequence[Term]
    has_authors: bool
    has_organization_feeds: bool


@dataclass(frozen=True, slots=True)
class RecentData(PageData):
    """The papers of the newest digests. formerly: former slugs of what was renamed, by the path of its page."""

    papers: Sequence[Paper]
    formerly: Mapping[str, Sequence[str]] = field(default_factory=dict)


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `my.html` and `api/recent.json`."""
    yield Page(RECENT_PATH, "text", "pages/recent.json", "the reader's own digest", recent_data(catalogue))
    chosen = {term.slug for term in nlargest(MAX_TAGS, catalogue.tags, key=lambda term: len(term.papers))}
    yield Page(
        path="my.html",
        renderer="html",
        template="pages/my.html",
        claimant="the reader's own digest",
        title=settings.words.gettext("My digest"),
        description=settings.words.gettext(
            "New papers of the tags and authors you follow, and those you saved, kept in your browser only"
        ),
        data=MyData(
            tags=[term for term in catalogue.tags if term.slug in chosen],
            has_authors=bool(catalogue.authors),
            has_organization_feeds=any(term_feeds(term, settings) for term in catalogue.organizations),
        ),
    )


def recent_data(catalogue: Catalogue) -> RecentData:
    """Return the papers that the reader's own digest selects from; readers may follow what was renamed since."""
    formerly = {term_path(term.taxonomy, term.slug): term.formerly for term in catalogue.terms if term.formerly}
    return RecentData(recent(catalogue), formerly)


def recent(catalogue: Catalogue) -> list[Paper]:
    """Return up to MAX_RECENT papers of the newest digests, newest first, without duplicates."""
    papers = {paper.id: paper for day in catalogue.days[: -RECENT_DAYS - 1 : -1] for paper in day.papers}
    return list(papers.values())[:MAX_RECENT]


def plan_manifest(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `site.webmanifest`, which lets a phone add the site to its home screen."""
    icons = [{"src": f"assets/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    value = {
        "name": strip_controls(settings.title),
        "short_name": strip_controls(settings.title),
        "description": strip_controls(settings.tagline),
        "lang": settings.words.language,
        "start_url": settings.address("index.html") or ".",
        "scope": ".",
        "display": "browser",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [*icons, {"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    yield Page("site.webmanifest", "data", "", "the web manifest", JsonData.holding(value))
