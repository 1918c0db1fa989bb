"""CSL-JSON, the input of citation processors, as Zotero, pandoc and Crossref write it."""

import re
from collections.abc import Iterator, Mapping

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.fields.field_names import kind_word, plain_name
from site_builder.sources.fields.identifiers import VERSION, address_in, doi_in, link_kind
from site_builder.sources.fields.named_fields import RETRACTED, with_identifiers, with_subtitle
from site_builder.sources.fields.unread import unread_keys
from site_builder.sources.fields.written_date import date_of_parts, written_date
from site_builder.sources.formats.json_lists import knows_half, listed_items
from site_builder.sources.formats.json_papers import item_of_marker, unread_of_list
from site_builder.sources.formats.json_routes import Frame, unwrapped
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.json_text import list_in

# Our field → the CSL variables for it, best first.
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "title-short", "shortTitle", "short-title", "original-title"),
    "abstract": ("abstract",),
    "venue": ("container-title", "event-title", "event", "collection-title"),
    "volume": ("volume",),
    "issue": ("issue",),
    "pages": ("page", "article-number"),
    "publisher": ("publisher",),
    "language": ("language",),
    "comment": ("note",),
    "key": ("citation-key", "id"),
    "doi": ("DOI",),
}
_DATES = (
    *("issued", "published", "published-online", "published-print", "published-other", "posted", "submitted"),
    *("approved", "accepted", "event-date", "original-date"),  # Crossref dates a thesis by its approval
)
_DAYS = ("published", "published-online", "published-print", "posted")  # may be more exact than `issued`
_NOTICES = ("retraction", "withdrawal", "removal")  # Crossref's types of update that retract a paper
_TYPES = frozenset({"article-journal", "paper-conference", "webpage", "post-weblog", "article-magazine"})
_MARKS = frozenset({"container-title", "citation-key", "citation-label", "issued"})
# Other variables of CSL and Crossref that are handled separately, or never shown in a digest.
_KNOWN = frozenset(
    {plain_name(name) for name in _DATES}
    | set(
        "editor collectioneditor containerauthor eventplace publisherplace numberofpages articlenumber "
        "updatepolicy publisherlocation contentcreated standardsbody totalresults updatedby collectiontitle "
        "collectionnumber chapternumber edition genre archive archivelocation pmid eventdate event eventtitle "
        "title titleshort callnumber section medium dimensions citationlabel publishedother accepted approved "
        "journalissue alternativeid subject originaltitle clinicaltrialnumber institution degree posted "
        "freetoread archived link author keyword number issued page type id url annote scale authority".split()
    )
)


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each item; anything else in the list is a problem."""
    last: Frame | None = None
    for line, item, frame in listed_items(source.text()):
        if frame is not last:
            last = frame
            yield from unread_of_list(frame, line)
        if found := item_of_marker(item, source.path, line):
            yield found
        elif isinstance(item, Mapping):
            work = unwrapped(item)
            fields = _fields(work)
            yield RawPaper(fields, source.path, line, unread=unread_keys(work, fields, _KNOWN))
        else:
            yield Problem(source.path, line, "the item is no object", "write `{…}` for each work", records=1)


def fields_of(item: object) -> dict[str, object] | None:
    """Return the fields of an item with keys or types of CSL, None for any other item."""
    if not isinstance(item, Mapping):
        return None
    work = unwrapped(item)
    has_family = any(isinstance(name, Mapping) and "family" in name for name in list_in(work.get("author")))
    has_type = isinstance(kind := work.get("type"), str) and kind in _TYPES
    has_date = any(isinstance(date := work.get(name), Mapping) and "date-parts" in date for name in _DATES)
    return _fields(work) if has_family or has_type or has_date or not _MARKS.isdisjoint(work) else None


def _fields(item: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of one CSL item."""
    texts = {
        field: next((text for name in names if (text := _text(item.get(name)))), "")
        for field, names in FIELD_NAMES.items()
    }
    fields: dict[str, object] = dict(texts)
    fields["title"] = with_subtitle(texts["title"], _text(item.get("subtitle")))
    fields["authors"] = item.get("author") or item.get("editor")
    fields["kind"] = _kind(item)
    fields["venue"] = texts["venue"] or _name(item.get("event"))
    if institution := _name(item.get("institution")):  # Crossref has it for preprints, theses and reports
        fields["venue" if fields["kind"] == "preprint" and not fields["venue"] else "publisher"] = institution
    fields["published"] = _published(item)
    fields["keywords"] = [word.strip() for word in re.split("[;,]", _text(item.get("keyword"))) if word.strip()]
    fields["version"] = version if VERSION.fullmatch(version := _text(item.get("version"))) else ""
    if any(isinstance(each, Mapping) and each.get("type") in _NOTICES for each in list_in(item.get("updated-by"))):
        fields["comment"] = f"{RETRACTED}: {fields['comment']}" if fields["comment"] else RETRACTED
    url = address_in(_text(item.get("URL")))
    fields["doi"] = _doi(texts["doi"], url or "")
    fields["links"] = {link_kind(url): url} if url else {}
    return with_identifiers(fields, _text(item.get("number")), _text(item.get("archive_location")))


def _kind(item: Mapping[str, object]) -> str:
    """Return the kind of work; CSL's plain `article` is a preprint, since other articles have types of their own."""
    written = _text(item.get("type"))
    return "preprint" if written == "article" else kind_word(written, _text(item.get("genre") or item.get("degree")))


def _doi(written: str, url: str) -> str:
    """Return the DOI; a short one (`10/fqd6hj`) is replaced by the DOI in the URL, if there is one."""
    doi = doi_in(written) or written
    return (doi_in(url) or doi) if doi.startswith("10/") else doi


def _text(value: object) -> str:
    """Return a text or number as text; for a list, its first text (Crossref writes titles as lists)."""
    if isinstance(value, list):
        return next((text for one in value if (text := _text(one))), "")
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _name(value: object) -> str:
    """Return the name of an object, or of the first object in a list."""
    first = value[0] if isinstance(value, list) and value else value
    return _text(first.get("name")) if isinstance(first, Mapping) else _text(first)


def _published(item: Mapping[str, object]) -> str:
    """Return the first date, or a more exact form of it from another field (Crossref's `issued` may be a month)."""
    first = next((day for name in _DATES if (day := _date(item.get(name)))), "")
    if len(first) >= len("2026-05-14"):
        return first
    days = (_date(item.get(name)) for name in _DAYS)
    return next((day for day in days if len(day) > len(first) and day.startswith(first)), first)


def _date(value: object) -> str:
    """Return a CSL date: the start of a range, else the text of `raw` or `literal`; years before 1 as written."""
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
    recognises=lambda source: knows_half(source, fields_of),
    read=read,
    fields_of=fields_of,
)
