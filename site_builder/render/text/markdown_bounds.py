"""Bounds of Markdown texts: detect patterns on which the parser would hang before it sees them."""

import re
from collections import Counter

from site_builder.papers.growth import HEADROOM
from site_builder.render.text.bounds import (
    MAX_MARKDOWN,
    MAX_MARKDOWN_CELLS,
    MAX_MARKDOWN_CONTENTS,
    MAX_MARKDOWN_COPIED,
    MAX_MARKDOWN_DEFINITIONS,
    MAX_MARKDOWN_FOOTNOTES,
    MAX_MARKDOWN_HEADINGS,
    MAX_MARKDOWN_INDENT,
    MAX_MARKDOWN_ITEMS,
    MAX_MARKDOWN_OPEN,
    MAX_MARKDOWN_QUOTES,
    MAX_MARKDOWN_ROWS,
    MAX_MARKDOWN_RUN,
    MAX_MARKDOWN_TAGS,
)

_RUN = re.compile(rf"(\S)\1{{{MAX_MARKDOWN_RUN}}}|\n(?:[^\S\n]*\n){{{MAX_MARKDOWN_RUN - 1}}}")
_FENCED = re.compile(r"^(`{3,}+|~{3,}+)[^\n]*\n(?:(?!\1)[^\n]*\n)*\1[ \t]*$", re.MULTILINE)
_DEEP = re.compile(
    rf"^ {{{MAX_MARKDOWN_INDENT}}}|^(?: *(?:>|[-+*] |\d{{1,9}}[.)] )){{{MAX_MARKDOWN_QUOTES + 1}}}", re.MULTILINE
)
_SEPARATOR = re.compile(r"[>\s*+\d.)-]*\|?[\s:|-]+")
_DEFINITION = re.compile(r"^[> \t*+\d.)-]*\[[^\]\n]+\]:\s*(.*(?:\n[ \t]*[\"'(].*)?)", re.MULTILINE)
# Elements that HTML parsers reopen in every paragraph until they are closed (HTML Standard §13.2.4.3).
_FORMATTING = re.compile(r"<(/?)(a|b|big|code|em|font|i|s|small|strike|strong|tt|u)\b", re.IGNORECASE)
# Each line with one of these costs the parser time proportional to the lines before it.
_COUNTED = {
    re.compile(r"^ {0,3}(?:#|[=_*-][=_* -]*$)", re.MULTILINE): MAX_MARKDOWN_HEADINGS,
    re.compile(r"^[^\n|]*\|", re.MULTILINE): MAX_MARKDOWN_ROWS,
    re.compile(r"^ *\[TOC\]", re.MULTILINE): MAX_MARKDOWN_CONTENTS,
    re.compile(r"\[\^"): MAX_MARKDOWN_FOOTNOTES,
    re.compile(r"^[> \t*+\d.)-]*\[[^\]\n]+\]:", re.MULTILINE): MAX_MARKDOWN_DEFINITIONS,
    re.compile(r"^ *(?:[-+*]|\d{1,9}[.)]) ", re.MULTILINE): MAX_MARKDOWN_ITEMS,
}


def is_bounded(text: str) -> bool:
    """Return whether the Markdown parser takes less than a second for a text, with output in proportion to it."""
    if len(text) > MAX_MARKDOWN or _RUN.search(text):
        return False
    if any(_max_open(text, opening, closing) > MAX_MARKDOWN_OPEN for opening, closing in ("[]", "()", "<>")):
        return False
    prose = _FENCED.sub("", text).expandtabs(4)
    return (
        not _DEEP.search(prose)
        and _cells(prose) <= MAX_MARKDOWN_CELLS * len(text) + HEADROOM
        and _copied(prose) <= MAX_MARKDOWN_COPIED * len(text) + HEADROOM
        and _unclosed(prose) <= MAX_MARKDOWN_TAGS
        and all(len(pattern.findall(prose)) <= limit for pattern, limit in _COUNTED.items())
    )


def _cells(text: str) -> int:
    """Return an upper bound on the cells in a text's tables: for each table its heads times the lines after it."""
    cells = heads = 0
    for line in text.split("\n"):
        if not line.strip():
            heads = 0
        elif _SEPARATOR.fullmatch(line):
            heads = max(heads, line.count("|") + 1)
        cells += heads
    return cells


def _copied(text: str) -> int:
    """Return an upper bound on the characters that the references of a text copy from its definitions."""
    return max(map(len, _DEFINITION.findall(text)), default=0) * text.count("]")


def _unclosed(text: str) -> int:
    """Return the maximum number of unclosed tags of one kind at the end of a text."""
    open_tags: Counter[str] = Counter()
    for closes, name in _FORMATTING.findall(text):
        open_tags[name.lower()] += -1 if closes else 1
    return max(open_tags.values(), default=0)


def _max_open(text: str, opening: str, closing: str) -> int:
    """Return the maximum number of unclosed opening characters anywhere in the text."""
    waiting = highest = 0
    for sign in re.findall(f"[{re.escape(opening + closing)}]", text):
        waiting = waiting + 1 if sign == opening else max(0, waiting - 1)
        highest = max(highest, waiting)
    return highest
