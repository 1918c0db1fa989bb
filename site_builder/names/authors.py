"""Read the `authors` field of a record, in any form, into ordered names, their known parts and the omitted authors."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from site_builder.lazy import lazy_pattern
from site_builder.names.evidence import (
    Evidence,
    is_surname_first,
    may_be_one,
    may_end_with_family,
    mostly_surname_first,
    split_surname_first,
)
from site_builder.names.identity import dump_ids, ids_of, wrong_orcid
from site_builder.names.joined import (
    AND_OR_WITHIN,
    Written,
    are_two_east_asian,
    groups_in_brackets,
    has_numbers,
    read_joined,
    with_ands,
    with_groups_apart,
    with_last_and,
    without_behalf,
    without_brackets,
    without_marked_families,
    without_marks,
    without_markup,
    without_number,
    without_raised,
)
from site_builder.names.line import without_group_affiliations
from site_builder.names.mappings import name_of_mapping, people_in
from site_builder.names.others import Cut, without_others, without_others_within
from site_builder.names.person import PersonName, name_in_capitals, split_last_first, split_name
from site_builder.names.several import names_several
from site_builder.names.words import (
    CAPITAL_PARTICLES,
    COMPANY,
    DEGREE,
    INSTITUTION,
    LITERAL,
    are_given_names,
    begins_as_organisation,
    is_appended,
    is_east_asian,
    is_joined_organisation,
)
from site_builder.problems import shortened

# Two to four capitalised words: a name that needs no further processing.
_PLAIN = lazy_pattern(
    r"(?!(?:Dr|Prof|Professor|Mr|Mrs|Ms) )"
    r"[^\W\d_a-z](?:[^\W\d_]+|\.)(?:[ -][^\W\d_a-zéийтκ和与與及](?:[^\W\d_]*|\.)){0,3}"
    r" [^\W\d_a-z][^\W\d_]*[^\W\d_A-Z等¹²³⁰-⁹ᵃ-ᵉ]"
)
_NAME_ALONE = lazy_pattern(r"[A-Z][^\s,;]*(?: [^\W\d_a-z][^\s,;]*){1,3}")
_BETWEEN = lazy_pattern(r",[ ](?:and |& )?| and | & ")
_BETWEEN_SIGNS = lazy_pattern(r"[,;]")
_HOMONYM = lazy_pattern(r" \d{4}$")  # DBLP's `Wei Wang 0001`
_HOMONYM_IN_TEXT = lazy_pattern(r" 0\d{3}$")  # stricter, where a year may follow a name
_SIGNS = lazy_pattern(r"[,;；、，|•\n]| [/·‧∙] | (?:and|und|et|&) |[^\W\d_] ?& ?")
_AND = lazy_pattern(r"[;；、，|•\n&]| [/·‧∙] | (?:and|und|et) ")
_LETTER = lazy_pattern(r"(?:\A|\s)[a-z](?:\s?[,*†]\s?[a-z])*\Z")
_BULLET = lazy_pattern(r"\A(?:[-*•+–]|\d{1,3}[.)])\s+")
# `1. Ada Lovelace 2. Alan Turing`
_NUMBERS_BEFORE = lazy_pattern(r"(?:\A|(?<![\s,;])[ ,;]++)\s*+\d{1,3}[.)]\s+(?=[^\W\d_])")
_PLAIN_LINE = lazy_pattern(r"[^\s,;][^,;]*(?:, [^,;]*[^,;\s])?")
_DEGREES = lazy_pattern(rf"(?:(?<![\s,])[\s,]+(?!M\.?\s?D)(?:{DEGREE.pattern}))+\Z")
_DOCTOR = lazy_pattern(r"(?<![\s,])[\s,]+MD\Z")  # may also be initials of given names
_ONE_WORD = lazy_pattern(r"[A-Z][a-z]+(?:; ?[A-Z][a-z]+)?")
_PLACE = lazy_pattern(r"[A-Z]{3,}")  # `MIT`, where initials without full stops could stand
_EDITORS = lazy_pattern(r"[\s,]+(?i:eds)\.?\Z|,\s*ed\.\Z")  # `Ed` may be a name
_NOBODY = lazy_pattern(  # in the words of programs, above all DataCite
    r"unknown|n/?a|none|null|nan|tb[ad]|:un(?:av|kn|al|ap|as)|:none|:null|:tba", re.IGNORECASE
)
_THREE = 3  # pieces of `Last, Jr., First`
_IMPOSSIBLE = 3.0  # cost margin at which the alternative reading is ruled out
_DOUBTFUL = 0.5  # cost margin below which both readings are plausible


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors of one paper, as its record names them.

    parts: name parts, for those names whose source says more than the words do. is_cut: the record omits authors;
    others: the number omitted, 0 if unknown. doubts: ambiguous or unreadable names. ids: one entry per name in the form
    of `Paper.author_ids`, or empty if no author has an id.
    """

    names: tuple[str, ...] = ()
    parts: Mapping[str, PersonName] = field(default_factory=dict)
    is_cut: bool = False
    others: int = 0
    doubts: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """Accumulates the authors of one record, a name at a time; clean: removes markup from a text."""

    clean: Callable[[str], str]
    names: list[str] = field(default_factory=list)
    parts: dict[str, PersonName] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)  # names whose parts the source states
    is_cut: bool = False
    others: int = 0
    doubts: list[str] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)  # index in names → ids
    is_inverted: bool = False  # the record writes `Lovelace, Ada`

    def add(self, name: str, parts: PersonName | None = None) -> None:
        if not any(map(str.isalpha, name)):
            return
        self.names.append(name)
        if parts:
            self.given.add(name)
            if parts != split_name(name) or names_several(name):
                self.parts[name] = parts

    def cut(self, cut: Cut) -> str:
        self.is_cut |= cut.is_cut
        self.others = max(self.others, cut.count)
        return cut.text


