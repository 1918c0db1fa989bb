"""Find related papers by the words they share: the cosine of their term vectors, compared exactly for all pairs.

Needs numpy, SciPy and sparse-dot-topn (the extra `similar`). All weights are integers, so sums do not depend on their
order and every machine finds the same papers. What two papers have in common depends on these two alone.
"""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import cache as remembered
from itertools import chain, groupby, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from site_builder.catalogue.order import volume_starts
from site_builder.catalogue.term_vectors import CODE_BYTES, SCALE, SEPARATOR, Vectors, blocks_of, words_of
from site_builder.fingerprint import fingerprint_of_all
from site_builder.model.catalogue import Related, TermName
from site_builder.model.paper import Paper
from site_builder.papers.published_ids import first_month
from site_builder.volumes.cache import Cache, NoCache

FLOOR = 0.06  # similarity below which papers are not called related
CANDIDATES = 30  # per paper in the first pass; where they do not determine the closest, all papers are compared
REASONS = 3

_LEAST = round(FLOOR * SCALE * SCALE)

Numbers = npt.NDArray[np.integer[Any]]
Found = list[list[tuple[str, tuple[str, ...]]]]  # for each paper, the ids of related papers and the shared terms


def papers_by_words(
    papers: Sequence[Paper], tags_of: Mapping[str, tuple[TermName, ...]], most: int, cache: Cache | None = None
) -> dict[str, tuple[Related, ...]]:
    """Return up to `most` related papers for each paper, closest first; of equally close ones the earlier in `papers`.

    papers: in descending order of first listing; each is compared with those of its own volume and of earlier ones.
    cache: results for the same volume and those before it, and vectors of the same papers, from earlier builds.
    """
    cache = cache or NoCache()
    volumes = [list(blocks_of(list(volume), tags_of)) for _, volume in groupby(papers, key=first_month)]
    for block in chain.from_iterable(volumes):
        block.keep(cache)
    starts = volume_starts(papers)
    matrix = remembered(
        lambda: _SimilarityMatrix([[block.vectors(cache) for block in volume] for volume in volumes], starts, most)
    )
    by_id = {paper.id: paper for paper in papers}
    related: dict[str, tuple[Related, ...]] = {}
    before, end = "", len(papers)
    for number, volume in reversed(list(enumerate(volumes))):  # oldest first: later volumes do not change the result
        before = fingerprint_of_all([before, *(block.fingerprint for block in volume)])
        start = end - sum(len(block.papers) for block in volume)

        def find(number: int = number) -> Found:
            return [[(papers[other].id, shared) for other, shared in found] for found in matrix().related(number)]

        found = cache.recall(("related", most, before), find) or find()
        for paper, pairs in zip(papers[start:end], found, strict=True):
            related[paper.id] = tuple(Related(by_id[other], "words", shared) for other, shared in pairs)
        end = start
    return related


