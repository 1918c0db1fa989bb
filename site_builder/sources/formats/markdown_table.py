"""Curated Markdown with tables of papers: weekly lists, lists by topic."""

from itertools import pairwise

from site_builder.sources.fields.bylines import split_bylines
from site_builder.sources.formats.curated_markdown import read
from site_builder.sources.formats.paper_row import is_paper_table, is_rule, split_row
from site_builder.sources.list_beginning import begins_as_page, begins_as_yaml
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source


def recognises(source: Source) -> bool:
    """Tell whether there is a Markdown table whose header names a column of papers."""
    has_table = any(
        is_rule(below) and "|" in line and is_paper_table(split_row(line))
        for line, below in pairwise(source.head.split("\n"))
    )
    return has_table and not begins_as_page(source) and not begins_as_yaml(source)


READER = Reader(
    name="Markdown table",
    about="tables of Markdown, or in HTML within it, with a column `Paper` or `Title`; headings give day, week or tag",
    example=(
        "## Papers of the Week (June 23 - June 29) - 2025\n| Paper | Links |\n|---|---|\n"
        "| 1) **A Paper** - what it is about. | [Paper](https://arxiv.org/abs/2506.01234) |"
    ),
    recognises=recognises,
    read=lambda source: split_bylines(read(source)),
    counts_lines=True,
)
