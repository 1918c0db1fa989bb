"""The feeds of a catalogue as a site would publish them, and one way to read all their formats."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import orjson

from site_builder.config.settings import Feeds, Settings
from site_builder.model.catalogue import Catalogue
from site_builder.pages import feeds
from site_builder.render import RENDERERS
from tests.factories import LATER, site

BASE_URL = "https://digest.example.org/papers"


def feed_settings(*, language: str = "en", **chosen: Any) -> Settings:
    return Settings(title="Morning papers", base_url=BASE_URL, language=language, feeds=Feeds(**chosen))


def publish(
    made: Catalogue, settings: Settings | None = None, now: datetime = LATER, **chosen: Any
) -> dict[str, bytes]:
    """Return every document of the feeds by output path; chosen: keys of `feeds:` in the settings."""
    settings = settings or feed_settings(**chosen)
    pages = [page for page in feeds.plan(made, settings) if page.renderer != "html"]
    whole = site(made, settings, pages, now)
    return {page.path: RENDERERS[page.renderer](page, whole) for page in pages}


@dataclass(frozen=True)
class ReadEntry:
    """What a reader knows about an entry, whatever the format."""

    guid: str
    title: str
    url: str
    published: datetime
    updated: datetime
    html: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class ReadFeed:
    """What a reader knows about a feed, whatever the format."""

    title: str
    home: str
    language: str
    entries: tuple[ReadEntry, ...]


def read(files: Mapping[str, bytes], path: str) -> ReadFeed:
    """Read RSS and Atom by feedparser, without its sanitising, and JSON Feed as it is."""
    if path.endswith(".json"):
        return _read_json(orjson.loads(files[path]))
    parsed = feedparser.parse(files[path], sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.bozo_exception
    entries = tuple(_read_xml(entry, parsed.version) for entry in parsed.entries)
    return ReadFeed(parsed.feed.title, parsed.feed.link, parsed.feed.language, entries)


def _read_xml(entry: Any, version: str) -> ReadEntry:
    is_atom = version == "atom10"
    time = datetime.fromisoformat if is_atom else parsedate_to_datetime
    return ReadEntry(
        guid=entry.id,
        title=entry.title,
        url=entry.link,
        published=time(entry.published),
        updated=time(entry.updated if is_atom else entry.published),
        html=entry.content[0].value,
        authors=tuple(author.name for author in entry.get("authors", ()) if author.get("name")),
        tags=tuple(tag.label if is_atom else tag.term for tag in entry.get("tags", ())),
    )


def _read_json(feed: dict[str, Any]) -> ReadFeed:
    entries = tuple(
        ReadEntry(
            guid=item["id"],
            title=item["title"],
            url=item["url"],
            published=datetime.fromisoformat(item["date_published"]),
            updated=datetime.fromisoformat(item["date_modified"]),
            html=item["content_html"],
            authors=tuple(author["name"] for author in item.get("authors", ())),
            tags=tuple(item.get("tags", ())),
        )
        for item in feed["items"]
    )
    return ReadFeed(feed["title"], feed["home_page_url"], feed["language"], entries)
