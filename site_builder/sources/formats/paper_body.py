"""Read the lines below a title into fields: labels (`**Authors:** …`), names, links, dates, and the abstract."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, cast

from site_builder.lazy import lazy_pattern
from site_builder.names.line import are_several_names, names_in, without_affiliations
from site_builder.names.words import INSTITUTION
from site_builder.sources.fields.cited_venue import VENUE_WORD
from site_builder.sources.fields.field_names import plain_name
from site_builder.sources.fields.heading_translations import TRANSLATIONS
from site_builder.sources.fields.identifiers import CATEGORY, arxiv_in, doi_in, link_kind
from site_builder.sources.fields.markdown_text import (
    is_kind_word,
    links_by_kind,
    links_in,
    links_to_paper,
    plain_text,
    prose,
    without_links,
    without_signs,
)
from site_builder.sources.fields.written_date import written_date

_LABEL = lazy_pattern(
    r"(?:[-*+\u2022][ \t]+)?(?:\*\*|__|[*_])?(?P<label>[^\W\d_](?:[^\W\d]|[ ;/'\u2019-]){0,30})"
    r"(?:\s?[(\uff08][^()\uff08\uff09]{1,20}[)\uff09])?"
    r"(?:\*\*|__|[*_])?\s?(?:::|[:\uff1a])(?:\*\*|__|[*_])?(?:\s+|(?=[^\s/])|\Z)(?P<value>.*)",
    re.DOTALL,
)
TITLE_LABEL = rf"(?:paper |article )?(?:{'|'.join(('title', 'titulo', *TRANSLATIONS['title']))})"
_ABSTRACT = lazy_pattern(r"(?:\*\*|__|[*_])?(?:Abstract|ABSTRACT|Summary)(?:\*\*|__|[*_])?")  # on a line of its own
# Label → field; `links` for labels of which only the URLs are read.
_FIELD_OF_LABEL = {
    label: field
    for field, labels in {
        "authors": "authors; author; author(s); by; 作者",
        "abstract": "abstract; summary; description; 摘要",
        "ai_summary": "tl;dr; tldr; tl dr; ai summary; one-line summary",
        "categories": "categories; category; main category; primary category; subjects; subject",
        "published": "published; date; publication date; published on; submitted; year",
        "venue": "venue; journal; conference; published in",
        "organization": "organization; organisation; affiliation; institution; institute",
        "comment": "comments; comment",
        "keywords": "keywords; keyword",
        "tags": "tags; tag; topics",
        # fields of the editor's, see the page on the desk
        "hold": "hold",
        "hide": "hide",
        "lead": "lead",
        "section": "section",
        "image": "image",
        "note": "note; editor note; editor_note",
        "editor_summary": "editor summary; editor_summary",
        "formerly": "formerly",
        "links": "links; link; url; pdf; paper; arxiv; abs; doi; code; github; project; html; arxiv id; arxiv link; "
        "pdf link; paper link; code link; paper url; project page; homepage; website; "
        "主页; 项目主页; 论文; 論文; 原文; 论文链接; 论文地址; 论文下载链接; 代码地址",
    }.items()
    for label in labels.split("; ")
}
_LINKS = frozenset({"page", "pdf", "code"})
_LABELS_IN_TABLES = (*"authors abstract published date venue organization keywords tags comment".split(), *_LINKS)
# The same labels in other languages, as for the columns of tables.
_FIELD_OF_TRANSLATION = {
    plain_name(name): "links" if field in _LINKS else "published" if field == "date" else field
    for field in _LABELS_IN_TABLES
    for name in TRANSLATIONS[field]
}
# A bullet with an unknown label (`- **Score**: 8/10`), or a line with an unknown label and a date, a number or an id.
_OTHER_LABEL = lazy_pattern(
    r"[-*+\u2022][ \t]+(?:\*\*|__)?([A-Z][A-Za-z ]{1,25})(?:\*\*|__)?\s?:(?:\*\*|__)?\s+\S+(?:\s\S+){0,3}"
)
_LABEL_OF_NUMBER = lazy_pattern(
    r"(?:\*\*|__)?([A-Z][A-Za-z ]{1,25})(?:\*\*|__)?\s?:(?:\*\*|__)?\s+(?:\d[\d.,:/-]{0,30}|10\.\d{4,9}/\S{1,200})"
)
_LABEL_OF_MOMENT = lazy_pattern(  # as Notion writes above a page: `Created: May 27, 2026 9:14 AM`
    r"([A-Z][A-Za-z ]{1,25}): +(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{1,2}\.? [A-Z][a-z]{2,8} \d{4})"
    r"(?:,? \d{1,2}:\d\d(?: ?[AP]M)?)?"
)
_LABEL_OF_SCHEDULE = lazy_pattern(
    r"(?:\*\*|__)?((?:Presenter|Speaker|Discussant|Moderator|Discussion [Ll]ead|Room|Location|Time)s?)(?:\*\*|__)?\s?:"
    r"(?:\*\*|__)?\s+\S.{0,100}"
)
_LABEL_OF_WORDS = lazy_pattern(r"([A-Z][A-Za-z ]{1,25}):\s+[^\s.]+(?:\s[^\s.]+){0,3}")
_TAGS = lazy_pattern(r"</?(?:details|summary|p|div|br)\b[^<>]{0,200}>", re.IGNORECASE)
_BREAK = lazy_pattern(r"<br\s*/?>", re.IGNORECASE)
_SUMMARY = lazy_pattern(r"<summary>.{0,200}?</summary>", re.IGNORECASE)
_COMMENT = lazy_pattern(r"<!--.*-->|\[![a-z]{3,20}\][+-]?", re.IGNORECASE)  # also `[!abstract]` of a callout
_QUOTED = lazy_pattern(r"\A(?:>\s?)+")
_RULE = lazy_pattern(r"[-*_=\s]{3,}")
_BULLET = lazy_pattern(r"[-*+\u2022][ \t]+")
_NAMES_END = lazy_pattern(r"(?<!\b\w)\.\s+(?=[^\W\d_a-z])")
_PARTS = lazy_pattern(r"\s[\u00b7|\u2022]\s|;\s(?=Proceedings of )")
_CATEGORY = lazy_pattern(CATEGORY)
_ISO_DAY = lazy_pattern(r"\d{4}-\d\d(?:-\d\d)?")
_DAY = lazy_pattern(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_VENUE = lazy_pattern(
    r"(?P<venue>[A-Z][\w&/ -]{1,60}),?\s(?P<year>(?:19|20)\d\d)(?:,? \(?(?:Oral|Spotlight|Poster|Highlight)\)?)?"
)
# The line below title and authors on pages of bioRxiv, as it is copied from there.
_PREPRINT_LINE = lazy_pattern(
    r"(?P<venue>(?:bio|med|chem)Rxiv)\s(?:preprint\s)?(?:(?P<day>\d{4}\.\d\d\.\d\d)\.\d{6,8}|\d{6,8}|doi:?)[;:.,]?\s?"
    r"(?:doi:?\s?)?(?:https?://\S{1,200}|10\.\d{4,9}/\S{1,200})?\s?(?:Posted .{1,40})?",
    re.IGNORECASE,
)
_NOT_REVIEWED = lazy_pattern(
    r"This article is a preprint and has not been (?:certified by peer review|peer-reviewed)\b.{0,250}"
)
_BY = lazy_pattern(r"(?:[Ww]ritten )?[Bb]y (?=[^\W\d_a-z])")
_BEFORE_DATE = lazy_pattern(r"\A(?:first )?(?:submitted|published|posted|released|announced)(?: on)?:? ", re.IGNORECASE)
_SHORT_VENUE = lazy_pattern(
    rf"(?:[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*|{VENUE_WORD.pattern})(?: [\w&-]+){{0,2}},? \d{{4}}\b"
)
_EXTENT = lazy_pattern(r"\d{1,4} (?:pages?|pp|figures?|tables?)\b.{0,60}|Now published in .{3,200}", re.IGNORECASE)
_PROCEEDINGS = lazy_pattern(r"(?:Proceedings|Findings) of .{5,200}")
_LAST_CHANGE = lazy_pattern(r",? \(?(?:Last )?(?:Modified|Updated|Revised)\b.*", re.IGNORECASE)
_STARS = lazy_pattern(r"(?:[\u2b50\u2605\u2606\U0001f31f]\ufe0f?|stars?:?)\s?(\d{1,6})|(\d{1,6}) stars?", re.IGNORECASE)
_BARE_ADDRESS = lazy_pattern(r"(?:[\w-]{1,40}\.){1,4}[a-z]{2,10}/\S{1,300}")
_ADDRESS_LIKE = lazy_pattern(r"\w[./]\w")
_LONGEST_LABEL = 60  # characters, with the markup and blanks before it
_OTHER_SCRIPT = lazy_pattern(r"[\u0400-\u04ff\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BULLETS = ("- ", "* ", "+ ")
_LINES_BELOW_HEADING = 6  # lines below a heading that show whether it is the title of a paper
_LONGEST_METADATA = 3_000  # characters of a line that is searched for metadata


def label_of(text: str) -> tuple[str, str] | None:
    """Return the field named by the label of a line, and the text after the label; None for no known label."""
    if _ABSTRACT.fullmatch(text.strip()):
        return "abstract", ""
    found = _LABEL.match(text.strip())
    label = found["label"].strip() if found else ""
    name = _FIELD_OF_LABEL.get(label.casefold()) or _FIELD_OF_TRANSLATION.get(plain_name(label))
    return (name, found["value"].strip()) if found and name else None


def _labels_of(line: str) -> list[tuple[str, str]]:
    """Return (field, text) of the label of a line, or of several labels separated by `·`, `|` or `•`; [] for none."""
    parts = [label_of(part) for part in _PARTS.split(line)] if len(line) < _LONGEST_METADATA else []
    if len(parts) > 1 and all(parts):
        return [part for part in parts if part]
    label = label_of(line)
    return [label] if label else []


def body_fields(lines: Iterable[tuple[int, str]], *, takes_lone: bool = False) -> dict[str, object]:
    """Return the fields of numbered lines; a gap in the numbers begins a paragraph. The rest is the abstract.

    takes_lone: whether a single name on a line before any text becomes the author (and the field `lone_author`), and
    a bullet with an unknown label becomes one of `unread_labels` instead of text.
    """
    fields: dict[str, Any] = {}
    links: dict[str, str] = {}
    text = _Paragraphs()
    labelled = 0  # the last line with a label
    for number, line in _with_breaks(lines):
        plain = _SUMMARY.sub("", line).strip()
        plain = without_signs(_QUOTED.sub("", _TAGS.sub("", plain).strip()))
        if not plain or _RULE.fullmatch(plain) or _COMMENT.fullmatch(plain):
            text.end()
            continue
        if labels := _labels_of(plain):
            labelled = number
            text.end()
            for label in labels:
                _add_labelled(*label, fields, links, text, number)
        elif (other := other_label(line, is_among_labels=0 < labelled == number - 1)) and (
            takes_lone or line.lstrip()[:1].isalpha()
        ):
            labelled = number
            text.end()
            fields.setdefault("unread_labels", {})[other] = "text"
        elif _add_preprint(plain, fields, links):
            text.end()
        elif not text.continues(number) and _add_metadata(plain, fields, links, is_broken=_is_broken(line)):
            continue
        elif not (takes_lone and text.has_not_begun() and _add_lone_name(plain, fields)):
            text.add(number, plain, is_broken=_is_broken(line))
            # `… [paper](…) and [code](…).`: keep the URLs of links within text
            links = {**links_by_kind(link for link in links_in(plain) if is_kind_word(link.label)), **links}
    fields |= {name: "\n\n".join(parts) for name, parts in text.paragraphs.items()}
    if lines_of_names := text.paragraphs.get("authors"):
        names = [names_in(each, is_single_known=True) for each in lines_of_names]
        fields["authors"] = [name for each in names for name in each] if all(names) else ", ".join(lines_of_names)
    return {**fields, "links": links} if links else fields


def _with_breaks(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield numbered lines; a line of several fields separated by `<br>` is split."""
    for number, line in lines:
        parts = [part for part in _BREAK.split(line) if part.strip()] if "<" in line else [line]
        yield from ((number, part) for part in parts) if all(map(label_of, parts)) else [(number, line)]


