"""Rules for which JSON objects are papers, and which keys lead to lists of papers, for any program's JSON.

A list is an array of objects with titles, at any depth, or an object that maps ids or days to them. An object that
has both a title and such a list is a container, not a paper; its date is the date of the list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.lazy import lazy_pattern
from site_builder.sources.fields.field_names import FIELD_NAMES, known_names, plain_name
from site_builder.sources.fields.heading_translations import TRANSLATIONS
from site_builder.sources.formats.json_tables import table_of
from site_builder.sources.syntax.json_text import number_in

# Keys of lists of papers, whatever their items look like.
LISTS = frozenset(
    {"papers", "results", "data", "items", "works", "entries", "references", "articles", "publications", "hits", "hit"}
    | {"docs", "collection", "result", "notes", "recommendedPapers", "edges", "nodes"}
)
_PLAIN_LISTS = frozenset(map(plain_name, LISTS))
_NAMED_FOR_PAPERS = frozenset({"papers", "articles", "publications", "works"})  # keys of lists in any object
_NAMED_FOR_PARTS = frozenset({"sections", "items", "entries", "days"})  # keys of lists in objects without an id
Path = tuple[str, ...]
MAX_LEVELS = 8  # nested objects around a list
_CHECKED_ITEMS = 3  # first items of an array that are checked
_TITLE_KEYS = frozenset(
    {"title", "titles", "papertitle", "articletitle", "documenttitle", "displayname", "preprinttitle", "titledisplay"}
    | {"papername"}
    | set(map(plain_name, TRANSLATIONS["title"]))
)
# Keys under which programs nest the paper in an item, next to metadata of their own.
_WRAPPERS = frozenset(
    {"attributes", "metadata", "info", "content", "paper", "data", "work", "article", "item", "source", "message"}
    | {"citingpaper", "citedpaper", "record", "document", "doc", "publication", "entry", "node", "bibjson"}
    | {"coredata", "bib", "embedded", "indexableobject", "fields", "row"}
)
_MOST_WRAPPERS = 2  # nested in each other around a paper
# Keys with the works that a paper cites or links to, or with the papers of a titled list.
_AMBIGUOUS = frozenset({"reference", "references", "citations", "related", "relatedworks", "links", "link", "urls"})
# Keys of a paper whose values may have titles but are no papers of the list.
KEYS_OF_A_PAPER = frozenset(
    {*_AMBIGUOUS, "titles", "versions", "datasets", "files", "images", "media", "sources", "identifiers", "events"}
    | {"relateditems", "relatedidentifiers", "subjects", "concepts", "keywords", "grants", "funding", "funders"}
    | {"container", "resourcetype", "license", "licenses", "communities", "parent", "meeting", "imprint", "meta"}
    | {"locations", "children", "sections", "journalinfo", "bookinfo", "assets", "figures", "tables", "attachments"}
    | {"citingpaperinfo", "refs"}
    | {name.partition(".")[0] for kind in ("authors", "venue", "tags", "organization") for name in FIELD_NAMES[kind]}
)
_IDS = frozenset({"doi", "arxiv", "arxivid", "externalids", "eprint", "paperid"})
_TEXTS, _AUTHORS = frozenset({"abstract", "summary"}), frozenset({"authors", "author", "creators", "authorships"})
_NAMED_BY_ID = frozenset({"doi", "arxiv", "arxivid"})  # next to one of these a name is the title of a work
_PRINTED = frozenset({"venue", "published"})  # or next to authors and one of these fields, unlike that of a program
# The useful links next to a wrapped paper, with their kinds; all others lead to records of the service.
_LINKS = "links"
_LINKS_OF_PAPER = (
    *(("self_html", "page"), ("html", "page"), ("preprint_doi", "doi"), ("self_doi", "doi"), ("doi", "doi")),
)
_MOST_OF_COUNT = 3  # keys of a count: id, title, number
DATES = frozenset({"date", "day", "listed", "digestdate", "listedon"})
_VALUE = frozenset({"value", "readers"})
_TOTALS = frozenset(
    {"total", "totalresults", "totalcount", "totalhits", "totalitems", "hitcount", "numfound", "nhits", "count"}
)
_DAY = lazy_pattern(r"\d{4}-\d\d-\d\d(?!\d)")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_SPLIT_DAY = lazy_pattern(r"(\d{4})/(\d{1,2})/(\d{1,2})\Z")  # nested keys for year, month and day


@dataclass(frozen=True, slots=True)
class Frame:
    """The context of a list: the values of the containers around it and the path of keys that leads to it.

    total: how many papers the containers claim to have, 0 if they do not say.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    path: Path = ()
    total: int = 0

    @property
    def key(self) -> str:
        return self.path[-1] if self.path else ""

    @property
    def day(self) -> str | None:
        """Return the day of the list, YYYY-MM-DD, from a key on its path or a date of its containers."""
        dates = (str(value) for key, value in self.values.items() if plain_name(str(key)) in DATES)
        day = next((found[0] for text in (*reversed(self.path), *dates) if (found := _DAY.match(text.strip()))), None)
        parts = _SPLIT_DAY.match("/".join(self.path[-3:])) if day is None else None
        return f"{parts[1]}-{parts[2]:0>2}-{parts[3]:0>2}" if parts else day

    @property
    def year(self) -> str | None:
        """Return the year that the papers of the list are of: a key that leads to it, or what the container says."""
        said = (str(value) for key, value in self.values.items() if plain_name(str(key)) == "year")
        return next(filter(_YEAR.fullmatch, (*reversed(self.path), *said)), None)


