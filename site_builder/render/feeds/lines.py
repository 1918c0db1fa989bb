"""Content in lines that mail can carry: programs that turn feeds into mail drop longer ones, or stop."""

import re

MAX_LINE = 900  # octets; RFC 5322 §2.1.1 has 998, and mail may quote or indent a line
BREAK_FROM = 600  # octets; from here on the next space ends the line
MAX_WORD = 150  # octets of letters without a space, as Chinese is written

_PIECE = re.compile(r"<pre\b.*?</pre>|<[^>]*>| |&[^;\s<]{1,30};|[^<& \n]+|\n|[<&]", re.DOTALL)


def in_short_lines(html: str) -> str:
    """Return HTML of the same look in lines below MAX_LINE octets: lines end at spaces, and within long words.

    Preformatted text and the inside of a tag stay as they are.
    """
    if all(len(line) < BREAK_FROM // 4 or len(line.encode()) < MAX_LINE for line in html.split("\n")):
        return html
    lines: list[str] = []
    length = 0
    for piece in _PIECE.findall(html):
        if piece == "\n" or (piece == " " and length >= BREAK_FROM):
            lines.append("\n")
            length = 0
        elif piece[0] == "<" or len(piece.encode()) <= MAX_WORD:
            lines.append(piece)
            length = _length_behind(piece, length)
        else:
            length = _add_long_word(piece, length, lines)
    return "".join(lines)


def _length_behind(piece: str, length: int) -> int:
    """Return how long the line is behind a piece, which may hold ends of lines itself."""
    before, newline, last = piece.rpartition("\n")
    return len(last.encode()) if newline else length + len(before.encode()) + len(last.encode())


def _add_long_word(word: str, length: int, lines: list[str]) -> int:
    """Add a word, broken where no reader sees it, and return the length of the last line."""
    for character in word:
        if length >= BREAK_FROM:
            lines.append("<wbr\n>")
            length = 1
        lines.append(character)
        length += len(character.encode())
    return length
