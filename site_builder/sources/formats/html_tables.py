"""Conversion of HTML tables in Markdown to Markdown tables."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from site_builder.lazy import lazy_pattern
from site_builder.sources.formats.markdown_sections import Line
from site_builder.sources.formats.paper_row import is_paper_table, split_row

_TABLE = lazy_pattern(r"<table\b", re.IGNORECASE)
_TABLE_END = lazy_pattern(r"</table\s*>", re.IGNORECASE)
_ROW = lazy_pattern(r"<tr\b[^<>]{0,500}>", re.IGNORECASE)
_CELL = lazy_pattern(r"<t[dh]\b[^<>]{0,500}>", re.IGNORECASE)
_LINK = lazy_pattern(r"<a\b[^<>]{0,500}?\bhref\s?=\s?[\"']?([^\"'<>\s]{1,2000})[^<>]{0,500}>", re.IGNORECASE)
_LINK_END = lazy_pattern(r"</a\s*>", re.IGNORECASE)
_TAG = lazy_pattern(r"</?(?!br\b)[a-zA-Z][^<>]{0,500}>", re.IGNORECASE)
_MOST_LINES = 50_000  # of one table


def with_tables(lines: list[Line]) -> list[Line]:
    """Return the lines with HTML tables of papers rewritten as Markdown tables."""
    made: list[Line] = []
    position = 0
    while position < len(lines):
        end = _end_of_table(lines, position) if _TABLE.match(lines[position].text.lstrip()) else position
        rows = list(_rows(lines[position:end]))
        if len(rows) > 1 and is_paper_table(split_row(rows[0].text)):
            width = len(split_row(rows[0].text))
            made += [rows[0], replace(rows[0], text=f"|{' --- |' * width}", count=0), *rows[1:]]
            position = end
        else:
            made.append(lines[position])
            position += 1
    return made


def _end_of_table(lines: list[Line], start: int) -> int:
    """Return the index after the last line of a table, or `start` if the table is not closed."""
    for position in range(start, min(len(lines), start + _MOST_LINES)):
        if lines[position].is_code or lines[position].heading:
            return start
        if _TABLE_END.search(lines[position].text):
            return position + 1
    return start


def _rows(lines: list[Line]) -> Iterator[Line]:
    """Yield a Markdown line for each row; its count covers the file's lines up to the next row."""
    number, written, count = lines[0].number if lines else 0, "", 0
    for line in lines:
        before, *parts = _ROW.split(line.text)
        written, count = f"{written} {before}", count + 1
        for part in parts:
            if _CELL.search(written):
                yield replace(lines[0], number=number, text=_as_markdown(written), count=count - 1, is_row=True)
                count = 1
            number, written = line.number, part
    if _CELL.search(written):
        yield replace(lines[0], number=number, text=_as_markdown(written), count=count, is_row=True)


def _as_markdown(row: str) -> str:
    return f"| {' | '.join(map(_text, _CELL.split(row)[1:]))} |"


def _text(cell: str) -> str:
    """Return the text of a cell, with links in Markdown."""
    first, *links = re.split(r"(?=<a\b)", cell, flags=re.IGNORECASE)
    return " ".join(unescape("".join([_plain(first), *map(_link, links)])).replace("|", "\\|").split())


def _link(text: str) -> str:
    found = _LINK.match(text)
    if not found:
        return _plain(text)
    label, *after = _LINK_END.split(text[found.end() :], maxsplit=1)
    return f"[{' '.join(_plain(label).split())}]({found[1]}){_plain(''.join(after))}"


def _plain(text: str) -> str:
    return _TAG.sub("", text)