_NO_FRAME = Frame()


def list_within(value: object) -> list[object] | None:
    """Return the only list of papers in a JSON value, which may be the value itself; None for none or several.

    The list is not a copy.
    """
    if not isinstance(value, dict):
        return value if isinstance(value, list) else None
    routes = routes_in(value) or known_lists(value)
    found = value_at(value, routes[0][0]) if len(routes) == 1 else None
    return found if isinstance(found, list) else None


def value_at(value: Any, path: Path) -> Any:
    """Return the value at a path."""
    for key in path:
        value = value[key]
    return value


def unwrapped(item: Mapping[str, object]) -> Mapping[str, object]:
    """Merge a paper nested under a wrapper key into its item; the paper's values win. Other items stay as they are."""
    if "put-code" in item:  # from ORCID, which writes every text as `{"value": …}`
        item = _with_own_ids({key: _plain_inside(value) for key, value in item.items()})
    for key, value in item.items():
        if isinstance(value, dict) and plain_name(str(key)) in _WRAPPERS and _has_place_for_title(value):
            if _is_whole(item):
                return item
            inner = {name: _plain_value(name, each) for name, each in unwrapped(value).items()}
            # `"type": "dois"` in JSON:API, `"type": "item"` in DSpace
            of_service = {key, "type"} if key in ("attributes", "metadata") else {key}
            outer = {name: each for name, each in item.items() if name not in of_service and name not in inner}
            if isinstance(links := outer.get(_LINKS), dict):
                outer[_LINKS] = {kind: url for name, kind in _LINKS_OF_PAPER if (url := links.get(name))}
            return {**outer, **inner}
    return item


def _with_own_ids(work: Mapping[str, object]) -> Mapping[str, object]:
    """Return a work of ORCID's with its own ids under their kinds, without those of what it is a part of."""
    written = work.get("external-ids")
    listed = written.get("external-id") if isinstance(written, dict) else None
    if not isinstance(listed, list):
        return work
    ids = (each for each in listed if isinstance(each, dict) and each.get("external-id-relationship") != "part-of")
    named = {str(each.get("external-id-type")): each.get("external-id-value") for each in ids}
    own = {name: named[name] for name in ("doi", "arxiv", "pmid") if named.get(name)}
    return {**own, **{key: value for key, value in work.items() if key != "external-ids"}}


