"""One bullet of a curated list → the fields of its paper, or nothing when it names none."""

import re
from collections.abc import Sequence
from typing import Any

from site_builder.sources.markdown_text import (
    Link,
    is_kind_word,
    links_by_kind,
    links_in,
    links_to_paper,
    plain_text,
    without_links,
)
from site_builder.sources.named_fields import add_identifiers

BULLET = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,4}[.)])[ \t]+(?P<text>\S.*)")

_KEY_VALUE = re.compile(r"[a-z][a-z_]{1,30}:(?:\s|\Z)")
_CHECK_BOX = re.compile(r"\[[ xX]\]\s+")
_BOLD = re.compile(r"\*\*(?P<text>(?:[^*]|\*(?!\*)){1,400}?)\*\*")
_YEAR = re.compile(r"(?<![\d.])(19[5-9]\d|20\d\d)(?![\d.]\d|\d)")
_IN_BRACKETS = re.compile(r"\A\s*[(\[](?P<text>[^()\[\]]{0,80})[)\]]")
_TITLE_END = re.compile(
    r"\s*(?:[(\[](?=[^()\[\]]*(?:19|20)\d\d)|\[|\s[-\u2013\u2014|]\s|\Z"  # a year in brackets, a link, a dash
    r"|(?<!\b\w)\.\s|,\s(?=[^,.;()\[\]]{2,40}\bet al\b))"  # the end of a sentence, not an initial; authors
)
_VENUE = re.compile(
    r"\b(?P<venue>[A-Z][A-Za-z&]{0,30}[A-Z][A-Za-z&]{0,30})(?:\s+(?:Workshop|Findings))?\s*(?:['\u2019]\s*)?(?:20)?\d\d\b"
)
_REMARK = re.compile(r"\A\s*(?:[-\u2013\u2014:|]+)\s+(?P<text>\S.*)", re.DOTALL)
_NAME = re.compile(r"(?:[^\W\d_a-z][\w.'\u2019-]*|de|van|von|der|den|la|le|el|al|bin|di|da|dos)", re.UNICODE)
_NAMES_BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b)\s*")
_LONGEST_NAME = 5  # words
_FEWEST_WORDS = 3  # of bold text, or of a plain text, that is a title without a year behind it


def is_key_value(text: str) -> bool:
    """Tell whether a bullet is a `key: value` line of YAML or of our own Markdown."""
    return _KEY_VALUE.match(text) is not None


def bullet_fields(text: str) -> dict[str, Any] | None:
    """Return the fields of a bullet's text, None when it names no paper.

    A bullet names one when it links to a paper, or has a title in bold with a year behind it.
    """
    text = _CHECK_BOX.sub("", " ".join(text.split()), 1)
    links = links_in(text)
    title, start, end = _title(text, links)
    rest = text[end:]
    has_year = bool(title) and _IN_BRACKETS.match(rest) is not None and _YEAR.search(rest[:80]) is not None
    is_bold = text.startswith("**")
    if not links_to_paper(text) and not (has_year and is_bold):
        return None
    fields: dict[str, Any] = {"title": title, "links": links_by_kind(links)}
    fields |= _details(*(" ".join(without_links(part).split()) for part in (text[:start], rest)))
    add_identifiers(fields)
    return {name: value for name, value in fields.items() if value not in ("", [], {}, None)}


def own_links(text: str) -> dict[str, str] | None:
    """Return the links of a bullet that holds nothing but links and the words for them, else None."""
    links = links_in(text)
    rest = re.sub(r"[^\w\s-]", " ", without_links(text)).split()
    is_bare = all(is_kind_word(word) for word in rest) and all(is_kind_word(link.label) for link in links)
    return links_by_kind(links) if links and is_bare else None


def _title(text: str, links: Sequence[Link]) -> tuple[str, int, int]:
    """Return the title and where it begins and ends: a link's label, bold text, or the words up to a mark."""
    bold = next((found for found in _BOLD.finditer(text) if _is_title(plain_text(found["text"]))), None)
    link = next((link for link in links if not is_kind_word(link.label) and not link.is_picture), None)
    if bold and (link is None or bold.start() <= link.start):
        return plain_text(bold["text"]).strip(" ."), bold.start(), bold.end()
    if link and _is_title(link.label):
        return link.label.strip("* ."), link.start, link.end
    start = len(text) - len(_IN_BRACKETS.sub("", text, 1)) if _has_year_only(text) else 0
    found = _TITLE_END.search(text, start)
    end = found.start() if found else len(text)
    end = min([end, *(link.start for link in links if link.start >= start)])
    title = plain_text(text[start:end]).strip(' .,:;-*"\u201c\u201d')
    return ("" if is_kind_word(title) else title), start, end


def _is_title(text: str) -> bool:
    """Tell whether a text can be a title: not only a year, a venue or a rank."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) >= _FEWEST_WORDS or (bool(words) and not _YEAR.search(text) and not text.startswith("["))


def _has_year_only(text: str) -> bool:
    found = _IN_BRACKETS.match(text)
    return bool(found and _YEAR.search(found["text"]) and not text.startswith("(", found.end()))


def _details(before: str, after: str) -> dict[str, Any]:
    """Return year, venue, authors and explanation that stand around a title."""
    fields: dict[str, Any] = {}
    around = f"{before} {after}"
    year = _YEAR.search(around)
    venue = _VENUE.search(around)
    fields["published"] = year[0] if year else ""
    fields["venue"] = venue["venue"] if venue else ""
    remark = _REMARK.match(after)
    if remark and not _names(remark["text"]):
        return {**fields, "abstract": plain_text(remark["text"])}
    rest = _IN_BRACKETS.sub("", after.strip(), 1).strip(" ,.:;-|*\u2013\u2014")
    rest = re.sub(r"\Aby\s+", "", rest)
    for part in re.split(r"(?<!\b\w)\.\s+(?=[A-Z0-9(*])|\s[-\u2013\u2014|]\s|[(\[]", rest):
        names = _names(part)
        if names:
            return {**fields, "authors": names}
    return fields


def _names(text: str) -> list[str]:
    """Return the names of a text that holds nothing but names, `et al.` as `others`; else nothing."""
    text, *others = re.split(r",?\s*\bet\.? al\b\.?", text.strip(" .,;:*()[]"), maxsplit=1)
    if others and others[0].strip(" .,;:*()[]") and not _YEAR.search(others[0]):
        return []
    parts = [
        part.strip(" .") if part.endswith(". ") else part.strip() for part in _NAMES_BETWEEN.split(text) if part.strip()
    ]
    if not parts or not all(_is_name(part) for part in parts) or (len(parts) == 1 and not others):
        return []
    return [*(plain_text(part) for part in parts), *(["others"] if others else [])]


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _LONGEST_NAME and all(_NAME.fullmatch(word) for word in words)
