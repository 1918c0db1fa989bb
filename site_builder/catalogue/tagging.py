"""Tag papers: first the tags that lists name, then those found in title and abstract."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import ahocorasick  # the extension ships no types

from site_builder.fingerprint import fingerprint, fingerprint_of_all
from site_builder.model.paper import Paper
from site_builder.query import Text, folded, spaced
from site_builder.sources.content.vocabulary import TermDefinition, by_name, tag_key
from site_builder.urls import term_slug
from site_builder.volumes.cache import Cache

MAX_TAGS = 5
MAX_ACRONYM = 5  # longest pattern, in characters, that is matched case-sensitively if it has inner capitals

# Measured by tests/bench/measure_tags.py; a mention in an abstract scores 1.
TITLE_SCORE = 5
MAX_MENTIONS = 5  # mentions in an abstract beyond these add nothing
FIRM_SCORE = 4  # score from which on a tag is kept next to others
FEW_TAGS = 2  # with so many special tags, general ones are dropped
FIRM_SHARE = 0.3  # least share of the strongest tag's score; less is a passing mention


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One form of a pattern, as written or with a plural s: its tags, and its spelling if case matters."""

    number: int  # the same for both forms
    tags: tuple[int, ...]
    spelling: str | None


@dataclass(slots=True)
class _TagEvidence:
    """The evidence for one tag in one paper."""

    in_title: set[int] = field(default_factory=set)
    in_abstract: set[int] = field(default_factory=set)
    mentions: int = 0

    @property
    def score(self) -> int:
        """Score of the title, further title phrases, mentions in the abstract, and their variety."""
        title = TITLE_SCORE + len(self.in_title) - 1 if self.in_title else 0
        return title + min(self.mentions, MAX_MENTIONS) + max(len(self.in_abstract) - 1, 0)


class Tagger:
    """Finds the tags of papers.

    vocabulary: the tags to look for. fingerprint: of the vocabulary; taggers with equal ones find the same tags.
    """

    def __init__(self, vocabulary: Sequence[TermDefinition]) -> None:
        self._vocabulary = tuple(vocabulary)
        self._slugs = {name: tag.slug for name, tag in by_name(self._vocabulary).items()}
        self._general = frozenset(number for number, tag in enumerate(self._vocabulary) if tag.is_general)
        self._conditions = [(number, each) for number, tag in enumerate(self._vocabulary) for each in tag.conditions]
        self._automaton = _automaton(self._vocabulary)
        self.fingerprint = fingerprint(repr(self._vocabulary))

    def tags_of(self, title: str, abstract: str, explicit: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the slugs of a paper's tags: explicit ones first, then the strongest found, up to MAX_TAGS."""
        return self.joined(explicit, self.found_in(title, abstract))

    def found_in(self, title: str, abstract: str) -> tuple[str, ...]:
        """Return the slugs of the tags found in a text, strongest first."""
        return tuple(self._vocabulary[tag].slug for tag in self._found(title, abstract))

    def joined(self, explicit: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
        """Return the slugs of all explicit tags, followed by as many found ones as fit into MAX_TAGS."""
        if not explicit:
            return tuple(found[:MAX_TAGS])
        named = dict.fromkeys(self._slug_of(name) for name in explicit if name.strip())
        others = [slug for slug in found if slug not in named]
        return (*named, *others[: max(MAX_TAGS - len(named), 0)])

    def _slug_of(self, name: str) -> str:
        return self._slugs.get(tag_key(name)) or term_slug(name)

    def _found(self, title: str, abstract: str) -> list[int]:
        """Return the numbers of the tags found in a text, strongest first, then in the order of the vocabulary."""
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
        """Yield (number of the condition, tag) for each condition that a paper meets; one counts as a title phrase."""
        if not self._conditions:
            return
        text = Text.of(title, abstract)
        for number, (tag, condition) in enumerate(self._conditions):
            if all(map(text.holds, condition.every)) and not any(map(text.holds, condition.none)):
                yield number, tag

    def _matches(self, text: str) -> Iterator[_Pattern]:
        """Yield the patterns found in a text, without those inside a longer match."""
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


def found_tags(papers: Iterable[Paper], tagger: Tagger, cache: Cache) -> dict[str, tuple[str, ...]]:
    """Return paper id → slugs of the tags found in title and abstract, strongest first."""
    lists: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        lists[paper.places[0].path].append(paper)
    found: dict[str, tuple[str, ...]] = {}
    for of_list in lists.values():
        of_list.sort(key=lambda paper: (paper.places[0].line, paper.id))
        found.update(zip((paper.id for paper in of_list), found_in_list(of_list, tagger, cache), strict=True))
    return found


def found_in_list(papers: Sequence[Paper], tagger: Tagger, cache: Cache) -> Sequence[tuple[str, ...]]:
    """Return the found tags of papers first carried by one list, in the order of `papers`."""
    digest = fingerprint_of_all(paper.text_key() for paper in papers)

    def find() -> list[tuple[str, ...]]:
        return [tagger.found_in(paper.title, paper.abstract) for paper in papers]

    return cache.recall(("tags", tagger.fingerprint, digest), find) or ()


def _automaton(vocabulary: Sequence[TermDefinition]) -> ahocorasick.Automaton:
    """Build an automaton of all patterns, singular and plural; its keys are whole words between spaces."""
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
