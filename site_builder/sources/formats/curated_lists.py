"""The formats of curated Markdown: tables of papers, plain references, and bullets; a file may mix them."""

import re
from itertools import pairwise

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import RawPaper
from site_builder.sources.fields.bylines import split_bylines
from site_builder.sources.formats.curated_markdown import read
from site_builder.sources.formats.paper_row import is_paper_table, is_rule, split_row
from site_builder.sources.list_beginning import begins_as_page, begins_as_yaml
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.html_page import is_list_under_mark

_MARKDOWN = lazy_pattern(r"^#{1,6} |\]\(|\*\*|^[ \t]*[-*+] |<", re.MULTILINE)
_YAML_LIST = lazy_pattern(r"^papers:\s*$", re.MULTILINE)
_OTHER_FORMAT = lazy_pattern(r"\s*(?:\{(?![%{])|\[\s*[\[{\"]|<(?:\?xml|!doctype|html|rss|feed|rdf)\b)", re.IGNORECASE)
# Marks of a line that names a paper: a link, bold type, a year, an id, authors.
_MARKS = lazy_pattern(
    r"\]\(|\]\[|https?://|\*\*|(?:19|20)\d\d|(?i:arxiv|pmid)|10\.\d{4}|\d{4}\.\d{4,5}"
    r"|[^\W\d_a-z][\w.'-]{0,20} [^\W\d_a-z][\w'-]{1,30}(?:,|;| and | & | [|\u00b7] )"
)


def _has_table(source: Source) -> bool:
    """Return whether the head has a Markdown table with a column of papers."""
    has_table = any(
        is_rule(below) and "|" in line and is_paper_table(split_row(line))
        for line, below in pairwise(source.head.split("\n"))
    )
    return has_table and not begins_as_page(source) and not begins_as_yaml(source)


def _names_papers(source: Source) -> bool:
    """Return whether reading the head finds a paper that has a title, a day or a tag."""
    is_other = _OTHER_FORMAT.match(source.head) and not is_list_under_mark(source.head)
    if _YAML_LIST.search(source.head) or is_other or not _MARKS.search(source.head):
        return False
    if begins_as_page(source) or begins_as_yaml(source):
        return False
    items = read(Source.from_text(source.head, source.path))
    return any(
        isinstance(item, RawPaper) and not item.fields.keys().isdisjoint({"title", "listed", "tags"}) for item in items
    )


def _is_plain(source: Source) -> bool:
    """Return whether fewer than half of the lines look like Markdown."""
    lines = [line for line in source.head.split("\n") if line.strip()]
    return sum(_MARKDOWN.search(line) is not None for line in lines) < len(lines) / 2


TABLE = Reader(
    name="Markdown table",
    about="tables of Markdown, or in HTML within it, with a column `Paper` or `Title`; headings give day, week or tag",
    example=(
        "## Papers of the Week (June 23 - June 29) - 2025\n| Paper | Links |\n|---|---|\n"
        "| 1) **A Paper** - what it is about. | [Paper](https://arxiv.org/abs/2506.01234) |"
    ),
    recognises=_has_table,
    read=lambda source: split_bylines(read(source)),
    counts_lines=True,
)
REFERENCES = Reader(
    name="references",
    about="references in any style (APA, MLA, IEEE, Vancouver, …), or titles each with a link, an id or authors",
    example="Last, F., & Roe, B. (2026). A paper. A Journal, 1(2), 3–4.\n\nA Title\nF. Last, B. Roe\narXiv:2605.01234",
    recognises=lambda source: _is_plain(source) and _names_papers(source),
    read=lambda source: split_bylines(read(source)),
    counts_lines=True,
)
BULLETS = Reader(
    name="Markdown bullets",
    about="Markdown bullets, headings or paragraphs with a link to each paper, a bold title and a year, or a reference",
    example="## Retrieval\n- **A Paper** (2026), F. Last et al. [[pdf]](https://arxiv.org/pdf/2605.01234)",
    recognises=_names_papers,
    read=lambda source: split_bylines(read(source)),
    counts_lines=True,
)
READERS = (TABLE, REFERENCES, BULLETS)
