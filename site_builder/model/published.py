"""What was published before: the ids of papers, the addresses of days, tags and pages, and when texts last changed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from typing import NamedTuple

FOLDER = "published"  # below the content folder
UNDATED = "undated"
_UNKNOWN = "9999-12"  # a month after all others
_PART_OF_TERM = re.compile(r"(?:tag|organization|author|venue)s/[^/]+/(?:\d{4}-\d\d|undated)\.html")


class PublishedPaper(NamedTuple):
    """A paper as it was first published; a tuple, since every build makes two of each.

    id: what its address and its entries in feeds are made of, for ever. first: the month it was first listed in,
    `2026-11`, or "undated". title, text, shown: the title, a fingerprint of the abstract, and one of all else that its
    entry shows, as they were published last. ids: the other ids it has had, each of which leads to it. known: its arXiv
    number or DOI where neither is among these: it is known again by it. marks: what tells a paper without either from
    others of its title: "by", its first author, "year", "volume", "issue" and "pages". at: when its entry is dated.
    updated: when what its entry shows last changed, or when it joined a day or week that was already out.
    is_withdrawn: whether it was withdrawn then. is_gone: whether no list carries it now.
    """

    id: str
    first: str
    title: str
    text: str
    shown: str = ""
    ids: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    marks: Mapping[str, str] = {}
    at: datetime | None = None
    updated: datetime | None = None
    is_withdrawn: bool = False
    is_gone: bool = False

    @property
    def all_ids(self) -> tuple[str, ...]:
        """Every id that the paper is known by."""
        return (self.id, *self.ids, *self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """An address that is not a paper's: the output path of a day, week, month, tag, organisation or free page.

    text, shown: fingerprints of the editor's words on a day, week or month, "" for none, and of the papers it holds.
    at: the moment its entry is dated at. updated: when either last changed. best: ids of the papers of a week or month
    that had most upvotes when it was first out. first: the slug that entries of a tag or organisation are known by, ""
    for the one of its address. tags, tags_updated: of a day, a fingerprint of what it holds of each tag, by the slug
    its entries are known by, and when that last changed. numbered: how many numbered pages of older papers a tag or
    organisation had before these were sorted by month; None where that is not known yet. leads_to: the output path of
    what was renamed, where this is a former address of it. since: the month from which on papers lead to the page, of
    an author or a venue. who: ids of the author, `orcid:…`.
    """

    path: str
    text: str = ""
    shown: str = ""
    at: datetime | None = None
    best: tuple[str, ...] = ()
    first: str = ""
    updated: datetime | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    tags_updated: Mapping[str, datetime] = field(default_factory=dict)
    numbered: int | None = None
    leads_to: str = ""
    since: str = ""
    who: tuple[str, ...] = ()
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """All that was published before.

    authority: the name that entry ids were made with, "" when none was. program: the release of the program that
    recorded it, "" when that is not known. files: those that were read in full. locked: those that hold lines nobody
    can read, or that are missing, which are left as they are. months: those of which papers were recorded.
    """

    papers: Mapping[str, PublishedPaper] = field(default_factory=dict)  # by id
    pages: Mapping[str, PublishedPage] = field(default_factory=dict)  # by output path
    authority: str = ""
    program: str = ""
    files: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()

    def updates(self) -> dict[str, datetime]:
        """Return when entries last changed: of papers by id, of all else by output path or `day_of_tag`."""
        entries: Iterable[tuple[str, PublishedPaper | PublishedPage]] = (*self.papers.items(), *self.pages.items())
        of_tags = {
            day_of_tag(path, slug): moment
            for path, page in self.pages.items()
            for slug, moment in page.tags_updated.items()
        }
        return {key: each.updated for key, each in entries if each.updated} | of_tags

    def former(self) -> dict[str, list[str]]:
        """Return the former addresses of what was renamed, by its output path."""
        former: dict[str, list[str]] = {}
        for path, page in self.pages.items():
            if page.leads_to:
                former.setdefault(page.leads_to, []).append(path)
        return former

    def best(self) -> dict[str, tuple[str, ...]]:
        """Return the papers that a week or month was first out with, by its output path."""
        return {path: page.best for path, page in self.pages.items() if page.best}

    def numbered(self) -> dict[str, int]:
        """Return how many numbered pages a tag or organisation once had, by its output path."""
        return {path: page.numbered for path, page in self.pages.items() if page.numbered}

    def closed(self) -> frozenset[str]:
        """Return the output paths of the pages of one month of a term that readers can know."""
        pages = (path for path, page in self.pages.items() if not page.is_gone and not page.leads_to)
        return frozenset(path for path in pages if _PART_OF_TERM.fullmatch(path))

    def opened(self, taxonomy: str) -> dict[str, str]:
        """Return by the slugs of authors or venues that have a page since when, as far as that was recorded."""
        pages = ((path.removeprefix(f"{taxonomy}s/"), page) for path, page in self.pages.items())
        return {
            name.removesuffix(".html"): page.since or _UNKNOWN
            for name, page in pages
            if name != page.path and "/" not in name and not page.is_gone and not page.leads_to
        }

    def addresses_of_authors(self) -> dict[str, str]:
        """Return the slug of each author whose ids were recorded, by each of them."""
        return {
            each: path.removeprefix("authors/").removesuffix(".html")
            for path, page in self.pages.items()
            for each in page.who
            if not page.leads_to
        }


def day_of_tag(path: str, slug: str) -> str:
    """Return what names the entry of a tag's day; path: of the day, slug: the one that entries of the tag have."""
    return f"{path}#{slug}"


