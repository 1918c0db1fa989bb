"""The search page and the files of its index, on sites that have papers to search.

The index is cut into parts by month, so that the files of old months stay as they are: the newest month is a part of
its own, which changes every day, or two, its halves, of which the second does; the months before it are one; and as
soon as that holds PART papers it is left alone for ever. A query asks every part, so there must be few.

A month that is over stays as it is, too, until what takes it in is there, which comes over several days: its halves as
one part, then that and the months before it. All of it would be a thousand files on the first day of each month.
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
PART = 10_500  # papers of a part that is left alone
HALVED = 300  # papers of the newest month, from which on its halves are parts
HALF = 15  # days of the first half
# A query loads one file of words for each of its words, and one of records for most results; each is a file more.
WORDS = 44_000  # letters of the papers whose words are one file
NEWEST_WORDS = 26_000  # of a month that is a part of its own: a query asks it besides the others
FOLLOWING = 2  # files of words, of which one other tells what follows the words; only a phrase needs it
RECORDS = 28  # papers that are one file
FILES_A_DAY = 50  # of the parts that take in the last month, from the second day of the newest one on
# Words that nearly every paper holds: found in titles and names only.
COMMON = frozenset(
    "a an and are as at be by can do for from how in into is it its of on or our that the their this to via we what "
    "when with".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class IndexPart:
    """The papers of some months, newest first, and how many files hold their words and their records.

    name: its first and its last month; until it is taken in a month alone, and the day its second half begins on.
    comes_over_days: whether its files are published before a query asks it.
    """

    name: str
    papers: tuple[Paper, ...]
    words: int
    following: int
    records: int
    comes_over_days: bool = False

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
    parts, coming = index_parts(catalogue.papers)
    value = [{"name": part.name, "papers": len(part.papers)} for part in parts]
    yield Page(search_data_path("parts"), "data", "", "the search index", JsonData.holding(value))
    files = [(part, name) for part in parts for name in part.files]
    for part, name in (*files, *coming):
        path = search_data_path(f"{part.name}/{name}")
        yield Page(path, "search index", "", "the search index", IndexFileData(part, name))


def index_parts(papers: Iterable[Paper]) -> tuple[list[IndexPart], list[tuple[IndexPart, str]]]:
    """Return the parts of the index, the newest first, and the files that there are of the next one.

    papers: newest first.
    """
    months: dict[str, list[Paper]] = {}
    for paper in papers:
        months.setdefault(first_month(paper), []).append(paper)
    *before, newest = sorted(months, key=lambda month: (month != UNDATED, month))
    newer = _halves(newest, months[newest])
    if not before:
        return newer, []
    *closed, group = _groups(before, months)
    older = [_of_months(each, months) for each in reversed(closed)]
    *rest, last = group
    standing, kept = _halves(last, months[last]), [_of_months(rest, months)] if rest else []
    merged = _of_months(group, months)
    room = FILES_A_DAY * (len({paper.days[0] for paper in months[newest]}) - 1)
    for whole in [_of_months([last], months, NEWEST_WORDS), merged] if kept and len(standing) > 1 else [merged]:
        files = list(whole.files)
        if room < len(files):
            return [*newer, *standing, *kept, *older], [(whole, name) for name in files[:room]]
        room -= len(files)
        standing = [whole]
    return [*newer, merged, *older], []


def _groups(before: Sequence[str], months: Mapping[str, Sequence[Paper]]) -> list[list[str]]:
    """Return the months that are over by part, ascending; each but the last holds PART papers."""
    groups: list[list[str]] = [[]]
    for month in before:
        if sum(len(months[held]) for held in groups[-1]) >= PART:
            groups.append([])
        groups[-1].append(month)
    return groups


def _halves(month: str, papers: Sequence[Paper]) -> list[IndexPart]:
    """Return a month as a part or, where it holds many papers, as two, the newest first."""
    if len(papers) < HALVED or month == UNDATED:
        return [_part(month, papers, NEWEST_WORDS)]
    later = [paper for paper in papers if paper.days[0].day > HALF]
    sooner = [paper for paper in papers if paper.days[0].day <= HALF]
    halves = (f"{month}-{HALF + 1}", later), (month, sooner)
    return [_part(name, half, NEWEST_WORDS) for name, half in halves if half]


def _of_months(group: Sequence[str], months: Mapping[str, Sequence[Paper]], size: int = WORDS) -> IndexPart:
    papers = [paper for month in reversed(group) for paper in months[month]]
    return _part(f"{group[0]}_{group[-1]}", papers, size, comes_over_days=True)


def _part(name: str, papers: Sequence[Paper], size: int, *, comes_over_days: bool = False) -> IndexPart:
    letters = sum(len(paper.title) + len(paper.abstract) + sum(map(len, paper.authors)) for paper in papers)
    words = letters // size + 1
    return IndexPart(
        name,
        tuple(sorted(papers, key=_newest_first)),
        words,
        -(-words // FOLLOWING),
        -(-len(papers) // RECORDS),
        comes_over_days,
    )


def _newest_first(paper: Paper) -> tuple[int, str]:
    """Return what the papers of a part are numbered by: nothing that a later vote changes."""
    return -paper.days[-1].toordinal() if paper.days else 0, paper.id


def _choices(terms: Sequence[Term]) -> Choices:
    return _largest([(term.slug, term.name, len(term.papers)) for term in terms])


def _venues(papers: Iterable[Paper]) -> Choices:
    counts = Counter(paper.venue for paper in papers if paper.venue)
    return _largest([(venue, venue, count) for venue, count in counts.items()])


def _largest(choices: Choices) -> Choices:
    largest = sorted(choices, key=lambda choice: (-choice[2], choice[0]))[:CHOICES]
    return sorted(largest, key=lambda choice: (choice[1].casefold(), choice[0]))
