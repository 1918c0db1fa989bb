"""Zotero's RDF: items, and the journals, attachments, notes and collections that they refer to."""

from collections.abc import Iterator, Mapping

from lxml import etree

from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.fields.field_names import kind_word, plain_name
from site_builder.sources.fields.identifiers import arxiv_in, doi_in, links_of_urls, url_in
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.person_parts import person
from site_builder.sources.fields.unread import unread_elements
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.formats.zotero_json import with_extra
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.html_text import html_text
from site_builder.sources.syntax.xml_text import bare_name, children, line_of, name_of, xml_problem, xml_root, xml_tree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMES = {
    "rdf": RDF,
    "z": "http://www.zotero.org/namespaces/export#",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
}
_RSS = (
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
)
_ABOUT, _RESOURCE = f"{{{RDF}}}about", f"{{{RDF}}}resource"
_NOT_PAPERS = {"attachment": "an attachment", "note": "a note", "memo": "a note", "annotation": "an annotation"}
# Properties of an item that are read, or that a digest has no use for, by their local names.
_KNOWN = frozenset(
    "itemType isPartOf authors presenters inventors programmers directors editors title abstract date "
    "identifier volume number pages publisher subject citationKey description presentedAt link isReferencedBy "
    "libraryCatalog shortTitle language rights type coverage archive source edition contributors translators "
    "seriesEditors bookAuthors reviewedAuthors dateSubmitted relation numPages numberOfVolumes medium extent "
    "format version repository archiveLocation callNumber section conferenceName meetingName isVersionOf "
    "references interviewers interviewees commenters composers cartographers artists sponsors contributor "
    "podcasters guests performers producers scriptwriters wordsBy castMembers attorneyAgents counsels "
    "recipients".split()
)
_AUTHORS = ("bib:authors", "z:presenters", "z:inventors", "z:programmers", "z:directors", "bib:editors")


def recognises(source: Source) -> bool:
    """Return whether the root element is RDF, but not a feed (RSS 1.0)."""
    root = xml_root(source.head)
    if root is None or name_of(root) != (RDF, "RDF") or root.find("{*}channel") is not None:
        return False
    return not any(uri in _RSS for uri in root.nsmap.values())


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each item, with the journal or book it refers to; attachments and notes are skipped."""
    root, error = xml_tree(source)
    yield from () if root is None else _items(root, source.path)
    if error:
        yield xml_problem(source.path, error)


def _items(root: etree._Element, path: str) -> Iterator[Item]:
    nodes = {str(node.get(_ABOUT)): node for node in root.iterchildren(etree.Element) if node.get(_ABOUT)}
    containers = {str(part.get(_RESOURCE)) for part in root.iterfind("*/dcterms:isPartOf", _NAMES)}
    unknown: etree._Element | None = None
    is_empty = True
    for node in root.iterchildren(etree.Element):
        item = _item(node, nodes, containers, path)
        is_empty = is_empty and item is None
        unknown = node if unknown is None and item is None else unknown
        if item:
            yield item
    if unknown is not None:
        what = f"the RDF holds no papers but <{name_of(unknown)[1]}>" if is_empty else "a node is no item of Zotero's"
        yield Problem(path, line_of(unknown), what, "export Zotero RDF, BibTeX, RIS or CSL-JSON", records=1)


def _item(node: etree._Element, nodes: Mapping[str, etree._Element], containers: set[str], path: str) -> Item | None:
    """Return a node as a paper, as skipped or as boilerplate; None if it is not Zotero's.

    containers: identifiers of the nodes that items are part of.
    """
    kind = plain_name(_text(node, "z:itemType")) or plain_name(name_of(node)[1])
    line = line_of(node)
    if kind in _NOT_PAPERS:
        return Skipped(path, line, _NOT_PAPERS[kind])
    if kind == "collection" or (str(node.get(_ABOUT)) in containers and not _text(node, "z:itemType")):
        return Boilerplate(line, 0)
    if node.find("dc:title", _NAMES) is None and node.find("z:itemType", _NAMES) is None:
        return None
    named = {bare_name(key): elements for key, elements in children(node).items()}
    unread = unread_elements(named, _KNOWN)
    return RawPaper(_fields(node, nodes, kind), path, line, unread=unread)


def _fields(node: etree._Element, nodes: Mapping[str, etree._Element], kind: str) -> dict[str, object]:
    container = _container(node, nodes)
    names = [*_texts(node, "dc:identifier"), *(_texts(container, "dc:identifier") if container is not None else [])]
    urls = [url for name in names if (url := url_in(name))]
    fields: dict[str, object] = {
        "title": html_text(_text(node, "dc:title")),
        "abstract": _text(node, "dcterms:abstract"),
        "authors": next((people for each in _AUTHORS if (people := _people(node, each))), []),
        "published": written_date(_text(node, "dc:date")) if _text(node, "dc:date") else "",
        "doi": next(filter(None, map(doi_in, names)), ""),
        "arxiv": next(filter(None, map(arxiv_in, names)), ""),
        "venue": _text(container, "dc:title") or _text(node, "bib:presentedAt/*/dc:title"),
        "volume": _text(node, "prism:volume") or _text(container, "prism:volume"),
        "issue": _text(node, "prism:number") or _text(container, "prism:number"),
        "pages": _text(node, "bib:pages"),
        "publisher": _text(node, "dc:publisher//foaf:name") or _text(container, "dc:publisher//foaf:name"),
        "language": _text(node, "z:language"),
        "keywords": _texts(node, "dc:subject"),
        "kind": kind_word(kind, _text(node, "z:type")),
        "key": _text(node, "z:citationKey"),
        "links": links_of_urls(urls),
    }
    remarks = _texts(node, "dc:description")
    return with_identifiers(with_extra(fields, "\n".join(remarks)), *remarks)


def _container(node: etree._Element, nodes: Mapping[str, etree._Element]) -> etree._Element | None:
    """Return the journal or book that an item is part of, the first that has a title; None if there is none."""
    for part in node.iterfind("dcterms:isPartOf", _NAMES):
        container = nodes.get(str(part.get(_RESOURCE))) if not len(part) else part[0]
        if container is not None and _text(container, "dc:title"):
            return container
    return None


def _people(node: etree._Element, path: str) -> list[dict[str, str]]:
    names = []
    for each in node.iterfind(f"{path}//rdf:li/*", _NAMES):
        family = _text(each, "foaf:surname") or _text(each, "foaf:familyName")
        given = _text(each, "foaf:givenName") or _text(each, "foaf:givenname")
        full_name = _text(each, "foaf:name")
        names.append(person(family, given) if given else person(group=family or full_name))
    return [name for name in names if name]


def _text(node: etree._Element | None, path: str) -> str:
    """Return the first text at a path, "" if there is none."""
    return next(iter(_texts(node, path)), "")


def _texts(node: etree._Element | None, path: str) -> list[str]:
    found = () if node is None else node.iterfind(path, _NAMES)
    return [text for each in found if (text := "".join(map(str, each.itertext())).strip())]


READER = Reader(
    name="Zotero RDF",
    about="Zotero's RDF; attachments and notes are no papers",
    example="<rdf:RDF …><bib:Article><z:itemType>journalArticle</z:itemType><dc:title>A Paper</dc:title>…",
    recognises=recognises,
    read=read,
)
