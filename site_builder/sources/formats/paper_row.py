"""Read one row of a Markdown table into the fields of its paper."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import filled
from site_builder.names.line import names_in
from site_builder.sources.fields.cited_venue import VENUE_WORD
from site_builder.sources.fields.field_names import known_names, plain_name
from site_builder.sources.fields.heading_translations import TRANSLATIONS
from site_builder.sources.fields.identifiers import arxiv_in
from site_builder.sources.fields.markdown_text import (
    Link,
    is_kind_word,
    links_by_kind,
    links_in,
    links_to_paper,
    paragraphs,
    plain_text,
    without_links,
)
from site_builder.sources.fields.named_fields import add_identifiers, to_fields
from site_builder.sources.fields.unread import unread_keys
from site_builder.sources.fields.written_date import written_date
from site_builder.sources.formats.bullet_title import is_linked_title, papers_linked_in
from site_builder.sources.formats.paper_body import is_title_label

_NEXT_TO_NAME = frozenset({"author", "authors", "abstract", "doi", "arxiv"})
# Headers of the column with the title, often followed by a short explanation.
TITLE_HEADERS = frozenset(
    {"title", "paper", "papers", "papertitle", "titleofpaper", "work", "article", "papername", "publication"}
    | set(
        map(
            plain_name, (*TRANSLATIONS["title"], "статья", "работа", "artykuł", "Aufsatz", "artículo", "artigo", "论文")
        )
    )
)

_CELL = lazy_pattern(r"((?:<details>.*?</details>|\\.?|[^|\\])*+)(\||\Z)", re.IGNORECASE | re.DOTALL)
_RULE = lazy_pattern(r"\s*+(?:\|\s*+)?:?-++:?\s*+(?:[|+]\s*+:?-++:?\s*+)*+(?:\|\s*+)?")  # Org has `|---+---|`
_PLAIN_CELL = lazy_pattern(r"((?:\\.?|[^|\\])*+)(\||\Z)", re.DOTALL)
_SPACES = lazy_pattern(r"[ \t]{2,}")
_NUMBER = lazy_pattern(r"\A\s*\d{1,4}[).]\s+")
_BOLD_TITLE = lazy_pattern(r"\*\*(?P<title>(?:[^*]|\*(?!\*)){2,400}?)\*\*(?P<rest>.*)", re.DOTALL)
_SEPARATOR = lazy_pattern(
    r"\A\s*(?:[-\u2013\u2014:|]+\s+|[-\u2013\u2014]\s*(?=[a-z]))|\A\s*+(?:[-\u2013\u2014:,.]++\s*+)?\Z"
)
_PARTS = (
    lazy_pattern(r"(?:(?<!\s)\s++)?<br\s*/?>\s*"),
    lazy_pattern(r"(?<! ) {2,}+(?=[A-Z0-9*\"'(])"),
    lazy_pattern(r"(?<!\s)\s++[-\u2013\u2014]\s+"),
)
_BREAKS = lazy_pattern(r"(?:(?<!\s)\s++)?<br\s*/?>\s*", re.IGNORECASE)
_LEADING_BREAKS = lazy_pattern(r"\A\s*+(?:<br\s*/?>\s*+)+", re.IGNORECASE)
_PICTURE = lazy_pattern(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}\)|<img\b[^<>]{0,2000}>", re.IGNORECASE)
_EMPTY_LINK = lazy_pattern(r"\[\s{0,9}\]\([^()]{0,2000}\)|<a\s[^<>]{0,2000}>\s{0,9}</a>", re.IGNORECASE)
_ONLY_NAMES = lazy_pattern(r"(?P<by>by\s+)?(?P<names>.+?)(?:[,.]?\s*\(?(?P<year>(?:19|20)\d\d)\)?)?", re.DOTALL)
_ONLY_VENUE = lazy_pattern(
    r"(?P<venue>(?:[A-Z][A-Za-z&]{0,30}[A-Z][A-Za-z&]{0,30}|arXiv|bioRxiv|(?:Nature|Science|Cell)(?: [A-Z]\w+)?)"
    r"(?: (?:Workshops?|Findings|Oral|Spotlight))?)[\s,]*['\u2019]?(?P<year>(?:19|20)\d\d)?"
    r"(?: \(?(?:oral|spotlight|best paper)\)?)?"
)
_PRESENTERS = frozenset(
    map(
        plain_name,
        ("presenter", "presenters", "presented by", "speaker", "speakers", "discussant", "\u62a5\u544a\u4eba"),
    )
)
_IN_BRACKETS = lazy_pattern(r"[(\uff08][^()\uff08\uff09]{0,80}[)\uff09]")
_FEWEST_COLUMNS = 2
_MOST_LINKS_BEFORE = 4  # links before the title
_LONGEST_TITLE = 22  # words
_LONGEST_PLAIN = 200  # characters of a cell that is a title as a whole
_LATER_VERSION = lazy_pattern(r"v([2-9]|\d{2,})\Z")


def is_rule(line: str) -> bool:
    """Return whether a line is the `|---|---|` below a table's header."""
    return "-" in line and "|" in line and _RULE.fullmatch(line) is not None


