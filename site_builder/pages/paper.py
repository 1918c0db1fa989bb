"""A page for each paper, and the list of those without a day."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from site_builder.catalogue.model import Catalogue, CorrectionNotice
from site_builder.catalogue.order import in_parts, neighbours
from site_builder.later import Later
from site_builder.pages import citations
from site_builder.pages.citations import Citation
from site_builder.pages.page import Page
from site_builder.papers.paper import Paper
from site_builder.settings import Settings
from site_builder.urls import paper_path, undated_path


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `papers/<id>.html` with `paper`, `citation`, `notices`, and the `related`, `newer` and `older` papers."""
    notices: dict[str, list[CorrectionNotice]] = {}
    for notice in catalogue.corrections:
        notices.setdefault(notice.paper.id, []).append(notice)
    cited = Later(citations.cited, catalogue)
    for newer, paper, older in neighbours(catalogue.papers, catalogue.edges.papers):
        yield Page(
            path=paper_path(paper.id),
            renderer="html",
            template="pages/paper.html",
            claimant=f'the paper "{paper.title}" ({paper.places[0].path}:{paper.places[0].line})',
            title=paper.title,
            description=paper.abstract[:300],
            data=Later(_data, paper, notices.get(paper.id, ()), catalogue, newer, older, cited),
        )


def _data(
    paper: Paper,
    notices: Sequence[CorrectionNotice],
    catalogue: Catalogue,
    newer: Paper | None,
    older: Paper | None,
    cited: Mapping[str, Citation],
) -> dict[str, Any]:
    related = catalogue.related.get(paper.id, ())
    return {
        "paper": paper,
        "citation": cited[paper.id],
        "notices": notices,
        "related": related,
        "newer": newer,
        "older": older,
    }


def plan_undated(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `undated.html` and its further parts with the `papers` no day is known of, where there are any.

    Data besides: the `count` of all of them, the `number` of the part, the paths of all `parts`.
    """
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
            data={"papers": papers, "count": len(catalogue.undated), "number": number, "parts": paths},
        )
