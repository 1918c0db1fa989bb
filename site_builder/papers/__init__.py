"""Source records → papers: checked, cleaned, dated, and each work once."""

from collections.abc import Callable
from dataclasses import dataclass

from site_builder.papers.boundary import Boundary, KnownTitles, split_title
from site_builder.papers.check import to_paper
from site_builder.papers.history import fold_versions
from site_builder.papers.merge import merge_papers
from site_builder.papers.paper import Paper
from site_builder.papers.titles import normalise_title
from site_builder.papers.votes import part_votes, with_votes
from site_builder.papers.years import years_of_lists
from site_builder.problems import Problems
from site_builder.settings import Settings
from site_builder.sources import Sources
from site_builder.sources.fetch_status import seen_days
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
) -> Papers:
    """Make papers of all records; what is doubtful or wrong becomes a problem with its place."""
    seen_on = seen_days(sources.files, sources.fetched)
    records, votes = part_votes(sources.records, seen_on)
    known = KnownTitles(str(record.fields["title"]) for record in records if record.fields.get("title"))
    parted = [_part(record, known, problems) for record in records]
    keys = {id(record): normalise_title(title) for record, (title, _) in zip(records, parted, strict=True)}
    years = years_of_lists(records, lambda record: keys[id(record)], settings.defaults_for, problems)
    made: list[Paper] = []
    for done, (record, (title, abstract)) in enumerate(zip(records, parted, strict=True)):
        tick("make papers", done, len(records))
        paper = to_paper(record, years.get(record.path), settings.defaults_for(record.path), problems, title, abstract)
        made.extend([with_votes(paper, votes.get(id(record)))] if paper else [])
    merged = merge_papers(fold_versions(made, seen_on), lambda path: sources.files[path].reader, problems)
    return Papers(tuple(merged), len(sources.records), len(records) - len(made))


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
