"""What is rendered of each paper once, for all pages that show it: a card, an entry of a citation file.

The parts of the papers of one day are kept together in the cache of the build, where other processes and later builds
find them: a new day changes pages that show thousands of older papers, and each of these is as it was.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Generic, TypeVar

from site_builder.catalogue.model import Day
from site_builder.papers.paper import Paper
from site_builder.render.fingerprints import fingerprints
from site_builder.render.recent import Recent
from site_builder.render.site import Site, once

KINDS = ("card", "digest card", "citation")
# Days whose parts a process holds; each tag has pages of nearly all days, and would read again what is let go.
MOST_DAYS = 4000

Part = TypeVar("Part")


class Parts(Generic[Part]):
    """The parts of one of the KINDS.

    make: makes the part of a paper. made_of: returns what decides over the part of a paper besides the paper itself
    and what decides over all pages; None when that cannot be told.
    """

    def __init__(
        self, site: Site, kind: str, make: Callable[[Paper], Part], made_of: Callable[[Paper], object | None]
    ) -> None:
        self._site = site
        self._kind = kind
        self._make = make
        self._made_of = made_of
        self._single: Recent[str, Part] = Recent()
        self._days: Recent[date, Mapping[str, Part]] = Recent(MOST_DAYS)

    def of(self, paper: Paper) -> Part:
        """Return the part of a paper; nobody may change it."""
        day = _days(self._site).get(paper.id) if self._site.cache.is_shared else None
        if day is None:
            return self._single.take(paper.id, lambda: self._make(paper))
        return self._days.take(day.date, lambda: self._of_day(day))[paper.id]

    def _of_day(self, day: Day) -> Mapping[str, Part]:
        def make() -> dict[str, Part]:
            return {paper.id: self._make(paper) for paper in day.papers}

        besides = [self._made_of(paper) for paper in day.papers]
        if None in besides:
            return make()
        known = fingerprints(self._site)
        made_of = known.digest((known.whole, self._kind, besides, day.papers))
        return self._site.cache.recall(made_of, make, _place(self._kind, day)) or make()


def spare_parts(site: Site) -> None:
    """Let the cache keep the parts of all days, whether this build asks for them or not."""
    site.cache.spare(_place(kind, day) for kind in KINDS for day in site.catalogue.days)


def _place(kind: str, day: Day) -> tuple[str, str, str]:
    return "parts", kind, day.date.isoformat()


@once
def _days(site: Site) -> Mapping[str, Day]:
    """Return for each paper the first day that holds it."""
    return {paper.id: day for day in reversed(site.catalogue.days) for paper in day.papers}
