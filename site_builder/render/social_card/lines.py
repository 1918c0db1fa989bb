"""Text broken into lines that fit a box, as large as it may be and of nearly one length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from site_builder.render.social_card.faces import Style
from site_builder.render.social_card.wording import ELLIPSIS, Wording, clusters

LEADING = 1.14  # from one baseline to the next, in sizes

_IDEOGRAPHS = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENING, _CLOSING = "\u3008\u300a\u300c\u300e\u3010\uff08", "\u3001\u3002\u3009\u300b\u300d\u300f\u3011！），．：；？"
# A line may end after a space and next to Chinese and Japanese letters.
_BREAK = re.compile(
    rf"(?<= )|(?<=[{_IDEOGRAPHS}])(?<![{_OPENING}])(?![{_CLOSING} ])"
    rf"|(?<![{_OPENING} ])(?=[{_IDEOGRAPHS}])(?![{_CLOSING}])"
)

Unit = tuple[str, float]  # what stays on one line, and its width without the space at its end


@dataclass(frozen=True, slots=True)
class StyledLines:
    """The lines of a text, and the style they are set in."""

    wording: Wording
    style: Style
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """The height of all lines in pixels."""
        return len(self.lines) * leading(self.style)

    @property
    def width(self) -> float:
        """The width of the widest line in pixels."""
        return max((self.wording.width(line, self.style) for line in self.lines), default=0)


def leading(style: Style) -> float:
    """Return the distance of two baselines in pixels."""
    return style.size * LEADING


def fit(wording: Wording, style: Style, sizes: Sequence[int], width: float, height: float) -> StyledLines:
    """Set a text in the largest of the sizes (descending) that a box in pixels has room for; cut it if none fits."""
    for size in sizes:
        tried = replace(style, size=size)
        units, space = _units(wording, tried, width), wording.width(" ", tried)
        lines = _fill(units, space, width)
        room = max(1, int(height / leading(tried)))
        if len(lines) <= room:
            return StyledLines(wording, tried, _balanced(units, space, width, len(lines)))
    return StyledLines(wording, tried, (*lines[: room - 1], _cut(wording, tried, lines[room - 1], width)))


def one_line(wording: Wording, style: Style, width: float) -> StyledLines:
    """Set a text on one line, cut where the width ends."""
    return fit(wording, style, [style.size], width, leading(style))


def _units(wording: Wording, style: Style, width: float) -> list[Unit]:
    """Return what may stand on lines of its own; a word wider than a line falls into its letters."""
    units: list[Unit] = []
    for text in filter(None, _BREAK.split(wording.text)):
        unit = text, wording.width(text.rstrip(), style)
        units += [unit] if unit[1] <= width else [(each, wording.width(each, style)) for each in clusters(text)]
    return units


def _fill(units: Sequence[Unit], space: float, width: float) -> tuple[str, ...]:
    """Put as much on each line as it holds."""
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
    """Return so many lines in the narrowest box that holds them, so that none is much shorter than the others."""
    low, high = max((taken for _, taken in units), default=0.0), width
    while count > 1 and high - low > 1:
        middle = (low + high) / 2
        if len(_fill(units, space, middle)) > count:
            low = middle
        else:
            high = middle
    return _fill(units, space, high)


def _cut(wording: Wording, style: Style, line: str, width: float) -> str:
    """Shorten a line, at a word if it has several, until an ellipsis fits behind it."""
    kept = line
    while kept and wording.width(kept.rstrip() + ELLIPSIS, style) > width:
        kept = kept[:-1]
    if kept != line and not line[len(kept)].isspace() and " " in kept:
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ,;:.-–—…(") + ELLIPSIS
