"""Convert links and headings of Org, reStructuredText, AsciiDoc and Obsidian, and lines of chats, to Markdown."""

import re

from site_builder.lazy import lazy_pattern

_WIKI = lazy_pattern(
    r"(?<![!\[])\[\[(?![^\[\]\n|]*://)(?P<page>[^\[\]|\n]{1,300})(?:\|(?P<label>[^\[\]\n]{1,300}))?\]\](?![(\[])"
)
_ORG = lazy_pattern(r"\[\[(?P<url>https?://[^\[\]\s]{1,2000})\](?:\[(?P<label>[^\[\]\n]{1,300})\])?\]")
_RST = lazy_pattern(r"`(?P<label>[^`<>\n]{1,300}?)\s+<(?P<url>https?://[^<>\s`]{1,2000})>`__?")
_ASCIIDOC = lazy_pattern(
    r"(?<![\w(\[<\"'=])(?:link:)?(?P<url>https?://[^\s\[\]()<>]{1,2000})\[(?P<label>[^\[\]\n]{2,300}?)\^?\](?!\()"
)
_ORG_HEADING = lazy_pattern(
    r"^(?P<stars>\*{1,6}) (?:(?:TODO|DONE|NEXT|READ)\s)?(?P<text>.*?)(?:[ \t]+:[\w:]+:)?$", re.MULTILINE
)
_OF_ORG = lazy_pattern(r"^(?:#\+\w+:|[ \t]*:PROPERTIES:|\*{2,6} \w)", re.MULTILINE)
_ORG_FIELD = lazy_pattern(r"^[ \t]*:(?P<name>[A-Za-z_]{2,20}):[ \t]+(?=\S)", re.MULTILINE)
_ORG_REST = lazy_pattern(
    r"^(?P<rest>[ \t]*:(?:PROPERTIES|END):[ \t]*|#\+\w+:.*|[ \t]*(?:SCHEDULED|CLOSED|DEADLINE):.*)$", re.MULTILINE
)
_ASCIIDOC_HEADING = lazy_pattern(r"^={1,6}(?= \S)", re.MULTILINE)
_ASCIIDOC_NUMBER = lazy_pattern(r"^\.{1,3}(?= \S)", re.MULTILINE)
_TABBED = lazy_pattern(r"^\w[^\t\n]*(?:\t+[^\t\n]+){2,}$", re.MULTILINE)  # a row of a spreadsheet without its header
# Sender and time before or above a message: WhatsApp, Telegram, Slack, Discord.
_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_CHAT = lazy_pattern(
    rf"^(?:\u200e?\[{_DAY},?\s{_TIME}\]|{_DAY},?\s{_TIME}\s-)\s(?:[^:\n]{{1,40}}:\s|(?=https?:))", re.MULTILINE
)
_CHAT_HEAD = lazy_pattern(
    rf"^(?P<head>[^\s:\[\]|][^:\n\[\]|]{{0,40}}?(?:,\s\[[^\[\]\n]{{6,30}}\]:?|\s{{1,3}}(?:[\u2014\u2013-]\s)?(?:\[?{_TIME}\]?"
    rf"|(?:(?:Today|Yesterday)(?:\sat)?|{_DAY}),?\s{_TIME})))[ \t]*$",
    re.MULTILINE,
)


def as_markdown(text: str) -> str:
    """Convert other markup in a text to Markdown; no line is added, and none becomes blank."""
    if "[[" in text:
        text = _WIKI.sub(lambda found: found["label"] or found["page"], _ORG.sub(_link, text))
    if "`_" in text:
        text = _RST.sub(_link, text)
    if "://" in text:
        text = _ASCIIDOC.sub(_link, text)
    if _OF_ORG.search(text):
        text = _ORG_FIELD.sub(lambda found: f"{found['name'].title()}: ", _ORG_REST.sub(r"<!-- \g<rest> -->", text))
        text = _ORG_HEADING.sub(lambda found: f"{'#' * len(found['stars'])} {found['text']}", text)
    elif text.startswith("= ") or "\n== " in text:
        text = _ASCIIDOC_HEADING.sub(lambda found: "#" * len(found[0]), _ASCIIDOC_NUMBER.sub("1.", text))
    text = _TABBED.sub(lambda found: re.sub(r"[ ]*\t+[ ]*", " | ", found[0]), text) if "\t" in text else text
    return _CHAT_HEAD.sub(r"<!-- \g<head> -->", _CHAT.sub("- ", text))


def _link(found: re.Match[str]) -> str:
    return f"[{found['label'] or found['url']}]({found['url']})"


def days_of_messages(text: str) -> list[str]:
    """Return the days in the message headers of a chat, which `as_markdown` removes."""
    headers = (found[0] for pattern in (_CHAT, _CHAT_HEAD) for found in pattern.finditer(text))
    return [day[0] for header in headers if (day := re.search(rf"{_DAY}|\d{{1,2}} [A-Z][a-z]{{2,8}} \d{{4}}", header))]
