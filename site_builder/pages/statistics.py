"""The digest in numbers: papers over time, tags, organisations, rising and falling topics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from site_builder.catalogue.trends import (
    FEWEST,
    Comparison,
    Series,
    compare,
    largest,
    month_counts,
    open_month,
    topics,
)
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Day, Period, Term
from site_builder.model.page import Page, PageData

DAYS = 60  # newest digests shown one by one
MONTHS = 24
CALENDAR = 6  # newest months whose days are shown one by one
MAX_TOPICS = 12
MAX_TERMS = 20
MAX_CHANGES = 8


@dataclass(frozen=True, slots=True)
class StatisticsData(PageData):
    """The data of the statistics page.

    days: the newest digests, oldest first. median, busiest: by papers a day among these. months: (month, number of
    papers). open_month: the last of them, unless its last day has a digest. calendar: the newest months, newest first.
    listings: total of all days. strays: papers on days without a digest. topics: over `months`.
    comparison: of recent weeks, for terms with at least `fewest` papers. tags, organizations: the largest.
    """

    catalogue: Catalogue
    days: Sequence[Day]
    median: str
    busiest: Day | None
    months: Sequence[tuple[str, int]]
    open_month: str
    calendar: Sequence[Period]
    listings: int
    strays: int
    topics: Sequence[Series]
    comparison: Comparison | None
    fewest: int
    tags: Sequence[Term]
    organizations: Sequence[Term]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `statistics.html`, if there are papers."""
    if not catalogue.papers:
        return
    words = settings.words
    yield Page(
        path="statistics.html",
        renderer="html",
        template="pages/statistics.html",
        claimant="the statistics",
        title=words.gettext("Statistics"),
        description=words.ngettext(
            "%(count)s paper in numbers: days, tags, organisations and what is rising",
            "%(count)s papers in numbers: days, tags, organisations and what is rising",
            len(catalogue.papers),
        ),
        data=_data(catalogue),
    )


def _data(catalogue: Catalogue) -> StatisticsData:
    days = [day for day in catalogue.digests if day.papers][-DAYS:]
    return StatisticsData(
        # The page depends neither on times of entries nor on related papers.
        catalogue=replace(catalogue, times={}, updates={}, best={}, related={}),
        days=days,
        median=_median(days),
        busiest=max(days, key=lambda day: (len(day.papers), day.date), default=None),
        months=month_counts(catalogue, MONTHS),
        open_month=open_month(catalogue),
        calendar=catalogue.months[: -CALENDAR - 1 : -1],
        listings=sum(len(day.papers) for day in catalogue.days),
        strays=sum(len(day.papers) for day in catalogue.days if not day.is_digest),
        topics=topics(catalogue, MAX_TOPICS, MONTHS),
        comparison=compare(catalogue, MAX_CHANGES),
        fewest=FEWEST,
        tags=largest(catalogue.tags, MAX_TERMS),
        organizations=largest(catalogue.organizations, MAX_TERMS),
    )


def _median(days: Sequence[Day]) -> str:
    """Return the median number of papers a day as text: `23` or `23.5`."""
    return f"{median(len(day.papers) for day in days):g}" if days else ""
