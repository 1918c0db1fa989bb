"""JSON data files."""

import orjson

from site_builder.later import MadeLater
from site_builder.pages.page import Page
from site_builder.render.site import Site


def render(page: Page, site: Site) -> bytes:
    """Return the page's `value` as JSON in UTF-8, indented unless it `is_dense`."""
    value = page.data["value"]
    made = value.made if isinstance(value, MadeLater) else value
    indent = 0 if page.data.get("is_dense") else orjson.OPT_INDENT_2
    return orjson.dumps(made, option=indent | orjson.OPT_APPEND_NEWLINE)
