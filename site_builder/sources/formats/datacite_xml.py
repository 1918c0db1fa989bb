"""DataCite's XML, in which repositories describe the papers and data that they give a DOI."""

from collections.abc import Iterator, Sequence

from lxml import etree

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.names.identity import orcid_in
from site_builder.sources.fields.field_names import KINDS, kind_word, plain_name
from site_builder.sources.fields.identifiers import arxiv_in, doi_in, links_of_urls, url_in
from site_builder.sources.fields.named_fields import (
    KINDS_OF_DATES,
    KINDS_OF_TEXTS,
    pages_of,
    with_identifiers,
    with_subtitle,
)
from site_builder.sources.fields.related_identifiers import Related, own_arxiv, unread_related
from site_builder.sources.fields.unread import unread_elements
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.xml_text import Children, children, name_of, read_entries, text_of, texts_of, xml_root

_NAMESPACE = "http://datacite.org/schema/"
_OTHER_TITLES = frozenset({"Subtitle", "AlternativeTitle", "TranslatedTitle"})
_PARTS = {"familyName": "family", "givenName": "given"}
# Elements of a resource that are read, or never shown in a digest.
_KNOWN = frozenset(
    "identifier creators titles publisher publicationYear resourceType subjects dates descriptions relatedItems "
    "alternateIdentifiers relatedIdentifiers version contributors language sizes formats rightsList rights "
    "geoLocations fundingReferences".split()
)


def recognises(source: Source) -> bool:
    """Return whether the root is `resource` or `resources`, in DataCite's namespace or with creators and titles."""
    root = xml_root(source.head)
    if root is None:
        return False
    namespace, name = name_of(root)
    is_named = any(str(uri).startswith(_NAMESPACE) for uri in (namespace, *root.nsmap.values()))
    has_parts = root.find("{*}creators") is not None and root.find("{*}titles") is not None
    return name in {"resource", "resources"} and (is_named or has_parts)


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each resource."""
    yield from read_entries(source, ("resource",), lambda entry, line: resource_record(entry, source.path, line))


def resource_record(entry: etree._Element, path: str, line: int) -> RawPaper:
    """Return the record of a resource."""
    named = children(entry)
    titles = _titles(named)
    fields = _fields(named, titles)
    unread = unread_elements(named, _KNOWN) | ({} if "arxiv" in fields else unread_related(_related(named)))
    unread |= {f"title.{n}": "text" for n, (_, text) in enumerate(titles, 1) if text not in str(fields["title"])}
    return RawPaper(fields, path, line, unread=unread)


def _titles(named: Children) -> list[tuple[str, str]]:
    """Return (titleType, text) for each title; the type is "" for the title of the work itself."""
    return [(each.get("titleType", ""), text_of([each])) for each in _inner(named, "titles", "title")]


def _fields(named: Children, titles: Sequence[tuple[str, str]]) -> dict[str, object]:
    title = next((text for kind, text in titles if kind not in _OTHER_TITLES), titles[0][1] if titles else "")
    described = [(each.get("descriptionType"), each) for each in _inner(named, "descriptions", "description")]
    texts = (text_of([each]) for kind in KINDS_OF_TEXTS for own, each in described if own == kind)
    names = [*texts_of(named.get("identifier")), *_texts(named, "alternateIdentifiers", "alternateIdentifier")]
    urls = [url for name in names if (url := url_in(name))]
    kinds = named.get("resourceType", [])
    general = next((each.get("resourceTypeGeneral", "") for each in kinds), "")
    fields: dict[str, object] = {
        "title": with_subtitle(title, next((text for kind, text in titles if kind == "Subtitle"), "")),
        "abstract": next(filter(None, texts), ""),
        "authors": [_person(each) for each in _inner(named, "creators", "creator")],
        "published": _published(named),
        "doi": next(filter(None, map(doi_in, names)), ""),
        "arxiv": next(filter(None, map(arxiv_in, names)), "") or own_arxiv(_related(named)),
        "publisher": text_of(named.get("publisher")),
        "language": text_of(named.get("language")),
        "keywords": _texts(named, "subjects", "subject"),
        "kind": _kind(general, text_of(kinds)),
        "links": links_of_urls(urls),
        **_container(named),
    }
    return with_identifiers(fields)


def _kind(general: str, own: str) -> str:
    """Return the kind of work; where DataCite's general type is vague (`Text`), the repository's own type counts."""
    word = kind_word(general, own)
    return kind_word(own) if word == general and plain_name(own) in KINDS else word


def _inner(named: Children, outer: str, name: str) -> list[etree._Element]:
    return [each for holder in named.get(outer, []) for each in holder.iterfind(f"{{*}}{name}")]


def _related(named: Children) -> list[Related]:
    elements = _inner(named, "relatedIdentifiers", "relatedIdentifier")
    return [(each.get("relationType", ""), text_of([each])) for each in elements]


def _texts(named: Children, outer: str, name: str) -> list[str]:
    return [text for each in _inner(named, outer, name) if (text := text_of([each]))]


def _person(creator: etree._Element) -> dict[str, str]:
    """Return the name parts of a creator; the name of an organisation stays whole."""
    named = children(creator)
    whole = text_of(named.get("creatorName"))
    is_joined = " and " in whole and "," not in whole  # one creator with a long name: `SAF on Ocean and Sea Ice`
    if is_joined or any(each.get("nameType") == "Organizational" for each in named.get("creatorName", [])):
        return {"literal": whole}
    parts = {part: text for name, part in _PARTS.items() if (text := text_of(named.get(name)))}
    name = parts if "family" in parts else {"name": whole}
    ids = [each for each in named.get("nameIdentifier", []) if each.get("nameIdentifierScheme", "").upper() != "ISNI"]
    orcid = next(filter(None, map(orcid_in, texts_of(ids))), "")
    return {**name, "orcid": orcid} if orcid else name


def _published(named: Children) -> str:
    """Return the most exact date that agrees with the year of publication, else the year."""
    dates = [(each.get("dateType"), text_of([each])) for each in _inner(named, "dates", "date")]
    year = text_of(named.get("publicationYear"))
    days = (written_date(text) for kind in KINDS_OF_DATES for own, text in dates if own == kind)
    return max((day for day in days if day.startswith(year)), key=len, default=year)


def _container(named: Children) -> dict[str, str]:
    """Return venue, volume, issue and pages of the item that the work was published in."""
    for each in _inner(named, "relatedItems", "relatedItem"):
        if each.get("relationType") == "IsPublishedIn":
            inner = children(each)
            pages = {"first_page": text_of(inner.get("firstPage")), "last_page": text_of(inner.get("lastPage"))}
            numbers = {name: text_of(inner.get(name)) for name in ("volume", "issue")}
            return {"venue": next(iter(_texts(inner, "titles", "title")), ""), **numbers, **pages_of(pages)}
    return {}


READER = Reader(
    name="DataCite XML",
    about="DataCite's XML, as repositories and data archives hand it out",
    example='<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.5072/xyz…',
    recognises=recognises,
    read=read,
)
