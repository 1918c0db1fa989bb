"""A picture of text and rules in four inks, as a small PNG file."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from math import ceil
from typing import Literal

from PIL import Image, ImageDraw

from site_builder.render.social_card.card import CARD_HEIGHT, CARD_WIDTH
from site_builder.render.social_card.colours import Colours
from site_builder.render.social_card.faces import font_of
from site_builder.render.social_card.lines import StyledLines, leading

Ink = Literal["ink", "soft", "accent", "hair"]

# Shades of each ink, for smooth edges of letters; with the paper at most 16 colours, four bits a pixel.
STEPS: Mapping[Ink, int] = {"ink": 5, "soft": 4, "accent": 3, "hair": 1}
FEWER_STEPS = (4, 3, 2, 1)  # limits to the shades of each ink, tried until the file is small enough
BITS = 4
MAX_BYTES = 8000
LEVEL = 6  # of zlib; 9 makes files 2 % smaller and takes seven times as long
ASCENT, DESCENT = 1.15, 0.4  # height of a line's box, in sizes; letters are clipped to it


class Canvas:
    """A card being drawn; lengths are in pixels from the top left corner."""

    def __init__(self, colours: Colours) -> None:
        self._image = Image.new("P", (CARD_WIDTH, CARD_HEIGHT), 0)
        self._image.putpalette(bytes(_palette(colours)))

    def rule(self, left: int, top: int, width: int, thickness: int, ink: Ink) -> None:
        """Draw a horizontal rule."""
        self._image.paste(_first(ink) + STEPS[ink] - 1, (left, top, left + width, top + thickness))

    def block(
        self, block: StyledLines, left: int, baseline: float, width: int, ink: Ink, *, is_at_right: bool | None = None
    ) -> None:
        """Draw lines, the first one on `baseline`, at one edge of `width`: where lines begin unless given."""
        is_at_right = block.wording.is_rtl if is_at_right is None else is_at_right
        for number, line in enumerate(block.lines):
            room = max(0, width - round(block.wording.width(line, block.style)))
            at = round(baseline + number * leading(block.style))
            self._line(block, line, left + (room if is_at_right else 0), at, ink)

    def png(self) -> bytes:
        """Return the picture as PNG with as many shades as MAX_BYTES allow.

        If it is too large even with one shade, it is returned nevertheless. One release of Pillow always gives the same
        bytes.
        """
        for max_shades in FEWER_STEPS:
            file = BytesIO()
            self._image.point(_coarser(max_shades)).save(file, "PNG", bits=BITS, compress_level=LEVEL)
            if file.tell() <= MAX_BYTES:
                break
        return file.getvalue()

    def _line(self, block: StyledLines, line: str, left: int, baseline: int, ink: Ink) -> None:
        """Draw one line: first its coverage, then that converted to shades of the ink."""
        style = block.style
        above = ceil(style.size * ASCENT)
        runs = block.wording.runs(line)
        width = min(ceil(sum(run.width(style) for run in runs)) + style.size // 4, CARD_WIDTH - left)
        coverage = Image.new("L", (width, above + ceil(style.size * DESCENT)))
        pen, x = ImageDraw.Draw(coverage), 0.0
        for run in runs:
            font = font_of(run.face, style)
            pen.text((x, above), run.text, 255, font, anchor="ls", direction=run.direction)
            x += run.width(style)
        shown, inked = _tables(ink)
        self._image.paste(coverage.point(inked), (left, baseline - above), coverage.point(shown))


@cache
def _tables(ink: Ink) -> tuple[list[int], list[int]]:
    """Return two tables by coverage from 0 to 255: whether a pixel is drawn, and its index in the palette."""
    levels = [round(value / 255 * STEPS[ink]) for value in range(256)]
    first = _first(ink)
    return [255 if level else 0 for level in levels], [first + max(0, level - 1) for level in levels]


@cache
def _coarser(max_shades: int) -> list[int]:
    """Return for each index in the palette the nearest one if no ink has more than `max_shades`."""
    thresholds = [0]
    for ink, steps in STEPS.items():
        kept = min(max_shades, steps)
        shown = (round(round(step * kept / steps) * steps / kept) for step in range(1, steps + 1))
        thresholds += [_first(ink) + step - 1 if step else 0 for step in shown]
    return [*thresholds, *range(len(thresholds), 256)]


def _first(ink: Ink) -> int:
    """Return the palette index of an ink's lightest shade."""
    names = list(STEPS)
    return 1 + sum(STEPS[name] for name in names[: names.index(ink)])


def _palette(colours: Colours) -> list[int]:
    values = [*colours.paper]
    for ink, steps in STEPS.items():
        for step in range(1, steps + 1):
            pairs = zip(colours.paper, getattr(colours, ink), strict=True)
            values += [round(paper + (full - paper) * step / steps) for paper, full in pairs]
    return values
