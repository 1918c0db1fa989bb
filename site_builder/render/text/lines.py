"""Break HTML into lines short enough for mail: programs that mail feeds drop longer lines, or fail."""

import re

MAX_LINE = 900  # octets; RFC 5322 §2.1.1 allows 998, but mail may quote or indent a line
BREAK_FROM = 600  # octets; from here on the next space ends the line
ROOM = MAX_LINE - len("--><!--")  # for a tag between two line ends
MAX_WORD = 150  # octets of letters without a space, as in Chinese

_PIECE = re.compile(r"<[^>]*>| |&[^;\s<]{1,30};|[^<& \n]+|\n|[<&]")
_INVISIBLE_BREAK = "<!--\n-->"  # an invisible line end; feedparser, like most, rewrites tags and keeps comments
# Tags around which white space has no effect, so that a plain line end will do.
_BLOCK = re.compile(
    r"</?(?:table|tbody|tr|td|th|thead|ul|ol|li|p|div|h[1-6]|blockquote|pre|dl|dt|dd|figure|details|hr)\b"
)


def in_short_lines(html: str) -> str:
    """Return HTML that looks the same in lines below MAX_LINE octets; longer tags, as with a long address, stay."""
    if all(len(line) < BREAK_FROM // 4 or len(line.encode()) < MAX_LINE for line in html.split("\n")):
        return html
    lines = _Lines()
    for piece in _PIECE.findall(html):
        lines.add(piece)
    return "".join(lines.pieces)


class _Lines:
    """Pieces of HTML, broken where a line gets long."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._length = 0
        self._is_preformatted = False

    def add(self, piece: str) -> None:
        size = len(piece.encode())
        if self._length < BREAK_FROM and size <= MAX_WORD and piece[0] not in "<\n":  # the usual case
            self.pieces.append(piece)
            self._length += size
            return
        is_full = self._length >= BREAK_FROM or (piece[0] == "<" and self._length + size > ROOM)
        if is_full and self._length and piece != "\n" and self._end_line(piece):
            return
        if piece.startswith(("<pre", "</pre")):
            self._is_preformatted = piece.startswith("<pre")
        if piece[0] == "<" or size <= MAX_WORD:
            self._put(piece)
            return
        for character in piece:
            if self._length >= BREAK_FROM:
                self._put(_INVISIBLE_BREAK)
            self._put(character)

    def _end_line(self, piece: str) -> bool:
        """End the line before a piece. Return True if the piece is a space, which the line end then replaces."""
        if self._is_preformatted:
            self._put(_INVISIBLE_BREAK)
            return False
        if self.pieces[-1] == " ":
            self.pieces.pop()
            self._put("\n")
        elif piece == " " or _BLOCK.match(piece):
            self._put("\n")
        else:
            self._put(_INVISIBLE_BREAK)
        return piece == " "

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        before, newline, last = piece.rpartition("\n")
        self._length = len(last.encode()) + (0 if newline else self._length + len(before.encode()))
