"""Turn source records into papers: checked, cleaned, dated, one paper per work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from site_builder.config.settings import ListDefaults, Settings
from site_builder.model.paper import Paper
from site_builder.model.raw_paper import RawPaper
from site_builder.names.evidence import Evidence
from site_builder.papers.boundary import Boundary, KnownTitles, split_title
from site_builder.papers.check import to_paper
from site_builder.papers.completion import complete, report_incomplete
from site_builder.papers.dates import lacks_year
from site_builder.papers.desk import with_desk
from site_builder.papers.history import fold_versions
from site_builder.papers.implausible import implausible
from site_builder.papers.keys import find_keys
from site_builder.papers.merge import merge_papers
from site_builder.papers.published_ids import keep_published_ids
from site_builder.papers.titles import normalise_title
from site_builder.papers.votes import split_votes, with_votes
from site_builder.papers.years import years_of_lists
from site_builder.problems import NotedProblems, Problem, Problems
from site_builder.sources import Sources
from site_builder.sources.content.completions import Completions
from site_builder.sources.content.fetch_status import seen_days
from site_builder.volumes.cache import Cache, NoCache


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a site, one per work, and how many records they were made from.

    papers: in the order in which lists first carried them, held papers last.
    records: number of records read. without_title: how many of these became no paper.
    lists_without_year: paths of lists that give their own day without the year.
    """

    papers: tuple[Paper, ...]
    records: int
    without_title: int
    lists_without_year: frozenset[str] = frozenset()

    @property
    def merged(self) -> int:
        """Return how many records were joined to a paper that another record had made."""
        return self.records - self.without_title - len(self.papers)


def make_papers(
    sources: Sources,
    settings: Settings,
    problems: Problems,
    on_progress: Callable[[str, int, int], None] = lambda step, done, total: None,
    cache: Cache | None = None,
) -> Papers:
    """Turn all records into papers, and report doubtful or wrong values as problems with path and line.

    cache: results of earlier builds, reused for lists that have not changed.
    """
    cache = cache or NoCache()
    seen_on = seen_days(sources.files, sources.fetched)
    all_records, filled = complete(sources.records, sources.completions)
    records, votes = split_votes(all_records, seen_on)
    texts = _texts(records, problems)
    titles = {id(record): title for record, (title, _) in zip(records, texts, strict=True)}
    years = years_of_lists(records, lambda record: normalise_title(titles[id(record)]), settings.defaults_for, problems)
    by_list = groupby(all_records, key=attrgetter("path"))
    order = {id(record): index for _, group in by_list for index, record in enumerate(group)}
    made: list[Paper] = []
    done = 0
    for path, group in groupby(zip(records, texts, strict=True), key=lambda pair: pair[0].path):
        on_progress("make papers", done, len(records))
        numbered = [(order[id(record)], record, text) for record, text in group]
        done += len(numbered)
        completed = [record.fields for _, record, _ in numbered if id(record) in filled]
        checker = _ListChecker(numbered, years.get(path), settings.defaults_for(path), completed)
        papers = checker.papers(sources.files[path].fingerprint, problems, cache)
        made += [
            with_votes(paper, votes.get(id(record)))
            for (_, record, _), paper in zip(numbered, papers, strict=True)
            if paper
        ]
    merged = merge_papers(fold_versions(made, seen_on), lambda path: sources.files[path].reader, problems)
    report_incomplete(merged, sources.completions.papers, problems)
    merged.sort(key=lambda paper: paper.hold is not None)  # so no published paper is numbered because of a held one
    kept = keep_published_ids(merged, sources.published, problems)
    edited = with_desk(kept, sources.desk.papers, sources.published.papers.values(), problems.stopping())
    without_year = frozenset(record.path for record in records if lacks_year(record.fields.get("listed")))
    return Papers(tuple(edited), len(sources.records), len(records) - len(made), without_year)


def papers_of_list(
    records: Sequence[RawPaper], fingerprint: str, settings: Settings, cache: Cache
) -> Sequence[Paper | None]:
    """Return the papers that the records of one list become on their own, without other lists, and cache them.

    fingerprint: of the list's bytes.
    """
    problems = Problems()
    records, _ = complete(records, Completions())
    numbered = [(index, *each) for index, each in enumerate(zip(records, _texts(records, problems), strict=True))]
    defaults = settings.defaults_for(records[0].path)
    return _ListChecker(numbered, None, defaults).papers(fingerprint, problems, cache)


@dataclass(frozen=True, slots=True)
class _ListChecker:
    """Makes papers of the records of one list.

    records: each with its index in the list, and with its title and abstract, already split.
    completed: the fields of records that were completed with fetched data.
    """

    records: Sequence[tuple[int, RawPaper, tuple[str, str]]]
    year: int | None
    defaults: ListDefaults
    completed: Sequence[Mapping[str, object]] = ()

    def papers(self, fingerprint: str, problems: Problems, cache: Cache) -> Sequence[Paper | None]:
        """Return the paper of each record, None if it has no title; from the cache if no input changed."""
        split_texts = [text for _, record, text in self.records if record.fields.get("run_together")]
        indexes = [index for index, _, _ in self.records]
        cache_key = (
            "papers",
            self.records[0][1].path,
            fingerprint,
            self.year,
            self.defaults,
            indexes,
            split_texts,
            self.completed,
        )
        cached = cache.recall(cache_key, self._check_for_cache) if fingerprint else None
        if cached is None:
            return self._check(problems)
        problems.extend(cached[1])
        return cached[0]

    def _check_for_cache(self) -> tuple[list[Paper | None], list[Problem]] | None:
        noted = NotedProblems()
        papers = self._check(noted)
        for paper in filter(None, papers):
            find_keys(paper)
        return (papers, noted.noted) if noted.is_whole else None

    def _check(self, problems: Problems) -> list[Paper | None]:
        evidence = Evidence(lambda: (record.fields.get("authors") for _, record, _ in self.records))
        papers = [
            to_paper(record, self.year, self.defaults, problems, evidence, text) for _, record, text in self.records
        ]
        problems.extend(implausible(self.records[0][1].path, list(filter(None, papers))))
        return papers


def _texts(records: Sequence[RawPaper], problems: Problems) -> list[tuple[str, str]]:
    """Return the title and abstract of each record, split if the source ran them together."""
    needs_split = any(record.fields.get("run_together") for record in records)
    titles = [str(record.fields["title"]) for record in records if record.fields.get("title")] if needs_split else []
    known = KnownTitles(titles)
    return [_split(record, known, problems) for record in records]


def _split(record: RawPaper, known: KnownTitles, problems: Problems) -> tuple[str, str]:
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