def has_label(line: str) -> bool:
    """Return whether a line begins with a label, known or not: some words and a colon."""
    return _LABEL.match(line.strip()) is not None


def other_label(line: str, *, is_among_labels: bool = False) -> str:
    """Return the unknown label of a line, "" for any other line.

    is_among_labels: whether the line above has a label; then a few words after the colon are enough.
    """
    if ":" not in line[:_LONGEST_LABEL]:
        return ""
    patterns = (_OTHER_LABEL, _LABEL_OF_NUMBER, _LABEL_OF_MOMENT, _LABEL_OF_SCHEDULE)
    found = next((found for pattern in patterns if (found := pattern.fullmatch(line.strip()))), None)
    found = found or (_LABEL_OF_WORDS.fullmatch(line.strip()) if is_among_labels else None)
    return found[1].strip() if found and not label_of(line) else ""


def _add_lone_name(text: str, fields: dict[str, object]) -> bool:
    """Add a line that is a single name as the author, unless authors are known; return whether it was added."""
    names = [] if "authors" in fields else lone_name(_BULLET.sub("", text, 1))
    fields |= {"authors": names, "lone_author": names[0]} if names else {}
    return bool(names)


def lone_name(text: str) -> list[str]:
    """Return the only name on a line, or the name before a workplace, as a list; [] for other lines.

    For text after or below a title. The name may still be that of a journal.
    """
    name, comma, workplace = plain_text(text).strip(" ,;:*").partition(", ")
    is_short = 1 < len(name.split()) < 4  # noqa: PLR2004 — given name, family name, and one between them
    is_alone = not comma or INSTITUTION.search(workplace)
    return names_in(name, is_single_known=True) if is_short and is_alone and not VENUE_WORD.search(name) else []


