"""The terms by which papers are compared, kept from build to build: which a paper has, and how often."""

import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import compress, count

from site_builder.cache import Cache
from site_builder.catalogue.model import TermName
from site_builder.catalogue.phrases import phrases, word_key
from site_builder.papers.paper import Paper

IN_TITLE = 2  # mentions in the abstract that one in the title weighs
AS_TAG = 2  # and that a tag weighs
IN_BLOCK = 128  # papers whose terms are kept together, on average

SEPARATOR = "\0"  # between keys or names; no clean text holds it

_TAG = "#"  # begins the key of a tag

_Text = tuple[str, str, dict[str, str]]  # title, abstract, slug → name of its tags


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a block of papers: those of its first paper, each once, then those of the next.

    words: those of all keys. heads, tails: of each key, which words stand before its last one, and which is the last; a
    key makes terms the same. numbers: of each term, which of the keys it has. mentions: how often its paper has it.
    are_told: whether readers are told it, which they are not of lone words that are no names. names: how they know it,
    of each that they are told. sizes: how many terms each paper has. Texts are joined by SEPARATOR.
    """

    words: str
    heads: "array[int]"
    tails: "array[int]"
    numbers: "array[int]"
    mentions: "array[int]"
    are_told: bytes
    names: str
    sizes: "array[int]"


def terms_of_blocks(
    papers: Sequence[Paper], tags_of: Mapping[str, tuple[TermName, ...]], cache: Cache
) -> Iterator[tuple[Sequence[Paper], Terms]]:
    """Yield the papers in blocks with their terms, as an earlier build found them where nothing in a block changed."""
    for block in _blocks(papers):
        texts = [(paper.title, paper.abstract, {tag.slug: tag.name for tag in tags_of[paper.id]}) for paper in block]
        made_of = _fingerprint(texts)

        def read(texts: Sequence[_Text] = texts) -> Terms:
            return _read(texts)

        yield block, cache.recall(("terms", made_of), read) or read()


def _fingerprint(texts: Sequence[_Text]) -> str:
    """Return what no other texts have; their lengths tell where one ends."""
    lengths = [(len(title), len(abstract), tags) for title, abstract, tags in texts]
    joined = "".join([part for title, abstract, _ in texts for part in (title, abstract)])
    return blake2b(f"{lengths!r}{joined}".encode("utf-8", "surrogatepass")).hexdigest()


def is_phrase(key: str) -> bool:
    """Tell tags and phrases from lone words."""
    return " " in key or key.startswith(_TAG)


def words_of(key: str) -> frozenset[str]:
    """Return the words of a term, each as the key of a lone one."""
    return frozenset(map(word_key, key[1:].split("-")) if key.startswith(_TAG) else key.split())


def _blocks(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """Part papers behind some ids, so that a paper more or less changes one block wherever it stands."""
    start = 0
    for end, paper in enumerate(papers, start=1):
        if zlib.crc32(paper.id.encode("utf-8", "surrogatepass")) % IN_BLOCK == 0 or end == len(papers):
            yield papers[start:end]
            start = end


def _read(texts: Iterable[_Text]) -> Terms:
    """Find the terms of papers in their abstracts, titles and tags, in this order."""
    number_of: defaultdict[str, int] = defaultdict(count().__next__)
    numbers, mentions, sizes = array("I"), array("I"), array("I")
    are_told = bytearray()
    names: list[str] = []
    for title, abstract, tags in texts:
        in_abstract, in_title = phrases(abstract), phrases(title)
        counts = Counter([key for key, _ in in_abstract])
        for key, _ in in_title:
            counts[key] += IN_TITLE
        named = _names((*in_abstract, *in_title))
        for slug, name in tags.items():
            counts[_TAG + slug] = AS_TAG
            named[_TAG + slug] = name
        told = [is_phrase(key) or _is_name(named[key]) for key in counts]
        names.extend(compress(map(named.__getitem__, counts), told))
        are_told.extend(told)
        numbers.extend([number_of[key] for key in counts])
        mentions.extend(counts.values())
        sizes.append(len(counts))
    words: defaultdict[str, int] = defaultdict(count().__next__)
    parted = [key.rpartition(" ") for key in number_of]
    heads, tails = (
        array("I", [words[head] for head, _, _ in parted]),
        array("I", [words[tail] for _, _, tail in parted]),
    )
    return Terms(SEPARATOR.join(words), heads, tails, numbers, mentions, bytes(are_told), SEPARATOR.join(names), sizes)


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
