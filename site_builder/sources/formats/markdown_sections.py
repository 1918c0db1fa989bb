"""Divide a curated Markdown file by its headings, which give the lines below them a day and a topic as tag."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath

from site_builder.lazy import lazy_pattern
from site_builder.problems import Problem, counted
from site_builder.sources.fields.heading_dates import (
    HeadingDay,
    heading_day,
    heading_year,
    is_ambiguous_day,
    with_years,
)
from site_builder.sources.fields.identifiers import CATEGORY
from site_builder.sources.fields.markdown_text import is_kind_word, links_in, links_to_paper, plain_text, without_links
from site_builder.sources.fields.title_text import FEWEST_WORDS, looks_like_title
from site_builder.sources.formats.paper_body import (
    has_label,
    is_translated,
    label_of,
    names_paper_above,
    names_several_authors,
)
from site_builder.sources.formats.paper_row import is_rule

_HEADING = lazy_pattern(r" {0,3}(?P<level>#{1,6})\s+(?P<text>\S.*)")
_FENCE = lazy_pattern(r" {0,3}(?:```|~~~)")
_NUMBERING = lazy_pattern(r"\A(?:[IVX]+[.)]|\d+(?:\.\d+)*[.):]?)\s+")
_BREAK = lazy_pattern(r"(?<!\s)\s*+<br\s*/?>\Z", re.IGNORECASE)
_UNDERLINE = lazy_pattern(r" {0,3}(?P<sign>[=-])(?P=sign){2,}\s*")
_MARKED = lazy_pattern(r"[-*+>#`<|]|\d{1,4}[.)]\s|={3}")
_BOLD_LINE = lazy_pattern(r"(?:\*\*|__)(?P<text>[^*]{3,60}?)(?:\*\*|__):?")
_BOLD_TITLE = lazy_pattern(r"(?P<sign>\*\*|__)(?P<text>[^*]{3,300}?)(?P=sign)")
_NUMBERED = lazy_pattern(r"\W{0,4}\d{1,3}[.)\]]")
_LOWEST_LEVEL = 6
_SEVERAL = 2  # lines or headings of a kind that make it the way the list is written
_MOST_WORDS_OF_HEAD = 3  # words of a line that is repeated above the fields of several papers, as `Links and more`
_DAY_ALONE = lazy_pattern(
    r"(?:\w{3,9},? )?(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d{1,2}\.? [A-Z]\w{2,8} \d{4}|[A-Z]\w{2,8} \d{1,2}, \d{4}):?"
)
_BULLET = lazy_pattern(r"[ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]")
_NOT_TITLE = "-+>|<#`!"  # first characters of lines that are not titles
_MOST_LINES_BETWEEN = 5  # most lines between a day and the list below it
_ITEM = lazy_pattern(r"<li\b[^<>]{0,200}>", re.IGNORECASE)
_LIST_TAG = lazy_pattern(r"</?(?:ul|ol|li)\b[^<>]{0,200}>", re.IGNORECASE)
_LONGEST_ITEM = 50  # lines of an HTML list item
_LIST_END = lazy_pattern(r"</(?:ul|ol)>", re.IGNORECASE)
_NO_TOPIC = lazy_pattern(
    r"(?:table of )?contents?|toc|papers?|paper list|list of papers|archives?|news|updates?|overview|others?",
    re.IGNORECASE,
)
_CATEGORY = lazy_pattern(CATEGORY)
_YEAR_IN_NAME = lazy_pattern(r"(?<!\d)20\d\d(?!\d)")
_LONGEST_TAG = 60
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class HeadingScope:
    """What the headings above a line say about it. level: of the heading with the day. tag: the topic."""

    day: HeadingDay | None = None
    level: int = 0
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line and its section.

    heading: the text if the line is a heading. is_title: whether the heading is the title of a paper.
    is_code: whether the line is code or a comment. is_row: whether it is a row of an HTML table.
    count: the number of lines of the file it represents: several, or 0, for items of an HTML list.
    """

    number: int
    text: str
    section: HeadingScope
    heading: str = ""
    is_title: bool = False
    is_code: bool = False
    count: int = 1
    is_row: bool = False


