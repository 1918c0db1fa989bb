"""An author as an object of some program → the name in parts, or the text that the object calls it by."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from site_builder.lazy import lazy_pattern
from site_builder.names.person import PersonName, turned_name
from site_builder.names.words import INSTITUTION, PARTICLES, is_east_asian, is_group

# Part of a name → the keys for it, best first, in lower case without anything but letters and digits.
KEYS: Mapping[str, tuple[str, ...]] = {
    part: tuple(keys.split())
    for part, keys in {
        "group": "collectivename literal collaboration corporatename groupname entity",
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
_OF_NO_USE = frozenset(
    "affiliation affiliations institution institutions department school city country location organization "
    "organisation employer address email homepage url website bio position field fields interests "
    "rawaffiliationstrings rawaffiliations aff university company namevariants aliases nativename".split()
)
_CALLED = ("name", "nome", "displayname", "fullname", "authorname")
_ROLES = ("creatortype", "inspireroles", "role", "roles", "contributortype", "contributorrole", "type")
_KINDS = ("nametype", "type", "creatortype", "kind")  # keys that tell what kind of author it is
_ORGANISATIONS = frozenset(
    {"organizational", "organisational", "organization", "organisation", "corporate", "corporation", "institution"}
    | {"collaboration", "consortium", "group"}
)
_KNOWN = _OF_NO_USE.union(_ROLES, _KINDS, _PARTICLES_OF_CSL, *KEYS.values())
_NO_AUTHORS = frozenset({"editor", "serieseditor", "translator", "contributor", "reviewedauthor", "reviewer"})
_CAPITALS = lazy_pattern(r"[A-Z]{3,}")
_DEEPEST = 4  # objects inside of objects


def people_in(value: object, depth: int = 0) -> Iterator[object]:
    """Yield each person of an object or a list of them, a text or an object; lists inside of objects are gone into."""
    value = without_numbers(value)
    if isinstance(value, Mapping) and (listed := _listed_in(value)):
        yield from listed
        return
    if isinstance(value, Mapping) and depth < _DEEPEST and not _says_a_name(value):
        yield from _people_below(value, depth)
        return
    if isinstance(value, list | tuple):
        yield from _authors_of(value)
    elif isinstance(value, str | Mapping):
        yield value


def without_numbers(value: object) -> object:
    """Return the list of what stands under `0`, `1`, … in an object, any other value as it is."""
    is_numbered = isinstance(value, dict) and value and all(str(key).isdecimal() for key in value)
    return list(value.values()) if isinstance(value, dict) and is_numbered else value


def _listed_in(value: Mapping[str, object]) -> list[object]:
    """Return the people of an object whose keys lead to lists of names, or of family and given names, else nothing."""
    if not any(isinstance(each, list) for each in value.values()):
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
    """Yield the people of an object that has no name: those under each of its numbers or ids, or in its first list."""
    if len(value) > 1 and all(isinstance(each, Mapping) and _says_a_name(each) for each in value.values()):
        yield from _authors_of(value.values())
    elif all(" " in str(key) and not _says_a_name_or_nothing(each) for key, each in value.items()):
        yield from map(str, value)  # `{"Ada Example": ["MIT"]}`
    elif inner := [each for each in value.values() if isinstance(each, list | Mapping)]:
        yield from people_in(inner[0], depth + 1)
    else:
        yield value


def _says_a_name_or_nothing(value: object) -> bool:
    return value == [] or (isinstance(value, Mapping) and _says_a_name(value))


def name_of_mapping(value: Mapping[str, object], depth: int = 0) -> PersonName | str:
    """Return the name in parts where the object parts it, else the text it calls it by, "" for none."""
    plain = plain_keys(value)
    group, family, given, middle, suffix, particle = (_first(plain, KEYS[part]) for part in list(KEYS)[:6])
    if group and not (family and given):  # DataCite writes `literal` next to the parts of a name
        return PersonName(group, is_group=" " in group or is_group(group))
    whole = _first(plain, _CALLED)
    if whole and any(_text(plain.get(key)).casefold() in _ORGANISATIONS for key in _KINDS):
        return PersonName(whole, is_group=True)
    if not family and given and whole and " " not in whole and given not in whole.split():
        family = whole  # `{"name": "Example", "givenName": "Ada"}`
    turned = family if not given and "," in family and not is_group(family.replace(",", "")) else ""
    if turned or not family:  # `{"family": "Lovelace, Ada"}`
        return turned or _whole(plain, depth) or " ".join(filter(None, (given, middle))) or _only_key(value)
    if not given and whole and whole != family:
        given = whole.removesuffix(family).strip(" ,")
        given = given.removeprefix(family).strip(" ,")
    given = " ".join(filter(None, (given, middle if middle not in given.split() else "")))
    particle = " ".join(text for key in _PARTICLES_OF_CSL if (text := _text(plain.get(key)))) or particle
    particle = particle if all(word.lower() in PARTICLES for word in particle.split()) else ""  # not `Dr.`
    if not given:
        return PersonName(family, particle=particle, suffix=suffix, is_group=is_group(family))
    if is_east_asian(family):
        return PersonName(family, given, particle, suffix)
    return turned_name(" ".join(filter(None, (particle, family))), given, suffix)


def _only_key(value: Mapping[str, object]) -> str:
    """Return the name of `{"Ada Example": "MIT"}`, "" for another object."""
    key = str(next(iter(value), ""))
    return key if len(value) == 1 and len(key.split()) > 1 and key.istitle() else ""


@lru_cache(maxsize=256)  # the objects of one program have the same keys
def unknown_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of an author that neither tell of a name nor are known to be of no use."""
    return tuple(key for key in keys if isinstance(key, str) and not plain_keys({key: True}).keys() <= _KNOWN)


