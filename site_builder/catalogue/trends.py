"""Trends: papers by upvotes and age, and how often tags are used over time.

Nothing here reads the clock: all ages and periods count back from the newest day with papers.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from site_builder.model.catalogue import Catalogue, Day, Term
from site_builder.model.paper import Paper
from site_builder.urls import month_key

HEAD_START = 2  # days added to every age, which avoids division by zero
GRAVITY = 1.5  # exponent of the age: the larger, the sooner a paper sinks
# Window of trending papers, and length of each compared period: whole weeks, as weekends are empty.
SPAN = timedelta(days=28)
FEWEST = 5  # papers of a tag in both periods together; with fewer, nothing can be said
CERTAINTY = 2  # standard errors by which shares must differ; nineteen in twenty chance changes are smaller


@dataclass(frozen=True, slots=True)
class Change:
    """A tag's papers in two periods of 28 days. score: difference of the shares in standard errors."""

    term: Term
    before: int
    now: int
    score: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The last 28 days against the 28 before: numbers of papers, and the tags whose share rose or fell, largest first.

    first, last: bounds of the later period; the earlier one ends the day before.
    """

    first: date
    last: date
    papers_before: int
    papers_now: int
    rising: tuple[Change, ...]
    falling: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The number of a tag's papers in each month."""

    term: Term
    counts: tuple[int, ...]


def newest_day(catalogue: Catalogue) -> Day | None:
    """Return the latest day that has papers, None without any."""
    return next(_newest_days(catalogue), None)


def open_month(catalogue: Catalogue) -> str:
    """Return the key of the newest digest's month while that month has days to come, "" when it is over."""
    newest = newest_day(catalogue)
    is_over = newest is None or (newest.date + timedelta(days=1)).day == 1
    return "" if is_over or newest is None else month_key(newest.date)


def digest_before(catalogue: Catalogue) -> Day | None:
    """Return the second latest day that has papers."""
    return next(islice(_newest_days(catalogue), 1, None), None)


def _newest_days(catalogue: Catalogue) -> Iterator[Day]:
    return (day for day in reversed(catalogue.days) if day.papers)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A trending paper. rose: places gained since the previous digest, negative if it fell.

    rose is None for a paper that did not rank then, and when there was no digest before.
    """

    paper: Paper
    rose: int | None


def trending(catalogue: Catalogue, most: int) -> tuple[Ranked, ...]:
    """Return the papers of the window by score, highest first, except withdrawn ones and those without any reaction."""
    newest = newest_day(catalogue)
    if newest is None:
        return ()
    before = digest_before(catalogue)
    ranked_then = _by_score(catalogue, before.date, _upvotes_by) if before else []
    then = {paper.id: rank for rank, paper in enumerate(ranked_then)}
    now = _by_score(catalogue, newest.date, lambda paper, _: paper.upvotes or 0)[:most]
    return tuple(Ranked(paper, then[paper.id] - rank if paper.id in then else None) for rank, paper in enumerate(now))


def _by_score(catalogue: Catalogue, on: date, votes_of: Callable[[Paper, date], int]) -> list[Paper]:
    """Return the papers of the window that ends on a day, highest score first."""
    recent = [
        (paper, votes_of(paper, on))
        for paper in catalogue.papers
        if paper.days and on - SPAN < paper.days[0] <= on and not paper.withdrawal
    ]
    scores = {
        paper.id: round(votes / ((on - paper.days[0]).days + HEAD_START) ** GRAVITY, 6) for paper, votes in recent
    }
    noticed = [paper for paper, votes in recent if votes or paper.comments]
    return sorted(noticed, key=lambda paper: (-scores[paper.id], -(paper.comments or 0), paper.id))


def _upvotes_by(paper: Paper, on: date) -> int:
    """Return a paper's upvotes as last counted by a day, or the current ones if none were counted by then."""
    seen = [each.upvotes for each in paper.counts if each.day <= on and each.upvotes is not None]
    return seen[-1] if seen else paper.upvotes or 0


def compare(catalogue: Catalogue, most: int) -> Comparison | None:
    """Compare each tag's share in the last 28 days with the 28 days before; None if the site has no papers."""
    newest = newest_day(catalogue)
    if newest is None:
        return None
    first = newest.date - SPAN + timedelta(days=1)
    now = _listed(catalogue.days, first, newest.date)
    before = _listed(catalogue.days, first - SPAN, first - timedelta(days=1))
    changes = sorted(
        (change for term in catalogue.tags if (change := _change(term, before, now))),
        key=lambda change: (-abs(change.score), change.term.slug),
    )
    rising = [change for change in changes if change.score > 0]
    falling = [change for change in changes if change.score < 0]
    return Comparison(first, newest.date, len(before), len(now), tuple(rising[:most]), tuple(falling[:most]))


def _listed(days: Iterable[Day], first: date, last: date) -> frozenset[str]:
    """Return the ids of the papers between two days, inclusive."""
    return frozenset(paper.id for day in days if first <= day.date <= last for paper in day.papers)


def _change(term: Term, before: frozenset[str], now: frozenset[str]) -> Change | None:
    """Return the change of a tag's share, or None where chance alone explains it (test of two proportions)."""
    if not before or not now:
        return None
    then = sum(paper.id in before for paper in term.papers)
    today = sum(paper.id in now for paper in term.papers)
    pooled = (then + today) / (len(before) + len(now))
    if then + today < FEWEST or pooled == 1:
        return None
    error = math.sqrt(pooled * (1 - pooled) * (1 / len(before) + 1 / len(now)))
    score = round((today / len(now) - then / len(before)) / error, 6)
    return Change(term, then, today, score) if abs(score) >= CERTAINTY else None


def month_counts(catalogue: Catalogue, most: int) -> tuple[tuple[str, int], ...]:
    """Return the latest months up to that of the newest day, without gaps, each with its number of papers."""
    days = [day.date for day in catalogue.days if day.papers]
    counts = {month.key: len(month.papers) for month in catalogue.months}
    return tuple((key, counts.get(key, 0)) for key in months_between(days[0], days[-1])[-most:]) if days else ()


def topics(catalogue: Catalogue, most: int, months: int) -> tuple[Series, ...]:
    """Return the largest tags of the latest months, most papers first; () if there is only one month."""
    keys = [key for key, _ in month_counts(catalogue, months)]
    if not keys[1:]:
        return ()
    by_month = {month.key: month for month in catalogue.months}
    counts = [_tag_counts(by_month[key].papers if key in by_month else (), catalogue) for key in keys]
    series = [Series(term, tuple(count[term.slug] for count in counts)) for term in catalogue.tags]
    series.sort(key=lambda each: (-sum(each.counts), each.term.slug))
    return tuple(each for each in series[:most] if sum(each.counts))


def _tag_counts(papers: Iterable[Paper], catalogue: Catalogue) -> Counter[str]:
    return Counter(tag.slug for paper in papers for tag in catalogue.tags_of[paper.id])


def months_between(first: date, last: date) -> tuple[str, ...]:
    """Return every month from that of the first day to that of the last."""
    return tuple(
        f"{number // 12:04}-{number % 12 + 1:02}"
        for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    )


def largest(terms: Sequence[Term], most: int) -> tuple[Term, ...]:
    """Return the terms with the most papers, largest first; those with one paper only if no term has two."""
    ordered = sorted(terms, key=lambda term: (-len(term.papers), term.slug))
    several = [term for term in ordered if len(term.papers) > 1]
    return tuple((several or ordered)[:most])
