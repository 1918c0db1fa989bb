"""The terms by which papers are compared, kept from build to build: which a paper has, and how often."""

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import compress

from site_builder.cache import Cache
from site_builder.catalogue.model import TermName
from site_builder.catalogue.phrases import phrases, word_key
from site_builder.papers.paper import Paper

IN_TITLE = 2  # mentions in the abstract that one in the title weighs
AS_TAG = 2  # and that a tag weighs
IN_BLOCK = 128  # papers whose terms are kept together, on average

CODE_BYTES = 8
SEPARATOR = "\0"  # between names; no clean text holds it

_TAG = "#"  # begins the key of a tag
_WORD = re.compile(r"\w+")

_Text = tuple[str, str, dict[str, str]]  # title, abstract, slug → name of its tags


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a block of papers: those of its first paper, each once, then those of the next.

    codes: of each term the bytes that stand for it (`code_of`). mentions: how often its paper has it.
    are_phrases: whether it is a tag or a phrase, no lone word. are_told: whether readers are told it; lone words that
    are no names they are not. names: how they know it, of each that they are told, joined by SEPARATOR.
    sizes: how many terms each paper has.
    """

    codes: bytes
    mentions: "array[int]"
    are_phrases: bytes
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


def code_of(key: str) -> bytes:
    """Return what stands for a term among any papers; in a million terms two have the same once in 37 million sites."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=CODE_BYTES).digest()


def is_phrase(key: str) -> bool:
    """Tell tags and phrases from lone words."""
    return " " in key or key.startswith(_TAG)


def words_of(name: str) -> frozenset[str]:
    """Return the words that say something in the name of a term, each as the key of a lone one."""
    return frozenset(key for word in _WORD.findall(name) if (key := word_key(word)))


def _blocks(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """Part papers behind some ids, so that a paper more or less changes one block wherever it stands."""
    start = 0
    for end, paper in enumerate(papers, start=1):
        if zlib.crc32(paper.id.encode("utf-8", "surrogatepass")) % IN_BLOCK == 0 or end == len(papers):
            yield papers[start:end]
            start = end


def _read(texts: Iterable[_Text]) -> Terms:
    """Find the terms of papers in their abstracts, titles and tags, in this order."""
    codes: list[bytes] = []
    mentions, sizes = array("I"), array("I")
    are_phrases, are_told = bytearray(), bytearray()
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
        telling = list(map(is_phrase, counts))
        told = [is_telling or _is_name(named[key]) for key, is_telling in zip(counts, telling, strict=True)]
        names.extend(compress(map(named.__getitem__, counts), told))
        are_phrases.extend(telling)
        are_told.extend(told)
        codes.extend(map(code_of, counts))
        mentions.extend(counts.values())
        sizes.append(len(counts))
    return Terms(b"".join(codes), mentions, bytes(are_phrases), bytes(are_told), SEPARATOR.join(names), sizes)


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
