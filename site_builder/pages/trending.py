"""The papers that readers vote for and talk about just now."""

from collections.abc import Iterator

from site_builder.catalogue.model import Catalogue
from site_builder.catalogue.trends import GRAVITY, HEAD_START, SPAN, digest_before, newest_day, trending
from site_builder.pages.page import Page
from site_builder.settings import Settings

MOST_TRENDING = 24


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `trending.html`; no page where no list tells upvotes or comments.

    Data: `day` (the newest), the `window` in days, the `ranked` papers, the `before` day that their places are compared
    with, and the two numbers of the formula.
    """
    ranked = trending(catalogue, MOST_TRENDING)
    if not ranked:
        return
    before = digest_before(catalogue)
    yield Page(
        path="trending.html",
        renderer="html",
        template="pages/trending.html",
        claimant="the trending papers",
        title=settings.words.gettext("Trending"),
        description=settings.words.gettext("What readers vote for and talk about"),
        data={
            "day": newest_day(catalogue),
            "window": SPAN.days,
            "ranked": ranked,
            "before": before and before.date,
            "head_start": HEAD_START,
            "gravity": GRAVITY,
        },
    )
