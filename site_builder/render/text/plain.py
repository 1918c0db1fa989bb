"""Texts without TeX and markup, for `<title>`, feeds, text mails and excerpts."""

import re
from unicodedata import category, east_asian_width

from site_builder.papers.clean import strip_controls
from site_builder.papers.formulas import Formula, split_formulas
from site_builder.papers.macros import expand_macros
from site_builder.render.text.bounds import MAX_FORMULAS
from site_builder.render.text.maths import formula_text

_ENDINGS = ".!?\"')]\u201d"  # last characters of sentences
_WIDE_END = re.compile(r"[。！？．]")
_LOOSE = ",;:-–—([、，；："  # characters that no excerpt ends with
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bal)(?<!\bvs)(?<!\bcf)(?<!\bFig)[.!?][\"')\]\u201d]*\Z")

SIGNS = 12  # maximum width of an excerpt for each of its words
WIDE = 6  # width of a Chinese, Japanese or Korean character: two count as a word
CLUSTER = 20  # maximum code points of one visible character
JOINER = "\u200d"


def plain_text(text: str) -> str:
    """Return text without TeX: `$O(n^2)$` becomes `O(n²)`; what Unicode cannot express stays readable source."""
    text = strip_controls(text)
    if "$" not in text and "\\" not in text:
        return text
    pieces: list[str] = []
    formulas = 0
    for piece in split_formulas(text):
        if isinstance(piece, Formula):
            formulas += 1
            pieces.append(formula_text(piece) if formulas <= MAX_FORMULAS else piece.source)
        else:
            pieces.append(plain_wording(piece))
    return "".join(pieces)


def plain_wording(text: str) -> str:
    """Return text between formulas without macros and escapes."""
    return expand_macros(text).replace(r"\$", "$") if "\\" in text else text


def excerpt(text: str, words: int = 60) -> str:
    """Return the first words on one line, cut at the end of a sentence if one is near, else at a word, with "…".

    In texts without spaces, as in Chinese, Japanese and Thai, characters are counted.
    """
    kept = plain_text(text).split(None, words)
    beginning = " ".join(kept[:words])
    if (end := _end(beginning, words * SIGNS)) < len(beginning):
        return f"{beginning[:end].rstrip(_LOOSE)}…"
    if len(kept) <= words:
        return beginning
    del kept[words:]
    for count in range(words, words * 2 // 3, -1):
        if kept[count - 1][-1] in _ENDINGS and _SENTENCE_END.search(kept[count - 1]):
            return f"{' '.join(kept[:count])} …"
    return f"{' '.join(kept).rstrip(_LOOSE)}…"


def _end(text: str, room: int) -> int:
    """Return the index at which to cut a text to `room`: after a sentence or word that ends near, else anywhere."""
    if len(text) * (1 if text.isascii() else WIDE) <= room:
        return len(text)
    end = _fitting(text, room)
    if end == len(text):
        return end
    ends = [found.end() for found in _WIDE_END.finditer(text, end * 2 // 3, end)]
    near = ends[-1] if ends else text.rfind(" ", end * 2 // 3, end)
    if near > 0:
        return near
    between = (at for at in range(end, max(end - CLUSTER, 1), -1) if _is_between_signs(text, at))
    return next(between, end)


def _is_between_signs(text: str, index: int) -> bool:
    return category(text[index])[0] != "M" and JOINER not in text[index - 1 : index + 1]


def _fitting(text: str, room: int) -> int:
    """Return how many characters fit; wide ones take WIDE units of the room, others one."""
    for index, sign in enumerate(text):
        room -= WIDE if east_asian_width(sign) in "WF" else 1
        if room < 0:
            return index
    return len(text)