def read_authors(value: object, clean: Callable[[str], str], evidence: Evidence) -> Authors:
    """Read the authors from a list of names or objects, or from one text; duplicate names are kept as two people.

    clean: removes markup from a text. evidence: the conventions of the file, which resolve ambiguous texts.
    """
    if isinstance(value, list) and all(
        isinstance(item, str) and _PLAIN.fullmatch(item) and not item[1].isupper() for item in value
    ):
        return Authors(tuple(value))
    found = _Found(clean)
    if isinstance(value, str):
        _add_text(value, found, evidence)
    else:
        items = list(people_in(value))
        found.doubts += [
            f'"{shortened(item)}" among the authors is read as one name'
            for item in items
            if isinstance(item, str) and AND_OR_WITHIN.search(item) and "," not in item and with_last_and(item) != item
        ]
        words = [item for item in items if isinstance(item, str) and _ONE_WORD.fullmatch(item)]
        if len(words) == len(items) > 1:
            found.doubts.append(f'the authors "{shortened(", ".join(words))}" are of one word each')
        habit = _habit(items)
        found.is_inverted = habit > 0
        for item in items:
            position = len(found.names)
            _add_item(item, found, habit if len(items) == 1 or not isinstance(item, Mapping) else 1, evidence)
            if len(found.names) == position + 1:
                _add_ids(item, position, found)
    found.doubts += _doubts_of_organisations(found.names, value)
    _drop_letters(found)
    _drop_numbers_and_degrees(found)
    _read_capitals(found, evidence)
    _split_surnames(found, evidence)
    ids = tuple(found.ids.get(position, "") for position in range(len(found.names))) if found.ids else ()
    return Authors(tuple(found.names), found.parts, found.is_cut, found.others, tuple(found.doubts), ids)


def _without_lone_braces(text: str, found: _Found) -> str:
    if text.count("{") == text.count("}"):
        return text
    found.doubts.append(f'the authors "{shortened(text)}" have a brace without its partner')
    return text.replace("{", "").replace("}", "")


