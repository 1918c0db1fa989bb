"""arXiv's metadata snapshot for bulk download: one JSON object per line, or a JSON list of them."""

from collections.abc import Iterator

from site_builder.model.raw_paper import Item, RawPaper, filled
from site_builder.problems import Problem
from site_builder.sources.fields.identifiers import VERSION
from site_builder.sources.fields.unread import unread_keys
from site_builder.sources.fields.written_date import feed_date
from site_builder.sources.formats.json_lists import EmptyList, NoList, is_lines, knows_half, listed_items, quiet_day
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.json_text import JsonError, RepeatedKeys, load_json

REMEDY = "mend or remove the record"

_MARKS = frozenset({"authors_parsed", "update_date", "versions", "journal-ref", "report-no"})  # unique to the snapshot
_ENOUGH_MARKS = 2
# Keys that are handled separately, or never shown in a digest.
_KNOWN = frozenset({"id", "submitter", "authorsparsed", "versions", "journalref", "reportno", "updatedate", "comments"})


def fields_of(item: object) -> dict[str, object] | None:
    """Return the fields of a snapshot object, None for any other item."""
    if not isinstance(item, dict) or len(_MARKS & item.keys()) < _ENOUGH_MARKS or "id" not in item:
        return None
    return _fields(item)


def read(source: Source) -> Iterator[Item]:
    """Yield one record for each object; `line` is its line, or its number if the whole list is on one line."""
    for line, item in _items(source):
        if isinstance(item, JsonError):
            yield Problem(source.path, item.line, f"damaged JSON: {item.message}", REMEDY, records=item.records)
        elif isinstance(item, EmptyList):
            yield quiet_day(item, source.path, line)
        elif isinstance(item, dict):
            fields = _fields(item)
            yield RawPaper(fields, source.path, line, unread=unread_keys(item, fields, _KNOWN))
        else:
            yield Problem(source.path, line, "an object is expected", REMEDY, records=1)


def _items(source: Source) -> Iterator[tuple[int, object]]:
    """Yield (line, object or JsonError), reading line by line if each line is an object."""
    if not is_lines(source):
        yield from (
            (line, item.item if isinstance(item, NoList) else item) for line, item, _ in listed_items(source.text())
        )
        return
    repeated = RepeatedKeys()
    for line, text in source.lines():
        if text.strip():
            try:
                yield line, load_json(text, repeated)
            except JsonError as error:
                yield line, JsonError(error.message, line, records=1)
            yield from repeated.errors(line)


def _fields(item: dict[str, object]) -> dict[str, object]:
    """Return the fields of an object; `submitter` is omitted: it names who put the paper on arXiv, not on a list."""
    categories = item.get("categories")
    latest = _version_text(item.get("versions"), -1, "version")
    fields = {
        "title": item.get("title"),
        "abstract": item.get("abstract"),
        "authors": _names(item.get("authors_parsed")) or item.get("authors"),
        "arxiv": item.get("id"),
        "doi": item.get("doi"),
        "published": feed_date(_version_text(item.get("versions"), 0, "created")),
        "version": latest if VERSION.fullmatch(latest) else "",
        "categories": categories.split() if isinstance(categories, str) else categories,
        "comment": item.get("comments"),
        "venue": item.get("journal-ref"),
    }
    return filled(fields)


def _names(parsed: object) -> list[dict[str, str]]:
    """Return the name parts of `[last, first, suffix]` triples; a fourth item, an affiliation, is ignored."""
    names = []
    for parts in parsed if isinstance(parsed, list) else []:
        if isinstance(parts, list) and all(isinstance(part, str) for part in parts):
            last, first, suffix = [*parts, "", "", ""][:3]
            names.append({"family": last, "given": first, "suffix": suffix})
    return [name for name in names if any(map(str.strip, name.values()))]


def _version_text(versions: object, index: int, key: str) -> str:
    """Return the text under a key of `versions[index]`, "" if there is none."""
    version = versions[index] if isinstance(versions, list) and versions else None
    text = version.get(key) if isinstance(version, dict) else None
    return text if isinstance(text, str) else ""


READER = Reader(
    name="arXiv snapshot",
    about="arXiv's metadata snapshot, one JSON object a line",
    example='{"id": "0704.0001", "submitter": "…", "authors": "…", "title": "…", "versions": [{…}]}',
    recognises=lambda source: knows_half(source, fields_of),
    read=read,
    fields_of=fields_of,
)
