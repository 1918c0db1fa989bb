"""RSS 2.0 and Atom 1.0, written with feedgen; comments say where it needs help to write what readers expect."""

from collections.abc import Mapping

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree
from lxml.etree import _Element
from markupsafe import escape

from site_builder.render.feeds.document import Document, FilledEntry

RSS, ATOM, HTML = "application/rss+xml", "application/atom+xml", "text/html"
ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
HISTORY_NAMESPACE = "http://purl.org/syndication/history/1.0"


def rss_feed(document: Document) -> bytes:
    feed = _feed(document, RSS)
    if document.email:
        feed.managingEditor(f"{document.email} ({document.author})")
    feed.load_extension("dc", atom=False)
    for filled in document.entries:
        entry = _entry(feed, filled)
        # RSS's <author> needs an e-mail address; all readers know Dublin Core's names.
        if authors := document.authors_of(filled):
            entry.dc.dc_creator(list(authors))
    return bytes(feed.rss_str())


def atom_feed(document: Document) -> bytes:
    feed = _feed(document, ATOM)
    feed.id(document.guid)
    author = {"name": document.author, "email": document.email, "uri": document.site_url}
    feed.author({key: value for key, value in author.items() if value})
    for filled in document.entries:
        entry = _entry(feed, filled)
        # An entry may inherit its author from the feed, but newsboat then shows none.
        if authors := document.authors_of(filled):
            entry.author([{"name": name} for name in authors])
    return bytes(feed.atom_str())


def _feed(document: Document, media_type: str) -> FeedGenerator:
    """Return the head of a feed. All dates are set, because feedgen's default is the current time."""
    feed = FeedGenerator()
    feed.register_extension("other_links", FeedLinks, EntryLinks)
    if any(entry.image for entry in document.entries):
        feed.load_extension("media")
    feed.title(document.title)
    feed.subtitle(document.description)
    feed.description(document.description.replace("<", "&lt;"))  # RSS's; readers parse it as HTML
    feed.language(document.language)
    feed.generator("Broadsheet")
    feed.image(url=document.logo, title=document.title, link=document.home_url)
    feed.icon(document.icon)
    feed.logo(document.logo)
    feed.updated(document.updated)
    # RSS takes the last link as its own, so the page that the feed mirrors comes last.
    feed.link(href=document.self_url, rel="self", type=media_type)
    feed.link(href=document.home_url, rel="alternate", type=HTML)
    for relation, url in document.links:
        feed.other_links.add(relation, url, ATOM)
    if document.hub:
        feed.other_links.add("hub", document.hub)
    feed.other_links.is_archive = document.is_archive
    return feed


def _entry(feed: FeedGenerator, filled: FilledEntry) -> FeedEntry:
    """Append an entry; feedgen's default order is last first.

    In archive pages, of which there are many, categories have no scheme, to save space.
    """
    entry = feed.add_entry(order="append")
    entry.guid(filled.guid, permalink=False)
    entry.title(filled.title)
    entry.published(filled.time)
    entry.updated(filled.updated)
    entry.link(href=filled.url, rel="alternate", type=HTML)
    entry.other_links.attributes = {"rel": "alternate", "type": HTML}
    # Content must follow the description, or Atom would get the description as content. In RSS, it is HTML.
    if filled.summary:
        entry.description(str(escape(filled.summary)))
    entry.content(filled.html, type="html")
    for category in filled.categories:
        scheme = {} if feed.other_links.is_archive else {"scheme": category.scheme}
        entry.category(term=category.term, label=category.label, **scheme)
    if filled.image:
        entry.media.content(url=filled.image, medium="image", group=None)
    return entry


class FeedLinks:
    """A feedgen extension for links of a feed that it does not write: hub, archive pages (RFC 5005) and their mark."""

    def __init__(self) -> None:
        self.is_archive = False
        self._links: list[dict[str, str]] = []

    def add(self, relation: str, url: str, media_type: str = "") -> None:
        kind = {"type": media_type} if media_type else {}
        self._links.append({"rel": relation, "href": url, **kind})

    def extend_ns(self) -> dict[str, str]:
        return {"fh": HISTORY_NAMESPACE} if self.is_archive else {}

    def extend_atom(self, feed: _Element) -> _Element:
        # feedgen creates Atom elements without a namespace and declares it as an attribute; ours must match.
        return self._extend(feed, "link")

    def extend_rss(self, rss: _Element) -> _Element:
        self._extend(rss[0], f"{{{ATOM_NAMESPACE}}}link")
        return rss

    def _extend(self, parent: _Element, name: str) -> _Element:
        for link in self._links:
            etree.SubElement(parent, name, link)
        if self.is_archive:
            etree.SubElement(parent, f"{{{HISTORY_NAMESPACE}}}archive")
        return parent


class EntryLinks:
    """A feedgen extension for the relation and media type of an entry's only link, which it omits in Atom."""

    def __init__(self) -> None:
        self.attributes: Mapping[str, str] = {}

    def extend_atom(self, entry: _Element) -> _Element:
        for link in entry.iterchildren("link"):
            for name, value in self.attributes.items():
                link.set(name, value)
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        return item
