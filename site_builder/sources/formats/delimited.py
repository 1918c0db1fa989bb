"""Tables of papers as CSV, TSV, or text separated by `;` or `|`, with column names as people write them."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import Any, NamedTuple

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, QuietDay, RawPaper
from site_builder.problems import Problem
from site_builder.sources.fields.field_names import (
    FIELD_NAMES,
    FIELD_OF_NAME,
    LINK_NAMES,
    fields_of,
    known_names,
    plain_name,
)
from site_builder.sources.fields.identifiers import ids_in, leads_to_paper, urls_in
from site_builder.sources.fields.named_fields import to_fields
from site_builder.sources.fields.pubmed_words import CITATION, plain_title, pubmed_page, where_cited
from site_builder.sources.fields.unread import unread_keys
from site_builder.sources.formats.paper_row import TITLE_HEADERS, is_rule
from site_builder.sources.reader import Reader
from site_builder.sources.source import MAX_LINE, Source
from site_builder.sources.syntax.written_list import written_list, written_object

MAX_ROW_LINES = 500  # a quoted cell that stays open longer counts as never closed

_DELIMITERS = ("\t", ";", ",", "|")
_OTHER_FORMAT = ("{", "[", "<", "#", "---", "|", "@", "- ", "* ")
_LONGEST_HEADER = 60  # characters of one header name
_LONGEST_TITLE_NAME = 20  # characters of the name of a title column
_TITLES = frozenset(FIELD_NAMES["title"]) - {"displayname", "name"}
_NAME = "name"
_OTHER_TITLES = (TITLE_HEADERS | {_NAME, "displayname"}) - _TITLES  # ambiguous names of a title column
_OF_PAPERS = frozenset({"authors", "abstract", "arxiv", "doi", "venue"})  # of these, `venue` is no proof next to `name`
_SEVERAL = frozenset({"authors", "tags", "keywords", "categories", *LINK_NAMES})  # fields with several values
_NUMBERED = frozenset(name for name, field in FIELD_OF_NAME.items() if field in _SEVERAL)
_BLANK = f' "{"".join(_DELIMITERS)}\r\n'  # the only characters of an empty row

# The link formula of spreadsheets, under its names in several languages: `=HYPERLINK("https://…","A Title")`.
_LINK_FORMULA = lazy_pattern(
    r"=\s*(?:HYPERLINK|LIEN_HYPERTEXTE|HIPERV[I\u00cd]NCULO|HIPERLIGA\u00c7\u00c3O|COLLEG\.IPERTESTUALE|HIPER\u0141\u0104CZE)"
    r'\(\s*"(?P<url>[^"]+)"\s*(?:[,;]\s*"(?P<label>(?:[^"]|"")*)"\s*)?\)',
    re.IGNORECASE,
)
_OF_LINKS = frozenset(name for names in LINK_NAMES.values() for name in names) | {"doi", "arxiv", "id", "links"}
_LINK_COLUMN = "url"
_OTHER_NAMES = {"titles": "title", "summaries": "summary", "terms": "categories"}  # used by data sets on Kaggle
_PUBMED = frozenset({"pmid", "citation", "createdate", "nihmsid"})
_MARKS_OF_WEB_OF_SCIENCE = frozenset({"ti", "au", "so", "ut"})
# Web of Science's column tags → plain names of columns.
WEB_OF_SCIENCE: Mapping[str, str] = {
    **{"ti": "title", "ab": "abstract", "af": "authorfullnames", "au": "authors", "ca": "collaboration"},
    **{"so": "sourcetitle", "py": "publicationyear", "pd": "publicationdate", "vl": "volume", "is": "issue"},
    **{"bp": "startpage", "ep": "endpage", "ar": "articlenumber", "di": "doi", "la": "language", "pm": "pmid"},
    **{"dt": "documenttype", "pu": "publisher", "de": "authorkeywords", "id": "indexkeywords"},
}
_SPRINGER = "itemdoi"  # Springer's tables write authors without a separator: `Ada ExampleBo Sample`
_BEGIN_NAMES = frozenset("Al Da De Del Des Di Dos Du El Fitz La Le Mac Mc St Van Von".split())  # as in `McDonald`
_LONGEST_SYLLABLE = 5  # letters before the inner capital of a given name such as `XiaoMing`
_UNUSED_COLUMN = "unnamed0"  # a column name without meaning
_ABOVE_HEADER = ("#", '"About the data', "About the data")  # beginnings of lines above it; the last two: Dimensions

csv.field_size_limit(MAX_LINE)  # the default of 128 KiB is too small for the longest author lists


class Row(NamedTuple):
    """A row of a table: cells by plain column name, the header as written, the first line and the number of lines.

    If several columns have the same name and different texts, the cell is a list of the texts.
    """

    cells: Mapping[str, Any]
    header: Sequence[str]
    line: int
    lines: int

    def heading_of(self, name: str) -> str:
        """Return the heading of a column as written in the header."""
        return next((heading.strip() for heading in self.header if plain_name(heading) == name), name)


def recognises(source: Source) -> bool:
    """Return whether the first line names at least two known columns, one of them the title."""
    filled = (line for _, line in _from_header(_lines_of(source.head)))
    first, second = next(filled, ""), next(filled, "")
    return not first.startswith(_OTHER_FORMAT) and not is_rule(second) and _delimiter(first, second) is not None


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each row."""

    def item(row: Row) -> Item:
        fields = _with_number(to_fields(values_of(row)), row.cells)
        known = frozenset[str]()
        if "pmid" in row.cells:
            fields, known = _with_pubmed(fields, row.cells), _PUBMED
        return RawPaper(fields, source.path, row.line, row.lines, unread_cells(row, fields, known))

    yield from read_rows(source, item)


