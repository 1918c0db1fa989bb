"""Social cards: the pictures that other sites show with a link to a page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec

from site_builder.catalogue.order import standing_papers
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Day, Period, Term
from site_builder.model.page import Page, PageData
from site_builder.model.paper import Paper
from site_builder.pages.paper import PaperData
from site_builder.urls import card_path, day_path, paper_path, period_path, term_path

NEEDED = ("PIL", "fontTools", "fontpkg_source_serif_4", "manimgx_fonts", "manimgx_fonts_cjk", "ziafont")
FRONT = card_path("index.html")


@cache  # called for every page of a paper
def is_installed() -> bool:
    """Return whether the optional extra `cards` is installed."""
    return all(find_spec(name) for name in NEEDED)


@dataclass(frozen=True, slots=True)
class CardData(PageData):
    """The subject of a card; for the front page its newest day, None if there is none."""

    subject: Paper | Day | Period | Term | None
    is_front: bool = False


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan a card for the front page, each day and week and, if the settings ask for it, each paper and tag.

    A withdrawn paper has no card, nor has a paper whose own picture is used as its preview.
    """
    if not has_cards(settings):
        return
    newest = catalogue.digests[-1] if catalogue.digests else None
    yield Page(FRONT, "card", "", "the social card of the front page", CardData(newest, is_front=True))
    for day in catalogue.days:
        yield Page(card_path(day_path(day.date)), "card", "", f"the social card of {day.date}", CardData(day))
    for week in catalogue.weeks:
        path = card_path(period_path("week", week.key))
        yield Page(path, "card", "", f"the social card of the week {week.key}", CardData(week))
    if settings.cards != "papers":
        return
    for tag in catalogue.tags:
        path = card_path(term_path("tag", tag.slug))
        yield Page(path, "card", "", f'the social card of the tag "{tag.name}"', CardData(replace(tag, papers=())))
    for paper in standing_papers(catalogue.papers):
        if paper.picture and paper.picture.is_preview:
            continue
        claimant = f'the social card of "{paper.title}"'
        yield Page(card_path(paper_path(paper.id)), "card", "", claimant, CardData(paper))


def has_cards(settings: Settings) -> bool:
    """Return whether a site has cards."""
    return settings.cards != "none" and is_installed()


def shared_card(page: Page) -> str:
    """Return the card for a page without one of its own: that of a paper's first day, else that of the front page."""
    days = page.data.paper.days if isinstance(page.data, PaperData) else ()
    return card_path(day_path(min(days))) if days else FRONT
