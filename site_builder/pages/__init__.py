"""Catalogue → pages: plan every output of the site and check for clashes, without rendering anything."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.catalogue.volumes import Volume, volumes_of
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import KEPT, NO_DATA, Page, volume_label
from site_builder.model.picture import PictureToMake
from site_builder.pages import (
    assets,
    citations,
    corrections,
    data,
    feeds,
    folded,
    free,
    home,
    mail,
    moved,
    my,
    offline,
    paper,
    period,
    search,
    site_files,
    social_cards,
    static,
    statistics,
    status,
    term,
    trending,
)
from site_builder.pages import day as day_page
from site_builder.problems import BuildError
from site_builder.sources.content.static_files import StaticFile
from site_builder.urls import all_folders, fold, folders_of, why_unsafe, without_html

PERMANENT = frozenset({"html", "rss", "atom", "json feed", "static"})  # renderers of what readers and programs rely on
NOT_FOUND = "404.html"  # shown at any address
NOT_PERMANENT = (moved.MovedData, paper.UndatedData)  # papers without a day get one

Plan = Callable[[Catalogue, Settings], Iterator[Page]]


@dataclass(frozen=True, slots=True)
class Bound:
    """What is known about a volume before its pages are planned.

    key: its cache key, "" if unknown. paths: its output paths if the last build's files are reused, empty if its pages
    have to be planned.
    """

    key: str = ""
    paths: Sequence[str] = ()


Bind = Callable[[Volume], Bound]


def plan_pages(
    catalogue: Catalogue,
    settings: Settings,
    theme: Sequence[Path],
    files: Sequence[StaticFile] = (),
    pictures: Sequence[PictureToMake] = (),
    *,
    binder: Callable[[Sequence[Page]], Bind] = lambda front: lambda volume: Bound(),
) -> list[Page]:
    """Return all pages in the order they are to be written: a page comes before those that link to it.

    theme: template folders, whose assets become pages. files: the site's own files, to be copied.
    pictures: pictures to make for papers and notes.
    binder: takes the pages of the front and returns a function that says what is known about each volume.
    Raises BuildError when an output path is not safe on every disk, and when two pages claim the same path, or one
    claims a folder of the other (ignoring case); the message names all claimants.
    """
    kinds = [plan for name, plan in PAGE_KINDS.items() if name not in VOLUME_KINDS]
    front = folded.without_folded([page for plan in kinds for page in plan(catalogue, settings)], settings)
    front += site_files.plan(catalogue, settings, front)
    bind = binder(static.replace_pages(front, files))
    bound = (page for volume in volumes_of(catalogue) for page in _of_volume(volume, settings, bind(volume)))
    needless = {assets.PICTURES: not pictures, assets.OFFLINE: not settings.offline}
    without = [name for name, is_needless in needless.items() if is_needless]
    pages = [*assets.plan(theme, without=without), *static.plan_pictures(pictures), *bound, *front]
    pages = static.replace_pages([*pages, *moved.plan(pages, catalogue, settings)], files)
    unfit = [f"  output/{page.path!r}: {page.claimant}: {why}" for page in pages if (why := why_unsafe(page.path))]
    if unfit:
        raise BuildError("\n".join(["some addresses cannot be written; rename these inputs:", *unfit]))
    if clashes := _clashes(pages) or (_shared_addresses(pages) if settings.addresses == "without_html" else []):
        lines = [f"  output/{rivals[0].path}: {' and '.join(page.claimant for page in rivals)}" for rivals in clashes]
        raise BuildError("\n".join(["several inputs claim one address; rename all but one:", *lines]))
    return pages


def plan_volume(volume: Volume, settings: Settings) -> list[Page]:
    """Return the pages of a volume, using nothing but the volume and the settings."""
    plans = (PAGE_KINDS[name] for name in VOLUME_KINDS if name in PAGE_KINDS)
    return folded.without_folded([page for plan in plans for page in plan(volume.catalogue, settings)], settings)


def _of_volume(volume: Volume, settings: Settings, bound: Bound) -> list[Page]:
    """Return the pages of a volume; a volume whose files are reused is not planned."""
    if bound.paths:
        label = volume_label(volume.key, bound.key, len(bound.paths))
        return [Page(path, KEPT, "", f"volume {volume.key}", NO_DATA, volume=label) for path in bound.paths]
    pages = plan_volume(volume, settings)
    label = volume_label(volume.key, bound.key, len(pages)) if bound.key else ""
    return [page._replace(volume=label) for page in pages]


def _clashes(pages: Sequence[Page]) -> list[list[Page]]:
    """Return groups of pages that claim the same path, or a path that others need as a folder."""
    keys = [fold(page.path) for page in pages]
    if len(set(keys)) == len(keys) and all_folders(keys).isdisjoint(keys):
        return []
    claims: dict[str, list[Page]] = {}
    for key, page in zip(keys, pages, strict=True):
        claims.setdefault(key, []).append(page)
    for key, claimants in list(claims.items()):
        for folder in filter(claims.__contains__, folders_of(key)):
            claims[folder] += claimants
    return [rivals for rivals in claims.values() if len(rivals) > 1]


def _shared_addresses(pages: Sequence[Page]) -> list[list[Page]]:
    """Return groups of pages at one address on hosts that hide `.html`: `a.html`, `a/index.html` and `a`."""
    claims: dict[str, list[Page]] = {}
    for page in pages:
        claims.setdefault(fold(without_html(page.path).rstrip("/")), []).append(page)
    return [rivals for rivals in claims.values() if len(rivals) > 1]


def permanent_addresses(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the output paths of pages, feeds and copied files, and `*.bib` for the files next to them.

    Papers are recorded elsewhere, and redirect pages follow from their targets.
    """
    kinds = set[str]()
    for page in pages:
        if page.renderer in PERMANENT:
            is_archive = isinstance(page.data, feeds.FeedData) and page.data.number
            is_other = page.path == NOT_FOUND or page.path.startswith("papers/")
            if not is_other and not is_archive and not isinstance(page.data, NOT_PERMANENT):
                yield page.path
        elif page.path.endswith(citations.ENDINGS):
            kinds.update(f"*{ending}" for ending in citations.ENDINGS if page.path.endswith(ending))
    yield from sorted(kinds)


PAGE_KINDS: dict[str, Plan] = {
    "citations": citations.plan,
    "card": social_cards.plan,
    "paper": paper.plan,
    "undated": paper.plan_undated,
    "day": day_page.plan,
    "tag": term.plan_tags,
    "organization": term.plan_organizations,
    "author": term.plan_authors,
    "venue": term.plan_venues,
    "period": period.plan,
    "year": period.plan_years,
    "corrections": corrections.plan,
    "free": free.plan,
    "archive": period.plan_archive,
    "search": search.plan,
    "trending": trending.plan,
    "statistics": statistics.plan,
    "not found": free.plan_not_found,
    "home": home.plan,
    "feed": feeds.plan,
    "mail": mail.plan,
    "data": data.plan,
    "my": my.plan,
    "manifest": my.plan_manifest,
    "offline": offline.plan,
    "status": status.plan,
    "places": folded.plan,
}

# Kinds planned from a volume alone, volume by volume; all others are the front.
VOLUME_KINDS = ("paper", "day", "period")
