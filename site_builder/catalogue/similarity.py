"""Papers with the most telling words in common: TF-IDF over title, abstract and tags, compared exactly.

Needs numpy, SciPy and sparse-dot-topn (the extra `similar`). All weights are whole numbers, so sums do not depend on
their order and every machine finds the same papers.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from site_builder.catalogue.model import Related, TermName
from site_builder.catalogue.phrases import phrases, word_key
from site_builder.papers.paper import Paper

IN_TITLE = 2  # mentions in the abstract that one in the title weighs
AS_TAG = 2  # and that a tag weighs
TERMS = 40  # terms kept of a paper, those of the greatest weight
RAREST = 2_000  # a term of fewer than one in so many papers weighs no more than one of exactly so many
SCALE = 10_000  # length of a paper's vector; the likeness of two equal papers is its square
FLOOR = 0.1  # likeness below which two papers are not called related
SPARE = 20  # further candidates, so that those of equal likeness are told apart by their order here
REASONS = 3

Numbers = npt.NDArray[np.integer[Any]]

_TAG = "#"  # begins the key of a tag


@dataclass(frozen=True, slots=True)
class _Vectors:
    """The weightiest terms of every paper: `terms[i]` holds those of paper i, term number → weight."""

    matrix: csr_matrix
    terms: list[dict[int, int]]
    keys: list[str]

    def shared(self, one: int, other: int) -> dict[str, int]:
        """Return the terms of both papers with what each adds to their likeness."""
        ours, theirs = self.terms[one], self.terms[other]
        return {self.keys[term]: ours[term] * theirs[term] for term in ours.keys() & theirs.keys()}

    def share_a_phrase(self, one: int, other: int) -> bool:
        """Tell whether two papers have a tag or a phrase in common; lone words alone are chance."""
        return any(_is_phrase(self.keys[term]) for term in self.terms[one].keys() & self.terms[other].keys())


def papers_by_words(
    papers: Sequence[Paper], tags_of: Mapping[str, tuple[TermName, ...]], most: int
) -> dict[str, tuple[Related, ...]]:
    """Return for each paper up to `most` papers like it, closest first; of equally close ones the earlier."""
    vectors = _vectors([_counts(paper, tags_of[paper.id]) for paper in papers])
    product = sp_matmul_topn(
        vectors.matrix,
        vectors.matrix.T.tocsr(),
        top_n=most + 1 + SPARE,
        threshold=round(FLOOR * SCALE * SCALE),
    )
    starts, columns, scores = product.indptr.tolist(), product.indices.tolist(), product.data.tolist()
    found = {}
    for number, paper in enumerate(papers):
        row = slice(starts[number], starts[number + 1])
        closest = sorted((-score, other) for other, score in zip(columns[row], scores[row], strict=True))
        others = [other for _, other in closest if other != number and vectors.share_a_phrase(number, other)][:most]
        names = _names(paper, tags_of[paper.id]) if others else {}
        found[paper.id] = tuple(
            Related(papers[other], "words", _reasons(vectors.shared(number, other), names)) for other in others
        )
    return found


def _counts(paper: Paper, tags: Iterable[TermName]) -> dict[str, int]:
    """Return how often a paper mentions each term."""
    counts = Counter(key for key, _ in phrases(paper.abstract))
    for key, _ in phrases(paper.title):
        counts[key] += IN_TITLE
    for tag in tags:
        counts[_TAG + tag.slug] = AS_TAG
    return counts


def _vectors(papers: Sequence[Mapping[str, int]]) -> _Vectors:
    """Weigh the terms of all papers and keep the weightiest of each; a term of one paper alone is left out."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    columns, mentions, starts = array("i"), array("i"), array("q", [0])
    for counts in papers:
        columns.extend([numbers[key] for key in counts])
        mentions.extend(counts.values())
        starts.append(len(columns))
    column, mention = np.asarray(columns), np.asarray(mentions)
    row = np.repeat(np.arange(len(papers)), np.diff(starts))
    weight = _rarity(column, len(papers), len(numbers))[column] * _emphasis(mention)
    kept = np.lexsort((column, -weight, row))
    kept = kept[weight[kept] > 0]
    row, column, weight = row[kept], column[kept], weight[kept]
    kept = np.arange(len(row)) - np.searchsorted(row, row) < TERMS
    row, column, weight = row[kept], column[kept], weight[kept]
    squares = np.zeros(len(papers), dtype=np.int64)
    np.add.at(squares, row, weight * weight)
    weight = np.rint(weight * SCALE / np.sqrt(squares[row])).astype(np.int32)
    matrix = csr_matrix((weight, (row, column)), shape=(len(papers), len(numbers)))
    terms: list[dict[int, int]] = [{} for _ in papers]
    for paper, term, value in zip(row.tolist(), column.tolist(), weight.tolist(), strict=True):
        terms[paper][term] = value
    return _Vectors(matrix, terms, list(numbers))


def _rarity(column: Numbers, papers: int, terms: int) -> Numbers:
    """Return the inverse document frequency of each term in thousandths; 0 for a term of one paper alone."""
    held = np.bincount(column, minlength=terms)
    told = [round(1000 * math.log((papers + 1) / max(n, papers / RAREST))) for n in range(2, papers + 1)]
    return np.take(np.array([0, 0, *told], dtype=np.int64), held)


def _emphasis(mention: Numbers) -> Numbers:
    """Return in hundredths what a number of mentions weighs: ten of them three times as much as one."""
    most = int(mention.max(initial=1))
    told = [round(100 * (1 + math.log(n))) for n in range(1, most + 1)]
    return np.take(np.array([0, *told], dtype=np.int64), mention)


def _reasons(weights: Mapping[str, int], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the tags, phrases and proper names that add most, no word twice."""
    chosen: list[str] = []
    told: set[str] = set()
    for key in sorted(weights, key=lambda key: (-weights[key], key)):
        words = {word_key(word) for word in key[1:].split("-")} if key.startswith(_TAG) else set(key.split())
        if (_is_phrase(key) or _is_name(names[key])) and told.isdisjoint(words):
            chosen.append(names[key])
            told |= words
    return tuple(chosen[:REASONS])


def _is_phrase(key: str) -> bool:
    return " " in key or key.startswith(_TAG)


def _is_name(word: str) -> bool:
    """Tell names and acronyms (GRPO, LoRA, o1) from words: they have a capital or a digit after the first letter."""
    return any(character.isupper() or character.isdigit() for character in word[1:])


def _names(paper: Paper, tags: Iterable[TermName]) -> dict[str, str]:
    """Return each term of a paper as readers know it: the tag's name, the phrase as written, best inside a sentence."""
    names: dict[str, str] = {}
    for key, spelling in (*phrases(paper.abstract), *phrases(paper.title)):
        if key not in names or (spelling[0].islower() and not names[key][0].islower()):
            names[key] = spelling
    return names | {_TAG + tag.slug: tag.name for tag in tags}
