"""Fit the weights of the title/abstract scorer and say how often it is right. A development tool.

Run `python tests/bench/fit_title_boundary.py` from the repository's root with the development dependencies; it reads
the sample data of the folder `shared` beside the repository and writes `site_builder/papers/boundary_weights.json`,
the same bytes each time. What it fits is a softmax over the possible cuts of each text, by maximum likelihood with
an L2 penalty.
"""

import gzip
import json
import os
import random
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order, so that a second run gives the same bytes

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from site_builder.papers.boundary import DOUBTFUL, Model, cut_scores, log_odds, shipped_model
from site_builder.papers.boundary_features import (
    LONGEST_TITLE,
    CutFeatures,
    Lexicon,
    Word,
    ends_sentence,
    title_features,
    words_of,
)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
WEIGHTS = ROOT / "site_builder" / "papers" / "boundary_weights.json"

HELD_OUT = 1_000  # training pairs that the first fit does not see
UNSEEN = 2_000  # papers that are in no training pair
PENALTY = 0.15
FEWEST_TEXTS = 5  # texts a feature must occur in
SMALLEST_WEIGHT = 0.1
FEWEST_PAIRS = 3  # texts a pair of words must occur in to be shipped
FEWEST_USES = 4  # uses of a word that must have been seen to class it as an opener
CAPITAL_SHARES = (0.02, 0.1, 0.3, 0.6)  # share of its capitals that open a sentence, by class
USE_SHARES = (0.01, 0.03, 0.1, 0.3)  # share of all its uses in abstracts
MADE_UP = 0.5  # weight of a text put together from two papers, against 1 for a real one
SHORTEST_REST = 12  # words a second sentence must have to stand for an abstract


class Pair(NamedTuple):
    title: str
    abstract: str
    weight: float = 1.0

    @property
    def text(self) -> str:
        return f"{self.title} {self.abstract}".strip()

    @property
    def cut(self) -> int:
        return len(self.title.split())


class Rows:
    """Feature texts of many rows, kept as numbers."""

    def __init__(self, numbers: dict[str, int]) -> None:
        self._numbers = numbers
        self._found = array("i")
        self._ends = array("q", [0])

    def add(self, features: Iterable[str]) -> set[int]:
        found = [self._numbers.setdefault(feature, len(self._numbers)) for feature in features]
        self._found.extend(found)
        self._ends.append(len(self._found))
        return set(found)

    def matrix(self, columns: np.ndarray, width: int) -> csr_matrix:
        """Return row × column counts; `columns` maps a feature's number to its column, or to -1."""
        found, ends = columns[np.array(self._found)], np.array(self._ends)
        kept = np.concatenate([[0], np.cumsum(found >= 0)])
        found = found[found >= 0]
        return csr_matrix((np.ones(len(found)), found, kept[ends]), shape=(len(ends) - 1, width))


def main() -> None:
    pairs = [Pair(row["title"], row["abstract_start"]) for row in read("title_boundary_train.jsonl.gz")]
    print(f"held out, {HELD_OUT} pairs: {report(fit(pairs[:-HELD_OUT]), pairs[-HELD_OUT:])}")
    write(fit(pairs))
    papers = unseen({pair.title for pair in pairs})
    print(f"unseen, {UNSEEN} papers: {report(shipped_model(), papers[:UNSEEN])}")
    print(f"unseen, {len(papers)} papers: {report(shipped_model(), papers)}")


