"""Catalogue → pages: every output of the site is planned here, checked for clashes, and nothing is rendered."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from site_builder.catalogue.model import Catalogue
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
from site_builder.pages.page import Page
from site_builder.problems import BuildError
from site_builder.settings import Settings
from site_builder.sources.static_files import StaticFile
from site_builder.urls import all_folders, fold, folders_of, why_unsafe

Plan = Callable[[Catalogue, Settings], Iterator[Page]]


def plan_pages(
    catalogue: Catalogue, settings: Settings, theme: Sequence[Path], files: Sequence[StaticFile] = ()
) -> list[Page]:
    """Return all pages in the order they are to be written: those that others link to come first.

    theme: the folders of templates, whose assets are pages too. files: those of the site's own that are copied.
    Raises BuildError when an output path is not fit for every disk, and when two pages claim one, or one that another
    needs as a folder (also on a disk that is blind to case), naming each claimant.
    """
    planned = (page for plan in PAGE_KINDS.values() for page in plan(catalogue, settings))
    pages = folded.without_folded([*assets.plan(theme), *planned], settings)
    pages = static.replace_pages([*pages, *moved.plan(pages, catalogue, settings)], files)
    unfit = [f"  output/{page.path!r}: {page.claimant}: {why}" for page in pages if (why := why_unsafe(page.path))]
    if unfit:
        raise BuildError("\n".join(["some addresses cannot be written; rename these inputs:", *unfit]))
    if clashes := _clashes(pages):
        lines = [f"  output/{rivals[0].path}: {' and '.join(page.claimant for page in rivals)}" for rivals in clashes]
        raise BuildError("\n".join(["several inputs claim one address; rename all but one:", *lines]))
    return pages


def _clashes(pages: Sequence[Page]) -> list[list[Page]]:
    """Return the pages that claim one address, or one that others need as a folder, together."""
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


PAGE_KINDS: dict[str, Plan] = {
    "citations": citations.plan,
    "card": social_cards.plan,
    "paper": paper.plan,
    "undated": paper.plan_undated,
    "day": day_page.plan,
    "tag": term.plan_tags,
    "organization": term.plan_organizations,
    "period": period.plan,
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
    "status": status.plan,
    "site files": site_files.plan,
    "places": folded.plan,
}