def _add_text(text: str, found: _Found, evidence: Evidence) -> None:
    raw, text = text, without_group_affiliations(_without_lone_braces(without_markup(text), found))
    if text.startswith(("1. ", "1) ")) and "\n" not in text:
        text = _NUMBERS_BEFORE.sub("; ", text)
    lines = [_BULLET.sub("", line.strip()) for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and (all(map(_NAME_ALONE.fullmatch, lines)) or _are_inverted(lines)):
        habit = 1 if _are_inverted(lines) else -1
        for line in lines:
            _add_item(line, found, habit, evidence)
        return
    if names := _plain_names(text):
        found.names += names
        return
    text, groups = groups_in_brackets(found.clean(" ".join(lines)))
    written = found.cut(without_others_within(found.cut(without_others(text))))
    if written:
        _add_joined(written, found, evidence, is_open=may_be_one(raw) and not evidence.is_settled(raw))
    for group in groups:
        found.add(group)


def _plain_names(text: str) -> list[str]:
    """Return the names of a text of three or more plain names, else nothing: the fast path for most texts."""
    names = _BETWEEN.split(text.strip())
    if len(names) <= 2 or (are_given_names(names[1]) and are_given_names(names[-1])):  # noqa: PLR2004
        return []
    return names if all(map(_PLAIN.fullmatch, names)) else []


def _add_joined(written: str, found: _Found, evidence: Evidence, *, is_open: bool) -> None:
    reading = read_joined(written)
    lean = evidence.lean if reading.margin < 1.0 else 0.0
    if lean:
        reading = read_joined(written, lean)
    if (not lean and (is_open or reading.margin < _DOUBTFUL)) or any(map(_has_no_family, reading.names)):
        found.doubts.append(f'the authors "{shortened(written)}" may be read in two ways')
    found.is_inverted = any(len(name.pieces) > 1 and " " not in name.pieces[0] for name in reading.names)
    for name in reading.names:
        _add_written(name, found)
    if not _BETWEEN_SIGNS.search(written) and with_last_and(written) != written:
        found.doubts.append(f'the authors "{shortened(written)}" may be one name')
    elif AND_OR_WITHIN.search(written):
        joined = (name for name in found.names if with_last_and(name) != name)
        found.doubts += [f'the author "{shortened(name)}" may be two people' for name in joined]
    if affiliation := next(
        (name for name in found.names[1:] if INSTITUTION.search(name) and not COMPANY.search(name)), ""
    ):
        found.doubts.append(f'the author "{shortened(affiliation)}" may be where another one works')


def _doubts_of_organisations(names: Sequence[str], value: object) -> list[str]:
    """Return a doubt for each pair of adjacent names that may be one organisation with `and` in its name."""
    return [
        f'"{shortened(one)}" and "{shortened(other)}" among the authors may be one organisation'
        for one, other in pairwise(names)
        if one.count(" ") > 1
        and begins_as_organisation(one)
        and not is_joined_organisation(one)
        and ((other.isalpha() and other.istitle()) or _are_joined(one, other, value))
    ]


def _are_joined(one: str, other: str, value: object) -> bool:
    """Return whether the text joins the two names with `and`, so that the first may continue after it."""
    return isinstance(value, str) and any(f"{one} {joint} {other}" in value for joint in ("and", "&", "und", "et"))


def _has_no_family(name: Written) -> bool:
    """Return whether a name has given names only; its family name may have been read as another author."""
    return len(name.pieces) == 1 and are_given_names(name.pieces[0])


def _add_written(name: Written, found: _Found) -> None:
    if name.is_literal:
        found.add(name.pieces[0], PersonName(name.pieces[0], is_group=True))
        return
    if len(name.pieces) > 1:
        parts = split_last_first(name.pieces[0], name.pieces[1], name.suffix)
        is_person = " " in parts.family and not parts.particle and not INSTITUTION.search(parts.family)
        is_family = found.is_inverted or parts.family.partition(" ")[0] in CAPITAL_PARTICLES
        if is_person and _PLACE.fullmatch(parts.given) and not is_family:
            found.doubts.append(f'"{parts.given}" after "{shortened(name.pieces[0])}" is taken for where they work')
            found.add(name.pieces[0])
            return
        if is_east_asian(parts.family) and is_east_asian(parts.given):
            parts = PersonName(name.pieces[0], name.pieces[1])
        found.add(str(parts), parts)
        return
    text = found.cut(without_others(without_marks(_HOMONYM_IN_TEXT.sub("", name.pieces[0]))))
    if name.suffix and text and not DEGREE.fullmatch(name.suffix):
        found.add(f"{text} {name.suffix}", replace(split_name(text), suffix=name.suffix))
    else:
        found.add(text)


def _add_item(item: object, found: _Found, habit: int, evidence: Evidence) -> None:
    """Add the name or names of one list item: a text, which may still join several, or an object.

    habit: how the list writes names: 1 for `Lovelace, Ada`, -1 for names without commas, 0 if unclear.
    """
    if isinstance(item, Mapping):
        _add_mapping(item, found, habit, evidence)
        return
    if not isinstance(item, str):
        found.doubts.append(f'no name is found in the author "{shortened(str(item))}"')
        return
    if _PLAIN.fullmatch(item):
        found.names.append(item)
        return
    cut, written = _item(_without_lone_braces(without_markup(item), found), found.clean)
    found.cut(cut)
    if len(written) == 1 and len(written[0].pieces) > 1 and are_two_east_asian(*written[0].pieces):
        written = [Written((piece,)) for piece in written[0].pieces]
    if len(written) == 1 and len(written[0].pieces) > 1 and _may_be_two(written[0]):
        habit = -1 if _are_two(written[0]) else habit
        lean = habit or evidence.lean
        if lean < 0:
            found.doubts.append(f'"{shortened(item)}" among the authors is read as two names')
            written = [Written((piece,)) for piece in written[0].pieces]
        elif not habit and not are_given_names(written[0].pieces[1]):
            found.doubts.append(f'"{shortened(item)}" among the authors is read as one name')
    for name in written:
        _add_written(name, found)


def _add_mapping(item: Mapping[str, object], found: _Found, habit: int, evidence: Evidence) -> None:
    name = name_of_mapping(item)
    if _NOBODY.fullmatch(str(name or "").strip(" ()")):
        return
    if isinstance(name, PersonName):
        parts = _cleaned(name, found.clean)
        found.add(str(parts), parts)
    elif name:
        _add_item(_HOMONYM.sub("", name), found, habit, evidence)
    else:
        found.doubts.append(f'no name is found in the author "{shortened(str(dict(item)))}"')


def _add_ids(item: object, index: int, found: _Found) -> None:
    """Store the ids of an item's only author, and doubt an ORCID iD that is not valid."""
    if isinstance(item, str) and "orcid" not in item and not item[-4:].isdigit():
        return
    if ids := ids_of(item):
        found.ids[index] = dump_ids(ids)
    wrong = wrong_orcid(item)
    if wrong and "orcid" not in ids:
        found.doubts.append(f'the ORCID iD "{shortened(wrong)}" of "{shortened(found.names[index])}" has a slip')


def _cleaned(name: PersonName, clean: Callable[[str], str]) -> PersonName:
    family, given, particle, suffix = map(clean, (name.family, name.given, name.particle, name.suffix))
    if given:
        family, given = without_number(without_marks(family)), without_number(without_marks(given))
    return PersonName(family, given, particle, suffix, name.is_group)


@lru_cache(maxsize=16_384)
def _item(text: str, clean: Callable[[str], str]) -> tuple[Cut, Sequence[Written]]:
    """Return the names of one list item: a single one, unless separators clearly divide it."""
    literal = text.strip()
    if "\\" in literal and literal.startswith("{"):
        literal = clean(literal)  # the braces of accents go
    if LITERAL.fullmatch(literal):
        return Cut(text, is_cut=False), [Written((without_behalf(clean(literal[1:-1])),), is_literal=True)]
    text = without_raised(_HOMONYM.sub("", clean(text)))
    if is_joined_organisation(text):
        return Cut(text, is_cut=False), [Written((text.strip(),), is_literal=True)]
    cut = without_others(without_marked_families(with_groups_apart(text)))
    text = with_ands(without_marks(without_brackets(cut.text))) if "{" not in cut.text else cut.text
    if _SIGNS.search(text) and (names := _several(text)):
        return cut, names
    return cut, [_one(text)]


def _several(text: str) -> Sequence[Written]:
    """Return the names of an item that joins several, or nothing if it may be a single name."""
    reading = read_joined(text)
    names = reading.names
    if len(names) > 1 and text.count(",") == 1 and not _AND.search(text):
        return names if reading.margin > _IMPOSSIBLE or "{" in text else ()
    is_sure = len(names) > 1 and all(len(name.pieces) > 1 or _is_whole_name(name.pieces[0]) for name in names)
    return names if is_sure or "{" in text or any(sign in text for sign in ";；、，|") else ()


def _is_whole_name(name: str) -> bool:
    """Return whether a text is certainly a full personal name; keeps `Johns & Sons`, `Search and Rescue` together."""
    words = name.split()
    return is_east_asian(name) or (1 < len(words) <= 4 and not split_name(name).is_group and words[0][0].isupper())  # noqa: PLR2004


def _one(text: str) -> Written:
    """Split a single name at its commas: `Last, First` or `Last, Jr., First`."""
    text = _EDITORS.sub("", text.strip().removeprefix("and ").removesuffix(" and"))
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) <= 1 or COMPANY.fullmatch(parts[-1]):
        return Written((text.strip(" ,"),))
    *others, last = parts
    if len(parts) == _THREE:
        is_suffix_last = is_appended(last, f"{parts[0]} {parts[1]}")
        return Written((parts[0], parts[1] if is_suffix_last else last), suffix=last if is_suffix_last else parts[1])
    if len(parts) > _THREE:
        return Written((text.strip(" ,"),))
    return Written((others[0],), last) if is_appended(last, others[0]) else Written((others[0], last))


