"""The colours of a theme, read from its style sheet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Colour = tuple[int, int, int]  # red, green, blue, each from 0 to 255


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a card: paper, ink, softer ink for asides, one accent, hairlines."""

    paper: Colour = (251, 250, 247)
    ink: Colour = (26, 25, 23)
    soft: Colour = (93, 90, 84)
    accent: Colour = (163, 24, 43)
    hair: Colour = (216, 212, 203)


def theme_colours(folders: Sequence[Path]) -> Colours:
    """Return the first values of `--paper`, `--ink` and so on in the theme's style sheet, else the default colours."""
    sheets = (folder / "assets" / "style.css" for folder in folders)
    sheet = next((sheet.read_text(encoding="utf-8", errors="replace") for sheet in sheets if sheet.is_file()), "")
    found = {name: re.search(rf"--{name}:\s*#([0-9a-fA-F]{{6}})\b", sheet) for name in Colours.__slots__}
    return Colours(**{name: _colour(match[1]) for name, match in found.items() if match})


def _colour(digits: str) -> Colour:
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue
