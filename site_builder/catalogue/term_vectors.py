"""What the terms of papers weigh: how rare a term is among all papers, and how often the paper mentions it."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from site_builder.catalogue.terms import SEPARATOR, Terms

KEPT = 40  # terms of a paper, those of the greatest weight
RAREST = 2_000  # a term of fewer than one in so many papers weighs no more than one of exactly so many
SCALE = 10_000  # length of a paper's vector; the likeness of two equal papers is its square

_HALF = 32  # bits of a code

Numbers = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The weightiest terms of every paper.

    weights: a row for each paper, a column for each key. keys: those of the columns, ascending. names: of each entry of
    the matrix, which of the names of all papers' terms it has; -1 where readers are not told the term.
    """

    weights: csr_matrix
    keys: Sequence[str]
    names: Numbers


def weigh(blocks: Sequence[Terms]) -> Vectors:
    """Weigh the terms of all papers and keep the weightiest of each; a term of one paper alone is left out."""
    column, codes, words = _numbered(blocks)
    sizes = np.concatenate([block.sizes for block in blocks])
    rarity = _rarity(column, len(sizes), len(codes))[column]
    kept = np.flatnonzero(rarity)
    row, column = np.repeat(np.arange(len(sizes)), sizes)[kept], column[kept]
    weight = rarity[kept] * _emphasis(np.concatenate([block.mentions for block in blocks])[kept])
    weightiest = _weightiest(row, column, weight)
    kept, row, column, weight = kept[weightiest], row[weightiest], column[weightiest], weight[weightiest]
    squares = np.zeros(len(sizes), dtype=np.int64)
    np.add.at(squares, row, weight * weight)
    weight = np.rint(weight * SCALE / np.sqrt(squares[row])).astype(np.int32)
    weight = np.maximum(weight, 1)  # SciPy leaves zeros out
    keys, column = _in_order(codes, words, column)
    order = np.argsort(row * len(keys) + column)
    starts = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=len(sizes)))))
    weights = csr_matrix((weight[order], column[order], starts), shape=(len(sizes), len(keys)))
    are_told = np.frombuffer(b"".join([block.are_told for block in blocks]), dtype=bool)
    name = np.where(are_told, np.cumsum(are_told) - 1, -1)
    return Vectors(weights, keys, name[kept[order]])


def _numbered(blocks: Sequence[Terms]) -> tuple[Numbers, Numbers, list[str]]:
    """Return of each term the number of its key, in the order in which keys are met; each key's code; and the words.

    A code holds the numbers of two words: those before the last one, taken for one word, and the last one.
    """
    words: defaultdict[str, int] = defaultdict(count().__next__)
    codes = []
    for block in blocks:
        numbers = np.array([words[word] for word in block.words.split(SEPARATOR)], dtype=np.int64)
        codes.append(numbers[block.heads] << _HALF | numbers[block.tails])
    code, number = np.unique(np.concatenate(codes), return_inverse=True)
    met = np.empty_like(code)
    met[number[::-1]] = np.arange(len(number))[::-1]  # of several the last one is kept: where the key is first met
    order = np.argsort(met)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    ends = np.cumsum([len(part) for part in codes])[:-1]
    terms = [rank[part][block.numbers] for part, block in zip(np.split(number, ends), blocks, strict=True)]
    return np.concatenate(terms), code[order], list(words)


def _weightiest(row: Numbers, column: Numbers, weight: Numbers) -> Numbers:
    """Return which of the terms, row by row, are those of the greatest weight; of equal ones the first met."""
    heaviest = np.argsort(column - (weight << 32))
    order = heaviest[np.argsort(row[heaviest] * len(row) + np.arange(len(row)))]
    held = np.bincount(row)
    rank = np.arange(len(row)) - np.repeat(np.cumsum(held) - held, held)
    return order[rank < KEPT]


def _in_order(codes: Numbers, words: Sequence[str], column: Numbers) -> tuple[list[str], Numbers]:
    """Return the keys that have a column, ascending, and the columns in this order."""
    used = np.flatnonzero(np.bincount(column, minlength=len(codes)))
    heads, tails = (codes[used] >> _HALF).tolist(), (codes[used] & (1 << _HALF) - 1).tolist()
    keys = [f"{words[head]} {words[tail]}".lstrip() for head, tail in zip(heads, tails, strict=True)]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    rank = np.empty(len(codes), dtype=np.int32)
    rank[used[order]] = np.arange(len(order))
    return [keys[number] for number in order], rank[column]


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
