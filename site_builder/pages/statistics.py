"""The digest in numbers: papers over time, tags, organisations, what rises and what falls."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from site_builder.catalogue.model import Catalogue, Day
from site_builder.catalogue.trends import FEWEST, compare, largest, month_counts, topics
from site_builder.later import Later
from site_builder.pages.page import Page
from site_builder.settings import Settings

DAYS = 60  # newest digests whose papers are counted one by one
MONTHS = 24
MOST_TOPICS = 12
MOST_TERMS = 20
MOST_CHANGES = 8


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `statistics.html`; no page without papers.

    Data: `catalogue`, `days` (newest digests, oldest first), `median` of papers a day, the `busiest` day, `months` with
    their counts, `topics` over those months, the `comparison` of the last weeks, the largest `tags`, `organizations`.
    """
    if not catalogue.papers:
        return
    yield Page(
        path="statistics.html",
        renderer="html",
        template="pages/statistics.html",
        claimant="the statistics",
        title="Statistics",
        description=f"{len(catalogue.papers):,} papers in numbers: days, tags, organisations and what is rising",
        data=Later(_data, catalogue),
    )


def _data(catalogue: Catalogue) -> dict[str, Any]:
    days = [day for day in catalogue.days if day.papers]
    return {
        "catalogue": replace(catalogue, times={}, updates={}, best={}),  # the page does not hang on moments
        "days": days[-DAYS:],
        "median": _median(days),
        "busiest": max(days, key=lambda day: (len(day.papers), day.date), default=None),
        "months": month_counts(catalogue, MONTHS),
        "topics": topics(catalogue, MOST_TOPICS, MONTHS),
        "comparison": compare(catalogue, MOST_CHANGES),
        "fewest": FEWEST,
        "tags": largest(catalogue.tags, MOST_TERMS),
        "organizations": largest(catalogue.organizations, MOST_TERMS),
    }


def _median(days: Sequence[Day]) -> str:
    """Return the median of the papers a day as text: `23` or `23.5`."""
    return f"{median(len(day.papers) for day in days):g}" if days else ""
