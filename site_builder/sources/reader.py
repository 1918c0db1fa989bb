"""The definition of an input format."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from site_builder.model.raw_paper import Item
from site_builder.sources.source import Source


@dataclass(frozen=True, slots=True)
class Reader:
    """One input format, as a row of the table of formats.

    recognises(source) checks `source.head`, or the first items of JSON, however long they are.
    read(source) yields items in the order of lines and continues after a bad record. Formats of large files iterate
    over `source.lines()`, the others parse `source.text()`.
    counts_lines: every non-blank line of the file is counted in exactly one item.
    fields_of(item) returns the fields of one item of a JSON list, None for an item of another format. If several
    formats recognise a file, the one that finds the most fields in the first items reads it.
    """

    name: str
    about: str
    example: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Item]]
    counts_lines: bool = False
    fields_of: Callable[[object], Mapping[str, object] | None] | None = None
