"""The content of a feed document, independent of format: head, links and rendered entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

import orjson
from markupsafe import Markup, escape

from site_builder.catalogue.order import ranked
from site_builder.config.settings import SETTINGS_FILE
from site_builder.languages import Words
from site_builder.model.catalogue import CorrectionNotice, Day, Edition, Period
from site_builder.model.page import Page
from site_builder.model.paper import Paper
from site_builder.pages.all_feeds import PERIODS, Feed
from site_builder.pages.feed_entries import Entry, count_pending, window
from site_builder.pages.feeds import BRIEF, FeedData
from site_builder.problems import Problems
from site_builder.render.citations.work import plain_line
from site_builder.render.digest import digest_writer, own_picture
from site_builder.render.mail.content import edition_content
from site_builder.render.site import MAX_CACHED, Site, once
from site_builder.render.text import excerpt
from site_builder.render.text.lines import in_short_lines
from site_builder.urls import feed_archive_path, feed_path

# Enough for three days of 150 papers with long abstracts, all of which a reader that polls once a day must get.
MAX_BYTES = 2 * 1024 * 1024
# Limit for entries older than the newest days. Every day uploads all entries again, and services that mail feeds refuse
# feeds more than four times as large.
USUAL_BYTES = 128 * 1024
HEAD_BYTES = 8 * 1024
LARGE_PAPER = 4 * 1024  # maximum bytes of a paper besides its abstract; smaller feeds need no measuring
# Words in an entry's summary; in a digest's summary, number of titles and words of each.
SUMMARY_WORDS = 60
SUMMARY_TITLES = 3
TITLE_WORDS = 30
# When a feed without entries was updated; a fixed date, since output must not depend on the build's clock.
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Category:
    """A tag of an entry: its permanent term, its name, and the page of the vocabulary."""

    term: str
    label: str
    scheme: str


@dataclass(frozen=True)
class FilledEntry:
    """An entry with its content. authors: of the paper, as far as known. is_paper: whether it is about one paper.

    time: when it appeared. updated: when its text last changed.
    """

    guid: str
    title: str
    url: str
    time: datetime
    updated: datetime
    categories: tuple[Category, ...]
    html: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    image: str | None = None
    is_paper: bool = False

    @cached_property
    def size(self) -> int:
        """Return an upper bound on the entry's size in any format, in bytes."""
        content = max(len(escape(self.html).encode()), len(orjson.dumps(self.html)))
        names = "".join((self.guid, self.title, self.url, self.image or "", *self.authors))
        categories = sum(len(f"{c.term}{c.label}{c.label}{c.scheme}".encode()) + 60 for c in self.categories)
        rest = len(escape(escape(self.summary) + names).encode()) + 50 * len(self.authors)
        return content + rest + categories + 700


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a feed: the feed itself in one format, or one of its archive pages.

    links: (relation, URL) of the feed's other documents. icon, logo: URLs of a small and a large picture.
    hub: "" for none. entries: newest first.
    """

    guid: str
    title: str
    description: str
    language: str
    author: str
    email: str
    site_url: str
    home_url: str
    self_url: str
    icon: str
    logo: str
    hub: str
    updated: datetime
    entries: tuple[FilledEntry, ...]
    links: tuple[tuple[str, str], ...]
    is_archive: bool

    def authors_of(self, entry: FilledEntry) -> tuple[str, ...]:
        """Return the authors of an entry: of a paper, if known, else the publisher of the digest."""
        return entry.authors if entry.is_paper else (self.author,)


def one_line(text: str, words: Words) -> str:
    """Return a title or name as plain text on one line, without TeX; "Untitled" if nothing remains."""
    return plain_line(text) or words.gettext("Untitled")


def make_document(page: Page, site: Site) -> Document:
    """Return the document of a feed page; entries that are not due at `site.now` are left out."""
    data = FeedData.of(page)
    feed, number = data.feed, data.number
    if number:
        out = [entry for entry in feed.entries[feed.archives[number - 1].places] if entry.time <= site.now]
        entries = tuple(_entry(entry, feed, page.template, site) for entry in out)
    else:
        entries = _newest(site)(feed, page.template)
    settings = site.settings
    words = settings.words
    return Document(
        guid=feed.guid,
        title=one_line(feed.title, words),
        description=one_line(feed.description, words),
        language=settings.words.language,
        author=one_line(settings.publisher, words),
        email=settings.author.email,
        site_url=settings.permalink("index.html"),
        home_url=settings.permalink(feed.home),
        self_url=settings.permalink(_own_path(page, feed, number)),
        icon=settings.permalink("favicon.ico"),
        logo=settings.permalink("assets/icon-192.png"),
        hub=settings.feeds.hub,
        updated=max((entry.updated for entry in entries), default=NEVER),
        entries=entries,
        links=tuple((relation, settings.permalink(path)) for relation, path in _document_links(feed, number)),
        is_archive=number > 0,
    )


def _own_path(page: Page, feed: Feed, number: int) -> str:
    """Return the path that a document gives as its own, also when published at a former address."""
    return (
        feed_archive_path(feed.path, feed.archives[number - 1].name)
        if number
        else f"{feed.path}{PurePosixPath(page.path).suffix}"
    )


def _document_links(feed: Feed, number: int) -> list[tuple[str, str]]:
    """Return relation and path of the feed's other documents (RFC 5005 §4)."""
    before, after = feed.neighbours(number)
    named = [("prev-archive", before), ("next-archive", after)]
    links = [(relation, feed_archive_path(feed.path, archive.name)) for relation, archive in named if archive]
    return [("current", f"{feed.path}.atom"), *links] if number else links


