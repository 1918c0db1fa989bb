"""A feedgen extension for links it does not write: hub, archive pages (RFC 5005), and attributes of entry links."""

from collections.abc import Mapping

from lxml import etree
from lxml.etree import _Element

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
HISTORY_NAMESPACE = "http://purl.org/syndication/history/1.0"


class FeedLinks:
    """Links of the whole feed, and the mark of an archive page."""

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
    """The relation and media type of an entry's only link, which feedgen omits in Atom."""

    def __init__(self) -> None:
        self.attributes: Mapping[str, str] = {}

    def extend_atom(self, entry: _Element) -> _Element:
        for link in entry.iterchildren("link"):
            for name, value in self.attributes.items():
                link.set(name, value)
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        return item
