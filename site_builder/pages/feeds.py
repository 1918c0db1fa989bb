"""The feeds: each in every format, their archive pages, the list of them all, and the Feeds page."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from site_builder.catalogue.model import Catalogue, Day, Period, Taxonomy, Term, TermName
from site_builder.later import Later, LaterSequence
from site_builder.pages.discovery import corrections_feed, feed_endings, period_feed, site_feeds, term_feeds
from site_builder.pages.feed_entries import (
    ArchivePage,
    Entry,
    EntryMaker,
    archive_pages,
    days_by_tag,
    updated_apart,
)
from site_builder.pages.mail import all_editions
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.urls import corrections_path, entry_guid, feed_archive_path, feed_path, term_feed_path, term_path

# Ending of a feed's path → its renderer.
FORMATS = {".xml": "rss", ".atom": "atom", ".json": "json feed"}
OPML_PATH = "feeds.opml"
MAIN_OPML_PATH = "feeds-main.opml"
MOST_LISTED = 80  # tags, and organisations, whose feeds the page lists; every one weighs on it
SINGLE_PAPERS = "feeds/paper.html"  # the template of an entry that is a paper
PERIODS = "feeds/period.html"  # of one that is a week or a month
# Template of a feed's entries → that of the same entries in archive pages: what they are, and where to read it.
BRIEF = {
    SINGLE_PAPERS: "feeds/brief_paper.html",
    "feeds/day.html": "feeds/brief_day.html",
    PERIODS: "feeds/brief_period.html",
}
TERM_SHARE = 3  # a tag or an organisation has a third as many entries as the site, though never less than three days
# Feeds whose older entries are kept in archive pages also where the settings name the digests alone.
ARCHIVED = frozenset({feed_path("digests"), feed_path("weeks"), feed_path("months")})


@dataclass(frozen=True, slots=True, eq=False)
class Feed:
    """One feed, the same in every format.

    path: output path without its ending; guid: its permanent id; group: heading it has in lists of feeds.
    home: output path of the page it mirrors; template: makes the content of an entry.
    entries: newest first, also those that are not out yet; moments: times and weights of
    those that are single papers, so that none must be made to know them. archives: closed archive pages, oldest first.
    open_entries: how many of the newest entries wait for an archive page, and so must not be left out.
    top: how many papers an entry of a period holds, None for all. has_updates: whether an entry may have `updates`.
    is_selection: whether what it holds of older entries is decided anew, so that they are in no archive page.
    endings: of FORMATS, those that it is made in; length: how many entries it holds at least.
    """

    path: str
    guid: str
    group: str
    title: str
    description: str
    home: str
    template: str
    entries: Sequence[Entry]
    moments: Sequence[tuple[datetime, int]] = ()
    archives: tuple[ArchivePage, ...] = ()
    open_entries: int = 0
    top: int | None = None
    has_updates: bool = False
    is_selection: bool = False
    endings: tuple[str, ...] = tuple(FORMATS)
    length: int = 0

    def neighbours(self, number: int) -> tuple[ArchivePage | None, ArchivePage | None]:
        """Return the archive pages before and after one; that before the feed itself, number 0, is the last."""
        archives = (None, *self.archives, None)
        return (archives[number - 1], archives[number + 1]) if number else (archives[-2], None)


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `feeds.html`, every feed in every format with its archive pages, and two lists of them.

    The first and last have `groups`: headings and the feeds below each; on the page each group also has the number of
    its feeds that are left out. A feed has the `feed` and the `number` of the archive page, 0 for the feed itself.
    """
    feeds = all_feeds(catalogue, settings)
    groups = grouped(feeds)
    yield Page(
        path="feeds.html",
        renderer="html",
        template="pages/feeds.html",
        claimant="the page of the feeds",
        title="Feeds",
        description="How to follow the digest in a feed reader or by mail",
        data=Later(_listed, groups),
    )
    for feed in feeds:
        claimant = f'the feed "{feed.title}"'
        for number, archive in enumerate(feed.archives, start=1):
            path, data = feed_archive_path(feed.path, archive.name), {"feed": feed, "number": number}
            yield Page(path, "atom", BRIEF.get(feed.template, feed.template), claimant, data, title=feed.title)
        for ending in feed.endings:
            data = {"feed": feed, "number": 0}
            yield Page(feed.path + ending, FORMATS[ending], feed.template, claimant, data, title=feed.title)
    yield Page(OPML_PATH, "opml", "", "the list of all feeds", {"groups": groups})
    yield Page(MAIN_OPML_PATH, "opml", "", "the list of the main feeds", {"groups": groups[:1]})


