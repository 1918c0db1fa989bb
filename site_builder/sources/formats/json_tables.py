"""Tables in JSON, by column or by row with a header, converted to one object per row.

The forms are `{"title": ["A", "B"], "year": [2024, 2025]}`, `{"title": {"0": "A"}}`,
`{"columns": ["title"], "data": [["A"]]}` and `[["title"], ["A"]]`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from site_builder.problems import shortened
from site_builder.sources.fields.field_names import FIELD_NAMES, known_names, plain_name
from site_builder.sources.formats.paper_row import row_fields, split_row

_TITLES = frozenset(FIELD_NAMES["title"])
_COLUMNS = frozenset({"columns", "header", "headers", "fields", "cols"})
_ROWS = frozenset({"data", "rows", "values", "records"})
_OF_ONE_WORK = frozenset({*FIELD_NAMES["doi"], *FIELD_NAMES["arxiv"], *FIELD_NAMES["id"], *FIELD_NAMES["abstract"]})
_FEWEST_COLUMNS = 2
_SCRIPT_COLUMNS = ("Publish Date", "Title", "Authors", "PDF", "Code")  # columns of the Markdown rows of daily scripts
_CHECKED_ROWS = 3  # rows that are checked for being Markdown


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table; records: their number. fault: why the table has none that can be read, "" if it has."""

    rows: Sequence[object]
    records: int
    fault: str = ""


def is_header(item: object) -> TypeGuard[list[str]]:
    """Return whether a list holds the column names of a table of papers, one of them the title."""
    if not (isinstance(item, list) and len(item) >= _FEWEST_COLUMNS and all(isinstance(each, str) for each in item)):
        return False
    return len(known_names(item)) > 1 and not _TITLES.isdisjoint(map(plain_name, item))


def row_of(header: Sequence[str], cells: Sequence[object]) -> dict[str, object]:
    """Return a row of a table as an object; extra cells are named by number, such as `column 5`."""
    beyond = (f"column {number}" for number in range(len(header) + 1, len(cells) + 1))
    return dict(zip([*header, *beyond], cells, strict=False))


def table_of(value: Mapping[str, object]) -> Table | None:
    """Return the table that an object represents, None for any other object."""
    return _by_row(value) or _by_column(value)


def markdown_rows(value: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the papers of `{"topic": {"2605.01234": "|date|title|authors|[id](url)|code|"}}`, as in daily scripts.

    A row that cannot be read becomes `{"row": text}`. Other objects give [].
    """
    found = []
    for topic, rows in value.items():
        texts = list(rows.values()) if isinstance(rows, dict) else []
        if not texts or not all(isinstance(text, str) and text.startswith("|") for text in texts[:_CHECKED_ROWS]):
            return []
        for text in texts:
            cells = split_row(text.strip()) if isinstance(text, str) else []
            fields = row_fields(_SCRIPT_COLUMNS, cells) if len(cells) == len(_SCRIPT_COLUMNS) else None
            found.append({**fields, "tags": [topic]} if fields else {"row": text})
    return found


def _by_row(value: Mapping[str, object]) -> Table | None:
    """Return the table of `{"columns": […], "data": [[…]]}`, or of rows below a header row."""
    header = next((each for key, each in value.items() if plain_name(key) in _COLUMNS and is_header(each)), None)
    rows = next((each for key, each in value.items() if plain_name(key) in _ROWS and isinstance(each, list)), None)
    if rows and header is None and is_header(rows[0]):
        header, *rows = rows
    if header is None or rows is None:
        return None
    return Table([row_of(header, row) if isinstance(row, list) else row for row in rows], len(rows))


def _by_column(value: Mapping[str, object]) -> Table | None:
    """Return the table of an object with several titles, by column; an object with its own id is a single work."""
    titles = next((each for key, each in value.items() if plain_name(key) in _TITLES), None)
    if not isinstance(titles, list | dict) or not titles:
        return None
    of_column = titles.values() if isinstance(titles, dict) else titles
    columns = {key: each for key, each in value.items() if type(each) is type(titles)}
    others = {plain_name(key) for key in value.keys() - columns.keys()}
    is_one = len(titles) == 1 and (len(columns) < _FEWEST_COLUMNS or bool(others))
    if is_one or not others.isdisjoint(_OF_ONE_WORK) or not all(isinstance(title, str | None) for title in of_column):
        return None
    if isinstance(titles, list):
        return _from_lists({key: each for key, each in columns.items() if isinstance(each, list)})
    objects = {name: each for name, each in columns.items() if isinstance(each, dict)}
    rows = [{name: cells[key] for name, cells in objects.items() if key in cells} for key in titles]
    return Table(rows, len(rows))


def _from_lists(value: Mapping[str, list[object]]) -> Table | None:
    """Return the table of columns given as lists, with a fault if their lengths differ."""
    lengths = {name: len(cells) for name, cells in value.items()}
    longest = max(lengths.values())
    if len(set(lengths.values())) == 1:
        return Table([dict(zip(value, cells, strict=True)) for cells in zip(*value.values(), strict=True)], longest)
    counts = ", ".join(f'"{shortened(name)}" has {count}' for name, count in list(lengths.items())[:5])
    return Table((), longest, f"its columns are of different lengths: {counts}")