def read(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def unseen(titles: set[str]) -> list[Pair]:
    papers = [Pair(row["title"], " ".join(row["abstract"].split())) for row in read("papers_hf.jsonl.gz")]
    papers = [paper for paper in papers if paper.title not in titles]
    random.Random(1).shuffle(papers)  # noqa: S311 - a sample, the same each time
    return papers


def report(model: Model, pairs: Sequence[Pair]) -> str:
    """Return accuracy, and how many wrong and right cuts the threshold of doubt flags."""
    right, wrong = [], []
    for pair in pairs:
        scores = list(cut_scores(model, pair.text, words_of(pair.text)))
        best = scores.index(max(scores))
        (right if best + 1 == pair.cut else wrong).append(log_odds(scores, best))
    flagged, needless = (sum(margin < DOUBTFUL for margin in margins) for margins in (wrong, right))
    return (
        f"{len(right) / len(pairs):.2%} exact; doubtful (below {DOUBTFUL} nats): "
        f"{flagged} of {len(wrong)} wrong cuts, {needless} of {len(right)} right ones"
    )


def fit(pairs: Sequence[Pair]) -> Model:
    lexicon = learn_lexicon(pairs)
    numbers: dict[str, int] = {}
    cuts, titles = Rows(numbers), Rows(numbers)
    texts: Counter[int] = Counter()
    rows = 0
    sizes, chosen, weights = [], [], []
    for pair in training_texts(pairs):
        words = words_of(pair.text)
        features = CutFeatures(pair.text, words, lexicon)
        size = min(len(words), LONGEST_TITLE)
        seen = set().union(*(cuts.add(features.at(cut)) for cut in range(1, size + 1)))
        texts.update(seen.union(*(titles.add(title_features(words, at)) for at in range(size))))
        chosen.append(rows + pair.cut - 1)
        rows += size
        sizes.append(size)
        weights.append(pair.weight)
    names = sorted(name for name, number in numbers.items() if texts[number] >= FEWEST_TEXTS)
    columns = np.full(len(numbers), -1)
    columns[[numbers[name] for name in names]] = np.arange(len(names))
    matrices = [rows.matrix(columns, len(names)) for rows in (cuts, titles)]
    fitted = maximise(*matrices, np.array(sizes), np.array(chosen), np.array(weights))
    kept = {name: round(float(w), 2) for name, w in zip(names, fitted, strict=True) if abs(w) >= SMALLEST_WEIGHT}
    return Model(kept, lexicon)


def training_texts(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the pairs, titles alone, and made-up texts: a title before another abstract or a second sentence."""
    far = len(pairs) // 2 + 1
    for at, pair in enumerate(pairs):
        yield pair
        yield Pair(pair.title, pairs[(at + far) % len(pairs)].abstract, MADE_UP)
        words = words_of(pair.abstract, limit=100)
        second = next((k for k in range(1, len(words)) if opens_sentence(*words[k - 1 : k + 1])), len(words))
        if len(words) - second > SHORTEST_REST:
            yield Pair(pair.title, pair.abstract[words[second].start :], MADE_UP)
        if at % 6 == 0:
            yield Pair(pair.title, "")


def opens_sentence(before: Word, word: Word) -> bool:
    return ends_sentence(before) and word.text[0].isupper()


def learn_lexicon(pairs: Sequence[Pair]) -> Lexicon:
    """Count how often a word opens sentences, and which words follow each other."""
    opening, capitals, uses = Counter[str](), Counter[str](), Counter[str]()
    joined: Counter[tuple[str, str]] = Counter()
    for text, is_title in ((text, text is pair.title) for pair in pairs for text in (pair.title, pair.abstract)):
        words = words_of(text, limit=100)
        for before, word in pairwise(words):
            form = word.plain + word.close
            capitals[form] += word.shape in "CMA"
            uses[form] += not is_title
            opening[form] += opens_sentence(before, word)
        joined.update({(a.plain, b.plain) for a, b in pairwise(words) if are_joined(a, b)})
    followers = defaultdict(set)
    for (first, second), count in joined.items():
        if count >= FEWEST_PAIRS:
            followers[first].add(second)
    openers = {
        form: share_class(opening[form], capitals[form], CAPITAL_SHARES)
        + share_class(opening[form], uses[form], USE_SHARES)
        for form in sorted(capitals | uses)
        if capitals[form] >= FEWEST_USES
    }
    return Lexicon(openers, {word: frozenset(found) for word, found in followers.items()})


def share_class(part: int, whole: int, bounds: Sequence[float]) -> str:
    return str(sum((part + 0.1) / (whole + 1) >= bound for bound in bounds)) if whole >= FEWEST_USES else "?"


def are_joined(first: Word, second: Word) -> bool:
    return not first.close and first.shape not in "mM-" and second.shape not in "mM-"


def maximise(
    cuts: csr_matrix, titles: csr_matrix, sizes: np.ndarray, chosen: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    """Return the weights of greatest penalised likelihood.

    cuts: a row for each cut; titles: a row for each word, which counts in every later cut of its text; sizes: number of
    cuts of each text; chosen: row of its true cut; weights: how much each text counts.
    """
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    text = np.repeat(np.arange(len(sizes)), sizes)
    cuts_turned, titles_turned = cuts.T.tocsr(), titles.T.tocsr()

    def running(values: np.ndarray) -> np.ndarray:
        total = np.cumsum(values)
        return total - (total - values)[starts][text]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = cuts @ w + running(titles @ w)
        scores -= np.maximum.reduceat(scores, starts)[text]
        likely = np.exp(scores)
        sums = np.add.reduceat(likely, starts)
        likelihood = (weights * (scores[chosen] - np.log(sums))).sum()
        error = likely / sums[text]
        error[chosen] -= 1
        error *= weights[text]
        later = np.add.reduceat(error, starts)[text] - running(error) + error
        return PENALTY / 2 * w @ w - likelihood, cuts_turned @ error + titles_turned @ later + PENALTY * w

    return minimize(loss, np.zeros(cuts.shape[1]), jac=True, method="L-BFGS-B", options={"ftol": 1e-6}).x


def write(model: Model) -> None:
    pairs = {word: " ".join(sorted(found)) for word, found in model.lexicon.pairs.items()}
    data = {"openers": model.lexicon.openers, "pairs": pairs, "weights": model.weights}
    text = json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":"), sort_keys=True)
    WEIGHTS.write_text(text + "\n", encoding="utf-8")
    print(f"{len(model.weights)} weights, {WEIGHTS.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
