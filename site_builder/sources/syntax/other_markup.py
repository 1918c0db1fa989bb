"""Convert links and headings of Org, reStructuredText, AsciiDoc and Obsidian, and lines of chats, to Markdown."""

import re
from collections.abc import Iterator

from site_builder.lazy import lazy_pattern

_WIKI = lazy_pattern(
    r"(?<![!\[])\[\[(?![^\[\]\n|]*://)(?P<page>[^\[\]|\n]{1,300})(?:\|(?P<label>[^\[\]\n]{1,300}))?\]\](?![(\[])"
)
_ORG = lazy_pattern(r"\[\[(?P<url>https?://[^\[\]\s]{1,2000})\](?:\[(?P<label>[^\[\]\n]{1,300})\])?\]")
_RST = lazy_pattern(r"`(?P<label>[^`<>\n]{1,300}?)\s+<(?P<url>https?://[^<>\s`]{1,2000})>`__?")
_RST_NAMED = lazy_pattern(r"`(?P<name>[^`<>\n]{1,300})`_(?!_)")
_RST_TARGET = lazy_pattern(
    r"^\.\. _(?P<sign>`?)(?P<name>[^`\n]{1,300}?)(?P=sign): (?P<url>https?://[^<>\s`]{1,2000})[ \t]*$", re.MULTILINE
)
_ASCIIDOC = lazy_pattern(
    r"(?<![\w(\[<\"'=])(?:link:)?(?P<url>https?://[^\s\[\]()<>]{1,2000})\[(?P<label>[^\[\]\n]{2,300}?)\^?\](?!\()"
)
_STATE = r"(?:TODO|DONE|LATER|NOW|DOING|STARTED|WAITING|IN-PROGRESS|CANCELL?ED)\s"  # of a task, in Org and Logseq
_ORG_HEADING = lazy_pattern(
    rf"^(?P<stars>\*{{1,6}}) (?:(?:{_STATE}|NEXT\s|READ(?:ING)?\s))?(?:\[#\w\]\s)?(?P<text>.*?)"
    r"(?:\s\[\d*(?:%|/\d*)\])?(?:[ \t]+:[\w@:]+:)?$",
    re.MULTILINE,
)
_OF_ORG = lazy_pattern(r"^(?:#\+\w+:|[ \t]*:PROPERTIES:|\*{2,6} \w)", re.MULTILINE)
_ORG_FIELD = lazy_pattern(r"^[ \t]*:(?P<name>[A-Za-z_]{2,20}):[ \t]+(?=\S)", re.MULTILINE)
# What Org keeps for itself next to a heading: drawers, dates of tasks, what became of them, properties of its programs.
_ORG_REST = lazy_pattern(
    r"^(?P<rest>#\+\w+:.*|[ \t]*(?::[A-Z]+:[ \t]*|(?:SCHEDULED|CLOSED|DEADLINE|CLOCK):.*"
    r"|- (?:State \"|Note taken on \[|Rescheduled from \"|New deadline from \"|Refiled on \[).*"
    r"|:(?i:(?:custom_)?id|created|added|effort|category|archive\w*|last_repeat|export_\w+|noter_\w+|interleave_\w+"
    r"|btype|roam_(?!refs|key)\w+):.*))$",
    re.MULTILINE,
)
_ORG_DAY = lazy_pattern(r"<(?P<day>\d{4}-\d\d-\d\d) [^\W\d]{1,4}\.?(?: \d{1,2}:\d\d(?:-\d{1,2}:\d\d)?)?>")
_ORG_LINKS = lazy_pattern(r"^[ \t]*:ROAM_(?:REFS|KEY):[ \t]+", re.MULTILINE | re.IGNORECASE)
_TASK = lazy_pattern(rf"^(?P<sign>[ \t]*[-*+][ \t]+){_STATE}(?:\[#\w\]\s)?(?=\S)", re.MULTILINE)
# What Logseq notes of a block, and Obsidian of a task: when it is due, when it was done.
_LOGSEQ_REST = lazy_pattern(
    r"^(?P<rest>[ \t]*(?:collapsed|id|heading|icon|public|created-at|updated-at|background-color|template[\w-]*"
    r"|(?:query|card|hl|ls)-[\w-]+|logseq\.[\w.-]+)::.*)$",
    re.MULTILINE,
)
_CHECKED = lazy_pattern(r"^[ \t]*[-*+][ \t]+\[.\][ \t].*$", re.MULTILINE)
_DATE_OF_TASK = lazy_pattern(
    r"[ \t]*(?:[\U0001f4c5\u2705\u2795\u23f3\U0001f6eb\u274c]\ufe0f?[ \t]?\d{4}-\d\d-\d\d|\^[\w-]{4,40}$)"
)
_ASCIIDOC_HEADING = lazy_pattern(r"^={1,6}(?= \S)", re.MULTILINE)
_ASCIIDOC_NUMBER = lazy_pattern(r"^\.{1,3}(?= \S)", re.MULTILINE)
_TABBED = lazy_pattern(r"^\w[^\t\n]*(?:\t+[^\t\n]+){2,}$", re.MULTILINE)  # a row of a spreadsheet without its header
# Sender and time before or above a message: WhatsApp, Telegram, Slack, Discord.
_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_CHAT = lazy_pattern(
    rf"^(?:\u200e?\[(?:{_DAY},?\s)?{_TIME}\]|{_DAY},?\s{_TIME}\s-)\s(?:[^:\n]{{1,40}}:\s|(?=https?:))", re.MULTILINE
)
_LONG_WORD, _FEWEST_WORDS = 4, 3
_STAMP = lazy_pattern(rf"\u200e?\[?{_DAY},?\s{_TIME}(?:\]|\s-)\s")  # also of what the program says itself
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
        text = _with_targets(_RST.sub(_link, text))
    if "://" in text:
        text = _ASCIIDOC.sub(_link, text)
    if "::" in text:
        text = _LOGSEQ_REST.sub(r"<!-- \g<rest> -->", text)
    text = _CHECKED.sub(lambda found: _DATE_OF_TASK.sub("", found[0]), _TASK.sub(r"\g<sign>", text))
    text = _ORG_DAY.sub(r"\g<day>", text)
    is_org = _OF_ORG.search(text)
    if is_org or ":LOGBOOK:" in text:
        text = _ORG_REST.sub(r"<!-- \g<rest> -->", _ORG_LINKS.sub("Links: ", text))
    if is_org:
        text = _ORG_FIELD.sub(lambda found: f"{found['name'].title()}: ", text)
        text = _ORG_HEADING.sub(lambda found: f"{'#' * len(found['stars'])} {found['text']}", text)
    elif text.startswith("= ") or "\n== " in text:
        text = _ASCIIDOC_HEADING.sub(lambda found: "#" * len(found[0]), _ASCIIDOC_NUMBER.sub("1.", text))
    text = _TABBED.sub(lambda found: re.sub(r"[ ]*\t+[ ]*", " | ", found[0]), text) if "\t" in text else text
    text = "\n".join(_bullets(text)) if _CHAT.search(text) else text
    return _CHAT_HEAD.sub(r"<!-- \g<head> -->", text)


