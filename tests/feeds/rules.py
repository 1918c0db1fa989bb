"""What feed validators ask of a site's feeds beyond well-formedness, as a list of what is broken."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import jsonschema
from lxml import etree

HERE = Path(__file__).parent
MAX_BYTES = 2 * 1024 * 1024
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_ATOM_SCHEMA = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
_OPML_SCHEMA = etree.RelaxNG(etree.parse(HERE / "opml.rng"))
_JSON_SCHEMA = jsonschema.Draft202012Validator(json.loads((HERE / "json_feed.schema.json").read_text()))


def broken_rules(files: Mapping[str, bytes], base_url: str) -> list[str]:
    """Return every broken rule of every document as `path: what`."""
    return [
        f"{path}: {what}"
        for path, document in files.items()
        for what in (*_of_every_file(path, document), *_CHECKS[path.rpartition(".")[2]](document, f"{base_url}/{path}"))
    ]


def _of_every_file(path: str, document: bytes) -> Iterator[str]:
    if len(document) > MAX_BYTES and "/archive-" not in path:
        yield f"{len(document)} bytes"
    if document.startswith(b"\xef\xbb\xbf"):
        yield "a byte order mark"
    document.decode("utf-8")


def _of_rss(document: bytes, url: str) -> Iterator[str]:
    channel = etree.fromstring(document, _PARSER).find("channel")
    assert channel is not None
    own = [link.get("href") for link in channel.iterfind(f"{ATOM}link[@rel='self']")]
    if own != [url]:
        yield f"self link {own}"
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        if len(channel.findall(name)) != 1 or not channel.findtext(name):
            yield f"not one {name} in the channel"
    yield from _of_rfc_822(channel.findtext("lastBuildDate", ""))
    items = channel.findall("item")
    for item in items:
        for name in ("title", "link", "description", "guid", "pubDate", CONTENT):
            if len(item.findall(name)) != 1:
                yield f"not one {name} in an item"
        if item.find("guid[@isPermaLink='false']") is None:
            yield "a guid that claims to be an address"
        yield from _of_rfc_822(item.findtext("pubDate", ""))
        yield from _of_html(item.findtext(CONTENT, ""))
        yield from _of_html(item.findtext("description", ""))
    times = [parsedate_to_datetime(item.findtext("pubDate", "")) for item in items]
    built = parsedate_to_datetime(channel.findtext("lastBuildDate", ""))
    yield from _of_entries([item.findtext("guid", "") for item in items], times, built)
    yield from _of_addresses([channel.findtext("link", ""), *(item.findtext("link", "") for item in items)])


def _of_atom(document: bytes, url: str) -> Iterator[str]:
    feed = etree.fromstring(document, _PARSER)
    if not _ATOM_SCHEMA.validate(feed):
        yield f"not RFC 4287: {_ATOM_SCHEMA.error_log}"
    own = [link.get("href") for link in feed.iterfind(f"{ATOM}link[@rel='self']")]
    if own != [url]:
        yield f"self link {own}"
    if not feed.get("{http://www.w3.org/XML/1998/namespace}lang"):
        yield "no language"
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        if [(link.get("rel"), link.get("type")) for link in entry.iterfind(f"{ATOM}link")] != [
            ("alternate", "text/html")
        ]:
            yield "an entry without its one link to a page"
        if entry.find(f"{ATOM}summary") is not None:
            yield "a summary, which some readers take for the whole entry"
        if entry.find(f"{ATOM}content[@type='html']") is None:
            yield "content that is not html"
        yield from _of_html(entry.findtext(f"{ATOM}content", ""))
    times, updates = (
        [datetime.fromisoformat(entry.findtext(f"{ATOM}{name}", "")) for entry in entries]
        for name in ("published", "updated")
    )
    updated = datetime.fromisoformat(feed.findtext(f"{ATOM}updated", ""))
    yield from _of_entries([entry.findtext(f"{ATOM}id", "") for entry in entries], times, updated)
    yield from _of_updates(times, updates)
    if updates and updated != max(updates):
        yield f"updated {updated}, the last change was at {max(updates)}"
    yield from _of_addresses([link.get("href", "") for link in feed.iter(f"{ATOM}link")])


def _of_json(document: bytes, url: str) -> Iterator[str]:
    feed = json.loads(document)
    yield from (error.message for error in _JSON_SCHEMA.iter_errors(feed))
    if feed["feed_url"] != url:
        yield f"feed_url {feed['feed_url']}"
    items = feed["items"]
    times = [datetime.fromisoformat(item["date_published"]) for item in items]
    yield from _of_entries([item["id"] for item in items], times, times[0] if times else None)
    yield from _of_updates(times, [datetime.fromisoformat(item["date_modified"]) for item in items])
    yield from _of_addresses([feed["home_page_url"], *(item["url"] for item in items)])
    for item in items:
        yield from _of_html(item["content_html"])


def _of_opml(document: bytes, url: str) -> Iterator[str]:
    if not _OPML_SCHEMA.validate(etree.fromstring(document, _PARSER)):
        yield f"not OPML 2.0: {_OPML_SCHEMA.error_log}"


def _of_entries(guids: list[str], times: list[datetime], updated: datetime | None) -> Iterator[str]:
    if len(set(guids)) != len(guids):
        yield "one guid twice"
    if not all(guid.startswith("tag:") and guid.isascii() and guid.isprintable() for guid in guids):
        yield "a guid that is no tag: URI"
    if len(set(times)) != len(times):
        yield "two entries of one moment"
    if times != sorted(times, reverse=True):
        yield "not newest first"
    if times and (updated is None or updated < times[0]):
        yield f"updated {updated}, the newest entry is of {times[0]}"


def _of_updates(times: list[datetime], updates: list[datetime]) -> Iterator[str]:
    if len(set(updates)) != len(updates):
        yield "two entries updated at one moment"
    if any(update < time for time, update in zip(times, updates, strict=True)):
        yield "an entry updated before it appeared"


def _of_rfc_822(text: str) -> Iterator[str]:
    time = parsedate_to_datetime(text)
    if time.tzinfo is None or format_datetime(time) != text:
        yield f"not an RFC 822 date with a zone: {text}"


def _of_addresses(addresses: list[str]) -> Iterator[str]:
    yield from (f"not absolute: {url}" for url in addresses if not _is_absolute(url))


def _of_html(markup: str) -> Iterator[str]:
    """Check what a reader would put on the screen, as a browser reads it."""
    tree = html5lib.parseFragment(markup, namespaceHTMLElements=False, treebuilder="lxml")
    for element in (e for root in tree if not isinstance(root, str) for e in root.iter(etree.Element)):
        if element.tag not in _ELEMENTS:
            yield f"<{element.tag}> in the content"
        for name, value in element.attrib.items():
            if name in ("href", "src") and not _is_absolute(value):
                yield f"{name} {value} in the content"
            if name.startswith("on"):
                yield f"{name} in the content"
    if "<math" in markup or "katex" in markup:
        yield "a formula as MathML or KaTeX"


def _is_absolute(url: str) -> bool:
    parts = urlsplit(url)
    return (parts.scheme in ("http", "https") and bool(parts.netloc)) or parts.scheme == "mailto"


_ELEMENTS = frozenset(
    "table tbody tr td h2 h3 h4 h5 h6 p div small br wbr a bdi ul ol li em strong code pre blockquote sup hr img "
    "del ins".split()
)
_CHECKS: Mapping[str, Callable[[bytes, str], Iterator[str]]] = {
    "xml": _of_rss,
    "rss": _of_rss,
    "atom": _of_atom,
    "json": _of_json,
    "opml": _of_opml,
}
