"""Recognise a format by the first lines of a text; what looks like another format further down is then content."""

from site_builder.lazy import lazy_pattern
from site_builder.sources.fields.paper_fields import field_name
from site_builder.sources.formats import delimited, page_dump, page_lines
from site_builder.sources.formats.page_metadata import is_boilerplate
from site_builder.sources.source import Source

_FIRST = 2_000  # characters that hold the first lines
_FRONT_MATTER = lazy_pattern(r"(?:---|\+{3})[ \t]*\n(?:(?!---|\.\.\.|\+{3}).*\n)*?(?:title|papers)[ \t]*[:=]")
_YAML = lazy_pattern(r"(?:[ \t]*(?:#.*)?\n)*(?:- +)?[\"']?(?P<key>[a-z][a-z_]{1,30})[\"']?:(?:[ \t]|\n|\Z)")


def begins_as_yaml(source: Source) -> bool:
    """Return whether the first line that is not a comment is a key of a YAML list."""
    found = _YAML.match(source.head)
    return found is not None and (found["key"] == "papers" or field_name(found["key"]) is not None)


def begins_as_page(source: Source) -> bool:
    """Return whether a text was copied from a web page of papers, judging by its lines or its first three."""
    first = [stripped for line in source.head[:_FIRST].split("\n") if (stripped := line.strip())][:3]
    has_page_lines = any(is_boilerplate(line) for line in first)
    return page_lines.recognises(source) or (has_page_lines and page_dump.recognises(source))


def begins_as_list(source: Source) -> bool:
    """Return whether a text begins as a YAML list, a table, a paper's front matter or text copied from a page."""
    is_written = begins_as_yaml(source) or _FRONT_MATTER.match(source.head) is not None
    return is_written or any(each.recognises(source) for each in (delimited, page_lines, page_dump))
