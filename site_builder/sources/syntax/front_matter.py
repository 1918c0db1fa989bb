"""Front matter at the top of a Markdown file: YAML between two lines of `---`, or TOML between two of `+++`."""

import tomllib

from site_builder.lazy import lazy_pattern
from site_builder.sources.syntax.yaml_text import LineDict, YamlError, load_yaml

_ENDS = {"---": ("---", "..."), "+++": ("+++",)}
_PELICAN = lazy_pattern(r"(?P<name>[A-Z][A-Za-z_]{1,30}):[ \t]+(?P<value>\S.*)")
_OF_PELICAN = frozenset({"category", "slug", "status", "modified", "template"})
_MOST_LINES = 40  # of Pelican metadata
_KEY = lazy_pattern(r"[ \t]*[\"']?(?P<key>[\w.-]{1,100})[\"']?[ \t]*=")
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
    try:
        loaded = {key: _as_texts(each, 1) for key, each in tomllib.loads(text).items()}
    except (ValueError, RecursionError) as error:
        found = _LINE_OF_ERROR.search(str(error))
        line = first_line + (int(found[1]) - 1 if found else text.count("\n"))
        raise YamlError(str(error).partition(" (at")[0].lower() or "no TOML", line) from None
    values = LineDict(1)
    values.update(loaded)
    for number, written in enumerate(text.split("\n"), first_line):
        if (key := _KEY.match(written)) and key["key"] in values:
            values.lines.setdefault(key["key"], number)
    values.lines = {key: values.lines.get(key, first_line) for key in values}
    return values


def _as_texts(value: object, depth: int) -> object:
    if depth > _DEEPEST:
        raise ValueError(f"nested more than {_DEEPEST} levels deep")
    if isinstance(value, dict):
        return {key: _as_texts(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_texts(each, depth + 1) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
