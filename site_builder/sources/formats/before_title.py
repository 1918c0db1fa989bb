"""Text before the title on a paper's line: a number, a day, an id, a venue, words in code, links."""

import re
from dataclasses import dataclass

from site_builder.lazy import lazy_pattern
from site_builder.names.line import names_in
from site_builder.sources.fields.identifiers import ARXIV_ID
from site_builder.sources.fields.markdown_text import Link, is_kind_word, links_in, plain_text, without_links
from site_builder.sources.fields.written_date import MONTH_NAMES, MONTHS
from site_builder.sources.formats.paper_body import TITLE_LABEL, is_title_label

CALLED_TITLE = rf"(?:paper|{TITLE_LABEL})"
# Text allowed before the title: a number, a day, an id, a year or venue in brackets, `Title:`.
_BEFORE_TITLE = (
    lazy_pattern(
        r"\*{0,2}[\[(]?\d{1,3}[\])]\*{0,2}(?!\()[.:]?\s+|\*\*\d{1,3}\.?\*\*\.?\s+|\u3010\d{1,3}\u3011\s*"
        r"|\d{1,3}\.\s+(?=[^\W\d_])(?![^\W\d_]{3,9}\.?\s\d{4})"
    ),
    lazy_pattern(
        r"[*_`(\[]{0,3}(?P<day>(?:19|20)\d\d(?:[-/.]\d{1,2}){1,2}"
        r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
        r"|\d{1,2}(?P<sign>[./-])\d{1,2}(?P=sign)(?:19|20)\d\d|(?:19|20)\d\d\u5e74\s?\d{1,2}\u6708(?:\s?\d{1,2}\u65e5)?"
        r"|(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? (?:\d{1,2},? )?(?:19|20)\d\d)"
        r"(?!\d)[*_`)\]]{0,3}(?!\()\s?[,:|\u2013\u2014-]?\s+"
    ),
    lazy_pattern(
        rf"[*_`(\[]{{0,3}}(?P<listed>(?:{'|'.join(MONTH_NAMES)}|(?i:{'|'.join(MONTHS)})\.?) \d{{1,2}}(?:st|nd|rd|th)?)"
        r"(?!\d)[*_`)\]]{0,3}(?!\()\s?[,:|\u2013\u2014-][*_]{0,2}\s+"
    ),
    lazy_pattern(
        rf"[*_`(\[]{{0,3}}(?:arxiv[:\s]\s?)?(?P<arxiv>{ARXIV_ID})[*_`)\]]{{0,3}}(?!\()\s?[,.:|\u2013\u2014-]?\s+",
        re.IGNORECASE,
    ),
    lazy_pattern(r"(?:doi:?\s?)?(?P<doi>10\.\d{4,9}/\S{1,200}?)\s?[,.:|\u2013\u2014-]?\s+", re.IGNORECASE),
    lazy_pattern(r"(?:PMID|PubMed)\s?:?\s?(?P<pmid>\d{4,9})[,.:|\u2013\u2014-]?\s+", re.IGNORECASE),
    lazy_pattern(
        r"\*{0,2}[(\[](?P<venue>[^()\[\]]{0,80}(?:19|20|['\u2019])\d\d[^()\[\]]{0,20})[)\]]\*{0,2}(?!\()[:.]?\s+(?=\S)"
    ),
    lazy_pattern(
        r"(?P<venue2>(?:[A-Z][A-Za-z&]{0,12}[A-Z][A-Za-z&]{0,12}|(?:ar|bio|med)Xiv) (?:19|20)\d\d(?: [a-z]{4,9})?)"
        r", +(?=\S)"
    ),
    lazy_pattern(r"\*{0,2}\[(?P<label>[^\W\d_][^\[\],]{1,30})\]\*{0,2}\s+(?=(?!https?:)[*\"\u201c]{0,3}\w{2})"),
    lazy_pattern(r"(?P<year>(?:19|20)\d\d)\.\s+(?=[^\W\d_]|[\[*\"\u201c])"),
    lazy_pattern(
        rf"\*{{0,2}}_{{0,2}}(?:article|论文|{CALLED_TITLE})_{{0,2}}\*{{0,2}}\s?[:\uff1a]_{{0,2}}\*{{0,2}}\s*(?=\S)",
        re.IGNORECASE,
    ),
)
_SEPARATOR = lazy_pattern(r"\s*[,.:|\u2013\u2014-]?\s+")
_MOST_BEFORE = 4  # patterns or links in a row
_VENUE_LABEL = lazy_pattern(
    r"(?P<venue>(?=[^\W_a-z])[\w&-]{2,20}?(?: [A-Z]\w{1,20}){0,2}?)\s?['\u2019]?(?P<year>(?:19|20)\d\d)"
    r"(?: (?i:oral|poster|spotlight|highlight|workshops?))?"
)
_CODE_BEFORE_TITLE = lazy_pattern(
    r"(?P<words>(?:`\w[\w .&/+-]{0,30}`[\s,|]*){1,8})(?=\[(?:[^\[\]\s]+\s[^\[\]]+|[^\[\]\s]{8,})\]\(|\*\*)"
)
_FEWEST_WORDS = 3  # of the text after a link whose label is a venue


