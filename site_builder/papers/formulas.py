"""Where the formulas of a text stand: the one rule that parts TeX maths from money and stray dollars."""

import re
from typing import NamedTuple

MAX_FORMULA = 1_000  # characters between two `$`; more is text

_MARK = re.compile(r"\\[\\$()\[\]]|\$+")
_CLOSING = {r"\(": r"\)", r"\[": r"\]"}
_TEX = re.compile(r"\\[A-Za-z]|[\^_]")
_RELATION = re.compile(r"\s*[-<>=+*/~|≤≥±×→]+\s*")
_WORDING = re.compile(r"\\(?:text[a-z]*|mbox|math[a-z]+|operatorname)\*?\s*\{[^{}]*\}")
_PROSE = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,}[,.]? [A-Za-z]{2,}")


class Formula(NamedTuple):
    """TeX maths without its delimiters; display: set on a line of its own (`$$…$$`, `\\[…\\]`)."""

    source: str
    is_display: bool
    written: str  # with its delimiters


def split_formulas(text: str) -> list[str | Formula]:
    r"""Part a text into plain pieces and formulas, in order; joined again they are the text.

    `$…$` is a formula only where it reads like one: `$5 and $10`, `US$` and `\$` stay text. Time is linear.
    """
    if "$" not in text and r"\(" not in text and r"\[" not in text:
        return [text] if text else []
    pieces: list[str | Formula] = []
    marks = [mark for mark in _MARK.finditer(text) if mark[0] not in (r"\\", r"\$")]
    index = done = 0
    while index < len(marks):
        closing = _closing(text, marks, index)
        if closing is None:
            index += 1
            continue
        opening, end = marks[index], marks[closing]
        if opening.start() > done:
            pieces.append(text[done : opening.start()])
        source = text[opening.end() : end.start()].strip()
        pieces.append(Formula(source, opening[0] in ("$$", r"\["), text[opening.start() : end.end()]))
        done, index = end.end(), closing + 1
    if done < len(text):
        pieces.append(text[done:])
    return pieces


def _closing(text: str, marks: list[re.Match[str]], index: int) -> int | None:
    """Return the index of the mark that ends the formula begun at a mark, or None when it begins none."""
    opening = marks[index]
    if opening[0] in _CLOSING:
        for later in range(index + 1, len(marks)):
            if marks[later][0].startswith("\\"):
                body = text[opening.end() : marks[later].start()]
                return later if marks[later][0] == _CLOSING[opening[0]] and _can_be_formula(body) else None
        return None
    if index + 1 == len(marks) or opening[0] not in ("$", "$$") or marks[index + 1][0] != opening[0]:
        return None
    end = marks[index + 1]
    is_formula = is_dollar_formula(text[opening.end() : end.start()], text[end.end() : end.end() + 1])
    return index + 1 if is_formula else None


def is_dollar_formula(body: str, following: str) -> bool:
    """Tell maths from prose between two dollars: `following` is the character after the second one, or empty."""
    if not _can_be_formula(body) or _PROSE.search(_WORDING.sub("", body) if "\\" in body else body):
        return False
    if body[-1].isspace() and following.isdigit():  # the second dollar begins an amount
        return False
    if _TEX.search(body) or _RELATION.fullmatch(body):
        return True
    is_loose = body[0].isspace() or body[-1].isspace() or following.isdigit()
    return not is_loose and body[0] not in ").,;:!?" and body[-1] not in "(,:/"


def _can_be_formula(body: str) -> bool:
    return len(body) <= MAX_FORMULA and not body.isspace() and body != "" and "\n\n" not in body
