"""List the feeds of a site, each with its entries and archive pages, before anything is rendered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from site_builder.config.settings import Settings
from site_builder.languages import N_, Words
from site_builder.lazy import LazySequence
from site_builder.model.catalogue import Catalogue, Day, Period, Taxonomy, Term, TermName
from site_builder.pages.discovery import (
    ABOUT_CORRECTIONS,
    corrections_feed,
    feed_endings,
    period_feed,
    site_feeds,
    term_feeds,
)
from site_builder.pages.feed_archives import ArchivePage, archive_pages
from site_builder.pages.feed_entries import (
    DatedPaper,
    Entry,
    EntryMaker,
    days_by_tag,
    with_unique_updates,
)
from site_builder.query import Text, parse_query
from site_builder.urls import (
    corrections_path,
    entry_guid,
    feed_path,
    slugify,
    term_feed_path,
    term_path,
)

# File extension of a feed's path → its renderer.
FORMATS = {".xml": "rss", ".atom": "atom", ".json": "json feed"}
SINGLE_PAPERS = "feeds/paper.html"  # the template of entries that are single papers
PERIODS = "feeds/period.html"  # the template of entries that are weeks or months
# Headings of the groups of feeds.
WHOLE, MOST_UPVOTED = N_("The whole digest"), N_("The most upvoted")
EDITIONS, CORRECTIONS = N_("Editions"), N_("Corrections")
A_WEEK = N_("One entry a week: its papers with most upvotes, and the titles of all others")
A_MONTH = N_("One entry a month: its papers with most upvotes, and the titles of all others")
EDITION_NAMES = {"daily": N_("daily"), "weekly": N_("weekly"), "monthly": N_("monthly")}
# Feeds that summarise others: all that their older entries hold is also in the archive pages of the digests.
SUMMING = frozenset({feed_path("weeks"), feed_path("months")})


@dataclass(frozen=True, slots=True, eq=False)
class Feed:
    """One feed, the same in every format.

    path: its output path without extension. guid: its permanent id. group: its heading in lists of feeds. home: output
    path of the page that it mirrors. template: renders the content of an entry. entries: newest first, including those
    that are not due yet. papers: for a feed of single papers, the papers and times of its entries, so that these are
    known before any entry is made. archives: closed archive pages, oldest first. open_entries: how many of the newest
    entries are in no archive page yet and so must stay in the feed. top: how many papers an entry of a period shows,
    None for all. is_selection: whether the set of older entries may change from build to build; such a feed has no
    archive pages. endings: keys of FORMATS, the formats to publish. length: the minimum number of entries in the feed.
    """

    path: str
    group: str
    title: str
    description: str
    home: str
    template: str
    entries: Sequence[Entry] = ()
    papers: Sequence[DatedPaper] = ()
    archives: tuple[ArchivePage, ...] = ()
    open_entries: int = 0
    top: int | None = None
    is_selection: bool = False
    endings: tuple[str, ...] = tuple(FORMATS)
    length: int = 0
    guid: str = ""

    @property
    def items(self) -> Sequence[DatedPaper] | Sequence[Entry]:
        """Return the papers of a feed of single papers, else its entries."""
        return self.papers or self.entries

    def neighbours(self, number: int) -> tuple[ArchivePage | None, ArchivePage | None]:
        """Return the archive pages before and after an archive page, or None; number 0 is the feed itself."""
        archives = (None, *self.archives, None)
        return (archives[number - 1], archives[number + 1]) if number else (archives[-2], None)


def all_feeds(catalogue: Catalogue, settings: Settings) -> list[Feed]:
    """Return all feeds that the settings enable: those of the site, then those of tags, organisations and authors."""
    maker = EntryMaker(catalogue, settings)
    feeds = [*_site_feeds(catalogue, settings, maker), *_chosen_feeds(catalogue, settings, maker)]
    feeds += _search_feeds(catalogue, settings, maker)
    feeds += _edition_feeds(catalogue, settings, maker)
    feeds += [
        _corrections(catalogue, settings.words, title, path, maker)
        for title, path in corrections_feed(catalogue, settings)
    ]
    feeds += _tag_feeds(catalogue, settings, maker)
    for term in (*catalogue.organizations, *catalogue.authors):
        feeds += [_term_papers(term, title, path, maker) for title, path in term_feeds(term, settings)]
    feeds = [_with_entries(feed, maker) for feed in feeds]
    return [_with_archives(_with_files(feed, settings, maker.authority), settings) for feed in feeds]


def _with_entries(feed: Feed, maker: EntryMaker) -> Feed:
    """Add the entries of single papers to a feed, and make the update times of its entries unique."""
    papers = LazySequence(with_unique_updates, feed.papers)
    is_of_papers = feed.template == SINGLE_PAPERS
    entries = maker.papers(papers) if is_of_papers else LazySequence(with_unique_updates, feed.entries)
    return replace(feed, papers=papers, entries=entries)


def _with_files(feed: Feed, settings: Settings, authority: str) -> Feed:
    """Set the permanent id of a feed, its formats and its minimum number of entries."""
    length = settings.feeds.entries
    if feed.group in TERM_GROUPS:
        length = max(1, length // TERM_SHARES[feed.group])
    guid = feed.guid or entry_guid(authority, feed.path)
    return replace(feed, guid=guid, endings=feed_endings(feed.path, settings), length=length)


def _with_archives(feed: Feed, settings: Settings) -> Feed:
    """Add archive pages to a feed; where it gets none, say in its description that it holds only the newest entries."""
    if feed.is_selection:
        return feed
    chosen = settings.feeds.archives
    is_left_out = {
        "none": True,
        "digests": feed.path != feed_path("digests"),
        "site": feed.group in TERM_GROUPS or feed.path in SUMMING,
        "all": False,
    }
    if is_left_out[chosen]:
        description = settings.words.gettext(
            "%(description)s (the newest alone; older ones are on the site)", description=feed.description
        )
        return replace(feed, description=description)
    archives, open_entries = archive_pages(feed.entries, settings.feeds.entries, feed.papers)
    return replace(feed, archives=archives, open_entries=open_entries)


def _site_feeds(catalogue: Catalogue, settings: Settings, maker: EntryMaker) -> Iterator[Feed]:
    words = settings.words
    (digests_title, digests_path), (papers_title, papers_path) = site_feeds(settings)
    yield Feed(
        path=digests_path,
        group=WHOLE,
        title=digests_title,
        description=settings.tagline or words.gettext("Every day's papers in one entry"),
        home="index.html",
        template="feeds/day.html",
        entries=tuple(maker.day(day) for day in reversed(catalogue.digests)),
    )
    yield Feed(
        path=papers_path,
        group=WHOLE,
        title=papers_title,
        description=words.gettext("Every paper as an entry of its own"),
        home="index.html",
        template=SINGLE_PAPERS,
        papers=LazySequence(maker.dated, catalogue.papers),
    )
    for title, path in period_feed("week", settings):
        yield _periods(words.gettext(A_WEEK), title, path, catalogue.weeks, maker)
    for title, path in period_feed("month", settings):
        yield _periods(words.gettext(A_MONTH), title, path, catalogue.months, maker)


def _periods(description: str, title: str, path: str, periods: Sequence[Period], maker: EntryMaker) -> Feed:
    return Feed(
        path=path,
        group=WHOLE,
        title=title,
        description=description,
        home="archive.html",
        template=PERIODS,
        entries=tuple(maker.period(period) for period in reversed(periods)),
    )


def _chosen_feeds(catalogue: Catalogue, settings: Settings, maker: EntryMaker) -> Iterator[Feed]:
    """Yield the feeds of the most upvoted papers that the settings list."""
    words = settings.words
    for top in sorted(set(settings.feeds.top)):
        path = feed_path(f"top-{top}-of-the-week")
        yield Feed(
            path=path,
            group=MOST_UPVOTED,
            title=words.gettext("%(title)s, top %(count)s of the week", title=settings.title, count=top),
            description=words.ngettext(
                "A selection: one entry a week with its most upvoted paper",
                "A selection: one entry a week with its %(count)s most upvoted papers",
                top,
            ),
            home="archive.html",
            template=PERIODS,
            entries=tuple(maker.period(week, top) for week in reversed(catalogue.weeks)),
            top=top,
        )
    for minimum in sorted(set(settings.feeds.min_upvotes)):
        path = feed_path(f"at-least-{minimum}-upvotes")
        yield Feed(
            path=path,
            group=MOST_UPVOTED,
            title=words.ngettext(
                "%(title)s, at least %(count)s upvote",
                "%(title)s, at least %(count)s upvotes",
                minimum,
                title=settings.title,
            ),
            description=words.ngettext(
                "A selection: every paper with %(count)s upvote or more, the newest of them",
                "A selection: every paper with %(count)s upvotes or more, the newest of them",
                minimum,
            ),
            is_selection=True,
            home="index.html",
            template=SINGLE_PAPERS,
            papers=maker.dated(paper for paper in catalogue.papers if (paper.upvotes or 0) >= minimum),
        )


def _search_feeds(catalogue: Catalogue, settings: Settings, maker: EntryMaker) -> Iterator[Feed]:
    """Yield a feed for each search in the settings: the papers whose title or abstract matches."""
    words = settings.words
    searched = catalogue.papers if settings.searches else ()
    texts = {paper.id: Text.of(paper.title, paper.abstract) for paper in searched}
    for name, query in settings.searches.items():
        path, matches = feed_path(f"searches/{slugify(name)}"), parse_query(query)
        yield Feed(
            path=path,
            group=N_("Searches"),
            title=words.gettext("%(title)s: %(term)s", title=settings.title, term=name),
            description=words.gettext(
                "A selection: every paper that fits “%(query)s”, the newest of them", query=query
            ),
            is_selection=True,
            home="search.html" if settings.search else "index.html",
            template=SINGLE_PAPERS,
            papers=maker.dated(paper for paper in searched if matches(texts[paper.id])),
        )


def _edition_feeds(catalogue: Catalogue, settings: Settings, maker: EntryMaker) -> Iterator[Feed]:
    """Yield a feed for each series of mail editions that has an edition to show."""
    mailed = catalogue.editions if settings.editions or settings.publish.readers else ()
    words = settings.words
    for name in settings.mail_editions:
        shown_name = words.gettext(EDITION_NAMES[name]) if name in EDITION_NAMES else name
        editions = [edition for edition in mailed if edition.name == name and edition.state != "archived"]
        if editions:
            path = feed_path(f"editions/{name}")
            yield Feed(
                path=path,
                group=EDITIONS,
                title=words.gettext("%(title)s, %(name)s edition", title=settings.title, name=shown_name),
                description=words.gettext("Each %(name)s edition as it is mailed, the newest of them", name=shown_name),
                home="archive.html",
                template="feeds/edition.html",
                entries=tuple(maker.edition(edition) for edition in reversed(editions)),
                is_selection=True,
            )


def _corrections(catalogue: Catalogue, words: Words, title: str, path: str, maker: EntryMaker) -> Feed:
    entries = [maker.correction(notice) for notice in catalogue.corrections]
    return Feed(
        path=path,
        group=CORRECTIONS,
        title=title,
        description=words.gettext(ABOUT_CORRECTIONS),
        home=corrections_path(),
        template="feeds/correction.html",
        entries=tuple(sorted(entries, key=lambda entry: (entry.time, entry.guid), reverse=True)),
    )


def _tag_feeds(catalogue: Catalogue, settings: Settings, maker: EntryMaker) -> Iterator[Feed]:
    days = cache(partial(days_by_tag, catalogue))
    for term in catalogue.tags:
        for title, path in term_feeds(term, settings):
            is_of_papers = path == term_feed_path("tag", term.slug, "papers")
            yield _term_papers(term, title, path, maker) if is_of_papers else _term_days(term, title, path, days, maker)


DaysByTag = Callable[[], Mapping[str, Sequence[Day]]]  # by tag slug; newest first


def _term_days(term: Term, title: str, path: str, days: DaysByTag, maker: EntryMaker) -> Feed:
    return Feed(
        path=path,
        guid=entry_guid(maker.authority, term_feed_path(term.taxonomy, term.first_slug, "digests")),
        group=_GROUPS[term.taxonomy],
        title=title,
        description=term.description
        or maker.words.gettext("Every day's papers on %(term)s in one entry", term=term.name),
        home=term_path(term.taxonomy, term.slug),
        template="feeds/day.html",
        entries=LazySequence(lambda: maker.days_of(TermName(term.taxonomy, term.slug, term.name), days())),
    )


def _term_papers(term: Term, title: str, path: str, maker: EntryMaker) -> Feed:
    return Feed(
        path=path,
        guid=entry_guid(maker.authority, term_feed_path(term.taxonomy, term.first_slug, "papers")),
        group=_GROUPS[term.taxonomy],
        title=title,
        description=term.description or maker.words.gettext("Every paper of %(term)s", term=term.name),
        home=term_path(term.taxonomy, term.slug),
        template=SINGLE_PAPERS,
        papers=LazySequence(maker.dated, term.papers),
    )


_GROUPS: dict[Taxonomy, str] = {"tag": N_("Tags"), "organization": N_("Organisations"), "author": N_("Authors")}
TERM_GROUPS = frozenset(_GROUPS.values())
# Terms get a share of the site's number of entries: a quarter, an author a tenth. WHOLE_DAYS apply to them too.
TERM_SHARES = {_GROUPS["tag"]: 4, _GROUPS["organization"]: 4, _GROUPS["author"]: 10}
