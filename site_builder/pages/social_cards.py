"""Social cards of papers, days, weeks, tags and the front page: what other sites show beside a link to them."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec

from site_builder.catalogue.model import Catalogue
from site_builder.catalogue.order import standing_papers
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.urls import card_path, day_path, paper_path, period_path, term_path

NEEDED = ("PIL", "fontTools", "fontpkg_source_serif_4", "manimgx_fonts", "manimgx_fonts_cjk", "ziafont")


def is_installed() -> bool:
    """Tell whether the optional extra `cards` is installed."""
    return all(find_spec(name) for name in NEEDED)


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `papers/<id>.png` with its `paper`, and a picture of each `day`, `week`, `tag` and of the `front` page.

    A withdrawn paper has no picture.
    """
    if not (settings.social_cards and is_installed()):
        return
    for paper in standing_papers(catalogue.papers):
        claimant = f'the social card of "{paper.title}"'
        yield Page(card_path(paper_path(paper.id)), "card", "", claimant, {"paper": paper})
    for day in catalogue.days:
        claimant = f"the social card of {day.date}"
        yield Page(card_path(day_path(day.date)), "card", "", claimant, {"day": day})
    for week in catalogue.weeks:
        path = card_path(period_path("week", week.key))
        yield Page(path, "card", "", f"the social card of the week {week.key}", {"week": week})
    for tag in catalogue.tags:
        path = card_path(term_path("tag", tag.slug))
        yield Page(path, "card", "", f'the social card of the tag "{tag.name}"', {"tag": replace(tag, papers=())})
    if catalogue.days:
        yield Page(
            card_path("index.html"), "card", "", "the social card of the front page", {"front": catalogue.days[-1]}
        )
