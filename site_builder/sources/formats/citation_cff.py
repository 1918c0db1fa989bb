"""CITATION.cff files: how the authors of software or data wish to be cited, and the works they refer to."""

import re
from collections.abc import Iterator, Mapping

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.fields.field_names import kind_word, plain_name
from site_builder.sources.fields.identifiers import doi_in, link_kind, url_in
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.person_parts import person
from site_builder.sources.fields.unread import unread_keys
from site_builder.sources.fields.written_date import date_of_parts, written_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.yaml_text import LineDict, LineList, YamlError, load_yaml

_MARK = lazy_pattern(r"^[\"']?cff-version[\"']?[ \t]*:", re.MULTILINE)
_FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "abstract": ("abstract",),
    "venue": ("journal", "collection-title"),
    "volume": ("volume",),
    "issue": ("issue",),
    "comment": ("notes",),
}
# Plain names of the keys of a work that are read, or never shown in a digest.
_KNOWN = frozenset(
    {plain_name(name) for names in _FIELD_NAMES.values() for name in names}
    | {"identifiers", "authors", "doi", "publisher", "keywords", "type", "conference", "url", "repository"}
    | {"repositorycode", "repositoryartifact", "datepublished", "datereleased", "year", "month", "start", "end"}
    | {"section", "cffversion", "message", "contact", "commit", "preferredcitation", "references", "licenseurl"}
    | {"abbreviation", "collectiondoi", "collectiontype", "copyright", "datatype", "database", "databaseprovider"}
    | {"dateaccessed", "datedownloaded", "department", "edition", "editors", "editorsseries", "entry", "filename"}
    | {"format", "institution", "issuedate", "issuetitle", "loccode", "locend", "locstart", "location", "medium"}
    | {"nihmsid", "numbervolumes", "patentstates", "pmcid", "recipients", "scope", "senders", "term", "thesistype"}
    | {"translators", "volumetitle", "yearoriginal", "pages", "issn", "isbn", "number", "status"}
)
_LINKS = {"repository-code": "code", "repository": "code", "url": "page"}


def recognises(source: Source) -> bool:
    """Return whether the source has a top-level key `cff-version`."""
    return _MARK.search(source.head) is not None and not source.head.lstrip().startswith(("{", "<", "@"))


def read(source: Source) -> Iterator[Item]:
    """Yield the work to cite, then each reference.

    If the file asks to cite a paper instead (`preferred-citation`), the software itself is skipped.
    """
    try:
        document = load_yaml(source.text())
    except YamlError as error:
        remedy = "check the quotes, colons and indentation there"
        yield Problem(source.path, error.line, f"broken YAML: {error.message}", remedy, records=1)
        return
    if not isinstance(document, LineDict):
        yield Problem(source.path, None, "holds no keys", "write `title:` and `authors:`", records=1)
        return
    preferred = document.get("preferred-citation")
    if isinstance(preferred, LineDict):
        yield Skipped(source.path, document.line, "a program or data set whose authors ask to cite a paper")
        yield _record(preferred, source.path)
    else:
        yield _record(document, source.path)
    references = document.get("references") or LineList()
    for each in references if isinstance(references, LineList) else [references]:
        if isinstance(each, LineDict):
            yield _record(each, source.path)
        else:
            line = document.lines.get("references", document.line)
            yield Problem(source.path, line, "a reference is no mapping", "write `title:` and `authors:`", records=1)


def _record(work: LineDict, path: str) -> RawPaper:
    fields = _fields(work)
    return RawPaper(fields, path, work.line, unread=unread_keys(work, fields, _KNOWN))


def _fields(work: Mapping[str, object]) -> dict[str, object]:
    fields: dict[str, object] = {
        field: next((text for name in names if (text := _text(work.get(name)))), "")
        for field, names in _FIELD_NAMES.items()
    }
    others = [_text(each.get("value")) for each in _list(work.get("identifiers")) if isinstance(each, Mapping)]
    fields |= {
        "authors": [author for each in _list(work.get("authors")) if (author := _author(each))],
        "published": _published(work),
        "doi": doi_in(_text(work.get("doi"))) or _text(work.get("doi")),
        "pages": _pages(work),
        "publisher": _name(work.get("publisher")),
        "keywords": [word for each in _list(work.get("keywords")) if (word := _text(each))],
        "kind": kind_word(
            _text(work.get("type")) or ("software" if "cff-version" in work else "misc"), _text(work.get("thesis-type"))
        ),
        "links": _links(work),
    }
    fields["venue"] = fields["venue"] or _name(work.get("conference"))
    return with_identifiers(fields, *others, _text(work.get("url")))


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value] if value else []


def _name(entity: object) -> str:
    """Return the name of an entity, which is a mapping with `name` or the name itself."""
    return _text(entity.get("name")) if isinstance(entity, Mapping) else _text(entity)


def _author(each: object) -> str | dict[str, str]:
    """Return the name of an author, a person or an entity, in parts; a plain text stays as it is."""
    if not isinstance(each, Mapping):
        return _text(each)
    family = " ".join(part for name in ("name-particle", "family-names") if (part := _text(each.get(name))))
    given, suffix, orcid = (_text(each.get(name)) for name in ("given-names", "name-suffix", "orcid"))
    return person(family, given, suffix, _name(each) or _text(each.get("alias")), orcid)


def _published(work: Mapping[str, object]) -> str:
    written = next((text for name in ("date-published", "date-released") if (text := _text(work.get(name)))), "")
    year, month = _text(work.get("year")), _text(work.get("month"))
    return written_date(written) if written else (date_of_parts(year, month) or year)


def _pages(work: Mapping[str, object]) -> str:
    first, last = _text(work.get("start")), _text(work.get("end"))
    return "-".join(dict.fromkeys(part for part in (first, last) if part)) or _text(work.get("section"))


def _links(work: Mapping[str, object]) -> dict[str, str]:
    links: dict[str, str] = {}
    for name, kind in _LINKS.items():
        url = url_in(_text(work.get(name)))
        if url and link_kind(url) != "doi":
            links.setdefault(link_kind(url) if kind == "page" else kind, url)
    return links


READER = Reader(
    name="CITATION.cff",
    about="CITATION.cff: the paper to be cited, else the program itself, and what it refers to",
    example="cff-version: 1.2.0\npreferred-citation:\n  type: article\n  title: A Paper\n  authors:\n"
    "    - family-names: Last\n      given-names: First",
    recognises=recognises,
    read=read,
)