def read_lines(text: str, first_line: int, path: str) -> tuple[list[Line], list[Problem]]:
    """Return the non-blank lines, and problems for days with an inferred or unknown year and for ambiguous days."""
    texts = list(enumerate(text.split("\n"), first_line))
    code = dict(code_lines(texts))
    headings = {
        number: (len(found["level"]), found["text"])
        for number, line in texts
        if not code[number] and (found := _HEADING.fullmatch(line.rstrip().rstrip("#").rstrip()))
    }
    headings |= _other_headings(texts, code, headings)
    headings, titles = _with_titles(texts, code, headings)
    day_headings = {number: day for number, (_, name) in headings.items() if (day := heading_day(name))}
    days = _in_years(day_headings, headings, path)
    has_topics_on_top = sum(level == 1 for level, _ in headings.values()) > 1
    lines: list[Line] = []
    section = HeadingScope()
    enclosing: tuple[HeadingScope, int] | None = None  # the section that contains a bullet with a day; its indentation
    for number, line in texts:
        level, name = headings.get(number, (0, ""))
        if enclosing and not level and line.strip() and indent_of(line) <= enclosing[1]:
            section, enclosing = enclosing[0], None
        if level and number not in titles:
            enclosing = ((enclosing or [section])[0], indent_of(line)) if _BULLET.match(line) else None
            section = _section_below(section, level, plain_text(name), days.get(number), has_topics_on_top)
        if line.strip():
            lines.append(Line(number, line, section, name, number in titles, code[number]))
    return with_bullets(lines), [*_inferred(day_headings, days, path), *_ambiguous(headings, path)]


def _other_headings(
    texts: list[tuple[int, str]], code: Mapping[int, bool], known: Mapping[int, tuple[int, str]]
) -> dict[int, tuple[int, str]]:
    """Return the headings that are underlined, and days that are a line of their own, in bold type or as a bullet.

    known: headings with `#`. Headings are given as line number → (level, text), here and below.
    """
    found: dict[int, tuple[int, str]] = {}
    above = ""
    for (number, line), (_, below) in pairwise([(0, ""), *texts, (0, "")]):
        text, before, above = _BREAK.sub("", line.strip()), above, line.strip()
        if not text or code.get(number) or number in known:
            continue
        underline = _UNDERLINE.fullmatch(below)
        if (
            underline
            and "|" not in text
            and not _MARKED.match(text)
            and (not before or before.startswith(("#", "- ", "* ")))
        ):
            found[number] = (1 if underline["sign"] == "=" else 2, text)
        elif (bold := _BOLD_LINE.fullmatch(text)) and heading_day(bold["text"]):
            found[number] = (_LOWEST_LEVEL, bold["text"])
        elif not below.strip() and _DAY_ALONE.fullmatch(text) and heading_day(text) and _is_bullet_next(texts, number):
            found[number] = (_LOWEST_LEVEL, text)
        elif (day := _day_of_bullet(line)) and _BULLET.match(below) and indent_of(below) > indent_of(line):
            found[number] = (_LOWEST_LEVEL, day)
    return dict(sorted(found.items()))


def _day_of_bullet(line: str) -> str:
    """Return the text of a bullet that is only a day, "" for any other line."""
    bullet = _BULLET.match(line)
    text = line[bullet.end() :].strip(" *_[]()") if bullet else ""
    return text if _DAY_ALONE.fullmatch(text) and heading_day(text) else ""


def indent_of(line: str) -> int:
    """Return the indentation of a line in columns, with tabs of 4."""
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _is_bullet_next(texts: list[tuple[int, str]], number: int) -> bool:
    start = number - texts[0][0] + 1
    following = next((line for _, line in texts[start : start + _MOST_LINES_BETWEEN] if line.strip()), "")
    return _BULLET.match(following) is not None


