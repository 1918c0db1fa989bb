"""Cut the lines of an XML text into pieces: its entries, and the text outside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: an entry from its start tag on, or text before, between or after entries.

    line: 1-based line where it begins; is_closed: the entry's end tag was found; is_cut: the text is truncated at the
    limit; starts: number of start tags of entries in it, 1 if it is well-formed.
    """

    text: str
    line: int
    is_entry: bool
    is_closed: bool
    is_cut: bool
    starts: int


def cut_entries(lines: Iterator[tuple[int, str]], skip: int, tags: Sequence[str], limit: int) -> Iterator[Piece]:
    """Yield the pieces of a text in order, without blank ones outside entries.

    skip: leading characters that belong to no piece; tags: qualified names of the entries' elements; limit: characters
    kept of one entry, and of all text outside entries together.
    """
    return _Cutter(tags, limit).cut(lines, skip)


class _Cutter:
    """The state while cutting: the open piece, and the end mark of the comment or CDATA section that is open."""

    def __init__(self, tags: Sequence[str], limit: int) -> None:
        names = "|".join(map(re.escape, tags))
        self._token = re.compile(rf"<!--|<!\[CDATA\[|<\?|<(/?)(?:{names})(?![^\s/>])")
        self._start = re.compile(rf"<(?:{names})(?![^\s/>])")
        self._limit = limit
        self._frame_left = limit
        self._until = ""
        self._parts: list[str] = []
        self._is_entry = False
        self._open(1, is_entry=False)

    def cut(self, lines: Iterator[tuple[int, str]], skip: int) -> Iterator[Piece]:
        for number, line in lines:
            start = min(skip, len(line) + 1)
            skip -= start
            yield from self._cut_line(number, f"{line}\n", start)
        yield from self._close(is_closed=False)

    def _cut_line(self, number: int, line: str, start: int) -> Iterator[Piece]:
        """Yield the pieces that end on a line; start: index of its first character to process."""
        if not self._parts and not self._is_entry:
            self._line = number
        for begins, position in self._tags(line, start):
            if begins:
                self._keep(line[start:position])
                yield from self._close(is_closed=False)
                self._open(number, is_entry=True)
                start = position
            elif self._is_entry:
                self._keep(line[start:position])
                yield from self._close(is_closed=True)
                self._open(number, is_entry=False)
                start = position
        self._keep(line[start:])

    def _tags(self, line: str, position: int) -> Iterator[tuple[bool, int]]:
        """Yield (True, index) where a start tag of an entry begins, and (False, index) where an end tag ends."""
        while True:
            if self._until:
                end = line.find(self._until, position)
                if end < 0:
                    return
                position = end + len(self._until)
                self._until = ""
            found = self._token.search(line, position)
            if found is None:
                return
            position = found.end()
            if found[0] in _ENDS:
                self._until = _ENDS[found[0]]
                continue
            end = line.find(">", position)
            if not found[1]:
                yield True, found.start()
            if found[1] or line[end - 1 : end + 1] == "/>":
                position = end + 1 if end >= 0 else len(line)
                yield False, position

    def _open(self, line: int, *, is_entry: bool) -> None:
        self._line = line
        self._is_entry = is_entry
        self._is_cut = False
        self._parts = []
        self._left = self._limit if is_entry else self._frame_left

    def _keep(self, text: str) -> None:
        """Add text to the open piece up to its limit; drop blank text between entries."""
        if not self._is_entry and not self._parts and not text.strip():
            return
        self._is_cut = self._is_cut or len(text) > self._left
        if not self._is_cut:
            self._parts.append(text)
            self._left -= len(text)

    def _close(self, *, is_closed: bool) -> Iterator[Piece]:
        if not self._is_entry:
            self._frame_left = self._left
        text = "".join(self._parts)
        if text or self._is_cut:
            starts = max(len(self._start.findall(text)), 1)
            yield Piece(text, self._line, self._is_entry, is_closed, self._is_cut, starts)