def plain_keys(value: Mapping[str, object]) -> dict[str, object]:
    """Return an object under the letters and digits of its keys in lower case; the first of two alike counts."""
    plain: dict[str, object] = {}
    for key, inner in value.items():
        name = "".join(character for character in str(key)[:60].casefold() if character.isalnum())
        if not plain.get(name):
            plain[name] = inner
    return plain


def _says_a_name(value: Mapping[str, object]) -> bool:
    plain = plain_keys(value)
    return any(_first(plain, keys) for keys in KEYS.values()) or _whole(plain, 0) != ""


def _authors_of(people: Iterable[object]) -> list[object]:
    """Return the people who are no editors and no translators, or all of them where nobody else is named."""
    people = [_as_mapping(person) for person in people if person is not None and person != ""]
    authors = [person for person in people if not (isinstance(person, Mapping) and _is_no_author(person))]
    return authors or people


def _as_mapping(person: object) -> object:
    """Return `[last, first, suffix]` as arXiv writes it under the names of its parts."""
    if not isinstance(person, list):
        return person
    if person and isinstance(person[0], str) and " " in person[0] and all(map(_is_place, person[1:])):
        return person[0]  # `["Ada Example", "MIT"]`
    return dict(zip(("family", "given", "suffix"), person, strict=False))


def _is_place(text: object) -> bool:
    return isinstance(text, str) and (INSTITUTION.search(text) is not None or _CAPITALS.fullmatch(text) is not None)


def _is_no_author(person: Mapping[str, object]) -> bool:
    plain = plain_keys(person)
    roles = {_text(plain.get(name)).casefold().replace(" ", "") for name in _ROLES} - {""}
    return bool(roles) and roles <= _NO_AUTHORS


def _whole(plain: Mapping[str, object], depth: int) -> PersonName | str:
    """Return what an object calls the whole name, which may be an object again."""
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
    """Return a text, or the texts of a list as one (CORD-19 writes middle names so)."""
    if isinstance(value, list):
        return " ".join(text for one in value if (text := _text(one)))
    return " ".join(value.split()) if isinstance(value, str) else ""
