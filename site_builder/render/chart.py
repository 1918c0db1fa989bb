"""Counts over time as bars and lines: the geometry of an SVG that takes its colour and size from the style sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.model.paper import Counts

HEIGHT = 100
WIDTH = 300  # of a line chart
STEP = 10  # from the beginning of one bar to that of the next
MANY = 20  # bars from which on they stand close
FEW = 12  # bars of fewer are narrow, as two of half a page each say no more
THINNEST = 2  # height of the smallest count that is not zero, so that it shows


@dataclass(frozen=True, slots=True)
class BarChart:
    """One bar for each count in a box of `width` × `height`; bars: the outline of each, for `<path d="…">`."""

    width: int
    height: int
    bars: tuple[str, ...]  # "" for nothing


def bar_chart(counts: Sequence[int], top: int) -> BarChart:
    """Draw counts from left to right; `top` is the count that reaches the upper edge, for charts of one scale."""
    wide = 8 if len(counts) >= MANY else 5 * min(1, len(counts) / FEW)
    bars = []
    for number, value in enumerate(counts):
        if value:
            tall = max(round(value * HEIGHT / max(top, value)), THINNEST)
            bars.append(f"M{number * STEP + (STEP - wide) / 2:g} {HEIGHT}v-{tall}h{wide:g}v{tall}z")
        else:
            bars.append("")
    return BarChart(max(len(counts), 1) * STEP, HEIGHT, tuple(bars))


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line through counts in a box of `width` × `height`; path: for `<path d="…">`.

    name: what is counted; counts: by day, ascending; top: the count that reaches the upper edge.
    """

    name: str
    counts: tuple[tuple[date, int], ...]
    width: int
    height: int
    path: str
    top: int


def vote_charts(counts: Sequence[Counts]) -> tuple[LineChart, ...]:
    """Return the charts of a paper's upvotes and comments, each where there are counts of two days or more."""
    values = {
        "upvotes": [(each.day, each.upvotes) for each in counts if each.upvotes is not None],
        "comments": [(each.day, each.comments) for each in counts if each.comments is not None],
    }
    return tuple(
        line_chart(name, points) for name, points in values.items() if len(points) > 1 and any(n for _, n in points)
    )


def month_line(counts: Sequence[tuple[str, int]]) -> LineChart:
    """Draw the counts of months (`2026-05`), ascending."""
    return line_chart("papers", [(date(int(key[:4]), int(key[5:]), 1), count) for key, count in counts])


def line_chart(name: str, counts: Sequence[tuple[date, int]]) -> LineChart:
    """Draw counts, ascending by day, from zero up; a day further to the right is later by as much."""
    first, top = counts[0][0], max(1, *(count for _, count in counts))
    days = max((counts[-1][0] - first).days, 1)
    points = (f"{(day - first).days * WIDTH / days:.4g} {HEIGHT - count * HEIGHT / top:.4g}" for day, count in counts)
    return LineChart(name, tuple(counts), WIDTH, HEIGHT, f"M{'L'.join(points)}", top)
