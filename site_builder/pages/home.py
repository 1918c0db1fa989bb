"""The front page: the latest digest and the days before it."""

from collections.abc import Iterator

from site_builder.catalogue.model import Catalogue
from site_builder.catalogue.order import standing_papers
from site_builder.pages.page import Page
from site_builder.pages.status import fetch_lines
from site_builder.settings import Settings

MOST_NEWEST = 24


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `index.html`: `day`, the newest digest or None, `earlier` ones, newest first, `fetch_lines`.

    newest: the newest papers of a known day, where no day is a digest.
    """
    newest_first = catalogue.digests[::-1]
    dated = [paper for paper in standing_papers(catalogue.papers) if paper.days] if not newest_first else []
    yield Page(
        path="index.html",
        renderer="html",
        template="pages/home.html",
        claimant="the home page",
        title="",
        description=settings.tagline,
        data={
            "day": newest_first[0] if newest_first else None,
            "earlier": newest_first[1 : settings.home_days + 1],
            "newest": dated[:MOST_NEWEST],
            "fetch_lines": fetch_lines(catalogue, settings),
        },
    )
