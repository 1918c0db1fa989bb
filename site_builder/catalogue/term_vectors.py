"""What the terms of papers weigh: how rare a term is among all papers, and how often the paper mentions it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from site_builder.catalogue.terms import CODE_BYTES, Terms

KEPT = 40  # terms of a paper, those of the greatest weight
RAREST = 2_000  # a term of fewer than one in so many papers weighs no more than one of exactly so many
SCALE = 10_000  # length of a paper's vector; the likeness of two equal papers is its square

_HALF = 32  # bits

Numbers = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The weightiest terms of every paper.

    weights: a row for each paper, a column for each term. told: the same without those that readers are not told.
    names: of each entry of `told`, which of the names of all papers' terms it has. are_phrases: of each column, whether
    the term is a tag or a phrase.
    """

    weights: csr_matrix
    told: csr_matrix
    names: Numbers
    are_phrases: Flags


def weigh(blocks: Sequence[Terms]) -> Vectors:
    """Weigh the terms of all papers and keep the weightiest of each; a term of one paper alone is left out."""
    codes = np.frombuffer(b"".join([block.codes for block in blocks]), dtype=f"<u{CODE_BYTES}")
    _, column, held = np.unique(codes, return_inverse=True, return_counts=True)
    sizes = np.concatenate([block.sizes for block in blocks])
    rarity = _rarity(held, len(sizes))[column]
    kept = np.flatnonzero(rarity)
    row = np.repeat(np.arange(len(sizes)), sizes)[kept]
    weight = rarity[kept] * _emphasis(np.concatenate([block.mentions for block in blocks])[kept])
    weightiest = _weightiest(row, column[kept], weight)
    row, weight, kept = row[weightiest], weight[weightiest], kept[weightiest]
    column = column[kept]
    squares = np.zeros(len(sizes), dtype=np.int64)
    np.add.at(squares, row, weight * weight)
    weight = np.rint(weight * SCALE / np.sqrt(squares[row])).astype(np.int32)
    weight = np.maximum(weight, 1)  # SciPy leaves zeros out
    are_phrases = np.zeros(len(held), dtype=bool)
    are_phrases[column] = _flags([block.are_phrases for block in blocks])[kept]
    are_told = _flags([block.are_told for block in blocks])
    names = np.cumsum(are_told) - 1
    told = are_told[kept]
    shape = len(sizes), len(held)
    return Vectors(
        _matrix(row, column, weight, shape),
        _matrix(row[told], column[told], weight[told], shape),
        names[kept[told]],
        are_phrases,
    )


def _flags(parts: Sequence[bytes]) -> Flags:
    return np.frombuffer(b"".join(parts), dtype=bool)


def _matrix(row: Numbers, column: Numbers, weight: Numbers, shape: tuple[int, int]) -> csr_matrix:
    """Return the matrix of these entries, which are in the order of their rows and, in a row, of their columns."""
    starts = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=shape[0]))))
    return csr_matrix((weight, column.astype(np.int32), starts.astype(np.int32)), shape=shape)


def _weightiest(row: Numbers, column: Numbers, weight: Numbers) -> Numbers:
    """Return which of the terms are the weightiest of a row, ascending by row and column; of equal ones the first."""
    heaviest = np.argsort(column - (weight << _HALF))
    order = heaviest[np.argsort(row[heaviest] * len(row) + np.arange(len(row)))]
    held = np.bincount(row)
    rank = np.arange(len(row)) - np.repeat(np.cumsum(held) - held, held)
    kept = order[rank < KEPT]
    return kept[np.argsort(row[kept] * (column.max(initial=0) + 1) + column[kept])]


def _rarity(held: Numbers, papers: int) -> Numbers:
    """Return the inverse document frequency in thousandths of terms that so many papers have; 0 for one paper alone."""
    most = int(held.max(initial=1))
    told = [round(1000 * math.log((papers + 1) / max(n, papers / RAREST))) for n in range(2, most + 1)]
    return np.take(np.array([0, 0, *told], dtype=np.int64), held)


def _emphasis(mention: Numbers) -> Numbers:
    """Return in hundredths what a number of mentions weighs: ten of them three times as much as one."""
    most = int(mention.max(initial=1))
    told = [round(100 * (1 + math.log(n))) for n in range(1, most + 1)]
    return np.take(np.array([0, *told], dtype=np.int64), mention)
