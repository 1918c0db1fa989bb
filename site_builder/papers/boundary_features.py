"""Features of the title/abstract scorer for each possible cut of a run-together text.

A feature is a string `name:value`, under which its weight is looked up; a feature unknown to the fit weighs 0.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from site_builder.lazy import lazy_pattern

LONGEST_TITLE = 30  # words; the longest of 11,610 real titles has 26
LOOKAHEAD = 12  # words of the abstract that features consider

_WORD = lazy_pattern(r"\S+")
_DIGITS = lazy_pattern(r"\d+")
_MINOR = frozenset(
    "a an the of for to in on with and or by from via at as is are be its our it this that these those we i they "
    "their into under over using through towards toward between against without within beyond per vs but nor not "
    "while when where which although though if than".split()
)
_VERBS = frozenset(
    "is are was were has have had can could may might must will would should do does did been be remain remains "
    "become becomes present presents propose proposes introduce introduces show shows study studies investigate "
    "explore explores describe describes aim aims play plays require requires offer offers enable enables "
    "provide provides rely relies suffer suffers often typically we".split()
)
_AROUND = "()[]{}\"'`“”‘’.,:;?!*…"
_CLOSING = ".,:;?!)"
_STOPS = ".?!"
_ENDING = lazy_pattern(r"(?:ing|ed|er|e)?s?$")
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 7  # letters; words before the bracket
_SHORTEST_INFLECTED = 5  # letters; shorter words keep their ending
_MINOR_SHAPES = "mM-"


class Word(NamedTuple):
    """A word of the text: its span, its plain form, its shape (one letter) and its closing punctuation."""

    text: str
    start: int
    end: int
    plain: str
    shape: str
    close: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Statistics of single words and word pairs, from the fit.

    openers: word with its closing punctuation → two digits from 0 (never) to 4 (mostly): how often it opens a sentence,
    among its capitalised uses and among all its uses in abstracts.
    pairs: word → the words that often follow it inside a title or a sentence.
    """

    openers: Mapping[str, str]
    pairs: Mapping[str, frozenset[str]]


