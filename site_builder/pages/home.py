"""The front page: the latest digest and the days before it."""

from collections.abc import Iterator

from site_builder.catalogue.model import Catalogue
from site_builder.pages.page import Page
from site_builder.pages.status import fetch_lines
from site_builder.settings import Settings


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `index.html`: `day` (None without papers of a known day), `earlier` days, newest first, `fetch_lines`."""
    newest_first = catalogue.days[::-1]
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
            "fetch_lines": fetch_lines(catalogue, settings),
        },
    )
