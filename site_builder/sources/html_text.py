"""HTML of a feed's entry → plain text: HTML's tags dropped, paragraphs parted by a blank line.

Only HTML's own elements count as tags: `<SEG>` and `a <b, c> d` are text. The result is text, not safe HTML.
"""

import re
from html import unescape

_BLOCKS = (
    "address|article|aside|blockquote|body|center|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]"
    "|header|hr|li|main|nav|ol|pre|p|section|summary|table|tbody|td|tfoot|thead|th|tr|ul"
)
_INLINE = (
    "abbr|acronym|a|big|bdi|bdo|b|cite|code|data|del|dfn|em|font|html|img|ins|i|jats:[a-z-]+|kbd|link|mark|math"
    "|meta|mml:[a-z]+|m(?:i|n|o|row|sub|sup|subsup|frac|sqrt|text|over|under)|q|samp|small|source|span|strike"
    "|strong|sub|sup|time|tt|u|var|video|wbr"
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<(script|style|template|iframe|object)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"<br(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK = re.compile(rf"</?(?:jats:)?(?:{_BLOCKS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>|<!doctype[^<>]*>", re.IGNORECASE)
_PARTS = re.compile(r"\n[ \t]*\n\s*")


def html_text(html: str) -> str:
    """Return the text a reader of the page would see."""
    if "<" not in html:
        return unescape(html).strip()
    text = re.sub(r"\s+", " ", _UNSEEN.sub("", html))
    text = _BLOCK.sub("\n\n", _BREAK.sub("\n", text))
    text = unescape(_TAG.sub("", text))
    paragraphs = (" ".join(part.split()) for part in _PARTS.split(text))
    return "\n\n".join(part for part in paragraphs if part)