def split_row(line: str) -> list[str]:
    """Return the cells of a row; `\\|` and pipes inside of `<details>` do not separate cells."""
    text = line.strip().removeprefix("|")
    lower = text.lower()
    pattern = _CELL if lower.count("<details>") == lower.count("</details>") else _PLAIN_CELL
    cells = [found[1].replace("\\|", "|").strip() for found in pattern.finditer(text) if found.start() < len(text)]
    return cells[:-1] if len(cells) > 1 and not cells[-1] and not text.endswith("||") else cells


def is_paper_table(header: Sequence[str]) -> bool:
    """Return whether a table's header names a column of papers."""
    return any(name in TITLE_HEADERS for name in _plain(header)) and len(header) >= _FEWEST_COLUMNS


def with_title_named(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the header, with `Title` for the first column that links to papers by their titles in most rows.

    A header that names a column of papers already is unchanged.
    """
    if is_paper_table(header) or len(header) < _FEWEST_COLUMNS:
        return list(header)
    for column, _ in enumerate(header):
        linked = sum(column < len(row) and is_linked_title(row[column]) for row in rows)
        if 2 * linked > len(rows):
            return [*header[:column], "Title", *header[column + 1 :]]
    return list(header)


def rows_of(header: Sequence[str], cells: Sequence[str]) -> list[list[str]]:
    """Return a row for each paper that the title cell links to, all with the same other cells."""
    column = _title_column(_plain(header))
    parts = papers_linked_in(cells[column]) if column < len(cells) else []
    return [[*cells[:column], part, *cells[column + 1 :]] for part in parts] or [list(cells)]


def _title_column(names: Sequence[str]) -> int:
    titles = [column for column, name in enumerate(names) if name in TITLE_HEADERS]
    return next((column for column in titles if "title" in names[column]), titles[0])


def row_fields(header: Sequence[str], cells: Sequence[str]) -> dict[str, object] | None:
    """Return the fields of a row, None if its title cell is empty."""
    names = _plain(header)
    by_name = dict(zip(names, cells, strict=False))
    title_cell = by_name.pop(names[_title_column(names)], "")
    if not title_cell.strip(" *-|"):
        return None
    links = _links(by_name)
    plain = {name: _text(cell) for name, cell in by_name.items() if not known_names([name]) <= {"page", "pdf"}}
    plain |= {name: paragraphs(cell) for name, cell in by_name.items() if "abstract" in known_names([name])}
    plain |= {
        name: plain_text(_BREAKS.sub("; ", cell)) for name, cell in by_name.items() if "authors" in known_names([name])
    }
    links = [*links_in(title_cell), *links]
    fields = {**to_fields(plain), "links": links_by_kind(links)}
    title_fields = _title_and_explanation(title_cell)
    fields |= {name: text for name, text in _with_names_and_venue(title_fields, title_cell, fields).items() if text}
    add_identifiers(fields)
    return _with_day_as_listed(filled(fields), is_of_meetings=not _PRESENTERS.isdisjoint(names))


def _text(cell: str) -> str:
    """Return the text of a cell, "" if it has only relative links."""
    links = links_in(cell)
    is_elsewhere = links and not any(link.url.startswith(("http://", "https://")) for link in links)
    return "" if is_elsewhere and not plain_text(without_links(cell)).strip(" ,;|") else plain_text(cell)


def unread_cells(
    header: Sequence[str], cells: Sequence[str], fields: Mapping[str, object], *, has_day: bool
) -> dict[str, str]:
    """Return header → look of the value for the cells of a row that are not read: no field, and no link in them.

    has_day: whether a heading gives the day of the row, so that the date of a later version is not used.
    """
    if not has_day and "listed" in fields and "published" not in fields:
        fields = {**fields, "published": fields.get("listed")}
    others = {
        name: text
        for name, cell in zip(map(plain_text, header), cells, strict=False)
        if _plain_header(name) not in TITLE_HEADERS and not links_in(cell) and (text := plain_text(cell).strip("*_ "))
    }
    return unread_keys(others, fields)


def paper_without_title(header: Sequence[str], cells: Sequence[str]) -> str:
    """Return the cell with a paper's authors or a link to a paper, in a row without a title; "" for none."""
    for name, cell in zip(_plain(header), cells, strict=False):
        if links_to_paper(cell) or (
            "authors" in known_names([name]) and names_in(plain_text(cell), is_single_known=True)
        ):
            return plain_text(cell)
    return ""


def _plain(header: Sequence[str]) -> list[str]:
    names = list(map(_plain_header, header))
    if TITLE_HEADERS.isdisjoint(names) and not _NEXT_TO_NAME.isdisjoint(names):  # as Notion calls its first column
        names = ["title" if name == "name" else name for name in names]
    return names


def _plain_header(name: str) -> str:
    """Return a header in the form for comparing names; a title's without its brackets, as `Title (venue, year)`."""
    bare = plain_name(_IN_BRACKETS.sub("", plain_text(name)))
    return bare if bare in TITLE_HEADERS else plain_name(plain_text(name))


def _links(by_name: Mapping[str, str]) -> list[Link]:
    """Return the links of the other cells; a link without a label gets the name of its column."""
    links = []
    for name, cell in by_name.items():
        if "abstract" in known_names([name]):
            continue
        for link in links_in(cell):
            links.append(link if link.label and is_kind_word(link.label) else link._replace(label=link.label or name))
    return links


def _title_and_explanation(cell: str) -> dict[str, str]:
    """Return title and explanation of the title cell, or both as `run_together` if nothing separates them."""
    text = _NUMBER.sub("", _SPACES.sub("  ", _without_links_before_title(cell)), 1)
    bold = _BOLD_TITLE.match(text)
    if bold and (_SEPARATOR.match(bold["rest"]) or not bold["rest"].strip()):
        return {"title": plain_text(bold["title"]), "abstract": _explanation(bold["rest"])}
    link = next((link for link in links_in(text) if not is_kind_word(link.label)), None)
    if link and link.start <= len("**") and link.url.startswith(("http://", "https://")):
        return {"title": link.label, "abstract": _explanation(text[link.end :].lstrip("*"))}
    for separator in _PARTS:
        title, *rest = separator.split(text, maxsplit=1)
        if rest and len(title.split()) <= _LONGEST_TITLE and not title.endswith((".", ":")):
            return {"title": plain_text(title).strip("* "), "abstract": _explanation(rest[0])}
    if len(text) <= _LONGEST_PLAIN and not text.endswith("."):
        return {"title": plain_text(text).strip("* ")}
    return {"run_together": plain_text(text)}


def _without_links_before_title(cell: str) -> str:
    """Return a cell without pictures and linked badges, and without links for kinds and ids before the title."""
    text = _EMPTY_LINK.sub("", _PICTURE.sub("", cell))
    for _ in range(_MOST_LINKS_BEFORE):
        link = next(iter(links_in(text)), None)
        if link is None or is_title_label(link.label):
            break
        between = _BREAKS.sub("", text[: link.start]).strip(" [(")
        if between or not plain_text(without_links(text[link.end :])).strip(" ])|,"):
            break
        text = text[link.end :].lstrip(" ])|,")
    return _LEADING_BREAKS.sub("", text).strip() or cell.strip()


def _with_names_and_venue(title_fields: dict[str, str], cell: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return title and explanation, with names and venue of the latter as fields: `Title <br> Names <br> ICML`."""
    rest: list[str] = []
    found: dict[str, object] = {}
    has_breaks = _BREAKS.search(cell) is not None
    for number, part in enumerate(title_fields.get("abstract", "").split("\n\n")):
        bare = part.strip(" ,;*_()")
        written = _ONLY_NAMES.fullmatch(bare)
        is_single_known = number == 0 and has_breaks and _may_be_name(bare)
        names = (
            names_in(written["names"], is_single_known=is_single_known or bool(written["by"]))
            if written and "authors" not in {*fields, *found}
            else []
        )
        is_apart = has_breaks or part.startswith("(")
        venue = _ONLY_VENUE.fullmatch(bare) if is_apart and "venue" not in {*fields, *found} else None
        year = next((each["year"] for each in (written if names else None, venue) if each), None)
        if names or venue:
            found |= {"authors": names} if names else {"venue": venue["venue"].strip(" ,'\u2019") if venue else ""}
            found |= {"published": year} if year and "published" not in fields else {}
        elif not (found and (links_in(part) or all(map(is_kind_word, re.findall(r"[\w-]+", bare))))):
            rest.append(part)
    return {**title_fields, **found, "abstract": "\n\n".join(rest)} if found else title_fields


def _may_be_name(text: str) -> bool:
    return 1 < len(text.split()) < 4 and VENUE_WORD.search(text) is None  # noqa: PLR2004 - given, middle, family name


def _explanation(text: str) -> str:
    return paragraphs(_SEPARATOR.sub("", text, 1))


def _with_day_as_listed(fields: dict[str, object], *, is_of_meetings: bool) -> dict[str, object]:
    """Return the fields; the day of a meeting or of a later arXiv version is moved from `published` to `listed`."""
    if _has_day(fields) and (is_of_meetings or _is_later_version(fields)):
        fields.setdefault("listed", fields["published"])
        del fields["published"]
    return fields


def _has_day(fields: Mapping[str, object]) -> bool:
    """Return whether the date is more precise than a year."""
    return "published" in fields and len(written_date(fields["published"])) > len("2026")


def _is_later_version(fields: Mapping[str, object]) -> bool:
    numbers = (arxiv_in(str(fields.get(name, ""))) for name in ("arxiv", "id"))
    return any(number and _LATER_VERSION.search(number) for number in numbers)
