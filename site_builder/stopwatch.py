"""Measure the time that each step of a build takes."""

import time
from collections import defaultdict
from collections.abc import Iterator


class Stopwatch:
    """Adds up the seconds of each step; steps may alternate."""

    def __init__(self) -> None:
        self._steps: defaultdict[str, float] = defaultdict(float)
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        """Add the time since the last call to a step."""
        now = time.perf_counter()
        self._steps[step] += now - self._last
        self._last = now

    def lines(self) -> Iterator[str]:
        """Yield a line for each step: its seconds and its share of the total."""
        total = sum(self._steps.values()) or 1.0
        for step, seconds in self._steps.items():
            yield f"{seconds:8.2f} s {seconds / total:6.1%}  {step}"
