"""A page for each paper, and the list of those without a day."""

from collections.abc import Iterator

from site_builder.catalogue.model import Catalogue, CorrectionNotice
from site_builder.catalogue.order import neighbours
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.urls import paper_path


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `papers/<id>.html` with `paper`, what was corrected, `related` papers, the `previous` and the `next` one."""
    notices: dict[str, list[CorrectionNotice]] = {}
    for notice in catalogue.corrections:
        notices.setdefault(notice.paper.id, []).append(notice)
    for previous, paper, following in neighbours(catalogue.papers):
        yield Page(
            path=paper_path(paper.id),
            renderer="html",
            template="pages/paper.html",
            claimant=f'the paper "{paper.title}" ({paper.places[0].path}:{paper.places[0].line})',
            title=paper.title,
            description=paper.abstract[:300],
            data={
                "paper": paper,
                "notices": notices.get(paper.id, ()),
                "related": catalogue.related.get(paper.id, ()),
                "previous": previous,
                "next": following,
            },
        )


def plan_undated(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `undated.html` with the `papers` no day is known of; no page where every paper has one."""
    if catalogue.undated:
        yield Page(
            path="undated.html",
            renderer="html",
            template="pages/undated.html",
            claimant="the list of undated papers",
            title="Undated",
            description="Papers of lists that do not say their day",
            data={"papers": catalogue.undated},
        )
