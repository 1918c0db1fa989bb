"""JSON data files."""

import orjson

from site_builder.model.page import JsonData, Page
from site_builder.render.site import Site


def render(page: Page, site: Site) -> bytes:
    """Return the page's value as JSON in UTF-8, indented unless it is to be dense."""
    data = JsonData.of(page)
    indent = 0 if data.is_dense else orjson.OPT_INDENT_2
    return orjson.dumps(data.make(), option=indent | orjson.OPT_APPEND_NEWLINE)
