"""Break text into lines that fit a box, in the largest possible size and with nearly equal lengths."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from site_builder.render.social_card.faces import Style
from site_builder.render.social_card.wording import ELLIPSIS, Wording, clusters

LEADING = 1.14  # distance between baselines, in sizes

_IDEOGRAPHS = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENING, _CLOSING = "\u3008\u300a\u300c\u300e\u3010\uff08", "\u3001\u3002\u3009\u300b\u300d\u300f\u3011！），．：；？"
# A line may end after a space, and next to Chinese and Japanese characters.
_BREAK = re.compile(
    rf"(?<= )|(?<=[{_IDEOGRAPHS}])(?<![{_OPENING}])(?![{_CLOSING} ])"
    rf"|(?<![{_OPENING} ])(?=[{_IDEOGRAPHS}])(?![{_CLOSING}])"
)

Unit = tuple[str, float]  # an unbreakable piece, and its width without trailing space


@dataclass(frozen=True, slots=True)
class StyledLines:
    """The lines of a text and their style."""

    wording: Wording
    style: Style
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """Return the height of all lines in pixels."""
        return len(self.lines) * leading(self.style)

    @property
    def width(self) -> float:
        """Return the width of the widest line in pixels."""
        return max((self.wording.width(line, self.style) for line in self.lines), default=0)


def leading(style: Style) -> float:
    """Return the distance between two baselines in pixels."""
    return style.size * LEADING


def fit(wording: Wording, style: Style, sizes: Sequence[int], width: float, height: float) -> StyledLines:
    """Set a text in the first of `sizes` (descending) that fits a box in pixels; cut it in the last if none does."""
    for size in sizes:
        tried = replace(style, size=size)
        units, space = _units(wording, tried, width), wording.width(" ", tried)
        lines = _fill(units, space, width)
        room = max(1, int(height / leading(tried)))
        if len(lines) <= room:
            return StyledLines(wording, tried, _balanced(units, space, width, len(lines)))
    return StyledLines(wording, tried, (*lines[: room - 1], _cut(wording, tried, lines[room - 1], width)))


def one_line(wording: Wording, style: Style, width: float) -> StyledLines:
    """Set a text on one line, cut to `width`."""
    return fit(wording, style, [style.size], width, leading(style))


def _units(wording: Wording, style: Style, width: float) -> list[Unit]:
    """Return the unbreakable pieces of a text; a word wider than a line is split into letters."""
    units: list[Unit] = []
    for text in filter(None, _BREAK.split(wording.text)):
        unit = text, wording.width(text.rstrip(), style)
        units += [unit] if unit[1] <= width else [(letter, wording.width(letter, style)) for letter in clusters(text)]
    return units


def _fill(units: Sequence[Unit], space: float, width: float) -> tuple[str, ...]:
    """Break pieces into lines, each as full as possible."""
    lines: list[str] = []
    line, used = "", 0.0
    for text, taken in units:
        if line and used + taken > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line += text
        used += taken + (space if text.endswith(" ") else 0)
    return (*lines, line.rstrip())


def _balanced(units: Sequence[Unit], space: float, width: float, count: int) -> tuple[str, ...]:
    """Return lines for the narrowest box that needs only `count` of them, so that none is much shorter."""
    low, high = max((taken for _, taken in units), default=0.0), width
    while count > 1 and high - low > 1:
        middle = (low + high) / 2
        if len(_fill(units, space, middle)) > count:
            low = middle
        else:
            high = middle
    return _fill(units, space, high)


def _cut(wording: Wording, style: Style, line: str, width: float) -> str:
    """Shorten a line until an ellipsis fits after it, at a word boundary if it has several words."""
    kept = line
    while kept and wording.width(kept.rstrip() + ELLIPSIS, style) > width:
        kept = kept[:-1]
    if kept != line and not line[len(kept)].isspace() and " " in kept:
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ,;:.-–—…(") + ELLIPSIS
