"""CSL-JSON: what citation processors read, as Zotero, pandoc and Crossref write it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.problems import Problem
from site_builder.sources.field_names import KINDS, plain_name
from site_builder.sources.identifiers import VERSION, doi_in, link_kind, url_in
from site_builder.sources.json_text import JsonError, array_items
from site_builder.sources.named_fields import add_identifiers
from site_builder.sources.record import Item, Reader, SourceRecord
from site_builder.sources.source import Source
from site_builder.sources.written_date import date_of_parts, written_date

# Field of ours → the CSL variables for it, best first.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "title-short", "shortTitle"),
    "abstract": ("abstract",),
    "venue": ("container-title", "event-title", "event", "collection-title"),
    "volume": ("volume",),
    "issue": ("issue",),
    "pages": ("page", "article-number"),
    "publisher": ("publisher",),
    "comment": ("note",),
    "key": ("citation-key", "id"),
    "doi": ("DOI",),
}
_DATES = ("issued", "published", "published-online", "published-print", "submitted", "original-date")
_KINDS = {
    **KINDS,
    "article": "preprint",
}  # CSL's articles of journals, magazines and newspapers have types of their own
_LISTS = ("items", "references")
_MARKS = re.compile(
    r"\"(?:date-parts|container-title|citation-key|citation-label|family)\"\s*:"
    r"|\"type\"\s*:\s*\"(?:article-journal|paper-conference|webpage|post-weblog)\"",
)
_OTHER_FORMAT = re.compile(r"\"(?:paper|paperId|authorships|authors_parsed|arxiv_id)\"\s*:")


def recognises(source: Source) -> bool:
    """Tell whether the text is JSON with names of CSL and none of another format's."""
    head = source.head.lstrip()
    return head[:1] in ("[", "{") and bool(_MARKS.search(head)) and not _OTHER_FORMAT.search(head)


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each item; what is no item is a problem."""
    for line, item in array_items(source.text(), _LISTS):
        if isinstance(item, JsonError):
            remedy = "mend the JSON; the rest is read" if item.records else "mend the JSON"
            yield Problem(source.path, item.line, f"broken JSON: {item.message}", remedy, records=item.records)
            continue
        for work in _works(item):
            if isinstance(work, Mapping):
                yield SourceRecord(_fields(work), source.path, line)
            else:
                yield Problem(source.path, line, "the item is no object", "write `{…}` for each work", records=1)


def _works(item: Any) -> list[Any]:
    """Return the works of an answer of Crossref's API, else the item itself."""
    message = item.get("message") if isinstance(item, Mapping) and "title" not in item else None
    if not isinstance(message, Mapping):
        return [item]
    works = message.get("items", [message])
    return works if isinstance(works, list) else [message]


def _fields(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of one CSL item."""
    fields: dict[str, Any] = {field: _first(item, names) for field, names in FIELD_NAMES.items()}
    fields["authors"] = item.get("author") or item.get("editor")
    fields["kind"] = _KINDS.get(plain_name(_text(item.get("type"))), "misc")
    fields["published"] = next((day for name in _DATES if (day := _date(item.get(name)))), "")
    fields["keywords"] = [word.strip() for word in re.split("[;,]", _text(item.get("keyword"))) if word.strip()]
    fields["version"] = version if VERSION.fullmatch(version := _text(item.get("version"))) else ""
    url = url_in(_text(item.get("URL")))
    fields["doi"] = _doi(fields["doi"], url or "")
    fields["links"] = {link_kind(url): url} if url else {}
    fields = {name: value for name, value in fields.items() if value}
    add_identifiers(fields, _text(item.get("number")), _text(item.get("archive_location")))
    return {name: value for name, value in fields.items() if value}


def _doi(written: str, url: str) -> str:
    """Return the DOI; the URL's where only a short one (`10/fqd6hj`) is written."""
    doi = doi_in(written) or written
    return (doi_in(url) or doi) if doi.startswith("10/") else doi


def _first(item: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := _text(item.get(name)))), "")


def _text(value: Any) -> str:
    """Return a text or number as text; of a list its first text (Crossref writes titles as lists)."""
    if isinstance(value, list):
        return next((text for one in value if (text := _text(one))), "")
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _date(value: Any) -> str:
    """Return a CSL date: the first of a range, the text of `literal` and `raw`; years before 1 as written."""
    if not isinstance(value, Mapping):
        return written_date(_text(value)) if _text(value) else ""
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and first and _text(first[0]) not in ("", "0"):
        return date_of_parts(*first[:3]) or "-".join(_text(part) for part in first[:3])
    written = _text(value.get("raw")) or _text(value.get("literal"))
    return written_date(written) if written else ""


READER = Reader(
    name="CSL-JSON",
    about="CSL-JSON, as Zotero, pandoc and Crossref write it",
    example='[{"id": "key", "type": "article-journal", "title": "A Paper", "issued": {"date-parts": [[2026]]}}]',
    recognises=recognises,
    read=read,
)
