"""Source records → papers: checked, cleaned, dated, and each work once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from site_builder.cache import Cache, NoCache
from site_builder.papers.boundary import Boundary, KnownTitles, split_title
from site_builder.papers.check import to_paper
from site_builder.papers.merge import merge_papers
from site_builder.papers.paper import Paper
from site_builder.papers.titles import normalise_title
from site_builder.papers.years import years_of_lists
from site_builder.problems import NotedProblems, Problem, Problems
from site_builder.settings import ListDefaults, Settings
from site_builder.sources import Sources
from site_builder.sources.record import SourceRecord


@dataclass(frozen=True, slots=True)
class Papers:
    """Each work once, in the order lists first carried it, and how many records became how many papers."""

    papers: tuple[Paper, ...]
    records: int
    without_title: int

    @property
    def merged(self) -> int:
        """Return how many records were joined to a paper that another record had made."""
        return self.records - self.without_title - len(self.papers)


def make_papers(
    sources: Sources,
    settings: Settings,
    problems: Problems,
    tick: Callable[[str, int, int], None] = lambda step, done, total: None,
    cache: Cache | None = None,
) -> Papers:
    """Make papers of all records; what is doubtful or wrong becomes a problem with its place.

    cache: knows the papers that an earlier build made of the same lists.
    """
    cache = cache or NoCache()
    records = sources.records
    known = KnownTitles(str(record.fields["title"]) for record in records if record.fields.get("title"))
    parted = [_part(record, known, problems) for record in records]
    keys = {id(record): normalise_title(title) for record, (title, _) in zip(records, parted, strict=True)}
    years = years_of_lists(records, lambda record: keys[id(record)], settings.defaults_for, problems)
    made: list[Paper] = []
    done = 0
    for path, group in groupby(zip(records, parted, strict=True), key=lambda each: each[0].path):
        tick("make papers", done, len(records))
        held = list(group)
        done += len(held)
        checker = _ListChecker(held, years.get(path), settings.defaults_for(path))
        made += checker.papers(sources.files[path].fingerprint, problems, cache)
    merged = merge_papers(made, lambda path: sources.files[path].reader, problems)
    return Papers(tuple(merged), len(records), len(records) - len(made))


@dataclass(frozen=True, slots=True)
class _ListChecker:
    """Makes papers of the records of one list, each with its title and abstract as they were parted."""

    records: Sequence[tuple[SourceRecord, tuple[str, str]]]
    year: int | None
    defaults: ListDefaults

    def papers(self, fingerprint: str, problems: Problems, cache: Cache) -> Sequence[Paper]:
        """Return the papers, as an earlier build made them where nothing that decides over them changed."""
        parted = [text for record, text in self.records if record.fields.get("run_together")]
        made_of = ("papers", self.records[0][0].path, fingerprint, self.year, self.defaults, parted)
        known = cache.recall(made_of, self._noted) if fingerprint else None
        if known is None:
            return self._check(problems)
        problems.extend(known[1])
        return known[0]

    def _noted(self) -> tuple[list[Paper], list[Problem]] | None:
        noted = NotedProblems()
        papers = self._check(noted)
        return (papers, noted.noted) if noted.is_whole else None

    def _check(self, problems: Problems) -> list[Paper]:
        papers = (to_paper(record, self.year, self.defaults, problems, *text) for record, text in self.records)
        return [paper for paper in papers if paper]


def _part(record: SourceRecord, known: KnownTitles, problems: Problems) -> tuple[str, str]:
    """Return title and abstract of a record, parted where the source ran them together."""
    text = str(record.fields.get("run_together") or "")
    if not text:
        return str(record.fields.get("title") or ""), str(record.fields.get("abstract") or "")
    boundary = split_title(text, known)
    if boundary.is_doubtful:
        problems.add(record.path, record.line, _doubt(boundary), "a YAML record with the right title settles it")
    return boundary.title, boundary.abstract


def _doubt(boundary: Boundary) -> str:
    other = f', or else at "{boundary.second_title[-60:]}"' if boundary.second_title else ""
    return f'the title may end at "…{boundary.title[-60:]}"{other}'
