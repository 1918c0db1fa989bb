"""A social card for each day and paper: the picture that other sites show beside a link to its page."""

from collections.abc import Iterator
from importlib.util import find_spec

from site_builder.catalogue.model import Catalogue
from site_builder.pages.page import Page
from site_builder.settings import Settings
from site_builder.urls import card_path, day_path, paper_path

NEEDED = ("PIL", "fontTools", "fontpkg_source_serif_4", "manimgx_fonts", "manimgx_fonts_cjk", "ziafont")


def is_installed() -> bool:
    """Tell whether the optional extra `cards` is installed."""
    return all(find_spec(name) for name in NEEDED)


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `papers/<id>.png` with its `paper` and `days/YYYY-MM-DD.png` with its `day`."""
    if not (settings.social_cards and is_installed()):
        return
    for paper in catalogue.papers:
        claimant = f'the social card of "{paper.title}"'
        yield Page(card_path(paper_path(paper.id)), "card", "", claimant, {"paper": paper})
    for day in catalogue.days:
        claimant = f"the social card of {day.date}"
        yield Page(card_path(day_path(day.date)), "card", "", claimant, {"day": day})
