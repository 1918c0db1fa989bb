"""Text copied from a daily-papers page: blocks between blank lines, with or without metadata after each paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper
from site_builder.problems import Problem, shortened
from site_builder.sources.formats.page_metadata import COMMON, is_boilerplate, is_page_date, read_metadata
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

TITLE_MAX = 300  # characters; the longest title of 11,610 real papers has 250
TITLE_LINES = 4  # most lines of a title
_NO_BREAK = lazy_pattern("[\u00a0\u202f]")  # non-breaking spaces, as browsers copy them
MOST_LINKS = 3  # most links of an abstract; a list of papers in one block has more
PROSE_MIN = 40  # characters of a line where prose is broken over several
ABSTRACT_MIN = 200  # characters; a shorter block is an abstract only when it ends like a sentence


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank lines. line: the 1-based number of the first."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def is_menu(self) -> bool:
        """Return whether the block has many lines that are too short for prose, as pages have them around a list."""
        return sum(len(line) < PROSE_MIN for line in self.lines) > max(TITLE_LINES, len(self.lines) / 2)

    @property
    def looks_like_text(self) -> bool:
        return len(self.text) >= ABSTRACT_MIN or self.text.endswith((".", "!", "?", "…", "。"))


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a text; a line of boilerplate and the date of the page are blocks of their own."""
    blocks: list[Block] = []
    gathered: list[str] = []
    first = 1
    has_begun = False  # whether there was any other text: dates after it belong to papers
    for number, line in enumerate([*_NO_BREAK.sub(" ", text).split("\n"), ""], start=1):
        stripped = line.strip()
        is_date = not gathered and not has_begun and is_page_date(stripped)
        alone = is_date or is_boilerplate(stripped)
        has_begun = has_begun or bool(stripped and not alone)
        if gathered and (not stripped or alone):
            blocks.append(Block(first, tuple(gathered)))
            gathered = []
        if alone:
            blocks.append(Block(number, (stripped,)))
        elif stripped:
            first = first if gathered else number
            gathered.append(stripped)
    return blocks


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each title with its abstract and metadata; the page's own lines are boilerplate."""
    blocks = blocks_of(source.text())
    page: dict[str, object] = {}
    position = 0
    while position < len(blocks):
        block = blocks[position]
        if is_boilerplate(block.text) or is_page_date(block.text):
            if is_page_date(block.text):
                page["listed"] = block.text
            yield Boilerplate(block.line, len(block.lines))
            position += 1
            continue
        item, position = _read_paper(source.path, blocks, position, page)
        yield item


def _read_paper(path: str, blocks: list[Block], position: int, page: dict[str, object]) -> tuple[Item, int]:
    """Read the paper that begins at a block; return it and the position of the next one."""
    first, fields, start = blocks[position], dict(page), position
    if re.fullmatch(r"\d{1,5}|-", first.text) and position + 1 < len(blocks):
        fields["upvotes"] = first.text if first.text != "-" else ""
        position += 1
    title = blocks[position]
    if len(title.text) > TITLE_MAX or len(title.lines) > TITLE_LINES or read_metadata(title.text):
        lost = blocks[start : position + 1]
        return _unread(path, title, sum(len(block.lines) for block in lost)), position + 1
    fields["title"] = title.text
    position += 1
    abstract: list[str] = []
    while position < len(blocks) and _belongs(blocks, position, is_first=not abstract):
        abstract.append(blocks[position].text)
        position += 1
    fields["abstract"] = "\n\n".join(abstract)
    if position < len(blocks) and (metadata := read_metadata(blocks[position].text)):
        fields.update(metadata)
        position += 1
    count = sum(len(block.lines) for block in blocks[start:position])
    return RawPaper(fields, path, first.line, count), position


def _belongs(blocks: list[Block], position: int, *, is_first: bool) -> bool:
    """Return whether a block belongs to the abstract: it is prose, or between a title and its metadata."""
    block = blocks[position]
    if is_boilerplate(block.text) or read_metadata(block.text) or block.is_menu:
        return False
    has_metadata_next = position + 1 < len(blocks) and bool(read_metadata(blocks[position + 1].text))
    if not is_first:
        return len(block.text) > TITLE_MAX or (block.looks_like_text and has_metadata_next)
    return block.looks_like_text or has_metadata_next


def _unread(path: str, block: Block, lines: int) -> Problem:
    is_other = len(block.text) > TITLE_MAX or len(block.lines) > TITLE_LINES
    what = f'"{shortened(block.text)}" stands where a title belongs' if is_other else "no title here"
    return Problem(path, block.line, what, "put the paper's title on a line of its own before it", lines, 1)


def recognises(source: Source) -> bool:
    """Return whether a text has boilerplate of the page, blocks of metadata, or short and long blocks in turn."""
    if source.head.lstrip().startswith(("{", "[", "<", "@", "---", "#", "- ", "|")):
        return False
    blocks = blocks_of(source.head)[:60]
    own = {block.text.casefold() for block in blocks[:8] if is_boilerplate(block.text)}
    if len(own) > 1 or own - COMMON or any(read_metadata(block.text) for block in blocks):
        return len(blocks) > 1
    pairs = list(zip(blocks[::2], blocks[1::2], strict=False))
    fitting = sum(_are_paper(title, text) for title, text in pairs)
    return bool(pairs) and fitting > len(pairs) / 2


def _are_paper(title: Block, text: Block) -> bool:
    """Return whether two blocks are a title, of one line and more than one word, and an abstract, a long text."""
    is_title = len(title.lines) == 1 and len(title.text) <= TITLE_MAX and " " in title.text
    is_abstract = len(text.text) > TITLE_MAX and text.text.count("://") <= MOST_LINKS and not text.is_menu
    return is_title and is_abstract


READER = Reader(
    name="page dump",
    about="text copied from a daily-papers page: title, abstract and, where shown, authors, date and comments",
    example="Daily Papers\n\nMay 27\n\nA Title of a Paper\n\nThe abstract …\n\n  • 8 authors\n·\nMay 6",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