def names_paper_above(lines: Sequence[str], heading: str) -> bool:
    """Return whether a heading is a title, because the first lines below it are fields of one paper."""
    links = links_in_bullets = 0
    fields: dict[str, object] = {}
    first_lines = [line for line in lines if line.strip()][:_LINES_BELOW_HEADING]
    if any(_labelled_title(line).casefold() not in plain_text(heading).casefold() for line in first_lines):
        return False
    for line, below in zip_longest(first_lines, first_lines[1:], fillvalue=""):
        label = label_of(line)
        if label and (label[0] == "authors" or (label[0] == "links" and (links_to_paper(label[1]) or is_id(label[1])))):
            return True
        is_bullet = line.lstrip()[:2] in _BULLETS
        if (
            is_bullet
            and not label
            and (_has_bullet_below(line, below) or not _is_detail(line.lstrip()[2:].strip(), fields))
        ):
            return False
        links_in_bullets += is_bullet and "authors" in fields and links_to_paper(line)
        is_own = _has_no_titled_link(line) or is_translated(line, heading)
        is_link = (links_to_paper(line) and is_own) or (is_id(line) and len(heading.split()) > 1)
        links += is_link and not is_bullet and _add_metadata(line.strip(), {}, {})
    return 1 in (links, links_in_bullets)


