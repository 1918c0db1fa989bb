"""Make text from outside safe; only this package turns it into HTML.

Every function takes untrusted text and returns `Markup`, which templates insert unchanged, or plain text.
"""

from site_builder.papers.clean import strip_controls
from site_builder.render.text.abstract import abstract_html, headline_html, plain_html, title_html
from site_builder.render.text.escaping import escaped
from site_builder.render.text.markdown import markdown_html, note_html
from site_builder.render.text.plain import excerpt, plain_text

__all__ = [
    "abstract_html",
    "escaped",
    "excerpt",
    "headline_html",
    "markdown_html",
    "note_html",
    "plain_html",
    "plain_text",
    "strip_controls",
    "title_html",
]
