"""The site in the builder's process: planned, with pages rendered on request and no file written."""

import gc
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from site_builder.build import plan_site
from site_builder.catalogue.related import RelatedOf, TagsOf, compares_words, relate
from site_builder.commands.serve.builder import Built, ServedFile
from site_builder.config.settings import Settings
from site_builder.lazy import LazySequence
from site_builder.model.catalogue import Related
from site_builder.model.page import Page
from site_builder.model.paper import Paper
from site_builder.problems import BuildError
from site_builder.render import RenderedPage
from site_builder.render.site import Site
from site_builder.report import report_line, summary
from site_builder.volumes.cache import MemoryCache

PAPER = "pages/paper.html"


class SiteOnDemand:
    """The site of a content folder, as planned by the last build that did not fail."""

    def __init__(self, content: Path, base_url: str) -> None:
        self._content = content
        self._base_url = base_url
        self._cache = MemoryCache()
        self._related_cache = MemoryCache()  # of the last comparison of papers, which may be several builds old
        self._site: Site | None = None

    def plan(self, now: datetime, open_pages: Iterable[str]) -> Built:
        """Plan the site again and render the open pages, so that their errors are reported now.

        Pages of papers are left out: they take longer, and other pages would have to wait.
        """
        started = time.monotonic()
        gc.disable()  # collecting all retained objects takes as long as a build step; see `Builder.tidy`
        try:
            build = plan_site(
                self._content, now, self._base_url, cache=self._cache, relate=self._relate_later, is_draft=True
            )
        except Exception as error:
            return Built("The site is as it was before.", _lines_of(error), is_stopped=True)
        finally:
            gc.enable()
        self._cache.close()
        self._site = build.site
        shown = [page for address in open_pages if (page := self._page(address)) and page.template != PAPER]
        faults = dict.fromkeys(line for page in shown for line in self._rendered(page, build.site).faults)
        line = report_line(summary(build), None, time.monotonic() - started)
        return Built(line, tuple(str(problem) for problem in build.problems), faults=tuple(faults))

    def answer(self, address: str) -> ServedFile | None:
        """Return the file at an address, None if there is none; as on a web host, a folder stands for its index.html.

        address: without its leading `/`.
        """
        page = self._page(address)
        return self._rendered(page, self._site) if page and self._site else None

    def _page(self, address: str) -> Page | None:
        if not self._site:
            return None
        pages, settings = self._site.pages, self._site.settings
        named = None if settings.addresses == "with_html" else pages.get(f"{address}.html")
        return pages.get(address) or named or pages.get(f"{address.rstrip('/')}/index.html".lstrip("/"))

    def _rendered(self, page: Page, site: Site) -> ServedFile:
        try:
            return ServedFile(page.path, RenderedPage(page, site).content())
        except Exception as error:
            return ServedFile(page.path, b"", _lines_of(error))

    def _relate_later(self, papers: Sequence[Paper], tags_of: TagsOf, settings: Settings, _: object) -> RelatedOf:
        """Return a mapping that finds related papers on first access, as only pages of papers show them.

        Raises BuildError as `relate` does.
        """
        compares_words(settings)
        return _RelatedOnDemand(papers, cache(partial(self._relate, papers, tags_of, settings)))

    def _relate(self, papers: Sequence[Paper], tags_of: TagsOf, settings: Settings) -> RelatedOf:
        try:
            return relate(papers, tags_of, settings, self._related_cache)
        finally:
            self._related_cache.close()


class _RelatedOnDemand(Mapping[str, Sequence[Related]]):
    """Related papers by paper id; those of all papers are found when those of one are first used."""

    def __init__(self, papers: Sequence[Paper], relate: Callable[[], RelatedOf]) -> None:
        self._ids = {paper.id: None for paper in papers}
        self._relate = relate

    def __getitem__(self, paper_id: str) -> Sequence[Related]:
        if paper_id not in self._ids:
            raise KeyError(paper_id)
        return LazySequence(lambda: self._relate().get(paper_id, ()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def _lines_of(error: Exception) -> tuple[str, ...]:
    """Return the lines of an error message, with a traceback for unexpected errors, which must not end the server."""
    return tuple((str(error) if isinstance(error, BuildError) else traceback.format_exc().rstrip()).split("\n"))
