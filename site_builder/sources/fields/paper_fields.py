"""The keys that a curator may write for a paper in YAML or Markdown."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import FIELDS, given_links
from site_builder.problems import Problem, plain_word
from site_builder.sources.fields.cited_venue import venue_fields
from site_builder.sources.fields.field_names import FIELD_OF_NAME, by_word, plain_name, says_something
from site_builder.sources.fields.identifiers import is_arxiv_venue, url_in
from site_builder.sources.fields.named_fields import WORDS_WITHIN, date_text, pages_of, title_of, with_subtitle
from site_builder.sources.fields.text_languages import in_one_language
from site_builder.sources.fields.written_date import date_of_parts
from site_builder.sources.syntax.yaml_text import LineDict

# Field → other names that curators use for it.
SYNONYMS: Mapping[str, str] = by_word(
    {
        "title": "name",
        "abstract": "summary",
        "ai_summary": "tldr",
        "authors": "author",
        "organization": "organisation org affiliation",
        "published": "date year",
        "listed": "day",
        "arxiv": "arxiv_id arxivid eprint",
        "tags": "tag topics",
        "venue": "journal",
        "comments": "num_comments",
        "upvotes": "votes",
    }
)
# Keys that are links if written among the fields of a paper.
LINK_KINDS = tuple(
    "url link abs pdf html code github repository project website data model paper preprint demo video slides "
    "poster".split()
)
_LINK_NAMES: Mapping[str, str] = by_word({"page": "url link", "code": "github repository", "project": "website"})
# Other names for the keys of the desk → the key.
DESK_WORDS: Mapping[str, str] = by_word(
    {
        "lead": "pin pinned top leading featured",
        "hold": "embargo hold_until held release publish_on draft",
        "hide": "skip remove hidden",
        "title": "headline",
        "image": "picture figure photo",
        "note": "remark comment_of_the_editor editor_note editors_note",
        "section": "rubric heading",
    }
)
# Of these, the names that keep back a paper of a list too, if their value is a decision.
_KEEP_BACK = frozenset({"embargo", "hold_until", "held", "publish_on", "draft", "hidden"})
_DECISION = lazy_pattern(r"true|yes|on|(?:until\s+)?\d{4}-\d\d-\d\d", re.IGNORECASE)
_MERGED = frozenset({"subtitle", "first_page", "last_page"})  # merged into another field
_OWN_NAMES = {"date": "published", "page": "url"}  # field of FIELD_OF_NAME → its name here
_OF_TEXTS = ("tags", "keywords", "formerly")
_YEAR = lazy_pattern(r"\b\d{4}\b")
_YEAR_SHOWN = lazy_pattern(r"(?<![\d.:/-])(?:19|20)\d\d(?!\.?\d)")
# What the numbers of `publication_types` stand for in older sites of Hugo Academic.
_KINDS_OF_HUGO = dict(
    enumerate(["", "inproceedings", "article", "preprint", "techreport", "book", "incollection", "phdthesis", "patent"])
)
NOT_FOR_PEOPLE = frozenset({"run_together"})


@lru_cache(maxsize=4096)  # the papers of a list have the same keys
def field_name(key: str) -> str | None:
    """Return the field or link kind of a key, or None for an unknown key."""
    plain = plain_word(key)
    plain = SYNONYMS.get(plain, plain)
    if (plain in FIELDS and plain not in NOT_FOR_PEOPLE) or plain in LINK_KINDS:
        return plain
    named = FIELD_OF_NAME.get(plain_name(key), "")
    return _OWN_NAMES.get(named, named) or None


def to_fields(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of known keys under their field names; link keys are collected in `links`.

    If several keys denote one field, the first with a value counts; of publication dates, the longest.
    """
    fields: dict[str, object] = {}
    links: dict[str, object] = {}
    for key, value in values.items():
        name = _field_of(key, values)
        if name in LINK_KINDS:
            _add_link(links, key, _LINK_NAMES.get(name, name), value)
        elif name == "links":
            links.update((str(kind), each) for kind, each in given_links({name: value}).items())
        elif name == "kind" and (number := _number_of_kind(key, value)) is not None:
            fields[name] = _KINDS_OF_HUGO[number]
        elif name and (
            not _has_value(fields.get(name)) or (name == "published" and _precision(value) > _precision(fields[name]))
        ):
            fields[name] = value
    fields |= {name: _with_colons(fields[name]) for name in _OF_TEXTS if name in fields}
    for link in links.values():
        fields = {**_shown_venue(link), **fields}
    return _in_parts_joined(fields, values) | ({"links": links} if links else {})


def _in_parts_joined(fields: dict[str, object], values: Mapping[str, object]) -> dict[str, object]:
    """Return the fields with title, date and pages as one text each, whatever parts they are written in."""
    for name in ("title", "abstract"):
        if isinstance(fields.get(name), Mapping | list):
            fields[name] = title_of(in_one_language(fields[name], fields.get("language")))
    if isinstance(fields.get("published"), Mapping | list):
        fields["published"] = date_text(fields["published"]) or fields["published"]
    fields = _with_month(fields, values)
    fields |= pages_of(fields)
    if isinstance(subtitle := fields.get("subtitle"), str) and isinstance(title := fields.get("title"), str):
        fields["title"] = with_subtitle(title, subtitle)
    return {name: value for name, value in fields.items() if name not in _MERGED}


