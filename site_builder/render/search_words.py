"""Split texts into the words of the search index, with their positions.

`assets/search-words.js` does the same to a query; `tests/search_words.json` tests both. Scripts without spaces are
searched within their runs of letters: each letter of a run begins a word, made of it and the letters after it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from site_builder.names.identity import PLAIN_LETTERS
from site_builder.pages.search import COMMON
from site_builder.unspaced import PAIRED, TRIPLED

NOTHING = 0  # the number for nothing after the last word
LONGEST = 40  # characters of a word that are compared

_UNSPACED = re.compile(f"[{PAIRED}{TRIPLED}]")
_PAIRED, _TRIPLED = re.compile(f"[{PAIRED}]"), re.compile(f"[{TRIPLED}]")
_CHUNK = re.compile(r"[^\W_]+(?:[-.'’‐][^\W_]+)*")  # a word, or a compound
_PART = re.compile(r"[^\W_]+")


class _FoldTable(dict[int, str | None]):
    """Translation table that drops marks when a text is folded; filled as letters occur."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        kept = None if unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf") else letter
        return self.setdefault(code, kept)


_fold_table = _FoldTable()


def fold(text: str) -> str:
    """Return a text in lower case without marks and invisible characters, which people leave out: `Łódź` is `lodz`."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).translate(_fold_table).lower().translate(PLAIN_LETTERS)


def index_words(text: str) -> list[tuple[str, int]]:
    """Return the words of a text with their positions; `fine-tuning` gives two, and `finetuning` where the first is."""
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
    """Yield all but common words, each with a number for the words after it, up to the next word that is not common.

    These numbers find phrases without the positions of all words; one wrong phrase in 31 matches by chance.
    """
    following, number, last = "", NOTHING, -1
    for word, position in reversed(words):
        if position == last:  # a compound as one word
            yield word, NOTHING
        elif word in COMMON:
            following = f"{word} {following}"
            number = number_of(following)
        else:
            yield word, number
            following, number = word, number_of(word)
        last = position


@lru_cache(maxsize=1 << 17)
def number_of(text: str) -> int:
    """Return a hash of a text from 1 to 31."""
    number = 0
    for letter in text:
        number = (number * 31 + ord(letter)) % 65_521
    return number % 31 + 1


def _entries(chunk: str) -> Iterator[str]:
    """Yield the words of a text with runs of letters; syllables are decomposed into their letters again."""
    for size, letters in groupby(unicodedata.normalize("NFC", chunk), key=entry_size):
        run = "".join(letters)
        if size:
            yield from (unicodedata.normalize("NFD", run[start : start + size]) for start in range(len(run)))
        else:
            yield from _PART.findall(unicodedata.normalize("NFD", run))


@lru_cache(maxsize=1 << 14)
def entry_size(letter: str) -> int:
    """Return the length of words that begin with this letter; 0 in scripts with spaces, and for other characters."""
    if not letter.isalnum():
        return 0
    if _PAIRED.match(letter):
        return 2
    return 3 if _TRIPLED.match(letter) else 0
