"""The catalogue: all papers and digests, merged, sorted and grouped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from site_builder.model.editions import ClosedEdition
from site_builder.model.fetch_status import FetchStatus
from site_builder.model.note import FreePage, Note
from site_builder.model.paper import Correction, Hold, Paper

FEWEST_OF_DIGEST = 5  # papers without a list's day that make a digest; of a topic over ten years, hardly two share one

Taxonomy = Literal["tag", "organization", "author", "venue"]
PeriodKind = Literal["week", "month", "year"]


@dataclass(frozen=True, slots=True)
class TermName:
    """A term as attached to a paper: enough to name it and to link to it."""

    taxonomy: Taxonomy
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class CoAuthor:
    """A co-author. slug: of the author's page, "" for none. count: number of joint papers."""

    name: str
    slug: str
    count: int


@dataclass(frozen=True, slots=True)
class Person:
    """Details of an author.

    ids: (register, id) pairs. by_name: number of papers attributed by name alone. namesakes: others of the same name.
    co_authors: most joint papers first.
    """

    ids: tuple[tuple[str, str], ...]
    is_ours: bool
    by_name: int
    namesakes: tuple[TermName, ...]
    co_authors: tuple[CoAuthor, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One group of a taxonomy: a tag, an organisation, an author or a year of a venue; its papers newest first.

    formerly: former slugs, oldest first. known_as: the slug that its entries were published with, "" if there are none.
    person: set for authors. since: the month from which papers link to the page of an author or a venue, "" for always.
    """

    taxonomy: Taxonomy
    slug: str
    name: str
    description: str
    papers: tuple[Paper, ...]
    formerly: tuple[str, ...] = ()
    known_as: str = ""
    person: Person | None = None
    since: str = ""

    @property
    def first_slug(self) -> str:
        """The permanent slug in its feeds and their entries."""
        return self.known_as or next(iter(self.formerly), self.slug)


@dataclass(frozen=True, slots=True)
class Section:
    """The papers of a day under one tag; each paper is in one section only. term is None for the rest."""

    term: TermName | None
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class EditionTexts:
    """The editor's texts for a day, a week or a month. order: ids of its papers in the editor's order."""

    subject: str = ""
    preheader: str = ""
    sponsor: Note | None = None
    footer: Note | None = None
    note: Note | None = None
    order: tuple[str, ...] = ()

    @property
    def ranks(self) -> dict[str, int]:
        """Position of each paper in the editor's order, by id."""
        return {paper_id: rank for rank, paper_id in enumerate(self.order)}


@dataclass(frozen=True, slots=True)
class Day:
    """The digest of one day: its papers (leads first, then by upvotes), the same in sections by tag, and the note."""

    date: date
    papers: tuple[Paper, ...]
    sections: tuple[Section, ...]
    note: Note | None
    texts: EditionTexts = EditionTexts()
    hold: Hold | None = None  # set on a future day that is shown nevertheless

    @property
    def is_digest(self) -> bool:
        """Whether somebody made a list for this day, rather than a few papers being dated to it by themselves."""
        is_made = self.note or any(self.date in paper.listed for paper in self.papers)
        return bool(is_made) or len(self.papers) >= FEWEST_OF_DIGEST


@dataclass(frozen=True, slots=True)
class PeriodName:
    """A week, month or year as its neighbours refer to it: enough to name it and to link to it."""

    kind: PeriodKind
    key: str


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month or year with at least one day. key: `2026-W22`, `2026-05` or `2026`.

    best: ids of the papers with most upvotes when it was first out; () to use the present ones.
    """

    kind: PeriodKind
    key: str
    first: date
    last: date
    days: tuple[Day, ...]
    best: tuple[str, ...] = ()
    texts: EditionTexts = EditionTexts()

    @property
    def name(self) -> PeriodName:
        return PeriodName(self.kind, self.key)

    @property
    def note(self) -> Note | None:
        return self.texts.note

    @property
    def digests(self) -> tuple[Day, ...]:
        """Its days that are digests."""
        return tuple(day for day in self.days if day.is_digest)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers of its days, each once, in the order of the days."""
        return tuple({paper.id: paper for day in self.days for paper in day.papers}.values())


class Related(NamedTuple):
    """A paper related to another one, and what the two share, in descending order of weight.

    by: "words" if titles, abstracts and tags were compared, "tags" if only tags were.
    """

    paper: Paper
    by: Literal["words", "tags"]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    """All changes of a paper that were seen on one day."""

    paper: Paper
    day: date
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The papers and notes of one mail.

    days: newest first, each reduced to what the edition contains.
    page: output path of the page with the same content.
    texts: the editor's texts for its day, week or month.
    undated: papers without a day.
    late: days that are not after the previous edition's date.
    incomplete: days whose lists are known to lack papers.
    state: "next" has not gone out; "sending" is on its way; "closed" has gone out; "archived" precedes the first
    edition.
    ids, begins, due: as in ClosedEdition, empty for an archived edition.
    """

    name: str
    key: str
    dated: date
    title: str
    days: tuple[Day, ...]
    page: str
    texts: EditionTexts = EditionTexts()
    undated: tuple[Paper, ...] = ()
    late: tuple[date, ...] = ()
    incomplete: tuple[date, ...] = ()
    state: Literal["next", "sending", "closed", "archived"] = "next"
    ids: tuple[str, ...] = ()
    begins: date | None = None
    due: datetime | None = None

    @property
    def papers(self) -> tuple[Paper, ...]:
        """All papers, those of the newest day first."""
        return (*(paper for day in self.days for paper in day.papers), *self.undated)

    def settled(self) -> ClosedEdition:
        """Return the record of the edition once it is on its way, still without the papers that it passes over."""
        return ClosedEdition(
            name=self.name,
            key=self.key,
            dated=self.dated,
            ids=self.ids,
            begins=self.begins,
            due=self.due,
        )


@dataclass(frozen=True, slots=True)
class Edges:
    """The neighbours of a volume's papers, days, weeks and months: the one before the first, the one after the last."""

    papers: tuple[Paper | None, Paper | None] = (None, None)
    days: tuple[Day | None, Day | None] = (None, None)
    weeks: tuple[PeriodName | None, PeriodName | None] = (None, None)
    months: tuple[PeriodName | None, PeriodName | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All papers and their groups. Days and periods ascend; terms are sorted by name."""

    papers: tuple[Paper, ...]  # newest first, undated last, then by id
    days: tuple[Day, ...]
    weeks: tuple[Period, ...]
    months: tuple[Period, ...]
    years: tuple[Period, ...]
    tags: tuple[Term, ...]
    organizations: tuple[Term, ...]
    undated: tuple[Paper, ...]
    tags_of: Mapping[str, tuple[TermName, ...]]  # paper id → its tags, strongest first
    organization_of: Mapping[str, TermName]  # paper id → its organisation
    pages: tuple[FreePage, ...]
    authors: tuple[Term, ...] = ()  # those with a page
    venues: tuple[Term, ...] = ()  # years of venues with a page
    authors_of: Mapping[str, tuple[TermName, ...]] = field(default_factory=dict)  # paper id → its authors with a page
    author_links: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # paper id → for each author the slug of the page that the paper links to, "" for the search
    venue_of: Mapping[str, TermName] = field(default_factory=dict)  # paper id → the venue page that it links to
    related: Mapping[str, Sequence[Related]] = field(default_factory=dict)  # paper id → related papers, closest first
    fetched: FetchStatus = field(default_factory=FetchStatus)  # what fetching found on which day
    left_out: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # path of a fetched list → count by reason
    corrections: tuple[CorrectionNotice, ...] = ()  # newest first, then by id
    updates: Mapping[str, datetime] = field(default_factory=dict)  # when texts last changed, see Published.updates
    times: Mapping[str, datetime] = field(default_factory=dict)  # dates of entries, see pages.entry_times
    best: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # path of a week or month → ids, see PublishedPage
    numbered: Mapping[str, int] = field(default_factory=dict)  # path of a term → its former pages, see PublishedPage
    closed: frozenset[str] = frozenset()  # published paths of a term's pages of one month
    editions: tuple[Edition, ...] = ()  # mails, oldest first, including those whose mail is no longer kept
    citation_keys: Mapping[str, str] = field(default_factory=dict)  # paper id → citation key
    edges: Edges = Edges()  # set if the catalogue is a volume's

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all taxonomies."""
        return (*self.tags, *self.organizations, *self.authors, *self.venues)

    @property
    def digests(self) -> tuple[Day, ...]:
        """The days that are digests; the others stand in the archive alone."""
        return tuple(day for day in self.days if day.is_digest)
