"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Mapping

import orjson

from site_builder.render.feeds.document import Document, FilledEntry

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(document: Document) -> bytes:
    feed = {
        "version": VERSION,
        "title": document.title,
        "home_page_url": document.home_url,
        "feed_url": document.self_url,
        "icon": document.logo,
        "favicon": document.icon,
        "description": document.description,
        "language": document.language,
        "authors": [{"name": document.author, "url": document.site_url}],
        "hubs": [{"type": "WebSub", "url": document.hub}] if document.hub else None,
        "items": [_item(entry, document.authors_of(entry)) for entry in document.entries],
    }
    return orjson.dumps(_known(feed), option=orjson.OPT_APPEND_NEWLINE)


def _item(entry: FilledEntry, authors: tuple[str, ...]) -> dict[str, object]:
    item = {
        "id": entry.guid,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "image": entry.image,
        "date_published": entry.time.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name} for name in authors] or None,
        "tags": [category.label for category in entry.categories] or None,
    }
    return _known(item)


def _known(fields: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value is not None}
