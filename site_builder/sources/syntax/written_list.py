"""Parse lists and objects serialised into a text: as JSON, as Python literals, or with separators."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import unescape

from site_builder.lazy import lazy_pattern
from site_builder.names.words import OBJECT
from site_builder.sources.syntax.json_text import JsonError, load_json
from site_builder.sources.syntax.python_literal import LiteralValueError, load_literal

_ITEM = lazy_pattern(
    r"""\s*(?:
      '(?P<single>(?:[^'\\]|\\.)*+)'
    | "(?P<double>(?:[^"\\]|\\.)*+)"
    | (?P<bare>[^,'"\[\]{}]++)
    )\s*(?:,|\Z)""",
    re.VERBOSE | re.DOTALL,
)
# Separators of terms, the safest first; not a comma inside brackets: `cyst (diagnosis, surgery)`.
_SIGNS = (lazy_pattern("[;；]"), lazy_pattern(r" \| |\|\|"), lazy_pattern(r"[,，、](?![^()]{0,80}\))"))
_ESCAPE = lazy_pattern(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SPACES = {"n": "\n", "t": "\t", "r": "\r"}


_NEXT_QUOTED = lazy_pattern(r"(?<=['\"])(?<!\\['\"])\s+(?=['\"])")


_LOADERS: tuple[Callable[[str], object], ...] = (load_json, load_literal)


def written_object(text: str) -> object:
    """Parse a text that is an object, or a list of objects, in JSON or Python; return any other text unchanged."""
    is_object = text.startswith(("{'", '{"', "[{'", '[{"')) and text.endswith(("}", "}]"))
    for load in _LOADERS if is_object else ():
        with suppress(JsonError, LiteralValueError):
            value = load(text)
            return value if isinstance(value, dict | list) else text
    return text


def written_list(text: str) -> list[str] | None:
    """Return the items of `['A', "B"]`, `[A, B]`, `{A, B}` or `"A", "B"`, or None for a text that is not such a list.

    Also accepts NumPy's `array(['A', 'B'], dtype=object)` and `['A' 'B']`, and lists of `Author('…')` objects.
    """
    text = text.strip()
    if text.startswith("array(["):
        text = text[len("array(") : text.rfind("]") + 1]
    if text.startswith(("['", '["')):
        text = _NEXT_QUOTED.sub(", ", text)
    elif text.startswith("[") and "Author(" in text:
        text = OBJECT.sub(r"'\1'", text)
    first, last = text[:1], text[-1:]
    if first + last in ("[]", "{}"):
        text = text[1:-1].strip()
    elif not (first and first in "'\"" and last == first and "," in text):
        return None
    items = list(_items(text))
    return None if None in items else [item for item in items if item]


def split_terms(text: str) -> list[str]:
    """Split a text into terms at semicolons, else at vertical bars, else at commas."""
    text = unescape(text) if "&" in text else text
    sign = next((sign for sign in _SIGNS if sign.search(text)), _SIGNS[0])
    return [term for part in sign.split(text) if (term := " ".join(part.split()))]


def _items(inner: str) -> Iterator[str | None]:
    """Yield the items of a list without its brackets, and a final None if it is not a list after all."""
    position = 0
    while position < len(inner):
        found = _ITEM.match(inner, position)
        if found is None:
            yield None
            return
        quoted = found["single"] if found["single"] is not None else found["double"]
        yield found["bare"].strip() if quoted is None else _unescaped(quoted)
        position = found.end()


def _unescaped(quoted: str) -> str:
    """Return the text within quotes without its escapes; two of JSON's make a character beyond 16 bits."""
    text = _ESCAPE.sub(_character, quoted)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _SPACES.get(escape[3], escape[3])