def names_several_authors(lines: Sequence[str]) -> bool:
    """Return whether the first non-blank line names several authors in full; a venue and a date may follow."""
    first = next((line for line in lines if line.strip()), "")
    fields = body_fields([(1, first)])
    authors = fields.get("authors") if "abstract" not in fields and not label_of(first) else None
    return isinstance(authors, list) and are_several_names(", ".join(authors))


def _has_bullet_below(line: str, below: str) -> bool:
    """Return whether the next line is a bullet within this one."""
    is_deeper = len(below) - len(below.lstrip()) > len(line) - len(line.lstrip())
    return is_deeper and below.lstrip()[:2] in _BULLETS


def _is_detail(text: str, fields: dict[str, object]) -> bool:
    """Return whether a bullet below a title is metadata of the paper; add authors to the fields."""
    return (
        (has_label(text) and not links_to_paper(text))
        or _add_metadata(text, fields, {})
        or _add_lone_name(text, fields)
    )


def _labelled_title(line: str) -> str:
    """Return the text of a line with the label of a title, "" for any other line."""
    found = _LABEL.match(line.strip())
    is_title = found and re.fullmatch(TITLE_LABEL, found["label"].strip(), re.IGNORECASE)
    return plain_text(found["value"]).strip() if found and is_title else ""


def is_id(text: str) -> bool:
    """Return whether a text is only an arXiv number or a DOI."""
    bare = text.strip(" *[]()")
    return len(bare.split()) <= 2 and bool(arxiv_in(bare) or doi_in(bare))  # noqa: PLR2004 — `arXiv 2605.01234`


def is_translated(line: str, heading: str) -> bool:
    """Return whether a line is a link to a paper whose label is the title in another script than the heading's."""
    links = links_in(line)
    is_alone = len(links) == 1 and not plain_text(without_links(line)).strip(" *_") and links_to_paper(line)
    is_title = heading.isascii() and len(heading.split()) > 1
    return is_alone and is_title and _OTHER_SCRIPT.search(links[0].label) is not None