def with_bullets(lines: list[Line]) -> list[Line]:
    """Return the lines with the items of HTML lists replaced by bullets."""
    if not any(_ITEM.search(line.text) for line in lines):
        return lines
    result: list[Line] = []
    is_open = False
    for line in lines:
        if line.is_code or line.heading:
            result.append(line)
            is_open = False
            continue
        parts = _ITEM.split(line.text)
        before = _LIST_TAG.sub("", parts[0]).strip()
        if len(parts) == 1 and not (is_open and result[-1].count < _LONGEST_ITEM):
            is_open = False
            result.append(line)
        elif len(parts) == 1:
            result[-1] = replace(result[-1], text=f"{result[-1].text} {before}", count=result[-1].count + 1)
        else:
            items = [text for part in parts[1:] if (text := _LIST_TAG.sub("", part).strip()) or len(parts) == 2]  # noqa: PLR2004
            bullets = [replace(line, text=f"- {text}", count=0) for text in items] or [line]
            result += [replace(bullets[0], count=1), *bullets[1:]]
        is_open = (is_open or len(parts) > 1) and _LIST_END.search(parts[-1]) is None
    return result


def _with_titles(
    texts: list[tuple[int, str]], code: Mapping[int, bool], headings: Mapping[int, tuple[int, str]]
) -> tuple[dict[int, tuple[int, str]], set[int]]:
    """Return the headings, including plain lines that serve as one above fields, and those that are titles of papers.

    Below a heading that may be the title itself, such a line counts only if it is one of several, or has a number or a
    link.
    """
    titles = _titles(texts, headings)
    lines = _lines_above_fields(texts, code, headings)
    if not lines:
        return dict(headings), titles
    both = {**headings, **lines}
    sure = _titles(texts, both)
    if _SEVERAL <= len(sure.intersection(lines)) >= len(lines) / 2:  # the list is written in this way
        sure |= {number for number, below in _blocks(texts, both) if number in lines and any(map(label_of, below))}
    above: dict[int, int] = {}  # line → the heading above it
    last = 0
    for number in sorted(both):
        last = number if number in headings else last
        above[number] = last
    has_several = max(Counter(above[number] for number in lines).values()) > 1
    kept = {
        number: (level, _NUMBERING.sub("", name, 1))
        for number, (level, name) in lines.items()
        if number in sure
        and above[number] not in sure
        and (has_several or above[number] not in titles or _NUMBERED.match(name) or links_to_paper(name))
    }
    found = dict(sorted({**headings, **kept}.items()))
    return found, _titles(texts, found) | kept.keys()


def _lines_above_fields(
    texts: list[tuple[int, str]], code: Mapping[int, bool], headings: Mapping[int, tuple[int, str]]
) -> dict[int, tuple[int, str]]:
    """Return the lines other than headings that begin a paragraph, read like a title and have a field below them."""
    lines = [(number, line) for number, line in texts if line.strip() and not (code[number] and number not in headings)]
    found = {
        number: (_LOWEST_LEVEL, line.strip())
        for (before, above), (number, line), (after, below) in zip([(-1, ""), *lines], lines, lines[1:], strict=False)
        if number not in headings
        and (before != number - 1 or before in headings or _BULLET.match(above))
        and _is_field_below(line, below, is_next=after == number + 1)
        and _reads_like_title(line)
    }
    counts = Counter(name for _, name in found.values())
    return {
        number: (level, name)
        for number, (level, name) in found.items()
        if counts[name] == 1 or len(name.split()) > _MOST_WORDS_OF_HEAD
    }


def _is_field_below(line: str, below: str, *, is_next: bool) -> bool:
    """Return whether a line has a field below it that is not part of its item: an unindented bullet, or after a gap."""
    if indent_of(line) or indent_of(below) or line[0] in _NOT_TITLE:
        return False
    if _BULLET.match(below):
        return line.startswith(("**", "__")) or has_label(below)
    return label_of(below) is not None and not (is_next or _BULLET.match(line))


