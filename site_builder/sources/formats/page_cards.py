"""Text copied from a daily-papers page that shows cards: who submitted a paper, votes, its title and small print."""

import re
from collections.abc import Iterator

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, filled
from site_builder.problems import Problem, shortened
from site_builder.sources.formats.page_metadata import DATE, is_boilerplate, is_page_date, organization_name
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

ABSTRACT_MIN = 150  # characters; shorter text below a title is an organisation's name
_SUBMITTED = lazy_pattern(r"Submitted by(?:\s+(?P<who>\S+))?")
_HANDLE = lazy_pattern(r"(?=.*[^\W\d])\S{1,60}")
_NUMBER = lazy_pattern(r"-|\d{1,6}|\d{1,3}(?:\.\d)?k")
_SMALL_PRINT = (
    lazy_pattern(r"(?P<author_count>\d{1,5}) authors?"),
    lazy_pattern(rf"(?:Published on )?(?P<published>{DATE})"),
)
_COUNTED = {"upvote": "upvotes", "github": "stars"}  # what stands before a number → field
_COUNT = lazy_pattern(rf"(?P<what>{'|'.join(_COUNTED)})(?:\s+(?P<number>{_NUMBER.pattern}))?", re.IGNORECASE)
_BUTTON = lazy_pattern(r"arXiv Page|Project Page|\+\d+|", re.IGNORECASE)
_CURATED = lazy_pattern(r"^[ \t]*[-*+][ \t].*\]\(", re.MULTILINE)  # a bullet with a link: the list of a curator
_DOTS = lazy_pattern(r"\s*[\u00b7\u2022]\s*")

_Lines = list[tuple[int, str]]


class _CardFields:
    """The lines of one card, as they come."""

    def __init__(self, page: dict[str, object]) -> None:
        self.fields = dict(page)
        self.abstract: list[str] = []
        self.unread: dict[str, str] = {}
        self._counted = ""  # the field of a number that comes next
        self._is_by = False  # whether the name of who submitted the paper comes next

    def add(self, line: str) -> None:
        submitted = _SUBMITTED.fullmatch(line)
        if submitted:
            self._add_submitter(submitted["who"])
        elif self._is_by and _HANDLE.fullmatch(line) and "submitter" not in self.fields:
            self._add_submitter(line)
        elif len(line) >= ABSTRACT_MIN and "title" in self.fields:
            self.abstract.append(line)
        else:
            self._is_by = False
            for part in _DOTS.split(line) if "title" in self.fields else [line]:
                self._add_part(part)

    def _add_submitter(self, who: str | None) -> None:
        self._is_by = not who
        if who:
            self.fields["submitter"] = who

    def _add_part(self, part: str) -> None:
        """Add a number, a label, or a text between middle dots."""
        found = next((found for pattern in _SMALL_PRINT if (found := pattern.fullmatch(part))), None)
        counted = _COUNT.fullmatch(part)
        if counted:
            self._counted = _COUNTED[counted["what"].casefold()]
            self._add_number(counted["number"] or "")
        elif _NUMBER.fullmatch(part):
            self._add_number(part)
        elif found:
            self.fields |= found.groupdict() if "title" in self.fields else {}
        elif not _BUTTON.fullmatch(part):
            self._add_text(part)

    def _add_number(self, number: str) -> None:
        """Add a number: of what is named before it, or of votes above the title and of comments below it."""
        if number:
            name = self._counted or ("comments" if "title" in self.fields else "upvotes")
            thousands = number.removesuffix("k")
            self.fields[name] = str(round(float(thousands) * 1000)) if number != thousands else number.strip("-")
            self._counted = ""

    def _add_text(self, text: str) -> None:
        if "title" not in self.fields:
            self.fields["title"] = text
        elif self.fields.keys().isdisjoint({"organization", "author_count"}):
            self.fields["organization"] = organization_name(text)
        else:
            self.unread["text beside a title"] = "text"


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each card; what stands above the first and below the last is boilerplate."""
    page: dict[str, object] = {}
    for card in _cards(source.text()):
        start = _start(card)
        for number, line in card[:start]:
            if is_page_date(line):
                page["listed"] = line
            yield Boilerplate(number)
        lines = card[start:]
        end = next((index for index, (_, line) in enumerate(lines) if is_boilerplate(line)), len(lines))
        if end:
            yield _item(source.path, lines[:end], page)
        yield from (Boilerplate(number) for number, _ in lines[end:])


def _cards(text: str) -> Iterator[_Lines]:
    """Yield the lines of each card, and first those above the first one."""
    card: _Lines = []
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = " ".join(line.split())
        if _SUBMITTED.fullmatch(stripped):
            yield card
            card = []
        if stripped:
            card.append((number, stripped))
    yield card


def _start(card: _Lines) -> int:
    """Return where the paper of a card begins: that above the first one may lack who submitted it, or be none."""
    if card and _SUBMITTED.fullmatch(card[0][1]):
        return 0
    last = max(
        (index + 1 for index, (_, line) in enumerate(card) if is_boilerplate(line) or is_page_date(line)), default=0
    )
    is_paper = any(_SMALL_PRINT[0].fullmatch(part) for _, line in card[last:] for part in _DOTS.split(line))
    return last if is_paper else len(card)


def _item(path: str, lines: _Lines, page: dict[str, object]) -> Item:
    card = _CardFields(page)
    for _, line in lines:
        card.add(line)
    if "title" not in card.fields:
        what = f'"{shortened(" ".join(line for _, line in lines))}" names no paper'
        return Problem(path, lines[0][0], what, "put the paper's title on a line of its own", len(lines), 1)
    fields = card.fields | {"abstract": "\n\n".join(card.abstract)}
    return RawPaper(filled(fields), path, lines[0][0], len(lines), card.unread)


def recognises(source: Source) -> bool:
    """Return whether a line says who submitted a paper, and one below counts its authors."""
    if _CURATED.search(source.head):
        return False
    _, *cards = _cards(source.head)
    return any(_SMALL_PRINT[0].fullmatch(part) for card in cards for _, line in card for part in _DOTS.split(line))


READER = Reader(
    name="page cards",
    about="text copied from a daily-papers page with cards: who submitted each paper, votes, title, authors, comments",
    example="Daily Papers\n\nMay 27\n\nSubmitted by\nada\n45\n\nA Title of a Paper\n\n·\n6 authors\n5",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
