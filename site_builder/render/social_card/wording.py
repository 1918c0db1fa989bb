"""Prepare text for drawing: reduce it to what fonts can show, and split it into runs of one font and one direction."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from site_builder.render.social_card.directions import parts_by_direction, runs_leftwards
from site_builder.render.social_card.faces import Face, Family, Style, can_shape, cjk_face, face_for, font_of

LONGEST = 400  # characters; no card has room for more
MAX_MARKS = 4  # on one letter; more would only cover other lines
ELLIPSIS = "…"
_JOINERS = "\u200c\u200d"  # without a shape; they affect the letters next to them
_GAPS = re.compile(f"{ELLIPSIS}(?: ?{ELLIPSIS})+")


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent letters in one font and one direction."""

    text: str
    face: Face
    is_rtl: bool

    def width(self, style: Style) -> float:
        return _width(self, style)

    @property
    def direction(self) -> str | None:
        """Return the direction for Pillow; None without Raqm, which Pillow needs to accept one."""
        return ("rtl" if self.is_rtl else "ltr") if can_shape() else None


@dataclass(frozen=True, slots=True)
class Wording:
    """A text ready to be set in the faces of a family. cjk: the face for Chinese, Japanese and Korean."""

    text: str
    family: Family
    is_rtl: bool
    cjk: Face

    def width(self, line: str, style: Style) -> float:
        """Return the width of a part of the text in pixels."""
        return sum(run.width(style) for run in self.runs(line))

    def runs(self, line: str) -> tuple[Run, ...]:
        """Return the runs of a part of the text from left to right; Raqm orders the letters within each."""
        return _runs(line, self.family, self.is_rtl, self.cjk)


def make_wording(text: str, family: Family, *, is_rtl: bool | None = None) -> Wording:
    """Prepare a text: collapse white space, drop invisible characters, replace those that no font has with an ellipsis.

    is_rtl: its direction; None for that of its first letter.
    """
    kept = " ".join(text[:LONGEST].split())
    cjk = cjk_face(kept)
    if not (kept.isascii() and kept.isprintable()):
        parts = (part if face_for(_needed(part), family, cjk) else ELLIPSIS for part in clusters(_visible(kept)))
        kept = _GAPS.sub(ELLIPSIS, " ".join("".join(parts).split()))
    if len(text) > LONGEST:
        kept += ELLIPSIS
    return Wording(kept, family, runs_leftwards(kept) if is_rtl is None else is_rtl, cjk)


def clusters(text: str) -> Iterator[str]:
    """Yield each letter with its marks, of which at most MAX_MARKS are kept."""
    cluster = ""
    for character in text:
        if cluster and (character in _JOINERS or unicodedata.category(character)[0] == "M"):
            cluster += character if len(cluster) <= MAX_MARKS else ""
            continue
        if cluster:
            yield cluster
        cluster = character
    if cluster:
        yield cluster


@lru_cache(maxsize=4096)
def _width(run: Run, style: Style) -> float:
    return font_of(run.face, style).getlength(run.text, direction=run.direction)


@lru_cache(maxsize=1024)
def _runs(line: str, family: Family, is_rtl: bool, cjk: Face) -> tuple[Run, ...]:
    parts = [_by_face(part, family, cjk, part_is_rtl) for part_is_rtl, part in parts_by_direction(line, is_rtl)]
    return tuple(run for runs in (reversed(parts) if is_rtl else parts) for run in runs)


def _by_face(part: str, family: Family, cjk: Face, is_rtl: bool) -> list[Run]:
    """Return the runs of a part in one direction, from left to right."""
    pieces = [part] if part.isascii() else clusters(part)
    faces = ((face_for(_needed(piece), family, cjk), piece) for piece in pieces)
    runs = [
        Run("".join(piece for _, piece in group), face, is_rtl)
        for face, group in groupby(faces, key=lambda pair: pair[0])
        if face
    ]
    return runs[::-1] if is_rtl else runs


def _visible(text: str) -> str:
    """Drop control, private and unassigned characters and emoji variation selectors, which have no shape."""
    return "".join(
        character
        for character in text
        if character in _JOINERS or not (unicodedata.category(character)[0] == "C" or "\ufe00" <= character <= "\ufe0f")
    )


def _needed(cluster: str) -> str:
    """Return the characters that a font must have to show a cluster."""
    return cluster.strip(_JOINERS) or " "
