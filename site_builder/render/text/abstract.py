"""Titles and abstracts as safe HTML."""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from site_builder.papers.clean import strip_controls
from site_builder.papers.formulas import Formula, split_formulas
from site_builder.render.text.bounds import MAX_FORMULAS
from site_builder.render.text.links import link_addresses
from site_builder.render.text.maths import formula_html, formula_text
from site_builder.render.text.plain import plain_wording

_HYPHENATED = re.compile(r"(?<!\S)[^\s\-\u2010]+[-\u2010]\S+")
_BLANK_LINE = re.compile(r"\n\s*\n")


def title_html(text: str) -> Markup:
    """Return a title for a heading or a link: formulas as MathML, no links."""
    return _inline(strip_controls(text), escape, _formula_in_line)


def headline_html(text: str) -> Markup:
    """Return a title as a headline that does not break hyphenated words."""
    return _inline(strip_controls(text), _unbroken, _formula_in_line)


def abstract_html(text: str) -> Markup:
    """Return an abstract as paragraphs for a page: formulas as MathML, addresses as links."""
    return _paragraphs(text, formula_html)


def plain_html(text: str) -> Markup:
    """Return an abstract as paragraphs for feeds and mails: formulas as Unicode text, addresses as links."""
    return _paragraphs(text, lambda formula: escape(formula_text(formula)))


def _formula_in_line(formula: Formula) -> Markup:
    return formula_html(formula._replace(is_display=False))


def _unbroken(text: str) -> Markup:
    """Return text that browsers do not break after hyphens, unless a word alone is wider than the line."""
    whole = _HYPHENATED.sub(lambda found: f'<span class="whole">{found[0]}</span>', str(escape(text)))
    return Markup(whole)  # noqa: S704 - escaped before


def _paragraphs(text: str, write_formula: Callable[[Formula], Markup]) -> Markup:
    parts = (part.strip() for part in _BLANK_LINE.split(strip_controls(text)))
    html = [f"<p>{_inline(part, link_addresses, write_formula)}</p>" for part in parts if part]
    return Markup("\n".join(html))  # noqa: S704 - each part is escaped


def _inline(text: str, write_text: Callable[[str], Markup], write_formula: Callable[[Formula], Markup]) -> Markup:
    if "$" not in text and "\\" not in text:
        return write_text(text)
    html: list[Markup] = []
    formulas = 0
    for piece in split_formulas(text):
        if isinstance(piece, Formula):
            formulas += 1
            html.append(write_formula(piece) if formulas <= MAX_FORMULAS else escape(piece.source))
        else:
            html.append(write_text(plain_wording(piece)))
    return Markup("").join(html)
