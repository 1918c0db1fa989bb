"""Offline reading of saved papers and days: a service worker, and the page shown for anything not saved.

A site without offline reading has a worker too. It replaces the former one in browsers that installed it, deletes its
caches and unregisters itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import NO_DATA, Page, PageData

NO_NETWORK = "offline.html"
CLAIMANT = "what is read without a network"


@dataclass(frozen=True, slots=True)
class WorkerData(PageData):
    """Output paths of the pages that always open offline; empty if the site has no offline reading."""

    pages: Sequence[str]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `offline-worker.js` and `offline.html`."""
    script, pages = ("keeping", ("my.html",)) if settings.offline else ("leaving", ())
    yield Page("offline-worker.js", "worker", f"offline/{script}.js", CLAIMANT, WorkerData(pages))
    if settings.offline:
        title = settings.words.gettext("The site cannot be reached")
        yield Page(NO_NETWORK, "html", "pages/offline.html", CLAIMANT, NO_DATA, title=title)
