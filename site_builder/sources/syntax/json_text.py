"""Parse JSON, either one value or the items of a list one at a time, continuing after a damaged item.

The standard decoder is used instead of a faster one, because it preserves the input: numbers with a fraction stay text
(`2401.10000` is an id), integers keep all digits, lone surrogates and control characters are accepted. NaN and Infinity
become None. If a key is repeated in an object, the last value counts and the key is reported.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from site_builder.lazy import lazy_pattern
from site_builder.problems import shortened

MAX_DEPTH = 50  # levels of one item
MAX_DIGITS = 4000  # of an integer; a longer one stays text if Python refuses to convert it
RESCANS = 4  # bound on the text read twice because of damaged items, in lengths of the whole text

_SPACE = lazy_pattern(r"[ \t\n\r]*")
_TOKEN = lazy_pattern(r'"(?:[^"\\]|\\(?:.|\Z))*(?:"|\Z)|[][{}]', re.DOTALL)
_NEXT = lazy_pattern(r"[],{[]")
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


class JsonError(Exception):
    """Invalid JSON: the reason, its 1-based line, and the number of records lost.

    line: in a text of one line, the number of the item.
    """

    def __init__(self, message: str, line: int, records: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.records = records


def number_in(value: object) -> int:
    """Return the whole number that a value is or spells, 0 for any other and for one of more than MAX_DIGITS digits."""
    digits = str(value)
    return int(digits) if digits.isdecimal() and len(digits) <= MAX_DIGITS else 0


def list_in(value: object) -> list[object]:
    """Return a list unchanged, and an empty list for any other value."""
    return value if isinstance(value, list) else []


def load_json(text: str, repeated: "RepeatedKeys | None" = None) -> Any:
    """Parse a text that is a single JSON value. Raises JsonError if it is invalid or nested too deeply.

    repeated: collects the keys that are repeated in an object.
    """
    start = skip_space(text, 0)
    if start == len(text):
        raise JsonError("the text is empty", 1)
    try:
        value, end = decode(text, start, repeated)
        end = skip_space(text, end)
        if end < len(text):
            raise DamageError("more text follows the value", end)
    except DamageError as damage:
        raise JsonError(damage.describe(text), text.count("\n", 0, damage.position) + 1) from None
    return value


def array_items(text: str, keys: Collection[str] = ()) -> Iterator[tuple[int, object]]:
    """Yield (line, item) for the top-level list, or for the list under the first of `keys` in a top-level object.

    line: 1-based line where the item begins; in a text of one line, the 1-based number of the item.
    An object without such a key is itself an item; several values may follow one another. A damaged item is replaced by
    a JsonError, after which parsing continues if possible. An item is followed by a JsonError for each key repeated in
    one of its objects, once per key and text.
    """
    return Walk(text, keys).items()


def outer_fields(text: str, keys: Collection[str]) -> dict[str, object]:
    """Return the members of a top-level object before the list under one of `keys`; {} if the text has no object."""
    start = skip_space(text, 0)
    try:
        return members(text, start + 1, keys)[0] if text.startswith("{", start) else {}
    except DamageError:
        return {}


class DamageError(Exception):
    """A text is not valid JSON: the reason, and the index of the character."""

    def __init__(self, message: str, position: int, *, is_deep: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.is_deep = is_deep

    def describe(self, text: str) -> str:
        column = self.position - text.rfind("\n", 0, self.position)
        return f"{self.message} (column {column})"


class Walk:
    """An iteration over the items of a text; `position` is where it continues, or None if that is unknown."""

    def __init__(self, text: str, keys: Collection[str] = ()) -> None:
        self._text = text
        self._keys = keys
        self.repeated = RepeatedKeys()
        self.position: int | None = skip_space(text, 0)
        line_end = text.find("\n", self.position)
        self._is_one_line = line_end < 0 or skip_space(text, line_end) == len(text)
        self._budget = RESCANS * len(text)
        self._number = 0
        self._line = 1
        self._counted = 0  # characters whose line ends are included in _line

    def items(self) -> Iterator[tuple[int, object]]:
        """Yield the items of all top-level values."""
        while self.position is not None and self.position < len(self._text):
            try:
                yield from self._value(self.position)
            except DamageError as damage:
                yield self.line_at(self.position), self.error(damage, 0)
                return
            if self.position is not None:
                start = skip_space(self._text, self.position)  # values may be separated by commas, like items
                self.position = skip_space(self._text, start + self._text.startswith(",", start))

    def _value(self, start: int) -> Iterator[tuple[int, object]]:
        text = self._text
        if text[start] not in "[{":
            raise DamageError("a list or an object is expected", start)
        if text[start] == "[":
            yield from self.list_items(start + 1)
            return
        before, list_start, _ = members(text, start + 1, self._keys) if self._keys else ({}, None, 0)
        if list_start is None:
            yield from self.item(start)
            return
        yield from self.list_items(list_start + 1)
        if self.position is not None:
            after, _, self.position = members(text, self.position, ())
            self.repeated.add(key for key in after if key in before or key in self._keys)
            yield from self.repeated.errors(self.line_at(start))

    def list_items(self, start: int) -> Iterator[tuple[int, object]]:
        """Yield the items of a list; superfluous and missing commas are tolerated."""
        text = self._text
        self.position = start
        while self.position is not None:
            start = skip_space(text, self.position)
            if start == len(text):
                yield self.line_at(start), self.error(DamageError("the text ends inside the list", start), 0)
                self.position = None
            elif text[start] in ",]":
                self.position = start + 1
                if text[start] == "]":
                    return
            else:
                yield from self.item(start)

    def item(self, start: int) -> Iterator[tuple[int, object]]:
        """Yield an item, or a JsonError in its place, and then its repeated keys."""
        self._number += 1
        line = self.line_at(start)
        try:
            item, self.position = decode(self._text, start, self.repeated)
        except DamageError as damage:
            self.position = self._position_after(damage, start)
            if self.position is None:
                damage.message += "; what follows is not read"
            item = self.error(damage, 1)
        yield line, item
        if self.repeated.unreported:
            yield from self.repeated.errors(line)

    def _position_after(self, damage: DamageError, start: int) -> int | None:
        """Return where to continue after a damaged item: the next line with the same beginning, else after its end."""
        text = self._text
        indent = text[text.rfind("\n", 0, start) + 1 : start]
        if not damage.is_deep and not indent.strip():
            found = text.find(f"\n{indent}{text[start]}", start)
            if found >= 0:
                self._budget -= max(damage.position - found, 0)
                return found + 1 if self._budget > 0 else None
        return _closing(text, start)

    def line_at(self, position: int) -> int:
        """Return the line of a position, or, in a text of one line, the number of the item.

        Positions must not decrease from call to call.
        """
        if self._is_one_line:
            return max(self._number, 1)
        self._line += self._text.count("\n", self._counted, position)
        self._counted = position
        return self._line

    def error(self, damage: DamageError, records: int) -> JsonError:
        line = self.line_at(self._counted)
        if not self._is_one_line:
            line += self._text.count("\n", self._counted, damage.position)
        return JsonError(damage.describe(self._text), line, records)


def members(text: str, position: int, keys: Collection[str]) -> tuple[dict[str, object], int | None, int]:
    """Parse members of an object from a position inside it.

    Returns the members, the start of the list under one of `keys` (parsing stops there) or None, and the end.
    """
    members: dict[str, object] = {}
    while True:
        position = skip_space(text, position)
        if text.startswith(",", position):
            position += 1
        elif text.startswith("}", position):
            return members, None, position + 1
        elif text.startswith('"', position):
            key, position = decode(text, position)
            position = skip_space(text, position)
            if not text.startswith(":", position):
                raise DamageError("a colon is expected", position)
            position = skip_space(text, position + 1)
            if key in keys and text.startswith("[", position):
                return members, position, position
            members[key], position = decode(text, position)
        else:
            raise DamageError("a key or the end of the object is expected", position)


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits


def _decoder(
    build_object: Callable[[list[tuple[str, Any]]], Any] | None = None, integer_of: Callable[[str], int | str] = int
) -> json.JSONDecoder:
    return json.JSONDecoder(
        strict=False,
        parse_int=integer_of,
        parse_float=str,
        parse_constant=lambda name: None,
        object_pairs_hook=build_object,
    )


_DECODER = _decoder()


class RepeatedKeys:
    """Collects the keys that are repeated in an object of a file; each key is reported once."""

    def __init__(self) -> None:
        self.decoder = _decoder(self.build_object)
        self.unreported: dict[str, None] = {}  # not reported yet
        self._reported: set[str] = set()

    def build_object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Build an object from its members, noting repeated keys."""
        value = dict(pairs)
        if len(value) < len(pairs):
            self.add(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        return value

    def add(self, keys: Iterable[str]) -> None:
        """Note repeated keys, unless reported before."""
        self.unreported |= dict.fromkeys(key for key in keys if key not in self._reported)

    def errors(self, line: int) -> Iterator[tuple[int, JsonError]]:
        """Yield (line, error) for each key noted since the last call."""
        keys, self.unreported = list(self.unreported), {}
        self._reported.update(keys)
        for key in keys:
            what = f'the key "{shortened(key)}" stands twice in one object, and only one of them is read'
            yield line, JsonError(what, line)


def decode(text: str, start: int, repeated: RepeatedKeys | None = None) -> tuple[Any, int]:
    """Return the value that begins at a position, and the position after it. Raises DamageError."""
    try:
        value, end = _raw_decode(text, start, repeated)
    except json.JSONDecodeError as error:
        raise DamageError(error.msg.lower().removesuffix(" at"), error.pos) from None
    except RecursionError:
        raise _deep(start) from None
    if text.count("[", start, end) + text.count("{", start, end) > MAX_DEPTH and _is_deep(value):
        raise _deep(start)
    return value, end


def _raw_decode(text: str, start: int, repeated: RepeatedKeys | None) -> tuple[Any, int]:
    try:
        return (repeated.decoder if repeated else _DECODER).raw_decode(text, start)
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer with more digits than Python converts
        return _decoder(repeated.build_object if repeated else None, _integer).raw_decode(text, start)


def _deep(position: int) -> DamageError:
    return DamageError(f"nested more than {MAX_DEPTH} levels deep", position, is_deep=True)


def _is_deep(value: object) -> bool:
    """Return whether containers are nested more than MAX_DEPTH levels deep, without recursion."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        groups = (one.values() if isinstance(one, dict) else one for one in level)
        level = [child for group in groups for child in group if isinstance(child, dict | list)]
    return bool(level)


def _closing(text: str, start: int) -> int | None:
    """Return the position after the damaged value that begins at `start`, or None if its end is not found."""
    if text[start] not in '[{"':
        found = _NEXT.search(text, start + 1)
        return found.start() if found else None
    depth = 0
    for token in _TOKEN.finditer(text, start):
        depth += _STEP.get(token[0], 0)
        if depth <= 0:
            return token.end()
    return None


def skip_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
