"""The terms by which papers are compared, and their weights. A paper's vector depends on that paper alone."""

import math
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from site_builder.catalogue.phrases import phrases, word_key
from site_builder.catalogue.term_weights import PHRASE_SHARE, emphasis, is_phrase, shipped_weights, tag_key
from site_builder.fingerprint import fingerprint
from site_builder.model.catalogue import TermName
from site_builder.model.paper import Paper
from site_builder.volumes.cache import Cache

IN_TITLE = 2  # mentions in the abstract that one in the title is worth
AS_TAG = 2  # mentions that a tag is worth
LEAST_WEIGHT = round(1000 * math.log(PHRASE_SHARE)) * emphasis(1)  # commoner terms count only if mentioned repeatedly
MOST_TERMS = 200  # per paper, by weight; three times as many as an abstract has
SCALE = 10_000  # length of a paper's vector; two equal papers have its square as similarity
IN_BLOCK = 128  # average number of papers in a block

CODE_BYTES = 8
SEPARATOR = "\0"  # between names; cleaned text never contains it

_WORD = re.compile(r"\w+")


class WeightedTerm(NamedTuple):
    """A term of a paper. weight: its component of the vector. name: as readers see it, "" for a term not shown."""

    key: str
    weight: int
    name: str


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of a block of papers: the distinct terms of its first paper, then those of the next, and so on.

    codes: `code_of` each term. weights: components of the vector. are_phrases: whether each term is a tag or a phrase
    rather than a single word. are_shown: whether readers see it. names: names of the shown terms, joined by SEPARATOR.
    sizes: number of terms of each paper.
    """

    codes: bytes
    weights: "array[int]"
    are_phrases: bytes
    are_shown: bytes
    names: str
    sizes: "array[int]"


@dataclass(frozen=True, slots=True)
class TermBlock:
    """Neighbouring papers of one volume. fingerprint: of their ids and everything that determines their vectors."""

    papers: Sequence[Paper]
    tags_of: Mapping[str, tuple[TermName, ...]]
    fingerprint: str

    def vectors(self, cache: Cache) -> Vectors:
        """Return the vectors of the papers, from the cache if possible."""
        return cache.recall(self._cache_key, self._make) or self._make()

    def keep(self, cache: Cache) -> None:
        """Mark the cached vectors as used, without reading them."""
        cache.keep(self._cache_key)

    @property
    def _cache_key(self) -> tuple[str, str]:
        return "vectors", self.fingerprint

    def _make(self) -> Vectors:
        tags = ({tag.slug: tag.name for tag in self.tags_of[paper.id]} for paper in self.papers)
        return _joined(
            [vector_of(paper.title, paper.abstract, own) for paper, own in zip(self.papers, tags, strict=True)]
        )


def blocks_of(papers: Sequence[Paper], tags_of: Mapping[str, tuple[TermName, ...]]) -> Iterator[TermBlock]:
    """Split the papers of a volume after certain ids, so that adding or removing a paper changes only its own block."""
    start = 0
    for end, paper in enumerate(papers, start=1):
        if zlib.crc32(paper.id.encode("utf-8", "surrogatepass")) % IN_BLOCK == 0 or end == len(papers):
            block = papers[start:end]
            yield TermBlock(block, tags_of, _fingerprint(block, tags_of))
            start = end


def vector_of(title: str, abstract: str, tags: Mapping[str, str]) -> list[WeightedTerm]:
    """Return the meaningful terms of a paper, in the order of its abstract, its title and its tags.

    tags: slug → name. Common words count only if they occur more than once, or in the title.
    """
    in_abstract, in_title = phrases(abstract), phrases(title)
    counts = Counter([key for key, _ in in_abstract])
    for key, _ in in_title:
        counts[key] += IN_TITLE
    names = _names((*in_abstract, *in_title))
    for slug, name in tags.items():
        counts[tag_key(slug)] = AS_TAG
        names[tag_key(slug)] = name
    weight_of = shipped_weights().weight_of
    weights = {
        key: weight
        for key, mentions in counts.items()
        if (weight := weight_of(key) * emphasis(mentions)) >= LEAST_WEIGHT
    }
    if len(weights) > MOST_TERMS:
        weightiest = set(sorted(weights, key=lambda key: (-weights[key], key))[:MOST_TERMS])
        weights = {key: weight for key, weight in weights.items() if key in weightiest}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return [
        WeightedTerm(key, round(weight * SCALE / length), names[key] if is_phrase(key) or _is_name(names[key]) else "")
        for key, weight in weights.items()
    ]


def code_of(key: str) -> bytes:
    """Return a short hash of a term; among a million terms, two collide once in 37 million sites."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=CODE_BYTES).digest()


def words_of(name: str) -> frozenset[str]:
    """Return the meaningful words in the name of a term, as their `word_key`."""
    return frozenset(key for word in _WORD.findall(name) if (key := word_key(word)))


def _fingerprint(papers: Sequence[Paper], tags_of: Mapping[str, tuple[TermName, ...]]) -> str:
    parts = [(each.id, each.text_key(), [(tag.slug, tag.name) for tag in tags_of[each.id]]) for each in papers]
    return fingerprint(repr(parts))


def _joined(vectors: Sequence[Sequence[WeightedTerm]]) -> Vectors:
    terms = [term for vector in vectors for term in vector]
    return Vectors(
        codes=b"".join([code_of(term.key) for term in terms]),
        weights=array("H", [term.weight for term in terms]),
        are_phrases=bytes([is_phrase(term.key) for term in terms]),
        are_shown=bytes([term.name != "" for term in terms]),
        names=SEPARATOR.join([term.name for term in terms if term.name]),
        sizes=array("I", map(len, vectors)),
    )


def _names(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the spelling of each term by key, preferring one as used inside a sentence."""
    names: dict[str, str] = {}
    for key, spelling in found:
        if key not in names or (spelling[0].islower() and not names[key][0].islower()):
            names[key] = spelling
    return names


@lru_cache(maxsize=100_000)
def _is_name(word: str) -> bool:
    """Return whether a word is a name or acronym (GRPO, LoRA, o1): it has a capital or digit after the first letter."""
    return any(character.isupper() or character.isdigit() for character in word[1:])
