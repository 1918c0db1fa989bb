"""Convert an object or table row with any program's key names to the fields of a paper."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import FIELDS, filled, given_links
from site_builder.names.mappings import name_of_mapping, people_in
from site_builder.names.words import is_group
from site_builder.sources.fields.field_names import (
    FIELD_NAMES,
    FIELD_OF_NAME,
    KINDS,
    LINK_NAMES,
    first_kind,
    kind_word,
    plain_name,
    says_something,
)
from site_builder.sources.fields.identifiers import (
    add_link,
    arxiv_in,
    doi_in,
    ids_in,
    is_arxiv_venue,
    is_for_programs,
    is_service,
    url_in,
    urls_in,
)
from site_builder.sources.fields.text_languages import in_one_language
from site_builder.sources.fields.written_date import NO_DAYS, date_of_parts, written_date
from site_builder.sources.syntax.written_list import split_terms, written_list

_LISTS = frozenset({"tags", "keywords", "categories"})
WORDS_WITHIN = ("name", "term", "topic", "subject", "keyword", "value", "text")  # keys of the text in a tag object
_NUMBERS = frozenset({"author_count", "upvotes", "stars"})
_SPECIAL = frozenset(
    {"authors", "date", "first_page", "last_page", "id", "key", "comments", "comment", "kind", "subtitle"}
)
RETRACTED = "Retracted"  # the comment on a paper that a service marks as retracted
_EMPTY: tuple[object, ...] = (None, "", [], {})
_LENGTH_OF_DAY = len("2026-05-14")
_ISO_DAY = lazy_pattern(r"\d{4}-\d\d-\d\d")
_ADDRESS_KEYS = ("href", "@href", "url", "link", "uri", "value")  # of an object that is a link
_KIND_KEYS = ("format", "documentStyle", "label", "name", "title", "text", "type")  # that say what it leads to
_OF_THE_PAPER = frozenset({"abs", "pdf", "html", "doi", "page", "paper", "arxiv", "preprint"})
_BARE_URL = lazy_pattern(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,6}/\S*")
# Name of a field → the key of an object, and the path from there to the value.
_PATHS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    name: (first, tuple(rest))
    for names in (*FIELD_NAMES.values(), *LINK_NAMES.values())
    for name in names
    for first, *rest in [name.split(".")]
}
_Paths = list[tuple[str, list[tuple[str, tuple[str, ...]]]]]  # fields or kinds of link, each with its paths, best first
_FIRST_KEYS = frozenset(path[0] for path in _PATHS.values())
_ZERO: tuple[object, ...] = (0, "0")
NEVER_ZERO = frozenset({"volume", "issue", "pages", "first_page", "last_page"})  # 0 means unknown
_NUMBER = lazy_pattern(r"\d+(?:\.0)?")
_YEAR = lazy_pattern(r"(?:1[4-9]|2[01])\d\d")
_OF_ARXIV = lazy_pattern(r"abs/|arxiv", re.IGNORECASE)  # before an arXiv number given as volume or pages
_OF_VOLUMES = frozenset({"volume", "issue", "pages"})
_JOURNAL = lazy_pattern(
    r"\b(?:journal|j|proceedings|proc|conference|symposium|workshop|transactions|trans|letters|lett|reviews?|rev|annals"
    r"|acta|zeitschrift|revue|revista|rivista|журнал)\b|学报|雑誌|学会誌|论文集",
    re.IGNORECASE,
)
_COLLABORATIONS = ("collaborations", "collaboration")
_PARTS_OF_DATE = ("year", "month", "day")
# Keys of an object that contain its date, best first: CSL's, MongoDB's, Firestore's, those of other services.
_DATE_INSIDE = ("dateparts", "date", "datetime", "value", "seconds", "numberlong", "iso", "raw", "literal", "text")
_BEGINS_WITH_YEAR = lazy_pattern(r"(?:1[4-9]|2[01])\d\d(?:-|\Z)")
_FIRST_SECOND, _FIRST_MILLISECOND, _LAST_MILLISECOND = 10**9, 10**11, 10**13  # dates from 2001 or 1973, to 2286
_FIRST_PEOPLE = 5  # items of a list that are checked for a name
# DataCite's types of dates and texts that describe the work itself, best first.
KINDS_OF_DATES = ("Issued", "Available", "Submitted", "Created")
KINDS_OF_TEXTS = ("Abstract", None, "Other", "Methods", "TechnicalInfo")
_KINDS_WITHIN: Mapping[str, tuple[str | None, ...]] = {
    "dateType": KINDS_OF_DATES,
    "descriptionType": KINDS_OF_TEXTS,
    "titleType": (None, "Other", "AlternativeTitle", "TranslatedTitle"),
}
_IDS: Mapping[str, Callable[[str], str | None]] = {"doi": doi_in, "arxiv": arxiv_in}
_SWITCHES = frozenset({"hold", "hide", "lead"})  # fields that may be true or false
PARTS_OF_TITLE = (("title", "main", "maintitle", "main_title", "text", "full"), ("subtitle", "sub", "sub_title"))
_OBJECTS = frozenset({"authors", "published", "listed", "date"})  # fields that may be written as an object
_MANY = _OBJECTS | {name for field in _LISTS for name in FIELD_NAMES[field]}  # keys whose lists are read whole


def to_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a paper from an object with any program's keys; empty values are left out.

    If several keys denote one field or have the same plain name, the first that yields a value counts.
    """
    plain = _plain_keys(values)
    paths = _known_paths(tuple(plain))
    found = dict(_best_values(plain, paths.fields))
    fields = {name: _value(name, value) for name, value in found.items() if name not in _SPECIAL}
    if "categories" not in fields and _are_of_arxiv(plain.get("tags")):
        fields["categories"] = fields.pop("tags")
    fields["authors"] = _authors(found.get("authors"))
    if not fields["authors"] and (first := _text(plain.get("firstauthor", ""))):
        fields["authors"] = [first, "others"]
    for name in _COLLABORATIONS:
        if name in plain:
            fields["authors"] = with_groups(fields["authors"], plain[name])
    fields["kind"] = _kind(found, plain)
    fields["links"] = _links(plain, paths.links)
    fields |= _dates(found) | pages_of(found) | _remarks(found)
    if "source" in plain:
        _read_source(plain, fields)
    if url_in(_text(fields.get("pages", ""))):  # of the web
        _add_links(fields["links"], "page", fields.pop("pages"))
    year = str(fields.get("published", ""))
    if "month" in plain and _YEAR.fullmatch(year):
        fields["published"] = date_of_parts(year, plain["month"], plain.get("day")) or year
    if "isretracted" in plain and str(plain["isretracted"]).casefold() == "true":  # OpenAlex
        fields["comment"] = f"{RETRACTED}: {fields['comment']}" if fields.get("comment") else RETRACTED
    title = fields.get("title", "") or title_of(plain.get("title"))
    fields["title"] = with_subtitle(title, _text(found["subtitle"])) if "subtitle" in found else title
    addresses = (_text(plain[name]) for name in paths.of_page)  # also `doi:10.1000/a`
    add_identifiers(fields, *_names_of_record(fields, found), *addresses)
    return filled(fields)


