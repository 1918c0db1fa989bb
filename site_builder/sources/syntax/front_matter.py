"""Front matter at the top of a Markdown file: YAML between two lines of `---`, or TOML between two of `+++`."""

import tomllib
from collections.abc import Iterator

from site_builder.lazy import lazy_pattern
from site_builder.sources.syntax.yaml_text import LineDict, LineList, YamlError, load_yaml

_ENDS = {"---": ("---", "..."), "+++": ("+++",)}
_PELICAN = lazy_pattern(r"(?P<name>[A-Z][A-Za-z_]{1,30}):[ \t]+(?P<value>\S.*)")
_OF_PELICAN = frozenset({"category", "slug", "status", "modified", "template"})
_MOST_LINES = 40  # of Pelican metadata
_KEY = lazy_pattern(r"[ \t]*(?P<bracket>\[\[?)?[ \t]*[\"']?(?P<key>[\w.-]{1,100})[\"']?[ \t]*(?:=|\]+[ \t]*(?:#|\Z))")
_LINE_OF_ERROR = lazy_pattern(r"at line (\d{1,9})")
_DEEPEST = 20  # levels of nested tables and lists


def split_front_matter(text: str) -> tuple[LineDict, str, int]:
    """Split a text into front matter (empty if absent), Markdown, and the 1-based line where that begins.

    Raises YamlError if the front matter is broken, not closed, or not a mapping.
    """
    lines = text.split("\n")
    mark = lines[0].rstrip()
    if mark not in _ENDS:
        return _split_pelican(lines) or (LineDict(1), text, 1)
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in _ENDS[mark]), None)
    if end is None:
        raise YamlError(f"the front matter has no closing line of `{mark}`", 1)
    load = _load_toml if mark == "+++" else load_yaml
    values: object = load("\n".join(lines[1:end]), 2) or LineDict(1)
    if not isinstance(values, LineDict):
        raise YamlError("the front matter holds no `key: value` lines", 2)
    return values, "\n".join(lines[end + 1 :]), end + 2


def _split_pelican(lines: list[str]) -> tuple[LineDict, str, int] | None:
    """Split a text with Pelican metadata (`Title: …` and similar lines) likewise; return None for any other text."""
    end = next((number for number, line in enumerate(lines[:_MOST_LINES]) if not line.strip()), 0)
    found = [_PELICAN.fullmatch(line.rstrip()) for line in lines[:end]]
    names = {each["name"].casefold() for each in found if each}
    if not all(found) or not {"title", "date"} < names or names.isdisjoint(_OF_PELICAN):
        return None
    values = LineDict(1)
    for number, each in enumerate(found, 1):
        if each:
            values[each["name"].casefold()] = each["value"]
            values.lines[each["name"].casefold()] = number
    return values, "\n".join(lines[end + 1 :]), end + 2


def has_front_matter(head: str) -> bool:
    return head.split("\n", 1)[0].rstrip() in _ENDS


def _load_toml(text: str, first_line: int) -> LineDict:
    """Parse TOML like `load_yaml`, with every scalar as a text. Raises YamlError."""
    lines: dict[str, list[int]] = {}
    try:
        loaded = tomllib.loads(text)
        for number, key in _top_level_keys(text.split("\n"), first_line):
            of_key = lines.setdefault(key if key in loaded else key.partition(".")[0], [])
            if key in loaded or not of_key:
                of_key.append(number)
        values = LineDict(1)
        values.update({key: _as_texts(each, lines.get(key, [first_line])) for key, each in loaded.items()})
    except (ValueError, RecursionError) as error:
        found = _LINE_OF_ERROR.search(str(error))
        line = first_line + (int(found[1]) - 1 if found else text.count("\n"))
        raise YamlError(str(error).partition(" (at")[0].lower() or "no TOML", line) from None
    values.lines = {key: lines.get(key, [first_line])[0] for key in values}
    return values


def _top_level_keys(lines: list[str], first_line: int) -> Iterator[tuple[int, str]]:
    """Yield (1-based line, key) of keys at the top level and of the headers of tables."""
    is_in_table = False
    for number, line in enumerate(lines, first_line):
        found = _KEY.match(line)
        if found and (found["bracket"] or not is_in_table):
            is_in_table = bool(found["bracket"])
            yield number, found["key"]


def _as_texts(value: object, lines: list[int], depth: int = 1) -> object:
    """Return a value as `load_yaml` does. lines: where it begins, or where each of its items does."""
    if depth > _DEEPEST:
        raise ValueError(f"nested more than {_DEEPEST} levels deep")
    if isinstance(value, dict):
        mapping = LineDict(lines[0])
        mapping.update({key: _as_texts(each, lines[:1], depth + 1) for key, each in value.items()})
        mapping.lines = dict.fromkeys(value, lines[0])
        return mapping
    if isinstance(value, list):
        items = LineList()
        items.item_lines = lines if len(lines) == len(value) else lines[:1] * len(value)
        items += [_as_texts(each, [line], depth + 1) for each, line in zip(value, items.item_lines, strict=True)]
        return items
    return str(value).lower() if isinstance(value, bool) else str(value)