def _add_link(links: dict[str, object], key: str, kind: str, value: object) -> None:
    """Add a link under its kind, or under the key itself if there already is one of that kind."""
    kind = key.strip().casefold() if _has_value(links.get(kind)) else kind
    links[kind] = [links[kind], value] if _has_value(links.get(kind)) else value


def _shown_venue(link: object) -> dict[str, object]:
    """Return where a paper appeared, if the text of a link says so: `{url: …, display: Nature 521, 436 (2015)}`."""
    text = link.get("display") if isinstance(link, Mapping) else None
    if not isinstance(text, str) or is_arxiv_venue(text):
        return {}
    year = _YEAR_SHOWN.search(text)
    return {"venue": text, **venue_fields(text), **({"published": year[0]} if year else {})}


def _number_of_kind(key: str, value: object) -> int | None:
    """Return the number of Hugo Academic's kind of work, None for any other kind."""
    first = str(value[0] if isinstance(value, list) and value else value).strip()
    is_number = plain_name(key) == "publicationtypes" and first.isdecimal() and int(first) in _KINDS_OF_HUGO
    return int(first) if is_number else None


def _precision(date: object) -> int:
    """Return the length of a date without its time: a day is more precise than a year."""
    return len(date_text(date)[: len("2026-05-14")])


def _with_month(fields: dict[str, object], values: Mapping[str, object]) -> dict[str, object]:
    """Return the fields with the month next to the year, and with the day if it is a number and no day of the list."""
    if "month" not in values or not _YEAR.fullmatch(year := str(fields.get("published", ""))):
        return fields
    day = str(values.get("day", ""))
    is_number = day.isdecimal() and len(day) < len("100")
    others = {name: value for name, value in fields.items() if not (is_number and name == "listed" and value == day)}
    return others | {"published": date_of_parts(year, values["month"], day if is_number else None) or year}


def _with_colons(value: object) -> object:
    """Return a list with the texts that YAML took for mappings (`vision: 3D`), and with those of lists within them."""
    if not isinstance(value, Mapping | list):
        return value
    texts: list[object] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping) and item.keys().isdisjoint(WORDS_WITHIN):
            for key, inner in item.items():
                read = _with_colons(inner)
                texts += read if isinstance(read, list) else [f"{key}: {read}".removesuffix(": ")]
        else:
            texts.append(item)
    return texts


def _has_value(value: object) -> bool:
    return bool(value) and says_something(value)


def _field_of(key: str, values: Mapping[str, object]) -> str | None:
    """Return the field or link kind of a key in its record: a `summary` next to an abstract is the editor's own.

    `page` is a link if its value is a URL. The `publishDate` of Hugo next to a `date` is that of the page of the site.
    """
    if plain_name(key) == "publishdate" and _has_value(values.get("date")):
        return None
    if key.strip().casefold() == "page" and url_in(str(values[key])):
        return "url"
    is_summary = key.strip().casefold() == "summary" and any(
        other.strip().casefold() == "abstract" and _has_value(value) for other, value in values.items()
    )
    return "editor_summary" if is_summary else field_name(key) or kept_back_by(key, values[key])


def kept_back_by(key: str, value: object) -> str | None:
    """Return `hold` or `hide` if another name for it keeps a paper back: `hidden: true`, `embargo: 2026-12-24`."""
    name = plain_word(key)
    return DESK_WORDS[name] if name in _KEEP_BACK and _DECISION.fullmatch(str(value).strip()) else None


def _is_part_of_date(one: str, other: str) -> bool:
    """Return whether one date is a part of the other: `2019` of `2019-05-02` or of `2 May 2019`."""
    short, long = sorted((one.strip(), other.strip()), key=len)
    return long.startswith(short) or (bool(_YEAR.fullmatch(short)) and short in _YEAR.findall(long))


def repeated_keys(values: Mapping[str, object], path: str, line: int) -> Iterator[Problem]:
    """Yield a problem for each key that fills the same field as an earlier key, unless their values agree."""
    seen: dict[str, str] = {}
    for key, value in values.items():
        name = _field_of(key, values)
        if name in seen and not (_has_value(value) and _has_value(values[seen[name]])):
            seen[name] = key if _has_value(value) else seen[name]
            continue
        line_of_key = values.lines.get(key, line) if isinstance(values, LineDict) else line
        if name == "published" and name in seen:
            if not _is_part_of_date(str(value), str(values[seen[name]])):
                what = f'"{key}" says another date than "{seen[name]}"'
                yield Problem(path, line_of_key, what, "keep one; the fuller is taken. The day of the list is `listed`")
        elif name in seen and value != values[seen[name]]:
            yield Problem(
                path, line_of_key, f'"{key}" says the same as "{seen[name]}"', "keep one of them; the first is taken"
            )
        elif name and name not in LINK_KINDS and value:
            seen[name] = key
