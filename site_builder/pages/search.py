"""The search page and the files of its index, on sites that have papers.

The index is split into parts by month, so that the files of old months never change. The newest month is a part of
its own, which changes every day; if it is large, its halves are two parts, of which only the second changes. The
months before it are one part. Once that holds PART papers, it is closed for good. A query loads something from every
part, so there must be few.

When a month is over, it has to be merged with the months before it: first its halves become one part, then that joins
the others. This would change a thousand files on the first day of each month. So the merged files are published over
several days, and the old parts stay in use until all of them are there.
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

# Maximum number of tags, organisations, authors or venues to choose from, largest first, to limit the page's size.
CHOICES = 100
PART = 10_500  # papers from which on a part is closed
HALVED = 300  # papers in the newest month from which on it is split into halves
HALF = 15  # last day of the first half
# A query loads a file of words for each of its words, and a file of records for most results.
WORDS = 44_000  # characters of the papers whose words are in one file
NEWEST_WORDS = 26_000  # the same for a part of a single month, which a query loads in addition to the others
FOLLOWING = 2  # files of words for each file of following words, which only phrases need
RECORDS = 28  # papers in one file
FILES_A_DAY = 50  # files of merged parts published each day, from the second day of the newest month on
# Words in nearly every paper: they are indexed in titles and names only.
COMMON = frozenset(
    "a an and are as at be by can do for from how in into is it its of on or our that the their this to via we what "
    "when with".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class IndexPart:
    """The papers of some months, newest first, and how many files hold their words and their records.

    name: its first and last month; for a part of a single month, that month, or the day on which its second half
    begins. is_published_gradually: whether its files are published over several days before queries use it.
    """

    name: str
    papers: tuple[Paper, ...]
    words: int
    following: int
    records: int
    is_published_gradually: bool = False

    @property
    def files(self) -> Iterator[str]:
        """Yield the names of its files."""
        yield from ("table", "columns", "tags")
        for kind in ("words", "following", "records"):
            yield from (f"{kind}-{number}" for number in range(getattr(self, kind)))


Choices = Sequence[tuple[str, str, int]]  # value, name, number of papers


@dataclass(frozen=True, slots=True)
class SearchData(PageData):
    """The choices of the filters. common_words: words found in titles and names only."""

    paper_count: int
    common_words: Sequence[str]
    tag_choices: Choices
    organization_choices: Choices
    author_choices: Choices
    venue_choices: Choices


@dataclass(frozen=True, slots=True)
class IndexFileData(PageData):
    """A file of a part of the index."""

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
    parts, pending_files = index_parts(catalogue.papers)
    value = [{"name": part.name, "papers": len(part.papers)} for part in parts]
    yield Page(search_data_path("parts"), "data", "", "the search index", JsonData.holding(value))
    files = [(part, name) for part in parts for name in part.files]
    for part, name in (*files, *pending_files):
        path = search_data_path(f"{part.name}/{name}")
        yield Page(path, "search index", "", "the search index", IndexFileData(part, name))


def index_parts(papers: Iterable[Paper]) -> tuple[list[IndexPart], list[tuple[IndexPart, str]]]:
    """Return the parts of the index, newest first, and the files published so far of the next merged part.

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
    older = [_of_months(months_of_part, months) for months_of_part in reversed(closed)]
    *rest, last = group
    last_parts, rest_parts = _halves(last, months[last]), [_of_months(rest, months)] if rest else []
    merged = _of_months(group, months)
    published = FILES_A_DAY * (len({paper.days[0] for paper in months[newest]}) - 1)
    is_halved = rest_parts and len(last_parts) > 1
    for merged_part in [_of_months([last], months, NEWEST_WORDS), merged] if is_halved else [merged]:
        files = list(merged_part.files)
        if published < len(files):
            return [*newer, *last_parts, *rest_parts, *older], [(merged_part, name) for name in files[:published]]
        published -= len(files)
        last_parts = [merged_part]
    return [*newer, merged, *older], []


def _groups(before: Sequence[str], months: Mapping[str, Sequence[Paper]]) -> list[list[str]]:
    """Group past months into parts, ascending; each but the last holds at least PART papers."""
    groups: list[list[str]] = [[]]
    for month in before:
        if sum(len(months[past_month]) for past_month in groups[-1]) >= PART:
            groups.append([])
        groups[-1].append(month)
    return groups


def _halves(month: str, papers: Sequence[Paper]) -> list[IndexPart]:
    """Return a month as one part or, if it holds many papers, as two parts, the newest first."""
    if len(papers) < HALVED or month == UNDATED:
        return [_part(month, papers, NEWEST_WORDS)]
    later = [paper for paper in papers if paper.days[0].day > HALF]
    sooner = [paper for paper in papers if paper.days[0].day <= HALF]
    halves = (f"{month}-{HALF + 1}", later), (month, sooner)
    return [_part(name, half, NEWEST_WORDS) for name, half in halves if half]


def _of_months(group: Sequence[str], months: Mapping[str, Sequence[Paper]], size: int = WORDS) -> IndexPart:
    papers = [paper for month in reversed(group) for paper in months[month]]
    return _part(f"{group[0]}_{group[-1]}", papers, size, is_published_gradually=True)


def _part(name: str, papers: Sequence[Paper], size: int, *, is_published_gradually: bool = False) -> IndexPart:
    letters = sum(len(paper.title) + len(paper.abstract) + sum(map(len, paper.authors)) for paper in papers)
    words = letters // size + 1
    return IndexPart(
        name,
        tuple(sorted(papers, key=_newest_first)),
        words,
        -(-words // FOLLOWING),
        -(-len(papers) // RECORDS),
        is_published_gradually,
    )


def _newest_first(paper: Paper) -> tuple[int, str]:
    """Return the sort key by which the papers of a part are numbered; votes do not change it."""
    return -paper.days[-1].toordinal() if paper.days else 0, paper.id


def _choices(terms: Sequence[Term]) -> Choices:
    return _largest([(term.slug, term.name, len(term.papers)) for term in terms])


def _venues(papers: Iterable[Paper]) -> Choices:
    counts = Counter(paper.venue for paper in papers if paper.venue)
    return _largest([(venue, venue, count) for venue, count in counts.items()])


def _largest(choices: Choices) -> Choices:
    largest = sorted(choices, key=lambda choice: (-choice[2], choice[0]))[:CHOICES]
    return sorted(largest, key=lambda choice: (choice[1].casefold(), choice[0]))
