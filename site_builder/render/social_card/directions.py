"""Which way the letters of a line run: the first two levels of Unicode's bidirectional algorithm (UAX 9)."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

_STRONG = {"L": False, "R": True, "AL": True}
_BRACKETS = {"(": ")", "[": "]", "{": "}"}

Direction = bool | None  # True runs leftwards, False rightwards, None has no direction of its own


def runs_leftwards(text: str) -> bool:
    """Tell whether the first letter of a text is of a script that runs leftwards (rules P2 and P3)."""
    return next((found for found in map(_strong, text) if found is not None), False)


def parts_by_direction(line: str, is_rtl: bool) -> Iterator[tuple[bool, str]]:
    """Yield (whether it runs leftwards, part) of a line in the order of writing.

    is_rtl: the direction of the text. Digits go with the letters before them, brackets with what they hold, all else
    with its neighbours when these agree and with the text when they do not (rules W7, N0, N1 and N2).
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
    """Return at each place the last direction that was found up to it."""
    known = accumulate(found, lambda last, each: last if each is None else each, initial=start)
    return [bool(each) for each in known][1:]


def _pairs(line: str) -> list[tuple[int, int]]:
    """Return the places of brackets that belong together, in the order of the opening ones."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for index, character in enumerate(line):
        if character in _BRACKETS:
            opened.append((_BRACKETS[character], index))
        elif opened and character == opened[-1][0]:
            pairs.append((opened.pop()[1], index))
    return sorted(pairs)


def _of_brackets(found: Sequence[Direction], opening: int, closing: int, is_rtl: bool) -> Direction:
    """Return the text's direction when they hold any of it; that of the other kind when it is inside and before."""
    inside = {each for each in found[opening + 1 : closing] if each is not None}
    if not inside:
        return None
    before = next((each for each in reversed(found[:opening]) if each is not None), is_rtl)
    return is_rtl if is_rtl in inside or before == is_rtl else not is_rtl