def join_papers(records: Iterable[PublishedPaper]) -> dict[str, PublishedPaper]:
    """Return records by id; what two branches recorded of one paper is joined, whatever their order."""
    by_id: dict[str, list[PublishedPaper]] = {}
    for record in records:
        by_id.setdefault(record.id, []).append(record)
    return {key: reduce(_join, sorted(group, key=_order)) if group[1:] else group[0] for key, group in by_id.items()}


def join_pages(records: Iterable[PublishedPage]) -> dict[str, PublishedPage]:
    """Return records by output path, joined as those of papers are."""
    by_path: dict[str, list[PublishedPage]] = {}
    for record in records:
        by_path.setdefault(record.path, []).append(record)
    return {path: reduce(_join_page, sorted(group, key=_page_order)) for path, group in by_path.items()}


def _join(one: PublishedPaper, other: PublishedPaper) -> PublishedPaper:
    return other._replace(
        first=min(one.first, other.first),
        at=_earliest(one.at, other.at),
        ids=tuple(sorted({*one.ids, *other.ids})),
        known=tuple(sorted({*one.known, *other.known} - {*one.ids, *other.ids})),
        is_gone=one.is_gone and other.is_gone,
    )


def _join_page(one: PublishedPage, other: PublishedPage) -> PublishedPage:
    return replace(
        other,
        at=_earliest(one.at, other.at),
        best=other.best or one.best,
        first=other.first or one.first,
        tags={**one.tags, **other.tags},
        tags_updated=_latest(one.tags_updated, other.tags_updated),
        numbered=max((each for each in (one.numbered, other.numbered) if each is not None), default=None),
        leads_to=other.leads_to or one.leads_to,
        since=min(filter(None, (one.since, other.since)), default=""),
        who=tuple(sorted({*one.who, *other.who})),
        is_gone=one.is_gone and other.is_gone,
    )


def _earliest(*moments: datetime | None) -> datetime | None:
    return min(filter(None, moments), default=None)


def _latest(one: Mapping[str, datetime], other: Mapping[str, datetime]) -> dict[str, datetime]:
    return {slug: max(filter(None, (one.get(slug), other.get(slug)))) for slug in {**one, **other}}


def _order(record: PublishedPaper) -> tuple[str, str, str, str]:
    return _moment(record), record.title, record.text, record.shown


def _page_order(record: PublishedPage) -> tuple[str, str, str, tuple[str, ...], str]:
    return _moment(record), record.text, record.shown, record.best, record.first


def _moment(record: PublishedPaper | PublishedPage) -> str:
    return record.updated.isoformat() if record.updated else ""
