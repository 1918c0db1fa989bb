"""The papers that readers currently vote for and discuss most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.catalogue.trends import GRAVITY, HEAD_START, SPAN, Ranked, digest_before, newest_day, trending
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Day
from site_builder.model.page import Page, PageData

MAX_TRENDING = 24


@dataclass(frozen=True, slots=True)
class TrendingData(PageData):
    """The papers of the last days, ranked.

    day: the newest day. window: in days. before: the day whose ranks are compared. head_start, gravity: constants of
    the formula.
    """

    day: Day | None
    window: int
    ranked: Sequence[Ranked]
    before: date | None
    head_start: float
    gravity: float


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `trending.html`, if any list gives upvotes or comments, be it of papers older than the window."""
    if not any(paper.days and (paper.upvotes or paper.comments) for paper in catalogue.papers):
        return
    before = digest_before(catalogue)
    yield Page(
        path="trending.html",
        renderer="html",
        template="pages/trending.html",
        claimant="the trending papers",
        title=settings.words.gettext("Trending"),
        description=settings.words.gettext("What readers vote for and talk about"),
        data=TrendingData(
            day=newest_day(catalogue),
            window=SPAN.days,
            ranked=trending(catalogue, MAX_TRENDING),
            before=before.date if before else None,
            head_start=HEAD_START,
            gravity=GRAVITY,
        ),
    )
