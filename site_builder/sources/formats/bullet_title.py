"""Find the title in a bullet of a curated list: bold text, the label of a link, or the words at the beginning."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from site_builder.lazy import lazy_pattern
from site_builder.names.line import at_commas, names_in
from site_builder.sources.fields.identifiers import ids_in, leads_to_paper
from site_builder.sources.fields.markdown_text import (
    Link,
    is_kind_word,
    links_in,
    plain_text,
    without_links,
    without_signs,
)
from site_builder.sources.fields.title_text import FEWEST_WORDS, looks_like_title
from site_builder.sources.formats.paper_body import is_title_label

BOLD = lazy_pattern(r"\*\*(?P<text>(?:[^*]|\*(?!\*)){1,400}?)\*\*")
_ITALIC_FIRST = lazy_pattern(r"(?P<sign>[*_])(?P<text>[^\s*_][^*_]{8,400}[^\s*_])(?P=sign)(?![\w*])")
YEAR = lazy_pattern(r"(?<![\d.])(19[5-9]\d|20\d\d)(?![\d.]\d|\d)")
IN_BRACKETS = lazy_pattern(r"\A\s*[(\[](?P<text>[^()\[\]]{0,80})[)\]]")
_NUMBERING = lazy_pattern(r"\A\d{1,3}[.)]\s+(?=\S)")
_BETWEEN_PAPERS = lazy_pattern(r"[\s,;/&+|()\[\]*_]*(?:(?:and|und|et|y|as well as)\b)?[\s&,*_\[(]*", re.IGNORECASE)
_BETWEEN_PAPERS_END = lazy_pattern(
    r"(?<![\s,;/&+|])[\s,;/&+|]+(?:(?:and|und|et|y|as well as)\b)?[\s&,]*\Z", re.IGNORECASE
)
_TITLE_END = lazy_pattern(
    r"\s*(?:[(\[](?=[^()\[\]]*(?:19|20)\d\d|\s?(?i:arxiv|doi)\b)"  # a year or an id in brackets
    r"|\[|\s[-\u2013\u2014|]\s|\Z"  # a link, a dash
    r"|(?<!\b\w)\.\s|,\s(?=[^,.;()\[\]]{2,40}\bet al\b)"  # the end of a sentence, not an initial; authors
    r"|,\s(?=(?i:doi:?\s?10\.\d|10\.\d{4,9}/|arxiv:|pmid:))"
    r"|,\s(?=[A-Z][A-Za-z&]{0,12}[A-Z][\w&]{0,12}\s?['\u2019]?(?:20)?\d\d\b)"
    r"|,\s(?=(?:[A-Z][A-Za-z&]{0,12}[A-Z][\w&]{0,12}|arXiv|(?:bio|med|chem)Rxiv),\s(?:19|20)\d\d\b))"
)
# Beginnings and ends of news that look like titles: `Best paper award, ICML 2023`, `Two papers accepted, CVPR 2024`.
ANNOUNCEMENT = lazy_pattern(
    r"\A(?:accepted|added?|announc\w+|news|releas\w+|updat\w+|welcome)\b"
    r"|\b(?:accepted|award|deadline|meeting|proceedings|published|released|seminar|tutorial|updated|workshop)s?\Z",
    re.IGNORECASE,
)
_VENUE_AT_END = lazy_pattern(
    r"(?<![\s,.@])[\s,.@]++"
    r"(?P<venue>[A-Z][A-Za-z&]{0,12}[A-Z][A-Za-z&]{0,12}(?:\s(?:Workshop|Findings))?\s?['\u2019]?(?:20)?\d\d)\Z"
)
_DAY_NEXT = lazy_pattern(r"\s*\d{4}-\d\d-\d\d\b")
OF_LINK = r"(?:paper|code|pdf|link|url|project|github|arxiv|doi|website|page)s?\s?:"  # a label
_LAST_LABEL = lazy_pattern(
    rf"(?<![\s*_,;.|(\[\u2013\u2014-])[\s*_,;.|(\[\u2013\u2014-]++{OF_LINK}[\s*_]*\Z", re.IGNORECASE
)
_QUOTES = ('"', "\u201c", "\u201d")
_NICKNAME = lazy_pattern(r"(?=\S*[A-Z0-9]\S*[A-Z0-9])[\w+-]{2,20}")
_CAPITALS_AFTER = lazy_pattern(r":\s(?:(?:[\w-]{1,3}\s)?[A-Z0-9][\w-]*\s){2}")


def find_title(text: str, links: Sequence[Link]) -> tuple[str, int, int]:
    """Return the title, "" for none, and its start and end in the text.

    The title is bold text, the label of a link, italic text at the beginning, or else the words up to `_TITLE_END`.
    """
    marked = (found for found in BOLD.finditer(text) if not ANNOUNCEMENT.search(found["text"].strip()))
    bold = next((found for found in marked if _is_title(plain_text(found["text"]))), None)
    if bold and links_in(text[: bold.start()]) and _reads_like_title(text[: bold.start()]):
        bold = None  # `A Title [[paper](…)] **a topic**`
    bold = None if bold and bold["text"].endswith(":") and _DAY_NEXT.match(text, bold.end()) else bold  # a label
    named = (link for link in links if is_title_label(link.label) and not link.is_picture)
    link = next((link for link in named if not _is_aside(text, link)), None)
    if bold and (link is None or bold.start() <= link.start):
        is_named = _NICKNAME.fullmatch(bold["text"]) and _CAPITALS_AFTER.match(text, bold.end())  # `**MDM**: A Model`
        goes_on = bold["text"].endswith(":") or is_named
        end = _end_of_subtitle(text, bold.end(), links) if goes_on else bold.end()
        return _NUMBERING.sub("", _unquoted(plain_text(text[bold.start() : end]).strip(" .,"))), bold.start(), end
    if link and _is_title(link.label):
        return _NUMBERING.sub("", _unquoted(link.label.strip("* ."))), link.start, link.end
    italic = _ITALIC_FIRST.match(text)
    if italic and len(italic["text"].split()) >= FEWEST_WORDS and not names_in(italic["text"]):
        return plain_text(italic["text"]).strip(" .,"), 0, italic.end()
    start = len(text) - len(IN_BRACKETS.sub("", text, 1)) if _has_year_only(text) else 0
    found = _TITLE_END.search(text, start)
    end = found.start() if found else len(text)
    end = min([end, *(link.start for link in links if link.start >= start)])
    title = (
        without_signs(plain_text(_LAST_LABEL.sub("", text[start:end])))
        .strip(' .,:;-*"\u201c\u201d\uff0c')
        .rstrip(" ([")
    )
    title = _NUMBERING.sub("", title)
    return ("" if not is_title_label(title) else title), start, end


def other_papers(links: Iterable[Link]) -> list[Link]:
    """Return the links that have another paper's title as label than the first one, as in an explanation."""
    titled = [link for link in links if _is_linked_title(link)]
    return [link for link in titled if link.label != titled[0].label]