def _has_place_for_title(values: Mapping[str, object]) -> bool:
    """Return whether an object has a title, possibly in a wrapper, or a title key with an empty value."""
    return has_title(values, 1) or any(plain_name(str(key)) in _TITLE_KEYS for key in values)


def _is_whole(item: Mapping[str, object]) -> bool:
    """Return whether an object has a title and authors of its own, so that no nested object is the paper."""
    names = {plain_name(str(key)) for key, value in item.items() if value}
    return not names.isdisjoint(_TITLE_KEYS) and not names.isdisjoint(_AUTHORS)


def _plain_value(name: str, value: object) -> object:
    """Return the value in `{"value": …}` of OpenReview, those in a list of them of DSpace, anything else as it is."""
    if str(name).startswith("dc.") and isinstance(value, list):
        return [each["value"] if isinstance(each, dict) and "value" in each else each for each in value]
    return value["value"] if isinstance(value, dict) and "value" in value and value.keys() <= _VALUE else value


def _plain_inside(value: object) -> object:
    """Return a value with each `{"value": …}` in it, at any depth, replaced by its content."""
    if isinstance(value, list):
        return [_plain_inside(each) for each in value]
    if not isinstance(value, dict):
        return value
    return value["value"] if value.keys() == {"value"} else {key: _plain_inside(each) for key, each in value.items()}


def has_title(item: object, level: int = 0) -> bool:
    """Return whether an object has a title, directly or in wrappers such as DataCite's `data.attributes`."""
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
    if any(value and plain_name(str(key)) in _TITLE_KEYS for key, value in values.items()):
        return True
    return bool(values.get("name")) and _is_named_work([str(key) for key, value in values.items() if value])


def _is_named_work(keys: list[str]) -> bool:
    known = known_names(keys)
    is_printed = "authors" in known and not _PRINTED.isdisjoint(known)
    return is_printed or not _NAMED_BY_ID.isdisjoint(map(plain_name, keys))


def _is_paper(values: Mapping[str, object]) -> bool:
    """Return whether an object has a title and what only a paper has: an id, or both an abstract and authors."""
    names = {plain_name(str(key)) for key, value in values.items() if value}
    is_described = not names.isdisjoint(_TEXTS) and not names.isdisjoint(_AUTHORS)
    return not names.isdisjoint(_TITLE_KEYS) and (is_described or not names.isdisjoint(_IDS))


def _leads_to_papers(value: object, level: int) -> bool:
    """Return whether the value of a key that papers also have is a list of papers, or leads to one."""
    if isinstance(value, dict):
        return any(_leads_to_papers(each, level) for each in value.values() if isinstance(each, list))
    items = [item for item in value[:_CHECKED_ITEMS] if isinstance(item, dict)] if isinstance(value, list) else []
    return any(_is_paper(item) or routes_in(item, level + 1) for item in items)


def _lists_works(value: object, level: int) -> bool:
    """Return whether a list holds papers, works with a title and authors, or objects that list papers."""
    items = [item for item in value[:_CHECKED_ITEMS] if isinstance(item, dict)] if isinstance(value, list) else []
    return _leads_to_papers(value, level) or any(map(_is_whole, items))


def routes_in(value: Mapping[str, object], level: int = 0) -> list[tuple[Path, bool]]:
    """Return (path, is_paper) for each list of papers in an object, and for each paper under a key of its own."""
    if level > MAX_LEVELS:
        return []
    if _is_paper(value):
        keys = {plain_name(key): key for key in value}
        listing = _NAMED_FOR_PAPERS if not _IDS.isdisjoint(keys) else _NAMED_FOR_PAPERS | _NAMED_FOR_PARTS
        return [((key,), False) for name, key in keys.items() if name in listing and _lists_works(value[key], level)]
    lists: list[tuple[Path, bool]] = []
    inner: list[tuple[Path, bool]] = []
    papers: list[str] = []
    names = set(map(plain_name, value))
    is_named = _has_title(value) or not _IDS.isdisjoint(names)
    is_paper = not names.isdisjoint(_IDS | _TEXTS | _AUTHORS)
    for key, each in value.items():
        is_of_a_paper = plain_name(key) in KEYS_OF_A_PAPER
        is_ambiguous = plain_name(key) in _AMBIGUOUS
        is_part = plain_name(key) in _NAMED_FOR_PARTS and _lists_works(each, level)
        if (
            is_of_a_paper
            and is_named
            and not is_part
            and (is_paper or not (is_ambiguous or _leads_to_papers(each, level)))
        ):
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
    """Return whether a list holds papers, or objects that list papers themselves, such as days of a month."""
    return any(
        isinstance(item, dict) and ((has_title(item) and not _is_count(item)) or routes_in(item, level + 1))
        for item in items[:_CHECKED_ITEMS]
    )


