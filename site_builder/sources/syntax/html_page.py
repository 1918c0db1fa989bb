"""Parse web pages as saved by a browser into elements and texts; nothing is fetched and no script runs."""

import re

from lxml import etree

from site_builder.lazy import lazy_pattern
from site_builder.problems import Problem
from site_builder.sources.source import Source
from site_builder.sources.syntax.xml_text import CONTROLS, has_too_many_attributes, text_without

MAX_PAGE = 32 * 1024 * 1024  # characters

_PAGE = lazy_pattern(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*(?:<!doctype html|<html[\s>]|<head[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_LONE_MARK = lazy_pattern(r"\s*<(?:!doctype html|\?xml)[^<>]{0,200}>[ \t]*\n", re.IGNORECASE)
_LINKED_BULLET = lazy_pattern(r"^[ \t]{0,8}(?:[-*+]|\d{1,3}\.) .{0,300}?\]\(https?://", re.MULTILINE)
_ROOT = lazy_pattern(r"<(?:html|head|body|rss|feed|rdf|channel)\b", re.IGNORECASE)
_UNSEEN = frozenset({"style", "template", "noscript", "iframe", "mjx-math", "svg"})
_TEX = "math/tex"


def is_page(source: Source) -> bool:
    """Return whether a text begins like a complete web page."""
    return _PAGE.match(source.head) is not None and not is_list_under_mark(source.head)


def is_list_under_mark(head: str) -> bool:
    """Return whether a text is a Markdown list below a lone `<!DOCTYPE html>`, which some tools put above any text."""
    return _LONE_MARK.match(head) is not None and _LINKED_BULLET.search(head) is not None and not _ROOT.search(head)


def page_root(text: str) -> etree._Element | None:
    """Parse a page, repairing errors like a browser; return its root, or None if it is too large or empty."""
    if len(text) > MAX_PAGE or has_too_many_attributes(text):
        return None
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        return etree.fromstring(CONTROLS.sub(" ", text).encode(), parser)
    except etree.XMLSyntaxError:
        return None


def damaged_page(path: str) -> Problem:
    """Return the problem for a page that `page_root` cannot parse."""
    return Problem(path, 1, "the page is too large or damaged", "save it again", records=1)


def has_class(element: etree._Element, name: str) -> bool:
    return name in str(element.get("class", "")).split()


def seen_text(element: etree._Element, without: str = "") -> str:
    """Return the visible text of an element, with MathJax formulas as their TeX source.

    without: class of inner elements to leave out.
    """

    def replacement(part: etree._Element) -> str | None:
        if not _is_unseen(part, without):
            return None
        return f"${part.text or ''}$" if str(part.get("type", "")).startswith(_TEX) else ""

    return text_without(element, replacement)


def _is_unseen(element: etree._Element, without: str) -> bool:
    classes = str(element.get("class", "")).split()
    is_formula = any(name.startswith("MathJax") for name in classes)
    return element.tag == "script" or element.tag in _UNSEEN or is_formula or without in classes
