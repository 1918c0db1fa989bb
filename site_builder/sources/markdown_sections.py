"""What the headings of a curated Markdown file say about the lines below: the day, and the topic as a tag."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from site_builder.problems import Problem
from site_builder.sources.heading_dates import HeadingDay, heading_day, heading_year, with_years
from site_builder.sources.markdown_text import links_to_paper, plain_text

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})\s+(?P<text>\S.*)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_NUMBERING = re.compile(r"\A(?:[IVX]+[.)]|\d+(?:\.\d+)*[.):]?)\s+")
_NO_TOPIC = re.compile(
    r"(?:table of )?contents?|toc|papers?|paper list|list of papers|archives?|news|updates?|overview|others?",
    re.IGNORECASE,
)
_YEAR_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LONGEST_TAG = 60


@dataclass(frozen=True, slots=True)
class Section:
    """Where a line stands: the day and the topic that headings above it name; `level` is that of the day."""

    day: HeadingDay | None = None
    level: int = 0
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, with its section; `heading` is the text of one that is a heading."""

    number: int
    text: str
    section: Section
    heading: str = ""
    is_code: bool = False


def read_lines(text: str, first_line: int, path: str) -> tuple[list[Line], list[Problem]]:
    """Return the lines that are not blank, and a problem when years of their days had to be inferred."""
    texts = list(enumerate(text.split("\n"), first_line))
    code = dict(_code(texts))
    headings = {
        number: (len(found["level"]), found["text"])
        for number, line in texts
        if not code[number] and (found := _HEADING.fullmatch(line.rstrip().rstrip("#").rstrip()))
    }
    written = {number: day for number, (_, name) in headings.items() if (day := heading_day(name))}
    days = _in_years(written, headings, path)
    lines: list[Line] = []
    section = Section()
    for number, line in texts:
        level, name = headings.get(number, (0, ""))
        if level and not links_to_paper(name):
            section = _below(section, level, plain_text(name), days.get(number))
        if line.strip():
            lines.append(Line(number, line, section, name, code[number]))
    return lines, list(_inferred(written, days, path))


def _code(texts: list[tuple[int, str]]) -> Iterator[tuple[int, bool]]:
    """Yield line number and whether the line is in, or opens or closes, a block of code."""
    is_code = False
    for number, line in texts:
        is_fence = _FENCE.match(line) is not None
        yield number, is_code or is_fence
        is_code ^= is_fence


def _in_years(
    written: Mapping[int, HeadingDay], headings: Mapping[int, tuple[int, str]], path: str
) -> dict[int, HeadingDay]:
    """Return the days by line, with years of their own, their neighbours, their section or the file's name."""
    in_name = _YEAR_IN_NAME.search(PurePosixPath(path).name)
    year = int(in_name[0]) if in_name else None
    years: list[int | None] = []
    for number, (_, name) in headings.items():
        year = heading_year(plain_text(name)) or year
        if number in written:
            years.append(year)
    return dict(zip(written, with_years(list(written.values()), years), strict=True))


def _below(section: Section, level: int, name: str, day: HeadingDay | None) -> Section:
    """Return the section that a heading begins; a day holds for the headings below its own level."""
    if day:
        return Section(day, level)
    tag = "" if level == 1 or heading_year(name) else _tag(name)
    is_inside = section.day is not None and level > section.level
    return Section(section.day, section.level, tag) if is_inside else Section(None, 0, tag)


def _tag(name: str) -> str:
    """Return a heading as a tag, "" for one that names no topic."""
    topic = _NUMBERING.sub("", name).strip(" :.-#")
    is_topic = any(character.isalpha() for character in topic) and not _NO_TOPIC.fullmatch(topic)
    return topic if is_topic and len(topic) <= _LONGEST_TAG and "://" not in topic else ""


def _inferred(written: Mapping[int, HeadingDay], days: Mapping[int, HeadingDay], path: str) -> Iterator[Problem]:
    """Yield one problem that names the years which no heading wrote, and one for years that stay unknown."""
    guessed = [number for number, day in written.items() if not day.year and days[number].year]
    unknown = [number for number, day in days.items() if not day.year]
    if guessed:
        years = ", ".join(sorted({str(days[number].year) for number in guessed}))
        what = f"{len(guessed)} headings name days without a year; year inferred from the others: {years}"
        yield Problem(path, guessed[0], what, "write the year into the headings if it is wrong")
    if unknown:
        what = f"{len(unknown)} headings name days without a year, and nothing in the file tells it"
        yield Problem(path, unknown[0], what, "write the year into one of the headings")
