"""Texts without TeX and markup: for `<title>`, feeds, the text part of mails, excerpts."""

import re

from site_builder.papers.clean import strip_controls
from site_builder.papers.formulas import Formula, split_formulas
from site_builder.papers.macros import expand_macros
from site_builder.render.text.bounds import MAX_FORMULAS
from site_builder.render.text.maths import formula_text

_ENDINGS = ".!?\"')]\u201d"  # the last characters of sentences
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bal)(?<!\bvs)(?<!\bcf)(?<!\bFig)[.!?][\"')\]\u201d]*\Z")


def plain_text(text: str) -> str:
    """Return the text without TeX: `$O(n^2)$` is `O(n²)`; what Unicode cannot say stays readable source."""
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
    """Return text that stands between formulas without its macros and escapes."""
    return expand_macros(text).replace(r"\$", "$") if "\\" in text else text


def excerpt(text: str, words: int = 60) -> str:
    """Return the first words on one line, cut at a sentence's end when one is near, else at a word, with "…"."""
    kept = plain_text(text).split(None, words)
    if len(kept) <= words:
        return " ".join(kept)
    del kept[words:]
    for count in range(words, words * 2 // 3, -1):
        if kept[count - 1][-1] in _ENDINGS and _SENTENCE_END.search(kept[count - 1]):
            return f"{' '.join(kept[:count])} …"
    return f"{' '.join(kept).rstrip(',;:-–—([')}…"
