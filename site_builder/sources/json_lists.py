"""The papers of a JSON text, wherever its list stands: the one list finder for the answers of all programs.

A list is an array of objects with titles, at any depth, or an object that leads from ids or days to them. An object
with a title of its own beside such a list is a container, not a paper; its date is the list's.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from site_builder.model.raw_paper import QuietDay
from site_builder.problems import Problem, counted
from site_builder.sources.field_names import FIELD_NAMES, plain_name
from site_builder.sources.heading_translations import TRANSLATIONS
from site_builder.sources.json_tables import Table, is_header, markdown_rows, row_of, table_of
from site_builder.sources.json_text import DamageError, JsonError, Walk, decode, load_json, members, skip_space
from site_builder.sources.source import HEAD_CHARACTERS, MAX_LINE, DecodeError, Source

# Keys below which a list of papers stands, whatever its items look like.
LISTS = frozenset(
    {"papers", "results", "data", "items", "works", "entries", "references", "articles", "publications", "hits", "hit"}
    | {"docs", "collection", "result", "notes", "recommendedPapers", "edges", "nodes"}
)
_PLAIN_LISTS = frozenset(map(plain_name, LISTS))
_NAMED_FOR_PAPERS = frozenset({"papers", "articles", "publications", "works"})  # keys of a list, whoever has them
Path = tuple[str, ...]
FIRST_ITEMS = 20  # that are looked at to tell which program wrote a list
MAX_LEVELS = 8  # of objects around a list
MAX_SEARCHES = 100  # arrays of a damaged text that are looked at for the list

_LOOKED_AT = 3  # items of an array that tell what it lists
_TITLE_KEYS = frozenset(
    {"title", "titles", "papertitle", "articletitle", "documenttitle", "displayname", "preprinttitle", "titledisplay"}
    | set(map(plain_name, TRANSLATIONS["title"]))
)
# Keys of an item below which programs write the paper itself, beside numbers of their own.
_WRAPPERS = frozenset(
    {"attributes", "metadata", "info", "content", "paper", "data", "work", "article", "item", "source", "message"}
    | {"citingpaper", "citedpaper", "record", "document", "doc", "publication", "entry", "node"}
)
_MOST_WRAPPERS = 2  # around a paper, within its item
# Keys below which the works stand that a paper names, or those of a list that has a title.
_OF_EITHER = frozenset({"reference", "references", "citations", "related", "relatedworks", "links", "link", "urls"})
# Keys of a paper that hold objects with titles which are no papers of the list.
_OF_A_PAPER = frozenset(
    {*_OF_EITHER, "titles", "versions", "datasets", "files", "images", "media", "sources", "identifiers", "events"}
    | {"relateditems", "relatedidentifiers", "subjects", "concepts", "keywords", "grants", "funding", "funders"}
    | {"container", "resourcetype", "license", "licenses", "communities", "parent", "meeting", "imprint", "meta"}
    | {"locations", "children", "sections", "journalinfo", "bookinfo", "assets", "figures", "tables", "attachments"}
    | {name.partition(".")[0] for kind in ("authors", "venue", "tags", "organization") for name in FIELD_NAMES[kind]}
)
_IDS = frozenset({"doi", "arxiv", "arxivid", "externalids", "eprint", "paperid"})
_TEXTS, _AUTHORS = frozenset({"abstract", "summary"}), frozenset({"authors", "author", "creators", "authorships"})
# Beside a wrapped paper links lead to the service's own records, but for these: their names and kinds.
_LINKS = "links"
_LINKS_OF_PAPER = (
    ("self_html", "page"),
    ("html", "page"),
    ("preprint_doi", "doi"),
    ("self_doi", "doi"),
    ("doi", "doi"),
)
_MOST_OF_COUNT = 3  # keys: an id, its title, the number
DATES = frozenset({"date", "day", "listed", "digestdate", "listedon"})
_VALUE = frozenset({"value", "readers"})
_FOR_MACHINES = frozenset({"id", "key", "kind", "version"})  # fields that tell nothing of a paper
_TOTALS = frozenset(
    {"total", "totalresults", "totalcount", "totalhits", "totalitems", "hitcount", "numfound", "nhits", "count"}
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_PARTED_DAY = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\Z")  # keys within keys: a year, a month, a day
_ARRAY = re.compile(r"\"(?P<key>[^\"\\\n]{1,60})\"\s*+:\s*+(?P<list>\[)\s*+(?=\{)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the items of a list: what the containers say themselves, and the keys that lead to it.

    total: how many papers the containers say that there are, 0 where they do not say it.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    path: Path = ()
    total: int = 0

    @property
    def key(self) -> str:
        return self.path[-1] if self.path else ""

    @property
    def day(self) -> str | None:
        """Return the day that the list is of: a key that leads to it, or the container's date."""
        said = (str(value) for key, value in self.values.items() if plain_name(str(key)) in DATES)
        day = next((found[0] for text in (*reversed(self.path), *said) if (found := _DAY.match(text.strip()))), None)
        parts = _PARTED_DAY.match("/".join(self.path[-3:])) if day is None else None
        return f"{parts[1]}-{parts[2]:0>2}-{parts[3]:0>2}" if parts else day


