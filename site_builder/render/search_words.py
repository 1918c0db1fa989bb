"""The words of a text in the search index: as they are written, and runs of letters where a script has no spaces.

A reader looks for words inside such a run, so each of its letters begins an entry of the index: itself and the letters
behind it. `assets/search.js` makes the same of a query; `tests/search_words.json` holds both to it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

# Signs that stand for a word or a syllable, of which two tell enough: Chinese, Japanese, Korean, Yi, Tangut.
PAIRED = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\ua48f\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00016fe0-\U0001b2ff\U00020000-\U0003ffff"
)
# Letters of alphabets, of which it takes three: Thai, Lao, Tibetan, Burmese, Khmer, Tai, Balinese, Javanese.
TRIPLED = "\u0e01-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9ff\uaa60-\uaadf"
# Ends an entry shorter than the others: the engine would take it for a form of every longer word.
END = "_"

_LEFT_OUT = frozenset({"Mn", "Mc", "Me", "Cf"})
_UNSPACED = re.compile(f"[{PAIRED}{TRIPLED}]")
_PAIRED, _TRIPLED = re.compile(f"[{PAIRED}]"), re.compile(f"[{TRIPLED}]")


def index_words(text: str) -> list[str]:
    """Return the words of a text as the index holds them, in their order."""
    words: list[str] = []
    for word in unicodedata.normalize("NFKC", text).split():
        words.extend(_parts(word) if _UNSPACED.search(word) else (word,))
    return words


def _parts(word: str) -> Iterator[str]:
    for size, letters in groupby(_fold(word), key=entry_size):
        run = "".join(letters)
        if size:
            entries = (run[place : place + size] for place in range(len(run)))
            yield from (entry if len(entry) == size else entry + END for entry in entries)
        elif any(map(str.isalnum, run)):
            yield run


def _fold(word: str) -> str:
    """Return the word without marks and invisible signs, which people leave out and the engine does not tell apart."""
    apart = unicodedata.normalize("NFKD", word)
    return unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) not in _LEFT_OUT))


@lru_cache(maxsize=1 << 14)
def entry_size(letter: str) -> int:
    """Return of how many letters an entry is that begins with this one; 0 for one of words between spaces, or none."""
    if not letter.isalnum():
        return 0
    if _PAIRED.match(letter):
        return 2
    return 3 if _TRIPLED.match(letter) else 0
