"""JSON-LD of schema.org, in a file of its own or a script of a web page: articles, also in lists and graphs."""

import json
from collections.abc import Iterator, Mapping

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.names.identity import ids_of
from site_builder.problems import Problem
from site_builder.sources.fields.identifiers import doi_in, leads_to_paper, links_of_urls
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.person_parts import person
from site_builder.sources.fields.unread import unread_keys
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import DecodeError, Source
from site_builder.sources.syntax.html_text import html_text
from site_builder.sources.syntax.json_text import JsonError, RepeatedKeys, load_json

MAX_NODES = 100_000  # nodes of one document

_KIND_OF_TYPE: Mapping[str, str] = {
    **dict.fromkeys(("scholarlyarticle", "medicalscholarlyarticle", "article", "techarticle"), "article"),
    **dict.fromkeys(("newsarticle", "blogposting", "reportagenewsarticle"), "misc"),
    "report": "techreport",
    "thesis": "phdthesis",
    "chapter": "incollection",
    "book": "book",
    "dataset": "dataset",
    **dict.fromkeys(("softwaresourcecode", "softwareapplication"), "software"),
    "publication": "misc",
    "creativework": "misc",
}
# Keys of an article that are read, or that a digest has no use for, as plain names.
_KNOWN = frozenset(
    "type id context graph headline alternativeheadline alternatename sameas ispartof name publication "
    "pagination datecreated copyrightyear copyrightholder inlanguage isaccessibleforfree image thumbnailurl "
    "thumbnail logo about mentions citation wordcount editor funder sponsor haspart mainentity "
    "mainentityofpage potentialaction speakable articlesection articlebody text encoding associatedmedia "
    "video genre audience isbasedon conditionsofaccess provider accountableperson contributor "
    "interactionstatistic commentcount discussionurl backstory creativeworkstatus expires contentlocation "
    "spatialcoverage temporalcoverage itemlistelement position item sourceorganization publishingprinciples "
    "usageinfo acquirelicensepage dateline".split()
)
_SURELY_PAPERS = frozenset({"scholarlyarticle", "medicalscholarlyarticle"})
_NESTED = (
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "itemListElement",
    "item",
    "hasPart",
    "about",
    "dataFeedElement",
)
_NO_LISTS = frozenset({"breadcrumblist", "sitenavigationelement", "faqpage", "howto"})
_MARKS = ('"@type"', '"@graph"', '"@context"')
Node = Mapping[str, object]


