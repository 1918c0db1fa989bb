"""Read the name in an author object of any program, split into parts if the object splits it, else as one text."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from site_builder.lazy import lazy_pattern
from site_builder.names.person import PersonName, split_last_first
from site_builder.names.words import INSTITUTION, PARTICLES, is_east_asian, is_group

# Part of a name → its keys, best first, lower case, letters and digits only.
KEYS: Mapping[str, tuple[str, ...]] = {
    part: tuple(keys.split())
    for part, keys in {
        "group": "collectivename collective literal collaboration corporatename groupname entity",
        "family": "family lastname surname familyname familynames last keyname surnames lname lastnames "
        "cesurname authorlastname namelast sn "
        "nachname familienname nom nomdefamille apellido apellidos cognome sobrenome nazwisko ln 姓 姓氏",
        "given": "given firstname authorfirstname namefirst cegivenname gn "
        "forename forenames givenname givennames first fname firstnames fn vorname "
        "vornamen prenom prénom prenoms nombre nombres nomepróprio imię 名 名字 initials",
        "middle": "middle middlename middlenames",
        "suffix": "suffix namesuffix jr lineage",
        "particle": "nameparticle particle prefix von",
        "whole": "displayname fullname name authorname preferredname text value label title rawauthorname rawname "
        "creatorname creator person personname string content node standardname full au author "
        "personalname user creditname authname authorfullname realname auth nome nameen a username n",
    }.items()
}
_PARTICLES_OF_CSL = ("droppingparticle", "nondroppingparticle")  # `de La Fontaine` has both, in this order
_IGNORED = frozenset(
    "affiliation affiliations institution institutions department school city country location organization "
    "organisation employer address email homepage url website bio position field fields interests "
    "rawaffiliationstrings rawaffiliations aff university company namevariants aliases nativename".split()
)
_CALLED = ("name", "nome", "displayname", "fullname", "authorname")
_ROLES = ("creatortype", "inspireroles", "role", "roles", "contributortype", "contributorrole", "type")
_KINDS = ("nametype", "type", "creatortype", "kind")  # keys that distinguish people from organisations
_ORGANISATIONS = frozenset(
    {"organizational", "organisational", "organization", "organisation", "corporate", "corporation", "institution"}
    | {"collaboration", "consortium", "group"}
)
_KNOWN = _IGNORED.union(_ROLES, _KINDS, _PARTICLES_OF_CSL, *KEYS.values())
_NO_AUTHORS = frozenset({"editor", "serieseditor", "translator", "contributor", "reviewedauthor", "reviewer"})
_CAPITALS = lazy_pattern(r"[A-Z]{3,}")
_DEEPEST = 4  # levels of nested objects


def people_in(value: object, depth: int = 0) -> Iterator[object]:
    """Yield each person of an object or list, as text or object; objects without a name are searched for people."""
    value = without_numbers(value)
    if isinstance(value, Mapping) and (listed := _parallel_lists(value)):
        yield from listed
        return
    if isinstance(value, Mapping) and depth < _DEEPEST and not _has_name(value):
        yield from _people_below(value, depth)
        return
    if isinstance(value, list | tuple):
        yield from _authors_of(value)
    elif isinstance(value, str | Mapping):
        yield value


def without_numbers(value: object) -> object:
    """Return an object whose keys are all numbers as the list of its values, and any other value unchanged."""
    is_numbered = isinstance(value, dict) and value and all(str(key).isdecimal() for key in value)
    return list(value.values()) if isinstance(value, dict) and is_numbered else value


def _parallel_lists(value: Mapping[str, object]) -> list[object]:
    """Return the people of an object that has a list of names, or parallel lists of family and given names."""
    if not any(isinstance(inner, list) for inner in value.values()):
        return []
    plain = plain_keys(value)
    family, given = (next((plain[key] for key in KEYS[part] if plain.get(key)), None) for part in ("family", "given"))
    if isinstance(family, list) and len(family) > 1:
        firsts = given if isinstance(given, list) and len(given) == len(family) else [""] * len(family)
        return [{"family": last, "given": first} for last, first in zip(family, firsts, strict=True)]
    names = next((plain[key] for key in KEYS["whole"] if plain.get(key)), None) if not (family or given) else None
    if not isinstance(names, list) or len(names) == 1 or not all(isinstance(name, str) for name in names):
        return []
    return names if any(" " in name.strip() for name in names) else []


def _people_below(value: Mapping[str, object], depth: int) -> Iterator[object]:
    """Yield the people of an object without a name of its own: its values, its keys, or those in its first list."""
    if len(value) > 1 and all(isinstance(person, Mapping) and _has_name(person) for person in value.values()):
        yield from _authors_of(value.values())
    elif all(" " in str(key) and not _is_empty_or_named(inner) for key, inner in value.items()):
        yield from map(str, value)  # `{"Ada Example": ["MIT"]}`
    elif inner := [item for item in value.values() if isinstance(item, list | Mapping)]:
        yield from people_in(inner[0], depth + 1)
    else:
        yield value


def _is_empty_or_named(value: object) -> bool:
    return value == [] or (isinstance(value, Mapping) and _has_name(value))


def name_of_mapping(value: Mapping[str, object], depth: int = 0) -> PersonName | str:
    """Return the name of an author object: in parts if the object has parts, else as one text, or "" if it has none."""
    plain = plain_keys(value)
    group, family, given, middle, suffix, particle = (_first(plain, KEYS[part]) for part in list(KEYS)[:6])
    if group and not (family and given):  # DataCite writes `literal` next to the parts of a name
        return PersonName(group, is_group=" " in group or is_group(group))
    whole = _first(plain, _CALLED)
    if whole and any(_text(plain.get(key)).casefold() in _ORGANISATIONS for key in _KINDS):
        return PersonName(whole, is_group=True)
    if not family and given and whole and " " not in whole and given not in whole.split():
        family = whole  # `{"name": "Example", "givenName": "Ada"}`
    inverted = family if not given and "," in family and not is_group(family.replace(",", "")) else ""
    if inverted or not family:  # `{"family": "Lovelace, Ada"}`
        return inverted or _whole(plain, depth) or " ".join(filter(None, (given, middle))) or _only_key(value)
    if not given and whole and whole != family:
        given = whole.removesuffix(family).strip(" ,")
        given = given.removeprefix(family).strip(" ,")
    if given == _text(plain.get("initials")) and given.isalpha() and given.isupper():
        given = " ".join(f"{letter}." for letter in given)
    given = " ".join(filter(None, (given, middle if middle not in given.split() else "")))
    particle = " ".join(text for key in _PARTICLES_OF_CSL if (text := _text(plain.get(key)))) or particle
    particle = particle if all(word.lower() in PARTICLES for word in particle.split()) else ""  # not `Dr.`
    if not given:
        return PersonName(family, particle=particle, suffix=suffix, is_group=is_group(family))
    if is_east_asian(family):
        return PersonName(family, given, particle, suffix)
    return split_last_first(" ".join(filter(None, (particle, family))), given, suffix)


def _only_key(value: Mapping[str, object]) -> str:
    """Return the key of an object such as `{"Ada Example": "MIT"}`, or "" for any other object."""
    key = str(next(iter(value), ""))
    return key if len(value) == 1 and len(key.split()) > 1 and key.istitle() else ""


@lru_cache(maxsize=256)  # the objects of one program have the same keys
def unknown_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of an author object that are neither read nor deliberately ignored."""
    return tuple(key for key in keys if isinstance(key, str) and not plain_keys({key: True}).keys() <= _KNOWN)


