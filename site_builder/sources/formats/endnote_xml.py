"""EndNote's XML, as EndNote, Mendeley, Zotero and databases write it."""

import re
from collections.abc import Iterator

from lxml import etree

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.sources.fields.field_names import kind_word
from site_builder.sources.fields.identifiers import doi_in, links_of_urls, url_in
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.person_parts import name_or_group
from site_builder.sources.fields.unread import unread_elements
from site_builder.sources.fields.written_date import endnote_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.xml_text import children, marked_text, name_of, read_entries, text_at, xml_root

# Elements of a record that are read, or never shown in a digest.
_KNOWN = frozenset(
    "ref-type contributors titles periodical pages volume number issue keywords dates publisher accession-num "
    "electronic-resource-num abstract label notes urls custom1 custom2 custom3 custom4 custom5 custom6 custom7 "
    "database source-app rec-number foreign-keys auth-address auth-affiliaton auth-affiliation num-vols edition "
    "section reprint-edition reprint-status pub-location orig-pub isbn call-num report-id coden image caption "
    "research-notes work-type reviewed-item remote-source meeting-place work-location work-extent pack-method "
    "size repro-ratio remote-database-name remote-database-provider language access-date modified-date misc1 "
    "misc2 misc3".split()
)
_PEOPLE = ("authors", "secondary-authors", "tertiary-authors", "subsidiary-authors")  # the first with names counts


def recognises(source: Source) -> bool:
    """Return whether the root is `<xml>` or `<records>` and contains EndNote's records."""
    root = xml_root(source.head)
    if root is None or name_of(root)[1] not in {"xml", "records"}:
        return False
    records = root if name_of(root)[1] == "records" else root.find("records")
    first = None if records is None or not len(records) else records[0]
    marks = ("ref-type", "titles", "contributors", "database", "source-app")
    return records is not None and (first is None or any(first.find(mark) is not None for mark in marks))


def read(source: Source) -> Iterator[Item]:
    """Yield one record for each reference."""

    def item(entry: etree._Element, line: int) -> Item:
        unread = unread_elements(children(entry), _KNOWN)
        return RawPaper(_fields(entry), source.path, line, unread=unread)

    yield from read_entries(source, ("record",), item)


def _fields(entry: etree._Element) -> dict[str, object]:
    urls = [url for text in _texts(entry, "urls//url") if (url := url_in(text))]
    people = next((names for each in _PEOPLE if (names := _texts(entry, f"contributors/{each}/author"))), [])
    kind = entry.find("ref-type")
    written = text_at(entry, "electronic-resource-num")
    fields: dict[str, object] = {
        "title": marked_text(entry.find("titles/title")) or text_at(entry, "titles/short-title"),
        "abstract": _paragraphs(entry.find("abstract")),
        "authors": [name_or_group(name) for name in people],
        "published": endnote_date(text_at(entry, "dates/year"), text_at(entry, "dates/pub-dates/date")),
        "doi": doi_in(written) or next(filter(None, map(doi_in, urls)), ""),
        "venue": text_at(entry, "periodical/full-title") or text_at(entry, "titles/secondary-title"),
        "volume": text_at(entry, "volume"),
        "issue": text_at(entry, "number") or text_at(entry, "issue"),
        "pages": text_at(entry, "pages"),
        "publisher": text_at(entry, "publisher"),
        "keywords": [
            word.strip()
            for text in _texts(entry, "keywords/keyword")
            for word in re.split(r"[;\n]", text)
            if word.strip()
        ],
        "kind": "" if kind is None else kind_word(str(kind.get("name", "")), text_at(entry, "work-type")),
        "key": text_at(entry, "label"),
        "links": links_of_urls(urls),
    }
    return with_identifiers(
        fields, written, text_at(entry, "accession-num"), text_at(entry, "custom7"), *_texts(entry, "notes")
    )


def _plain(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).replace("\r", "\n").strip()


def _texts(entry: etree._Element, path: str) -> list[str]:
    return [text for found in entry.iterfind(path) if (text := _plain(found))]


def _paragraphs(element: etree._Element | None) -> str:
    """Return an abstract with a blank line between paragraphs; EndNote writes each paragraph as a line."""
    lines = "" if element is None else _plain(element)
    return "\n\n".join(" ".join(line.split()) for line in lines.split("\n") if line.strip())


READER = Reader(
    name="EndNote XML",
    about="EndNote's XML, also as Mendeley, Zotero and databases export it",
    example='<xml><records><record><ref-type name="Journal Article">17</ref-type><titles><title>A Paper</title>…',
    recognises=recognises,
    read=read,
)