@once
def _newest(site: Site) -> Callable[[Feed, str], tuple[FilledEntry, ...]]:
    """Return a function that returns the entries of a feed; its formats are consecutive pages and share them."""
    return lru_cache(1)(lambda feed, template: _newest_of(feed, template, site))


def _newest_of(feed: Feed, template: str, site: Site) -> tuple[FilledEntry, ...]:
    """Return the newest due entries: those of three days within MAX_BYTES, and more within USUAL_BYTES.

    Entries that are in no archive page yet always stay, and so does the newest entry: no entry is ever cut or lost. A
    feed without archive pages keeps all entries of the newest days.
    """
    first = count_pending(feed.entries, site.now)
    still_open = feed.open_entries - first  # in no archive page
    in_newest_days = 1 if feed.template == PERIODS else window(feed.entries, first, 1)
    minimum = max(1, still_open) if feed.open_entries else in_newest_days
    chosen: list[FilledEntry] = []
    size = HEAD_BYTES
    count = window(feed.entries, first, max(feed.length, still_open))
    for entry in feed.entries[first : first + count]:
        filled = _entry(entry, feed, template, site)
        size += filled.size
        if size > (MAX_BYTES if len(chosen) < in_newest_days else USUAL_BYTES) and len(chosen) >= minimum:
            break
        chosen.append(filled)
    return tuple(chosen)


def report_cut_feeds(site: Site, problems: Problems) -> None:
    """Report once if three days do not fit in a feed; only the largest feeds, those of the whole site, are checked."""
    feeds = (site.pages.get(f"{feed_path(name)}.xml") for name in ("digests", "papers"))
    cut = [page for page in feeds if page and _is_cut(page, site)]
    if cut:
        named = " and ".join(page.path.removesuffix(".xml") for page in cut)
        what = f"feeds: three days do not fit into the {MAX_BYTES // 1024**2} MiB of {named}"
        remedy = "readers who ask seldom may miss papers: tell them of the feeds of tags, or of the archive pages"
        problems.add(SETTINGS_FILE, None, what, remedy)


def _is_cut(page: Page, site: Site) -> bool:
    feed = FeedData.of(page).feed
    first = count_pending(feed.entries, site.now)
    in_newest_days = window(feed.entries, first, 1)
    entries = feed.entries[first : first + in_newest_days]
    papers = [paper for entry in entries for paper in _papers_of(entry)]
    is_near = sum(LARGE_PAPER + 2 * len(paper.abstract) for paper in papers) > MAX_BYTES
    return is_near and len(_newest(site)(feed, page.template)) < in_newest_days


def _papers_of(entry: Entry) -> Sequence[Paper]:
    match entry.subject:
        case Paper() as paper:
            return (paper,)
        case Day() as day:
            return day.papers
        case _:
            return ()


def _entry(entry: Entry, feed: Feed, template: str, site: Site) -> FilledEntry:
    """Return an entry with its content; a paper's entry is rendered once for all feeds."""
    if isinstance(entry.subject, Paper):
        return _paper_entry(site)(entry, template)
    return _make_entry(entry, feed.top, template, site)


@once
def _paper_entry(site: Site) -> Callable[[Entry, str], FilledEntry]:
    return lru_cache(MAX_CACHED)(lambda entry, template: _make_entry(entry, None, template, site))


def _make_entry(entry: Entry, top: int | None, template: str, site: Site) -> FilledEntry:
    writer = digest_writer(site)
    words = site.settings.words
    tags = site.settings.permalink("tags/index.html")
    filled = FilledEntry(
        guid=entry.guid,
        title=one_line(entry.title, words),
        url=site.settings.permalink(entry.path),
        time=entry.time,
        updated=entry.updated(site.now),
        categories=tuple(Category(term.slug, one_line(term.name, words), tags) for term in entry.terms),
    )
    is_brief = template in BRIEF.values()
    match entry.subject:
        case Paper() as paper:
            return replace(
                filled,
                summary="" if is_brief else excerpt(paper.abstract, SUMMARY_WORDS) or filled.title,
                html=_html(writer.paper(paper, template)),
                authors=tuple(one_line(name, words) for name in paper.authors),
                image=_web_image(paper, site),
                is_paper=True,
            )
        case Day() as day:
            return replace(
                filled, summary="" if is_brief else _titles(day.papers, words), html=_html(writer.day(day, template))
            )
        case Period() as period:
            html = _html(writer.period(period, top, template))
            papers = period.papers if top is None else ranked(period.papers, period.best)[:top]
            return replace(filled, summary="" if is_brief else _titles(papers, words), html=html)
        case Edition() as edition:
            content = edition_content(edition, writer)
            return replace(filled, summary=content.preheader, html=_html(writer.edition(content, template)))
        case CorrectionNotice() as notice:
            return replace(filled, summary=filled.title, html=_html(writer.correction(notice, template)))


def _html(content: Markup) -> str:
    return in_short_lines(str(content))


def _titles(papers: Sequence[Paper], words: Words) -> str:
    """Return the summary of a digest: its first titles, and how many more there are."""
    titles = [excerpt(paper.title, TITLE_WORDS) or words.gettext("Untitled") for paper in papers[:SUMMARY_TITLES]]
    more = len(papers) - len(titles)
    if more:
        titles.append(words.ngettext("%(count)s more", "%(count)s more", more))
    return " · ".join(titles) or words.gettext("No papers")


def _web_image(paper: Paper, site: Site) -> str | None:
    """Return the URL of a paper's picture on this site; pictures on other hosts are not used."""
    own = own_picture(paper)
    return site.settings.permalink(own) if own else None
