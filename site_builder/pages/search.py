"""The search page and the files of its index, on sites that have papers to search.

The index is cut into parts by month, so that the files of old months stay as they are: the newest month is a part of
its own, which changes every day, or two, its halves, of which the second does; the months before it are one, which
takes in a month when that is over; and as soon as that holds PART papers it is left alone for ever. A query asks every
part, so there must be few.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Term
from site_builder.model.page import JsonData, Page, PageData
from site_builder.model.paper import Paper
from site_builder.model.published import UNDATED
from site_builder.papers.published_ids import first_month
from site_builder.urls import SEARCH_PATH, search_data_path

# Tags, organisations, authors and venues one can choose from, those with the most papers: every one weighs on the page.
CHOICES = 100
PART = 12_000  # papers of a part that is left alone
HALVED = 300  # papers of the newest month, from which on its halves are parts
HALF = 15  # days of the first half
# A query loads one file of words for each of its words, and one of records for most results; each is a file more.
WORDS = 44_000  # letters of the papers whose words are one file
NEWEST_WORDS = 26_000  # of the newest month, all of whose files each day changes
FOLLOWING = 2  # files of words, of which one other tells what follows the words; only a phrase needs it
RECORDS = 28  # papers that are one file
# Words that nearly every paper holds: found in titles and names only.
COMMON = frozenset(
    "a an and are as at be by can do for from how in into is it its of on or our that the their this to via we what "
    "when with".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class IndexPart:
    """The papers of some months, newest first, and how many files hold their words and their records.

    name: the first of its months, or a month and the day with which its second half begins.
    """

    name: str
    papers: tuple[Paper, ...]
    words: int
    following: int
    records: int

    @property
    def files(self) -> Iterator[str]:
        """The names of its files."""
        yield from ("table", "columns", "tags")
        for kind in ("words", "following", "records"):
            yield from (f"{kind}-{number}" for number in range(getattr(self, kind)))


Choices = Sequence[tuple[str, str, int]]  # value, name, number of papers


@dataclass(frozen=True, slots=True)
class SearchData(PageData):
    """What one can filter by. common_words: those that are found in titles and names only."""

    paper_count: int
    common_words: Sequence[str]
    tag_choices: Choices
    organization_choices: Choices
    author_choices: Choices
    venue_choices: Choices


@dataclass(frozen=True, slots=True)
class IndexFileData(PageData):
    """One of the files of a part of the index."""

    part: IndexPart
    name: str


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `search.html` and the files of the index."""
    if not (settings.search and catalogue.papers):
        return
    yield Page(
        path=SEARCH_PATH,
        renderer="html",
        template="pages/search.html",
        claimant="the search page",
        title=settings.words.gettext("Search"),
        description=settings.words.gettext(
            "Find a paper by words of its title or abstract, by author, tag, date, venue or organisation"
        ),
        data=SearchData(
            paper_count=len(catalogue.papers),
            common_words=sorted(COMMON),
            tag_choices=_choices(catalogue.tags),
            organization_choices=_choices(catalogue.organizations),
            author_choices=_choices([term for term in catalogue.authors if term.person]),
            venue_choices=_venues(catalogue.papers),
        ),
    )
    parts = index_parts(catalogue.papers)
    value = [{"name": part.name, "papers": len(part.papers)} for part in parts]
    yield Page(search_data_path("parts"), "data", "", "the search index", JsonData.holding(value))
    for part in parts:
        for name in part.files:
            path = search_data_path(f"{part.name}/{name}")
            yield Page(path, "search index", "", "the search index", IndexFileData(part, name))


def index_parts(papers: Iterable[Paper]) -> list[IndexPart]:
    """Return the parts of the index, the newest first; papers: newest first."""
    months: dict[str, list[Paper]] = {}
    for paper in papers:
        months.setdefault(first_month(paper), []).append(paper)
    groups: list[list[str]] = [[]]
    *before, newest = sorted(months, key=lambda month: (month != UNDATED, month))
    for month in before:
        if sum(len(months[held]) for held in groups[-1]) >= PART:
            groups.append([])
        groups[-1].append(month)
    newer = _halves(newest, months[newest])
    return [
        *(_part(name, papers, NEWEST_WORDS) for name, papers in newer),
        *(_part(group[0], _of_months(group, months), WORDS) for group in reversed(groups) if group),
    ]


def _halves(month: str, papers: Sequence[Paper]) -> list[tuple[str, Sequence[Paper]]]:
    """Return the newest month as a part or, where it holds many papers, as two: name and papers, the newest first."""
    if len(papers) < HALVED or month == UNDATED:
        return [(month, papers)]
    later = [paper for paper in papers if paper.days[0].day > HALF]
    sooner = [paper for paper in papers if paper.days[0].day <= HALF]
    return [(name, half) for name, half in ((f"{month}-{HALF + 1}", later), (month, sooner)) if half]


def _of_months(group: Sequence[str], months: Mapping[str, Sequence[Paper]]) -> list[Paper]:
    return [paper for month in reversed(group) for paper in months[month]]


def _part(name: str, papers: Sequence[Paper], size: int) -> IndexPart:
    letters = sum(len(paper.title) + len(paper.abstract) + sum(map(len, paper.authors)) for paper in papers)
    words = letters // size + 1
    return IndexPart(name, tuple(papers), words, -(-words // FOLLOWING), -(-len(papers) // RECORDS))


def _choices(terms: Sequence[Term]) -> Choices:
    return _largest([(term.slug, term.name, len(term.papers)) for term in terms])


def _venues(papers: Iterable[Paper]) -> Choices:
    counts = Counter(paper.venue for paper in papers if paper.venue)
    return _largest([(venue, venue, count) for venue, count in counts.items()])


def _largest(choices: Choices) -> Choices:
    largest = sorted(choices, key=lambda choice: (-choice[2], choice[0]))[:CHOICES]
    return sorted(largest, key=lambda choice: (choice[1].casefold(), choice[0]))
