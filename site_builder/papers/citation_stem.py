"""The stem of a paper's citation key: `vaswani2017attention`."""

import unicodedata

from site_builder.lazy import lazy_pattern
from site_builder.model.paper import Paper
from site_builder.names.person import parts_of
from site_builder.papers.formulas import split_formulas

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "ß": "ss", "þ": "th", "ð": "d"})
_WORD = lazy_pattern(r"[^\W_]+")
_SMALL_WORDS = frozenset(
    "a an and are as at be by can do does for from how in into is it its not of on or over that the their to toward "
    "towards under via we what when where which who why will with without your".split()
)
_LONGEST_PART = 24  # characters of a name or a word


def citation_stem(paper: Paper) -> str:
    """Return the first author's last name, the year and the first word of the title, in lower-case ASCII."""
    return paper.kept("_citation_stem", _stem)


def _stem(paper: Paper) -> str:
    family = _ascii(parts_of(paper.authors[0], paper.name_parts).family) if paper.authors else ""
    year = paper.published.year if paper.published else ""  # as in the BibTeX entry: the day of a list does not count
    return f"{family or 'anon'}{year}{_word_of(paper.title)}"


def _word_of(title: str) -> str:
    """Return the first word of a title that is not a function word, else its first word; "" if none is in ASCII."""
    first = ""
    for found in _WORD.finditer(" ".join(piece for piece in split_formulas(title) if isinstance(piece, str))):
        word = _ascii(found[0])
        if word and word not in _SMALL_WORDS:
            return word
        first = first or word
    return first


def _ascii(text: str) -> str:
    """Return the letters and digits of a text in lower-case ASCII, cut to a maximum; drop letters of other scripts."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "".join(filter(str.isalnum, text.lower()))[:_LONGEST_PART]
