"""The writing direction of the letters in a line: the first two levels of Unicode's bidirectional algorithm (UAX 9)."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

_STRONG = {"L": False, "R": True, "AL": True}
_BRACKETS = {"(": ")", "[": "]", "{": "}"}

Direction = bool | None  # True: right to left, False: left to right, None: neutral


def runs_leftwards(text: str) -> bool:
    """Return whether the first letter of a text is of a right-to-left script (rules P2 and P3)."""
    return next((found for found in map(_strong, text) if found is not None), False)


def parts_by_direction(line: str, is_rtl: bool) -> Iterator[tuple[bool, str]]:
    """Yield (whether it is right to left, part) of a line in logical order.

    is_rtl: the direction of the text. Digits take the direction of the letters before them, brackets that of their
    content. Other characters take that of their neighbours if these agree, else that of the text (rules W7, N0, N1 and
    N2).
    """
    if line.isascii() and not is_rtl:
        yield False, line
        return
    letters = [_strong(character) for character in line]
    before = _carried(letters, is_rtl)
    found = [b if character.isdigit() else f for f, b, character in zip(letters, before, line, strict=True)]
    for opening, closing in _pairs(line):
        found[opening] = found[closing] = _of_brackets(found, opening, closing, is_rtl)
    before, after = _carried(found, is_rtl), _carried(found[::-1], is_rtl)[::-1]
    known = [f if f is not None else b if b == a else is_rtl for f, b, a in zip(found, before, after, strict=True)]
    for direction, group in groupby(zip(known, line, strict=True), key=lambda pair: pair[0]):
        yield direction, "".join(character for _, character in group)


def _strong(character: str) -> Direction:
    return _STRONG.get(unicodedata.bidirectional(character))


def _carried(found: Iterable[Direction], start: bool) -> list[bool]:
    """Return for each index the last known direction up to it."""
    known = accumulate(found, lambda last, direction: last if direction is None else direction, initial=start)
    return [bool(direction) for direction in known][1:]


def _pairs(line: str) -> list[tuple[int, int]]:
    """Return the indexes of matching brackets, sorted by the opening ones."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for index, character in enumerate(line):
        if character in _BRACKETS:
            opened.append((_BRACKETS[character], index))
        elif opened and character == opened[-1][0]:
            pairs.append((opened.pop()[1], index))
    return sorted(pairs)


def _of_brackets(found: Sequence[Direction], opening: int, closing: int, is_rtl: bool) -> Direction:
    """Return the direction of a pair of brackets.

    It is the text's if found inside, else the other one if that is found both inside and before.
    """
    inside = {direction for direction in found[opening + 1 : closing] if direction is not None}
    if not inside:
        return None
    before = next((direction for direction in reversed(found[:opening]) if direction is not None), is_rtl)
    return is_rtl if is_rtl in inside or before == is_rtl else not is_rtl