def _are_two(name: Written) -> bool:
    """Return whether `Last, First` is really two names, since one side has a joining `y`, `e` or `i`.

    Such words join surnames, never given names.
    """
    last, given = name.pieces
    return AND_OR_WITHIN.search(given) is not None or with_last_and(last) != last


def _may_be_two(name: Written) -> bool:
    """Return whether a `Last, First` may be two full names: `Ada Lovelace, Alan Turing`."""
    last, given = (AND_OR_WITHIN.sub("", piece) for piece in name.pieces)
    return all(len(piece.split()) > 1 and _PLAIN.fullmatch(piece) for piece in (last, given)) and not name.suffix


def _are_inverted(lines: Sequence[str]) -> bool:
    """Return whether each line is one name, family name first: `Lovelace, Ada`."""
    names = [line.partition(",") for line in lines]
    return all(map(_PLAIN_LINE.fullmatch, lines)) and all(last and given.strip() for last, _, given in names)


def _habit(items: Sequence[object]) -> int:
    """Return how the unambiguous names of a list are written: 1 for `Last, First`, -1 without commas, 0 if unclear."""
    texts = [item for item in items if isinstance(item, str)]
    if not any("," in text for text in texts):
        return 0
    if any("," not in text and _PLAIN.fullmatch(text.strip()) for text in texts):
        return -1
    return int(any(text.count(",") == 1 and " " not in text.partition(",")[0].strip() for text in texts))


