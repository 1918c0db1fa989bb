"""The catalogue: all papers and digests, merged, sorted and grouped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from site_builder.model.editions import ClosedEdition
from site_builder.model.fetch_status import FetchStatus
from site_builder.model.note import FreePage, Note
from site_builder.model.paper import Correction, Hold, Paper

FEWEST_OF_DIGEST = 5  # papers without a list's day; of a topic over ten years hardly two share theirs

Taxonomy = Literal["tag", "organization", "author", "venue"]
PeriodKind = Literal["week", "month", "year"]


@dataclass(frozen=True, slots=True)
class TermName:
    """A term as a paper carries it: enough to name it and to link to it."""

    taxonomy: Taxonomy
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class CoAuthor:
    """With whom somebody wrote so many papers; slug: of the page, "" for none."""

    name: str
    slug: str
    count: int


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of an author.

    ids: by the register they are of. by_name: how many papers are the author's by the name alone. namesakes: others of
    the same name. co_authors: those of most papers first.
    """

    ids: tuple[tuple[str, str], ...]
    is_ours: bool
    by_name: int
    namesakes: tuple[TermName, ...]
    co_authors: tuple[CoAuthor, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One group of a taxonomy: a tag, an organisation, an author or a year of a venue; its papers newest first.

    formerly: slugs that it had before, the oldest first. known_as: the slug that its entries were published with, ""
    where none were. person: of an author. since: the month from which on papers lead to the page of an author or a
    venue, "" from the first on.
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
        """The slug that its feeds and their entries are known by, for ever."""
        return self.known_as or next(iter(self.formerly), self.slug)


@dataclass(frozen=True, slots=True)
class Section:
    """The papers of a day under one tag; a paper stands in one section only. term None: all the others."""

    term: TermName | None
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class EditionTexts:
    """What the editor says of a day, a week or a month; order: ids of its papers, as they are to stand."""

    subject: str = ""
    preheader: str = ""
    sponsor: Note | None = None
    footer: Note | None = None
    note: Note | None = None
    order: tuple[str, ...] = ()

    @property
    def ranks(self) -> dict[str, int]:
        """The place of each paper of the order, by id."""
        return {paper_id: rank for rank, paper_id in enumerate(self.order)}


@dataclass(frozen=True, slots=True)
class Day:
    """The digest of one day: its papers as they lead, then by upvotes, the same in sections by tag, and the note."""

    date: date
    papers: tuple[Paper, ...]
    sections: tuple[Section, ...]
    note: Note | None
    texts: EditionTexts = EditionTexts()
    hold: Hold | None = None  # of a day that is to come, where it is shown all the same

    @property
    def is_digest(self) -> bool:
        """Whether somebody made a list of it: not so where a few papers have their day from themselves alone."""
        is_made = self.note or any(self.date in paper.listed for paper in self.papers)
        return bool(is_made) or len(self.papers) >= FEWEST_OF_DIGEST


@dataclass(frozen=True, slots=True)
class PeriodName:
    """A week, month or year as its neighbours know it: enough to name it and to link to it."""

    kind: PeriodKind
    key: str


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month or year that holds at least one day; key: `2026-W22`, `2026-05` or `2026`.

    best: ids of the papers that had most upvotes when it was first out; () for those that have most now.
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
    def papers(self) -> tuple[Paper, ...]:
        """The papers of its days, each once, in the order of the days."""
        return tuple({paper.id: paper for day in self.days for paper in day.papers}.values())


class Related(NamedTuple):
    """A paper that is like another one, and what the two share, the weightiest first.

    by: "words" where titles, abstracts and tags were compared, "tags" where tags alone were.
    """

    paper: Paper
    by: Literal["words", "tags"]
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    """All that was seen to have changed of a paper on one day."""

    paper: Paper
    day: date
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The papers and notes of one mail.

    days: the newest first, each with what the edition holds of it. page: output path of the page that says the same.
    texts: the editor's, of its day, week or month. undated: its papers without a day. late: those of its days that an
    earlier edition was dated at or after. incomplete: those whose lists are known to lack papers. state: "next" has not
    gone out; "sending" is on its way; "closed" has gone out; "archived" is a day before the first edition. ids,
    begins: as ClosedEdition has them, empty of an edition that is archived.
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

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Every paper, those of the newest day first."""
        return (*(paper for day in self.days for paper in day.papers), *self.undated)

    def settled(self) -> ClosedEdition:
        """Return what is kept of the edition once it is on its way, but for the papers that it passes over."""
        return ClosedEdition(
            name=self.name,
            key=self.key,
            dated=self.dated,
            ids=self.ids,
            begins=self.begins,
        )


@dataclass(frozen=True, slots=True)
class Edges:
    """What stands before the first and behind the last paper, day, week and month of a volume; None beyond the ends."""

    papers: tuple[Paper | None, Paper | None] = (None, None)
    days: tuple[Day | None, Day | None] = (None, None)
    weeks: tuple[PeriodName | None, PeriodName | None] = (None, None)
    months: tuple[PeriodName | None, PeriodName | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All papers and their groups. Days and periods ascend; terms are in the order of their names."""

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
    authors: tuple[Term, ...] = ()  # those who have a page
    venues: tuple[Term, ...] = ()  # years of venues that have a page
    authors_of: Mapping[str, tuple[TermName, ...]] = field(default_factory=dict)  # paper id → those of its authors
    author_links: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # paper id → for each author the slug of the page that the paper leads to, "" for the search
    venue_of: Mapping[str, TermName] = field(default_factory=dict)  # paper id → the page that its venue leads to
    related: Mapping[str, Sequence[Related]] = field(default_factory=dict)  # paper id → papers like it, closest first
    fetched: FetchStatus = field(default_factory=FetchStatus)  # what fetching found on which day
    left_out: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # path of a fetched list → count by reason
    corrections: tuple[CorrectionNotice, ...] = ()  # newest first, then by id
    updates: Mapping[str, datetime] = field(default_factory=dict)  # when texts last changed, see Published.updates
    times: Mapping[str, datetime] = field(default_factory=dict)  # when entries are dated, see pages.entry_times
    best: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # path of a week or month → ids, see PublishedPage
    numbered: Mapping[str, int] = field(default_factory=dict)  # path of a term → its former pages, see PublishedPage
    closed: frozenset[str] = frozenset()  # paths of pages of a month of a term that were published
    editions: tuple[Edition, ...] | None = None  # the mails, the oldest first; None: one of each day
    citation_keys: Mapping[str, str] = field(default_factory=dict)  # paper id → what it is cited by
    edges: Edges = Edges()  # of a catalogue that is a volume

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all taxonomies."""
        return (*self.tags, *self.organizations, *self.authors, *self.venues)

    @property
    def digests(self) -> tuple[Day, ...]:
        """The days that are digests; the others stand in the archive alone."""
        return tuple(day for day in self.days if day.is_digest)
