"""JSON lines and JSON arrays of papers, with the key names of arXiv lists, Semantic Scholar and OpenAlex."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.problems import Problem
from site_builder.sources.field_names import known_names, plain_name
from site_builder.sources.json_text import JsonError, array_items, load_json
from site_builder.sources.list_name import list_name
from site_builder.sources.named_fields import to_fields
from site_builder.sources.record import Item, Reader, SourceRecord
from site_builder.sources.source import HEAD_CHARACTERS, Source

LISTS = ("papers", "results", "data", "items", "works", "entries")  # keys of an object that hold the list

_KEY = re.compile(r"\"((?:[^\"\\]|\\.){0,100}+)\"\s*:")
_OTHER_FORMAT = re.compile(r"\"(?:authors_parsed|versions|date-parts)\"\s*:|\"paper\"\s*:\s*\{|jsonfeed\.org/version")
_LINE_OBJECT = re.compile(r"\s*\{[^\n]*\}[ \t]*(?:\n|\Z)")
_LONG_LINE = re.compile(r"\s*\{[^\n]*\Z")
_LIST = re.compile(r"\s*(?:\[\s*\{|\{)")
_TITLE_KEYS = frozenset({"title", "papertitle", "articletitle", "documenttitle", "displayname"})
_SURE = frozenset({"abstract", "authors", "arxiv", "doi"})  # one of these beside the title makes an object a paper
_REMEDY = "mend the JSON; the rest is read"


def recognises_lines(source: Source) -> bool:
    """Tell whether the first line is an object with the keys of a paper, and only objects follow."""
    head = source.head
    found = _LINE_OBJECT.match(head)
    if found is None:
        is_long = len(head) >= HEAD_CHARACTERS and bool(_LONG_LINE.match(head))
        return is_long and not _is_wrapper(head) and _has_paper(head)
    following = head[found.end() :].lstrip()
    return (not following or following.startswith("{")) and not _is_wrapper(found[0]) and _has_paper(found[0])


def recognises_array(source: Source) -> bool:
    """Tell whether the text begins a list of objects, or an object, with the keys of a paper."""
    return bool(_LIST.match(source.head)) and _has_paper(source.head) and not recognises_lines(source)


def read_lines(source: Source) -> Iterator[Item]:
    """Yield a record for each line; a line that is no object is a problem."""
    listed = day_of_name(source.path)
    for number, line in source.lines():
        if not line.strip():
            continue
        try:
            yield _item(load_json(line), source.path, number, listed)
        except JsonError as error:
            yield Problem(source.path, number, f"broken JSON: {error.message}", _REMEDY, lines=1, records=1)


def read_array(source: Source) -> Iterator[Item]:
    """Yield a record for each item of the list, or of the only paper."""
    listed = day_of_name(source.path)
    for line, item in array_items(source.text(), LISTS):
        if isinstance(item, JsonError):
            yield Problem(source.path, item.line, f"broken JSON: {item.message}", _REMEDY, records=item.records)
        else:
            yield _item(item, source.path, line, listed)


def day_of_name(path: str) -> str | None:
    """Return the day that a file is named for (`2026-06-30.jsonl`), None for other names."""
    name = list_name(path)
    return name.day.isoformat() if name else None


def _item(value: Any, path: str, line: int, listed: str | None) -> Item:
    if not isinstance(value, Mapping):
        return Problem(path, line, "the entry is no JSON object", "write `{…}` for each paper", records=1)
    fields = to_fields(value)
    if isinstance(index := value.get("abstract_inverted_index"), Mapping) and "abstract" not in fields:
        fields["abstract"] = _text_of_index(index)
    if listed and "listed" not in fields:
        fields["listed"] = listed
    return SourceRecord(fields, path, line)


def _text_of_index(index: Mapping[str, Any]) -> str:
    """Return the text of OpenAlex's `abstract_inverted_index`: word → the places where it stands."""
    places = [
        (place, word)
        for word, numbers in index.items()
        if isinstance(numbers, list)
        for place in numbers
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(places))


def _has_paper(text: str) -> bool:
    """Tell whether the keys in a text are those of papers and of no format that has a reader of its own."""
    if _OTHER_FORMAT.search(text):
        return False
    keys = _KEY.findall(text)
    known = known_names(keys) - {"title"}
    has_title = not _TITLE_KEYS.isdisjoint(map(plain_name, keys))
    return has_title and (len(known) > 1 or not _SURE.isdisjoint(known))


def _is_wrapper(line: str) -> bool:
    """Tell whether an object holds the papers in a list of its own."""
    return re.search(rf"\"(?:{'|'.join(LISTS)})\"\s*:\s*\[\s*(?:\{{|\])", line) is not None


READERS = (
    Reader(
        name="JSON lines",
        about="one JSON object a line for each paper; a file named for a day lists its papers on that day",
        example='{"id": "2605.01234", "title": "A Paper", "authors": ["First Last"], "summary": "We …"}',
        recognises=recognises_lines,
        read=read_lines,
    ),
    Reader(
        name="JSON papers",
        about="a JSON list of papers, also below `papers`, `results`, `data` or `items`",
        example='{"data": [{"title": "A Paper", "externalIds": {"ArXiv": "2605.01234"}, "year": 2026}]}',
        recognises=recognises_array,
        read=read_array,
    ),
)
