"""Catalogue → pages: every output of the site is planned here, checked for clashes, and nothing is rendered."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from site_builder.catalogue.model import Catalogue
from site_builder.pages import assets, data, feeds, free, home, mail, paper, period, site_files, term
from site_builder.pages import day as day_page
from site_builder.pages.page import Page
from site_builder.problems import BuildError
from site_builder.settings import Settings

Plan = Callable[[Catalogue, Settings], Iterator[Page]]


def plan_pages(catalogue: Catalogue, settings: Settings, theme: Sequence[Path]) -> list[Page]:
    """Return all pages in the order they are to be written: those that others link to come first.

    theme: the folders of templates, whose assets are pages too.
    Raises BuildError when two pages claim one output path (also on a disk that is blind to case), naming each.
    """
    pages = [*assets.plan(theme), *(page for plan in PAGE_KINDS.values() for page in plan(catalogue, settings))]
    claims: dict[str, list[Page]] = {}
    for page in pages:
        claims.setdefault(page.path.casefold(), []).append(page)
    clashes = [rivals for rivals in claims.values() if len(rivals) > 1]
    if clashes:
        lines = [f"  output/{rivals[0].path}: {' and '.join(page.claimant for page in rivals)}" for rivals in clashes]
        raise BuildError("\n".join(["several inputs claim one address; rename all but one:", *lines]))
    return pages


PAGE_KINDS: dict[str, Plan] = {
    "paper": paper.plan,
    "undated": paper.plan_undated,
    "day": day_page.plan,
    "tag": term.plan_tags,
    "organization": term.plan_organizations,
    "period": period.plan,
    "free": free.plan,
    "archive": period.plan_archive,
    "not found": free.plan_not_found,
    "home": home.plan,
    "feed": feeds.plan,
    "mail": mail.plan,
    "data": data.plan,
    "site files": site_files.plan,
}
