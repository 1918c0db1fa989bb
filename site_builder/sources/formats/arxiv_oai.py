"""OAI-PMH responses: arXiv's `arXiv`, `arXivRaw` and `arXivOld`, and any repository's `oai_dc` and DataCite."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from lxml import etree

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, QuietDay, RawPaper, Skipped, filled
from site_builder.problems import Problem
from site_builder.sources.fields.cited_venue import venue_fields
from site_builder.sources.fields.field_names import first_kind
from site_builder.sources.fields.identifiers import arxiv_in, doi_in, links_of_urls, url_in
from site_builder.sources.fields.unread import repeated_names, unread_elements
from site_builder.sources.fields.written_date import feed_date
from site_builder.sources.formats.datacite_xml import resource_record
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.xml_text import (
    Children,
    XmlError,
    children,
    is_empty_list,
    name_of,
    root_name,
    text_of,
    texts_of,
    xml_entries,
    xml_problem,
    xml_root,
)

_KNOWN = frozenset(
    "title abstract id doi categories comments journal-ref authors created version submitter updated report-no "
    "acm-class msc-class proxy dc:title dc:description dc:identifier dc:creator dc:date dc:subject dc:publisher "
    "dc:type dc:format dc:language dc:rights dc:source dc:relation dc:contributor dc:coverage".split()
)
_AFTER_JOURNAL = lazy_pattern(r"[;,]\s*(?=(?:vol(?:ume)?|v|no|n|bd|t|tome?|jg)?\.?\s?\d)", re.IGNORECASE)
_SHORT_VOLUME, _SHORT = lazy_pattern(r"\bv\.\s?", re.IGNORECASE), lazy_pattern(r"\b(n)\.\s?", re.IGNORECASE)
_PAGES = lazy_pattern(r";\s?(?:pp?\.\s?)?([A-Za-z]?\d{1,6}[-\u2013][A-Za-z]?\d{1,6})\s?\Z")
_LONGEST_SOURCE = 300  # characters
_REMARK = lazy_pattern(r"Comments?:\s*", re.IGNORECASE)


def recognises(source: Source) -> bool:
    """Return whether the root element is `OAI-PMH`."""
    return root_name(source.head) == "OAI-PMH"


def read(source: Source) -> Iterator[Item]:
    """Yield one item for each record; deleted records are skipped, and errors of the service are problems."""
    root = xml_root(source.head)
    named = {} if root is None else children(root)
    for error in named.get("error", []):
        what = f"the repository answered with an error: {text_of([error]) or error.get('code', '')}"
        yield Problem(source.path, None, what, "ask the repository again")
    has_records = False
    for line, record in xml_entries(source, "record"):
        has_records = True
        yield xml_problem(source.path, record) if isinstance(record, XmlError) else _item(record, source.path, line)
    if has_records:
        return
    if "ListRecords" not in named and "error" not in named:
        verb = next((name for name in named if name not in {"responseDate", "request"}), "nothing")
        what = f"the answer holds no records but {verb}"
        yield Problem(source.path, None, what, "ask with verb=ListRecords", records=1)
    elif root is not None and root.find("{*}ListRecords") is not None and is_empty_list(root):
        yield QuietDay()


def _item(record: etree._Element, path: str, line: int) -> Item:
    named = children(record)
    header = named.get("header", [])
    if header and header[0].get("status") == "deleted":
        return Skipped(path, line, "a record deleted by its repository")
    metadata = [child for holder in named.get("metadata", []) for child in holder.iterchildren(etree.Element)]
    metadata = [*(found for each in metadata for found in each.iterfind("{*}payload/{*}resource")), *metadata]
    prefix = name_of(metadata[0])[1] if metadata else "missing"
    if prefix not in (*FORMATS, "resource"):
        what = f"the record's metadata is {prefix}, not one of {', '.join(FORMATS)}"
        return Problem(path, line, what, "ask for metadataPrefix=arXiv or oai_dc", records=1)
    if prefix == "resource":
        return resource_record(metadata[0], path, line)
    found = children(metadata[0])
    fields = FORMATS[prefix](found)
    name = text_of(children(header[0]).get("identifier")) if header else ""
    fields["arxiv"] = fields.get("arxiv") or arxiv_in(name)
    texts = {
        name: [text for text in texts_of(found.get(name)) if not _REMARK.match(text)]
        for name in ("dc:title", "dc:description")
    }
    return RawPaper(filled(fields), path, line, unread=unread_elements(found, _KNOWN) | repeated_names(texts, texts))


def _arxiv(named: Children) -> dict[str, object]:
    """Return the fields of the `arXiv` and `arXivOld` formats; `created` is the date of the first version."""
    return _common(named) | {
        "authors": [_person(person) for author in named.get("authors", []) for person in author]
        or text_of(named.get("authors")),
        "published": feed_date(text_of(named.get("created"))),
    }


def _arxiv_raw(named: Children) -> dict[str, object]:
    """Return the fields of the `arXivRaw` format, which lists every version; the first one dates the paper."""
    return _common(named) | {
        "authors": text_of(named.get("authors")),
        "published": feed_date(next(iter(texts_of(named.get("version"), "date")), "")),
        "version": next((element.get("version", "") for element in reversed(named.get("version", []))), ""),
    }


def _common(named: Children) -> dict[str, object]:
    return {
        "title": text_of(named.get("title")),
        "abstract": text_of(named.get("abstract")),
        "arxiv": text_of(named.get("id")),
        "doi": text_of(named.get("doi")),
        "categories": text_of(named.get("categories")).split(),
        "comment": text_of(named.get("comments")),
        "venue": text_of(named.get("journal-ref")),
    }


def _dublin_core(named: Children) -> dict[str, object]:
    """Return the fields of `oai_dc`: the earliest date, and the description that begins with `Comments:` as comment."""
    descriptions = texts_of(named.get("dc:description"))
    remarks = [text for text in descriptions if _REMARK.match(text)]
    names = texts_of(named.get("dc:identifier"))
    urls = [name for name in names if name.startswith(("http://", "https://"))]
    arxiv = next(filter(None, map(arxiv_in, urls)), None)
    return {
        "title": text_of(named.get("dc:title")),
        "abstract": next((text for text in descriptions if text not in remarks), ""),
        "authors": texts_of(named.get("dc:creator")),
        "arxiv": arxiv,
        "doi": next(filter(None, map(doi_in, names)), None),
        "published": feed_date(min(texts_of(named.get("dc:date")), default="")),
        "keywords": texts_of(named.get("dc:subject")),
        "comment": _REMARK.sub("", remarks[0], count=1) if remarks else "",
        "links": {} if arxiv else links_of_urls(urls),
        "publisher": text_of(named.get("dc:publisher")),
        "language": text_of(named.get("dc:language")),
        **_source(texts_of(named.get("dc:source"))),
        "kind": first_kind(texts_of(named.get("dc:type"))),
    }


def _source(texts: Sequence[str]) -> dict[str, object]:
    """Return the journal of the first `dc:source` that names one: `Journal of Sheep; Vol. 12 No. 3 (2024); 1-9`."""
    for text in texts:
        venue, *after = _AFTER_JOURNAL.split(text[:_LONGEST_SOURCE], maxsplit=1)
        if any(map(str.isalpha, venue)) and not url_in(text) and not venue.startswith(("ISSN", "urn:", "doi:")):
            where = _SHORT.sub(r"\1o. ", _SHORT_VOLUME.sub("vol. ", " ".join(after)))
            pages = found[1] if (found := _PAGES.search(where)) else ""
            return {**({"pages": pages} if pages else {}), **venue_fields(where), "venue": venue.strip(" ;,.")}
    return {}


def _person(element: etree._Element) -> dict[str, str]:
    """Return the name parts of an author in the `arXiv` format."""
    named = children(element)
    keys = {"family": "keyname", "given": "forenames", "suffix": "suffix"}
    return {part: text_of(named.get(name)) for part, name in keys.items()}


FORMATS: Mapping[str, Callable[[Children], dict[str, object]]] = {
    "arXiv": _arxiv,
    "arXivRaw": _arxiv_raw,
    "arXivOld": _arxiv,
    "dc": _dublin_core,
}

READER = Reader(
    name="arXiv OAI-PMH",
    about="OAI-PMH answers of arXiv (arXiv, arXivRaw) or of any repository (oai_dc, datacite)",
    example="<OAI-PMH …><ListRecords><record><header>…</header><metadata><arXiv …><id>2401.00001</id>…",
    recognises=recognises,
    read=read,
)