@dataclass(frozen=True, slots=True)
class BeforeTitle:
    """The fields found before a title; "" for each one that is missing."""

    day: str = ""
    arxiv: str = ""
    doi: str = ""
    pmid: str = ""
    listed: str = ""
    year: str = ""
    venue: str = ""
    label_venue: str = ""
    label: str = ""
    links: tuple[Link, ...] = ()


def split_before_title(text: str) -> tuple[BeforeTitle, str]:
    """Split a line into the fields before its title and the text from the title on.

    If no title would be left, return the whole text, and only the arXiv id of the fields.
    """
    rest, found, links = text, dict[str, str](), list[Link]()
    for _ in range(_MOST_BEFORE):
        matches = (pattern.match(rest) for pattern in _BEFORE_TITLE)
        match = next((each for each in matches if each), None)
        if match:
            found |= {name.rstrip("2"): value for name, value in match.groupdict().items() if value and name != "sign"}
            is_in_label = match[0].count("[") > match[0].count("]")  # `[[2605.01234] A Title](https://…)`
            rest = f"{'[' if is_in_label else ''}{rest[match.end() :]}"
            continue
        link = next((each for each in links_in(rest)[:1] if not rest[: each.start].strip("[")), None)
        link = link or _link_in_brackets(rest)
        if link is None:
            break
        of_label = _venue_of_label(link.label, rest[link.end :])
        if is_title_label(link.label) and not link.is_picture and not of_label:
            break
        found |= of_label
        links.append(link)
        rest = rest[link.end :].lstrip(" ]")
        rest = _SEPARATOR.sub("", f" {rest}", 1) if rest[:1] in ",.:|\u2013\u2014-" else rest
    if not re.search(r"[^\W\d_]{2,}", without_links(rest)) and not any(
        map(is_title_label, (each.label for each in links_in(rest)))
    ):
        return BeforeTitle(arxiv=found.get("arxiv", "")), text
    return BeforeTitle(**found, links=tuple(links)), rest


def _venue_of_label(label: str, after: str) -> dict[str, str]:
    """Return the venue and year that are the whole label of a link before a title, {} for any other link."""
    words_after = plain_text(after.lstrip("]").partition(". ")[0]).strip()
    if (
        is_kind_word(label)
        or len(words_after.split()) < _FEWEST_WORDS
        or words_after[0] in ",-\u2013\u2014"
        or names_in(words_after)
    ):
        return {}
    if after.startswith("]") and label.isalpha() and label.isupper():
        return {"label_venue": label}
    found = _VENUE_LABEL.fullmatch(label)
    return {"label_venue": found["venue"], "year": found["year"]} if found else {}


def _link_in_brackets(text: str) -> Link | None:
    """Return the link of `[[2605.01234](https://…)] A Title`."""
    link = next(iter(links_in(text)), None) if text.startswith("[[") else None
    return link if link and link.start == 1 and text[link.end : link.end + 1] == "]" else None


def without_code_before_title(text: str, tags: list[str]) -> tuple[str, list[str]]:
    """Remove words in code before a bold or linked title; return the text and the tags with these words added.

    The first of the words that names a venue becomes `(venue) ` before the title instead of a tag.
    """
    found = _CODE_BEFORE_TITLE.match(text)
    words = re.findall(r"`([^`]+)`", found["words"]) if found else []
    if found is None:
        return text, tags
    venues = [word for word in words if _VENUE_LABEL.fullmatch(word)]
    prefix = f"({venues[0]}) " if venues else ""
    return f"{prefix}{text[found.end() :]}", [*(word for word in words if word not in venues[:1]), *tags]
