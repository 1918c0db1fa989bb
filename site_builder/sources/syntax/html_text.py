"""Convert the HTML of feed entries to plain text: tags removed, paragraphs separated by a blank line.

Only elements of HTML count as tags: `<SEG>` and `a <b, c> d` are text. The result is text, not safe HTML.
"""

import re
from html import unescape

from site_builder.lazy import lazy_pattern
from site_builder.sources.syntax.mathml import with_tex

_BLOCKS = (
    "address|article|aside|blockquote|body|center|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]"
    "|header|hr|li|main|nav|ol|pre|p|section|summary|table|tbody|td|tfoot|thead|th|tr|ul"
)
_INLINE = (
    "abbr|acronym|a|big|bdi|bdo|b|cite|code|data|del|dfn|em|font|html|img|ins|i|jats:[a-z-]+|kbd|link|mark|math"
    "|meta|mml:[a-z]+|m(?:i|n|o|row|sub|sup|subsup|frac|sqrt|text|over|under)|q|samp|small|source|span|strike"
    "|strong|sub|sup|time|tt|u|var|video|wbr"
)
_UNSEEN = lazy_pattern(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<(script|style|template|iframe|object)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = lazy_pattern(r"<br(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK = lazy_pattern(rf"</?(?:jats:)?(?:{_BLOCKS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = lazy_pattern(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>|<!doctype[^<>]*>", re.IGNORECASE)
_WITHIN = r"</?(?:b|i|em|strong|code|tt|u|span)>"
_LINK = lazy_pattern(
    rf"<(a|(?:jats:)?(?:ext-link|uri))\s([^<>]{{0,2000}}+)>((?:[^<>]|{_WITHIN}){{0,300}}+)</\1\s*+>", re.IGNORECASE
)
_ADDRESS = lazy_pattern(r"\bhref\s*+=\s*+[\"']?(https?://[^\"'\s<>]++)", re.IGNORECASE)
_NO_NAME = lazy_pattern(r"\W*(?:this|the)?\s*(?:https?|ftp)?\s*(?:url|link|here|address)?\W*", re.IGNORECASE)
_LONGEST_NO_NAME = 40
_END = lazy_pattern(r"[.,;:!?)]*\Z")
_PARTS = lazy_pattern(r"\n[ \t]*\n\s*")


def with_addresses(html: str) -> str:
    """Write out the URLs of links in HTML: `<a href="…">this link</a>` becomes the URL."""
    return _LINK.sub(_written_out, html)


def _written_out(link: re.Match[str]) -> str:
    address, text = _ADDRESS.search(link[2]), " ".join(re.sub(_WITHIN, "", link[3]).split())
    if address is None or address[1].rstrip("/").partition("://")[2] in text:
        return link[0]
    return text_of_link(text, address[1])


def says_only_that_it_is_a_link(text: str) -> bool:
    """Return whether a link's text does not describe its target: `here`, `this https URL`."""
    return len(text) <= _LONGEST_NO_NAME and _NO_NAME.fullmatch(text) is not None


def text_of_link(text: str, address: str) -> str:
    """Return a link's text with its URL in brackets, or the URL alone if the text does not describe it."""
    end = _END.search(text)
    return f"{address}{end[0] if end else ''}" if says_only_that_it_is_a_link(text) else f"{text} ({address})"


def html_text(html: str, has_addresses: bool = False) -> str:
    """Return the visible text of HTML; has_addresses: include the URLs of links."""
    if "<" not in html:
        return unescape(html).strip()
    text = re.sub(r"\s+", " ", with_tex(_UNSEEN.sub("", html)))
    text = with_addresses(text) if has_addresses else text
    text = _BLOCK.sub("\n\n", _BREAK.sub("\n", text))
    text = unescape(_TAG.sub("", text))
    paragraphs = (" ".join(part.split()) for part in _PARTS.split(text))
    return "\n\n".join(part for part in paragraphs if part)
