"""The home page: the latest digest and links to earlier ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.catalogue.order import standing_papers
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Day
from site_builder.model.page import Page, PageData
from site_builder.model.paper import Paper
from site_builder.pages.status import fetch_lines

MAX_NEWEST = 24


@dataclass(frozen=True, slots=True)
class HomeData(PageData):
    """The newest digest, None if there is none, and earlier ones, newest first.

    newest: on a site without digests, the newest papers that have a day. fetch_lines: notices about fetched lists.
    """

    day: Day | None
    earlier: Sequence[Day]
    newest: Sequence[Paper]
    fetch_lines: Sequence[str]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `index.html`."""
    newest_first = catalogue.digests[::-1]
    dated = [paper for paper in standing_papers(catalogue.papers) if paper.days] if not newest_first else []
    yield Page(
        path="index.html",
        renderer="html",
        template="pages/home.html",
        claimant="the home page",
        title="",
        description=settings.tagline,
        data=HomeData(
            day=newest_first[0] if newest_first else None,
            earlier=newest_first[1 : settings.home_days + 1],
            newest=dated[:MAX_NEWEST],
            fetch_lines=fetch_lines(catalogue, settings),
        ),
    )
