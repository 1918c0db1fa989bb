"""HTTP headers of published files: media type and cache lifetime."""

_UTF8 = "; charset=utf-8"
# Suffix → media type; the first match is used. JSON, XML of feeds and images state their encoding themselves, or have
# only one.
_TYPES = (
    (".html", f"text/html{_UTF8}"),
    (".css", f"text/css{_UTF8}"),
    (".js", f"text/javascript{_UTF8}"),
    (".txt", f"text/plain{_UTF8}"),
    (".md", f"text/markdown{_UTF8}"),
    (".bib", f"application/x-bibtex{_UTF8}"),
    (".ris", f"application/x-research-info-systems{_UTF8}"),
    (".csl.json", "application/vnd.citationstyles.csl+json"),
    (".schema.json", "application/schema+json"),
    (".json", "application/json"),
    (".rss", f"application/rss+xml{_UTF8}"),
    (".atom", f"application/atom+xml{_UTF8}"),
    (".opml", f"text/x-opml{_UTF8}"),
    (".xml", f"application/xml{_UTF8}"),
    (".webmanifest", "application/manifest+json"),
    (".svg", "image/svg+xml"),
    (".png", "image/png"),
    (".avif", "image/avif"),
    (".gif", "image/gif"),
    (".ico", "image/x-icon"),
    (".jpeg", "image/jpeg"),
    (".jpg", "image/jpeg"),
    (".webp", "image/webp"),
    (".mp4", "video/mp4"),
    (".pdf", "application/pdf"),
    (".woff2", "font/woff2"),
    (".zip", "application/zip"),
    (".eml", "message/rfc822"),
    ("_redirects", f"text/plain{_UTF8}"),
)
_FEED_TYPES = ((".xml", f"application/rss+xml{_UTF8}"), (".json", "application/feed+json"), *_TYPES)

CACHE_CONTROL = "public, max-age=300"  # how long browsers may use a copy without asking (RFC 9111 §5.2)


def media_type(path: str) -> str:
    """Return the media type of an output path, with its encoding where needed (RFC 9110 §8.3)."""
    types = _FEED_TYPES if path.startswith("feeds/") else _TYPES
    return next((kind for ending, kind in types if path.endswith(ending)), "application/octet-stream")
