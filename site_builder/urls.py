"""Slugs, output paths, permalinks and entry ids: the only place that makes any of them."""

import hashlib
import re
import unicodedata
from datetime import date
from posixpath import relpath
from urllib.parse import quote, urlsplit

MAX_SLUG = 80
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def slugify(text: str) -> str:
    """Return an ASCII name of [a-z0-9.-], at most 80 characters, that no file system minds; never empty.

    What ASCII cannot hold, what is too long and what Windows reserves gets a short hash of the whole text, so that
    different texts keep different slugs.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9.]+", "-", kept.replace("'", "").replace("\u2019", "")).strip("-.")
    slug = re.sub(r"[-.]*\.[-.]+|-+\.", "-", slug) if ".." in slug or "-." in slug or ".-" in slug else slug
    is_lossy = any(c.isalnum() and not c.isascii() for c in kept)
    if slug and not is_lossy and len(slug) <= MAX_SLUG and slug.split(".")[0] not in _RESERVED:
        return slug
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug[: MAX_SLUG - 9].strip('-.')}-{digest}".strip("-")


def paper_path(paper_id: str) -> str:
    """Return `papers/2605.01234.html`; the `/` of old arXiv ids and DOIs becomes a hyphen."""
    return f"papers/{slugify(paper_id)}.html"


def day_path(day: date) -> str:
    return f"days/{day.isoformat()}.html"


def week_key(day: date) -> str:
    """Return the ISO week, `2026-W22`."""
    iso = day.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}"


def month_key(day: date) -> str:
    return f"{day:%Y-%m}"


def period_path(kind: str, key: str) -> str:
    """Return the page of a week, month or year: `weeks/2026-W22.html`, `months/2026-05.html`, `years/2026.html`."""
    return f"{kind}s/{key}.html"


def term_path(taxonomy: str, slug: str, number: int = 1) -> str:
    """Return the number-th page of a tag or organisation: `tags/agents.html`, `tags/agents/2.html`."""
    return f"{taxonomy}s/{slug}.html" if number == 1 else f"{taxonomy}s/{slug}/{number}.html"


def relative(target: str, page: str) -> str:
    """Return the link from one output path to another, so that pages work from any folder and from a disk."""
    target, hash_, fragment = target.partition("#")
    return relpath(target, page.rpartition("/")[0] or ".") + hash_ + fragment


def root_of(page: str) -> str:
    """Return the way from an output path up to `output/`: "" at the top, "../" one folder down."""
    return "../" * page.count("/")


def permalink(base_url: str, path: str) -> str:
    """Return the lasting absolute URL of an output path; an `index.html` is its folder."""
    return f"{base_url.rstrip('/')}/{path.removesuffix('index.html') if path.endswith('index.html') else path}"


def tag_uri(authority: str, specific: str) -> str:
    """Return a permanent entry id (RFC 4151): `tag:example.org,2026:day/2026-05-27`."""
    return f"tag:{authority}:{specific}"


def authority_of(base_url: str) -> str:
    """Return the name in entry ids where the settings give none: the host, in a year that never changes."""
    return f"{slugify(urlsplit(base_url).hostname or 'localhost')},2026"


def entry_guid(authority: str, *steps: str) -> str:
    """Return the permanent id of a feed or an entry; what a URI cannot hold is percent-encoded."""
    specific = "/".join(quote(step, safe="/:@!$&'()*+,;=", errors="replace") for step in steps)
    return tag_uri(authority, specific)


def feed_path(name: str) -> str:
    """Return a feed's output path without its ending: `feeds/digests`."""
    return f"feeds/{name}"


def term_feed_path(taxonomy: str, slug: str, name: str) -> str:
    """Return the path of a tag's or an organisation's feed without its ending: `feeds/tags/agents/papers`."""
    return f"feeds/{taxonomy}s/{slug}/{name}"


def feed_archive_path(feed: str, number: int) -> str:
    """Return the number-th archive page of a feed, from the oldest on: `feeds/digests/archive-1.atom`."""
    return f"{feed}/archive-{number}.atom"
