"""The layout of a social card: a nameplate over a double rule, as on the pages, and the news below it."""

from dataclasses import replace

from site_builder.render.social_card.card import CARD_WIDTH, Card
from site_builder.render.social_card.colours import Colours
from site_builder.render.social_card.faces import Style
from site_builder.render.social_card.lines import fit, one_line
from site_builder.render.social_card.picture import MAX_BYTES, Canvas, Ink
from site_builder.render.social_card.wording import ELLIPSIS, make_wording

MARGIN = 44
WIDTH = CARD_WIDTH - 2 * MARGIN
GAP = 14
# Distances of baselines and rules from the top edge.
NAMEPLATE, DOUBLE_RULE, KICKER, FOOT_RULE, FOOT = 60, 73, 107, 321, 349
BODY, BODY_WITHOUT_KICKER = 119, 93
MAX_ASIDE = WIDTH * 2 // 5
MIN_ROWS = 2
ASCENT = 0.86  # distance from the top of a block to its first baseline, in sizes: capitals and some space

NAME, HEADLINE, DAY, ITEM = (Style("serif", size, 700) for size in (24, 44, 32, 20))
NOTE, STRONG_NOTE = Style("sans", 15, 400), Style("sans", 15, 600)
HEADLINE_SIZES = (44, 40, 36, 32, 28)
ITEM_SIZES, LARGE_ITEM_SIZES = (20, 18), (30, 26)

TEXTS = ("masthead", "aside", "kicker", "headline", "foot", "foot_aside")  # fields of a card that hold one text
SHORT = 8  # characters; longer texts are halved, shorter ones left out

Text = tuple[str, Style, Ink]
NO_TEXT: Text = ("", NOTE, "soft")


def draw(card: Card, colours: Colours) -> bytes:
    """Return a card as a PNG file of 720 × 378 pixels, with as much text as MAX_BYTES allow."""
    file = _drawn(card, colours)
    while len(file) > MAX_BYTES and card != (shorter := _shorter(card)):
        card = shorter
        file = _drawn(card, colours)
    return file


def _shorter(card: Card) -> Card:
    """Return a card without its last item, or with its longest text cut in half."""
    if len(card.items) > 1:
        return replace(card, items=card.items[:-1])
    name = max(TEXTS, key=lambda name: len(getattr(card, name)))
    text: str = getattr(card, name)
    shorter = f"{text[: len(text) // 2]}{ELLIPSIS}" if len(text) > SHORT else ""
    return replace(card, items=(), **{name: shorter}) if text else replace(card, items=())


def _drawn(card: Card, colours: Colours) -> bytes:
    picture = Canvas(colours)
    is_rtl = card.direction == "rtl"
    _pair(picture, is_rtl, NAMEPLATE, (card.masthead, NAME, "ink"), (card.aside, NOTE, "soft"))
    picture.rule(MARGIN, DOUBLE_RULE, WIDTH, 3, "ink")
    picture.rule(MARGIN, DOUBLE_RULE + 5, WIDTH, 1, "ink")
    _pair(picture, is_rtl, KICKER, (card.kicker, STRONG_NOTE, "accent"))
    top = BODY if card.kicker else BODY_WITHOUT_KICKER
    if card.items:
        _digest(picture, card, top)
    else:
        _headline(picture, card.headline, top, FOOT_RULE - GAP)
    if card.foot or card.foot_aside:
        picture.rule(MARGIN, FOOT_RULE, WIDTH, 1, "hair")
        _pair(picture, is_rtl, FOOT, (card.foot, NOTE, "soft"), (card.foot_aside, STRONG_NOTE, "ink"))
    return picture.png()


def _headline(picture: Canvas, text: str, top: float, bottom: float) -> None:
    """Set a headline as large as its box allows, slightly above the middle."""
    block = fit(make_wording(text, "serif"), HEADLINE, HEADLINE_SIZES, WIDTH, bottom - top)
    spare = bottom - top - block.height
    picture.block(block, MARGIN, top + spare * 0.4 + block.style.size * ASCENT, WIDTH, "ink")


def _digest(picture: Canvas, card: Card, top: int) -> None:
    """Set the day, and below it the titles of its first papers, each under a hairline and all of one size."""
    picture.block(
        one_line(make_wording(card.headline, "serif"), DAY, WIDTH), MARGIN, top + DAY.size * ASCENT, WIDTH, "ink"
    )
    top += DAY.size + GAP
    row = (FOOT + GAP - top) // max(len(card.items), MIN_ROWS)
    room = row - GAP
    sizes = ITEM_SIZES if len(card.items) > MIN_ROWS else (*LARGE_ITEM_SIZES, *ITEM_SIZES)
    titles = [make_wording(title, "serif") for title in card.items]
    size = min(fit(title, ITEM, sizes, WIDTH, room).style.size for title in titles)
    for number, title in enumerate(titles):
        picture.rule(MARGIN, top + number * row, WIDTH, 1, "hair")
        block = fit(title, ITEM, [size], WIDTH, room)
        picture.block(block, MARGIN, top + number * row + GAP // 2 + size * ASCENT, WIDTH, "ink")


def _pair(picture: Canvas, is_rtl: bool, baseline: float, first: Text, second: Text = NO_TEXT) -> None:
    """Set two texts in the site's language on one baseline: the first where lines begin, the second where they end."""
    words, style, ink = second
    block = one_line(make_wording(words, style.family, is_rtl=is_rtl), style, MAX_ASIDE)
    picture.block(block, MARGIN, baseline, WIDTH, ink, is_at_right=not is_rtl)
    taken = round(block.width) + GAP if words else 0
    words, style, ink = first
    block = one_line(make_wording(words, style.family, is_rtl=is_rtl), style, WIDTH - taken)
    picture.block(block, MARGIN + taken * is_rtl, baseline, WIDTH - taken, ink)