def _drop_letters(found: _Found) -> None:
    """Drop affiliation letters, after names or as names of their own: `Ada Lovelace a, b`."""
    marked = sum(_LETTER.search(name) is not None for name in found.names)
    if marked > 1 and 2 * marked > len(found.names):
        kept = [index for index, name in enumerate(found.names) if _LETTER.fullmatch(name) is None]
        found.ids = {new: found.ids[old] for new, old in enumerate(kept) if old in found.ids}
        found.names = [_LETTER.sub("", found.names[index]) for index in kept]


def _drop_numbers_and_degrees(found: _Found) -> None:
    """Drop academic degrees, and affiliation numbers if most names have one."""
    if has_numbers(found.names) and len(set(map(without_number, found.names))) == len(set(found.names)):
        _rename(found, without_number)
    _rename(found, lambda name: short if " " in (short := _DEGREES.sub("", name)) else name)
    doctors = [name for name in found.names if _DOCTOR.search(name) and name.count(" ") > 1]
    if doctors and not mostly_surname_first([name for name in found.names if name not in doctors] or doctors):
        _rename(found, lambda name: _DOCTOR.sub("", name) if name in doctors else name)


def _rename(found: _Found, change: Callable[[str], str]) -> None:
    """Apply a change to the names whose parts the source does not state."""
    found.names = [name if name in found.given else change(name) for name in found.names]


def _read_capitals(found: _Found, evidence: Evidence) -> None:
    """Read the capitalised words as family names in a list such as `DUPONT Jean, MARTIN Pierre`."""
    if not any(name[:2].isupper() or name[-2:].isupper() for name in found.names):
        return
    may_be_short = len(found.names) > 1 and all(name.partition(" ")[0].isupper() for name in found.names)
    may_be_short = may_be_short and any(map(name_in_capitals, found.names))
    parts = [None if name in found.given else name_in_capitals(name, may_be_short=may_be_short) for name in found.names]
    if 2 * sum(map(bool, parts)) <= len(parts) or (len(parts) == 1 and not evidence.is_in_capitals):
        return
    for index, person in enumerate(parts):
        if person:
            found.names[index] = str(person)
            found.given.add(str(person))
            if person != split_name(str(person)):
                found.parts[str(person)] = person


def _split_surnames(found: _Found, evidence: Evidence) -> None:
    """Turn `Smith JA` into `J. A. Smith` where the list or file is written so; else `LIU` in `Wei LIU` is family."""
    positions = [index for index, name in enumerate(found.names) if name not in found.given]
    if not any(is_surname_first(found.names[index]) for index in positions):
        return
    is_alone = len(found.names) == 1
    if (is_alone and evidence.texts) or all(map(may_end_with_family, found.names)):
        is_inverted = evidence.is_surname_first
    else:
        is_inverted = mostly_surname_first(found.names)
    for index in positions:
        name = found.names[index]
        if is_inverted:
            found.names[index] = str(split_surname_first(name))
        elif may_end_with_family(name):
            given, _, family = name.rpartition(" ")
            found.parts[name] = PersonName(family, given)
