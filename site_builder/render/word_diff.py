"""The difference between two texts by words, as plain text for a template to mark up and escape."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from site_builder.render.text import plain_text

MAX_WORDS = 600  # between the first and the last difference; more would take too long to compare
MIN_COMMON = 0.4  # share of common words below which the whole text counts as replaced
FEW_WORDS = 10  # up to so many, words are compared regardless
CONTEXT = 10  # unchanged words shown on each side of a difference

Kind = Literal["same", "removed", "added", "gap"]


@dataclass(frozen=True, slots=True)
class DiffPart:
    """Words that are in both texts, were removed, or were added; gap: omitted unchanged words."""

    kind: Kind
    text: str


def word_diff(before: str, after: str) -> tuple[DiffPart, ...]:
    """Return the words of two texts in reading order; long unchanged stretches are omitted."""
    old, new = plain_text(before).split(), plain_text(after).split()
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    kept, tail = len(old) - end, len(new) - end
    parts = [("same", old[:start]), *_changes(old[start:kept], new[start:tail]), ("same", old[kept:])]
    filled = [(kind, words) for kind, words in parts if words]
    return tuple(
        part
        for index, (kind, words) in enumerate(filled)
        for part in _shortened(kind, words, is_first=index == 0, is_last=index == len(filled) - 1)
    )


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts share at the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    longest = max(len(old), len(new))
    matcher = SequenceMatcher(None, old, new) if longest <= MAX_WORDS else None
    if matcher is None or (longest > FEW_WORDS and matcher.ratio() < MIN_COMMON):
        yield from (("removed", old), ("added", new))
        return
    for name, a, b, c, d in matcher.get_opcodes():
        if name == "equal":
            yield "same", old[a:b]
        else:
            yield from (("removed", old[a:b]), ("added", new[c:d]))


def _shortened(kind: Kind, words: list[str], *, is_first: bool, is_last: bool) -> Iterator[DiffPart]:
    """Yield the words; of a long unchanged stretch only those next to a difference."""
    before = 0 if is_first else CONTEXT
    after = 0 if is_last else CONTEXT
    if kind == "same" and len(words) > before + after + 1:
        ends = DiffPart("same", " ".join(words[:before])), DiffPart("same", " ".join(words[len(words) - after :]))
        yield from (part for part in (ends[0], DiffPart("gap", "…"), ends[1]) if part.text)
    else:
        yield DiffPart(kind, " ".join(words))
