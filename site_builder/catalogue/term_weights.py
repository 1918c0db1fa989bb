"""Weights of words, phrases and tags: the fewer papers of a large collection have a term, the more it weighs.

The collection is shipped as a table of counts (`term_frequencies.json`) and does not include a site's papers, so adding
a paper never changes a weight. tests/bench/measure_term_frequencies.py makes the table.
"""

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import orjson

FEWEST = 10  # papers of the collection that have a term of the table; an unknown word weighs as one with so many
PHRASE_SHARE = 70  # an unknown phrase or tag weighs as if one paper in so many had it: most occur just once

FREQUENCIES = "term_frequencies.json"

_TAG = "#"


class TermWeights:
    """Weights of terms: the logarithm of the number of papers per paper with the term, in thousandths."""

    def __init__(self, papers: int, frequencies: Mapping[str, int]) -> None:
        self._papers = papers
        self._frequencies = frequencies
        self._word = self._weight(FEWEST)
        self._phrase = round(1000 * math.log(PHRASE_SHARE))

    def knows(self, key: str) -> bool:
        """Return whether the table contains a term."""
        return key in self._frequencies

    def weight_of(self, key: str) -> int:
        """Return the weight of the key of a word, a phrase or a tag."""
        count = self._frequencies.get(key)
        if count is None:
            return self._phrase if is_phrase(key) else self._word
        return self._weight(count)

    def _weight(self, count: int) -> int:
        return round(1000 * math.log((self._papers + 1) / count))


def tag_key(slug: str) -> str:
    """Return the key of a tag, distinct from those of words and phrases."""
    return _TAG + slug


def is_phrase(key: str) -> bool:
    """Return whether a key is that of a phrase or a tag, not a single word."""
    return " " in key or key.startswith(_TAG)


@lru_cache(maxsize=2**10)
def emphasis(mentions: int) -> int:
    """Return the weight, in hundredths, of a number of mentions in one paper: ten weigh three times as much as one."""
    return round(100 * (1 + math.log(mentions)))


@cache
def shipped_weights() -> TermWeights:
    """Load the shipped table, once."""
    table = orjson.loads(resources.files("site_builder.catalogue").joinpath(FREQUENCIES).read_bytes())
    return TermWeights(table["papers"], table["frequencies"])
