"""A page for each paper, and the list of papers without a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.catalogue.order import in_parts, neighbours
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, CorrectionNotice, Related
from site_builder.model.page import Page, PageData
from site_builder.model.paper import Paper
from site_builder.pages.citations import Citation, cited
from site_builder.urls import paper_path, undated_path


@dataclass(frozen=True, slots=True)
class PaperData(PageData):
    """A paper, its corrections and its neighbours. related: the most similar paper first."""

    paper: Paper
    citation: Citation
    notices: Sequence[CorrectionNotice]
    related: Sequence[Related]
    newer: Paper | None
    older: Paper | None


@dataclass(frozen=True, slots=True)
class UndatedData(PageData):
    """Papers on one numbered page. count: of papers on all these pages; parts: their paths."""

    papers: Sequence[Paper]
    count: int
    number: int
    parts: Sequence[str]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `papers/<id>.html`."""
    notices: dict[str, list[CorrectionNotice]] = {}
    for notice in catalogue.corrections:
        notices.setdefault(notice.paper.id, []).append(notice)
    citations = cited(catalogue)
    for newer, paper, older in neighbours(catalogue.papers, catalogue.edges.papers):
        yield Page(
            path=paper_path(paper.id),
            renderer="html",
            template="pages/paper.html",
            claimant=f'the paper "{paper.title}" ({paper.places[0].path}:{paper.places[0].line})',
            title=paper.title,
            description=(paper.abstract or paper.summary or settings.words.comma.join(paper.authors[:3]))[:300],
            data=PaperData(
                paper=paper,
                citation=citations[paper.id],
                notices=notices.get(paper.id, ()),
                related=catalogue.related.get(paper.id, ()),
                newer=newer,
                older=older,
            ),
        )


def plan_undated(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `undated.html` and its further pages with the papers whose day is unknown, if there are any."""
    words = settings.words
    parts = in_parts(catalogue.undated, settings.page_size)
    paths = [undated_path(number) for number in range(1, len(parts) + 1)]
    for number, papers in enumerate(parts, 1):
        yield Page(
            path=paths[number - 1],
            renderer="html",
            template="pages/undated.html",
            claimant="the list of undated papers",
            title=words.gettext("Undated") if number == 1 else words.gettext("Undated, page %(number)s", number=number),
            description=words.gettext("Papers whose day is not known"),
            data=UndatedData(papers, len(catalogue.undated), number, paths),
        )
