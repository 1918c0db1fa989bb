"""arXiv's feeds: Atom responses of the query API, and the daily listings of a category as RSS or Atom."""

import re
from collections.abc import Iterator

from lxml import etree

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper, Skipped, filled
from site_builder.problems import Problem
from site_builder.sources.fields.identifiers import arxiv_in
from site_builder.sources.fields.unread import unread_elements
from site_builder.sources.fields.written_date import feed_date
from site_builder.sources.list_name import is_later
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.html_text import html_text
from site_builder.sources.syntax.xml_text import Children, children, name_of, read_feed, text_of, texts_of, xml_root

_KNOWN = frozenset(
    {"title", "summary", "description", "author", "id", "guid", "link", "published", "pubDate", "category", "updated"}
    | {f"arxiv:{name}" for name in ("doi", "DOI", "comment", "journal_ref", "journal_reference", "announce_type")}
    | {"arxiv:primary_category", "dc:creator", "dc:date", "dc:rights"}
)
REPLACEMENTS = frozenset({"replace", "replace-cross"})

_QUERY_TITLE = lazy_pattern(r"arXiv (?:Query:|Search Results)", re.IGNORECASE)
_LISTING_HOST = lazy_pattern(r"//(?:www\.|export\.|rss\.)?arxiv\.org(?:/|$)")
_SHOWN_ID = lazy_pattern(r"\s*arXiv:(?P<id>\S+)\s+(?:Announce Type:\s*(?P<type>[\w-]+)\s*)?(?:Abstract:\s*)?")
_OLD_TITLE = lazy_pattern(r"\(arXiv:(?P<id>\S{1,40})\s+\[[\w.-]{1,40}\]\s*(?P<type>UPDATED|CROSS LISTED)?\)\s*$")
_OLD_TYPES = {"UPDATED": "replace", "CROSS LISTED": "cross"}


def is_query_answer(source: Source) -> bool:
    """Return whether the source is an Atom response of the query API."""
    root = xml_root(source.head)
    if root is None or name_of(root)[1] != "feed":
        return False
    named = children(root)
    return "arxiv.org/api/" in text_of(named.get("id")) or bool(_QUERY_TITLE.match(text_of(named.get("title"))))


def read_query_answer(source: Source) -> Iterator[Item]:
    """Yield one record for each entry; an entry that reports an API error becomes a problem."""

    def item(entry: etree._Element, line: int) -> Item:
        named = children(entry)
        is_error = text_of(named.get("title")).lower() == "error" and "published" not in named
        if is_error or "/api/errors" in text_of(named.get("id")):
            what = f"arXiv answered with an error: {text_of(named.get('summary')) or 'no reason given'}"
            return Problem(source.path, line, what, "ask the API again with a correct query", records=1)
        return RawPaper(filled(_query_fields(named)), source.path, line, unread=unread_elements(named, _KNOWN))

    return read_feed(source, "entry", item)


def is_listing(source: Source) -> bool:
    """Return whether the source is arXiv's listing of a category: RSS 2.0, RSS 1.0 or Atom."""
    root = xml_root(source.head)
    if root is None or name_of(root)[1] not in {"feed", "rss", "RDF"}:
        return False
    if root.find(".//{http://arxiv.org/schemas/atom}announce_type") is not None:
        return True
    named = _channel(root)
    links = [text_of([link]) or link.get("href", "") for link in named.get("link", [])]
    return any(_LISTING_HOST.search(text) for text in [*links, text_of(named.get("id"))])


def read_listing(source: Source) -> Iterator[Item]:
    """Yield one record for each new paper and cross-list; replacements are skipped.

    In fetched files and in files of later changes, replacements are records too.
    """
    root = xml_root(source.head)
    is_atom = root is not None and name_of(root)[1] == "feed"
    day = "" if root is None else _channel_day(root)
    # `fetch` keeps a replacement only if the source asks for it or a later list names the paper.
    is_about_changes = is_later(source.path) or source.path.startswith("papers/fetched/")

    def item(entry: etree._Element, line: int) -> Item:
        named = children(entry)
        fields = filled(_listing_fields(named, entry, day))
        announced = str(fields.get("announced", "")).lower()
        if announced in REPLACEMENTS and not is_about_changes:
            return Skipped(source.path, line, f"a replacement (announce type {announced})")
        return RawPaper(fields, source.path, line, unread=unread_elements(named, _KNOWN))

    return read_feed(source, "entry" if is_atom else "item", item)