def grouped(feeds: Sequence[Feed]) -> tuple[tuple[str, tuple[Feed, ...]], ...]:
    """Return each group's heading with its feeds, both in the order of the feeds."""
    groups: dict[str, list[Feed]] = {}
    for feed in feeds:
        groups.setdefault(feed.group, []).append(feed)
    return tuple((heading, tuple(members)) for heading, members in groups.items())


def _listed(groups: Sequence[tuple[str, tuple[Feed, ...]]]) -> dict[str, Any]:
    listed = [(heading, shown := _largest(members), len(members) - len(shown)) for heading, members in groups]
    return {"groups": listed, "opml": OPML_PATH, "main_opml": MAIN_OPML_PATH}


def _largest(feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """Return the feeds of the pages that have most entries, in the order of the feeds."""
    sizes = Counter[str]()
    for feed in feeds:
        sizes[feed.home] += len(feed.entries)
    homes = {home for home, _ in sizes.most_common(MOST_LISTED)}
    return tuple(feed for feed in feeds if feed.home in homes)


def all_feeds(catalogue: Catalogue, settings: Settings) -> list[Feed]:
    """Return every feed the settings ask for: the site's, then those of tags and organisations."""
    maker = EntryMaker(catalogue, settings)
    feeds = [*_site_feeds(catalogue, settings, maker), *_chosen_feeds(catalogue, settings, maker)]
    feeds += _edition_feeds(catalogue, settings, maker)
    feeds += [_corrections(catalogue, title, path, maker) for title, path in corrections_feed(catalogue, settings)]
    feeds += _tag_feeds(catalogue, settings, maker)
    for term in catalogue.organizations:
        feeds += [_term_papers(term, title, path, maker) for title, path in term_feeds(term, settings)]
    if maker.has_updates:
        feeds = [replace(feed, entries=LaterSequence(updated_apart, feed.entries), has_updates=True) for feed in feeds]
    return [_with_archives(_with_files(feed, settings), settings) for feed in feeds]


def _with_files(feed: Feed, settings: Settings) -> Feed:
    """Return a feed with the formats it is made in, and how many entries it holds."""
    length = settings.feeds.entries
    if feed.group in TERM_GROUPS:
        length = max(1, length // TERM_SHARE)
    return replace(feed, endings=feed_endings(feed.path, settings), length=length)


def _with_archives(feed: Feed, settings: Settings) -> Feed:
    """Return a feed with its archive pages; one that has none says that it holds the newest entries alone."""
    if feed.is_selection:
        return feed
    chosen = settings.feeds.archives
    is_left_out = {
        "none": True,
        "digests": feed.path not in ARCHIVED,
        "site": feed.group in TERM_GROUPS,
        "all": False,
    }
    if is_left_out[chosen]:
        return replace(feed, description=f"{feed.description} (the newest alone; older ones are on the site)")
    archives, open_entries = archive_pages(feed.entries, settings.feeds.entries, feed.moments)
    return replace(feed, archives=archives, open_entries=open_entries)


def _site_feeds(catalogue: Catalogue, settings: Settings, maker: EntryMaker) -> Iterator[Feed]:
    (digests_title, digests_path), (papers_title, papers_path) = site_feeds(settings)
    yield Feed(
        path=digests_path,
        guid=entry_guid(maker.authority, digests_path),
        group="The whole digest",
        title=digests_title,
        description=settings.tagline or "Every day's papers in one entry",
        home="index.html",
        template="feeds/day.html",
        entries=tuple(maker.day(day) for day in reversed(catalogue.digests)),
    )
    yield Feed(
        path=papers_path,
        guid=entry_guid(maker.authority, papers_path),
        group="The whole digest",
        title=papers_title,
        description="Every paper as an entry of its own",
        home="index.html",
        template=SINGLE_PAPERS,
        entries=LaterSequence(maker.papers, catalogue.papers),
        moments=LaterSequence(maker.moments, catalogue.papers),
    )
    for title, path in period_feed("week", settings):
        yield _periods("week", title, path, catalogue.weeks, maker)
    for title, path in period_feed("month", settings):
        yield _periods("month", title, path, catalogue.months, maker)


def _periods(kind: str, title: str, path: str, periods: Sequence[Period], maker: EntryMaker) -> Feed:
    return Feed(
        path=path,
        guid=entry_guid(maker.authority, path),
        group="The whole digest",
        title=title,
        description=f"One entry a {kind}: its papers with most upvotes, and the titles of all others",
        home="archive.html",
        template=PERIODS,
        entries=tuple(maker.period(period) for period in reversed(periods)),
    )


def _chosen_feeds(catalogue: Catalogue, settings: Settings, maker: EntryMaker) -> Iterator[Feed]:
    """Yield the feeds of the papers most liked, as the settings list them."""
    for top in sorted(set(settings.feeds.top)):
        path = feed_path(f"top-{top}-of-the-week")
        yield Feed(
            path=path,
            guid=entry_guid(maker.authority, path),
            group="The most upvoted",
            title=f"{settings.title}, top {top} of the week",
            description=f"A selection: one entry a week with its {top} most upvoted papers",
            home="archive.html",
            template=PERIODS,
            entries=tuple(maker.period(week, top) for week in reversed(catalogue.weeks)),
            top=top,
        )
    for least in sorted(set(settings.feeds.min_upvotes)):
        path = feed_path(f"at-least-{least}-upvotes")
        yield Feed(
            path=path,
            guid=entry_guid(maker.authority, path),
            group="The most upvoted",
            title=f"{settings.title}, at least {least} upvotes",
            description=f"A selection: every paper with {least} upvotes or more, the newest of them",
            is_selection=True,
            home="index.html",
            template=SINGLE_PAPERS,
            entries=maker.papers(paper for paper in catalogue.papers if (paper.upvotes or 0) >= least),
        )


def _edition_feeds(catalogue: Catalogue, settings: Settings, maker: EntryMaker) -> Iterator[Feed]:
    """Yield a feed of each series of mails, whose entries are its editions; a series without any has none."""
    mailed = all_editions(catalogue) if settings.editions or settings.publish.readers else ()
    for name in settings.mail_editions:
        editions = [each for each in mailed if each.name == name and each.state != "archived"]
        if editions:
            path = feed_path(f"editions/{name}")
            yield Feed(
                path=path,
                guid=entry_guid(maker.authority, path),
                group="Editions",
                title=f"{settings.title}, {name} edition",
                description=f"Each {name} edition as it is mailed, the newest of them",
                home="archive.html",
                template="feeds/edition.html",
                entries=tuple(maker.edition(each) for each in reversed(editions)),
                is_selection=True,
            )


def _corrections(catalogue: Catalogue, title: str, path: str, maker: EntryMaker) -> Feed:
    entries = [maker.correction(notice) for notice in catalogue.corrections]
    return Feed(
        path=path,
        guid=entry_guid(maker.authority, path),
        group="Corrections",
        title=title,
        description="Titles and abstracts that changed after they were listed, and papers that were withdrawn",
        home=corrections_path(),
        template="feeds/correction.html",
        entries=tuple(sorted(entries, key=lambda entry: (entry.time, entry.guid), reverse=True)),
    )


def _tag_feeds(catalogue: Catalogue, settings: Settings, maker: EntryMaker) -> Iterator[Feed]:
    days = Later(days_by_tag, catalogue)
    for term in catalogue.tags:
        for title, path in term_feeds(term, settings):
            is_of_papers = path == term_feed_path("tag", term.slug, "papers")
            yield _term_papers(term, title, path, maker) if is_of_papers else _term_days(term, title, path, days, maker)


def _term_days(term: Term, title: str, path: str, days: Mapping[str, Sequence[Day]], maker: EntryMaker) -> Feed:
    return Feed(
        path=path,
        guid=entry_guid(maker.authority, term_feed_path(term.taxonomy, term.first_slug, "digests")),
        group=_GROUPS[term.taxonomy],
        title=title,
        description=term.description or f"Every day's papers on {term.name} in one entry",
        home=term_path(term.taxonomy, term.slug),
        template="feeds/day.html",
        entries=LaterSequence(maker.days_of, TermName(term.taxonomy, term.slug, term.name), days),
    )


def _term_papers(term: Term, title: str, path: str, maker: EntryMaker) -> Feed:
    return Feed(
        path=path,
        guid=entry_guid(maker.authority, term_feed_path(term.taxonomy, term.first_slug, "papers")),
        group=_GROUPS[term.taxonomy],
        title=title,
        description=term.description or f"Every paper of {term.name}",
        home=term_path(term.taxonomy, term.slug),
        template=SINGLE_PAPERS,
        entries=LaterSequence(maker.papers, term.papers),
        moments=LaterSequence(maker.moments, term.papers),
    )


_GROUPS: dict[Taxonomy, str] = {"tag": "Tags", "organization": "Organisations"}
TERM_GROUPS = frozenset(_GROUPS.values())