def is_title_label(label: str) -> bool:
    """Return whether the label of a link may be a title: it is no word for a kind of link, no URL and no id."""
    return not is_kind_word(label) and "://" not in label and not is_id(label)


def _has_no_titled_link(line: str) -> bool:
    """Return whether no link of a line has a title as its label, only words for kinds of links, URLs and ids."""
    labels = [link.label for link in links_in(line) if not link.is_picture]
    return all(is_kind_word(label) or "://" in label or arxiv_in(label) or doi_in(label) for label in labels)


class _Paragraphs:
    """Paragraphs collected line by line, for the field of the last label; the abstract if there is none."""

    def __init__(self) -> None:
        self.paragraphs: dict[str, list[str]] = {}
        self._name = "abstract"
        self._last = 0

    def begin(self, name: str, number: int, text: str) -> None:
        self.end()
        self._name = name
        if text:
            self.add(number, text)

    def end(self) -> None:
        self._name, self._last = "abstract", 0

    def has_not_begun(self) -> bool:
        """Return whether no paragraph has begun and the last label is not that of authors."""
        return not self.paragraphs and self._name != "authors"

    def continues(self, number: int) -> bool:
        """Return whether a line continues the paragraph, because it comes right after its last line."""
        return self._last > 0 and number == self._last + 1

    def _ends_names(self, number: int, text: str) -> bool:
        """Return whether the names below a label of authors end before a line: it has a label, or is no name."""
        if self._name != "authors" or "authors" not in self.paragraphs:
            return False
        if has_label(text):
            return True
        names, bullet = self.paragraphs["authors"][-1], _BULLET.match(text)
        more = f"{names} {text}" if self.continues(number) and not bullet else text[bullet.end() if bullet else 0 :]
        return bool(names_in(names, is_single_known=True)) and not names_in(more, is_single_known=True)

    def add(self, number: int, text: str, *, is_broken: bool = False) -> None:
        if self._ends_names(number, text):
            self.end()
        parts = self.paragraphs.setdefault(self._name, [])
        bullet = _BULLET.match(text) if self._name == "authors" else None
        text = text[bullet.end() :] if bullet else text
        if self.continues(number) and not bullet:
            parts[-1] = f"{parts[-1]} {prose(text)}"
        else:
            parts.append(prose(text))
        self._last = 0 if is_broken else number


def _add_labelled(
    name: str, value: str, fields: dict[str, object], links: dict[str, str], text: _Paragraphs, number: int
) -> None:
    if name in ("abstract", "authors", "ai_summary"):
        text.begin(name, number, value)
    elif name == "links":
        links.update({kind: url for kind, url in links_by_kind(links_in(value)).items() if kind not in links})
        if value and not links_in(value):
            _add_address(value, fields, links)
    elif name in ("categories", "keywords", "tags"):
        fields.setdefault(name, [part for each in re.split(r"[,;]", plain_text(value)) if (part := each.strip(" `"))])
    elif value:
        plain = plain_text(value)
        fields.setdefault(name, written_date(_LAST_CHANGE.sub("", plain)) if name == "published" else plain)


def _add_address(value: str, fields: dict[str, object], links: dict[str, str]) -> None:
    """Add an id, or a URL without `https://`; anything else that looks like a URL is reported as unread."""
    if arxiv := arxiv_in(value):
        fields.setdefault("arxiv", arxiv)
    elif doi := doi_in(value):
        fields.setdefault("doi", doi)
    elif _BARE_ADDRESS.fullmatch(value):
        url = f"https://{value}"
        links.setdefault(link_kind(url), url)
    elif _ADDRESS_LIKE.search(value):
        cast(dict[str, str], fields.setdefault("unread_labels", {}))["links"] = "a link"


def _is_broken(line: str) -> bool:
    """Return whether a line ends with a hard line break, so that the next line does not continue it."""
    return line.endswith(("  ", "\\")) or line.rstrip().lower().endswith(("<br>", "<br/>"))


