"""The words of a text in the search index, and where each stands.

`assets/search-words.js` makes the same of a query; `tests/search_words.json` holds both to it. Scripts that write no
spaces are searched inside their runs of letters, so each letter of such a run begins a word: itself and the letters
behind it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from site_builder.pages.search import COMMON
from site_builder.unspaced import PAIRED, TRIPLED

NOTHING = 0  # the number of what follows the last word of a text
LONGEST = 40  # letters of a word that are compared

_UNSPACED = re.compile(f"[{PAIRED}{TRIPLED}]")
_PAIRED, _TRIPLED = re.compile(f"[{PAIRED}]"), re.compile(f"[{TRIPLED}]")
_CHUNK = re.compile(r"[^\W_]+(?:[-.'’‐][^\W_]+)*")  # a word, or several written as one
_PART = re.compile(r"[^\W_]+")


class _Kept(dict[int, str | None]):
    """Which letters stay when a text is folded: those that are no marks, found once a letter."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        kept = None if unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf") else letter
        return self.setdefault(code, kept)


_kept = _Kept()


def fold(text: str) -> str:
    """Return a text in lower case without marks and invisible signs, which people leave out."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).translate(_kept).lower()


def index_words(text: str) -> list[tuple[str, int]]:
    """Return the words of a text with their places; `fine-tuning` is two, and `finetuning` where the first stands."""
    words: list[tuple[str, int]] = []
    position = 0
    folded = fold(text)
    is_spaced = folded.isascii() or not _UNSPACED.search(folded)
    for chunk in _CHUNK.findall(folded):
        if is_spaced and chunk.isalnum():
            words.append((chunk[:LONGEST], position))
            position += 1
            continue
        if is_spaced or not _UNSPACED.search(chunk):
            parts = _PART.findall(chunk)
            if len(parts) == 1:
                words.append((parts[0][:LONGEST], position))
                position += 1
                continue
            words.append(("".join(parts)[:LONGEST], position))
        else:
            parts = list(_entries(chunk))
        words.extend((part[:LONGEST], number) for number, part in enumerate(parts, position))
        position += len(parts)
    return words


def with_following(words: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield the words that are no common ones, each with a number for the words behind it up to the next such word.

    By these numbers a phrase is found without the places of all words: one in 31 others is taken for it.
    """
    behind, number, last = "", NOTHING, -1
    for word, position in reversed(words):
        if position == last:  # the whole of several that are written as one
            yield word, NOTHING
        elif word in COMMON:
            behind = f"{word} {behind}"
            number = number_of(behind)
        else:
            yield word, number
            behind, number = word, number_of(word)
        last = position


@lru_cache(maxsize=1 << 17)
def number_of(text: str) -> int:
    """Return a number from 1 to 31 for a text."""
    number = 0
    for letter in text:
        number = (number * 31 + ord(letter)) % 65_521
    return number % 31 + 1


def _entries(chunk: str) -> Iterator[str]:
    """Yield the words of a text in which there are runs of letters; syllables are split into their letters again."""
    for size, letters in groupby(unicodedata.normalize("NFC", chunk), key=entry_size):
        run = "".join(letters)
        if size:
            yield from (unicodedata.normalize("NFD", run[start : start + size]) for start in range(len(run)))
        else:
            yield from _PART.findall(unicodedata.normalize("NFD", run))


@lru_cache(maxsize=1 << 14)
def entry_size(letter: str) -> int:
    """Return of how many letters a word is that begins with this one; 0 for one of words between spaces, or none."""
    if not letter.isalnum():
        return 0
    if _PAIRED.match(letter):
        return 2
    return 3 if _TRIPLED.match(letter) else 0
