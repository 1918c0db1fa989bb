"""The papers that readers vote for and talk about just now."""

from collections.abc import Iterator

from site_builder.catalogue.model import Catalogue
from site_builder.catalogue.trends import GRAVITY, HEAD_START, newest_day, rankings, trending
from site_builder.pages.page import Page
from site_builder.settings import Settings

MOST_TRENDING = 12
MOST_RANKED = 6


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `trending.html`; no page where no list tells upvotes or comments.

    Data: `day` (the newest), `papers` by score, `rankings` of its week and month, and the two numbers of the formula.
    """
    papers = trending(catalogue, MOST_TRENDING)
    ranked = [each for each in rankings(catalogue, MOST_RANKED) if each.upvoted or each.discussed]
    if not papers and not ranked:
        return
    yield Page(
        path="trending.html",
        renderer="html",
        template="pages/trending.html",
        claimant="the trending papers",
        title=settings.words.gettext("Trending"),
        description=settings.words.gettext("What readers vote for and talk about"),
        data={
            "day": newest_day(catalogue),
            "papers": papers,
            "rankings": ranked,
            "head_start": HEAD_START,
            "gravity": GRAVITY,
        },
    )
