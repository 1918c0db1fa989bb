"""The text of a list as a source wrote it: several pages joined to one, and papers left out of it."""

import json
from collections.abc import Sequence

from lxml import etree

from site_builder.sources.formats.json_routes import list_within
from site_builder.sources.syntax.json_text import JsonError, load_json

SHORT_PAPER = ("id", "title", "upvotes", "githubStars", "submittedOnDailyAt")  # of a paper whose counts alone moved


class BadAnswerError(Exception):
    """An answer that is no list of papers: an error page, damaged or cut off."""


def chosen(text: str, kept: Sequence[bool]) -> str:
    """Return the text of a list with only those of its papers that are kept, each as it came.

    Returns the whole text where its papers cannot be separated.
    """
    if all(kept):
        return text
    if is_json(text):
        value = load_json(text)
        rows = rows_of(value)
        if len(rows) == len(kept):
            rows[:] = [row for row, is_kept in zip(rows, kept, strict=True) if is_kept]
            return to_json(value)
    lines = _json_lines(text)
    if lines and len(lines) == len(kept):
        return "".join(f"{line}\n" for line, is_kept in zip(lines, kept, strict=True) if is_kept)
    if text.lstrip().startswith("<"):
        root = parse_xml(text)
        entries = _entries(root)
        if len(entries) == len(kept):
            for entry, is_kept in zip(entries, kept, strict=True):
                if not is_kept and (parent := entry.getparent()) is not None:
                    parent.remove(entry)
            return to_xml(root)
    return text


def joined(pages: Sequence[str], kept: Sequence[Sequence[bool]]) -> str:
    """Return one text of several pages of a list, with only those of their papers that are kept."""
    texts = [chosen(page, flags) for page, flags in zip(pages, kept, strict=True)]
    if len(texts) == 1:
        return texts[0]
    if is_json(texts[0]):
        return to_json([row for text in texts for row in rows_of(load_json(text))])
    if _json_lines(texts[0]):
        return "".join(texts)
    roots = [parse_xml(text) for text in texts]
    last = _entries(roots[0])[-1]
    for entry in reversed([entry for root in roots[1:] for entry in _entries(root)]):
        last.addnext(entry)
    return to_xml(roots[0])


def can_be_split(text: str) -> bool:
    """Tell whether papers can be taken out of a text and put into another."""
    return text.lstrip().startswith("<") or is_json(text) or bool(_json_lines(text))


def _json_lines(text: str) -> list[str]:
    """Return the lines of JSON lines, none of any other text."""
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if text.lstrip().startswith("{") and not is_json(text) else []


def with_counts_only(text: str, is_short: Sequence[bool]) -> str:
    """Return a list of daily papers, of those that are to be short with nothing but their id, title and counts.

    Every other text is returned as it is, for other lists carry no counts that move every day.
    """
    value = load_json(text) if any(is_short) and is_json(text) else None
    rows = rows_of(value)
    if value is None or len(rows) != len(is_short):
        return text
    rows[:] = [_counts_only(row) if cut else row for row, cut in zip(rows, is_short, strict=True)]
    return to_json(value)


def _counts_only(row: object) -> object:
    if not isinstance(row, dict):
        return row
    paper = row.get("paper")
    if not isinstance(paper, dict) or not {"id", "title", "upvotes"} <= paper.keys():
        return row
    counts = {"numComments": row["numComments"]} if "numComments" in row else {}
    return {"paper": {name: paper[name] for name in SHORT_PAPER if name in paper}, **counts}


def rows_of(value: object) -> list[object]:
    """Return the list that a JSON value is or holds, else one of the value alone."""
    rows = list_within(value)
    return [value] if rows is None else rows


def to_json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"


def to_xml(root: etree._Element) -> str:
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _entries(root: etree._Element) -> list[etree._Element]:
    return list(root.iter("{*}entry", "{*}item"))


def is_json(text: str) -> bool:
    """Tell whether a text is one whole JSON value."""
    try:
        load_json(text)
    except JsonError:
        return False
    return True


def parse_xml(text: str) -> etree._Element:
    """Return the root of a whole XML text. Raises BadAnswerError for one that is damaged or cut off."""
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadAnswerError(f"the answer is damaged or cut off ({error})") from None
