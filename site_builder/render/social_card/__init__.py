"""The pictures that other sites show beside a link to a day or a paper, drawn by what the extra `cards` installs."""

from dataclasses import astuple
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import orjson

from site_builder.pages.page import Page
from site_builder.render.site import Site
from site_builder.render.social_card.card import Card, card_of
from site_builder.render.social_card.colours import Colours, theme_colours

DRAWN_WITH = ("pillow", "fonttools", "fontpkg-source-serif-4", "manimgx-fonts", "manimgx-fonts-cjk", "ziafont")


def render(page: Page, site: Site) -> bytes:
    """Return the card of a page as PNG: the one that was kept, if nothing that it is drawn from has changed."""
    card, colours = card_of(page, site), colours_of(site)
    return site.cards.take(_fingerprint(card, colours), lambda: draw(card, colours))


def draw(card: Card, colours: Colours) -> bytes:
    """Return a card as PNG; what draws it is loaded only now, since most builds draw none."""
    from site_builder.render.social_card import layout

    return layout.draw(card, colours)


def forget_unused_cards(site: Site) -> None:
    """Remove the cards that were kept and that no page has any more, when more are kept than the site has."""
    pages = [page for page in site.pages.values() if page.renderer == "card"]
    if site.cards.count() > len(pages):
        site.cards.keep_only({_fingerprint(card_of(page, site), colours_of(site)) for page in pages})


@lru_cache(maxsize=1)  # a build draws the cards of one site
def colours_of(site: Site) -> Colours:
    """Return the colours of the site's theme."""
    return theme_colours(site.template_folders)


def _fingerprint(card: Card, colours: Colours) -> str:
    """Return a name for all that a card is drawn from."""
    made_of = orjson.dumps([_drawing(), astuple(card), astuple(colours)])
    return blake2b(made_of, digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _drawing() -> str:
    """Return a name for what draws: the code of this folder and the releases of the packages."""
    hashed = blake2b(digest_size=16)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        hashed.update(file.read_bytes())
    for name in DRAWN_WITH:
        hashed.update(f"{name} {version(name)};".encode())
    return hashed.hexdigest()
