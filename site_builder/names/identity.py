"""Identity of people: the normalised form in which names are compared, and their ids at ORCID, OpenAlex and DBLP."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from site_builder.lazy import lazy_pattern
from site_builder.names.words import is_capitals, is_east_asian

# Lower-case Latin letters without a Unicode decomposition → their usual ASCII spelling.
PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)
_PLAIN = lazy_pattern("[A-Z][a-z]+(?: [A-Z][a-z]+)*")  # fast path: nine names in ten
_APOSTROPHES = lazy_pattern("['\u2018\u2019\u02bc`]")
_WORD = lazy_pattern(r"[^\W_]+")
_NOBODY = frozenset(
    {"anonymous", "anonymous author", "anonymous authors", "author", "authors", "unknown", "unknown author"}
    | {"others", "and others", "et al", "various", "various authors", "none", "null", "nan", "n a", "na", "tba"}
)
_ORCID = lazy_pattern(r"(?<!\d)(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])(?!\w)")
_OPENALEX = lazy_pattern(r"openalex\.org/(?:authors/)?(A\d{4,12})\b", re.IGNORECASE)
_DBLP = lazy_pattern(r"dblp\.(?:org|uni-trier\.de|dagstuhl\.de)/pid/([\w/-]{3,40}?)(?:\.html|\.xml)?$")
_DBLP_PID = lazy_pattern(r"[a-z0-9]{1,3}/[\w-]{1,30}")
_HOMONYM = lazy_pattern(r"\S (\d{4})$")
_ADDRESSES: Mapping[str, str] = {
    "orcid": "https://orcid.org/",
    "openalex": "https://openalex.org/",
    "dblp": "https://dblp.org/pid/",
    "arxiv": "https://arxiv.org/a/",
}
_DEEPEST = 3  # levels of nesting in an author object
_MOST_INSIDE = 30  # values of an author that are examined


@lru_cache(maxsize=2**17)
def name_key(name: str) -> str:
    """Return the normalised form of a name for comparison, or "" for a placeholder such as `anonymous`.

    Case, accents, hyphens and full stops make no difference, and `JR Smith` equals `J. R. Smith`. Initials are not
    matched to full given names: `J. Smith` may be anybody.
    """
    if _PLAIN.fullmatch(name):
        words = name.lower().split()
    else:
        name = unicodedata.normalize("NFC", name)
        if is_east_asian(name):
            return "".join(_WORD.findall(unicodedata.normalize("NFKC", name)))
        words = _WORD.findall(_without_accents(_APOSTROPHES.sub("", _initials_apart(name))))
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    key = unicodedata.normalize("NFC", " ".join(words))
    return "" if len(key) < 2 or key in _NOBODY else key  # noqa: PLR2004 - a single letter


def _initials_apart(name: str) -> str:
    """Return `J R Smith` for `JR Smith`, but a name entirely in capitals unchanged."""
    words = name.split()
    if len(words) == 1 or name.isupper():
        return name
    return " ".join(" ".join(word) if is_capitals(word) and "-" not in word else word for word in words[:-1]) + (
        f" {words[-1]}" if words else ""
    )


def _without_accents(name: str) -> str:
    if name.isascii():
        return name.lower()
    taken_apart = unicodedata.normalize("NFKD", name)
    return "".join(c for c in taken_apart if not unicodedata.combining(c)).casefold().translate(PLAIN_LETTERS)


def ids_of(value: object) -> dict[str, str]:
    """Return the ids in an author's record by register: orcid, openalex, dblp, dblp-name."""
    ids: dict[str, str] = {}
    for key, text in _texts_in(value):
        for register, found in _ids_in(key, text):
            ids.setdefault(register, found)
    return ids


def dump_ids(ids: Mapping[str, str]) -> str:
    """Serialise the ids of an author as a paper stores them: `dblp:65/9612 orcid:…`."""
    return " ".join(f"{register}:{value}" for register, value in sorted(ids.items()))


def load_ids(text: str) -> dict[str, str]:
    """Parse the output of `dump_ids`: ids by register."""
    return dict(item.split(":", 1) for item in text.split())


def _texts_in(value: object) -> Iterator[tuple[str, str]]:
    """Yield the keys and texts of an author, also of nested objects and lists; texts are cut to 200 characters."""
    waiting: list[tuple[str, object, int]] = [("", value, 0)]
    for key, item, depth in (waiting.pop(0) for _ in range(_MOST_INSIDE) if waiting):
        if isinstance(item, str):
            yield key, item.strip()[:200]
        elif isinstance(item, Mapping) and depth < _DEEPEST:
            waiting += [(str(name), inner, depth + 1) for name, inner in item.items()]
        elif isinstance(item, list) and depth < _DEEPEST:
            waiting += [(key, inner, depth + 1) for inner in item[:_MOST_INSIDE]]


def _ids_in(key: str, text: str) -> Iterator[tuple[str, str]]:
    name = key.casefold().strip("@_")
    if ("orcid" in text.casefold() or "orcid" in name or name in _ID_KEYS) and (orcid := orcid_in(text)):
        yield "orcid", orcid
    if found := _OPENALEX.search(text):
        yield "openalex", found[1].upper()
    if found := _DBLP.search(text):
        yield "dblp", found[1]
    elif name in ("pid", "dblp") and _DBLP_PID.fullmatch(text):
        yield "dblp", text
    if name in ("", "text", "name") and (found := _HOMONYM.search(text)):
        yield "dblp-name", found[1]


_ID_KEYS = frozenset({"nameidentifier", "identifier", "value", "id", "sameas"})


def wrong_orcid(value: object) -> str:
    """Return the value of an author's `orcid` field that is no valid ORCID iD, or ""."""
    for key, text in _texts_in(value) if isinstance(value, Mapping) else ():
        if "orcid" in key.casefold() and any(map(str.isdigit, text)) and not orcid_in(text):
            return text
    return ""


def orcid_in(text: str) -> str:
    """Return the ORCID iD in a text as 0000-0002-1825-0097, or "" if there is none with a correct check digit."""
    found = _ORCID.search(text)
    if not found:
        return ""
    number = "".join(found.groups()).upper()
    total = 0
    for digit in number[:-1]:
        total = (total + int(digit)) * 2
    expected = "0123456789X"[(12 - total % 11) % 11]
    return "-".join(part.upper() for part in found.groups()) if number[-1] == expected else ""


def id_address(register: str, value: str) -> str:
    """Return the URL of a person's page at a register, or "" if the register has no such pages."""
    return f"{_ADDRESSES[register]}{value}" if register in _ADDRESSES else ""


def is_dblp_id(text: str) -> bool:
    """Return whether a text has the form of a DBLP person id: `65/9612`."""
    return _DBLP_PID.fullmatch(text) is not None
