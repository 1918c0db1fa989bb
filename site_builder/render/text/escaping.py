"""Escape values for outputs."""

import re

from markupsafe import Markup, escape

from site_builder.papers.clean import strip_controls

# Characters that are escaped, and all that `strip_controls` may change; most texts contain none.
_NOT_PLAIN = re.compile(
    "[&<>\"'\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\uffff\U0001fffe-\U0010ffff]"
)


def escaped(value: object) -> str:
    """Return a value escaped for HTML, text without control characters; Markup is returned unchanged."""
    if type(value) is str:
        return escape(strip_controls(value)) if _NOT_PLAIN.search(value) else value
    return value if type(value) is Markup else escape(value)
