"""Pages of the feeds: each feed in every format with its archive pages, the OPML lists of feeds, and the Feeds page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from site_builder.config.settings import Settings
from site_builder.languages import Words
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import Page, PageData
from site_builder.pages.all_feeds import FORMATS, PERIODS, SINGLE_PAPERS, Feed, all_feeds
from site_builder.urls import feed_archive_path

OPML_PATH = "feeds.opml"
MAIN_OPML_PATH = "feeds-main.opml"
MAX_LISTED = 80  # maximum number of tags, organisations or authors whose feeds the page lists, to limit its size
# Template of a feed's entries → the one used in archive pages, which shows only what an entry is and where to read it.
BRIEF = {
    SINGLE_PAPERS: "feeds/brief_paper.html",
    "feeds/day.html": "feeds/brief_day.html",
    PERIODS: "feeds/brief_period.html",
}


@dataclass(frozen=True, slots=True)
class FeedsData(PageData):
    """Groups of (heading, feeds, number of feeds left out). opml, main_opml: output paths of the OPML lists."""

    groups: Sequence[tuple[str, Sequence[Feed], int]]
    opml: str
    main_opml: str


@dataclass(frozen=True, slots=True)
class FeedData(PageData):
    """A feed, and the number of an archive page; 0 for the feed itself."""

    feed: Feed
    number: int


@dataclass(frozen=True, slots=True)
class OpmlData(PageData):
    """Groups of (heading, feeds)."""

    groups: Sequence[tuple[str, Sequence[Feed]]]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `feeds.html`, every feed in every format with its archive pages, and two OPML lists."""
    feeds = all_feeds(catalogue, settings)
    groups = _grouped(feeds, settings.words)
    yield Page(
        path="feeds.html",
        renderer="html",
        template="pages/feeds.html",
        claimant="the page of the feeds",
        title=settings.words.gettext("Feeds"),
        description=settings.words.gettext("How to follow the digest in a feed reader or by mail"),
        data=_listed(groups),
    )
    for feed in feeds:
        claimant = f'the feed "{feed.title}"'
        for number, archive in enumerate(feed.archives, start=1):
            path, data = feed_archive_path(feed.path, archive.name), FeedData(feed, number)
            yield Page(path, "atom", BRIEF.get(feed.template, feed.template), claimant, data, title=feed.title)
        for ending in feed.endings:
            yield Page(
                feed.path + ending, FORMATS[ending], feed.template, claimant, FeedData(feed, 0), title=feed.title
            )
    yield Page(OPML_PATH, "opml", "", "the list of all feeds", OpmlData(groups))
    yield Page(MAIN_OPML_PATH, "opml", "", "the list of the main feeds", OpmlData(groups[:1]))


def next_entry(pages: Iterable[Page], now: datetime) -> datetime | None:
    """Return when the next pending entry or update of any feed is due, None if there is none."""
    feeds = {id(page.data.feed): page.data.feed for page in pages if isinstance(page.data, FeedData)}
    items = chain.from_iterable(feed.items for feed in feeds.values())
    return min((time for item in items for time in (item.time, *item.updates) if time > now), default=None)


def _grouped(feeds: Sequence[Feed], words: Words) -> tuple[tuple[str, tuple[Feed, ...]], ...]:
    """Return each group's translated heading with its feeds, both in the order of `feeds`."""
    groups: dict[str, list[Feed]] = {}
    for feed in feeds:
        groups.setdefault(feed.group, []).append(feed)
    return tuple((words.gettext(heading), tuple(members)) for heading, members in groups.items())


def _listed(groups: Sequence[tuple[str, tuple[Feed, ...]]]) -> FeedsData:
    listed = [(heading, shown := _largest(members), len(members) - len(shown)) for heading, members in groups]
    return FeedsData(listed, OPML_PATH, MAIN_OPML_PATH)


def _largest(feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """Return the feeds of the pages with the most entries, in the order of `feeds`."""
    if len({feed.home for feed in feeds}) <= MAX_LISTED:  # avoids making entries only to count them
        return tuple(feeds)
    sizes = Counter[str]()
    for feed in feeds:
        sizes[feed.home] += len(feed.entries)
    homes = {home for home, _ in sizes.most_common(MAX_LISTED)}
    return tuple(feed for feed in feeds if feed.home in homes)
