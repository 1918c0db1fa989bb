"""Curated Markdown with bullets or headings that name papers, mixed with others that do not."""

import re

from site_builder.sources.curated_markdown import read
from site_builder.sources.list_beginning import begins_as_page, begins_as_yaml
from site_builder.sources.markdown_text import links_to_paper
from site_builder.sources.paper_bullet import BULLET, bullet_fields, is_key_value
from site_builder.sources.record import Reader
from site_builder.sources.source import Source

_HEADING = re.compile(r"#{1,6}\s+(?P<text>\S.*)")
_YAML_LIST = re.compile(r"^papers:\s*$", re.MULTILINE)
# Markdown may begin with HTML: a comment, a picture, a heading in the middle.
_OTHER_FORMAT = re.compile(
    r"\s*(?:\{|\[\{|<(?!!--|/?(?:a|b|br|center|details|div|h[1-6]|hr|img|p|picture|span|sup)\b))", re.I
)
_MARKS = ("[", "(http", "**")


def recognises(source: Source) -> bool:
    """Tell whether a bullet or a heading names a paper by a link to it, or by a title in bold and a year."""
    if _YAML_LIST.search(source.head) or _OTHER_FORMAT.match(source.head):
        return False
    return (
        any(_names_paper(line) for line in source.head.split("\n"))
        and not begins_as_page(source)
        and not begins_as_yaml(source)
    )


def _names_paper(line: str) -> bool:
    if not any(mark in line for mark in _MARKS):
        return False
    heading = _HEADING.fullmatch(line)
    if heading and not links_to_paper(line):
        return False
    found = heading or BULLET.fullmatch(line)
    return found is not None and not is_key_value(found["text"]) and "title" in (bullet_fields(found["text"]) or {})


READER = Reader(
    name="Markdown bullets",
    about="Markdown bullets or headings with a link to each paper, or a bold title and a year",
    example="## Retrieval\n- **A Paper** (2026), F. Last et al. [[pdf]](https://arxiv.org/pdf/2605.01234)",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