def _query_fields(named: Children) -> dict[str, object]:
    primary = [element.get("term", "") for element in named.get("arxiv:primary_category", [])]
    terms = [element.get("term", "") for element in named.get("category", [])]
    return {
        "title": text_of(named.get("title")),
        "abstract": text_of(named.get("summary")),
        "authors": texts_of(named.get("author"), "name"),
        "arxiv": arxiv_in(text_of(named.get("id"))) or text_of(named.get("id")),
        "doi": text_of(named.get("arxiv:doi")),
        "published": feed_date(text_of(named.get("published"))),
        "categories": [term for term in dict.fromkeys([*primary, *terms]) if term],
        "comment": text_of(named.get("arxiv:comment")),
        "venue": text_of(named.get("arxiv:journal_ref")),
    }


def _listing_fields(named: Children, entry: etree._Element, day: str) -> dict[str, object]:
    """Return the fields of a listing's entry; its date is the announcement day, not the publication date."""
    title = text_of(named.get("title"))
    old = _OLD_TITLE.search(title)
    abstract = text_of(named.get("description") or named.get("summary"))
    shown = _SHOWN_ID.match(abstract)
    names = [text_of(named.get(name)) for name in ("guid", "id", "link")]
    found = [shown["id"] if shown else "", old["id"] if old else "", *names, *entry.attrib.values()]
    announced = text_of(named.get("arxiv:announce_type")) or (shown and shown["type"])
    if old and not announced:
        announced = _OLD_TYPES.get(old["type"], "new")
    written = text_of(named.get("pubDate") or named.get("published") or named.get("dc:date"))
    creators = html_text(", ".join(texts_of(named.get("dc:creator"))))
    terms = [element.get("term") or text_of([element]) for element in named.get("category", [])]
    return {
        "title": title[: old.start()].rstrip() if old else title,
        "abstract": abstract[shown.end() :] if shown else html_text(abstract, has_addresses=True),
        "authors": creators or texts_of(named.get("author"), "name"),
        "arxiv": next((name for text in found if text and (name := arxiv_in(str(text)))), None),
        "doi": text_of(named.get("arxiv:DOI") or named.get("arxiv:doi")),
        "venue": text_of(named.get("arxiv:journal_reference") or named.get("arxiv:journal_ref")),
        "listed": feed_date(written) if written else day,
        "categories": [term for term in dict.fromkeys(terms) if term],
        "announced": announced,
    }


def _channel(root: etree._Element) -> Children:
    """Return the metadata elements of a listing: the children of its RSS channel or Atom feed."""
    channel = root.find("{*}channel")
    return children(root if channel is None else channel)


def _channel_day(root: etree._Element) -> str:
    """Return the day of the whole listing; `lastBuildDate` is not used, since the batch may be yesterday's."""
    named = _channel(root)
    return feed_date(text_of(named.get("pubDate") or named.get("dc:date") or named.get("updated")))


READERS = (
    Reader(
        name="arXiv API",
        about="answers of arXiv's query API (Atom)",
        example="<feed …><title>arXiv Query: …</title><entry><id>http://arxiv.org/abs/2401.00001v1</id>…",
        recognises=is_query_answer,
        read=read_query_answer,
    ),
    Reader(
        name="arXiv listing",
        about="arXiv's daily listing of a category, RSS or Atom; new papers and cross-lists, no replacements",
        example="<rss …><channel><link>http://rss.arxiv.org/rss/cs.CL</link><item>…<arxiv:announce_type>new</…>",
        recognises=is_listing,
        read=read_listing,
    ),
)