def papers_linked_in(text: str) -> list[str]:
    """Split a text between links to different papers by their titles, if at most "and" is between them.

    Returns the whole text as one part if there is no such pair of links.
    """
    starts = [0]
    for one, other in pairwise(link for link in links_in(text) if _is_linked_title(link)):
        known = ids_in(one.url)
        is_other = one.label != other.label and one.url != other.url and (not known or known != ids_in(other.url))
        if is_other and _BETWEEN_PAPERS.fullmatch(plain_text(without_links(text[one.end : other.start]))):
            starts.append(len(text[: other.start].rstrip("*_([")))
    return [_BETWEEN_PAPERS_END.sub("", text[start:end], 1) for start, end in pairwise([*starts, len(text)])]


def is_linked_title(text: str) -> bool:
    """Return whether a text contains a link to a paper with a title as its label."""
    return any(map(_is_linked_title, links_in(text)))


def _is_linked_title(link: Link) -> bool:
    """Return whether a link leads to a paper and its label is a title, not `Extended version` or the like."""
    words = link.label.split()
    is_kind = any(is_kind_word(word) or word.casefold() == "version" for word in words)
    is_title = len(words) > 1 and _is_title(link.label) and link.label[0].isupper() and not link.is_picture
    return is_title and (len(words) > FEWEST_WORDS or not is_kind) and leads_to_paper(link.url)


def without_names_at_end(title: str, after: str, *, is_dated: bool) -> tuple[str, str]:
    """Move names at the end of a dated title into the text after it: `2026-05-27, A Title, Ada Example, Paper: …`."""
    for head, tail in at_commas(title) if is_dated else ():
        names = names_in(tail, is_single_known=True) if len(head.split()) >= FEWEST_WORDS else []
        if names and all(" " in name for name in names):
            return head, f" {tail}. {after}"
    return title, after


def without_venue_at_end(title: str, after: str) -> tuple[str, str]:
    """Move venue and year at the end of a plain title into the text after it: `On Dams KDD 2022 [a remark]`."""
    found = _VENUE_AT_END.search(title)
    head = title[: found.start()] if found else ""
    is_title = len(head.split()) >= FEWEST_WORDS and looks_like_title(head)
    return (head, f" ({found['venue']}){after}") if found and is_title else (title, after)


def _unquoted(title: str) -> str:
    """Return a title without the quotation marks that enclose all of it."""
    is_quoted = title[:1] in _QUOTES and title[-1:] in _QUOTES and not any(sign in title[1:-1] for sign in _QUOTES)
    return title[1:-1].strip(" .,") if title and is_quoted else title


def _is_aside(text: str, link: Link) -> bool:
    """Return whether a link follows a title instead of being one: `A Title [[PyTorch](…)]`, `A Title [code](…)`."""
    before = text[: link.start]
    if before.endswith(("[", "(")) and len(before.split()) > 1:
        return len(link.label.split()) < FEWEST_WORDS
    return all(map(is_kind_word, link.label.split())) and _reads_like_title(before)


def _reads_like_title(before: str) -> bool:
    """Return whether the text before bold text or a link is already a title, so that the latter is none."""
    plain = plain_text(without_links(before)).strip(" .,;[(*|\u2013\u2014-")
    return len(plain.split()) >= FEWEST_WORDS and looks_like_title(plain)


def _end_of_subtitle(text: str, start: int, links: Sequence[Link]) -> int:
    """Return the end of the subtitle after a bold title; `start` if the words there are names or too few."""
    found = _TITLE_END.search(text, start)
    end = min([found.start() if found else len(text), *(link.start for link in links if link.start >= start)])
    rest = plain_text(text[start:end])
    return end if len(rest.split()) >= FEWEST_WORDS and not names_in(rest) else start


def _is_title(text: str) -> bool:
    """Return whether a text can be a title, and not a word for a kind of link, a year, a venue or a rank."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if is_kind_word(text.strip(": ")):
        return False
    return len(words) >= FEWEST_WORDS or (bool(words) and not YEAR.search(text) and not text.startswith("["))


def _has_year_only(text: str) -> bool:
    found = IN_BRACKETS.match(text)
    return bool(found and YEAR.search(found["text"]) and not text.startswith("(", found.end()))