def normalised_fields(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Normalise a record's fields: drop empty values and placeholders, convert the rest as `to_fields` does."""
    others = [name for name, value in fields.items() if not _is_normalised(name, value)]
    return filled({**fields, **{name: _normalised(name, fields[name]) for name in others}}) if others else fields


def _is_normalised(name: str, value: object) -> bool:
    """Return whether a value needs no normalising: no placeholder, and a type that its field has."""
    shape = FIELDS[name].shape
    if not isinstance(value, list | Mapping):
        is_word = shape == "flag" or name == "id"  # an id is whatever its curator calls the paper
        return is_word or (says_something(value) and not (shape == "people" and _has_placeholder(value)))
    if shape == "people":
        return isinstance(value, Mapping) or all(map(says_something, value))
    if isinstance(value, Mapping):
        return shape == "links" and all(type(each) is str and says_something(each) for each in value.values())
    # `null` among other keywords may be a keyword
    return shape == "list" and all(type(each) is str for each in value) and any(map(says_something, value))


def _has_placeholder(value: object) -> bool:
    """Return whether a `;`-separated text of names contains a placeholder: `Doe, Jane; nan`."""
    return type(value) is str and ";" in value and not all(map(says_something, value.split(";")))


def _normalised(name: str, value: object) -> object:
    if name == "authors" and _has_placeholder(value):
        return ";".join(filter(says_something, str(value).split(";")))
    if not isinstance(value, list | Mapping):
        return ""
    if FIELDS[name].shape == "flag" and isinstance(value, Mapping):  # `hold: {until: 2026-12-24}` keeps back, too
        return " ".join(f"{key} {_text(each)}" for key, each in value.items()).strip()
    given = list(filter(says_something, value)) if isinstance(value, list) else dict(value)
    if name in ("authors", "formerly"):  # `papers/` accepts any list of these
        return given
    if name == "links":
        links: dict[str, str] = {}
        for kind, urls in given_links({name: given}).items():
            _add_links(links, str(kind), urls)
            if not links_of(urls) and says_something(text := _address(urls)):
                links.setdefault(str(kind), text)  # `papers/` reports what is no web address
        return links
    read = to_fields({name: given})
    return read.get(name) or read.get("key", "")


def _read_source(plain: Mapping[str, object], fields: dict[str, Any]) -> None:
    """Read `source` as a link, or as the journal (Mendeley), unless it names a service."""
    text = _text(plain["source"])
    if "://" in text:
        _add_links(fields["links"], "page", text)
    elif not (text.islower() or fields.get("venue") or is_service(text)):  # `hf_daily_api`
        is_of_work = not _OF_VOLUMES.isdisjoint(plain) or isinstance(plain.get("identifiers"), dict)
        fields["venue"] = text if is_of_work or _JOURNAL.search(text) else ""


def add_identifiers(fields: dict[str, Any], *texts: Any) -> None:
    """Fill missing `arxiv` and `doi` fields from texts and links; drop arXiv as a venue, and its number as a volume."""
    links = [url for kind, url in fields.get("links", {}).items() if kind.casefold() in _OF_THE_PAPER]
    if "arxiv" not in fields:
        written = (_text(fields[name]) for name in ("volume", "pages") if name in fields)
        numbers = filter(_OF_ARXIV.match, written)
        fields["arxiv"] = _first_in(arxiv_in, (*texts, *links, fields.get("venue"), fields.get("doi"), *numbers))
    if "doi" not in fields:
        fields["doi"] = _first_in(doi_in, (*texts, *links))
    for name in ("volume", "issue", "pages"):
        if name in fields and fields["arxiv"] and arxiv_in(_text(fields[name])) == fields["arxiv"]:
            del fields[name]  # DBLP's `abs/2401.01010`
    if "venue" in fields and is_arxiv_venue(_text(fields["venue"])):
        del fields["venue"]


def with_identifiers(fields: Mapping[str, object], *texts: object) -> dict[str, object]:
    """Return the non-empty fields, with `arxiv` and `doi` filled from texts and links if missing."""
    known = {name: value for name, value in fields.items() if value}
    add_identifiers(known, *texts)
    return {name: value for name, value in known.items() if value}


def with_subtitle(title: str, subtitle: str) -> str:
    """Join title and subtitle, unless the title already ends with the subtitle."""
    subtitle = subtitle.lstrip(":\u2013\u2014 ") if title else subtitle
    if not title or not subtitle or title.casefold().endswith(subtitle.casefold()):
        return title or subtitle
    return f"{title} {subtitle}" if title[-1] in ":?!.-\u2013\u2014" else f"{title}: {subtitle}"


def title_of(value: object) -> str:
    """Return the title in a text, in a list that begins with it, or in `{"title": …, "subtitle": …}`."""
    if isinstance(value, Mapping):
        title, subtitle = (
            next((text for key in keys if (text := _text(value.get(key, "")))), "") for keys in PARTS_OF_TITLE
        )
        return with_subtitle(title, subtitle) if title else ""
    return _text(value or "")


def _names_of_record(fields: dict[str, object], found: Mapping[str, object]) -> tuple[str, ...]:
    """Return the texts of the record's `id` and set `id`, if one is an arXiv number or a DOI, or else `key`."""
    names = found.get("id", "")
    texts = tuple(map(_text, names)) if isinstance(names, list) else ()
    name = next(filter(ids_in, texts), _text(names))
    if ids_in(name):
        fields["id"] = name
    elif not url_in(name):
        fields["key"] = name
    if "key" in found:
        fields["key"] = _text(found["key"])
    return (name, *texts)


def _plain_keys(values: Mapping[str, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, value in values.items():
        name = plain_name(str(key))
        if plain.get(name) not in _EMPTY:
            continue
        if type(value) is str:
            plain[name] = value.strip()
        elif type(value) is dict or (type(value) is list and value and type(value[0]) is dict and name not in _MANY):
            plain[name] = in_one_language(value, values.get("language"))
        else:
            plain[name] = value
    return plain


def _best_values(plain: Mapping[str, object], fields: _Paths) -> Iterator[tuple[str, object]]:
    """Yield each field with its first value of the expected form, else with its first value of any form."""
    for field, names in fields:
        is_of_field = _EXACT.get(field, says_something)
        other: object = None
        for path in names:
            first, rest = path
            value = _found_inside(field, plain[first], rest) if rest else plain[first]
            if not value if type(value) is str else not _has_allowed_type(field, value, rest):
                continue
            if value in _ZERO and field in NEVER_ZERO:
                continue
            if is_of_field(value):
                is_short = field == "published" and not (type(value) is str and len(value) >= _LENGTH_OF_DAY)
                yield field, _fuller_date(value, plain, [each for each in names if each != path]) if is_short else value
                break
            if other is None and says_something(value) and not (is_of_field is _is_date and url_in(_text(value))):
                other = value
        else:
            if other is not None:
                yield field, other


def _found_inside(field: str, value: object, path: tuple[str, ...]) -> object:
    found = _inside(value, path)
    return _with_others(found, value, path) if field == "authors" else found


def _has_allowed_type(field: str, value: object, path: tuple[str, ...]) -> bool:
    """Return whether a value that is not a text has a type allowed for its field."""
    if type(value) is bool:
        return field in _SWITCHES
    return value not in _EMPTY and (bool(path) or field in _OBJECTS or not isinstance(value, dict))


def _fuller_date(value: object, plain: Mapping[str, object], others: Iterable[tuple[str, tuple[str, ...]]]) -> object:
    """Return a date, or, for a year or a month, the first fuller date within it under another name of the field.

    The fuller date may lack the year, as in Web of Science's `MAY 14`.
    """
    text = date_text(value)
    if not 0 < len(text) < _LENGTH_OF_DAY:
        return value
    values = (_inside(plain[first], rest) for first, rest in others)
    dates = (date_text(one) for each in values for one in (each if isinstance(each, list) else [each]))
    whole = (date if date[:4].isdecimal() else written_date(f"{date} {text}") for date in dates if date)
    return next((date for date in whole if len(date) > len(text) and date.startswith(text)), value)


def _names_someone(value: object) -> bool:
    """Return whether authors contain a name, judged by the first few of a list."""
    if isinstance(value, str):
        return says_something(value)
    if isinstance(value, list) and value and isinstance(value[0], str):
        return says_something(value[0]) or any(map(_names_someone, value[1:_FIRST_PEOPLE]))
    people = islice(people_in(value), _FIRST_PEOPLE)
    return any(name_of_mapping(person) if isinstance(person, dict) else person for person in people)


def _is_date(value: object) -> bool:
    text = date_text(value)
    return _BEGINS_WITH_YEAR.match(text) is not None and text not in NO_DAYS


def date_text(value: object) -> str:
    """Return a date like `written_date`, and accept date parts, and seconds or milliseconds since 1970."""
    if type(value) is str:
        return _date_of_text(value)
    if isinstance(value, list):
        return _date_of_list(value)
    if isinstance(value, dict):
        return _date_of_object(value)
    return _date_of_moment(value)


@lru_cache(maxsize=1024)  # the papers of a list share few dates, each of which is parsed several times
def _date_of_text(value: str) -> str:
    return _date_of_moment(value)


def _date_of_moment(value: object) -> str:
    """Return the date of a text, or of a number of seconds or milliseconds since 1970."""
    moment = value if isinstance(value, int) else _moment(value)
    if _FIRST_SECOND < moment < _LAST_MILLISECOND:
        seconds = moment / 1000 if moment > _FIRST_MILLISECOND else moment
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return written_date(_text(value))


def _moment(value: Any) -> int:
    """Return the number in a text of 10 or 13 digits (seconds or milliseconds since 1970), or 0."""
    is_moment = isinstance(value, str) and len(value) in (10, 13) and value.isascii() and value.isdecimal()
    return int(value) if is_moment else 0


def _date_of_list(value: list[object]) -> str:
    """Return the date `[2024, 1, 5]`, or the first date in a list."""
    if value and isinstance(value[0], int | str) and not isinstance(value[0], bool):
        first, *rest = (str(part).strip() for part in value[: len(_PARTS_OF_DATE)])
        is_parts = _YEAR.fullmatch(first) and rest and all(part.isdecimal() and len(part) < len("100") for part in rest)
        if is_parts and (dated := date_of_parts(first, *rest)):
            return dated
    return next((text for one in value if (text := date_text(one))), "")


def _date_of_object(value: dict[str, object]) -> str:
    """Return the date in an object: `{"year": 2024, "month": 1}`, CSL's `date-parts`, or another key for a date."""
    plain = _plain_keys(value)
    if "year" in plain:
        return date_of_parts(*(plain.get(name) for name in _PARTS_OF_DATE)) or ""
    return next((text for name in _DATE_INSIDE if name in plain and (text := date_text(plain[name]))), "")


class _KnownPaths(NamedTuple):
    """What an object with a given set of keys may contain: fields and links with their paths, and keys of its page."""

    fields: _Paths
    links: _Paths
    of_page: list[str]


@lru_cache(maxsize=256)  # the objects of one program have the same keys
def _known_paths(keys: tuple[str, ...]) -> _KnownPaths:
    within = {key for key in keys if key in _FIRST_KEYS}
    fields, links = (
        [(field, [_PATHS[name] for name in names if _PATHS[name][0] in within]) for field, names in table.items()]
        for table in (FIELD_NAMES, LINK_NAMES)
    )
    of_page = [name for name in LINK_NAMES["page"] if name in keys]
    return _KnownPaths([each for each in fields if each[1]], [each for each in links if each[1]], of_page)


def _inside(value: object, path: tuple[str, ...]) -> object:
    """Return the value at a path of plain names, or None; for a list of objects, the list of their values."""
    for depth, name in enumerate(path):
        if isinstance(value, list):
            parts = (_inside(part, path[depth:]) for part in _of_the_work(value) if isinstance(part, dict | list))
            return [one for one in parts if one not in _EMPTY]
        if not isinstance(value, dict):
            return None
        value = _plain_keys(value).get(name)
    return value


def _with_others(found: object, people: object, path: tuple[str, ...]) -> object:
    """Return the authors found at a path, and in their positions those people whose name is elsewhere."""
    if not (found and type(found) is list and type(people) is list):
        return found
    if len(found) >= len(people) and not any(map(_is_nobody, found)):
        return found
    named = [(_inside(person, path), person) for person in people if isinstance(person, dict)]
    return [
        person if _is_nobody(inside) else inside
        for inside, person in named
        if not _is_nobody(inside) or name_of_mapping(person)
    ]


def _is_nobody(person: object) -> bool:
    """Return whether a person is nothing, or an object all of whose keys lead to nothing."""
    return person in _EMPTY or (type(person) is dict and not any(person.values()))


def _of_the_work(values: list[object]) -> list[object]:
    """Return the values of a list; if they have DataCite's types, only those that describe the work, best first."""
    if not values or not isinstance(values[0], dict):
        return values
    key = next((key for key in _KINDS_WITHIN if any(isinstance(value, dict) and key in value for value in values)), "")
    if not key:
        return values
    objects = [value for value in values if isinstance(value, dict)]
    return [value for kind in _KINDS_WITHIN[key] for value in objects if value.get(key) == kind]


def _value(name: str, value: Any) -> Any:
    """Convert a value to the type of its field: list, number or text."""
    if name in _LISTS:
        return _list(value, name)
    if name in _NUMBERS:
        return _text(value) if isinstance(value, list) else value
    if name in _IDS and isinstance(value, list):  # the first that contains such an identifier
        return _first_text(_IDS[name], value)
    if name == "listed" and isinstance(value, list):
        return [written_date(one) for one in value]
    return date_text(value) if name in {"published", "listed"} else _text(value)


def _text(value: object) -> str:
    """Return a value as a text; of a list its first text (Crossref writes titles as lists), of an object ""."""
    if type(value) is str:  # the common case
        return value.strip()
    if isinstance(value, list):
        return next((text for one in value if (text := _text(one))), "")
    if value is None or isinstance(value, dict):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _first_text(find: Callable[[str], str | None], value: object) -> str:
    """Return the first text of a value or list in which `find` finds something, or ""."""
    texts = (_text(one) for one in (value if isinstance(value, list) else [value]))
    return next((text for text in texts if find(text)), "")


def _list(value: object, name: str) -> list[str]:
    """Return a list of texts; a single text is split at `;`, else at commas (categories also at spaces)."""
    if isinstance(value, list):
        texts = (
            _text(next(filter(None, map(one.get, WORDS_WITHIN)), "") if isinstance(one, dict) else one) for one in value
        )
        return [text for text in texts if text]
    text = _text(value)
    written = written_list(text)
    if written is not None:
        return written
    return re.split(r"[;,\s]+", text) if name == "categories" else split_terms(text)


def _authors(value: object) -> object:
    """Return the authors unparsed, for `papers/` to split; a list serialised into a text becomes a list."""
    if isinstance(value, list):
        return list(filter(says_something, value))
    if isinstance(value, dict):
        return value
    text = _text("" if value is None else value)
    return written_list(text) or text


def with_groups(authors: Any, groups: object) -> Any:
    """Append the collaborations of a record, such as `ATLAS`, to its authors."""
    items = groups if isinstance(groups, list) else [groups]
    names = [_text(each.get("value") if isinstance(each, dict) else each) for each in items]
    whole = [name if is_group(name) else f"{name} Collaboration" for name in names if name]
    if isinstance(authors, list):
        return [*authors, *({"literal": name} for name in whole)]
    return "; ".join(filter(None, [*([authors] if isinstance(authors, str) else []), *whole]))


def _kind(found: Mapping[str, object], plain: Mapping[str, object]) -> str:
    """Return the kind of work; the genre of Unpaywall counts only if it is a kind."""
    return kind_word(_text(found["kind"])) if "kind" in found else first_kind([_text(plain.get("genre", ""))])


def _are_of_arxiv(tags: object) -> bool:
    """Return whether tags are categories of arXiv, as feedparser returns them."""
    first = tags[0] if isinstance(tags, list) and tags else None
    return isinstance(first, dict) and "arxiv.org/schemas" in str(first.get("scheme"))


def _links(plain: Mapping[str, object], kinds: _Paths) -> dict[str, str]:
    """Return kind → URL; a link without a stated kind has the kind of its URL."""
    links: dict[str, str] = {}
    given = plain.get("links")
    if isinstance(given, dict):
        links = {str(kind): _text(url) for kind, url in given.items() if url_in(_text(url))}
    elif given:
        for name, urls in given_links({"links": given}).items():
            _add_links(links, str(name), urls)
    for kind, paths in kinds:
        for first, rest in paths:
            _add_links(links, kind, _inside(plain[first], rest) if rest else plain[first])
    return links


def _add_links(links: dict[str, str], kind: str, value: object) -> None:
    """Add the URLs of a value under the kind that it names, else under `kind`, else under their own; skip API URLs."""
    for each in value if isinstance(value, list) else [value]:
        named = _named_kind(each) if kind == "page" and isinstance(each, dict) else ""
        for url in links_of(each):
            if not is_for_programs(url):
                add_link(links, named if named and named not in links else kind, url)


def _named_kind(link: Mapping[str, object]) -> str:
    """Return the kind of link that an object names: `{"format": "pdf", …}`, `{"label": "Slides", …}`; "" for none."""
    names = (plain_name(_text(link.get(key, ""))) for key in _KIND_KEYS)
    return next((kind for name in names if (kind := FIELD_OF_NAME.get(name, "")) in LINK_NAMES and kind != "page"), "")


def _address(value: object) -> str:
    """Return the first text of a list, or what an object calls its address, also where it is no URL."""
    first = next(iter(value), "") if isinstance(value, list) else value
    if isinstance(first, dict):
        return next((text for key in _ADDRESS_KEYS if (text := _text(first.get(key, "")))), "")
    return _text("" if first is None else first)


def links_of(value: object) -> list[str]:
    """Return the URLs in a text, in an object such as `{"href": …}`, or in a list of these."""
    if isinstance(value, list):
        return [url for each in value for url in links_of(each)]
    if isinstance(value, dict):
        return next((urls for key in _ADDRESS_KEYS if (urls := links_of(value.get(key)))), [])
    text = _text("" if value is None else value)
    return urls_in(text) or ([f"https://{text}"] if _BARE_URL.fullmatch(text) else [])


def _dates(found: Mapping[str, object]) -> dict[str, str]:
    """Return the field that `date` fills: `listed` if the record also has a full publication date, else `published`."""
    if "date" not in found:
        return {}
    published = date_text(found.get("published", ""))
    day = date_text(found["date"])
    if _ISO_DAY.fullmatch(published):
        return {} if "listed" in found else {"listed": day}
    return {"published": day} if day[:4] == published[:4] or not _BEGINS_WITH_YEAR.match(published) else {}


def pages_of(found: Mapping[str, object]) -> dict[str, str]:
    """Return the `pages` field for a first and a last page, or {}."""
    if "first_page" not in found:
        return {}
    first, last = (_text(found.get(name, "")) for name in ("first_page", "last_page"))
    if "pages" in found and not (last and _text(found["pages"]).isdecimal()):  # a single number is their count
        return {}
    pages = f"{first}-{last}" if last and last != first else first
    return {"pages": pages} if first else {}


def _remarks(found: Mapping[str, object]) -> dict[str, object]:
    """Return the number of comments and the authors' remark; programs call both `comments`."""
    number, remark = found.get("comments"), found.get("comment")
    remarks: dict[str, object] = {}
    if number is None and remark is None:
        return remarks
    if isinstance(number, int | float) or _NUMBER.fullmatch(_text(number or "")):
        remarks["comments"] = number
    if remark is not None and not isinstance(remark, int | float) and not _NUMBER.fullmatch(_text(remark)):
        remarks["comment"] = _text(remark)
    return remarks


@lru_cache(maxsize=1024)  # the papers of a list share few venues
def _is_venue(text: str) -> bool:
    return says_something(text) and not is_service(text)


_EXACT: Mapping[str, Callable[[object], bool]] = {
    "venue": lambda value: _is_venue(value) if type(value) is str else says_something(value),
    "published": _is_date,
    "listed": _is_date,
    "date": _is_date,
    "kind": lambda value: plain_name(_text(value).rpartition("/")[2]) in KINDS,
    "authors": _names_someone,
    "doi": lambda value: _first_text(doi_in, value) != "",
    "arxiv": lambda value: _first_text(arxiv_in, value) != "",
}


def _first_in(find: Callable[[str], str | None], texts: Iterable[object]) -> str | None:
    return next((found for text in texts if isinstance(text, str) and (found := find(text))), None)