def _bullets(text: str) -> Iterator[str]:
    """Yield the lines of a text, each message of a chat as a bullet, with the lines below a title in it."""
    is_within = False
    for line in text.split("\n"):
        said = _CHAT.sub("- ", line)
        if said != line or _STAMP.match(line) or line.startswith("#"):
            is_within = said != line and _is_in_capitals(said.removeprefix("- "))
            yield said
        else:
            yield f"  {line}" if is_within and line.strip() else line


def _is_in_capitals(text: str) -> bool:
    """Return whether a text is some words of which most begin with a capital, as in titles and seldom in messages."""
    words = [word for word in text.split() if len(word) >= _LONG_WORD]
    are_few = len(words) < _FEWEST_WORDS or "://" in text
    return not are_few and 2 * sum(word[0].isupper() for word in words) > len(words)


def _with_targets(text: str) -> str:
    """Return a text of reStructuredText with `A Title`_ as a link where `.. _A Title: https://…` stands somewhere."""
    targets = {" ".join(found["name"].casefold().split()): found["url"] for found in _RST_TARGET.finditer(text)}
    taken: set[str] = set()

    def link(found: re.Match[str]) -> str:
        name = " ".join(found["name"].casefold().split())
        if name not in targets or name in taken:
            return found[0]
        taken.add(name)
        return f"[{found['name']}]({targets[name]})"

    text = _RST_NAMED.sub(link, text) if targets else text
    urls = {targets[name] for name in taken}
    return _RST_TARGET.sub(lambda found: f"<!-- {found[0]} -->" if found["url"] in urls else found[0], text)


def _link(found: re.Match[str]) -> str:
    return f"[{found['label'] or found['url']}]({found['url']})"


def days_of_messages(text: str) -> list[str]:
    """Return the days in the message headers of a chat, which `as_markdown` removes."""
    headers = (found[0] for pattern in (_CHAT, _CHAT_HEAD) for found in pattern.finditer(text))
    return [day[0] for header in headers if (day := re.search(rf"{_DAY}|\d{{1,2}} [A-Z][a-z]{{2,8}} \d{{4}}", header))]
