"""Read the papers of a paragraph without bullets: references, or titles with fields below them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import cast

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import filled
from site_builder.names.line import names_in
from site_builder.sources.fields.cited_venue import UNDATED
from site_builder.sources.fields.markdown_text import (
    links_by_kind,
    links_in,
    links_to_paper,
    plain_text,
    without_links,
    without_reading_time,
    without_signs,
)
from site_builder.sources.fields.title_text import FEWEST_WORDS, looks_like_title
from site_builder.sources.formats.before_title import CALLED_TITLE
from site_builder.sources.formats.paper_body import (
    body_fields,
    has_label,
    is_title_label,
    label_of,
    lone_name,
    names_several_authors,
    other_label,
)
from site_builder.sources.formats.paper_bullet import NamedPaper, named_paper

_NO_PAPER = ("`", "<", ">", "|", "#", "{", "@", "![")
_BOLD = lazy_pattern(r"\*\*[^*]{2,400}\*\*[.:]?")
_LABEL = lazy_pattern(rf"\A{CALLED_TITLE}\s?(?:::|[:\uff1a])\s*(?=\S)", re.IGNORECASE)
_FEWEST_WORDS = 2
_LONGEST_NAME = 4  # words
_ID_OF_VOLUME = lazy_pattern(r"(?:[A-Z][a-z]+ )?ID: \S")  # as the Anthology of ACL writes above its papers
_HEAD = lazy_pattern(r"\b(?:accepted|papers|proceedings|schedule|programme?)\b|\b20\d\d\b", re.IGNORECASE)
_SMALL_WORD = lazy_pattern(r"\b[a-z]{2,}\b")
_SMALL_WORDS = frozenset(
    "and et al in by arxiv preprint pdf doi paper link url de van von der la abs pp vol no".split()
)
_BEGINS_WITH_ID = lazy_pattern(r"[\[(]?(?:arxiv|doi|\d{4}[.-]\d)", re.IGNORECASE)
_REMARK = 120  # most characters besides title, names and links

_SEVERAL = 2
_SHORTEST_REFERENCE = 25  # characters
_NUMBER = r"\A(?:[\[(]?\d{1,3}[\])]?\.?\s+)?"
_NAMES_FIRST = lazy_pattern(
    rf"{_NUMBER}(?:"
    r"(?:[^\W\d_a-z][\w'\u2019-]*,?\s){1,3}(?:[^\W\d_a-z]\.?-?\s?){1,3}[.,;:\s&]"  # `Last, F. M.`, `Last FM`
    r"|(?:[^\W\d_a-z]\.[\s-]?){1,3}(?:[a-z]{2,3}\s){0,2}[^\W\d_a-z][\w'\u2019-]+[.,;:\s]"  # `F. M. Last`
    r"|[^\W\d_a-z]{2,30},\s[^\W\d_a-z]"  # `LAST, First`
    r"|[\u4e00-\u9fff\uac00-\ud7a3]{2,4}[,.:\uff0c\uff0e\uff1a\u3001(]"
    r"|(?P<clause>[^.:(\"\u201c]{5,400})[.:(\"\u201c])"
)
_QUOTED_TITLE = lazy_pattern(
    r"[\"\u201c\u201e\u00ab]\w+(?: [^\"\u201c\u201d\u00bb\s]+){2,40}[.,]?[\"\u201c\u201d\u00bb][,.]?\s"
)
_DATED = lazy_pattern(rf"(?<!\d)(?:1[89]\d|20\d)\d(?!\d)|{UNDATED}")
_WIDE = lazy_pattern(r" {2,}|\t+")
_ADDRESS_FIELDS = ("links", "arxiv", "doi")
_PAPER_FIELDS = ("authors", "links", "arxiv", "doi", "abstract", "published", "categories")

# (index of the first line, paper, number of its lines) of each paper.
Found = list[tuple[int, NamedPaper, int]]


def papers_of_paragraph(lines: Sequence[str], *, takes_lone: bool = False) -> Found:
    """Return the papers of a paragraph; [] if it is prose, markup or code.

    takes_lone: whether a single name below a title is its author, as in lists that give authors so.
    """
    lines = [lines[0] if lines[0].startswith("![") else without_signs(lines[0]), *lines[1:]]
    lines = _with_title_first(lines)
    if lines[0].startswith(_NO_PAPER) and not lines[0].startswith("<a "):
        return []
    if _ID_OF_VOLUME.match(lines[0]) and not any(map(is_labelled_title, lines)):
        return []
    if len(lines) > 1:
        references = list(map(_reference, lines))
        papers = [
            paper
            for line, reference in zip(lines, references, strict=True)
            if (paper := reference or _line_with_link(line))
        ]
        if len(papers) == len(lines):
            return [(index, paper, 1) for index, paper in enumerate(papers)]
        found = _papers_with_titles(lines, takes_lone=takes_lone) or _consecutive_references(lines, references)
        if found:
            return found
    paper = _reference(" ".join(lines))
    paper = paper or (_line_with_link(lines[0]) if len(lines) == 1 else None)
    is_timed = without_reading_time(lines[0]) != lines[0]
    if paper and len(lines) == 1 and (is_timed or _is_linked_title(lines[0])):
        paper = replace(paper, is_titled=True)  # as in newsletters, with the text below it
    return [(0, paper, len(lines))] if paper else []


def _with_title_first(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of a paper with the one labelled as its title first, where others with labels stand above it."""
    said = [index for index, line in enumerate(lines) if _says_like_title(line)]
    above = lines[: said[0]] if said else []
    are_fields = all(has_label(line) or is_field(line) for line in above)
    if len(said) != 1 or not (above and are_fields) or len(above) + 1 == len(lines):
        return lines
    return [lines[said[0]], *above, *lines[said[0] + 1 :]]


