"""Cache keys of pages: pages with equal keys render to the same bytes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import cached_property
from pathlib import Path

from site_builder.fingerprint import fingerprint, fingerprint_of_file
from site_builder.model.page import JsonData, Page
from site_builder.pages.all_feeds import Feed
from site_builder.pages.assets import ModulesData
from site_builder.pages.citations import FORMATS
from site_builder.pages.feed_entries import DatedPaper, Entry, held_back, window
from site_builder.pages.feeds import FeedData, OpmlData
from site_builder.pages.static import FileData
from site_builder.pages.term import TermData
from site_builder.render import assets, digest, html, offline, social_card
from site_builder.render.fingerprints import fingerprints
from site_builder.render.mail import rows
from site_builder.render.site import Site, once
from site_builder.render.social_card.card import card_of
from site_builder.render.template_needs import Needs
from site_builder.urls import term_path

NOT_SHOWN = frozenset({"entries", "papers", "archives", "has_updates"})  # fields of a feed not in its key
ENDINGS = (*FORMATS, ".md", ".png")
VOLUME_FOLDERS = ("papers/", "days/", "weeks/", "months/")


def cache_key(page: Page, site: Site) -> str:
    """Return the cache key of a page, "" if its data contains a value that cannot be hashed."""
    try:
        return _dependencies(site).of(page)
    except (TypeError, ValueError, OSError):
        return ""


def read_templates(site: Site) -> None:
    """Parse the templates of a site's pages for their dependencies, so that forked processes need not."""
    for renderer, template in {(page.renderer, page.template) for page in site.pages.values()}:
        depends = DEPENDENCIES.get(renderer)
        with suppress(ValueError, OSError):  # reported when a page uses it
            if depends is _on_template:
                html.needs_of(site).of(template)
            elif depends is _on_feed:
                digest.needs_of(site).of(template)
            elif depends is _on_mail:
                digest.needs_of(site).of(*rows.TEMPLATES)


class Dependencies:
    """What the pages of one site depend on."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._feed: tuple[Feed | None, int, str] = None, 0, ""  # the last one, its archive page, the digest
        self._templates: dict[str, tuple[Needs, str]] = {}
        self._values = fingerprints(site)
        self.shared = self._values.shared

    @cached_property
    def _files(self) -> Mapping[str, Sequence[str]]:
        """Return the files next to pages, by path without extension."""
        files: dict[str, list[str]] = {}
        for path in self._site.pages:
            if path.endswith(ENDINGS):
                ending = next(filter(path.endswith, ENDINGS))
                files.setdefault(path.removesuffix(ending), []).append(path)
        return files

    @cached_property
    def _addresses(self) -> str:
        return self._values.digest(sorted(self._site.pages))

    def of(self, page: Page) -> str:
        """Return the cache key of a page. Raises TypeError for data of a type that cannot be hashed."""
        head = (self._values.whole, page.path, page.renderer, page.template, page.title, page.description, page.feeds)
        return self._values.digest((head, DEPENDENCIES.get(page.renderer, _on_data)(self, page, self._site)))

    def template(self, page: Page) -> object:
        """Return what the templates of an HTML page depend on: their sources, and which of the files they ask for
        exist."""
        needs, brought = self._brought_in(page.template)
        return brought, self.beside(dict.fromkeys((page.path, _base(page)))) if needs.is_asking_beside else ()

    def _brought_in(self, template: str) -> tuple[Needs, str]:
        """Return the needs of a template, and the digest of what it contributes to every page.

        Raises TypeError for a template that uses `latest_entry`.
        """
        if template not in self._templates:
            needs = html.needs_of(self._site).of(template)
            if "latest_entry" in needs.names:
                raise TypeError("which entry is the latest is known when the page is rendered")
            answers = [path in self._site.pages for path in needs.asked]
            brought = self._values.digest((needs.digest, answers, self._addresses if needs.is_asking_any else ""))
            self._templates[template] = needs, brought
        return self._templates[template]

    def digest(self, value: object) -> str:
        """Return the digest of a value. Raises TypeError for a type that cannot be hashed."""
        return self._values.digest((self._values.whole, value))

    def of_template(self, template: str) -> str:
        """Return the digest of what a template contributes to the pages of a volume.

        Raises TypeError if it asks for pages of volumes.
        """
        needs, brought = self._brought_in(template)
        if needs.is_asking_any or any(path.startswith(VOLUME_FOLDERS) for path in needs.asked):
            raise TypeError("which pages the volumes have is known when all are planned")
        return brought

    def asks_beside(self, template: str) -> bool:
        """Return whether a template asks for files next to its page."""
        return self._brought_in(template)[0].is_asking_beside

    def beside(self, paths: Iterable[str]) -> list[str]:
        """Return the files that the site has next to the given pages."""
        files = self._files
        return [file for path in paths for file in files.get(path.removesuffix(".html"), ())]

    def shown(self, feed: Feed, number: int) -> str:
        """Return the digest of what a feed document shows; the feed's formats are consecutive pages and share it."""
        if self._feed[:2] != (feed, number):
            self._feed = feed, number, self._values.digest(_shown(feed, number, self._site))
        return self._feed[2]

    def digest_templates(self, *names: str) -> Needs:
        """Return the needs of templates of feeds and mails."""
        return digest.needs_of(self._site).of(*names)


