"""What every renderer sees besides its page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from site_builder.cache import Cache, NoCache
from site_builder.catalogue.model import Catalogue
from site_builder.pages.page import Page
from site_builder.settings import Settings


@dataclass(frozen=True, eq=False)
class Site:
    """The whole site: settings, catalogue, all pages by output path, folders of templates, and the present moment.

    now: when the build began, handed down from the command line; entries of feeds are never later than it.
    cache: what earlier builds found out.
    """

    settings: Settings
    catalogue: Catalogue
    pages: Mapping[str, Page]
    template_folders: tuple[Path, ...]
    now: datetime
    cache: Cache = field(default=NoCache())

    @property
    def is_draft(self) -> bool:
        """Whether it shows a paper or a day that is not out yet."""
        return any(paper.hold for paper in self.catalogue.papers) or any(day.hold for day in self.catalogue.days)