def plain_keys(value: Mapping[str, object]) -> dict[str, object]:
    """Normalise an object's keys to lower-case letters and digits; of equal keys, the first non-empty value counts."""
    plain: dict[str, object] = {}
    for key, inner in value.items():
        name = "".join(character for character in str(key)[:60].casefold() if character.isalnum())
        if not plain.get(name):
            plain[name] = inner
    return plain


def _has_name(value: Mapping[str, object]) -> bool:
    plain = plain_keys(value)
    return any(_first(plain, keys) for keys in KEYS.values()) or _whole(plain, 0) != ""


def _authors_of(people: Iterable[object]) -> list[object]:
    """Return the people who are not editors, translators or the like, or all of them if nobody else is named."""
    people = [_as_mapping(person) for person in people if person is not None and person != ""]
    authors = [person for person in people if not (isinstance(person, Mapping) and _is_no_author(person))]
    return authors or people


def _as_mapping(person: object) -> object:
    """Convert arXiv's `[last, first, suffix]` to a mapping, and `[name, institution]` to the name."""
    if not isinstance(person, list):
        return person
    if person and isinstance(person[0], str) and " " in person[0] and all(map(_is_institution, person[1:])):
        return person[0]  # `["Ada Example", "MIT"]`
    return dict(zip(("family", "given", "suffix"), person, strict=False))


def _is_institution(text: object) -> bool:
    return isinstance(text, str) and (INSTITUTION.search(text) is not None or _CAPITALS.fullmatch(text) is not None)


def _is_no_author(person: Mapping[str, object]) -> bool:
    plain = plain_keys(person)
    roles = {_text(plain.get(name)).casefold().replace(" ", "") for name in _ROLES} - {""}
    return bool(roles) and roles <= _NO_AUTHORS


def _whole(plain: Mapping[str, object], depth: int) -> PersonName | str:
    """Return the full name in an object, which may be in a nested object, or ""."""
    for key in KEYS["whole"]:
        value = plain.get(key)
        if isinstance(value, Mapping) and depth < _DEEPEST and (found := name_of_mapping(value, depth + 1)):
            return found
        if text := _text(value):
            return text
    return ""


def _first(plain: Mapping[str, object], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := _text(plain.get(key)))), "")


def _text(value: object) -> str:
    """Return a text, or the joined texts of a list, as CORD-19 writes middle names; "" for any other value."""
    if isinstance(value, list):
        return " ".join(text for one in value if (text := _text(one)))
    return " ".join(value.split()) if isinstance(value, str) else ""
