"""Edit the text of a list as a source wrote it: join pages, and leave out papers."""

import json
from collections.abc import Sequence

from lxml import etree

from site_builder.sources.formats.json_routes import list_within
from site_builder.sources.syntax.json_text import JsonError, load_json

SHORT_PAPER = ("id", "title", "upvotes", "githubStars", "submittedOnDailyAt")  # kept if only counts changed


class BadAnswerError(Exception):
    """Raised for a response that is no list of papers: an error page, or a damaged or truncated list."""


def with_selected(text: str, kept: Sequence[bool]) -> str:
    """Return the text of a list with only the papers flagged in `kept`, each unchanged.

    Return the whole text if its papers cannot be separated.
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
    """Join the pages of a list into one text, with only the papers flagged in `kept`."""
    texts = [with_selected(page, flags) for page, flags in zip(pages, kept, strict=True)]
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
    """Return whether papers can be removed from a text and added to another."""
    return text.lstrip().startswith("<") or is_json(text) or bool(_json_lines(text))


def _json_lines(text: str) -> list[str]:
    """Return the lines of a JSON lines text, none for any other text."""
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if text.lstrip().startswith("{") and not is_json(text) else []


def with_counts_only(text: str, is_short: Sequence[bool]) -> str:
    """Reduce the papers flagged in `is_short` to their id, title and counts, in a list of daily papers.

    Return any other text unchanged, since other lists have no counts that change every day.
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
    """Return the list that a JSON value is or contains, else a list of the value alone."""
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
    """Return whether a text is one complete JSON value."""
    try:
        load_json(text)
    except JsonError:
        return False
    return True


def parse_xml(text: str) -> etree._Element:
    """Return the root of an XML text. Raises BadAnswerError if it is damaged or truncated."""
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadAnswerError(f"the answer is damaged or cut off ({error})") from None
