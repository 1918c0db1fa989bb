"""Limits on the size of a record's values; longer values are cut, with a problem for each."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from site_builder.papers.clean import clean_text
from site_builder.problems import shortened

MAX_TITLE = 1_000  # characters; the longest real title seen has 300
MAX_ABSTRACT = 50_000  # characters; the longest real abstract seen has 4,000
MAX_TEXT = 5_000  # characters of any other text
MAX_LINE = 1_000  # characters of a note or a summary of the editor's
MAX_NAME = 300  # characters of one author, tag, keyword or category
MAX_AUTHORS = 5_000  # names; the longest real lists, of physics, have 3,000
MAX_TERMS = 100  # tags, keywords, categories, links or days of one paper
MAX_TAGS = 5_000  # tags of a site that come from lists and are not in its vocabulary
MAX_COUNT = 10_000_000  # upvotes, comments, stars
RAW = 4  # times its limit that a text may have before cleaning, which shortens it

_LONG_TEXTS = {"abstract": MAX_ABSTRACT, "ai_summary": MAX_ABSTRACT, "run_together": MAX_TITLE + MAX_ABSTRACT}
_ITEMS = {"authors": MAX_AUTHORS}

T = TypeVar("T")
Add = Callable[[str, str], None]


def bounded_fields(fields: Mapping[str, object], add: Add) -> dict[str, object]:
    """Return the fields of a record cut to their limits; call add(what, remedy) for each cut.

    Titles stay whole, for `bounded_title`.
    """
    return {name: value if name == "title" else _bounded(name, value, add) for name, value in fields.items()}


def bounded_title(title: str, add: Add) -> str:
    """Clean a title and cut it to its limit."""
    clean = clean_text(title[: RAW * MAX_TITLE])
    length = len(title) if len(title) > RAW * MAX_TITLE else len(clean)
    if length <= MAX_TITLE:
        return clean
    add(f'the title "{shortened(clean)}" has {length:,} characters', f"it is cut at {MAX_TITLE}")
    return f"{clean[:MAX_TITLE]}…" if clean else ""


def bounded_text(name: str, text: str, add: Add) -> str:
    """Cut the raw text of a field to its limit."""
    most = _LONG_TEXTS.get(name, MAX_TEXT)
    if len(text) <= most:
        return text
    add(f"{name} has {len(text):,} characters", f"it is cut at {most:,}")
    return f"{text[:most]}…"


def _bounded(name: str, value: object, add: Add) -> object:
    if isinstance(value, str):
        is_joined = name in ("authors", "tags", "keywords", "categories")
        return value if is_joined else bounded_text(name, value, add)
    if isinstance(value, Mapping):
        kept = bounded_items(name, list(value.items()), add)
        return {str(key)[:MAX_NAME]: _bounded(name, inner, add) for key, inner in kept}
    return value


def bounded_items(name: str, items: list[T], add: Add) -> list[T]:
    """Cut a list to its limit."""
    most = _ITEMS.get(name, MAX_TERMS)
    if len(items) <= most:
        return items
    add(f"{name} holds {len(items):,} items", f"the first {most:,} are kept")
    return items[:most]


def bounded_names(name: str, texts: tuple[str, ...], add: Add) -> tuple[str, ...]:
    """Limit the number of names and the length of each."""
    kept = tuple(bounded_items(name, list(texts), add)) if len(texts) > MAX_TERMS else texts
    if all(len(text) <= MAX_NAME for text in kept):
        return kept
    add(f"{name} holds a text of {max(map(len, kept)):,} characters", f"it is cut at {MAX_NAME}")
    return tuple(text if len(text) <= MAX_NAME else f"{text[:MAX_NAME]}…" for text in kept)
