"""Finding the lists of papers in a JSON text, at any depth, for all JSON formats."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import QuietDay
from site_builder.problems import Problem, counted
from site_builder.sources.fields.field_names import plain_name
from site_builder.sources.formats.json_routes import (
    KEYS_OF_A_PAPER,
    LISTS,
    Frame,
    Path,
    frame_of,
    has_title,
    is_scalar,
    known_lists,
    may_be_container,
    routes_in,
    within,
)
from site_builder.sources.formats.json_tables import Table, is_header, markdown_rows, row_of, table_of
from site_builder.sources.source import HEAD_CHARACTERS, MAX_LINE, DecodeError, Source
from site_builder.sources.syntax.json_text import (
    DamageError,
    JsonError,
    RepeatedKeys,
    Walk,
    decode,
    load_json,
    members,
    skip_space,
)

FIRST_ITEMS = 20  # items that are checked to find out the format of a list
MAX_SEARCHES = 100  # arrays of a damaged text that are tried as the list of papers

_FOR_MACHINES = frozenset({"id", "key", "kind", "version"})  # fields that say nothing about a paper's content
_ARRAY = lazy_pattern(r"\"(?P<key>[^\"\\\n]{1,60})\"\s*+:\s*+(?P<list>\[)\s*+(?=\{)")


@dataclass(frozen=True, slots=True)
class EmptyList:
    """An empty list. total: the number of papers that the objects around it claim."""

    total: int = 0


@dataclass(frozen=True, slots=True)
class NoList:
    """An object without a title or a list of papers.

    keys: its keys with non-empty lists or objects. records: the length of the longest of these.
    """

    item: Mapping[str, object]
    keys: tuple[str, ...]
    records: int


class UnevenTableError(JsonError):
    """A table whose columns differ in length, so that its rows cannot be told apart."""


def listed_items(text: str) -> Iterator[tuple[int, Any, Frame]]:
    """Yield (line, item, frame) for the items of all lists of papers in a text.

    line: as in `array_items`. An item may be a JsonError, an EmptyList or a NoList.
    """
    return _Finder(text).items()


def first_items(source: Source) -> list[object]:
    """Return the first objects and strings in the lists of a JSON text, however long they are; [] if it is not JSON."""
    if source not in _FIRST:
        _FIRST[source] = _first_items(source) if source.head.lstrip()[:1] in ("[", "{") else []
    return _FIRST[source]


FieldsOf = Callable[[object], Mapping[str, object] | None]
# Several readers request the first items of a source, and each is asked several times whether it knows them.
_FIRST: WeakKeyDictionary[Source, list[object]] = WeakKeyDictionary()
_KNOWN: WeakKeyDictionary[Source, dict[FieldsOf, bool]] = WeakKeyDictionary()


def _first_items(source: Source) -> list[Any]:
    limit, text, is_whole = HEAD_CHARACTERS, source.head, source.is_short
    while True:
        items = list(islice((item for _, item, _ in _Finder(text).items()), FIRST_ITEMS + 1))
        items = [item.item if isinstance(item, NoList) else item for item in items]
        kept = [item for item in items if isinstance(item, dict | str)]
        if kept or is_whole or limit > MAX_LINE:
            return kept[:FIRST_ITEMS]
        limit *= 8
        try:
            text, is_whole = source.beginning(limit)
        except DecodeError:
            return []


def is_lines(source: Source) -> bool:
    """Return whether the text is JSON lines: its first line is a whole object and not a container of papers."""
    if not source.head.lstrip().startswith("{"):
        return False
    try:
        first = next((line for _, line in source.lines() if line.strip()), "")
        value = load_json(first)
    except (JsonError, DecodeError):
        return False
    return isinstance(value, dict) and not (
        routes_in(value) or known_lists(value) or table_of(value) or markdown_rows(value)
    )


def is_empty_or_uneven(source: Source) -> bool:
    """Return whether a JSON text is an empty list, or a table whose rows cannot be told apart."""
    return isinstance(_only_item(source), EmptyList | UnevenTableError)


def is_quiet(source: Source) -> bool:
    """Return whether a JSON text is an empty list, and no total around it says otherwise."""
    return _only_item(source) == EmptyList()


def _only_item(source: Source) -> object:
    if not source.is_short or source.head.lstrip()[:1] not in ("[", "{"):
        return None
    found = [item for _, item, _ in islice(listed_items(source.head), 2)]
    return found[0] if len(found) == 1 else None


def quiet_day(found: EmptyList, path: str, line: int) -> QuietDay | Problem:
    """Return a QuietDay for an empty list, or a problem if the total around it says that there are papers."""
    if not found.total:
        return QuietDay()
    what = f"the list is empty, but what stands around it tells of {counted(found.total, 'paper')}"
    return Problem(path, line, what, "save the answer again, from its first page on")


def fitting_fields(source: Source, fields_of: FieldsOf) -> int:
    """Return how many fields a reader finds in the first items, 0 if it knows fewer than half of them."""
    known = filter(None, map(fields_of, first_items(source))) if knows_half(source, fields_of) else ()
    return sum(len(fields.keys() - _FOR_MACHINES) for fields in known)


def knows_half(source: Source, fields_of: FieldsOf) -> bool:
    """Return whether a reader finds fields in at least half of the first objects of a JSON text."""
    known = _KNOWN.setdefault(source, {})
    if fields_of not in known:
        known[fields_of] = _knows_half(first_items(source), fields_of)
    return known[fields_of]


def _knows_half(items: Sequence[object], fields_of: FieldsOf) -> bool:
    objects = sum(isinstance(item, dict) for item in items)
    known, has_fields = 0, False
    for item in items:
        if (fields := fields_of(item)) is not None:
            known += 1
            has_fields = has_fields or bool(fields.keys() - _FOR_MACHINES)
        if has_fields and 2 * known >= objects:
            return True
    return False


class _Finder:
    """One pass over a text, which may hold several JSON values."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._walk = Walk(text)
        self._around = RepeatedKeys()

    def items(self) -> Iterator[tuple[int, object, Frame]]:
        """Yield the items of all values."""
        walk, text = self._walk, self._text
        while walk.position is not None and walk.position < len(text):
            start = walk.position
            if text[start] not in "[{":
                yield walk.line_at(start), walk.error(DamageError("a list or an object is expected", start), 0), Frame()
                return
            yield from self._list(start, Frame()) if text[start] == "[" else self._object(start)
            if walk.position is not None:
                end = skip_space(text, walk.position)
                walk.position = skip_space(text, end + text.startswith(",", end))

    def _list(self, start: int, frame: Frame) -> Iterator[tuple[int, object, Frame]]:
        is_empty = True
        header: list[str] = []
        for line, item in self._walk.list_items(start + 1):
            if isinstance(item, list):
                if is_empty and is_header(item):
                    header = item
                elif header:
                    yield line, row_of(header, item), frame
                elif item and all(isinstance(each, dict) for each in item):  # a list of pages of results
                    for each in item:
                        yield from within(line, each, frame)
                else:
                    yield line, item, frame
            elif may_be_container(item):
                yield from within(line, item, frame)
            else:
                yield line, item, frame
            is_empty = False
        if is_empty:
            yield self._walk.line_at(start), EmptyList(frame.total), frame

    def _object(self, start: int) -> Iterator[tuple[int, object, Frame]]:
        """Yield the items of the lists in an object, or the object itself, then an error for each repeated key."""
        line, around = self._walk.line_at(start), self._around
        around.unreported = {}
        try:
            value, end = decode(self._text, start, around)
        except DamageError:
            yield from self._damaged(start)
            return
        yield from self._undamaged(start, value, end)
        self._walk.repeated.add(around.unreported)
        yield from ((line, error, Frame()) for line, error in self._walk.repeated.errors(line))

    def _undamaged(self, start: int, value: Mapping[str, object], end: int) -> Iterator[tuple[int, object, Frame]]:
        """Yield the items of the lists in an undamaged object, or the object itself.

        start, end: the position of the object in the text.
        """
        routes = routes_in(value) or known_lists(value)
        table = None if routes else table_of(value)
        if table:
            yield from self._table(start, table, Frame({key: each for key, each in value.items() if is_scalar(each)}))
            self._walk.position = end
            return
        if not routes and (rows := markdown_rows(value)):
            line = self._walk.line_at(start)
            yield from ((line, row, Frame()) for row in rows)
            self._walk.position = end
            return
        if not routes:
            yield from (
                (line, item if has_title(item) else _no_list(item), Frame()) for line, item in self._walk.item(start)
            )
            return
        papers = {path for path, is_paper in routes if is_paper}
        for path, position in sorted(self._positions(start, {path for path, _ in routes}), key=lambda each: each[1]):
            frame = frame_of(value, path)
            if path in papers:
                yield from ((line, item, frame) for line, item in self._walk.item(position))
            elif self._text.startswith("[", position):
                yield from self._list(position, frame)
            elif table := table_of(decode(self._text, position)[0]):
                yield from self._table(position, table, frame)
        self._walk.position = end

    def _table(self, start: int, table: Table, frame: Frame) -> Iterator[tuple[int, object, Frame]]:
        """Yield the rows of a table, with its first line for all of them, or the fault that makes it unreadable."""
        line = self._walk.line_at(start)
        if table.fault:
            yield line, UnevenTableError(table.fault, line, table.records), frame
        yield from ((line, row, frame) for row in table.rows)

    def _positions(self, start: int, paths: Collection[Path]) -> list[tuple[Path, int]]:
        """Return (path, start of the value in the text) for paths into an undamaged object."""
        text, found, position = self._text, {}, start + 1
        below = {path[0]: {each[1:] for each in paths if each[0] == path[0]} for path in paths}
        while not text.startswith("}", position := skip_space(text, position)):
            if text.startswith(",", position):
                position += 1
                continue
            key, position = decode(text, position)
            position = skip_space(text, skip_space(text, position) + 1)
            rest = below.get(key, set())
            if () in rest:
                found[(key,)] = position
            elif rest and text.startswith("{", position):
                found |= {(key, *path): begin for path, begin in self._positions(position, rest)}
            position = decode(text, position)[1]
        return list(found.items())

    def _damaged(self, start: int) -> Iterator[tuple[int, object, Frame]]:
        """Yield the items of the first list of papers in a damaged object, and the damage after it.

        If there is no such list, yield the damage of the object.
        """
        walk = self._walk
        found = self._list_in_damage(start)
        if found is None:
            for line, item in walk.item(start):
                yield line, item, Frame()
            return
        yield from self._list(found, Frame())
        if walk.position is not None:
            try:
                walk.position = members(self._text, walk.position, ())[2]
            except DamageError as damage:
                yield walk.line_at(walk.position), walk.error(damage, 0), Frame()
                walk.position = None

    def _list_in_damage(self, start: int) -> int | None:
        """Return the start of the first list of papers in a damaged object, None if there is none."""
        text = self._text
        try:
            found = members(text, start + 1, LISTS)[1]
        except DamageError:
            found = None
        if found is not None:
            return found
        for array in islice(_ARRAY.finditer(text, start), MAX_SEARCHES):
            try:
                first, _ = decode(text, array.end())
            except DamageError:
                continue
            if has_title(first) and plain_name(array["key"]) not in KEYS_OF_A_PAPER:
                return array.start("list")
        return None


def _no_list(item: object) -> object:
    if isinstance(item, JsonError) or not isinstance(item, dict):
        return item
    lists = {key: len(each) for key, each in item.items() if isinstance(each, list | dict) and each}
    return NoList(item, tuple(lists), max(lists.values(), default=1)) if lists else item