_NO_FRAME = Frame()


@dataclass(frozen=True, slots=True)
class EmptyList:
    """A list that says of itself that it holds nothing; total: how many papers what stands around it says there are."""

    total: int = 0


@dataclass(frozen=True, slots=True)
class NoList:
    """An object that has no title and holds no list of papers: the keys of what it lists, and how many there are."""

    item: Mapping[str, object]
    keys: tuple[str, ...]
    records: int


class UnevenTableError(JsonError):
    """A table whose columns do not tell its rows."""


def listed_items(text: str) -> Iterator[tuple[int, Any, Frame]]:
    """Yield (line, item, what stands around it) for all lists of papers in a text.

    line: as `array_items` has it. In the place of an item may stand a JsonError, an EmptyList or a NoList.
    """
    return _Finder(text).items()


def first_items(source: Source) -> list[object]:
    """Return the first objects and texts that a JSON text lists, however long they are; [] for another text."""
    if source not in _FIRST:
        _FIRST[source] = _first_items(source) if source.head.lstrip()[:1] in ("[", "{") else []
    return _FIRST[source]


_FIRST: WeakKeyDictionary[Source, list[object]] = WeakKeyDictionary()


def _first_items(source: Source) -> list[Any]:
    limit, text, is_whole = HEAD_CHARACTERS, source.head, source.is_short
    while True:
        items = list(islice((item for _, item, _ in _Finder(text, is_whole=is_whole).items()), FIRST_ITEMS + 1))
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
    """Tell whether the first line of a text is an object that lists no papers: each line is one."""
    if not source.head.lstrip().startswith("{"):
        return False
    try:
        first = next((line for _, line in source.lines() if line.strip()), "")
        value = load_json(first)
    except (JsonError, DecodeError):
        return False
    return isinstance(value, dict) and not (
        routes_in(value) or _known_lists(value) or table_of(value) or markdown_rows(value)
    )


def says_of_itself(source: Source) -> bool:
    """Tell whether a JSON text is a list without items, or a table whose rows cannot be told apart."""
    return isinstance(_only_item(source), EmptyList | UnevenTableError)


def is_quiet(source: Source) -> bool:
    """Tell whether a JSON text is a list without items, and nothing around it says that there are papers."""
    return _only_item(source) == EmptyList()


def _only_item(source: Source) -> object:
    if not source.is_short or source.head.lstrip()[:1] not in ("[", "{"):
        return None
    found = [item for _, item, _ in islice(listed_items(source.head), 2)]
    return found[0] if len(found) == 1 else None


def quiet_day(found: EmptyList, path: str, line: int) -> QuietDay | Problem:
    """Return that a list is empty; a problem where what stands around it says that there are papers."""
    if not found.total:
        return QuietDay()
    what = f"the list is empty, but what stands around it tells of {counted(found.total, 'paper')}"
    return Problem(path, line, what, "save the answer again, from its first page on")


def list_within(value: object) -> list[object] | None:
    """Return the only list of papers that a JSON value is or holds, itself and no copy; None for none or several."""
    if not isinstance(value, dict):
        return value if isinstance(value, list) else None
    routes = routes_in(value) or _known_lists(value)
    found = value_at(value, routes[0][0]) if len(routes) == 1 else None
    return found if isinstance(found, list) else None


