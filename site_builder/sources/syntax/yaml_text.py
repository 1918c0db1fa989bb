"""Parse YAML with scalars as strings and line numbers for keys and items.

The document is built from the events of the C parser: nothing recurses, no type is guessed (`2401.10000` stays an id,
`no` a word), duplicate keys and aliases are refused, and the depth is limited.
"""

import re
from typing import Any

import yaml

from site_builder.lazy import lazy_pattern

MAX_DEPTH = 50
MAX_VALUES = 2_000_000  # of one document: 100,000 papers of twenty fields
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# Spaces in text from web pages and word processors; YAML accepts only the ASCII one.
_FOREIGN_SPACE = lazy_pattern("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LINE_BEGINNING = lazy_pattern(
    r"^[^\S\n]*(?:-[^\S\n]+(?:[\w -]{1,60}:(?=\s|\Z))?|[\w -]{1,60}:(?=\s|\Z))[^\S\n]*", re.MULTILINE
)
_LINE_ENDS = lazy_pattern(r"\n+(?!\Z)")
# Messages of the parser → what a curator should look for.
_IN_PLAIN_WORDS = {
    "mapping values are not allowed in this context": 'a text that holds ": " must stand between quotes',
    "found character that cannot start any token": "a text begins with a tab, @ or another sign of YAML's own",
    "did not find expected '-' indicator": "this line is not indented as the others of its list",
    "did not find expected key": "this line is not indented as those before it, or a quote before it is not closed",
    "found unexpected end of stream": "a quote is not closed",
    "could not find expected ':'": "this line lacks a colon and a space after its key, or a quote is not closed",
    "did not find expected alphabetic or numeric character": "a text that begins with * or & must stand between quotes",
}
_AT_ITS_BEGINNING = frozenset({"while scanning a simple key", "while scanning a quoted scalar"})


class YamlError(Exception):
    """Invalid YAML: the reason, and its 1-based line if known."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class LineDict(dict[str, Any]):
    """A YAML mapping: `line` is where it begins, `lines` has the line of each key (1-based)."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class LineList(list[Any]):
    """A YAML sequence: `item_lines` has the line where each item begins (1-based)."""

    def __init__(self) -> None:
        super().__init__()
        self.item_lines: list[int] = []


def with_plain_spaces(text: str) -> str:
    """Replace foreign spaces around hyphens and keys at the beginning of lines by ASCII spaces."""
    if not _FOREIGN_SPACE.search(text):
        return text
    return _LINE_BEGINNING.sub(lambda found: _FOREIGN_SPACE.sub(" ", found[0]), text)


def load_yaml(text: str, first_line: int = 1) -> object:
    """Parse a text's only document into LineDict, LineList and str; null and an empty document are "".

    first_line: 1-based line in the file where the text begins. Tags are ignored.

    Raises YamlError for invalid YAML, a second document, duplicate keys, aliases, nesting deeper than MAX_DEPTH and
    more than MAX_VALUES values.
    """
    builder = _DocumentBuilder(first_line)
    try:
        for event in yaml.parse(with_plain_spaces(text), Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        marks = (error.problem_mark, error.context_mark)
        mark = next(filter(None, reversed(marks) if error.context in _AT_ITS_BEGINNING else marks), None)
        complaint = error.problem or str(error)
        raise YamlError(_IN_PLAIN_WORDS.get(complaint, complaint), mark.line + first_line if mark else None) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        raise YamlError(f"the character {chr(error.character)!r} is not allowed in YAML", line) from None
    except yaml.YAMLError as error:
        raise YamlError(str(error), None) from None
    return builder.document


class _DocumentBuilder:
    """Builds one document from parser events, with an explicit stack instead of recursion."""

    def __init__(self, first_line: int) -> None:
        self.document: object = ""
        self._first_line = first_line
        self._documents = 0
        self._values = 0
        self._stack: list[tuple[LineDict | LineList, str | None]] = []

    def take(self, event: yaml.Event) -> None:
        """Add an event to the document."""
        line = (event.start_mark.line if event.start_mark else 0) + self._first_line
        if isinstance(event, yaml.ScalarEvent):
            self._put(_scalar(event), line)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(LineDict(line), line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(LineList(), line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise YamlError(f"the alias *{event.anchor} is not allowed here; write the value out", line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise YamlError("a second YAML document begins here", line)

    def _open(self, container: LineDict | LineList, line: int) -> None:
        self._put(container, line)
        if len(self._stack) >= MAX_DEPTH:
            raise YamlError(f"nested more than {MAX_DEPTH} levels deep", line)
        self._stack.append((container, None))

    def _put(self, value: object, line: int) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise YamlError(f"holds more than {MAX_VALUES:,} values; split it into several files", line)
        if not self._stack:
            self.document = value
            return
        container, key = self._stack[-1]
        if isinstance(container, LineList):
            container.append(value)
            container.item_lines.append(line)
        elif key is None:
            if not isinstance(value, str):
                raise YamlError("a list or mapping stands where a key belongs", line)
            if value in container:
                raise YamlError(f'the key "{value}" stands here twice (first in line {container.lines[value]})', line)
            container.lines[value] = line
            self._stack[-1] = (container, value)
        else:
            container[key] = value
            self._stack[-1] = (container, None)


def _scalar(event: yaml.ScalarEvent) -> str:
    if not event.style and event.value in ("", "~", "null"):
        return ""
    # When YAML joins lines, one line end remains of a blank line. In quoted scalars programs write wrapped lines so.
    is_joined = event.style in (None, "", ">") and "\n" in event.value
    return _LINE_ENDS.sub(r"\g<0>\n", event.value) if is_joined else str(event.value)
