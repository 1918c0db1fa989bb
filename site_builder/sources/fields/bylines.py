"""Split authors from the line of a title: `On Dams, by Jane Doe (2026)`, `On Dams, Jane Doe`, `Jane Doe: On Dams`.

A single title may look the same (`Optimization by Simulated Annealing`, `Audio Mamba: A Model`), so a title is split
only if most titles of its list follow the pattern.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper
from site_builder.names.line import at_commas, names_in
from site_builder.names.words import may_be_method
from site_builder.problems import Problem, counted, shortened

_BY = lazy_pattern(
    r"(?<!\s)(?P<comma>\s*[,;.\u2013\u2014-])?\s+(?:written\s+)?(?:by:?|(?<=,\s)(?:von|par|por|door))(?=\s+[^\W\d_])",
    re.IGNORECASE,
)
_YEAR = lazy_pattern(r"(?<![\s,.])[\s,.]*(?:\s\((?P<year>(?:19|20)\d\d)\)|,\s*(?P<bare>(?:19|20)\d\d))\.?\Z")
_NUMBERED = lazy_pattern(r"\A(?:#|\()?(?P<number>\d{1,3}(?:\.\d{1,3}){0,3})[.):]{0,2}\s+(?=\S)")
_BEFORE_TITLE = lazy_pattern(r"(?:\s?[:\uff1a]|\s[|\u2013\u2014-])\s+")
_FEWEST = 2  # titles with one pattern that make it a habit of the list
_FEWEST_WORDS = 2  # of a title
_FEWEST_WORDS_AFTER = 3  # of a title after names
_RARE = 10  # titles of which one may end with a comma and capitals: `Smaller, Weaker, Yet Better`
_RARE_BEFORE = 3  # titles of which one may begin with capitals and a colon: `Audio Mamba: A Model`

_Way = Literal["by", "after", "before"]
_TAKEN: Mapping[_Way, str] = {
    "after": "names after the last comma of a title are taken for its authors, since most titles end so",
    "before": "names before a title on its line are taken for its authors, since most titles begin so",
}


@dataclass(frozen=True, slots=True)
class _SplitTitle:
    """A title split from its authors; way: the position of the names.

    is_marked: a comma before `by` makes the split unambiguous. is_sure: the names have initials, or there are several.
    """

    title: str
    authors: list[str]
    year: str
    way: _Way
    is_marked: bool = False
    is_sure: bool = False

    @property
    def may_be_method(self) -> bool:
        """Return whether the names may be words of the title, such as the name of a method."""
        return any(map(may_be_method, self.authors))

    def is_doubtful(self, found: int, titled: int) -> bool:
        """Return whether an unsplit title may contain its authors; found: titles of its kind among all `titled`."""
        if self.may_be_method:
            return False
        is_often = _RARE * found > titled if self.way == "after" else found >= _FEWEST and _RARE_BEFORE * found > titled
        return self.way == "by" or self.is_sure or is_often


def split_bylines(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items of a list, with authors split from titles where the list shows the pattern, and the problems."""
    records = _without_numbers(list(items))
    found = {index: line for index, item in enumerate(records) if (line := _byline_of(item))}
    titled = sum(isinstance(item, RawPaper) and _may_have_byline(item.fields) for item in records)
    ways = {way: [line for line in found.values() if line.way == way] for way in get_args(_Way)}
    habits = {way for way, lines in ways.items() if _is_habit(lines, titled)}
    doubts: list[tuple[RawPaper, _SplitTitle]] = []
    unreported = set(_TAKEN)
    for index, item in enumerate(records):
        line = found.get(index)
        if line is None or not isinstance(item, RawPaper):
            yield item
        elif line.is_marked or line.way in habits:
            yield _split(item, line)
            if line.way in unreported and not line.is_marked:
                unreported.remove(line.way)
                yield Problem(item.path, item.line, _TAKEN[line.way], "a YAML list takes titles as they are")
        else:
            doubts += [(item, line)] if line.is_doubtful(len(ways[line.way]), titled) else []
            yield item
    yield from _doubt(doubts)


