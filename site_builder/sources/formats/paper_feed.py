"""Feeds whose entries are papers: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, QuietDay, RawPaper, filled
from site_builder.problems import Problem
from site_builder.sources.fields.field_names import says_something
from site_builder.sources.fields.identifiers import address_in, arxiv_in, doi_in, is_service, links_of_urls
from site_builder.sources.fields.named_fields import to_fields
from site_builder.sources.fields.pubmed_words import CITATION, where_cited
from site_builder.sources.fields.unread import unread_keys
from site_builder.sources.fields.written_date import feed_date, written_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.html_text import html_text
from site_builder.sources.syntax.json_text import JsonError, array_items, list_in, outer_fields
from site_builder.sources.syntax.xml_text import (
    Children,
    children,
    name_of,
    read_feed,
    text_of,
    texts_of,
    written_name,
    xml_root,
)

ENTRIES = {"feed": "entry", "rss": "item", "RDF": "item"}  # root element → its entries
TITLES = ("title", "dc:title", "media:title")
DATES = (
    *("published", "issued", "pubDate", "prism:publicationDate", "dc:date", "dcterms:issued"),
    *("created", "dcterms:created", "updated", "modified", "dcterms:modified"),
)
TEXTS = ("summary", "description", "content", "content:encoded", "media:description", "dc:description")
ITEMS = ("items",)
LOOK = 2_000  # characters of a text of PubMed that are searched for the heading of the abstract
_RSS_1 = "http://purl.org/rss/1.0/"
ATOM = "http://www.w3.org/2005/Atom"
_AROUND_TITLE = lazy_pattern(r"\A\[ASAP\] |\.? \(arXiv:[\w./-]{9,30}(?: \[[\w.-]{2,20}\])?(?: UPDATED)?\)\Z")
_IDENTIFIERS = ("guid", "id", "dc:identifier", "prism:doi", "dc:source")  # each may occur several times
_FEEDS = ("", ATOM, "http://purl.org/atom/ns#")  # namespaces of `<feed>`
PLAIN = frozenset({"text", "text/plain"})

_JSON_FEED = lazy_pattern(r"https?://(?:www\.)?jsonfeed\.org")
_CUT_OFF = lazy_pattern(r"(?:…|\.\.\.|\[(?:…|\.\.\.|&#8230;)\])\s*(?:\(?(?:read|continue) [^.]{0,40})?$", re.IGNORECASE)
_YEAR = lazy_pattern(r"\d{4}")
_PREFIX = lazy_pattern(r"(</?)[A-Za-z][\w.-]*:")
_MAIL = lazy_pattern(r"[^\s@]+@[^\s@()]+\s*\((.+)\)")
_KNOWN = frozenset(
    {*TITLES, *DATES, *TEXTS, *_IDENTIFIERS}
    | set(
        "prism:coverDate prism:coverDisplayDate author dc:creator category dc:subject prism:publicationName "
        "prism:volume prism:number dc:publisher link media:thumbnail media:content enclosure media:group dc:type "
        "dc:format prism:section prism:issn prism:copyright contributor comments".split()
    )
)
_KNOWN_IN_JSON = frozenset({"contenthtml", "contenttext", "externalurl", "bannerimage", "attachments", "url", "tags"})
# A paragraph with the venue, instead of the abstract or before it.
_CITED = lazy_pattern(
    r"(?P<venue>[^.\n]{2,120}), (?:Published online: (?P<published>[^\n;,]{4,40})(?:[;,]\s*(?:doi:\s*)?\S*(?:\s\(https?://[^\s()]+\))?)?"
    r"|(?P<numbers>(?:Volume|Vol\.) \S{1,10}(?:, [^,\n]{1,40}){0,6})"
    r"|(?:EarlyView|Ahead of Print|Just Accepted|Early Access|Accepted Article)\.?)\Z"
)
# A whole text of venue and DOI instead of an abstract, as from ACS.
_VENUE_AND_DOI = lazy_pattern(
    r"\s*(?P<venue>[^\W_][\w&'.:()\u2013-]*(?:[ ,]+[\w&(][\w&'.:()\u2013-]*){0,13})(?<!\.)\s+DOI:\s*10\.\d{4,9}/\S+\s*",
    re.IGNORECASE,
)
_DOI_LAST = lazy_pattern(r"\bdoi:?\s*10\.\d{4,9}/\S+\s*\Z", re.IGNORECASE)
_LONGEST_END = 200  # characters at the end of a text that are searched for its DOI
# Paragraphs of ScienceDirect instead of an abstract.
_SCIENCE_DIRECT = lazy_pattern(
    r"(?:Publication date:\s(?:Available online )?(?P<published>[^\n]{4,40})|Source:\s(?P<venue>[^\n]{2,300})"
    r"|Author\(s\):\s(?P<authors>[^\n]+))\Z"
)
_NUMBER = lazy_pattern(r"(Volume|Issue|Article|Page)s?\s([\w\u2013-]{1,20})")
_HEADING = lazy_pattern(r"\A(?:abstract|summary)(?:[:.]\s+|\n\n)", re.IGNORECASE)
_REMEDY = "fetch the feed again, or mend or remove the item"


def recognises(source: Source) -> bool:
    """Return whether a text is an RSS, Atom or JSON feed."""
    if source.head.lstrip().startswith("{"):
        return _JSON_FEED.match(str(outer_fields(source.head, ITEMS).get("version", ""))) is not None
    root = xml_root(source.head)
    if root is None:
        return False
    namespace, name = name_of(root)
    if name == "RDF":  # a feed, or an export of a reference manager
        return _RSS_1 in root.nsmap.values() or any(name_of(child)[1] in {"channel", "item"} for child in root)
    return name in ENTRIES and (name != "feed" or namespace in _FEEDS)


def read(source: Source) -> Iterator[Item]:
    """Yield one record for each entry."""
    if source.head.lstrip().startswith("{"):
        yield from _read_json(source)
        return

    def item(entry: etree._Element, line: int) -> Item:
        named = children(entry)
        others = _other_elements(named)
        more, fields = to_fields(others), _fields(entry, named)
        links = {**more.get("links", {}), **fields.get("links", {})}
        fields = {**more, **fields, **({"links": links} if links else {})}
        return RawPaper(fields, source.path, line, unread=unread_keys(others, fields))

    root = xml_root(source.head)
    yield from read_feed(source, ENTRIES["rss" if root is None else name_of(root)[1]], item)


def _read_json(source: Source) -> Iterator[Item]:
    is_empty = True
    for line, item in array_items(source.text(), ITEMS):
        is_empty = False
        if isinstance(item, JsonError):
            yield Problem(source.path, item.line, f"damaged JSON: {item.message}", _REMEDY, records=item.records)
        elif isinstance(item, dict):
            fields = _json_fields(item)
            yield RawPaper(fields, source.path, line, unread=unread_keys(item, fields, _KNOWN_IN_JSON))
        else:
            yield Problem(source.path, line, "an object is expected", _REMEDY, records=1)
    if is_empty:
        yield QuietDay()


def _fields(entry: etree._Element, named: Children) -> dict[str, Any]:
    """Return the fields of an entry of RSS or Atom."""
    names = [text for name in _IDENTIFIERS for text in texts_of(named.get(name))]
    fields: dict[str, Any] = {
        "title": _AROUND_TITLE.sub(
            "", next(_meaningful(_plain(element) for name in TITLES for element in named.get(name, [])), "")
        ),
        "abstract": "",
        "authors": _authors(named),
        "published": _published(named),
        "keywords": _keywords(named),
        "venue": text_of(named.get("prism:publicationName")) or _journal(named),
        "volume": text_of(named.get("prism:volume")),
        "issue": text_of(named.get("prism:number")),
        "publisher": text_of(named.get("dc:publisher")),
        "image": next((url for url, kind in _media(named) if kind.startswith("image")), ""),
    }
    texts = list(_meaningful(_plain(part, has_addresses=True) for name in TEXTS for part in named.get(name, [])))
    names += [found[0] for text in texts if (found := _DOI_LAST.search(text, max(0, len(text) - _LONGEST_END)))]
    if any(name.startswith("pubmed:") for name in names):  # PubMed's description repeats the end of its content
        cited = next(filter(None, map(CITATION.match, texts)), None)
        fields = {**(where_cited(cited) if cited else {}), **filled(fields)}
        texts = [max(map(_without_citation, texts), key=len, default="")]
    fields = _with_text(fields, texts)
    links = [text_of([link]) or link.get("href", "") for link in named.get("link", []) if _is_page(link)]
    permalinks = (guid for guid in named.get("guid", []) if guid.get("isPermaLink") != "false")
    links = list(filter(None, links)) or [text_of([guid]) for guid in permalinks]
    others = [link.get("href", "") for link in named.get("link", []) if link.get("rel") in ("related", "via")]
    with_ids = _with_ids(fields, links, [*names, *(str(value) for value in entry.attrib.values()), *others])
    pdf = next((url for url, kind in _media(named) if kind == "application/pdf" and url.startswith("http")), "")
    return {**with_ids, "links": {"pdf": pdf, **with_ids.get("links", {})}} if pdf else with_ids


def _journal(named: Children) -> str:
    """Return the source of an entry if it is the name of a journal, otherwise ""."""
    texts = _meaningful(texts_of(named.get("dc:source")))
    return next((text for text in texts if not ("://" in text or doi_in(text) or is_service(text))), "")


def _meaningful(texts: Iterable[str]) -> Iterator[str]:
    """Return the texts that are no placeholders."""
    return filter(says_something, texts)


def _published(named: Children) -> str:
    """Return the first date with a year, otherwise the first text of a date element, otherwise ""."""
    dates = [feed_date(text) for name in DATES if (text := text_of(named.get(name)))]
    return next(filter(_YEAR.match, dates), next(_meaningful(dates), ""))


def _with_text(fields: dict[str, Any], texts: list[str]) -> dict[str, Any]:
    """Return the fields with the abstract, and with those from paragraphs that publishers use instead of an abstract.

    Such a paragraph names the authors (PLOS), the venue (Nature, Wiley), or both (ScienceDirect).
    """
    extra: dict[str, Any] = {}
    abstracts = []
    for text in texts:
        if found := _VENUE_AND_DOI.fullmatch(text):
            extra["venue"] = found["venue"]
            continue
        paragraphs = []
        for paragraph in text.split("\n\n"):
            if found := _SCIENCE_DIRECT.match(paragraph) or _CITED.match(paragraph):
                extra |= {name: value.strip() for name, value in found.groupdict().items() if value}
                extra |= {"doi": doi} if (doi := doi_in(paragraph)) else {}
            elif not _names_all(paragraph, fields.get("authors", "")):
                paragraphs.append(paragraph)
        abstracts.append(_HEADING.sub("", "\n\n".join(paragraphs), 1).strip())
    published = feed_date(extra.pop("published", ""))
    venue, _, numbers = extra.pop("venue", "").partition(", ")
    numbers += extra.pop("numbers", "")
    extra |= {"published": written_date(published), "venue": venue, **to_fields(dict(_NUMBER.findall(numbers)))}
    return {**filled(extra), **filled(fields), "abstract": _most_complete(list(filter(None, abstracts)))}


def _names_all(paragraph: str, authors: list[str] | str) -> bool:
    """Return whether a paragraph is `by Ada Example, Bo Sample` and names all authors of the entry."""
    names = [authors] if isinstance(authors, str) else authors
    return paragraph.startswith("by ") and bool(names) and all(name and name in paragraph for name in names)


def _other_elements(named: Children) -> dict[str, object]:
    """Return name → value of the elements that are not read here, as journals add them to entries."""
    others = {name: elements for name, elements in named.items() if name not in _KNOWN}
    return {written_name(name, elements[0]): _value(elements[0]) for name, elements in others.items()}


def _value(element: etree._Element) -> object:
    """Return the text of an element, a dict of its children, or a list of them if all have the same name.

    An element without children or text gives its attributes.
    """
    inner = list(element.iterchildren(tag=etree.Element))
    if not inner:
        return text_of([element]) or {str(name): str(value) for name, value in element.attrib.items()}
    names = [name_of(child)[1] for child in inner]
    if len(set(names)) == 1:
        return [_value(child) for child in inner]
    return {name: _value(child) for name, child in zip(names, inner, strict=True)}


def _without_citation(text: str) -> str:
    """Return an abstract of PubMed's feeds without the citation before it and the ids after it."""
    start, end = text.find("ABSTRACT", 0, LOOK), text.rfind("PMID:")
    start = start + len("ABSTRACT") if start >= 0 else 0
    return text[start : end if end > start else len(text)].strip()


