"""Slugs, output paths, permalinks and entry ids; no other module makes them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from urllib.parse import quote, quote_plus, urlsplit

MAX_SLUG = 80  # characters
SEARCH_PATH = "search.html"
MAX_NAME = 255  # bytes of one file name; the limit of most disks
MAX_PATH = 1000  # bytes of a whole output path
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
# Paths that are certainly safe: names of lower-case letters, digits, dots and hyphens, none of them reserved.
# (No possessive group with alternatives: Python before 3.11.5 matches it wrongly.)
_FIT = re.compile(
    r"(?:(?!(?:con|prn|aux|nul|com\d|lpt\d)[./])[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?/)*"
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?"
)
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_PLAIN_STEPS = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=_.~-]*")
_HOST = re.compile(r"[a-z0-9.-]+")  # as in RFC 4151; excludes IPv6 addresses
# The suffix of a page's path that some hosts leave out, before a query or fragment.
_HTML = re.compile(r"(?:(?:^|(?<=/))index)?\.html(?=[?#]|$)")
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff\\:*?"<>|]')


def slugify(text: str) -> str:
    """Return an ASCII name of [a-z0-9.-], at most 80 characters, safe on every file system and never empty.

    A text that ASCII cannot express, that is too long or that Windows reserves gets a short hash of the whole text
    appended, so that different texts keep different slugs.
    """
    joined = text.replace(" ", "-")
    if len(joined) <= MAX_SLUG and _PLAIN_SLUG.fullmatch(joined) and joined.split(".", maxsplit=1)[0] not in _RESERVED:
        return joined  # the code below would return the same
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))
    slug = re.sub(r"[^a-z0-9.]+", "-", kept.replace("'", "").replace("\u2019", "")).strip("-.")
    slug = re.sub(r"[-.]*\.[-.]+|-+\.", "-", slug) if ".." in slug or "-." in slug or ".-" in slug else slug
    is_lossy = not kept.isascii() and any(c.isalnum() and not c.isascii() for c in kept)
    if slug and not is_lossy and len(slug) <= MAX_SLUG and slug.split(".")[0] not in _RESERVED:
        return slug
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    if slug.split(".")[0] in _RESERVED:
        slug = slug.replace(".", "-")  # Windows reserves `con.txt-1a2b3c4d` as well
    return f"{slug[: MAX_SLUG - 9].strip('-.')}-{digest}".strip("-")


@lru_cache(maxsize=2**14)
def term_slug(name: str) -> str:
    """Return the slug of a tag or an organisation; never that of a neighbouring page (`tags/index.html`)."""
    slug = slugify(name)
    return f"{slug.replace('.', '-')}-term" if slug == "index" or slug.endswith(".html") else slug


def name_in_address(text: str, folder: str) -> str:
    """Return the name in an address below a folder: `moons` of `https://…/tags/moons.html`; other text unchanged."""
    found = re.search(rf"(?:^|/){folder}/([^/?#]+)(?:/[^?#]*)?$", text.strip())
    return (found[1] if found else text).removesuffix(".html")


def why_unsafe(path: str) -> str:
    """Return why an output path would leave the folder or is not portable to every disk; "" if it is safe."""
    return "" if len(path) <= MAX_NAME and _FIT.fullmatch(path) else _defect(path)


def _defect(path: str) -> str:
    names = path.split("/")
    if any(name in {"", ".", ".."} for name in names):
        return "it has an empty step, '.' or '..'"
    if found := _UNFIT.search(path):
        return f"not every disk can hold {found[0]!r} in a name"
    if any(name[-1] in ". " for name in names):
        return "a name in it ends with a dot or a space"
    if reserved := [name for name in names if fold(name.split(".")[0]).rstrip() in _RESERVED]:
        return f"Windows reserves the name {reserved[0]!r}"
    if any(len(name.encode()) > MAX_NAME for name in names) or len(path.encode()) > MAX_PATH:
        return f"a name in it is longer than {MAX_NAME} bytes, or the whole longer than {MAX_PATH}"
    return "it is where Broadsheet keeps its own files" if fold(names[0]) == ".broadsheet" else ""


def fold(path: str) -> str:
    """Return a form that is equal for output paths which a disk may confuse by case or Unicode normalisation."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def all_folders(paths: Iterable[str]) -> set[str]:
    """Return all folders that contain any of the output paths."""
    innermost = {path.rpartition("/")[0] for path in paths} - {""}
    return innermost.union(*map(folders_of, innermost))


