"""What lets saved papers and days open without a network: a service worker, and the page that stands in for others.

A site that does not want it has a worker, too, which browsers that still have the former one find in its place: it
takes away what that kept, and itself.
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
    """Output paths of the pages that open without a network, whatever a reader saved; of none on a site without."""

    pages: Sequence[str]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `offline-worker.js` and `offline.html`."""
    script, pages = ("keeping", ("my.html",)) if settings.offline else ("leaving", ())
    yield Page("offline-worker.js", "worker", f"offline/{script}.js", CLAIMANT, WorkerData(pages))
    if settings.offline:
        title = settings.words.gettext("The site cannot be reached")
        yield Page(NO_NETWORK, "html", "pages/offline.html", CLAIMANT, NO_DATA, title=title)
