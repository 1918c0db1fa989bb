"""A page for each day with its whole digest."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.catalogue.order import neighbours, standing_papers
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Day
from site_builder.model.page import Page, PageData
from site_builder.urls import day_path


@dataclass(frozen=True, slots=True)
class DayData(PageData):
    """A day and its neighbours."""

    day: Day
    previous: Day | None
    next: Day | None


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `days/YYYY-MM-DD.html`."""
    words = settings.words
    for previous, day, following in neighbours(catalogue.days, catalogue.edges.days):
        yield Page(
            path=day_path(day.date),
            renderer="html",
            template="pages/day.html",
            claimant=f"the digest of {day.date}",
            title=day.texts.subject or words.gettext("Papers of %(day)s", day=words.short_day(day.date)),
            description=day.texts.preheader or " · ".join(paper.title for paper in standing_papers(day.papers)[:3]),
            data=DayData(day, previous, following),
        )
