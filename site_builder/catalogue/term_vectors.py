"""The terms by which papers are compared, and what they weigh in each. A paper's vector depends on that paper alone."""

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

IN_TITLE = 2  # mentions in the abstract that one in the title weighs
AS_TAG = 2  # and that a tag weighs
LEAST_WEIGHT = round(1000 * math.log(PHRASE_SHARE)) * emphasis(1)  # commoner terms count only where they come up again
MOST_TERMS = 200  # of a paper, the weightiest; three times as many as an abstract has
SCALE = 10_000  # length of a paper's vector; the likeness of two equal papers is its square
IN_BLOCK = 128  # papers whose terms are kept together, on average

CODE_BYTES = 8
SEPARATOR = "\0"  # between names; no clean text holds it

_WORD = re.compile(r"\w+")


class WeightedTerm(NamedTuple):
    """A term of a paper. weight: its part of the vector. name: what readers are shown; "" where they are not."""

    key: str
    weight: int
    name: str


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of a block of papers: the terms of its first paper, each once, then those of the next.

    codes: of each term the bytes that stand for it (`code_of`). weights: its part of the vector. are_phrases: whether
    it is a tag or a phrase, no lone word. are_shown: whether readers are shown it. names: how they know it, of each
    that they are shown, joined by SEPARATOR. sizes: how many terms each paper has.
    """

    codes: bytes
    weights: "array[int]"
    are_phrases: bytes
    are_shown: bytes
    names: str
    sizes: "array[int]"


@dataclass(frozen=True, slots=True)
class TermBlock:
    """Some papers of one volume, next to each other. fingerprint: of their ids and of all that decides over vectors."""

    papers: Sequence[Paper]
    tags_of: Mapping[str, tuple[TermName, ...]]
    fingerprint: str

    def vectors(self, cache: Cache) -> Vectors:
        """Return their vectors, as an earlier build made them of the same."""
        return cache.recall(self._cache_key, self._make) or self._make()

    def keep(self, cache: Cache) -> None:
        """Let the cache keep the vectors, which are not needed now."""
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
    """Part the papers of a volume behind some ids, so that one more or less changes one block wherever it stands."""
    start = 0
    for end, paper in enumerate(papers, start=1):
        if zlib.crc32(paper.id.encode("utf-8", "surrogatepass")) % IN_BLOCK == 0 or end == len(papers):
            block = papers[start:end]
            yield TermBlock(block, tags_of, _fingerprint(block, tags_of))
            start = end


def vector_of(title: str, abstract: str, tags: Mapping[str, str]) -> list[WeightedTerm]:
    """Return the terms of a paper that say something, in the order of its abstract, its title and its tags.

    tags: slug → name. Common words count only where they are mentioned more than once, or in the title.
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
    """Return what stands for a term among any papers; in a million terms two have the same once in 37 million sites."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=CODE_BYTES).digest()


def words_of(name: str) -> frozenset[str]:
    """Return the words that say something in the name of a term, each as the key of a lone one."""
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
    """Return each term by its key as it is written, best inside a sentence."""
    names: dict[str, str] = {}
    for key, spelling in found:
        if key not in names or (spelling[0].islower() and not names[key][0].islower()):
            names[key] = spelling
    return names


@lru_cache(maxsize=100_000)
def _is_name(word: str) -> bool:
    """Tell names and acronyms (GRPO, LoRA, o1) from words: they have a capital or a digit after the first letter."""
    return any(character.isupper() or character.isdigit() for character in word[1:])
