"""What Markdown may hold: patterns its parser would hang on are recognised before it sees them."""

import re

from site_builder.render.text.bounds import (
    MAX_MARKDOWN,
    MAX_MARKDOWN_CONTENTS,
    MAX_MARKDOWN_HEADINGS,
    MAX_MARKDOWN_INDENT,
    MAX_MARKDOWN_ITEMS,
    MAX_MARKDOWN_OPEN,
    MAX_MARKDOWN_QUOTES,
    MAX_MARKDOWN_ROWS,
    MAX_MARKDOWN_RUN,
)

_RUN = re.compile(rf"(\S)\1{{{MAX_MARKDOWN_RUN}}}")
_FENCED = re.compile(r"^(`{3,}+|~{3,}+)[^\n]*\n(?:(?!\1)[^\n]*\n)*\1[ \t]*$", re.MULTILINE)
_DEEP = re.compile(
    rf"^ {{{MAX_MARKDOWN_INDENT}}}|^(?: *(?:>|[-+*] |\d{{1,9}}[.)] )){{{MAX_MARKDOWN_QUOTES + 1}}}", re.MULTILINE
)
# A line of these costs the parser time in proportion to the lines before it.
_COUNTED = {
    re.compile(r"^ {0,3}(?:#|[=_*-][=_* -]*$)", re.MULTILINE): MAX_MARKDOWN_HEADINGS,
    re.compile(r"^[^\n|]*\|", re.MULTILINE): MAX_MARKDOWN_ROWS,
    re.compile(r"^ *\[TOC\]", re.MULTILINE): MAX_MARKDOWN_CONTENTS,
    re.compile(r"^ *(?:[-+*]|\d{1,9}[.)]) ", re.MULTILINE): MAX_MARKDOWN_ITEMS,
}


def is_bounded(text: str) -> bool:
    """Tell whether the Markdown parser ends within a second on this text."""
    if len(text) > MAX_MARKDOWN or _RUN.search(text):
        return False
    if any(_most_open(text, opening, closing) > MAX_MARKDOWN_OPEN for opening, closing in ("[]", "()", "<>")):
        return False
    prose = _FENCED.sub("", text).expandtabs(4)
    if _DEEP.search(prose):
        return False
    return all(len(pattern.findall(prose)) <= most for pattern, most in _COUNTED.items())


def _most_open(text: str, opening: str, closing: str) -> int:
    """Return how many opening signs wait for their closing one at the worst place of the text."""
    waiting = most = 0
    for sign in re.findall(f"[{re.escape(opening + closing)}]", text):
        waiting = waiting + 1 if sign == opening else max(0, waiting - 1)
        most = max(most, waiting)
    return most