def _base(page: Page) -> str:
    """Return the address whose citation files a page offers; for a page of a term, that of its first page."""
    if isinstance(page.data, TermData):
        return term_path(page.data.term.taxonomy, page.data.term.slug)
    return page.path


def _on_data(known: Dependencies, page: Page, site: Site) -> object:
    return page.data


def _on_json(known: Dependencies, page: Page, site: Site) -> object:
    data = JsonData.of(page)
    return data.cache_key, data.is_dense


def _on_citations(known: Dependencies, page: Page, site: Site) -> object:
    """The files next to one page cite the same papers, each in another format."""
    return known.shared(page.data)


def _on_template(known: Dependencies, page: Page, site: Site) -> object:
    return known.template(page), page.data


def _on_asset(known: Dependencies, page: Page, site: Site) -> object:
    return _of_assets([page.template], site)


def _on_disk_script(known: Dependencies, page: Page, site: Site) -> object:
    return _of_assets(ModulesData.of(page).names, site)


def _of_assets(names: Iterable[str], site: Site) -> list[str]:
    return [fingerprint_of_file(assets.file_of_theme(f"assets/{name}", site)) for name in names]


def _on_worker(known: Dependencies, page: Page, site: Site) -> object:
    return fingerprint(offline.render(page, site))


def _on_static(known: Dependencies, page: Page, site: Site) -> object:
    return fingerprint_of_file(Path(FileData.of(page).file))


def _on_picture(known: Dependencies, page: Page, site: Site) -> object:
    """The path of a picture already contains a hash of its bytes and its form."""
    return ()


def _on_card(known: Dependencies, page: Page, site: Site) -> object:
    return social_card.colours_of(site), card_of(page, site)


def _on_mail(known: Dependencies, page: Page, site: Site) -> object:
    return known.digest_templates(*rows.TEMPLATES).digest, page.data


def _on_opml(known: Dependencies, page: Page, site: Site) -> object:
    """An OPML list shows the head of each feed, not its entries."""
    return [
        (heading, [(feed.path, feed.title, feed.description, feed.home) for feed in each])
        for heading, each in OpmlData.of(page).groups
    ]


def _on_feed(known: Dependencies, page: Page, site: Site) -> object:
    data = FeedData.of(page)
    return known.shown(data.feed, data.number), known.digest_templates(page.template).digest


def _shown(feed: Feed, number: int, site: Site) -> object:
    """Return what a feed document shows: the newest entries that are due, or the entries of an archive page."""
    items = feed.items[feed.archives[number - 1].places] if number else feed.items
    first = held_back(items, site.now)
    least = max(feed.length, feed.open_entries)
    most = len(items) if number else window(items, first, least)
    not_shown = NOT_SHOWN | {"open_entries"} if number else NOT_SHOWN  # archive pages are closed, whatever is open
    head = [getattr(feed, field.name) for field in fields(feed) if field.name not in not_shown]
    return (
        head,
        [archive and archive.name for archive in feed.neighbours(number)],
        first,
        [_shown_of_entry(item, site) for item in items[first : first + most]],
    )


def _shown_of_entry(item: DatedPaper | Entry, site: Site) -> object:
    updated = item.updated(site.now)
    return (item.paper, item.time, updated) if isinstance(item, DatedPaper) else (item, updated)


Depends = Callable[[Dependencies, Page, Site], object]
# Renderer → what its pages depend on besides what all pages do; for other renderers, the page's data.
DEPENDENCIES: Mapping[str, Depends] = {
    "html": _on_template,
    "xml": _on_template,
    "text": _on_template,
    "asset": _on_asset,
    "disk script": _on_disk_script,
    "static": _on_static,
    "worker": _on_worker,
    "card": _on_card,
    "picture": _on_picture,
    "data": _on_json,
    "bibtex": _on_citations,
    "ris": _on_citations,
    "csl json": _on_citations,
    "opml": _on_opml,
    "rss": _on_feed,
    "atom": _on_feed,
    "json feed": _on_feed,
    "mail page": _on_mail,
    "mail text": _on_mail,
    "mail": _on_mail,
    "buttondown": _on_mail,
    "listmonk": _on_mail,
}


@once
def _dependencies(site: Site) -> Dependencies:
    return Dependencies(site)