def values_of(row: Row) -> dict[str, Any]:
    """Return the cells of a row; objects and lists written as JSON or Python literals are parsed."""
    cells = {name: _value_of(name, cell) if cell[:1] in ("{", "[") else cell for name, cell in row.cells.items()}
    authors = cells.get("authors")
    return cells | {"authors": _split_names(authors)} if _SPRINGER in cells and isinstance(authors, str) else cells


def _split_names(names: str) -> list[str]:
    """Split author names that follow each other without a separator, at a capital right after a small letter."""
    split = [""]
    for before, character in pairwise(f" {names}"):
        name = split[-1]
        word = name.rpartition(" ")[2].rpartition("-")[2]
        is_whole = " " in name or len(name) > _LONGEST_SYLLABLE
        if character.isupper() and before.isalpha() and not before.isupper() and is_whole and word not in _BEGIN_NAMES:
            split.append("")
        split[-1] += character
    return split


def _value_of(name: str, cell: Any) -> object:
    if not isinstance(cell, str):
        return cell
    is_text = FIELD_OF_NAME.get(name) not in (None, *_SEVERAL) and cell.startswith(("['", '["'))
    return (written_list(cell) or cell) if is_text else written_object(cell)


def _with_number(fields: dict[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    """Add a column `No.` as the issue, if there is a volume and the column is not the first, which counts rows."""
    numbers = [name for name in list(cells)[1:] if name in ("no", "nr")] if "volume" in fields else []
    return {"issue": cells[numbers[0]], **fields} if numbers and cells[numbers[0]] else fields


def _with_pubmed(fields: dict[str, Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    """Add the link to PubMed and the fields in PubMed's citation column."""
    found = CITATION.match(str(cells.get("citation", "")))
    if found:
        cited = {name: value for name, value in where_cited(found).items() if value}
        day = cited.pop("published", "")
        fields = {**cited, **fields, "title": plain_title(str(fields.get("title", "")))}
        fields["published"] = day if day.startswith(str(fields.get("published", ""))) else fields["published"]
    page = pubmed_page(str(cells["pmid"]), "pubmed")
    return {**fields, "links": {**page, **fields.get("links", {})}} if page else fields


def unread_cells(row: Row, fields: Mapping[str, object], known: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return the headings of unused cells, each with a description of its text.

    known: plain names of further columns to ignore.
    """
    unread = {
        name: look
        for name, look in unread_keys(values_of(row), fields, known).items()
        if name in row.cells or type(row.cells.get(name.partition(".")[0])) is str
    }
    repeated = [name for name, cell in row.cells.items() if name not in unread and _has_several_texts(name, cell)]
    return {row.heading_of(name): look for name, look in unread.items()} | {
        f"{row.heading_of(name)} (again)": "text" for name in repeated
    }


def _has_several_texts(name: str, cell: object) -> bool:
    """Return whether several columns of this name hold different texts, but their field takes only one."""
    return isinstance(cell, list) and FIELD_OF_NAME.get(name) not in (None, *_SEVERAL)


def header_of(source: Source) -> set[str]:
    """Return the plain names of a table's columns."""
    first = next((line for _, line in _from_header(_lines_of(source.head))), "")
    return set(map(plain_name, next(csv.reader([first], delimiter=_delimiter(first) or ","), [])))


def read_rows(source: Source, item_of: Callable[[Row], Item]) -> Iterator[Item]:
    """Yield `item_of(row)` for each row, and problems for rows with too many or too few cells or an unclosed quote."""
    lines = _from_header((number, line) for number, line in source.lines() if not _is_separator_line(number, line))
    _, first = next(lines, (0, ""))
    second = list(islice(lines, 1))
    row = second[0][1] if second else ""
    delimiter = _delimiter(first, row) or ","
    header = _with_title(_cells(first, delimiter), _cells(row, delimiter))
    is_empty = True
    for start, text, is_closed in _rows(chain(second, lines), delimiter):
        is_empty = False
        if not is_closed:
            yield Problem(source.path, start, "a quoted cell is never closed", "add the closing quote", records=1)
            continue
        cells = next(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter), [])
        if _is_header(cells, header):  # several tables in one file
            header = cells
            continue
        lines_of_row = sum(1 for line in text.split("\n") if line.strip())
        problem = _fault(header, cells, source.path, start, lines_of_row)
        if problem:
            yield problem
        if not problem or not problem.records:
            yield item_of(Row(_cells_by_name(header, cells), header, start, lines_of_row))
    if is_empty:
        yield QuietDay()


def _is_header(cells: list[str], header: list[str]) -> bool:
    """Return whether a row is another header, perhaps with a different order or other columns."""
    names = [cell.strip() for cell in cells if cell.strip()]
    titles = (plain_name(name) for name in names if len(name) <= _LONGEST_TITLE_NAME)
    if len(names) <= 1 or _TITLES.isdisjoint(titles):
        return False
    return set(names) <= set(map(str.strip, header)) or all(fields_of(plain_name(name)) for name in names)


def _fault(header: list[str], cells: list[str], path: str, line: int, lines: int) -> Problem | None:
    """Return the problem of a row with one cell (records=1, the row is lost) or with more cells than the header.

    None if the row is sound; a row with fewer cells is, unless it has only one.
    """
    if len(cells) == 1 < len(header):
        what = f"the row has one cell where the header names {len(header)}"
        return Problem(path, line, what, "part the cells as the header does", lines, records=1)
    if any(cell.strip() for cell in cells[len(header) :]):
        what = f"the row has {len(cells)} cells where the header names {len(header)}"
        return Problem(path, line, what, "quote cells that hold the separator; the cells in excess are left out")
    return None


def _cells_by_name(header: list[str], cells: list[str]) -> dict[str, object]:
    """Return cells by plain column name; `author1` and `author2` count as two columns named `author`."""
    row: dict[str, object] = {}
    for name, cell in _without_formulas(zip(_names(tuple(header)), map(str.strip, cells), strict=False)):
        value = row.get(name)
        if not value:
            row[name] = cell
        elif cell and cell != value:
            row[name] = [*(value if isinstance(value, list) else [value]), cell]
    return row


def _without_formulas(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield (name, cell); a link formula becomes its label or, in columns of links, its URL.

    In a title column the URL follows as a cell of its own.
    """
    for name, cell in cells:
        formula = _LINK_FORMULA.fullmatch(cell) if cell.startswith("=") else None
        if formula is None:
            yield name, cell
            continue
        label = (formula["label"] or "").replace('""', '"').strip()
        yield name, label if label and name not in _OF_LINKS else formula["url"]
        if name in _TITLES:
            yield _LINK_COLUMN, formula["url"]


@lru_cache(maxsize=64)
def _names(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the plain names of columns, without the numbers of repeated columns (`author1`, `author2`)."""
    names = [_OTHER_NAMES.get(plain := plain_name(name), plain) for name in header]
    if _MARKS_OF_WEB_OF_SCIENCE.issubset(names):
        return tuple(WEB_OF_SCIENCE.get(name, _UNUSED_COLUMN) for name in names)
    bare = [name.rstrip("0123456789") for name in names]
    return tuple(
        short if short in _NUMBERED and name not in FIELD_OF_NAME else name
        for name, short in zip(names, bare, strict=True)
    )


def _rows(lines: Iterator[tuple[int, str]], delimiter: str) -> Iterator[tuple[int, str, bool]]:
    """Yield (first line, text, whether its quotes are closed) for each non-blank row.

    If a row is never closed, only its first line is given up; reading resumes at the second.
    """
    pending: list[tuple[int, str]] = []
    while True:
        source = chain(pending, lines)
        row: list[tuple[int, str]] = []
        is_open = False
        for numbered in islice(source, MAX_ROW_LINES):
            row.append(numbered)
            is_open = _stays_open(numbered[1], delimiter, is_open)
            if not is_open:
                break
        if not row:
            return
        pending = list(islice(pending, len(row), None))
        if is_open:
            pending = row[1:] + pending
        text = row[0][1] if is_open else "\n".join(line for _, line in row)
        if text.strip(_BLANK):
            yield row[0][0], text, not is_open


def _stays_open(line: str, delimiter: str, is_open: bool) -> bool:
    """Return whether a quoted cell is open at the end of a line; quotes inside unquoted cells are ignored."""
    position = 0
    while True:
        if not is_open:
            if not line.startswith('"', position):
                following = line.find(delimiter, position)
                if following < 0:
                    return False
                position = following + 1
                continue
            position += 1
        end = line.find('"', position)
        if end < 0:
            return True
        is_open = line.startswith('"', end + 1)
        position = end + 2 if is_open else end + 1


def _delimiter(header: str, row: str = "") -> str | None:
    """Return the delimiter that splits a header into the most known names, None if the line is no header.

    row: the line below the header.
    """
    best, best_count = None, 1
    for delimiter in _DELIMITERS:
        names = _with_title(_cells(header, delimiter), _cells(row, delimiter))
        if not all(len(name) <= _LONGEST_HEADER for name in names) or _TITLES.isdisjoint(_names(tuple(names))):
            continue
        count = len(known_names(names))
        if count > best_count:
            best, best_count = delimiter, count
    return best


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _with_title(header: list[str], cells: Sequence[str]) -> list[str]:
    """Return the header with its title column named `title`; a column `Paper` or `Name` is one in a table of papers.

    cells: the first row; a link or id in it can show that the table is of papers.
    """
    names = list(map(plain_name, header))
    others = [name for name in names if name in _OTHER_TITLES] if _TITLES.isdisjoint(_names(tuple(header))) else []
    if not others:
        return header
    title = min(others, key=lambda name: FIELD_OF_NAME.get(name) not in (None, "title"))
    index = names.index(title)
    known = known_names(names[:index] + names[index + 1 :])
    is_of_papers = not (_OF_PAPERS - ({"venue"} if title == _NAME else set())).isdisjoint(known)
    is_title = index >= len(cells) or not (ids_in(cells[index]) or urls_in(cells[index]))
    if not is_title or not (is_of_papers or any(map(_leads_to_paper, cells))):
        return header
    return [*header[:index], "title", *header[index + 1 :]]


def _leads_to_paper(cell: str) -> bool:
    return bool(ids_in(cell)) or any(map(leads_to_paper, urls_in(cell)))


def _lines_of(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if not _is_separator_line(number, line))


def _from_header(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the lines from the header on; the header may follow comments, or be a comment itself (`#title,…`)."""
    for number, line in lines:
        if line.startswith("#") and not line.startswith("# ") and _delimiter(line.lstrip("#")):
            yield number, line.lstrip("#")
        elif not line.strip() or line.startswith(_ABOVE_HEADER):
            continue
        else:
            yield number, line
        yield from lines


def _is_separator_line(number: int, line: str) -> bool:
    """Return whether the line is the `sep=;` that Excel writes at the top of a file."""
    return number == 1 and line.lower().startswith("sep=") and len(line.rstrip()) <= len("sep=;")


READER = Reader(
    name="CSV or TSV",
    about="tables with a header line: CSV, TSV, or cells parted by semicolons",
    example='title,authors,year,doi\n"A Paper, with a Comma","Last, First; Other, Name",2026,10.1000/xyz',
    recognises=recognises,
    read=read,
)