def value_at(value: Any, path: Path) -> Any:
    """Return what the keys of a path lead to."""
    for key in path:
        value = value[key]
    return value


def fitting_fields(source: Source, fields_of: Callable[[object], Mapping[str, object] | None]) -> int:
    """Return how many fields a reader makes of the first items, 0 where it knows fewer than half of them."""
    items = first_items(source)
    known = [fields for item in items if (fields := fields_of(item)) is not None]
    others = sum(isinstance(item, dict) for item in items) - len(known)
    return sum(len(fields.keys() - _FOR_MACHINES) for fields in known) if len(known) >= others else 0


def unwrapped(item: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values of a paper that stand below one of an item's keys together with those beside it."""
    for key, value in item.items():
        if isinstance(value, dict) and plain_name(str(key)) in _WRAPPERS and _has_place_for_title(value):
            if _is_whole(item):
                return item
            inner = {name: _plain_value(each) for name, each in unwrapped(value).items()}
            of_service = {key, "type"} if key == "attributes" else {key}  # `"type": "dois"` in JSON:API
            beside = {name: each for name, each in item.items() if name not in of_service and name not in inner}
            if isinstance(links := beside.get(_LINKS), dict):
                beside[_LINKS] = {kind: url for name, kind in _LINKS_OF_PAPER if (url := links.get(name))}
            return {**beside, **inner}
    return item


def _has_place_for_title(values: Mapping[str, object]) -> bool:
    """Tell whether an object has a title or, beside other fields, a key for one."""
    return has_title(values, 1) or any(plain_name(str(key)) in _TITLE_KEYS for key in values)


def _is_whole(item: Mapping[str, object]) -> bool:
    """Tell whether an object has a title and authors of its own: what stands below its keys is no paper then."""
    names = {plain_name(str(key)) for key, value in item.items() if value}
    return not names.isdisjoint(_TITLE_KEYS) and not names.isdisjoint(_AUTHORS)


def _plain_value(value: object) -> object:
    """Return a value that OpenReview writes as `{"value": …}`."""
    return value["value"] if isinstance(value, dict) and "value" in value and value.keys() <= _VALUE else value


def has_title(item: object, level: int = 0) -> bool:
    """Tell whether an object has a title, or the paper below one of its keys has, as `data.attributes` of DataCite."""
    if not isinstance(item, dict):
        return False
    return _has_title(item) or (
        level <= _MOST_WRAPPERS
        and any(
            isinstance(value, dict) and plain_name(str(key)) in _WRAPPERS and has_title(value, level + 1)
            for key, value in item.items()
        )
    )


def _has_title(values: Mapping[str, object]) -> bool:
    return any(value and plain_name(str(key)) in _TITLE_KEYS for key, value in values.items())


def _is_paper(values: Mapping[str, object]) -> bool:
    """Tell whether an object says of itself what only a paper has, whatever it lists beside it."""
    names = {plain_name(str(key)) for key, value in values.items() if value}
    is_described = not names.isdisjoint(_TEXTS) and not names.isdisjoint(_AUTHORS)
    return not names.isdisjoint(_TITLE_KEYS) and (is_described or not names.isdisjoint(_IDS))


def _leads_to_papers(value: object, level: int) -> bool:
    """Tell whether what stands below a key that papers have themselves is whole papers, or lists of them."""
    if isinstance(value, dict):
        return any(_leads_to_papers(each, level) for each in value.values() if isinstance(each, list))
    items = [item for item in value[:_LOOKED_AT] if isinstance(item, dict)] if isinstance(value, list) else []
    return any(_is_paper(item) or routes_in(item, level + 1) for item in items)


def routes_in(value: Mapping[str, object], level: int = 0) -> list[tuple[Path, bool]]:
    """Return the paths to the lists of papers in an object, and to papers that stand below keys of their own."""
    if level > MAX_LEVELS:
        return []
    if _is_paper(value):
        named = (key for key in value if plain_name(key) in _NAMED_FOR_PAPERS)
        return [((key,), False) for key in named if _leads_to_papers(value[key], level)]
    lists: list[tuple[Path, bool]] = []
    inner: list[tuple[Path, bool]] = []
    papers: list[str] = []
    names = set(map(plain_name, value))
    is_named = _has_title(value) or not _IDS.isdisjoint(names)
    is_paper = not names.isdisjoint(_IDS | _TEXTS | _AUTHORS)
    for key, each in value.items():
        is_of_a_paper = plain_name(key) in _OF_A_PAPER
        is_of_either = plain_name(key) in _OF_EITHER
        if is_of_a_paper and is_named and (is_paper or not (is_of_either or _leads_to_papers(each, level))):
            continue
        if (isinstance(each, list) and _lists_papers(each, level)) or (isinstance(each, dict) and table_of(each)):
            lists.append(((key,), False))
        elif isinstance(each, dict):
            below = [((key, *path), is_paper) for path, is_paper in routes_in(each, level + 1)]
            inner += below
            papers += [key] if not (below or is_of_a_paper) and has_title(each) else []
    if not _has_title(value) and not all(plain_name(key) in _WRAPPERS for key in papers):
        lists += [((key,), True) for key in papers]
    return lists + inner


def _lists_papers(items: list[object], level: int = MAX_LEVELS) -> bool:
    """Tell whether a list is one of papers, or of objects that list papers themselves, as the days of a month."""
    return any(
        isinstance(item, dict) and ((has_title(item) and not _is_count(item)) or routes_in(item, level + 1))
        for item in items[:_LOOKED_AT]
    )


def _is_count(item: Mapping[str, object]) -> bool:
    """Tell whether an object counts how many papers have a property, as answers to a search do: no paper itself."""
    return isinstance(item.get("count"), int) and len(item) <= _MOST_OF_COUNT


def _known_lists(value: Mapping[str, object], level: int = 0) -> list[tuple[Path, bool]]:
    """Return the path to the list under a known key, of an object in which nothing has a title."""
    if has_title(value) or level > MAX_LEVELS:
        return []
    for key, each in value.items():
        if (
            isinstance(each, list)
            and plain_name(key) in _PLAIN_LISTS
            and all(isinstance(one, dict | str) for one in each[:3])
        ):
            return [((key,), False)]
    for key, each in value.items():
        if isinstance(each, dict) and (found := _known_lists(each, level + 1)):
            return [((key, *found[0][0]), False)]
    return []


class _Finder:
    """One pass over a text that may hold several JSON values; of one that is cut off the last value is not told."""

    def __init__(self, text: str, *, is_whole: bool = True) -> None:
        self._text = text
        self._walk = Walk(text)
        self._is_whole = is_whole

    def items(self) -> Iterator[tuple[int, object, Frame]]:
        """Yield the items of all values."""
        walk, text = self._walk, self._text
        while walk.position is not None and walk.position < len(text):
            start = walk.position
            if text[start] not in "[{":
                yield walk.place(start), walk.error(DamageError("a list or an object is expected", start), 0), Frame()
                return
            yield from self._list(start, Frame()) if text[start] == "[" else self._object(start)
            if walk.position is not None:
                behind = skip_space(text, walk.position)
                walk.position = skip_space(text, behind + text.startswith(",", behind))

    def _list(self, start: int, frame: Frame) -> Iterator[tuple[int, object, Frame]]:
        is_empty = True
        header: list[str] = []
        for line, item in self._walk.list_items(start + 1):
            if isinstance(item, list):
                if is_empty and is_header(item):
                    header = item
                elif header:
                    yield line, row_of(header, item), frame
                elif item and all(isinstance(each, dict) for each in item):  # as the pages of an answer
                    for each in item:
                        yield from within(line, each, frame)
                else:
                    yield line, item, frame
            elif _may_be_container(item):
                yield from within(line, item, frame)
            else:
                yield line, item, frame
            is_empty = False
        if is_empty:
            yield self._walk.place(start), EmptyList(frame.total), frame

    def _object(self, start: int) -> Iterator[tuple[int, object, Frame]]:
        """Yield the items of the lists in an object, or the object itself when it is a paper."""
        try:
            value, end = decode(self._text, start)
        except DamageError:
            yield from self._damaged(start)
            return
        routes = routes_in(value) or _known_lists(value)
        table = None if routes else table_of(value)
        if table:
            yield from self._table(start, table, Frame({key: each for key, each in value.items() if _is_scalar(each)}))
            self._walk.position = end
            return
        if not routes and (rows := markdown_rows(value)):
            line = self._walk.place(start)
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
            frame = _frame(value, path)
            if path in papers:
                yield from ((line, item, frame) for line, item in self._walk.item(position))
            elif self._text.startswith("[", position):
                yield from self._list(position, frame)
            elif table := table_of(decode(self._text, position)[0]):
                yield from self._table(position, table, frame)
        self._walk.position = end

    def _table(self, start: int, table: Table, frame: Frame) -> Iterator[tuple[int, object, Frame]]:
        """Yield the rows of a table, whose lines are not known, or what is wrong with it."""
        line = self._walk.place(start)
        if table.fault:
            yield line, UnevenTableError(table.fault, line, table.records), frame
        yield from ((line, row, frame) for row in table.rows)

    def _positions(self, start: int, paths: Collection[Path]) -> list[tuple[Path, int]]:
        """Return where the values at some paths of an object begin; the object is known to be sound."""
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
                found |= {(key, *path): place for path, place in self._positions(position, rest)}
            position = decode(text, position)[1]
        return list(found.items())

    def _damaged(self, start: int) -> Iterator[tuple[int, object, Frame]]:
        """Yield the items of the first list of papers in a damaged object, and what is wrong with it."""
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
                yield walk.place(walk.position), walk.error(damage, 0), Frame()
                walk.position = None

    def _list_in_damage(self, start: int) -> int | None:
        """Return where the first list of papers in a damaged object begins, None when none is found."""
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
            if has_title(first) and plain_name(array["key"]) not in _OF_A_PAPER:
                return array.start("list")
        return None


def _frame(value: Mapping[str, Any], path: Path, outer: Frame = _NO_FRAME) -> Frame:
    """Return what the containers along a path say; of two that say the same the inner one counts."""
    containers = [value]
    for key in path[:-1]:
        containers.append(containers[-1][key])
    listed = containers[-1][path[-1]]
    said = {
        key: each
        for container in containers
        for key, each in container.items()
        if _is_said(each) and each is not listed
    }
    return Frame({**outer.values, **said}, (*outer.path, *path), max(map(total_of, containers)))


def total_of(value: Mapping[str, object], *, is_inner: bool = False) -> int:
    """Return how many papers an object, or one of the objects in it, says that there are."""
    total = 0
    for key, each in value.items():
        first = each[0] if isinstance(each, list) and each else each
        if isinstance(first, dict) and not is_inner:
            total = max(total, total_of(first, is_inner=True))
        elif isinstance(each, int | str) and plain_name(key) in _TOTALS and str(each).isdecimal():
            total = max(total, int(each))
    return total


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int)


def _is_said(value: object) -> bool:
    return _is_scalar(value) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def _may_be_container(item: object) -> bool:
    """Tell whether an item lists objects with titles, in a loop as plain as a list of ten thousand papers needs it."""
    if isinstance(item, dict):
        for key, each in item.items():
            if isinstance(each, list) and each and isinstance(each[0], dict):
                level = MAX_LEVELS if plain_name(str(key)) in _OF_A_PAPER else 0
                if _lists_papers(each, level):
                    return True
    return False


def within(line: int, item: Any, frame: Frame) -> Iterator[tuple[int, Any, Frame]]:
    """Yield an item, or the papers of one that is a container."""
    if _may_be_container(item):
        routes = [path for path, is_paper in routes_in(item) if not is_paper]
        for path in routes:
            inner_frame = _frame(item, path, frame)
            for each in value_at(item, path):
                yield from within(line, each, inner_frame)
        if routes:
            return
    yield line, item, frame


def _no_list(item: object) -> object:
    if isinstance(item, JsonError) or not isinstance(item, dict):
        return item
    lists = {key: len(each) for key, each in item.items() if isinstance(each, list | dict) and each}
    return NoList(item, tuple(lists), max(lists.values(), default=1)) if lists else item
