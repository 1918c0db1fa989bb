"""Papers with the most telling words in common: TF-IDF over title, abstract and tags, compared exactly.

Needs numpy, SciPy and sparse-dot-topn (the extra `similar`). All weights are whole numbers, so sums do not depend on
their order and every machine finds the same papers. One more paper changes the weight of every term: from build to
build only the terms of papers are kept, and all that follows from them is made anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache as remembered
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from site_builder.cache import Cache, NoCache
from site_builder.catalogue.model import Related, TermName
from site_builder.catalogue.term_vectors import SCALE, Numbers, Vectors, weigh
from site_builder.catalogue.terms import SEPARATOR, terms_of_blocks, words_of
from site_builder.papers.paper import Paper

FLOOR = 0.1  # likeness below which two papers are not called related
SPARE = 20  # further candidates, so that those of equal likeness are told apart by their order here
REASONS = 3


def papers_by_words(
    papers: Sequence[Paper], tags_of: Mapping[str, tuple[TermName, ...]], most: int, cache: Cache | None = None
) -> dict[str, tuple[Related, ...]]:
    """Return for each paper up to `most` papers like it, closest first; of equally close ones the earlier.

    cache: knows the terms that an earlier build found in the same papers.
    """
    blocks = list(terms_of_blocks(papers, tags_of, cache or NoCache()))
    vectors = weigh([terms for _, terms in blocks])
    product = sp_matmul_topn(
        vectors.weights,
        vectors.weights.T.tocsr(),
        top_n=most + 1 + SPARE,
        threshold=round(FLOOR * SCALE * SCALE),
    )
    in_common = _InCommon(vectors)
    related: list[list[Related]] = [[] for _ in papers]
    row = name = 0
    for block, terms in blocks:
        names = terms.names.split(SEPARATOR)
        likest = _likest(product, row, row + len(block))
        for one, other, shared in in_common.closest(*likest, most, names, name):
            related[one].append(Related(papers[other], "words", shared))
        row, name = row + len(block), name + sum(terms.are_told)
    return {paper.id: tuple(found) for paper, found in zip(papers, related, strict=True)}


def _likest(product: csr_matrix, first: int, end: int) -> tuple[Numbers, Numbers]:
    """Return pairs of the papers from one to another with those that are like them, closest first."""
    starts = product.indptr[first : end + 1]
    one = np.repeat(np.arange(first, end), np.diff(starts))
    other, likeness = product.indices[starts[0] : starts[-1]], product.data[starts[0] : starts[-1]]
    order = np.lexsort((other, -likeness, one))
    one, other = one[order], other[order]
    return one[one != other], other[one != other]


class _InCommon:
    """Tells which terms two papers share."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._entries = self._codes(_rows(vectors.told), vectors.told.indices)
        self._words = remembered(words_of)

    def _codes(self, row: Numbers, column: Numbers) -> Numbers:
        return row * len(self._vectors.are_phrases) + column

    def closest(
        self, one: Numbers, other: Numbers, most: int, names: Sequence[str], first_name: int
    ) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield the first `most` pairs of each paper that share a tag or a phrase; lone words alone are chance.

        names: those of the first papers' terms, from a number on. With each pair come the names of the terms in common
        that add most to the likeness; of equal ones those that come first in the first paper.
        """
        vectors = self._vectors
        shared = vectors.told[one].multiply(vectors.told[other]).tocsr()
        phrases = np.bincount(_rows(shared)[vectors.are_phrases[shared.indices]], minlength=len(one))
        kept = np.flatnonzero(phrases)
        kept = kept[_rank(one[kept]) < most]
        one, other, shared = one[kept], other[kept], shared[kept]
        row = _rows(shared)
        name = vectors.names[np.searchsorted(self._entries, self._codes(one[row], shared.indices))]
        order = np.lexsort((name, -shared.data, row))
        named = list(map(names.__getitem__, (name[order] - first_name).tolist()))
        bounds = pairwise(shared.indptr.tolist())
        for first, second, (start, end) in zip(one.tolist(), other.tolist(), bounds, strict=True):
            yield first, second, self._reasons(named[start:end])

    def _reasons(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the first names, no word twice."""
        chosen = [names[0]]
        if len(names) > 1:
            told = self._words(names[0])
            for name in names[1:]:
                own = self._words(name)
                if told.isdisjoint(own):
                    chosen.append(name)
                    if len(chosen) == REASONS:
                        break
                    told |= own
        return tuple(chosen)


def _rows(matrix: csr_matrix) -> Numbers:
    """Return the row of each entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _rank(groups: Numbers) -> Numbers:
    """Return of each number, in ascending order, how many equal ones precede it."""
    return np.arange(len(groups)) - np.searchsorted(groups, groups)
