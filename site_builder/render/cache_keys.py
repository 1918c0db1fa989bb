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
from site_builder.pages.citations import ENDINGS
from site_builder.pages.feed_entries import DatedPaper, Entry, count_pending, window
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

NOT_IN_KEY = frozenset({"entries", "papers", "archives"})  # fields of a feed
FILES_NEXT_TO_PAGES = (*ENDINGS, ".png")
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
            if depends is _depends_on_template:
                html.needs_of(site).of(template)
            elif depends is _depends_on_feed:
                digest.needs_of(site).of(template)
            elif depends is _depends_on_mail:
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
            if path.endswith(FILES_NEXT_TO_PAGES):
                ending = next(filter(path.endswith, FILES_NEXT_TO_PAGES))
                files.setdefault(path.removesuffix(ending), []).append(path)
        return files

    @cached_property
    def _addresses(self) -> str:
        return self._values.digest(sorted(self._site.pages))

    def of(self, page: Page) -> str:
        """Return the cache key of a page. Raises TypeError for data of a type that cannot be hashed."""
        head = (self._values.whole, page.path, page.renderer, page.template, page.title, page.description, page.feeds)
        return self._values.digest((head, DEPENDENCIES.get(page.renderer, _depends_on_data)(self, page, self._site)))

    def template(self, page: Page) -> object:
        """Return what the templates of an HTML page depend on: their sources, and which files they ask for exist."""
        needs, contribution = self._needs_and_digest(page.template)
        paths = dict.fromkeys((page.path, _base(page))) if needs.has_checks_next_to_page else ()
        return contribution, self.files_next_to(paths)

    def _needs_and_digest(self, template: str) -> tuple[Needs, str]:
        """Return the needs of a template, and the digest of what it contributes to every page.

        Raises TypeError for a template that uses `latest_entry`.
        """
        if template not in self._templates:
            needs = html.needs_of(self._site).of(template)
            if "latest_entry" in needs.names:
                raise TypeError("which entry is the latest is known when the page is rendered")
            answers = [path in self._site.pages for path in needs.checked_paths]
            contribution = self._values.digest(
                (needs.digest, answers, self._addresses if needs.has_unknown_checks else "")
            )
            self._templates[template] = needs, contribution
        return self._templates[template]

    def digest(self, value: object) -> str:
        """Return the digest of a value. Raises TypeError for a type that cannot be hashed."""
        return self._values.digest((self._values.whole, value))

    def of_template(self, template: str) -> str:
        """Return the digest of what a template contributes to the pages of a volume.

        Raises TypeError if it asks for pages of volumes.
        """
        needs, contribution = self._needs_and_digest(template)
        if needs.has_unknown_checks or any(path.startswith(VOLUME_FOLDERS) for path in needs.checked_paths):
            raise TypeError("which pages the volumes have is known when all are planned")
        return contribution

    def checks_files_next_to(self, template: str) -> bool:
        """Return whether a template asks for files next to its page."""
        return self._needs_and_digest(template)[0].has_checks_next_to_page

    def files_next_to(self, paths: Iterable[str]) -> list[str]:
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


def _depends_on_data(dependencies: Dependencies, page: Page, site: Site) -> object:
    return page.data


def _depends_on_json(dependencies: Dependencies, page: Page, site: Site) -> object:
    data = JsonData.of(page)
    return data.cache_key, data.is_dense


def _depends_on_citations(dependencies: Dependencies, page: Page, site: Site) -> object:
    """The files next to one page cite the same papers, each in another format."""
    return dependencies.shared(page.data)


def _depends_on_template(dependencies: Dependencies, page: Page, site: Site) -> object:
    return dependencies.template(page), page.data


def _depends_on_asset(dependencies: Dependencies, page: Page, site: Site) -> object:
    return _of_assets([page.template], site)


def _depends_on_disk_script(dependencies: Dependencies, page: Page, site: Site) -> object:
    return _of_assets(ModulesData.of(page).names, site)


def _of_assets(names: Iterable[str], site: Site) -> list[str]:
    return [fingerprint_of_file(assets.file_of_theme(f"assets/{name}", site)) for name in names]


def _depends_on_worker(dependencies: Dependencies, page: Page, site: Site) -> object:
    return fingerprint(offline.render(page, site))


def _depends_on_static(dependencies: Dependencies, page: Page, site: Site) -> object:
    return fingerprint_of_file(Path(FileData.of(page).file))


def _depends_on_picture(dependencies: Dependencies, page: Page, site: Site) -> object:
    """The path of a picture already contains a hash of its bytes and its form."""
    return ()


def _depends_on_card(dependencies: Dependencies, page: Page, site: Site) -> object:
    return social_card.colours_of(site), card_of(page, site)


def _depends_on_mail(dependencies: Dependencies, page: Page, site: Site) -> object:
    return dependencies.digest_templates(*rows.TEMPLATES).digest, page.data


def _depends_on_opml(dependencies: Dependencies, page: Page, site: Site) -> object:
    """An OPML list shows the head of each feed, not its entries."""
    return [
        (heading, [(feed.path, feed.title, feed.description, feed.home) for feed in feeds])
        for heading, feeds in OpmlData.of(page).groups
    ]


def _depends_on_feed(dependencies: Dependencies, page: Page, site: Site) -> object:
    data = FeedData.of(page)
    return dependencies.shown(data.feed, data.number), dependencies.digest_templates(page.template).digest


def _shown(feed: Feed, number: int, site: Site) -> object:
    """Return what a feed document shows: the newest entries that are due, or the entries of an archive page."""
    items = feed.items[feed.archives[number - 1].places] if number else feed.items
    first = count_pending(items, site.now)
    minimum = max(feed.length, feed.open_entries)
    count = len(items) if number else window(items, first, minimum)
    left_out = NOT_IN_KEY | {"open_entries"} if number else NOT_IN_KEY  # archive pages are closed, whatever is open
    head = [getattr(feed, field.name) for field in fields(feed) if field.name not in left_out]
    return (
        head,
        [archive and archive.name for archive in feed.neighbours(number)],
        first,
        [_shown_of_entry(item, site) for item in items[first : first + count]],
    )


def _shown_of_entry(item: DatedPaper | Entry, site: Site) -> object:
    updated = item.updated(site.now)
    return (item.paper, item.time, updated) if isinstance(item, DatedPaper) else (item, updated)


Depends = Callable[[Dependencies, Page, Site], object]
# Renderer → what its pages depend on besides what all pages do; for other renderers, the page's data.
DEPENDENCIES: Mapping[str, Depends] = {
    "html": _depends_on_template,
    "xml": _depends_on_template,
    "text": _depends_on_template,
    "asset": _depends_on_asset,
    "disk script": _depends_on_disk_script,
    "static": _depends_on_static,
    "worker": _depends_on_worker,
    "card": _depends_on_card,
    "picture": _depends_on_picture,
    "data": _depends_on_json,
    "bibtex": _depends_on_citations,
    "ris": _depends_on_citations,
    "csl json": _depends_on_citations,
    "opml": _depends_on_opml,
    "rss": _depends_on_feed,
    "atom": _depends_on_feed,
    "json feed": _depends_on_feed,
    "mail page": _depends_on_mail,
    "mail text": _depends_on_mail,
    "mail": _depends_on_mail,
    "buttondown": _depends_on_mail,
    "listmonk": _depends_on_mail,
}


@once
def _dependencies(site: Site) -> Dependencies:
    return Dependencies(site)
