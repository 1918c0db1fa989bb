"""Which tags a paper gets: those its lists name, then those its title and abstract speak of."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import ahocorasick  # the extension ships no types

from site_builder.fingerprint import fingerprint
from site_builder.query import Text, folded, spaced
from site_builder.sources.content.vocabulary import TermDefinition, by_name, tag_key
from site_builder.urls import term_slug

MAX_TAGS = 5
MAX_ACRONYM = 5  # letters and digits up to which a word with inner capitals is matched as written

# Measured by tests/bench/measure_tags.py; a mention in an abstract scores 1.
TITLE_SCORE = 5
MAX_MENTIONS = 5  # mentions in an abstract beyond these add nothing
FIRM_SCORE = 4  # from here on a tag stands next to others
FEW_TAGS = 2  # with so many special tags, general ones are left out
FIRM_SHARE = 0.3  # and with this share of the strongest tag's score; less is a passing mention


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern, as written or with a plural s: its tags, and its spelling where capitals matter."""

    number: int  # the same for both forms
    tags: tuple[int, ...]
    spelling: str | None


@dataclass(slots=True)
class _TagEvidence:
    """What speaks for one tag in one paper."""

    in_title: set[int] = field(default_factory=set)
    in_abstract: set[int] = field(default_factory=set)
    mentions: int = 0

    @property
    def score(self) -> int:
        """Weigh the title, further title phrases, mentions in the abstract, and how varied they are."""
        title = TITLE_SCORE + len(self.in_title) - 1 if self.in_title else 0
        return title + min(self.mentions, MAX_MENTIONS) + max(len(self.in_abstract) - 1, 0)


class Tagger:
    """Finds the tags of papers.

    vocabulary: the tags to look for. fingerprint: of them, equal for taggers that find the same.
    """

    def __init__(self, vocabulary: Sequence[TermDefinition]) -> None:
        self._vocabulary = tuple(vocabulary)
        self._slugs = {name: tag.slug for name, tag in by_name(self._vocabulary).items()}
        self._general = frozenset(number for number, tag in enumerate(self._vocabulary) if tag.is_general)
        self._conditions = [(number, each) for number, tag in enumerate(self._vocabulary) for each in tag.conditions]
        self._automaton = _automaton(self._vocabulary)
        self.fingerprint = fingerprint(repr(self._vocabulary))

    def tags_of(self, title: str, abstract: str, explicit: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the slugs of a paper's tags: explicit ones first, then the strongest found, up to five."""
        return self.joined(explicit, self.found_in(title, abstract))

    def found_in(self, title: str, abstract: str) -> tuple[str, ...]:
        """Return the slugs of the tags that a text speaks of, strongest first."""
        return tuple(self._vocabulary[tag].slug for tag in self._found(title, abstract))

    def joined(self, explicit: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
        """Return the slugs of explicit tags, and of as many found ones as there is room for."""
        if not explicit:
            return tuple(found[:MAX_TAGS])
        named = dict.fromkeys(self._slug_of(name) for name in explicit if name.strip())
        others = [slug for slug in found if slug not in named]
        return (*named, *others[: max(MAX_TAGS - len(named), 0)])

    def _slug_of(self, name: str) -> str:
        return self._slugs.get(tag_key(name)) or term_slug(name)

    def _found(self, title: str, abstract: str) -> list[int]:
        """Return the numbers of the tags a text speaks of, strongest first, then as in the vocabulary."""
        evidence: defaultdict[int, _TagEvidence] = defaultdict(_TagEvidence)
        for pattern in self._matches(title):
            for tag in pattern.tags:
                evidence[tag].in_title.add(pattern.number)
        for number, tag in self._fitting(title, abstract):
            evidence[tag].in_title.add(-1 - number)
        for pattern in self._matches(abstract):
            for tag in pattern.tags:
                evidence[tag].in_abstract.add(pattern.number)
                evidence[tag].mentions += 1
        scores = {tag: each.score for tag, each in evidence.items()}
        ranked = sorted(scores, key=lambda tag: (tag in self._general, -scores[tag], tag))
        best = max((scores[tag] for tag in ranked if tag not in self._general), default=0)
        firm = [tag for tag in ranked if scores[tag] >= max(FIRM_SCORE, FIRM_SHARE * best)]
        special = [tag for tag in firm if tag not in self._general]
        if len(special) >= FEW_TAGS:
            return special
        return firm or sorted(ranked, key=scores.__getitem__, reverse=True)[:1]

    def _fitting(self, title: str, abstract: str) -> Iterator[tuple[int, int]]:
        """Yield (number of a condition, tag) for each condition that a paper fits; it weighs as much as a title."""
        if not self._conditions:
            return
        text = Text.of(title, abstract)
        for number, (tag, condition) in enumerate(self._conditions):
            if all(map(text.holds, condition.every)) and not any(map(text.holds, condition.none)):
                yield number, tag

    def _matches(self, text: str) -> Iterator[_Pattern]:
        """Yield the patterns in a text, without those inside a longer one."""
        if not self._automaton:
            return
        words = spaced(text)
        spans: list[tuple[int, int, _Pattern]] = []
        for last, patterns in self._automaton.iter(folded(words)):
            for pattern, length in patterns:
                start = last - length + 1
                if pattern.spelling is None or words[start : last + 1] == pattern.spelling:
                    spans.append((start, last, pattern))
        spans.sort(key=lambda span: (span[0], -span[1]))
        longest = (-1, -1)
        for start, last, pattern in spans:
            if last > longest[1] or (start, last) == longest:
                longest = (start, last)
                yield pattern


def _automaton(vocabulary: Sequence[TermDefinition]) -> ahocorasick.Automaton:
    """Build the automaton of all patterns, singular and plural; its keys are whole words between spaces."""
    tags: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
    for number, tag in enumerate(vocabulary):
        for pattern in dict.fromkeys(spaced(pattern) for pattern in tag.patterns):
            tags[folded(pattern), pattern if _is_acronym(pattern.strip()) else None].append(number)
    keys: defaultdict[str, list[tuple[_Pattern, int]]] = defaultdict(list)
    for number, ((words, spelling), owners) in enumerate(tags.items()):
        for ending in (" ", "s "):
            key = words[:-1] + ending
            spelled = None if spelling is None else spelling[:-1] + ending
            keys[key].append((_Pattern(number, tuple(owners), spelled), len(key)))
    automaton = ahocorasick.Automaton()
    for key, patterns in keys.items():
        automaton.add_word(key, tuple(patterns))
    automaton.make_automaton()
    return automaton


def _is_acronym(pattern: str) -> bool:
    return len(pattern) <= MAX_ACRONYM and pattern.isalnum() and any(c.isupper() for c in pattern[1:])