def folders_of(path: str) -> Iterator[str]:
    """Yield the parent folders of an output path: `a` and `a/b` for `a/b/c.html`."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)


@lru_cache(maxsize=2**17)
def paper_path(paper_id: str) -> str:
    """Return `papers/2605.01234.html`; the `/` of old arXiv ids and DOIs becomes a hyphen."""
    return f"papers/{slugify(paper_id)}.html"


def paper_anchor(paper_id: str) -> str:
    """Return the anchor of a paper on a page of many: `paper-2605.01234`."""
    return f"paper-{slugify(paper_id)}"


def paper_places_path(shard: int) -> str:
    """Return a file that locates papers without a page of their own: `papers/places/17.json`."""
    return f"papers/places/{shard}.json"


def day_path(day: date) -> str:
    return f"days/{day.isoformat()}.html"


@lru_cache(maxsize=2**14)
def week_key(day: date) -> str:
    """Return the ISO week, `2026-W22`."""
    iso = day.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}"


@lru_cache(maxsize=2**14)
def month_key(day: date) -> str:
    return day.isoformat()[:7]


def year_key(day: date) -> str:
    return day.isoformat()[:4]


def period_path(kind: str, key: str) -> str:
    """Return the page of a week, month or year: `weeks/2026-W22.html`, `months/2026-05.html`, `years/2026.html`."""
    return f"{kind}s/{key}.html"


def corrections_path(number: int = 1) -> str:
    """Return the number-th page of the corrections: `corrections.html`, `corrections/2.html`."""
    return "corrections.html" if number == 1 else f"corrections/{number}.html"


def correction_path(paper_id: str, day: date) -> str:
    """Return the anchor on a paper's page for its corrections of a day."""
    return f"{paper_path(paper_id)}#corrected-{day.isoformat()}"


def term_path(taxonomy: str, slug: str, part: str = "") -> str:
    """Return the page of a tag or organisation, `tags/agents.html`, or of a month of it, `tags/agents/2026-11.html`."""
    return f"{taxonomy}s/{slug}/{part}.html" if part else f"{taxonomy}s/{slug}.html"


def search_for(choice: str, value: str) -> str:
    """Return the search page with a filter set: `search.html?author=Ada+Lovelace`."""
    return f"{SEARCH_PATH}?{choice}={quote_plus(value, errors='replace')}"


def free_page_path(slug: str) -> str:
    """Return the page of a file of `content/pages/`: `about.html`."""
    return f"{slug}.html"


def undated_path(number: int = 1) -> str:
    """Return the number-th page of the papers without a day: `undated.html`, `undated/2.html`."""
    return "undated.html" if number == 1 else f"undated/{number}.html"


def root_of(page: str) -> str:
    """Return the relative path from an output path up to `output/`: "" at the top, "../" one folder down."""
    return "../" * page.count("/")


def permalink(base_url: str, path: str) -> str:
    """Return the permanent absolute URL of an output path; `index.html` becomes its folder."""
    folder, _, name = path.rpartition("/")
    shown = f"{folder}/".lstrip("/") if name == "index.html" else path
    return f"{base_url.rstrip('/')}/{shown}"


def without_html(path: str) -> str:
    """Return an output path as shown by hosts that drop `.html`: `about`, and the folder for `index.html`."""
    return _HTML.sub("", path, count=1)


def tag_uri(authority: str, specific: str) -> str:
    """Return a permanent entry id (RFC 4151): `tag:example.org,2026:day/2026-05-27`."""
    return f"tag:{authority}:{specific}"


def authority_of(base_url: str) -> str:
    """Return the default authority of entry ids: the host, with a year that never changes."""
    host = urlsplit(base_url).hostname or "localhost"
    return f"{host if _HOST.fullmatch(host) else slugify(host)},2026"


def entry_guid(authority: str, *steps: str) -> str:
    """Return the permanent id of a feed or an entry; characters not allowed in a URI are percent-encoded."""
    specific = "/".join(steps)
    if not _PLAIN_STEPS.fullmatch(specific):
        specific = quote(specific, safe="/:@!$&'()*+,;=", errors="replace")
    return tag_uri(authority, specific)


def feed_path(name: str) -> str:
    """Return a feed's output path without its ending: `feeds/digests`."""
    return f"feeds/{name}"


def term_feed_path(taxonomy: str, slug: str, name: str) -> str:
    """Return the path of a tag's or an organisation's feed without its ending: `feeds/tags/agents/papers`."""
    return f"{term_feeds_folder(taxonomy, slug)}/{name}"


def term_feeds_folder(taxonomy: str, slug: str) -> str:
    """Return the folder of a tag's or an organisation's feeds: `feeds/tags/agents`."""
    return f"feeds/{taxonomy}s/{slug}"


def feed_archive_path(feed: str, name: str) -> str:
    """Return the archive page of a feed for the period that begins then: `feeds/digests/archive-2026-05.atom`."""
    return f"{feed}/archive-{name}.atom"


def mail_path(series: str, key: str, name: str) -> str:
    """Return one form of an edition's mail: `mail/2026-05-27/mail.eml`, `mail/weekly/2026-W22/mail.eml`."""
    return f"mail/{key}/{name}" if series == "daily" else f"mail/{series}/{key}/{name}"


def beside(page: str, ending: str) -> str:
    """Return the path of another form of a page, `.bib` or `.md`, in the same folder: `days/2026-05-27.bib`."""
    return f"{page.removesuffix('.html')}{ending}"


def api_part_path(name: str) -> str:
    """Return a part of the data of all papers: `api/papers/2026-11.json`."""
    return f"api/papers/{name}.json"


def search_data_path(name: str) -> str:
    """Return a file of the search index: `search/parts.json`, or of one part: `search/2026-05/words-1.json`."""
    return f"search/{name}.json"


def card_path(page: str) -> str:
    """Return the social card of a page, in the same folder: `papers/2605.01234.png`."""
    return beside(page, ".png")
