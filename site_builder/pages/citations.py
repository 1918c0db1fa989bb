"""Citation files next to pages (BibTeX, RIS and CSL-JSON), and the Markdown twin of each day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.config.settings import Export, Settings
from site_builder.model.catalogue import Catalogue, Day
from site_builder.model.page import Page, PageData
from site_builder.model.paper import Paper
from site_builder.urls import beside, day_path, paper_path, period_path, term_path

# File extension → its renderer.
FORMATS: Mapping[str, str] = {".bib": "bibtex", ".ris": "ris", ".csl.json": "csl json"}
# File extension → its name in the settings.
EXPORTS: Mapping[str, Export] = {".bib": "bib", ".ris": "ris", ".csl.json": "csl"}
ENDINGS = (*FORMATS, ".md")  # of all files that may lie next to pages
MAX_CITED = 200  # a file of a tag or an organisation cites only so many of the newest papers


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper and its citation key, which is the same in every file of the site."""

    key: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class CitationsData(PageData):
    """The citations in a file, with or without abstracts."""

    citations: tuple[Citation, ...]
    has_abstracts: bool


@dataclass(frozen=True, slots=True)
class TwinData(PageData):
    """The day that a Markdown file shows."""

    day: Day


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan the `exports` of the settings: files next to every paper, day, week, tag and organisation, and `days/*.md`.

    Those of tags and organisations hold only the newest papers, without abstracts. All files of one format are
    consecutive, so that the entry of a paper is rendered once for all of them.
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
    """Return the citations of all papers by paper id."""
    return {paper.id: Citation(catalogue.citation_keys[paper.id], paper) for paper in catalogue.papers}


def _files(catalogue: Catalogue, citations: Mapping[str, Citation]) -> Iterator[tuple[str, str, CitationsData]]:
    """Yield (path of the page, description of its subject, data of the files next to it)."""

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
        yield path, f'the {term.taxonomy} "{term.name}"', data(term.papers[:MAX_CITED], has_abstracts=False)