def _is_count(item: Mapping[str, object]) -> bool:
    """Return whether an object is a facet of a search result, which counts papers with some property."""
    return isinstance(item.get("count"), int) and len(item) <= _MOST_OF_COUNT


def known_lists(value: Mapping[str, object], level: int = 0) -> list[tuple[Path, bool]]:
    """Return the path to the first list under a known key, as `routes_in` does; [] for an object that is a paper."""
    is_titled = has_title(value)
    if level > MAX_LEVELS or (is_titled and not (_IDS | _AUTHORS).isdisjoint(map(plain_name, value))):
        return []
    listing = _NAMED_FOR_PAPERS if is_titled else _PLAIN_LISTS
    for key, each in value.items():
        if (
            isinstance(each, list)
            and plain_name(key) in listing
            and all(isinstance(one, dict | str) for one in each[:3])
        ):
            return [((key,), False)]
    for key, each in value.items():
        if not is_titled and isinstance(each, dict) and (found := known_lists(each, level + 1)):
            return [((key, *found[0][0]), False)]
    return []


def frame_of(value: Mapping[str, Any], path: Path, outer: Frame = _NO_FRAME) -> Frame:
    """Return the frame of the list at a path; where containers have the same key, the inner one counts."""
    containers = [value]
    for key in path[:-1]:
        containers.append(containers[-1][key])
    listed = containers[-1][path[-1]]
    metadata = {
        key: each
        for container in containers
        for key, each in container.items()
        if _is_metadata(each) and each is not listed
    }
    return Frame({**outer.values, **metadata}, (*outer.path, *path), max(map(total_of, containers)))


def total_of(value: Mapping[str, object], *, is_inner: bool = False) -> int:
    """Return the largest total number of papers in an object or the objects directly in it, 0 if there is none."""
    total = 0
    for key, each in value.items():
        first = each[0] if isinstance(each, list) and each else each
        if isinstance(first, dict) and not is_inner:
            total = max(total, total_of(first, is_inner=True))
        elif isinstance(each, int | str) and plain_name(key) in _TOTALS:
            total = max(total, number_in(each))
    return total


def is_scalar(value: object) -> bool:
    return isinstance(value, str | int)


def _is_metadata(value: object) -> bool:
    return is_scalar(value) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def may_be_container(item: object) -> bool:
    """Return whether an item lists objects with titles; kept cheap, since it runs for every paper."""
    if isinstance(item, dict):
        for key, each in item.items():
            if isinstance(each, list) and each and isinstance(each[0], dict):
                name = plain_name(str(key))
                level = MAX_LEVELS if name in KEYS_OF_A_PAPER and name not in _NAMED_FOR_PARTS else 0
                if _lists_papers(each, level):
                    return True
    return False


def within(line: int, item: Any, frame: Frame) -> Iterator[tuple[int, Any, Frame]]:
    """Yield (line, item, frame) for an item, or for each of its papers if it is a container."""
    if may_be_container(item):
        routes = [path for path, is_paper in routes_in(item) if not is_paper]
        for path in routes:
            inner_frame = frame_of(item, path, frame)
            for each in value_at(item, path):
                yield from within(line, each, inner_frame)
        if routes:
            return
    yield line, item, frame
