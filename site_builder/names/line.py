"""Recognise lines that consist of names only, which in lists for human readers distinguishes authors from titles.

Styles that only the whole line reveals (`Family, Given` pairs, `Smith JA`) become `Family, Given`; `papers/` does the
rest.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from itertools import islice, takewhile

from site_builder.lazy import lazy_pattern
from site_builder.names.others import without_others
from site_builder.names.words import INSTITUTION, PARTICLES, SUFFIX, are_given_names, is_group, may_be_method

_WORD = lazy_pattern(r"[^\W\d_a-z](?:[^\W\d_]|[.'\u2019-])*|[dlO]['\u2019]\w+")
_INITIALS = lazy_pattern(r"(?:[^\W\d_a-z]\.?[\s-]*){1,4}")
# Vancouver (`Smith JA`), GB/T 7714 (`SMITH J A`) and GOST (`Smith J. A.`).
_TRAILING_INITIALS = lazy_pattern(
    r"(?P<family>[^.,]*?[^.,\s]) (?P<initials>[^\W\d_]{1,3}(?:[ -][^\W\d_]){0,3}\.?|(?:[^\W\d_]\.[\s-]?){1,4})"
)
_NO_NAME = frozenset(
    "a an the and for from with without via towards toward using on in of to by is are can how what why learning "
    "networks network models model deep neural attention language large vision survey data image systems system "
    "abstract introduction paper pdf code links link arxiv proceedings conference journal workshop university".split()
)
_NEVER_BETWEEN = _NO_NAME - {"a", "and"}  # nor do they join names
_MARKS = lazy_pattern(
    r"[*\u2020\u2021\u00a7\u00b6\u00b9\u00b2\u00b3\u2070-\u2079]+|\s?\((?:\d{1,2}|eds?\.?)\)|\d(?<=[^\W\d_]\d)(?:,\d)*(?!\w)"
)
_GAP = lazy_pattern(
    r",?\s(?:\.\s?\.\s?\.|\u2026)\s*,?\s*(?:&|and\s)?\s*(?=[^\W\d_])"
)  # APA style: before the last of more than twenty authors
_JOINT = lazy_pattern(
    r"(?=[\s,\uff0c\u3001&])\s*(?:,\s*(?:and|&)\s|\s(?:and|&|und|et)\s|(?<=\b\w\.)\s[yea]\s"
    r"|(?<=[^\W\d_]{2})\s[yeai]\s(?=(?:[^\s,]{1,20} ){0,2}(?:O['\u2019])?[^\W\d_a-z]{2}[^\W\d_a-z,])"
    r"|(?<=[^\W\d_]{2})\sy\s(?=[^\W\d_a-z][^\s,]{1,30} [^\W\d_a-z])"  # not `Ortega y Gasset`
    r"|\s+/\s+|\s*[,\uff0c\u3001]\s*|\s*&\s*)\s*"
)
_AFFILIATION = lazy_pattern(r"(?<=\w) \((?=[^\W\d_a-z])[^()\d]{2,60}(?:\)(?=\s*(?:[,;&]|and\s|\Z))|\Z)")
_LAST_INITIAL = lazy_pattern(r"\b\w\.\Z")
_CAPITALS = lazy_pattern(r"\b[A-Z]{3,}\b")  # of `MIT CSAIL`
_BRACKETED_AFFILIATION = lazy_pattern(r"\s\((?=[^\W\d_a-z])[^()\d]{2,80}\)\Z")
_BETWEEN_NAMES = lazy_pattern(r",\s(?:and\s)?|\sand\s|\s&\s")
_BEFORE_INSTITUTION = lazy_pattern(r",\s|\s[\u00b7|\u2013\u2014-]\s")
_SENTENCE_END = lazy_pattern(r"[?!/:]\s|(?<=[^\W\d_]{3})\.\s")
_LONGEST_INSTITUTION = 12  # words
_BARS = lazy_pattern(r"\s[|\u00b7\u2022]\s")
_AND = lazy_pattern(r"\s*,?\s+(?:and|&)\s+")
_LONGEST_NAME = 5  # words
_LONGEST = 20_000  # characters of a text of names; a thousand authors have less
_PAIR = 2
_MOST_COMMAS = 30  # that `at_commas` tries


def names_in(text: str, *, is_single_known: bool = False) -> list[str]:
    """Return the names of a text that consists of names only, else nothing; `others` stands for an `et al.`.

    is_single_known: the position of the text suggests names, so a single name needs no initials to count.
    """
    if len(text) > _LONGEST:
        return []
    text = unescape(text) if "&" in text else text
    text, has_gap = _GAP.subn(", ", _MARKS.sub("", " ".join(text.split())).rstrip(" :"), count=1)
    cut = without_others(text)
    is_open = cut.is_cut or bool(has_gap)
    text = _without_institution(cut.text.strip(" ,;:&()[]"))
    text = text if _LAST_INITIAL.search(text, max(0, len(text) - 2)) else text.rstrip(".")  # it keeps its full stop
    if ";" not in text:
        text = _with_semicolons(text)
    names = _split_names(text, is_open=is_open)
    if len(names) == 1 and not (
        is_open or is_single_known or _has_initial(names[0]) or are_given_names(names[0].partition(", ")[2])
    ):
        return []
    return [*names, *(["others"] if is_open else [])] if names else []


def _with_semicolons(text: str) -> str:
    """Return a text with semicolons between names, where slashes, bars or dots are: `Ada Example | Bo Roe`."""
    parts = _BARS.split(text)
    are_names = len(parts) > 1 and 2 * sum(map(may_be_method, parts)) < len(parts)
    are_whole = all(" " in part and "," not in part for part in parts)  # not `Example, Ada | Meadow Lab`
    return "; ".join(parts) if are_names and are_whole else text.replace(" / ", "; ")


def are_several_names(text: str) -> bool:
    """Return whether a text is several full names, not topics such as `Object Detection, Semantic Segmentation`."""
    names = [name for name in names_in(text) if " " in name]
    return len(names) > 1 and 2 * sum(map(may_be_method, names)) < len(names)


def at_commas(text: str) -> Iterator[tuple[str, str]]:
    """Yield the splits of a text at each of its first commas, which may be the one between title and authors."""
    for comma in islice(re.finditer(", ", text), _MOST_COMMAS):
        yield text[: comma.start()], text[comma.end() :]


def _without_institution(text: str) -> str:
    """Remove the institution after a text of names: `Ada Example and Bo Roe, Meadow University`."""
    *_, found = (None, *_BEFORE_INSTITUTION.finditer(text))
    institution = text[found.end() :] if found else ""
    is_one = len(institution.split()) <= _LONGEST_INSTITUTION and not _SENTENCE_END.search(institution)
    has_institution = found and is_one and INSTITUTION.search(institution) and " " in text[: found.start()]
    return text[: found.start()] if found and has_institution else text


def without_affiliations(text: str) -> str:
    """Remove the bracketed affiliation after each name: `Ada Example (MIT), Bo Roe (ETH)`."""
    return _AFFILIATION.sub("", text) if "(" in text else text


def without_group_affiliations(text: str) -> str:
    """Remove the affiliation of each `;`-separated group of authors in a programme; return any other text unchanged.

    `Ada Example and Bo Roe, MIT; Cy Doe, Meadow University` or `Ada Example, Bo Roe (MIT); Cy Doe (ETH)`
    """
    groups = [group.strip() for group in text.split(";") if group.strip()]
    if len(groups) < _PAIR or (text.count("(") < _PAIR and not INSTITUTION.search(text)):
        return text
    bare = [_BRACKETED_AFFILIATION.sub("", group) for group in groups]
    if sum(one != other for one, other in zip(bare, groups, strict=True)) * _PAIR <= len(groups):
        split = [group.rpartition(", ") for group in groups]
        affiliated = sum(any((INSTITUTION.search(end), _CAPITALS.search(end), is_group(end))) for *_, end in split)
        if "(" in text or affiliated * _PAIR < len(split) or not all(head for head, _, _ in split):
            return text
        bare = [head for head, _, _ in split]
    names = [name.strip() for group in bare for name in _BETWEEN_NAMES.split(group)]
    are_whole = all(" " in name and _is_name(name) and not are_given_names(name) for name in names)
    return "; ".join(names) if are_whole else text


def _split_names(text: str, *, is_open: bool) -> list[str]:
    """Return the names of a text, retrying without bracketed affiliations: `Ada Example (MIT), Bo Roe (ETH)`."""
    if "(" not in text and not _NEVER_BETWEEN.isdisjoint(text.split()):
        return []  # fast path for most prose
    names = _split_at_semicolons(text) if ";" in text else _split_at_commas(text, is_open=is_open)
    bare = text if names else without_affiliations(text)
    if bare == text:
        return names
    names = _split_names(bare, is_open=is_open)
    return names if len(names) > 1 else []


def _split_at_semicolons(text: str) -> list[str]:
    parts = [part.strip() for part in re.sub(r";\s*(?:and|&)\s", ";", text).split(";") if part.strip()]
    names = [name for part in parts if (name := "" if part.count(",") > 1 else _one(part))]
    return names if len(names) == len(parts) else []


def _one(part: str) -> str:
    """Return the single name in a part, or ""."""
    family, comma, given = part.partition(",")
    if comma:
        family = _turnable(family.strip())
        return f"{family}, {given.strip()}" if _is_name(family) and _is_name(given) else ""
    return _name(part)


def _split_at_commas(text: str, *, is_open: bool) -> list[str]:
    between = _AND.split(text)
    if len(between) > 1 and all(part.count(",") == 1 for part in between) and all(map(_is_pair, between)):
        return [_one(part) for part in between]
    parts = [part.strip() for part in _JOINT.split(text) if part and part.strip()]
    parts = _with_suffixes(parts)
    if not parts:
        return []
    if len(parts) % 2 == 0 and all(map(_is_initials, parts[1::2])) and all(map(_is_family, parts[::2])):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if len(parts) % 2 == 0 and all(map(_is_in_capitals, parts[::2])) and all(map(_is_given, parts[1::2])):
        return [f"{_turnable(family)}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if "," in text and len(parts) > 1 and _is_inverted(parts):
        first = [f"{_turnable(parts[0])}, {parts[1]}"]
        rest = list(map(_name, parts[_PAIR:]))
        return [*first, *rest] if all(rest) else []
    names = list(takewhile(bool, map(_name, parts)))
    has_all = len(names) == len(parts) and (is_open or all(" " in name or not name.isascii() for name in names))
    return names if has_all else []


def _with_suffixes(parts: list[str]) -> list[str]:
    """Append a suffix such as `Jr.` to the family name it belongs to."""
    joined: list[str] = []
    for part in parts:
        if joined and SUFFIX.fullmatch(part):
            bearer = -_PAIR if len(joined) >= _PAIR and _is_initials(joined[-1]) else -1
            joined[bearer] = f"{joined[bearer]} {part}"
        else:
            joined.append(part)
    return joined


def _is_inverted(parts: list[str]) -> bool:
    """Return whether only the first name is inverted, as in MLA and Chicago style: `Family, Given, Given Family`."""
    others = parts[_PAIR:]
    are_alike = all(name.rpartition(" ")[2].isupper() for name in others) if parts[0].isupper() else True
    is_inverted = len(_without_particles(parts[0])) == 1 and are_alike and _is_family(parts[0])
    is_short = is_inverted and len(parts[1].split()) <= _PAIR and _is_name(parts[1])
    if not others and are_given_names(parts[1]):
        return _is_family(parts[0])
    return is_short and (bool(others) or " " not in parts[1]) and all(" " in part for part in others)


def _without_particles(family: str) -> list[str]:
    return [word for word in family.split() if word.casefold() not in PARTICLES or (len(word) == 1 and word.isupper())]


def _turnable(family: str) -> str:
    """Return a family name in capitals with its particles in lower case: `van der BERG`."""
    if not family.isupper():
        return family
    return " ".join(word.lower() if word.lower() in PARTICLES and len(word) > 1 else word for word in family.split())


def _is_in_capitals(text: str) -> bool:
    """Return whether a text is a family name in capitals, as in ISO 690 and ABNT: `DOE`, `VAN DER BERG`."""
    return text.isupper() and len(text) > 1 and _is_name(" ".join(_without_particles(text)))


def _is_given(text: str) -> bool:
    return _is_name(text) and (not text.isupper() or _has_initial(text))


def _is_pair(part: str) -> bool:
    family, _, given = part.partition(",")
    return _is_family(family.strip()) and _is_name(given) and len(family.split()) <= _PAIR + 1


def _is_initials(text: str) -> bool:
    return _INITIALS.fullmatch(text) is not None and text.isupper()


def _is_family(text: str) -> bool:
    return _is_name(text) and not _is_initials(text) and not _has_initial(text)


@lru_cache(maxsize=1024)  # a reference is parsed again at each of its commas
def _name(text: str) -> str:
    """Return a single name, or "" if the text is none; `Smith JA` becomes `Smith, J. A.`."""
    text = text.strip()
    if not _is_name(text) or _is_initials(text):
        return ""
    found = _TRAILING_INITIALS.fullmatch(text)
    if found and found["initials"].isupper() and (_is_family(found["family"]) or _is_in_capitals(found["family"])):
        return f"{found['family']}, {' '.join(f'{letter}.' for letter in found['initials'] if letter.isalpha())}"
    return text


def _is_name(text: str) -> bool:
    words = text.split()
    is_short = 0 < len(words) <= _LONGEST_NAME
    return is_short and all(map(_is_word_of_name, words))


def _is_word_of_name(word: str) -> bool:
    is_other_word = word.casefold() in _NO_NAME and not (len(word) == 1 and word.isupper())
    return word in PARTICLES or (_WORD.fullmatch(word) is not None and not is_other_word)


def _has_initial(name: str) -> bool:
    return re.search(r"\b[^\W\d_]\.", name) is not None
