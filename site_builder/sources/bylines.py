"""Authors who stand behind a title on the same line: `On Dams, by Jane Doe (2026)`, `On Dams, Jane Doe`.

A single title may end so itself (`Optimization by Simulated Annealing`); what most titles of a list end with are names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.names.line import at_commas, names_in
from site_builder.problems import Problem, counted

_BY = re.compile(r"(?<!\s)(?P<comma>\s*[,;.\u2013\u2014-])?\s+(?:written\s+)?by:?(?=\s+[^\W\d_])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\s,.])[\s,.]*(?:\s\((?P<year>(?:19|20)\d\d)\)|,\s*(?P<bare>(?:19|20)\d\d))\.?\Z")
# Words that end so are methods, where names seldom end so: `Annealing`, `Diffusion`, `Example Networks`.
_NO_NAME = re.compile(
    r"(?:ing|[ts]ion|ment|ness|ity|ics|ism|sis|gy|phy|ances?|ences?|els|ods|thms?|orks|ions|ments|Carlo|Theory)\Z"
)
_FEWEST = 2  # titles that end alike before that is a habit
_FEWEST_WORDS = 2  # of a title
_RARE = 10  # titles of which one may end with a comma and capitals: `Smaller, Weaker, Yet Better`


@dataclass(frozen=True, slots=True)
class _Byline:
    """A title in its parts; is_marked: a comma before `by` leaves no other way to read it."""

    title: str
    authors: list[str]
    year: str
    is_by: bool
    is_marked: bool

    @property
    def may_be_method(self) -> bool:
        """Tell whether the names may be words of the title."""
        return any(_NO_NAME.search(name) for name in self.authors)


def split_bylines(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items of a list, titles without the authors behind them where the list shows what these are."""
    held = list(items)
    found = {place: line for place, item in enumerate(held) if (line := _byline_of(item))}
    titled = sum(isinstance(item, RawPaper) and _may_have_byline(item.fields) for item in held)
    are_by = _is_habit([line for line in found.values() if line.is_by], titled)
    are_behind = _is_habit([line for line in found.values() if not line.is_by], titled)
    doubts: list[tuple[RawPaper, str]] = []
    is_told = False
    for place, item in enumerate(held):
        line = found.get(place)
        if line is None or not isinstance(item, RawPaper):
            yield item
        elif line.is_marked or (are_by if line.is_by else are_behind):
            yield _split(item, line)
            if not line.is_by and not is_told:
                is_told = True
                what = "names behind the last comma of a title are taken for its authors, since most titles end so"
                yield Problem(item.path, item.line, what, "a YAML list takes titles as they are")
        else:
            is_doubtful = not line.may_be_method and (line.is_by or _RARE * len(found) > titled)
            doubts += [(item, ", ".join(line.authors))] if is_doubtful else []
            yield item
    yield from _told(doubts)


def _told(doubts: list[tuple[RawPaper, str]]) -> Iterator[Problem]:
    if doubts:
        first, names = doubts[0]
        more = f"; so it is with {counted(len(doubts) - 1, 'more title')}" if len(doubts) > 1 else ""
        what = f'"{names[:60]}" at the end of "{str(first.fields["title"])[:60]}" may be the authors{more}'
        yield Problem(first.path, first.line, what, "write `, by ` before the authors of a paper, if they are")


def _is_habit(lines: list[_Byline], titled: int) -> bool:
    """Tell whether so many titles end with names that these are no part of them."""
    sure = sum(not line.may_be_method for line in lines)
    return sure >= _FEWEST and 2 * sure > titled


def _split(record: RawPaper, line: _Byline) -> RawPaper:
    year = {"published": line.year} if line.year and not record.fields.get("published") else {}
    return replace(record, fields={**record.fields, "title": line.title, "authors": line.authors, **year})


def _may_have_byline(fields: Mapping[str, object]) -> bool:
    return bool(fields.get("title")) and not fields.get("authors")


def _byline_of(item: Item) -> _Byline | None:
    return _byline(str(item.fields["title"])) if isinstance(item, RawPaper) and _may_have_byline(item.fields) else None


@lru_cache(maxsize=1024)
def _byline(text: str) -> _Byline | None:
    """Return the parts of a title with names behind `by`, or behind a comma; None for any other title."""
    dated = _YEAR.search(text)
    year = (dated["year"] or dated["bare"]) if dated else ""
    text = text[: dated.start()] if dated else text
    *_, by = (None, *_BY.finditer(text))
    if by and len(text[: by.start()].split()) >= _FEWEST_WORDS and (names := _whole_names(text[by.end() :].lstrip())):
        title = text[: by.start()].strip(' ,"\u201c\u201d')
        return _Byline(title, names, year, is_by=True, is_marked=bool(by["comma"]))
    for head, tail in at_commas(text):
        if len(head.split()) >= _FEWEST_WORDS and (names := _whole_names(tail)):
            return _Byline(head.strip(' "\u201c\u201d'), names, year, is_by=False, is_marked=False)
    return None


def _whole_names(text: str) -> list[str]:
    names = names_in(text, is_single_known=True)
    return names if all(" " in name or name == "others" or not name.isascii() for name in names) else []