def _reads_like_title(line: str) -> bool:
    """Return whether a line is a bold title of two or more words, or reads like a title; a number may precede it."""
    text = _NUMBERING.sub("", line.strip(), 1)
    title = _NUMBERING.sub("", plain_text(text).strip(), 1)
    is_bold = _BOLD_TITLE.fullmatch(text) is not None and (" " in title or not title.isascii())
    return label_of(text) is None and (is_bold or looks_like_title(title))


def _titles(texts: list[tuple[int, str]], headings: Mapping[int, tuple[int, str]]) -> set[int]:
    """Return the headings that are titles of papers: they link to a paper, or have its links or authors below them."""
    titles = {number for number, (_, name) in headings.items() if links_to_paper(name)}
    for number, below in _blocks(texts, headings):
        level, name = headings[number]
        is_topic = (
            (level == 1 and not (_is_single_paper(below, headings) or _has_translation(below, name)))
            or heading_day(name)
            or heading_year(name)
            or not _tag(name, longest=_LONGEST_TITLE)
        )
        if not is_topic and names_paper_above(_above_table(below), name):
            titles.add(number)
    above_authors = {
        number for number, below in _blocks(texts, headings) if _is_above_authors(headings[number][1], below)
    }
    is_usual = len(titles | above_authors) > 1
    is_one_paper = len(headings) == 1 and not any(map(_BULLET.match, (line for _, line in texts)))
    titles |= above_authors if is_usual or is_one_paper else set()
    return titles.union(_titles_like(titles, texts, headings))


def _is_above_authors(name: str, below: Sequence[str]) -> bool:
    """Return whether a heading reads like a title and the first line below it names several authors."""
    is_sized = len(name.split()) >= FEWEST_WORDS and not heading_day(name)
    return is_sized and _reads_like_title(name) and names_several_authors(below)


def _titles_like(
    titles: set[int], texts: list[tuple[int, str]], headings: Mapping[int, tuple[int, str]]
) -> Iterator[int]:
    """Yield headings that read like titles and are followed by a URL, if most headings of their level are titles."""
    levels = Counter(level for level, _ in headings.values())
    titled = Counter(headings[number][0] for number in titles)
    for number, below in _blocks(texts, headings):
        level, name = headings[number]
        is_habit = titled[level] >= _SEVERAL and 2 * titled[level] > levels[level] and number not in titles
        first = next((line for line in below if line.strip()), "")
        if is_habit and _is_address(first) and looks_like_title(plain_text(name)) and not heading_day(name):
            yield number


def _is_address(line: str) -> bool:
    """Return whether a line is a single URL, with at most a word for its kind: `https://…`, `**URL**: https://…`."""
    links = links_in(line)
    is_bare = len(links) == 1 and not links[0].label and not _BULLET.match(line)
    rest = plain_text(without_links(line)).strip(" *_:")
    return is_bare and (not rest or is_kind_word(rest))


