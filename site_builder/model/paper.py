"""A scholarly work, checked and merged."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Literal
from urllib.parse import quote

import orjson

from site_builder.fingerprint import fingerprint, fingerprint_of_all
from site_builder.model.picture import Picture
from site_builder.names.person import PersonName, parts_of

PLAIN_IN_URL = "/:;()!$&'*+,=@~"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known only to the day, the month or the year (ISO 8601 reduced precision)."""

    year: int
    month: int = 0  # 0: unknown
    day: int = 0  # 0: unknown

    def __str__(self) -> str:
        if not self.month:
            return f"{self.year:04}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}" if self.day else f"{self.year:04}-{self.month:02}"

    def as_day(self) -> date | None:
        """Return the calendar day, or None when the day or the month is unknown."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a list carried a paper: file below the content folder and 1-based line."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Correction:
    """One change in a source's data of a paper: the day it was seen, and the text before and after.

    what: for a withdrawal `before` is empty, for a revoked one `after`. place: location of the later text.
    """

    day: date
    what: Literal["title", "abstract", "withdrawal"]
    before: str
    after: str
    place: Place


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The withdrawal of a paper. notice: its wording in the paper, "" for none. day: when it was first seen.

    day is None if no list carried the paper without the notice.
    """

    notice: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Readers' counts of a paper on a day; None where the list does not give them."""

    day: date
    upvotes: int | None
    comments: int | None


@dataclass(frozen=True, slots=True)
class Hold:
    """The reason that a paper or a day is not out yet. until: the day it comes out, None for until further notice."""

    until: date | None = None


_KEPT = ("_author_keys", "_citation_stem", "_fingerprint", "_text_key", "_title_key")


class _Derived:
    """Slots for values derived from a paper's fields, which play no part in its equality."""

    __slots__ = (*_KEPT, "days")
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(_Derived):
    """One scholarly work, merged over all lists that carried it. Text is clean, plain and in NFC; unknown is None.

    days: days whose digests contain the paper: those of its lists, or else the day it was published.
    """

    id: str  # under which it was first published: arXiv id without version, else DOI, else a slug of the title
    aliases: tuple[str, ...] = ()  # its other ids so far; their addresses redirect to it
    formerly: tuple[str, ...] = ()  # those of the aliases that its lists name
    title: str
    abstract: str = ""  # plain text, may contain TeX; paragraphs separated by "\n\n"
    ai_summary: str = ""
    authors: tuple[str, ...] = ()  # "First Last", in order
    name_parts: Mapping[str, PersonName] = field(default_factory=dict)  # of authors whose source splits their names
    author_ids: tuple[str, ...] = ()  # for each author `orcid:… openalex:…` or ""; () if no source has any
    has_more_authors: bool = False  # the list of authors ends with "et al."
    author_count: int | None = None
    organization: str | None = None
    published: PartialDate | None = None
    listed: tuple[date, ...] = ()  # days a list carried it, ascending
    tags: tuple[str, ...] = ()  # explicit tags as the lists wrote them
    keywords: tuple[str, ...] = ()
    upvotes: int | None = None
    comments: int | None = None
    stars: int | None = None
    links: Mapping[str, str] = field(default_factory=dict)  # kind → http(s) URL; kinds: abs, pdf, html, code, project …
    arxiv: str | None = None
    version: int | None = None  # the latest arXiv version that a list names
    doi: str | None = None
    categories: tuple[str, ...] = ()
    submitter: str | None = None
    image: str | None = None  # as its lists give it: a web address, or a file of the content
    picture: Picture | None = None  # what is shown
    announced: Literal["new", "cross", "replace"] | None = None  # how arXiv announced it, if a list says so
    venue: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    language: str | None = None  # of title and abstract, as a BCP 47 tag, if a list gives it
    kind: str | None = None
    comment: str | None = None
    places: tuple[Place, ...] = ()  # every list that carried it, by path and line
    withdrawal: Withdrawal | None = None
    corrections: tuple[Correction, ...] = ()  # by day, a withdrawal first, then the title
    summary: str = ""  # by the editor, replaces the beginning of the abstract
    note: str = ""  # by the editor, one line under the paper
    lead: int | None = None  # its position among the papers that the editor put first
    section: str = ""  # the section that the editor assigned it to
    hold: Hold | None = None
    is_hidden: bool = False
    counts: tuple[Counts, ...] = ()  # by day, one per day; empty if counted only once

    def __post_init__(self) -> None:
        """Compute the days once; a build reads them a hundred times per paper."""
        day = None if self.listed or not self.published else self.published.as_day()
        object.__setattr__(self, "days", (day,) if day else self.listed)

    def __hash__(self) -> int:
        """Return the hash of the id, as not all fields have one; caches are keyed by papers."""
        return hash(self.id)

    @property
    def people(self) -> tuple[PersonName, ...]:
        """The authors' names, split into parts."""
        return tuple(parts_of(name, self.name_parts) for name in self.authors)

    @property
    def lacks_authors(self) -> bool:
        """Whether there are more authors than are named."""
        return self.has_more_authors or (self.author_count or 0) > len(self.authors)

    @property
    def web_links(self) -> dict[str, str]:
        """Links by kind: those of the lists, and those derived from the arXiv id and the DOI."""
        links = dict(self.links)
        if self.arxiv:
            for kind in ("abs", "pdf", "html"):
                links.setdefault(kind, f"https://arxiv.org/{kind}/{self.arxiv}")
        if self.doi:
            links.setdefault("doi", f"https://doi.org/{quote(self.doi, safe=PLAIN_IN_URL)}")
        return links

    @property
    def shown_links(self) -> dict[str, str]:
        """Links that entries and pages show: without a `page` whose URL another link has, too."""
        links = self.web_links
        page = links.pop("page", None)
        return links | {"page": page} if page and page not in links.values() else links

    def fingerprint(self) -> str:
        """Return a fingerprint of all fields. Raises TypeError for a path that is not valid Unicode."""
        return self.kept("_fingerprint", lambda paper: fingerprint(orjson.dumps(paper)))

    def text_key(self) -> str:
        """Return a fingerprint of title and abstract."""
        return self.kept("_text_key", lambda paper: fingerprint_of_all((paper.title, paper.abstract)))

    def kept(self, name: str, find: Callable[["Paper"], str]) -> str:
        """Return a value computed from the paper's fields alone; it is computed once and kept with the paper."""
        try:
            found: str = getattr(self, name)
        except AttributeError:
            found = find(self)
            object.__setattr__(self, name, found)
        return found

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle only fields and derived values: builds unpickle thousands of papers, which is slow for dataclasses."""
        self.text_key()
        with suppress(TypeError):
            self.fingerprint()
        kept = [getattr(self, name, "") for name in _KEPT]
        return _restored, (kept, *_values_of(self))


def _restored(kept: Sequence[str], *values: object) -> Paper:
    paper = object.__new__(Paper)
    for name, found in zip(_KEPT, kept, strict=True):
        if found:
            object.__setattr__(paper, name, found)
    for put, value in zip(_SLOTS, values, strict=True):
        put(paper, value)
    paper.__post_init__()
    return paper


_values_of = attrgetter(*Paper.__slots__)
_SLOTS = [getattr(Paper, name).__set__ for name in Paper.__slots__]
