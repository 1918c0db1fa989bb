"""Counts over time as bars: the geometry of an SVG that takes its colour and size from the style sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 100
STEP = 10  # from the beginning of one bar to that of the next
MANY = 20  # bars from which on they stand close
THINNEST = 2  # height of the smallest count that is not zero, so that it shows


@dataclass(frozen=True, slots=True)
class BarChart:
    """One bar for each count in a box of `width` × `height`; path: the outline of all bars, for `<path d="…">`."""

    width: int
    height: int
    path: str


def bar_chart(counts: Sequence[int], top: int) -> BarChart:
    """Draw counts from left to right; `top` is the count that reaches the upper edge, for charts of one scale."""
    wide = 8 if len(counts) >= MANY else 5
    bars = []
    for number, value in enumerate(counts):
        if value:
            tall = max(round(value * HEIGHT / max(top, value)), THINNEST)
            bars.append(f"M{number * STEP + (STEP - wide) / 2:g} {HEIGHT}v-{tall}h{wide}v{tall}z")
    return BarChart(max(len(counts), 1) * STEP, HEIGHT, "".join(bars))
