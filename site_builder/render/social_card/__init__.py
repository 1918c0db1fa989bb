"""Social cards: the pictures that other sites show with a link; they need the packages of the extra `cards`."""

from site_builder.model.page import Page
from site_builder.render.site import Site, once
from site_builder.render.social_card.card import Card, card_of
from site_builder.render.social_card.colours import Colours, theme_colours


def render(page: Page, site: Site) -> bytes:
    """Return the card of a page as PNG."""
    return draw(card_of(page, site), colours_of(site))


def draw(card: Card, colours: Colours) -> bytes:
    """Return a card as PNG; the drawing code is imported here, since most builds draw no card."""
    from site_builder.render.social_card import layout

    return layout.draw(card, colours)


@once
def colours_of(site: Site) -> Colours:
    """Return the colours of the site's theme."""
    return theme_colours(site.template_folders)