def words_of(text: str, limit: int = LONGEST_TITLE + LOOKAHEAD) -> list[Word]:
    """Return the first `limit` words of the text."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        if len(words) == limit:
            break
        word = match.group()
        bare = word.strip(_AROUND)
        close = word[-1] if word[-1] in _CLOSING else ""
        words.append(Word(word, match.start(), match.end(), _plain(word) or word, _shape(word, bare), close))
    return words


def ends_sentence(word: Word) -> bool:
    """Return whether the word ends with a full stop, question mark or exclamation mark."""
    return bool(word.close) and word.close in _STOPS


def _plain(word: str) -> str:
    """Return the word in lower case, without surrounding punctuation, each number replaced by 0."""
    return _DIGITS.sub("0", word.strip(_AROUND).lower())


def _shape(word: str, bare: str) -> str:
    """Classify a word: m/M function word, l lower case, C capitalised, A acronym, 9 number, ( bracket, - symbols."""
    lower = bare.lower()
    if word[0] == "(":
        return "("
    if not bare:
        return "-"
    if bare == lower:
        if bare[0].isdigit():
            return "9"
        return "m" if bare in _MINOR else "l"
    if sum(letter.isupper() for letter in bare.partition("-")[0]) > 1 or not bare[0].isupper():
        return "A"
    return "M" if lower in _MINOR else "C"


def title_features(words: Sequence[Word], at: int) -> Iterator[str]:
    """Yield the features of the word at an index as part of the title; they are the same for every later cut."""
    word = words[at]
    yield f"t:{word.plain}"
    if at:
        before = words[at - 1]
        yield f"tb:{before.plain} {word.plain}"
        yield f"ts:{before.shape}{before.close}{word.shape}"


class CutFeatures:
    """Computes the features of every possible cut of one text; cut `k` makes the first k words the title."""

    def __init__(self, text: str, words: Sequence[Word], lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._plain = [word.plain for word in words]
        self._stems = [_stem(bare) for bare in self._plain]
        self._shapes = "".join(word.shape for word in words)
        self._verbs = [at for at, bare in enumerate(self._plain) if bare in _VERBS]
        self._lower = [at for at, shape in enumerate(self._shapes) if shape == "l"]
        self._acronyms = dict(self._find_acronyms())
        self._pairs = Counter(pairwise(_stem(_plain(word) or word) for word in text.split()))

    def at(self, cut: int) -> Iterator[str]:
        """Yield the features of the cut after the first `cut` words."""
        yield from self._title(cut)
        if cut < len(self._words):
            yield from self._abstract(cut)
            yield from self._run(cut)
            yield from self._across(cut)
            yield from self._repeats(cut)
            yield from self._near_acronym(cut)

    def _title(self, cut: int) -> Iterator[str]:
        """Yield features of the title: length, last words, punctuation, open brackets, repeated words."""
        last = self._words[cut - 1]
        yield f"len:{cut}"
        yield from ["long"] * max(0, cut - 15)
        yield f"p1:{last.plain}{last.close}"
        yield f"p2:{' '.join(self._plain[max(0, cut - 2) : cut])}"
        yield f"pe:{_ending(last.plain)}"
        yield f"pc:{last.close}"
        inner = self._words[: cut - 1]
        yield f"stops:{sum(map(ends_sentence, inner))}{last.close}"
        colon = next((cut - 1 - at for at in range(cut - 2, -1, -1) if inner[at].close == ":"), 0)
        yield f"colon:{min(colon, 6)}"
        text = "".join(word.text for word in self._words[:cut])
        odd_quotes = text.count('"') % 2
        yield f"open:{text.count('(') - text.count(')')}{odd_quotes}"
        content = [stem for stem, shape in zip(self._stems[:cut], self._shapes, strict=False) if _counts(shape)]
        yield f"double:{min(len(content) - len(set(content)), 3)}"

    def _abstract(self, cut: int) -> Iterator[str]:
        """Yield features of the abstract: first words and shapes, and distance to the first verb."""
        first = self._words[cut]
        yield f"rest:{min(len(self._words) - cut, LOOKAHEAD)}"
        yield f"n1:{first.shape}{first.plain}{first.close}"
        yield f"ne:{first.shape}{_ending(first.plain)}"
        for size in (2, 3, 4):
            yield f"n{size}:{first.shape}{' '.join(self._plain[cut : cut + size])}"
        yield f"nz:{self._shapes[cut : cut + 5]}"
        for bare in self._plain[cut + 1 : cut + 9]:
            yield f"nb:{bare}"
        if first.shape in "CMA":
            yield from map("opener:{}{}".format, "cw", self._lexicon.openers.get(first.plain + first.close, "??"))
        verb = bisect_left(self._verbs, cut)
        yield f"verb:{min(self._verbs[verb] - cut, LOOKAHEAD) if verb < len(self._verbs) else LOOKAHEAD}"

    def _run(self, cut: int) -> Iterator[str]:
        """Yield how many words of the abstract precede the first lower-case one after its first word, and that word."""
        index = bisect_left(self._lower, cut + 1)
        if index < len(self._lower):
            end = self._lower[index]
            shape, bare, run = self._shapes[cut], self._plain[end], end - cut
            yield f"run:{min(run, 8)}{self._shapes[end - 1]}"
            yield f"rw:{shape}{min(run, 2)}{bare}"
            yield f"re:{shape}{min(run, 4)}{bare[-2:]}"

    def _across(self, cut: int) -> Iterator[str]:
        """Yield features of both sides of the cut: words, shapes, use of capitals in title and abstract."""
        last, first = self._words[cut - 1], self._words[cut]
        yield f"x:{last.plain}{last.close}|{first.plain}"
        if not last.close and first.plain in self._lexicon.pairs.get(last.plain, ()):
            yield "parted"
        yield f"xs:{self._shapes[max(0, cut - 2) : cut]}{last.close}|{self._shapes[cut : cut + 3]}"
        yield f"xp:{last.shape}{last.close}|{first.shape}{first.plain}"
        yield f"xn:{last.plain}{last.close}|{self._shapes[cut : cut + 2]}"
        title, ahead = self._shapes[1:cut], self._shapes[cut + 1 : cut + 7]
        lower, capitals = title.count("l"), title.count("C") + title.count("A")
        style = f"{min(lower, 3)}{'some' if lower and capitals else 'none' if lower else 'all'}"
        yield f"style:{style}|{self._shapes[cut : cut + 3]}"
        yield f"case:{style}|{ahead.count('l')}{ahead.count('C')}"

    def _repeats(self, cut: int) -> Iterator[str]:
        """Yield which first words of the abstract occur in the title, and whether the cut pair occurs elsewhere."""
        title, shapes = set(self._stems[:cut]), self._shapes[cut : cut + LOOKAHEAD]
        again = [stem in title and _counts(shape) for stem, shape in zip(self._stems[cut:], shapes, strict=False)]
        yield f"again:{shapes[0]}{''.join('y' if repeated else 'n' for repeated in again[:3])}"
        yield f"agains:{min(sum(again), 6)}"
        if self._pairs[self._stems[cut - 1], self._stems[cut]] > 1:
            yield "joined"
            yield f"joined:{self._shapes[cut - 1 : cut + 1]}"

    def _near_acronym(self, cut: int) -> Iterator[str]:
        """Yield whether a name with acronym, `Large Language Models (LLMs)`, starts at the cut or soon, or is cut."""
        if cut in self._acronyms:
            yield "acronym"
            yield f"acronym:{self._acronyms[cut] - cut}"
        if any(start < cut <= end for start, end in self._acronyms.items()):
            yield "acronym cut"
        for ahead in (1, 2, 3):
            if cut + ahead in self._acronyms:
                yield f"soon:{ahead}"
                yield f"soon:{ahead}{self._shapes[cut : cut + ahead]}"
                yield f"soon:{ahead}{_ending(self._plain[cut])}"
                yield f"soonp:{ahead}{self._shapes[cut - 1]}{_ending(self._plain[cut - 1])}"

    def _find_acronyms(self) -> Iterator[tuple[int, int]]:
        """Yield (start, index) of each bracketed acronym that the words from start spell."""
        for at, word in enumerate(self._words):
            letters = [letter for letter in word.text if letter.isupper()]
            if word.shape != "(" or len(letters) < _SHORTEST_ACRONYM:
                continue
            initials: list[str] = []
            start = at
            while start and at - start < _LONGEST_ACRONYM and len(initials) < len(letters):
                start -= 1
                initials = [part[0].upper() for part in self._plain[start].split("-") if part] + initials
            if initials[:1] == letters[:1] and len(initials) >= len(letters):
                yield start, at


def _counts(shape: str) -> bool:
    return shape not in _MINOR_SHAPES


def _ending(plain: str) -> str:
    return "0" if plain.endswith("0") else plain[-3:]


def _stem(plain: str) -> str:
    return _ENDING.sub("", plain) if len(plain) >= _SHORTEST_INFLECTED else plain
