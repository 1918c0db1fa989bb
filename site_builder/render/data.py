"""JSON data files."""

import orjson

from site_builder.later import MadeLater
from site_builder.pages.page import Page
from site_builder.render.site import Site


def render(page: Page, site: Site) -> bytes:
    """Return the page's `value` as indented JSON in UTF-8."""
    value = page.data["value"]
    made = value.made if isinstance(value, MadeLater) else value
    return orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