def looks_like_reference(text: str) -> bool:
    """Return whether a text has a year and begins with names, or has a quoted title, as references do."""
    found = _NAMES_FIRST.match(text) if len(text) > _SHORTEST_REFERENCE and _DATED.search(text) else None
    has_names = found is not None and (found["clause"] is None or len(names_in(found["clause"])) > 1)
    return has_names or bool(_DATED.search(text) and _QUOTED_TITLE.search(text))


def _consecutive_references(lines: Sequence[str], alone: Sequence[NamedPaper | None]) -> Found:
    """Return the papers of consecutive references, each of one line or several.

    A line that begins like a reference starts a new one; references without a recognised paper are left out.
    alone: for each line, the paper that it names by itself, or None.
    """
    starts = [index for index, line in enumerate(lines) if alone[index] or looks_like_reference(line)]
    if len(starts) < _SEVERAL or starts[0]:
        return []
    parts = [(start, lines[start:end]) for start, end in pairwise([*starts, len(lines)])]
    return [(start, paper, len(part)) for start, part in parts if (paper := _reference(" ".join(part)))]


def fills_line(line: str, text: str) -> bool:
    """Return whether a line ends with a hard break, or consists of a bold title or a link with one.

    line: as written. text: without its bullet.
    """
    bare = text.strip()
    if line.endswith(("  ", "\\")):
        return True
    links = [link for link in links_in(bare) if link.start <= len("**") and is_title_label(link.label)]
    return _BOLD.fullmatch(bare) is not None or any(len(bare) - link.end <= len("**") for link in links)


def is_labelled_title(text: str) -> bool:
    """Return whether a text is a title with the label for one and no link: `**Title:** …`."""
    return _LABEL.match(plain_text(text)) is not None and not links_in(text)


def _says_like_title(text: str) -> bool:
    """Return whether what stands after the label of a title reads like one, and is no id."""
    return is_labelled_title(text) and looks_like_title(_bare_title(text))


def titled_paper(text: str, below: Sequence[tuple[int, str]]) -> NamedPaper | None:
    """Return the paper of a title and the fields after it, between wide spaces; None if it is none.

    below: the numbered lines below it, which help to decide but are not read into fields.
    """
    title, *columns = _WIDE.split(text.strip())
    is_labelled = _LABEL.match(plain_text(title)) is not None
    title = _bare_title(title).strip(' .*"\u201c\u201d')
    fields = body_fields((2 * index, part) for index, part in enumerate(columns))
    named = fields.keys() | body_fields(below, takes_lone=True).keys()
    is_short = (is_labelled or title[:1].isupper() or not title.isascii()) and not named.isdisjoint(_ADDRESS_FIELDS)
    is_short = is_short and "authors" in named and bool(title)
    has_authors = any(label is not None and label[0] == "authors" for label in (label_of(line) for _, line in below))
    has_authors |= len(title.split()) >= FEWEST_WORDS and names_several_authors([line for _, line in below])
    is_paper = (looks_like_title(title) or is_short) and (has_authors or len(named.intersection(_PAPER_FIELDS)) > 1)
    is_paper |= is_labelled and bool(title and named)
    return NamedPaper({**fields, "title": title}) if is_paper else None


def _reference(text: str) -> NamedPaper | None:
    """Return the paper of a text that is a single reference: little is left without title, authors and links."""
    paper = None if label_of(text) else named_paper(text)
    if paper is None or "title" not in paper.fields or "abstract" in paper.fields:
        return None
    fields = paper.fields
    title = str(fields["title"])
    is_marked = text.startswith(("**", "[", '"', "\u201c", "<a ")) or _BEGINS_WITH_ID.match(text)
    is_placed = (
        bool(fields.get("venue") and fields.get("published")) and text.startswith(title) and looks_like_title(title)
    )
    has_form = bool(fields.get("authors") or is_marked or is_placed)
    rest = plain_text(without_links(text)).replace(title, "")
    is_dated = bool(fields.get("authors") and fields.get("published"))
    is_short = bool(fields.get("authors")) or len(rest) <= _REMARK
    return paper if has_form and is_short and (len(title.split()) >= _FEWEST_WORDS or is_dated) else None