def _date_or_venue(text: str, *, is_alone: bool) -> dict[str, str]:
    """Return the date in a part of a line, or its venue and year; nothing for other text.

    is_alone: whether the part is the whole line; then a venue must be short or have the word for one.
    """
    text = _BEFORE_DATE.sub("", text)
    if _DAY.fullmatch(text) or _ISO_DAY.fullmatch(written_date(text)):
        return {"published": written_date(text)}
    venue = _VENUE.fullmatch(text)
    if venue and is_alone and not _SHORT_VENUE.match(text):
        return {}
    return {"venue": venue["venue"], "published": venue["year"]} if venue else {}


def _add_preprint(line: str, fields: dict[str, object], links: dict[str, str]) -> bool:
    """Add venue, date and DOI of bioRxiv's own line below a title; return whether the line was one."""
    found = _PREPRINT_LINE.fullmatch(line)
    if found is None:
        return _NOT_REVIEWED.fullmatch(line) is not None
    fields.setdefault("venue", found["venue"])
    if found["day"]:
        fields.setdefault("published", written_date(found["day"]))
    if doi := doi_in(line):
        links.setdefault("doi", f"https://doi.org/{doi}")
    return True


def _fields_of_part(text: str, *, is_alone: bool) -> dict[str, object]:
    """Return the date, venue, categories, extent, stars or arXiv id that is all of a part of a line, else nothing."""
    if stars := _STARS.fullmatch(text):
        return {"stars": stars[1] or stars[2]}
    if when := _date_or_venue(text, is_alone=is_alone):
        return dict(when)
    if text and all(map(_CATEGORY.fullmatch, re.split(r"[,;\s]+", text))):
        return {"categories": re.split(r"[,;\s]+", text)}
    if _PROCEEDINGS.fullmatch(text):
        return {"venue": f"{text})" if text.count("(") > text.count(")") else text}
    if arxiv_in(text) and len(text.split()) <= 2:  # noqa: PLR2004 — `arXiv 2605.01234`
        return {"arxiv": arxiv_in(text)}
    return {"comment": text} if _EXTENT.fullmatch(text) else {}


def _names_of(text: str, *, is_single_known: bool) -> list[str]:
    """Return the names of a line that consists of names only, also after `by`; [] for other lines."""
    by = _BY.match(text)
    return names_in(without_affiliations(text[by.end() :]) if by else text, is_single_known=is_single_known or bool(by))


def _parts_of(line: str) -> list[str]:
    """Split a line of several fields: `Ada Example · 2026`, `Ada Example, Bo Roe. A Journal, 2026`."""
    parts = _PARTS.split(line)
    if len(parts) > 1 and are_several_names(plain_text(line)):
        return [line]
    end = _NAMES_END.search(line) if len(parts) == 1 else None
    rest = line[end.end() :].rstrip(" .") if end else ""
    is_split = end and _date_or_venue(rest, is_alone=False) and are_several_names(plain_text(line[: end.start()]))
    return [line[: end.start()], rest] if end and is_split else parts


def _add_metadata(line: str, fields: dict[str, object], links: dict[str, str], *, is_broken: bool = False) -> bool:
    """Add a line that consists of links, names, a date or categories; return whether it does.

    is_broken: whether the line ends with a hard break; then a single name is enough.
    """
    if len(line) > _LONGEST_METADATA:
        return False
    found: dict[str, object] = {}
    urls: dict[str, str] = {}
    first, *others = _parts_of(line)
    parts = [first, *(part for part in others if not INSTITUTION.search(part))]  # without workplaces
    is_beside_link = len(parts) > 1 and links_to_paper(line)
    for part in parts:
        bare = plain_text(without_links(part)).strip(" ,;:`_*()[]-\u2013\u2014|")
        part_links = links_in(part)
        if part_links and all(is_kind_word(word) for word in re.sub(r"[^\w\s-]", " ", bare).split()):
            urls |= {kind: url for kind, url in links_by_kind(part_links).items() if kind not in urls}
        elif part_fields := _fields_of_part(bare, is_alone=len(parts) == 1):
            found |= part_fields
        elif "authors" not in fields and (
            names := _names_of(
                without_signs(bare), is_single_known=is_broken or is_beside_link or part[:1] in ("*", "_")
            )
        ):
            found["authors"] = names
        else:
            return False
    for name, value in found.items():
        if name == "published" and str(value).startswith(str(fields.get(name))):
            fields[name] = value  # a day, where only the year was known from a venue
        fields.setdefault(name, value)
    for kind, url in urls.items():
        links.setdefault(kind, url)
    return True