class _SimilarityMatrix:
    """Term weights of all papers: a row for each paper, a column for each term that several papers have."""

    def __init__(self, volumes: Sequence[Sequence[Vectors]], starts: Sequence[int], most: int) -> None:
        """starts: for each paper the index of the first paper that it is compared with."""
        self._most = most
        self._starts = starts
        self._volumes = volumes
        blocks = list(chain.from_iterable(volumes))
        codes = np.frombuffer(b"".join([block.codes for block in blocks]), dtype=f"<u{CODE_BYTES}")
        _, column, papers = np.unique(codes, return_inverse=True, return_counts=True)
        sizes = np.concatenate([block.sizes for block in blocks])
        row = np.repeat(np.arange(len(sizes)), sizes)
        weight = np.concatenate([block.weights for block in blocks]).astype(np.int32)
        is_shown = _flags([block.are_shown for block in blocks])
        self._are_phrases = np.zeros(len(papers), dtype=bool)
        self._are_phrases[column] = _flags([block.are_phrases for block in blocks])
        several = np.flatnonzero(papers[column] > 1)
        several = several[np.argsort(self._number(row[several], column[several]))]
        shown = several[is_shown[several]]
        shape = len(sizes), len(papers)
        self._weights = _matrix(row[several], column[several], weight[several], shape)
        self._columns = self._weights.T.tocsr()
        self._shown = _matrix(row[shown], column[shown], weight[shown], shape)
        self._entries = self._number(row[shown], column[shown])
        self._names = (np.cumsum(is_shown) - 1)[shown]
        self._words = remembered(words_of)

    def related(self, volume: int) -> Iterator[list[tuple[int, tuple[str, ...]]]]:
        """Yield for each paper of a volume its closest papers, each with the names of shared terms."""
        before = list(chain.from_iterable(self._volumes[:volume]))
        row = start = sum(len(block.sizes) for block in before)
        name = sum(sum(block.are_shown) for block in before)
        likeness = self._likeness_of(start)
        for block in self._volumes[volume]:
            end = row + len(block.sizes)
            one, other = self._closest(likeness, start, row, end)
            found: list[list[tuple[int, tuple[str, ...]]]] = [[] for _ in block.sizes]
            for first, second, shared in self._reasons(one, other, block.names.split(SEPARATOR), name):
                found[first - row].append((second, shared))
            yield from found
            row, name = end, name + sum(block.are_shown)

    def _likeness_of(self, start: int) -> csr_matrix:
        """Return the similarity of a volume's papers to their best candidates of the same and earlier volumes."""
        end = bisect(self._starts, start)
        columns = self._weights[start:].T.tocsr()
        found = sp_matmul_topn(self._weights[start:end], columns, top_n=CANDIDATES, threshold=_LEAST)
        return csr_matrix((found.data, found.indices + start, found.indptr), shape=(end - start, len(self._starts)))

    def _closest(self, likeness_of: csr_matrix, start: int, first: int, end: int) -> tuple[Numbers, Numbers]:
        """Return pairs (paper, related paper) as two arrays for the papers `first` to `end`, closest first.

        likeness_of: similarities of the papers of the volume, which begins at `start`.
        """
        starts = likeness_of.indptr[first - start : end - start + 1]
        found = slice(starts[0], starts[-1])
        one = np.repeat(np.arange(first, end), np.diff(starts))
        other, likeness = likeness_of.indices[found], likeness_of.data[found]
        order = np.lexsort((other, -likeness, one))
        one, other, likeness = one[order], other[order], likeness[order]
        kept = self._most_related(one, other)
        unsettled = self._unsettled(one, likeness, kept)
        kept = kept[~np.isin(one[kept], unsettled)]
        pairs = [(one[kept], other[kept]), *map(self._closest_of_all, unsettled)]
        one, other = (np.concatenate(numbers) for numbers in zip(*pairs, strict=True))
        return one, other

    def _reasons(
        self, one: Numbers, other: Numbers, names: Sequence[str], first_name: int
    ) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield each pair with the names of the shared terms that add most to the similarity.

        Equal ones come in the order of the first paper's terms. names: shown terms of the first papers; `first_name` is
        the index of the first of these names among all.
        """
        shared = self._shared(one, other)
        row = _rows(shared)
        entries = self._number(one[row], shared.indices)
        name = self._names[np.searchsorted(self._entries, entries)]
        order = np.lexsort((name, -shared.data, row))
        named = list(map(names.__getitem__, (name[order] - first_name).tolist()))
        bounds = pairwise(shared.indptr.tolist())
        for first, second, (start, end) in zip(one.tolist(), other.tolist(), bounds, strict=True):
            yield first, second, self._chosen(named[start:end])

    def _number(self, row: Numbers, column: Numbers) -> Numbers:
        return row * len(self._are_phrases) + column

    def _shared(self, one: Numbers, other: Numbers) -> csr_matrix:
        """Return for each pair what each shown term adds to the similarity."""
        return self._shown[one].multiply(self._shown[other]).tocsr()

    def _most_related(self, one: Numbers, other: Numbers) -> Numbers:
        """Return the indexes of the first `most` pairs of each paper, counting only pairs that share a tag or a phrase.

        A shared single word is chance.
        """
        others = np.flatnonzero(one != other)
        shared = self._shared(one[others], other[others])
        phrases = np.bincount(_rows(shared)[self._are_phrases[shared.indices]], minlength=len(others))
        kept = others[np.flatnonzero(phrases)]
        return kept[_rank(one[kept]) < self._most]

    def _unsettled(self, one: Numbers, likeness: Numbers, kept: Numbers) -> Numbers:
        """Return the papers whose closest ones may include a paper outside the candidates."""
        papers, starts, counts = np.unique(one, return_index=True, return_counts=True)
        furthest = np.full(len(self._weights.indptr), SCALE * SCALE)
        furthest[papers] = likeness[starts + counts - 1]
        is_last = _rank(one[kept]) == self._most - 1
        settled = one[kept][is_last & (likeness[kept] > furthest[one[kept]])]
        return np.setdiff1d(papers[counts == CANDIDATES], settled)

    def _closest_of_all(self, paper: int) -> tuple[Numbers, Numbers]:
        """Return pairs of one paper with its closest papers, compared with all papers."""
        product = self._weights[[paper]] @ self._columns
        is_like = (product.data > _LEAST) & (product.indices >= self._starts[paper])
        others, likeness = product.indices[is_like], product.data[is_like]
        others = others[np.lexsort((others, -likeness))]
        size = CANDIDATES
        while True:
            one = np.full(len(others[:size]), paper)
            kept = self._most_related(one, others[:size])
            if len(kept) == self._most or size >= len(others):
                return one[kept], others[kept]
            size *= 2

    def _chosen(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return up to REASONS names from the front, without repeating a word."""
        chosen = [names[0]]
        if len(names) > 1:
            used = self._words(names[0])
            for name in names[1:]:
                own = self._words(name)
                if used.isdisjoint(own):
                    chosen.append(name)
                    if len(chosen) == REASONS:
                        break
                    used |= own
        return tuple(chosen)


def _flags(parts: Sequence[bytes]) -> npt.NDArray[np.bool_]:
    return np.frombuffer(b"".join(parts), dtype=bool)


def _matrix(row: Numbers, column: Numbers, weight: Numbers, shape: tuple[int, int]) -> csr_matrix:
    """Build a matrix from entries sorted by row, then by column."""
    starts = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=shape[0]))))
    return csr_matrix((weight, column.astype(np.int32), starts.astype(np.int32)), shape=shape)


def _rows(matrix: csr_matrix) -> Numbers:
    """Return the row of each stored entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _rank(groups: Numbers) -> Numbers:
    """Return for each number of an ascending array how many equal ones precede it."""
    return np.arange(len(groups)) - np.searchsorted(groups, groups)
