"""How much a word, a phrase or a tag says, by how few papers of a large collection have it.

The collection is shipped as a table of counts (`term_frequencies.json`); the papers of a site have no say. So what a
paper weighs never changes because another one was added. tests/bench/measure_term_frequencies.py makes the table.
"""

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import orjson

FEWEST = 10  # papers of the collection that a term of the table is in; an unknown word weighs as one of so many
PHRASE_SHARE = 70  # an unknown phrase or tag weighs as one that every so-many-th paper has: most occur just once

FREQUENCIES = "term_frequencies.json"

_TAG = "#"


class TermWeights:
    """The weight of every term: the logarithm of how many papers there are to each that has it, in thousandths."""

    def __init__(self, papers: int, frequencies: Mapping[str, int]) -> None:
        self._papers = papers
        self._frequencies = frequencies
        self._word = self._weight(FEWEST)
        self._phrase = round(1000 * math.log(PHRASE_SHARE))

    def knows(self, key: str) -> bool:
        """Tell whether enough papers of the collection have a term."""
        return key in self._frequencies

    def weight_of(self, key: str) -> int:
        """Return the weight of a word, a phrase or a tag."""
        count = self._frequencies.get(key)
        if count is None:
            return self._phrase if is_phrase(key) else self._word
        return self._weight(count)

    def _weight(self, count: int) -> int:
        return round(1000 * math.log((self._papers + 1) / count))


def tag_key(slug: str) -> str:
    """Return the key of a tag, which no word and no phrase has."""
    return _TAG + slug


def is_phrase(key: str) -> bool:
    """Tell phrases and tags from lone words."""
    return " " in key or key.startswith(_TAG)


@lru_cache(maxsize=2**10)
def emphasis(mentions: int) -> int:
    """Return in hundredths what a number of mentions in one paper weighs: ten of them three times as much as one."""
    return round(100 * (1 + math.log(mentions)))


@cache
def shipped_weights() -> TermWeights:
    """Load the shipped table once."""
    table = orjson.loads(resources.files("site_builder.catalogue").joinpath(FREQUENCIES).read_bytes())
    return TermWeights(table["papers"], table["frequencies"])
