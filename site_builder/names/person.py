"""Split a personal name into given names, particle, family name and suffix; names of groups stay whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from site_builder.lazy import lazy_pattern
from site_builder.names.words import (
    CAPITAL_PARTICLES,
    LONGEST_INITIALS,
    PARTICLES,
    SHORT_FAMILIES,
    SUFFIX,
    is_east_asian,
    is_family_first,
    is_group,
    is_initials,
    is_vietnamese,
)

# Given names that a reader of `Last, First` would take for a suffix; such names are never inverted.
_LIKE_SUFFIX = lazy_pattern(r"(?:jr|sr|i{2,3}|iv|ph\.?\s*d|m\.?\s*d)\.?", re.IGNORECASE)

_JOINTS = frozenset({"y", "e", "i"})  # between the two family names of one person


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name in parts; `family` holds the whole name of a group, and a single word."""

    family: str
    given: str = ""
    particle: str = ""  # van, de la: precedes the family name
    suffix: str = ""  # Jr., III
    is_group: bool = False

    def __str__(self) -> str:
        """Return the name in its usual order: `Jan van der Berg Jr.`, `山田太郎`."""
        parts = (self.given, self.particle, self.family, self.suffix)
        if self.given and is_east_asian(self.family) and is_east_asian(self.given):
            parts = (f"{self.family}{self.given}", self.suffix, "", "")
        return " ".join(filter(None, parts))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the fields only, as papers do."""
        return PersonName, (self.family, self.given, self.particle, self.suffix, self.is_group)

    @property
    def last(self) -> str:
        """Return the family name with its particle."""
        return f"{self.particle} {self.family}" if self.particle else self.family

    @property
    def stands_whole(self) -> bool:
        """Return whether the name is not split into parts: a group, or several words of unknown role."""
        return self.is_group or (not self.given and " " in self.family)

    @property
    def can_invert(self) -> bool:
        """Return whether `Last, First` is unambiguous; the `Md` of `Rahman, Md` would be read as a degree."""
        return bool(self.given) and _LIKE_SUFFIX.fullmatch(self.given) is None

    @property
    def last_first(self) -> str:
        """Return `van der Berg Jr., Ann`; a group's name ends with a comma, so reference managers keep it whole."""
        if self.stands_whole:
            return f"{self.family.replace(',', '')},"
        return f"{' '.join(filter(None, (self.last, self.suffix)))}, {self.given}" if self.can_invert else str(self)

    @property
    def first_last(self) -> str:
        """Return the name in its usual order, or `Last, First` if the family name is not just its last word."""
        name = str(self)
        is_at_end = not self.given or name.endswith(f" {self.family}")
        return name if is_at_end and not self.suffix and " " not in self.last else self.last_first


@lru_cache(maxsize=65_536)
def split_name(name: str) -> PersonName:
    """Split a name into parts: the family name is the last word, with the particles before it.

    In Chinese, Japanese and Korean, and before initials, the family name is the first word.
    """
    words = name.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""  # noqa: PLR2004 - first, last, Jr.
    if len(words) <= 1 or is_group(" ".join(words)):
        return PersonName(" ".join(name.split()), is_group=is_group(name))
    if is_east_asian(name):
        return PersonName(words[0], " ".join(words[1:]))
    is_longer = words[0].isalpha() and len(words[0]) > len(words[-1].strip("."))  # `LI Y`: the family name
    if is_initials(words[-1]) and (not is_initials(words[0]) or is_longer):
        return _split_family_first(words, suffix)
    if is_family_first(words):
        return PersonName(words[0], " ".join(words[1:]), suffix=suffix)
    return _split_given_first(words, suffix)


def _split_given_first(words: list[str], suffix: str) -> PersonName:
    """Split a name with given names first: `Juan de la Cruz`, `José Ortega y Gasset`."""
    particles = [word.lower() for word in words] if " ".join(words).isupper() else words  # `P. VAN DER BERG`
    start = len(words) - 1
    while start > 0 and particles[start - 1] in PARTICLES:
        start -= 1
    if start and particles[start] in _JOINTS:
        end = start - 1
        while end and particles[end - 1] in PARTICLES:  # `Juan de la Rosa y López`
            end -= 1
        given, particle, family = words[:end], words[end : start - 1], words[start - 1 :]
        return PersonName(" ".join(family), " ".join(given), " ".join(particle), suffix)
    if 1 < start < len(words) - 1 and words[start - 1].lower() in PARTICLES:  # `Aäron Van den Oord`
        start -= 1
    elif start == len(words) - 1 and not is_vietnamese(words):
        while start > 1 and words[start - 1] in CAPITAL_PARTICLES:
            start -= 1
        return PersonName(" ".join(words[start:]), " ".join(words[:start]), suffix=suffix)
    return PersonName(words[-1], " ".join(words[:start]), " ".join(words[start:-1]), suffix)


def _split_family_first(words: list[str], suffix: str) -> PersonName:
    """Split a name with initials last: `van der Berg J.`."""
    end = next((index for index in range(len(words), 0, -1) if not is_initials(words[index - 1])), 1)
    start = next((index for index, word in enumerate(words[: end - 1]) if word not in PARTICLES), end - 1)
    return PersonName(" ".join(words[start:end]), " ".join(words[end:]), " ".join(words[:start]), suffix)


def split_last_first(last: str, given: str, suffix: str = "") -> PersonName:
    """Split a name whose family name is known, including one of several words: `van der Berg, Jan`."""
    words = last.split()
    if len(words) > 1 and not suffix and SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    start = next((index for index, word in enumerate(words) if word not in PARTICLES), 0)
    givens = given.split()
    if len(givens) > 1 and not suffix and SUFFIX.fullmatch(givens[-1]):
        suffix = givens.pop()  # `Smith, John A Jr`
    first = next((index for index in range(len(givens), 0, -1) if givens[index - 1] not in PARTICLES), len(givens))
    particle = " ".join([*givens[first:], *words[:start]])  # `Beethoven, Ludwig van`
    return PersonName(" ".join(words[start:]), " ".join(givens[:first]), particle, suffix)


def name_in_capitals(name: str, *, may_be_short: bool = False) -> PersonName | None:
    """Split a name with only its family name in capitals, `DUPONT Jean` or `Maria GARCIA LOPEZ`; None for others.

    may_be_short: two or three capitals may be a family name, since the rest of the list is written that way.
    """
    words = name.split()
    capitals = [word.isupper() and sum(map(str.isalpha, word)) > 1 and "." not in word for word in words]
    first = capitals.index(True) if True in capitals else 0
    count = sum(capitals)
    is_one_run = all(capitals[first : first + count]) and 0 < count < len(words)
    is_at_end = first == len(words) - count and count > 1  # a single last word is the family name anyway
    if not is_one_run or not (first == 0 or is_at_end) or is_group(name):
        return None
    given = words[count:] if first == 0 else words[:first]
    is_short = len(words[0]) <= LONGEST_INITIALS and words[0] not in SHORT_FAMILIES and not may_be_short
    if first == 0 and count == 1 and is_short:
        return None  # `JA Smith`
    is_given = all(word[0].isupper() for word in given) and not all(map(is_initials, given))
    return PersonName(" ".join(words[first : first + count]), " ".join(given)) if is_given else None


def parts_of(name: str, known: Mapping[str, PersonName]) -> PersonName:
    """Return the parts of a name as the source states them, or as `split_name` finds them."""
    return known.get(name) or split_name(name)
