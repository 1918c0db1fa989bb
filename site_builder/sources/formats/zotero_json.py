"""Zotero's items as JSON: responses of its web API, and exports of Better BibTeX."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.fields.field_names import kind_word, plain_name
from site_builder.sources.fields.identifiers import arxiv_in, doi_in, links_of_urls, url_in
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.person_parts import person
from site_builder.sources.fields.pubmed_words import pubmed_page
from site_builder.sources.fields.unread import unread_keys
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.formats.json_lists import knows_half, listed_items
from site_builder.sources.formats.json_papers import item_of_marker
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.html_text import html_text
from site_builder.sources.syntax.json_text import list_in

_EXTRA = lazy_pattern(r"^(PMID|comment|(?:tex\.)?eprint):\s*(\S.*)$", re.MULTILINE | re.IGNORECASE)
_MARKS = frozenset({"creators", "abstractNote", "dateAdded", "itemKey", "parentItem", "library", "tags"})
NOT_PAPERS = {"attachment": "an attachment", "note": "a note", "annotation": "an annotation"}
# Field → Zotero's names for it, the best first.
_FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "abstract": ("abstractNote",),
    "venue": (
        *("publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "websiteTitle", "blogTitle"),
        *("encyclopediaTitle", "repository", "university", "institution"),
    ),
    "volume": ("volume",),
    "issue": ("issue",),
    "pages": ("pages",),
    "publisher": ("publisher",),
    "language": ("language",),
    "key": ("citationKey", "citekey"),
}
# Keys of an item that are read, or that a digest has no use for, as plain names.
_KNOWN = frozenset(
    {plain_name(name) for names in _FIELD_NAMES.values() for name in names}
    | set(
        "key itemkey itemtype title casename subject creators date url extra doi tags archiveid archive "
        "archivelocation number collections relations attachments notes itemid series seriestitle seriestext "
        "seriesnumber edition place librarycatalog callnumber numpages numberofvolumes journalabbreviation "
        "websitetype posttype genre type reporttype reportnumber thesistype presentationtype meetingname "
        "section parentitem uri select codenumber code identifier organization versionnumber "
        "programminglanguage runningtime inpublications originaldate originalpublisher originalplace "
        "citationkey path desktopuri".split()
    )
)
_ROLES = ("author", "presenter", "inventor", "programmer", "podcaster", "director", "artist", "contributor", "editor")


def fields_of(item: object) -> dict[str, object] | None:
    """Return the fields of an item of Zotero's, None for any other object.

    Attachments, notes and annotations give all of their keys.
    """
    if not isinstance(item, Mapping):
        return None
    data = item.get("data", item)
    if not isinstance(data, Mapping) or not isinstance(data.get("itemType"), str):
        return None
    if data["itemType"] in NOT_PAPERS:
        return dict(data)  # recognised, though it is no paper
    return _fields(data, item) if data is not item or not _MARKS.isdisjoint(data) else None


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each item; attachments, notes and annotations are skipped."""
    for line, item, _ in listed_items(source.text()):
        if found := item_of_marker(item, source.path, line):
            yield found
            continue
        data = item.get("data", item) if isinstance(item, Mapping) else None
        if not isinstance(data, Mapping):
            yield Problem(source.path, line, "the item is no object", "export the items again", records=1)
        elif (kind := _text(data.get("itemType"))) in NOT_PAPERS:
            yield Skipped(source.path, line, NOT_PAPERS[kind])
        else:
            fields = _fields(data, item)
            yield RawPaper(fields, source.path, line, unread=unread_keys(data, fields, _KNOWN))


def _fields(data: Mapping[str, object], item: Mapping[str, object]) -> dict[str, object]:
    url, extra = url_in(_text(data.get("url"))), _text(data.get("extra"))
    meta = item.get("meta")
    day = _text(data.get("date")) or (_text(meta.get("parsedDate")) if isinstance(meta, Mapping) else "")
    fields: dict[str, object] = {
        field: next((text for name in names if (text := _text(data.get(name)))), "")
        for field, names in _FIELD_NAMES.items()
    }
    fields |= {
        "title": html_text(_text(data.get("title")) or _text(data.get("caseName")) or _text(data.get("subject"))),
        "authors": _people(data.get("creators")),
        "published": written_date(day) if day else "",
        "doi": doi_in(_text(data.get("DOI"))) or _text(data.get("DOI")) or doi_of_extra(extra),
        "keywords": [
            tag
            for each in list_in(data.get("tags"))
            if (tag := _text(each.get("tag") if isinstance(each, Mapping) else each))
        ],
        "kind": kind_word(_text(data.get("itemType")), _text(data.get("thesisType"))),
        "links": links_of_urls([url] if url else []),
    }
    fields["key"] = fields["key"] or citation_key(extra)
    fields = with_extra(fields, extra)
    return with_identifiers(fields, _text(data.get("archiveID")), _text(data.get("number")), extra, url or "")


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _people(creators: object) -> list[dict[str, str]]:
    """Return the names in the first role of `_ROLES` that anyone has; of all people if nobody has any of them."""
    people = [each for each in list_in(creators) if isinstance(each, Mapping)]
    for role in _ROLES:
        names = [_person(each) for each in people if _text(each.get("creatorType", "author")) == role]
        if any(names):
            return [name for name in names if name]
    return [name for each in people if (name := _person(each))]


def _person(each: Mapping[str, object]) -> dict[str, str]:
    family, given, whole = (_text(each.get(name)) for name in ("lastName", "firstName", "name"))
    return person(family, given) if given else person(group=whole or family)


def doi_of_extra(extra: str) -> str:
    """Return the DOI in the field `extra`, for kinds of items without a field for it; "" if there is none."""
    found = re.search(r"^DOI:\s*(\S+)", extra, re.MULTILINE | re.IGNORECASE)
    return (doi_in(found[1]) or "") if found else ""


def with_extra(fields: Mapping[str, Any], extra: str) -> dict[str, Any]:
    """Return the fields with those that Zotero keeps in `extra`: ids of PubMed and arXiv, the authors' remark."""
    values = {name.casefold().removeprefix("tex."): text.strip() for name, text in _EXTRA.findall(extra)}
    more = {"comment": values.get("comment", ""), "arxiv": arxiv_in(values.get("eprint", ""))}
    links = {**fields.get("links", {}), **pubmed_page(values.get("pmid", ""), "pubmed")}
    return {**fields, **{name: value for name, value in more.items() if value and not fields.get(name)}, "links": links}


def citation_key(extra: str) -> str:
    """Return the citation key that Better BibTeX pinned in `extra`; "" if there is none."""
    found = re.search(r"^Citation Key:\s*(\S+)", extra, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


READER = Reader(
    name="Zotero JSON",
    about="answers of Zotero's web API, and Better BibTeX's JSON; attachments and notes are no papers",
    example='[{"key": "ABCD2345", "data": {"itemType": "journalArticle", "title": "A Paper", "creators": […]}}]',
    recognises=lambda source: knows_half(source, fields_of),
    read=read,
    fields_of=fields_of,
)
