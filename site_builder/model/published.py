"""The record of what was published: ids of papers, addresses of days, tags and pages, and when texts last changed."""

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
    """A paper as it was published; a tuple, as every build creates two per paper.

    id: permanent id, used in its address and its feed entries.
    first: month in which it was first listed, `2026-11`, or "undated".
    title, text, shown: as last published, the title, a fingerprint of the abstract, and one of everything else that its
    entry shows.
    ids: its other ids so far, each of which leads to it.
    known: its arXiv number or DOI, by which it is recognised, where neither is among the ids.
    marks: what distinguishes a paper with neither from others of its title: "by", its first author, "year", "volume",
    "issue" and "pages".
    at: date of its entry.
    updated: when what its entry shows last changed, or when it joined a day or week that was already out.
    is_withdrawn: whether it was withdrawn when last published. is_gone: whether no list carries it any more.
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
    """A published address other than a paper's: the output path of a day, week, month, tag, organisation or free page.

    text, shown: fingerprints of the editor's texts on a day, week or month, "" for none, and of its papers.
    at: date of its entry. updated: when text or shown last changed.
    best: ids of the papers of a week or month with most upvotes when it was first out.
    first: the slug used in entries of a tag or organisation, "" if it is that of the address.
    tags, tags_updated: of a day, a fingerprint of its papers of each tag, by the slug used in the tag's entries, and
    when that last changed.
    numbered: how many numbered pages of older papers a tag or organisation had before these were split by month; None
    if not known yet.
    leads_to: of a former address, the output path it redirects to.
    since: of an author or a venue, the month from which papers link to the page. who: ids of the author, `orcid:…`.
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
    """Everything that was published before.

    authority: authority of entry ids, "" when none was used.
    program: release of the program that recorded it, "" if unknown.
    files: paths that were read in full.
    locked: paths that are missing or contain unreadable lines; these files are left as they are.
    months: months with recorded papers.
    has_editions: whether editions have gone out.
    """

    papers: Mapping[str, PublishedPaper] = field(default_factory=dict)  # by id
    pages: Mapping[str, PublishedPage] = field(default_factory=dict)  # by output path
    authority: str = ""
    program: str = ""
    files: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    has_editions: bool = False

    def updates(self) -> dict[str, datetime]:
        """Return when entries last changed, by paper id, or by output path or `day_of_tag` for other entries."""
        entries: Iterable[tuple[str, PublishedPaper | PublishedPage]] = (*self.papers.items(), *self.pages.items())
        of_tags = {
            day_of_tag(path, slug): moment
            for path, page in self.pages.items()
            for slug, moment in page.tags_updated.items()
        }
        return {key: each.updated for key, each in entries if each.updated} | of_tags

    def former(self) -> dict[str, list[str]]:
        """Return output path → former addresses of what was renamed."""
        former: dict[str, list[str]] = {}
        for path, page in self.pages.items():
            if page.leads_to:
                former.setdefault(page.leads_to, []).append(path)
        return former

    def best(self) -> dict[str, tuple[str, ...]]:
        """Return output path of a week or month → the papers that it was first published with."""
        return {path: page.best for path, page in self.pages.items() if page.best}

    def numbered(self) -> dict[str, int]:
        """Return output path of a tag or organisation → how many numbered pages it once had."""
        return {path: page.numbered for path, page in self.pages.items() if page.numbered}

    def closed(self) -> frozenset[str]:
        """Return the published output paths of a term's pages of one month."""
        pages = (path for path, page in self.pages.items() if not page.is_gone and not page.leads_to)
        return frozenset(path for path in pages if _PART_OF_TERM.fullmatch(path))

    def opened(self, taxonomy: str) -> dict[str, str]:
        """Return slug → month since which an author or a venue has a page; a month after all others if unknown."""
        pages = ((path.removeprefix(f"{taxonomy}s/"), page) for path, page in self.pages.items())
        return {
            name.removesuffix(".html"): page.since or _UNKNOWN
            for name, page in pages
            if name != page.path and "/" not in name and not page.is_gone and not page.leads_to
        }

    def addresses_of_authors(self) -> dict[str, str]:
        """Return author id → slug, for authors whose ids were recorded."""
        return {
            each: path.removeprefix("authors/").removesuffix(".html")
            for path, page in self.pages.items()
            for each in page.who
            if not page.leads_to
        }


def day_of_tag(path: str, slug: str) -> str:
    """Return the key of a tag's entry for a day. path: of the day. slug: the one used in the tag's entries."""
    return f"{path}#{slug}"


def join_papers(records: Iterable[PublishedPaper]) -> dict[str, PublishedPaper]:
    """Return records by id; records of one paper from two branches are merged, in any order."""
    by_id: dict[str, list[PublishedPaper]] = {}
    for record in records:
        by_id.setdefault(record.id, []).append(record)
    return {key: reduce(_join, sorted(group, key=_order)) if group[1:] else group[0] for key, group in by_id.items()}


def join_pages(records: Iterable[PublishedPage]) -> dict[str, PublishedPage]:
    """Return records by output path, merged like those of papers."""
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