def _above_table(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines above the first table."""
    rule = next((index for index, line in enumerate(lines) if is_rule(line)), len(lines) + 1)
    return lines[: max(0, rule - 1)]


def _blocks(
    texts: list[tuple[int, str]], headings: Mapping[int, tuple[int, str]]
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the line number of each heading and the lines below it, the last heading first."""
    below: list[str] = []
    for number, line in reversed(texts):
        if number not in headings:
            below.append(line)
            continue
        yield number, below[::-1]
        below = []


def _is_single_paper(below: Sequence[str], headings: Mapping[int, tuple[int, str]]) -> bool:
    """Return whether the file is one paper: one heading of level 1, with authors and a link to a paper below it."""
    fields = [found for line in below if line.strip() and (found := label_of(line))]
    has_link = any(name == "links" and links_to_paper(value) for name, value in fields)
    levels = [level for level, _ in headings.values()]
    return has_link and levels.count(1) == 1 and any(name == "authors" for name, _ in fields)


def _has_translation(below: Sequence[str], name: str) -> bool:
    """Return whether the first line below a heading links to a paper by the heading's text in another script."""
    return is_translated(next((line for line in below if line.strip()), ""), plain_text(name))


def code_lines(texts: list[tuple[int, str]]) -> Iterator[tuple[int, bool]]:
    """Yield (line number, whether the line belongs to a code block or an HTML comment, delimiters included)."""
    is_code = is_comment = False
    for number, line in texts:
        is_fence = not is_comment and _FENCE.match(line) is not None
        opens = not is_code and line.lstrip().startswith("<!--")
        yield number, is_code or is_fence or is_comment or opens
        is_code ^= is_fence
        is_comment = (is_comment or opens) and "-->" not in line


def _in_years(
    day_headings: Mapping[int, HeadingDay], headings: Mapping[int, tuple[int, str]], path: str
) -> dict[int, HeadingDay]:
    """Return the days by line, with missing years taken from their neighbours, their section or the file's name."""
    in_name = _YEAR_IN_NAME.search(PurePosixPath(path).name)
    year = int(in_name[0]) if in_name else None
    years: list[int | None] = []
    for number, (_, name) in headings.items():
        year = heading_year(plain_text(name)) or year
        if number in day_headings:
            years.append(year)
    return dict(zip(day_headings, with_years(list(day_headings.values()), years), strict=True))


def _section_below(
    section: HeadingScope, level: int, name: str, day: HeadingDay | None, has_topics_on_top: bool
) -> HeadingScope:
    """Return the section that a heading begins; a day also applies to deeper headings below it."""
    if day:
        return HeadingScope(day, level)
    is_name = level == 1 and not has_topics_on_top and not _CATEGORY.fullmatch(name)  # the title of the list
    tag = "" if is_name or heading_year(name) else _tag(name)
    is_inside = section.day is not None and level > section.level
    return HeadingScope(section.day, section.level, tag) if is_inside else HeadingScope(None, 0, tag)


def _tag(name: str, longest: int = _LONGEST_TAG) -> str:
    """Return a heading as a tag, "" if it names no topic or is too long."""
    topic = _NUMBERING.sub("", name).strip(" :.-#")
    is_topic = any(character.isalpha() for character in topic) and not _NO_TOPIC.fullmatch(topic)
    return topic if is_topic and len(topic) <= longest and "://" not in topic else ""


def _ambiguous(headings: Mapping[int, tuple[int, str]], path: str) -> Iterator[Problem]:
    """Yield one problem if headings have a date that can be read as two days; it names the first."""
    found = [(number, name) for number, (_, name) in headings.items() if is_ambiguous_day(name)]
    for number, name in found[:1]:
        what = f'{counted(len(found), "heading")} of a day that may be two, as "{name}", and so of none'
        yield Problem(path, number, what, "write the month in letters, or YYYY-MM-DD")


def _inferred(day_headings: Mapping[int, HeadingDay], days: Mapping[int, HeadingDay], path: str) -> Iterator[Problem]:
    """Yield one problem that lists the inferred years, and one if years remain unknown."""
    guessed = [number for number, day in day_headings.items() if not day.year and days[number].year]
    unknown = [number for number, day in days.items() if not day.year]
    if guessed:
        years = ", ".join(sorted({str(days[number].year) for number in guessed}))
        what = f"{counted(len(guessed), 'heading')} of a day without its year; year inferred from the others: {years}"
        yield Problem(path, guessed[0], what, "write the year into the headings if it is wrong")
    if unknown:
        what = f"{counted(len(unknown), 'heading')} of a day without its year, and nothing in the file tells it"
        yield Problem(path, unknown[0], what, "write the year into one of the headings")