def _line_with_link(text: str) -> NamedPaper | None:
    """Return the paper of a line that is a title with a link or an id, without a sentence after it."""
    paper = None if label_of(text) else named_paper(text)
    title = str(paper.fields.get("title", "")) if paper else ""
    if paper is None or not looks_like_title(title) or not text.startswith(title[:1]):
        return None
    rest = without_reading_time(plain_text(without_links(text)).removeprefix(title))
    is_sentence = rest.startswith(":") or any(word not in _SMALL_WORDS for word in _SMALL_WORD.findall(rest))
    return None if is_sentence or not paper.fields.keys() & {"links", "arxiv", "doi"} else paper


def is_above_authors(line: str, below: str) -> bool:
    """Return whether a line reads like a title, and the one below it names several authors."""
    return len(line.split()) >= FEWEST_WORDS and names_several_authors([below]) and looks_like_title(_bare_title(line))


def _papers_with_titles(lines: Sequence[str], *, takes_lone: bool) -> Found:
    """Return the papers of titles that have authors, links and dates on lines below them, then their abstracts."""
    lines = _with_lone_names(lines, takes_lone=takes_lone)
    unknown = _unknown_fields(lines)
    are_fields = [*(is_field(line) and not (_is_linked_title(line) or _says_like_title(line)) for line in lines), False]
    starts = [
        index
        for index, line in enumerate(lines)
        if are_fields[index + 1] and not are_fields[index] and index not in unknown and _is_title(line)
    ]
    if not starts or starts[0] > (len(starts) > 1 and _HEAD.search(lines[0]) is not None):
        return []
    found: Found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        fields = body_fields(enumerate(lines[start + 1 : end]))
        if not (links_in(lines[start]) or fields.get("links") or fields.get("arxiv") or fields.get("authors")):
            return []
        links = {**links_by_kind(links_in(lines[start])), **cast(dict[str, str], fields.get("links", {}))}
        fields = filled({**fields, "links": links, "title": _bare_title(lines[start]), **_linked_title(lines[start])})
        if takes_lone and (name := lone_name(lines[start + 1])):
            fields["lone_author"] = name[0]
        paper = NamedPaper(fields, is_titled=True)
        found.append((start, paper, end - start))
    has_ids = any(
        paper.fields.get("arxiv")
        or paper.fields.get("doi")
        or links_to_paper(" ".join(paper.fields.get("links", {}).values()))
        for _, paper, _ in found
    )
    have_authors = all(
        len(str(paper.fields["title"]).split()) >= FEWEST_WORDS
        and (
            names_several_authors(lines[start + 1 :]) or "lone_author" in paper.fields or _says_like_title(lines[start])
        )
        for start, paper, _ in found
    )
    return found if has_ids or have_authors else []


def _linked_title(line: str) -> Mapping[str, object]:
    """Return title, venue and year of a line that has the label of a title and links to the paper by its title."""
    paper = named_paper(line) if _LABEL.match(plain_text(line)) else None
    known = (
        paper.fields
        if paper and not paper.unread and any(is_title_label(link.label) for link in links_in(line))
        else {}
    )
    return {name: value for name, value in known.items() if name in ("title", "venue", "published")}


def _unknown_fields(lines: Sequence[str]) -> set[int]:
    """Return the indices of lines with an unknown label, as `E-mail: …`, right after authors or organization."""
    unknown: set[int] = set()
    for index, (above, line, below) in enumerate(zip(lines, lines[1:], lines[2:], strict=False), 1):
        label = label_of(above)
        is_after_names = index - 1 in unknown or (label is not None and label[0] in ("authors", "organization"))
        if is_after_names and has_label(line) and not label_of(line) and "authors" not in body_fields([(1, below)]):
            unknown.add(index)
    return unknown


def _with_lone_names(lines: Sequence[str], *, takes_lone: bool) -> list[str]:
    """Return the lines, with a hard break after a single name below a title, or between it and its fields."""
    marked = list(lines)
    for index, (above, line, below) in enumerate(zip(lines, lines[1:], [*lines[2:], ""], strict=False), 1):
        is_name = len(line.split()) <= _LONGEST_NAME and names_in(line, is_single_known=True)
        is_author = (takes_lone and lone_name(line)) or is_field(below)
        if is_name and is_author and not is_field(above) and len(above.split()) > len(line.split()):
            marked[index] = f"{line}  "
    return marked


def _bare_title(line: str) -> str:
    return _LABEL.sub("", without_reading_time(plain_text(line).strip(" *")))


def _is_title(line: str) -> bool:
    title = _bare_title(line)
    is_labelled = _LABEL.match(plain_text(line).strip(" *")) is not None and any(map(str.isalpha, title))
    return not line.startswith(">") and (is_labelled or looks_like_title(title) or _is_linked_title(line))


def _is_linked_title(line: str) -> bool:
    """Return whether a line is only a title that links to its paper."""
    links = links_in(line)
    if len(links) != 1 or not (is_title_label(links[0].label) and links_to_paper(line)):
        return False
    return not line[: links[0].start].strip("*_ ") and not line[links[0].end :].strip("*_ .")


def is_field(line: str) -> bool:
    """Return whether a line is metadata of the paper above it: a label, names, links, a date."""
    if label_of(line) or other_label(line):
        return True
    fields = body_fields([(1, line)])
    return "abstract" not in fields and bool(fields)
