"""Citations to take away: BibTeX, RIS and CSL-JSON next to the pages, and the Markdown twin of each day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.config.settings import Export, Settings
from site_builder.model.catalogue import Catalogue, Day
from site_builder.model.page import Page, PageData
from site_builder.model.paper import Paper
from site_builder.urls import beside, day_path, paper_path, period_path, term_path

# Ending of the file next to a page → its renderer.
FORMATS: Mapping[str, str] = {".bib": "bibtex", ".ris": "ris", ".csl.json": "csl json"}
# The same → its name in the settings.
EXPORTS: Mapping[str, Export] = {".bib": "bib", ".ris": "ris", ".csl.json": "csl"}
MOST_OF_A_TERM = 200  # newest papers of a tag or an organisation that a file cites


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper, and the key by which every file of the site cites it."""

    key: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class CitationsData(PageData):
    """The citations of a file, with or without abstracts."""

    citations: tuple[Citation, ...]
    has_abstracts: bool


@dataclass(frozen=True, slots=True)
class TwinData(PageData):
    """The day that a Markdown file is the twin of."""

    day: Day


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the `exports` of the settings: files next to every paper, day, week, tag and organisation, and `days/*.md`.

    Those of tags and organisations hold the newest papers, without the abstracts. All files of one format follow each
    other: the entry of a paper is written once for all of them.
    """
    if not settings.exports:
        return
    files = list(_files(catalogue, cited(catalogue)))
    for ending, renderer in FORMATS.items():
        for page, whose, data in files if EXPORTS[ending] in settings.exports else ():
            yield Page(beside(page, ending), renderer, "", f"the citations of {whose}", data)
    for day in catalogue.days if "md" in settings.exports else ():
        yield Page(beside(day_path(day.date), ".md"), "markdown twin", "", f"the digest of {day.date}", TwinData(day))


def cited(catalogue: Catalogue) -> dict[str, Citation]:
    """Return paper id → its citation."""
    return {paper.id: Citation(catalogue.citation_keys[paper.id], paper) for paper in catalogue.papers}


def _files(catalogue: Catalogue, citations: Mapping[str, Citation]) -> Iterator[tuple[str, str, CitationsData]]:
    """Yield (path of the page, whose it is, data of the files next to it)."""

    def data(papers: Iterable[Paper], *, has_abstracts: bool = True) -> CitationsData:
        return CitationsData(tuple(citations[paper.id] for paper in papers), has_abstracts)

    for paper in catalogue.papers:
        yield paper_path(paper.id), f'the paper "{paper.title}"', data([paper])
    for day in catalogue.days:
        if day.papers:
            yield day_path(day.date), f"the day {day.date}", data(day.papers)
    for week in catalogue.weeks:
        if week.papers:
            yield period_path("week", week.key), f"the week {week.key}", data(week.papers)
    for term in catalogue.terms:
        path = term_path(term.taxonomy, term.slug)
        yield path, f'the {term.taxonomy} "{term.name}"', data(term.papers[:MOST_OF_A_TERM], has_abstracts=False)
