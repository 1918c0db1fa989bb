"""Find the formulas of a text: the single rule that tells TeX maths from money and stray dollars."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.lazy import lazy_pattern

MAX_FORMULA = 1_000  # characters between two `$`; more is text

# Each with or without a star; those in the second line are mostly used between dollars.
ENVIRONMENTS = (
    "equation|align|flalign|eqnarray|gather|multline|displaymath|dmath|math"
    "|[pbBvV]?matrix|smallmatrix|cases|array|tabular|aligned|gathered|split"
)
_MARK = lazy_pattern(rf"\\(?:begin|end)\{{(?:{ENVIRONMENTS})\*?\}}|\\[\\$()\[\]]|\$+")
_DOLLAR = lazy_pattern(r"\$")
_MAX_INNER = 40  # marks inside an environment that are searched for its end
_CLOSING = {r"\(": r"\)", r"\[": r"\]"}
_TEX = lazy_pattern(r"\\[A-Za-z]|[\^_]")
_RELATION = lazy_pattern(r"\s*[-<>=+*/~|≤≥±×→]+\s*")
_WORDING = lazy_pattern(r"\\(?:text[a-z]*|mbox|math[a-z]+|operatorname)\*?\s*\{[^{}]*\}")
_PROSE = lazy_pattern(r"(?<![\\A-Za-z{])[A-Za-z]{2,}[,.]? [A-Za-z]{2,}|[.;!?] [A-Z]?[a-z]{2,}|[.!?] [A-Z] [a-z]{3,}")
_AMOUNT = lazy_pattern(r"\s?\d[\d.,]*(?:[-–]|\s|[kKMBm]n?\b|\+)*\s(?!(?:log|exp|sin|cos|min|max|mod|ln)\b)[A-Za-z]{2,}")
_BRACKETS = lazy_pattern(r"[()]")

_CLEARLY, _PERHAPS = 2, 1  # confidence that the text between two marks is a formula


class Formula(NamedTuple):
    """TeX maths without its delimiters; display: set on a line of its own (`$$…$$`, `\\[…\\]`)."""

    source: str
    is_display: bool
    written: str  # with its delimiters


def split_formulas(text: str) -> list[str | Formula]:
    r"""Split a text into plain pieces and formulas, in order; joined as written, they are the text again.

    `$…$` is a formula only if it reads like one: `$5 and $10`, `US$` and `\$` stay text. If a dollar could begin or end
    a formula, the pairing with the most and surest formulas is used. Time is linear.
    """
    if "$" not in text and r"\(" not in text and r"\[" not in text and r"\begin{" not in text:
        return [text] if text else []
    pieces: list[str | Formula] = []
    marks = _marks(text)
    done = 0
    for opening, end in _pairs(text, marks):
        if opening.start() > done:
            pieces.append(text[done : opening.start()])
        written = text[opening.start() : end.end()]
        source = written if _is_environment(opening) else text[opening.end() : end.start()].strip()
        pieces.append(Formula(source, opening[0] in ("$$", r"\[") or _is_environment(opening), written))
        done = end.end()
    if done < len(text):
        pieces.append(text[done:])
    return pieces


def _marks(text: str) -> list[re.Match[str]]:
    """Return the marks that may begin or end a formula; `$$` between two formulas (`$a$$b$`) counts as two marks."""
    marks: list[re.Match[str]] = []
    start: int | None = None  # of a formula that a single dollar may have begun
    for mark in _MARK.finditer(text):
        if mark[0] in (r"\\", r"\$"):
            continue
        if mark[0] == "$$" and start is not None and _sureness(text[start : mark.start()], ""):
            marks += filter(None, (_DOLLAR.match(text, mark.start()), _DOLLAR.match(text, mark.start() + 1)))
            start = mark.end()
            continue
        marks.append(mark)
        if not _is_environment(mark):
            start = mark.end() if mark[0] == "$" and start is None else None
    return marks


def _is_environment(mark: re.Match[str]) -> bool:
    return mark[0][-1] == "}"


def _pairs(text: str, marks: list[re.Match[str]]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Yield (opening, closing) marks of each formula: the pairing with the highest total confidence, earliest first."""
    closing = [_closing(text, marks, index) for index in range(len(marks))]
    best = [0] * (len(marks) + 1)  # highest total confidence from each mark on
    for index in reversed(range(len(marks))):
        end, sureness = closing[index]
        best[index] = max(best[index + 1], sureness + best[end + 1] if sureness else 0)
    index = 0
    while index < len(marks):
        end, sureness = closing[index]
        if sureness and best[index] == sureness + best[end + 1]:
            yield marks[index], marks[end]
            index = end
        index += 1


def _closing(text: str, marks: list[re.Match[str]], index: int) -> tuple[int, int]:
    """Return the index of the mark that ends the formula begun at a mark, and the confidence in it, 0 for none."""
    opening = marks[index]
    if _is_environment(opening):
        return _end_of_environment(text, marks, index)
    if opening[0] in _CLOSING:
        for later in range(index + 1, len(marks)):
            if marks[later][0].startswith("\\") and not _is_environment(marks[later]):
                body = text[opening.end() : marks[later].start()]
                is_formula = marks[later][0] == _CLOSING[opening[0]] and _can_be_formula(body)
                return later, _CLEARLY if is_formula else 0
        return index, 0
    following = next((later for later in range(index + 1, len(marks)) if not _is_environment(marks[later])), None)
    if following is None or opening[0] not in ("$", "$$") or marks[following][0] != opening[0]:
        return index, 0
    end = marks[following]
    return following, _sureness(text[opening.end() : end.start()], text[end.end() : end.end() + 1])


def _end_of_environment(text: str, marks: list[re.Match[str]], index: int) -> tuple[int, int]:
    closing = marks[index][0].replace("begin", "end")
    for later in range(index + 1, min(len(marks), index + 2 + _MAX_INNER)):
        if marks[later][0] == closing and closing != marks[index][0]:
            is_formula = _can_be_formula(text[marks[index].end() : marks[later].start()])
            return later, _CLEARLY if is_formula else 0
    return index, 0


def _sureness(body: str, following: str) -> int:
    """Return the confidence that a text between two dollars is a formula; 0 for prose and amounts of money.

    following: the character after the second dollar, or "".
    """
    wording = _WORDING.sub("", body) if "\\" in body else body
    if not _can_be_formula(body) or _PROSE.search(wording) or _AMOUNT.match(wording):
        return 0
    if body[-1].isspace() and following.isdigit():  # the second dollar begins an amount
        return 0
    if _TEX.search(body) or _RELATION.fullmatch(body):
        return _CLEARLY
    is_loose = body[0].isspace() or body[-1].isspace() or following.isdigit()
    is_cut = body[0] in ").,;:!?" or body[-1] in "(,:/" or _closes_too_much(body)
    return 0 if is_loose or is_cut else _PERHAPS


def _closes_too_much(body: str) -> bool:
    """Return whether the text closes a parenthesis it did not open: `2.1) and` follows an amount in parentheses."""
    open_ones = 0
    for bracket in _BRACKETS.findall(body):
        open_ones += 1 if bracket == "(" else -1
        if open_ones < 0:
            return not re.search(r"[\[(]", body)
    return False


def _can_be_formula(body: str) -> bool:
    return len(body) <= MAX_FORMULA and not body.isspace() and body != "" and "\n\n" not in body