def recognises(source: Source) -> bool:
    """Return whether a text is JSON-LD and contains an article."""
    has_marks = source.head.lstrip()[:1] in ("[", "{") and any(mark in source.head for mark in _MARKS)
    return has_marks and next(_articles_of(source), None) is not None


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each article."""
    text = source.text()
    position = 0
    repeated = RepeatedKeys()
    for node in _articles_of(source, repeated):
        title = next((str(node[key]) for key in ("headline", "name") if node.get(key)), "")
        written = (text.find(json.dumps(title, ensure_ascii=is_ascii), position) for is_ascii in (False, True))
        position = max(position, *written)
        fields = article_fields(node)
        line = text.count("\n", 0, position) + 1
        yield RawPaper(fields, source.path, line, unread=unread_of(node, fields))
    for _, error in repeated.errors(1):
        yield Problem(source.path, None, f"broken JSON: {error.message}", "mend the JSON; the rest is read")


def _articles_of(source: Source, repeated: RepeatedKeys | None = None) -> Iterator[Node]:
    try:
        yield from articles(load_json(source.text(), repeated))
    except (JsonError, DecodeError):
        return


def articles(data: object) -> Iterator[Node]:
    """Yield the articles of a document in order, but not the works that an article cites or is part of."""
    queue = [data]
    for _ in range(MAX_NODES):
        if not queue:
            return
        node = queue.pop()
        if isinstance(node, list):
            queue.extend(reversed(node))
        elif isinstance(node, Mapping):
            kinds = _types(node)
            has_title = bool(node.get("headline") or node.get("name"))
            if has_title and (kinds & _KIND_OF_TYPE.keys() or _is_link_to_paper(node)):
                yield node
            elif kinds & _SURELY_PAPERS and node.get("author"):
                yield node  # to be reported: it has no title
            elif not kinds & _NO_LISTS:
                queue.extend(reversed([node[key] for key in _NESTED if isinstance(node.get(key), dict | list)]))


def _is_link_to_paper(node: Node) -> bool:
    """Return whether a node is a list item without an inner item, whose URL leads to a paper."""
    return "listitem" in _types(node) and "item" not in node and leads_to_paper(_text(node.get("url")))


def article_fields(node: Node) -> dict[str, object]:
    """Return the fields of an article."""
    kinds = _types(node)
    names = [text for key in ("@id", "sameAs", "identifier", "doi", "url") for text in _names(node.get(key))]
    urls = [text for key in ("url", "mainEntityOfPage", "@id") for text in _names(node.get(key))]
    urls = [url for url in urls if url.startswith(("http://", "https://"))]
    containers = list(_containers(node))
    fields: dict[str, object] = {
        "title": html_text(_text(node.get("headline")) or _text(node.get("name"))),
        "abstract": html_text(_text(node.get("abstract")) or _text(node.get("description"))),
        "authors": _people(node.get("author")) or _people(node.get("creator")),
        "published": _date(node),
        "doi": next(filter(None, map(doi_in, names)), ""),
        "venue": next(
            (text for each in containers if (text := _text(each.get("name")) or _text(each.get("headline")))), ""
        ),
        "volume": next((text for each in containers if (text := _text(each.get("volumeNumber")))), ""),
        "issue": next((text for each in containers if (text := _text(each.get("issueNumber")))), ""),
        "pages": _text(node.get("pagination")) or _pages(node),
        "publisher": _publisher(node.get("publisher")),
        "language": _language(node.get("inLanguage")),
        "keywords": _keywords(node.get("keywords")),
        "kind": next((kind for name, kind in _KIND_OF_TYPE.items() if name in kinds), ""),
        "links": links_of_urls(urls),
    }
    return with_identifiers(fields, *names)


def unread_of(node: Node, fields: Mapping[str, object]) -> dict[str, str]:
    """Return the keys of an article that are not read."""
    return unread_keys(node, fields, _KNOWN)


def _types(node: Node) -> set[str]:
    texts = (text for text in _as_list(node.get("@type")) if isinstance(text, str))
    return {text.rpartition("/")[2].rpartition(":")[2].casefold() for text in texts}


def _text(value: object) -> str:
    """Return a text or number as text, the value of `{"@value": …}`, or the first of a list; "" for others."""
    if isinstance(value, list):
        return next((text for each in value if (text := _text(each))), "")
    if isinstance(value, Mapping):
        value = value.get("@value")
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _names(value: object) -> list[str]:
    """Return identifiers and URLs as texts, from any of the shapes that they are written in."""
    found = []
    for each in _as_list(value):
        inner = (each.get("value") or each.get("@id") or each.get("url")) if isinstance(each, Mapping) else each
        found.append(_text(inner))
    return [text for text in found if text]


def _language(value: object) -> str:
    """Return a language that is written as a text or as an object with code and name."""
    named = value.get("alternateName") or value.get("name") if isinstance(value, Mapping) else value
    return _text(named)


def _people(value: object) -> list[str | dict[str, str]]:
    people = map(_person, _as_list(value))
    return [each for each in people if each]


def _person(value: object) -> str | dict[str, str]:
    if not isinstance(value, Mapping):
        return html_text(_text(value))
    whole = html_text(_text(value.get("name")) or _text(value.get("legalName")))
    family, given = (html_text(_text(value.get(name))) for name in ("familyName", "givenName"))
    if "organization" in _types(value) or not (family or whole):
        return person(group=whole)
    orcid = ids_of(dict(value)).get("orcid", "")
    if family and given:
        return person(family, given, orcid=orcid)
    return {"name": whole or family, "orcid": orcid} if orcid else whole or family


def _publisher(value: object) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return html_text(_text(first.get("name") or first.get("legalName")) if isinstance(first, Mapping) else _text(first))


def _containers(node: Node) -> Iterator[Node]:
    """Yield the works that contain an article, from the inside out: issue, volume, journal."""
    queue = [node.get("isPartOf"), node.get("publication")]
    for _ in range(20):
        if not queue:
            return
        each = queue.pop(0)
        if isinstance(each, list):
            queue.extend(each)
        elif isinstance(each, Mapping):
            yield each
            queue.append(each.get("isPartOf"))


def _date(node: Node) -> str:
    keys = ("datePublished", "dateCreated", "copyrightYear")
    return next((written_date(text) for key in keys if (text := _text(node.get(key)))), "")


def _pages(node: Node) -> str:
    ends = (_text(node.get(key)) for key in ("pageStart", "pageEnd"))
    return "-".join(dict.fromkeys(end for end in ends if end))


def _keywords(value: object) -> list[str]:
    texts = [_text(each.get("name")) if isinstance(each, Mapping) else _text(each) for each in _as_list(value)]
    return [word.strip() for text in texts for word in text.split(",") if word.strip()]


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


READER = Reader(
    name="JSON-LD",
    about="JSON-LD of schema.org: an article, a list or a `@graph` of them",
    example='{"@context": "https://schema.org", "@graph": [{"@type": "ScholarlyArticle", "headline": "A Paper"}]}',
    recognises=recognises,
    read=read,
)
