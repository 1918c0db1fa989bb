"""Find where the title ends and the abstract begins in a text that runs them together.

A log-linear model scores every word boundary among the first words. `tests/bench/fit_title_boundary.py` fits its
weights, which are shipped next to this module; using them takes only dictionary look-ups.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import orjson

from site_builder.papers.boundary_features import (
    LONGEST_TITLE,
    CutFeatures,
    Lexicon,
    Word,
    title_features,
    words_of,
)
from site_builder.papers.titles import letters_and_digits

DOUBTFUL = 4.6
"""Nats. In 5,610 held-out papers this flags 54 of the 59 wrong cuts and 340 of the 5,551 right ones."""

# How far below the best cut, in nats, the end of a title from another list may score and still be accepted.
# In 5,610 papers the true end scored at most 9 below; that of "Agent-as-a-Judge", which begins a longer title, 17.
_PLAUSIBLE = 12.0
_PLAUSIBLE_WHEN_SHORT = 4.0
_SHORT = 3  # words; many titles begin with a shorter title ("Attention")


@dataclass(frozen=True, slots=True)
class Boundary:
    """A text split into title and abstract.

    margin: how much likelier this cut is than all others together, in nats (a margin m means e^m times as likely);
    negative if a known title overruled the scorer, infinite if there is no other cut.
    second_title: the title according to the second-best cut, None if there is no other cut.
    """

    title: str
    abstract: str
    margin: float
    second_title: str | None
    settled_by: Literal["list", "scorer"]

    @property
    def is_doubtful(self) -> bool:
        """Return whether the scorer alone decided, and other cuts are too likely to be ignored."""
        return self.settled_by == "scorer" and self.margin < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model: the weight of each feature, in nats, and its lexicon."""

    weights: Mapping[str, float]
    lexicon: Lexicon


class KnownTitles:
    """Titles that are certain because other records of the build give them separately."""

    def __init__(self, titles: Iterable[str] = ()) -> None:
        self._keys = {key for key in map(letters_and_digits, titles) if key}
        self._longest = max(map(len, self._keys), default=0)

    def cuts(self, words: Sequence[Word]) -> list[int]:
        """Return the lengths, in words, of known titles that the words begin with; longest first."""
        found = []
        key = ""
        for count, word in enumerate(words, start=1):
            key += letters_and_digits(word.text)
            if len(key) > self._longest:
                break
            if key in self._keys:
                found.append(count)
        return found[::-1]


_NONE_KNOWN = KnownTitles()


def split_title(text: str, known_titles: KnownTitles = _NONE_KNOWN) -> Boundary:
    """Split `text` into title and abstract: at the end of a known title, else at the best-scoring cut.

    The abstract is empty if the text looks like a title alone.
    """
    words = words_of(text)
    if not words:
        return Boundary("", "", math.inf, None, "scorer")
    scores = dict(enumerate(cut_scores(shipped_model(), text, words), start=1))
    ranked = sorted(scores, key=lambda cut: (-scores[cut], cut))
    listed = next((cut for cut in known_titles.cuts(words) if _is_plausible(cut, scores, ranked[0])), None)
    cut = listed or ranked[0]
    second = next((other for other in ranked if other != cut), None)
    return Boundary(
        title=_title(words, cut),
        abstract=text[words[cut].start :].rstrip() if cut < len(words) else "",
        margin=log_odds(list(scores.values()), cut - 1),
        second_title=None if second is None else _title(words, second),
        settled_by="list" if listed else "scorer",
    )


def cut_scores(model: Model, text: str, words: Sequence[Word]) -> Iterator[float]:
    """Yield the score, in nats, of the cut after the first word, after the second, …"""
    features = CutFeatures(text, words, model.lexicon)
    title = 0.0
    for at in range(min(len(words), LONGEST_TITLE)):
        title += sum(model.weights.get(feature, 0.0) for feature in title_features(words, at))
        yield title + sum(model.weights.get(feature, 0.0) for feature in features.at(at + 1))


def log_odds(scores: Sequence[float], at: int) -> float:
    """Return how much likelier the cut at an index is than all others together, in nats; -inf if it has no score."""
    others = [score for index, score in enumerate(scores) if index != at]
    if not others:
        return math.inf
    if at >= len(scores):
        return -math.inf
    best = max(others)
    return scores[at] - best - math.log(sum(math.exp(score - best) for score in others))


def _is_plausible(cut: int, scores: Mapping[int, float], best: int) -> bool:
    """Return whether to accept a known title as the cut; one too long for the scorer is no coincidence."""
    allowed = _PLAUSIBLE_WHEN_SHORT if cut < _SHORT else _PLAUSIBLE
    return cut not in scores or scores[best] - scores[cut] <= allowed


def _title(words: Sequence[Word], cut: int) -> str:
    return " ".join(word.text for word in words[:cut])


@cache
def shipped_model() -> Model:
    """Load the fitted model once."""
    file = resources.files("site_builder.papers").joinpath("boundary_weights.json")
    loaded = orjson.loads(file.read_bytes())
    pairs = {word: frozenset(followers.split()) for word, followers in loaded["pairs"].items()}
    return Model(loaded["weights"], Lexicon(loaded["openers"], pairs))
