"""The fonts of social cards: free ones from packages, so that every machine draws the same card.

Source Serif and Noto Sans set most titles. Letters that they lack come from the Noto fonts of other scripts and, above
all mathematical symbols, from DejaVu.
"""

import importlib.util
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont, features

Family = Literal["serif", "sans"]

OPTICAL_SIZES = 8, 60  # of Source Serif: sturdy strokes for small text, fine ones for headlines
# Letters that join, change or reorder next to others: Hebrew to Myanmar, Khmer, Arabic ligatures.
_SHAPED = re.compile("[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file of an installed package, the index of a face in it, and its variable axes."""

    package: str
    file: str
    index: int = 0
    axes: Literal["weight", "weight and optical size", "none"] = "weight"

    @property
    def path(self) -> Path:
        spec = importlib.util.find_spec(self.package)
        assert spec and spec.origin  # noqa: S101 - cards are only planned if the packages are installed
        return Path(spec.origin).parent / self.file


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a text. size: in pixels. weight: 400 is regular, 700 bold."""

    family: Family
    size: int
    weight: int


TRIAL = Style("serif", 104, 700)  # the largest size in use


@lru_cache(maxsize=4096)
def face_for(text: str, family: Family, cjk: Face) -> Face | None:
    """Return the first face of the family that can show a letter with its marks, or an ASCII text; None if none can.

    cjk: the face for Chinese, Japanese and Korean.
    """
    if text.isascii():  # the first face of each family has all of ASCII
        return _FAMILIES[family][0]
    if not can_shape() and _SHAPED.search(text):
        return None
    needed = {ord(character) for character in text}
    return next(
        (face for face in (*_FAMILIES[family], cjk) if needed <= _characters(face) and _draws(face, text)), None
    )


def cjk_face(text: str) -> Face:
    """Return the CJK face for a text: Japanese, Korean and Chinese write the same characters differently."""
    if any("\u3040" <= character <= "\u30ff" for character in text):
        return _JAPANESE
    return _KOREAN if any("\uac00" <= character <= "\ud7a3" for character in text) else _CHINESE


@cache
def font_of(face: Face, style: Style) -> ImageFont.FreeTypeFont:
    """Return the font of a face in a style."""
    font = ImageFont.truetype(face.path, style.size, index=face.index)
    if face.axes == "weight and optical size":
        smallest, largest = OPTICAL_SIZES
        font.set_variation_by_axes([style.weight, min(max(style.size, smallest), largest)])
    elif face.axes == "weight":
        font.set_variation_by_axes([style.weight])
    return font


@cache
def can_shape() -> bool:
    """Return whether this Pillow has Raqm, which sets letters that change next to others."""
    return bool(features.check("raqm"))


def _draws(face: Face, text: str) -> bool:
    """Return whether FreeType can draw a letter at all; it fails on U+FDFD, a whole sentence in one letter."""
    try:
        return bool(font_of(face, TRIAL).getmask(text))
    except (OSError, RuntimeError):
        return False


@cache
def _characters(face: Face) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # cards of plain English do not need it

    with TTFont(face.path, fontNumber=face.index, lazy=True) as file:
        return frozenset(file.getBestCmap())


_SERIF = Face("fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf", axes="weight and optical size")
_SANS = Face("manimgx_fonts", "NotoSans[wght].ttf")
_SCRIPTS = """Symbols Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao
    Malayalam Myanmar Oriya Sinhala Tamil Telugu Thai""".split()
_OTHERS = (
    *(Face("manimgx_fonts", f"NotoSans{script}[wght].ttf") for script in _SCRIPTS),
    Face("ziafont", "fonts/DejaVuSans.ttf", axes="none"),
    Face("manimgx_fonts", "NotoEmoji[wght].ttf"),
)
_FAMILIES: dict[Family, tuple[Face, ...]] = {"serif": (_SERIF, _SANS, *_OTHERS), "sans": (_SANS, _SERIF, *_OTHERS)}
_JAPANESE, _KOREAN, _CHINESE = (Face("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", index=index) for index in (0, 1, 2))
