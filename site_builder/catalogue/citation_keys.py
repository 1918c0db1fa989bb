"""The key by which a bibliography cites each paper: `vaswani2017attention`."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count

from site_builder.model.paper import Paper
from site_builder.names.person import parts_of
from site_builder.papers.formulas import split_formulas

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "ß": "ss", "þ": "th", "ð": "d"})
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset(
    "a an and are as at be by can do does for from how in into is it its not of on or over that the their to toward "
    "towards under via we what when where which who why will with without your".split()
)
_LONGEST_PART = 24  # characters of a name or a word


def citation_keys(papers: Iterable[Paper]) -> dict[str, str]:
    """Return paper id → citation key: lower-case ASCII, the same in every file of the site, and no two alike.

    Of papers that would share a key the one of the earliest day keeps it; the others add `a`, `b`, … in the order of
    their days and ids. So a paper of a later day never changes the key of an earlier one.
    """
    keys: dict[str, str] = {}
    taken: set[str] = set()
    suffixes: dict[str, Iterator[str]] = {}  # of each key, those that no earlier paper has taken
    for paper in sorted(papers, key=_oldest_first):
        base = _base(paper)
        key = base
        while key in taken:
            key = base + next(suffixes.setdefault(base, _suffixes()))
        taken.add(key)
        keys[paper.id] = key
    return keys


def _oldest_first(paper: Paper) -> tuple[date, str]:
    return (paper.days[0] if paper.days else date.max, paper.id)


def _base(paper: Paper) -> str:
    family = _ascii(parts_of(paper.authors[0], paper.name_parts).family) if paper.authors else ""
    year = paper.published.year if paper.published else ""  # as in the entry: a list's day is not the paper's
    return f"{family or 'anon'}{year}{_word_of(paper.title)}"


def _word_of(title: str) -> str:
    """Return the first word of a title that says something; "" where none can be written in ASCII."""
    first = ""
    for found in _WORD.finditer(" ".join(piece for piece in split_formulas(title) if isinstance(piece, str))):
        word = _ascii(found[0])
        if word and word not in _SMALL_WORDS:
            return word
        first = first or word
    return first


def _ascii(text: str) -> str:
    """Return the letters and digits of a text in lower-case ASCII; letters of other scripts fall away."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "".join(filter(str.isalnum, text.lower()))[:_LONGEST_PART]


def _suffixes() -> Iterator[str]:
    """Yield a, b, … z, aa, ab, …"""
    for number in count():
        suffix, rest = "", number
        while rest >= 0:
            suffix, rest = chr(ord("a") + rest % 26) + suffix, rest // 26 - 1
        yield suffix
