"""Conventions of a whole file that resolve its ambiguous name lists: name order, and the meaning of commas."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from itertools import islice

from site_builder.lazy import lazy_pattern
from site_builder.names.joined import Form, read_joined, without_markup
from site_builder.names.others import without_others
from site_builder.names.person import PersonName, name_in_capitals, split_name
from site_builder.names.words import (
    SHORT_FAMILIES,
    SUFFIX,
    begins_with_given_name,
    is_capitals,
    is_east_asian,
    is_group,
    is_initials,
)

_ENOUGH = 400  # lists of a file that are examined
_LONGEST = 2_000  # characters of a list that are examined
_SUFFIXES = ("Jr", "Sr", "2nd", "3rd", "4th")
_MOST_INITIALS = 6
_MOST_VOWELS = 1  # after the first letter of joined initials
_SURE = 1.0  # cost margin over the alternative reading
_WHOLE_NAME = r"[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)?(?: [^\W\d_]+(?:-[^\W\d_]+)?){1,3}"
_VOWEL = lazy_pattern("(?<=.)[AEIOU]")
_ONE_OR_TWO = lazy_pattern(rf"\s*({_WHOLE_NAME}), ({_WHOLE_NAME})\s*")


class Evidence:
    """The conventions of a file, computed when its first ambiguous list needs them.

    values: returns the `authors` field of each paper of the file.
    """

    def __init__(self, values: Callable[[], Iterable[object]] = tuple) -> None:
        self._values = values

    @cached_property
    def lean(self) -> float:
        """Return what commas mean in unambiguous lists: -1 (`Ada Lovelace, Alan Turing`) to 1 (`Lovelace, Ada`)."""
        inverted = plain = 0
        for text in self.texts:
            reading = read_joined(without_others(without_markup(text[:_LONGEST])).text)
            if reading.margin >= _SURE:
                inverted += reading.forms.count(Form.INVERTED)
                plain += reading.forms.count(Form.PLAIN)
        return (inverted - plain) / (inverted + plain) if inverted + plain else 0.0

    def is_settled(self, text: str) -> bool:
        """Return whether a text like `García Márquez, Gabriel José` needs no report.

        The file shows what its commas mean, or an earlier such text of the file is reported instead.
        """
        first = next((listed for listed in self.texts if may_be_one(listed)), text)
        return first != text or self.lean != 0 or self._has_names_alone

    @cached_property
    def _has_names_alone(self) -> bool:
        """Return whether a text of the file is a single name in the form `Ada Lovelace`."""
        return any(" " in text and not (is_group(text) or is_surname_first(text)) for text in self.texts)

    @cached_property
    def is_surname_first(self) -> bool:
        """Return whether names ending with initials are `Smith JA` here, not given names before a shortened family."""
        names = [name.strip() for text in self.texts for name in text[:_LONGEST].split(",")]
        return mostly_surname_first(names)

    @cached_property
    def is_in_capitals(self) -> bool:
        """Return whether family names are in capitals here, which tells a lone `LI Wei` from `NASA Ames`."""
        names = [name.strip() for text in self.texts for name in re.split("[,;]", text[:_LONGEST])]
        return len(names) > 1 and 2 * sum(map(bool, map(name_in_capitals, names))) > len(names)

    @cached_property
    def texts(self) -> list[str]:
        texts: list[str] = []
        for value in islice(self._values(), _ENOUGH):
            items = value if isinstance(value, list | tuple) else [value]
            texts += [item for item in items[:_ENOUGH] if isinstance(item, str)]
        return texts


def may_be_one(text: str) -> bool:
    """Return whether a text may equally be one person, family name first, or two: `García Márquez, Gabriel José`."""
    found = _ONE_OR_TWO.fullmatch(text)
    if not found or any(map(is_group, found.groups())) or any(map(is_east_asian, found.groups())):
        return False
    ends = {piece.rpartition(" ")[2].upper() for piece in found.groups()}
    return not begins_with_given_name(found[1]) and ends.isdisjoint(SHORT_FAMILIES)


def mostly_surname_first(names: Iterable[str]) -> bool:
    """Return whether more than half of the conclusive names are written as `Smith JA`."""
    whole = [name for name in names if " " in name and not is_group(" ".join(_without_suffix(name)[0]))]
    telling = [name for name in whole if not may_end_with_family(name)]
    return 2 * sum(map(is_surname_first, telling)) > len(telling)


def may_end_with_family(name: str) -> bool:
    """Return whether a short capitalised last word may be a family name: `Wei LIU`, `Jean DUC`."""
    given, _, last = name.rpartition(" ")
    return is_capitals(last) and (last in SHORT_FAMILIES or begins_with_given_name(given)) and not given.isupper()


def is_surname_first(name: str) -> bool:
    """Return whether a name may have initials after the family name: `Smith JA`, `van der Berg P.`, `LI Y`."""
    last = name[-1:]
    if not (last.isupper() or last == "." or name.endswith(_SUFFIXES)):
        return False
    parts, _ = _without_suffix(name)
    *words, initials = parts
    if not words or is_group(" ".join(parts)) or not (is_initials(initials) or is_capitals(initials)):
        return False
    while len(words) > 1 and is_initials(words[-1]) and not (words[-1].isalpha() and len(words[-1]) > 1):
        words.pop()  # `Smith J. A.`
    return not any(is_initials(word) and len(word.rstrip(".")) < max(2, len(initials)) for word in words)


def split_surname_first(name: str) -> PersonName | str:
    """Split `Smith JA` into its parts, adding full stops to the initials; return any other name unchanged."""
    words, suffix = _without_suffix(name)
    first = next((index for index in range(len(words), 1, -1) if len(words[index - 1]) > 1), 1)
    words[first:] = [f"{word}." for word in words[first:-1]] + words[-1:] if first < len(words) else []  # `Smith J A`
    if len(words) > 1 and words[-1].replace("-", "").isalpha() and words[-1].isupper():
        if len(words[-1]) > _MOST_INITIALS or len(_VOWEL.findall(words[-1])) > _MOST_VOWELS:
            return name  # `Jane MILLER`
        words[-1] = "-".join(" ".join(f"{letter}." for letter in part) for part in words[-1].split("-"))
    parts = split_name(" ".join(words))
    return replace(parts, suffix=suffix) if is_initials(parts.given) and is_initials(words[-1].split()[-1]) else name


def _without_suffix(name: str) -> tuple[list[str], str]:
    """Split a name into its words and its trailing suffix, or ""."""
    words = name.split()
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""  # noqa: PLR2004 - Smith, JA, Jr.
    return words, suffix