def _without_numbers(items: list[Item]) -> list[Item]:
    """Remove the numbers of titles if every title of the list has one and the numbers increase."""
    titles = [str(item.fields["title"]) for item in items if isinstance(item, RawPaper) and item.fields.get("title")]
    found = [_NUMBERED.match(title) for title in titles]
    numbers = [tuple(int(part) for part in re.findall(r"\d+", match["number"])) for match in found if match]
    is_row = len(numbers) == len(titles) > 1 and all(
        one < next_ and (len(one) + len(next_) > 2 or next_[0] == one[0] + 1)  # noqa: PLR2004 — `1.2`, or `1`, `2`
        for one, next_ in pairwise(numbers)
    )
    return [_without_number(item) for item in items] if is_row else items


def _without_number(item: Item) -> Item:
    if not isinstance(item, RawPaper) or not item.fields.get("title"):
        return item
    return replace(item, fields={**item.fields, "title": _NUMBERED.sub("", str(item.fields["title"]), 1)})


def _doubt(doubts: list[tuple[RawPaper, _SplitTitle]]) -> Iterator[Problem]:
    if doubts:
        first, line = doubts[0]
        more = f"; so it is with {counted(len(doubts) - 1, 'more title')}" if len(doubts) > 1 else ""
        names, title = ", ".join(line.authors), str(first.fields["title"])
        end = "beginning" if line.way == "before" else "end"
        what = f'"{shortened(names)}" at the {end} of "{shortened(title)}" may be the authors{more}'
        yield Problem(first.path, first.line, what, "write `, by ` before the authors of a paper, if they are")


def _is_habit(lines: list[_SplitTitle], titled: int) -> bool:
    """Return whether enough titles follow one pattern that the names are not part of the titles."""
    sure = sum(not line.may_be_method for line in lines)
    return sure >= _FEWEST and 2 * sure > titled


def _split(record: RawPaper, line: _SplitTitle) -> RawPaper:
    year = {"published": line.year} if line.year and not record.fields.get("published") else {}
    return replace(record, fields={**record.fields, "title": line.title, "authors": line.authors, **year})


def _may_have_byline(fields: Mapping[str, object]) -> bool:
    return bool(fields.get("title")) and not fields.get("authors")


def _byline_of(item: Item) -> _SplitTitle | None:
    return _byline(str(item.fields["title"])) if isinstance(item, RawPaper) and _may_have_byline(item.fields) else None


@lru_cache(maxsize=1024)
def _byline(text: str) -> _SplitTitle | None:
    """Split a title with names after `by` or a comma, or before a colon or a dash; return None for any other title."""
    dated = _YEAR.search(text)
    year = (dated["year"] or dated["bare"]) if dated else ""
    text = text[: dated.start()] if dated else text
    *_, by = (None, *_BY.finditer(text))
    if by and len(text[: by.start()].split()) >= _FEWEST_WORDS and (names := _whole_names(text[by.end() :].lstrip())):
        return _SplitTitle(_bare(text[: by.start()]), names, year, "by", is_marked=bool(by["comma"]))
    for head, tail in at_commas(text):
        if len(head.split()) >= _FEWEST_WORDS and (names := _whole_names(tail)):
            return _SplitTitle(_bare(head), names, year, "after")
    before = _BEFORE_TITLE.search(text)
    if before and len(text[before.end() :].split()) >= _FEWEST_WORDS_AFTER:
        head = text[: before.start()]
        if names := _whole_names(head):
            is_sure = len(names) > 1 or "." in head
            return _SplitTitle(_bare(text[before.end() :]), names, year, "before", is_sure=is_sure)
    return _after_names(text, year)


def _after_names(text: str, year: str) -> _SplitTitle | None:
    """Split `Jane Doe, Bo Roe, On Dams of Rivers`, where commas separate both the names and the title."""
    found = None
    for head, tail in at_commas(text):
        names = _whole_names(head) if len(tail.split()) >= _FEWEST_WORDS_AFTER else []
        if not names:
            break
        found = _SplitTitle(_bare(tail), names, year, "before", is_sure=True) if len(names) > 1 else found
    return found


def _bare(title: str) -> str:
    return title.strip(' ,"\u201c\u201d')


def _whole_names(text: str) -> list[str]:
    if " " not in text and text.isascii():
        return []
    names = names_in(text, is_single_known=True)
    return names if all(" " in name or name == "others" or not name.isascii() for name in names) else []
