"""The context that every renderer gets besides its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TypeVar, cast

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import Page
from site_builder.volumes.cache import Cache, NoCache

V = TypeVar("V")

# Size of a cache of rendered text that may be needed again: more than a site of ten thousand papers needs at one depth.
MAX_CACHED = 2**15


@dataclass(frozen=True, eq=False)
class Site:
    """The whole site: settings, catalogue, all pages by output path, template folders, and the current time.

    now: when the build began, passed down from the command line; feeds show no later entries. cache: results of earlier
    builds. made: values that `once` made for this site, by the function that made them.
    """

    settings: Settings
    catalogue: Catalogue
    pages: Mapping[str, Page]
    template_folders: tuple[Path, ...]
    now: datetime
    cache: Cache = field(default=NoCache())
    made: dict[Callable[["Site"], object], object] = field(default_factory=dict, init=False, repr=False)

    @property
    def is_draft(self) -> bool:
        """Return whether the site shows a paper or a day that is on hold."""
        return any(paper.hold for paper in self.catalogue.papers) or any(day.hold for day in self.catalogue.days)


def once(make: Callable[[Site], V]) -> Callable[[Site], V]:
    """Make a function compute its value once per site, so that no state passes from one build to the next."""

    @wraps(make)
    def made(site: Site) -> V:
        if make not in site.made:
            site.made[make] = make(site)
        return cast(V, site.made[make])

    return made
