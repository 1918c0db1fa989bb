"""An input format: how it is recognised, and what reads it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.model.raw_paper import Item
from site_builder.sources.source import Source


@dataclass(frozen=True, slots=True)
class Reader:
    """One input format: its name, what it looks like, how to recognise it by content, and how to read it.

    recognises(source) looks at `source.head`, or at the first items of JSON, however long. read(source) yields items in
    the order of the lines and keeps going after a bad record; large formats walk `source.lines()`, the others take
    `source.text()`.
    counts_lines: every non-blank line of the file is counted in exactly one item.
    fields_of: the fields of one item of a JSON list, None for an item of another format; where several readers fit,
    the one that makes most of the first items reads the file.
    """

    name: str
    about: str
    example: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Item]]
    counts_lines: bool = False
    fields_of: Callable[[object], Mapping[str, object] | None] | None = None