def _json_fields(item: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of an item of a JSON Feed, version 1 or 1.1."""
    text = {name: value.strip() for name, value in item.items() if isinstance(value, str)}
    people = list_in(item.get("authors")) or [item.get("author")]
    texts = [
        text.get("summary", ""),
        html_text(text.get("content_html", ""), has_addresses=True),
        text.get("content_text", ""),
    ]
    fields = {
        "title": text.get("title"),
        "abstract": _most_complete(texts),
        "authors": [name for one in people if isinstance(one, dict) and isinstance(name := one.get("name"), str)],
        "published": feed_date(text.get("date_published") or text.get("date_modified") or ""),
        "keywords": list_in(item.get("tags")),
        "image": text.get("image") or text.get("banner_image"),
    }
    return _with_ids(fields, [text.get("url", ""), text.get("external_url", "")], [text.get("id", "")])


def _with_ids(fields: dict[str, Any], urls: list[str], names: list[str]) -> dict[str, Any]:
    """Return the non-empty fields, with links from URLs, and identifiers found in the URLs and names."""
    addresses = [address_in(url) or (url if url.startswith("/") else "") for url in urls]
    texts = [*names, *urls]
    fields["arxiv"] = next(filter(None, map(arxiv_in, texts)), None)
    fields["doi"] = next(filter(None, map(doi_in, texts)), fields.get("doi"))
    fields["links"] = links_of_urls(list(filter(None, addresses)))  # `papers/` reports relative ones
    return filled(fields)


def _plain(element: etree._Element, has_addresses: bool = False) -> str:
    """Return the text of an element that is plain text, escaped HTML (which RSS does not distinguish), or XHTML."""
    if len(element):
        parts = [element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)]
        return html_text(_PREFIX.sub(r"\1", "".join(str(part) for part in parts)), has_addresses)
    is_plain = element.get("type", "text" if name_of(element)[0] == ATOM else "html") in PLAIN
    return text_of([element]) if is_plain else html_text(text_of([element]), has_addresses)


def _most_complete(texts: list[str]) -> str:
    """Return the first text that is not cut off, otherwise the longest; "" if there is none."""
    return next((text for text in texts if text and not _CUT_OFF.search(text)), max(texts, key=len, default=""))


def _authors(named: Children) -> list[str] | str:
    """Return the names of Atom as a list, a single text of RSS as such: it may contain several names."""
    names = texts_of(named.get("author"), "name")
    if names:
        return names
    texts = list(_meaningful(texts_of(named.get("dc:creator")))) or list(_meaningful(texts_of(named.get("author"))))
    names = [html_text(mail[1] if (mail := _MAIL.fullmatch(text)) else text) for text in texts]
    return names if len(names) > 1 else "".join(names)


def _keywords(named: Children) -> list[str]:
    found = [*named.get("category", []), *named.get("dc:subject", [])]
    words = (element.get("label") or element.get("term") or text_of([element]) for element in found)
    return [word for word in dict.fromkeys(words) if word]


def _is_page(link: etree._Element) -> bool:
    return link.get("rel", "alternate") == "alternate"


def _media(named: Children) -> Iterator[tuple[str, str]]:
    """Yield (URL, media type) of the pictures and files that are attached to an entry."""
    for element in [*named.get("media:thumbnail", []), *named.get("media:content", []), *named.get("enclosure", [])]:
        thumbnail = "image" if name_of(element)[1] == "thumbnail" else ""
        yield element.get("url", ""), element.get("type") or element.get("medium") or thumbnail
    for link in named.get("link", []):
        if not _is_page(link):
            yield link.get("href", ""), link.get("type", "")


READER = Reader(
    name="paper feed",
    about="any RSS, Atom or JSON Feed whose entries are papers; an entry's date is the paper's",
    example="<rss …><channel><item><title>…</title><link>https://doi.org/10.1101/…</link><dc:creator>…",
    recognises=recognises,
    read=read,
)
