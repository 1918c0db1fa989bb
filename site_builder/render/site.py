"""What every renderer sees besides its page."""

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


@dataclass(frozen=True, eq=False)
class Site:
    """The whole site: settings, catalogue, all pages by output path, folders of templates, and the present moment.

    now: when the build began, handed down from the command line; entries of feeds are never later than it.
    cache: what earlier builds found out. made: what `once` made of this site, by the function that made it.
    """

    settings: Settings
    catalogue: Catalogue
    pages: Mapping[str, Page]
    template_folders: tuple[Path, ...]
    now: datetime
    cache: Cache = field(default=NoCache())
    made: dict[Callable[["Site"], object], object] = field(default_factory=dict, init=False, repr=False)

    def __getstate__(self) -> dict[str, object]:
        """Leave out what can be made again when the site is sent to another process."""
        return {**self.__dict__, "made": {}}

    @property
    def is_draft(self) -> bool:
        """Whether it shows a paper or a day that is not out yet."""
        return any(paper.hold for paper in self.catalogue.papers) or any(day.hold for day in self.catalogue.days)


def once(make: Callable[[Site], V]) -> Callable[[Site], V]:
    """Let a function make its value once for each site, so that nothing of one build is seen by the next."""

    @wraps(make)
    def made(site: Site) -> V:
        if make not in site.made:
            site.made[make] = make(site)
        return cast(V, site.made[make])

    return made
