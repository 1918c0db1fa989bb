"""Counts over time as bars and lines: SVG geometry, whose colours and size come from the style sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from site_builder.model.paper import Counts

HEIGHT = 100
WIDTH = 300  # of a line chart
STEP = 10  # distance between the left edges of neighbouring bars
MANY = 20  # bars from which on they are drawn close together
FEW = 12  # with fewer bars, bars are narrow; two that fill half a page each would say no more
THINNEST = 2  # height of the smallest count above zero, so that it is visible


@dataclass(frozen=True, slots=True)
class BarChart:
    """One bar for each count in a box of `width` × `height`; bars: outlines for `<path d="…">`."""

    width: int
    height: int
    bars: tuple[str, ...]  # "" for a count of zero


def bar_chart(counts: Sequence[int], top: int) -> BarChart:
    """Draw counts from left to right; `top` is the count at the upper edge, so that charts can share a scale."""
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

    name: what is counted. counts: by day, ascending. top: the count at the upper edge.
    """

    name: str
    counts: tuple[tuple[date, int], ...]
    width: int
    height: int
    path: str
    top: int


def vote_charts(counts: Sequence[Counts]) -> tuple[LineChart, ...]:
    """Return charts of a paper's upvotes and comments; each needs counts of two days or more, not all zero."""
    values = {
        "upvotes": [(count.day, count.upvotes) for count in counts if count.upvotes is not None],
        "comments": [(count.day, count.comments) for count in counts if count.comments is not None],
    }
    return tuple(
        line_chart(name, points) for name, points in values.items() if len(points) > 1 and any(n for _, n in points)
    )


def month_line(counts: Sequence[tuple[str, int]]) -> LineChart:
    """Draw counts of months (`2026-05`), ascending."""
    return line_chart("papers", [(date(int(key[:4]), int(key[5:]), 1), count) for key, count in counts])


def line_chart(name: str, counts: Sequence[tuple[date, int]]) -> LineChart:
    """Draw counts, ascending by day, from zero up; horizontal distance is proportional to time."""
    first, top = counts[0][0], max(1, *(count for _, count in counts))
    days = max((counts[-1][0] - first).days, 1)
    points = (f"{(day - first).days * WIDTH / days:.4g} {HEIGHT - count * HEIGHT / top:.4g}" for day, count in counts)
    return LineChart(name, tuple(counts), WIDTH, HEIGHT, f"M{'L'.join(points)}", top)
