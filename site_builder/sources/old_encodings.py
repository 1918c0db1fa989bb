"""Guess the encoding of text that is not UTF-8."""

import re

from site_builder.lazy import lazy_pattern
from site_builder.sources.fields.field_names import known_names

# Encoding → its common name, and the non-ASCII characters that its texts consist of; the most distinctive first.
_ENCODINGS = {
    "cp932": ("Shift_JIS", lazy_pattern(r"[\u3000-\u30ff\u4e00-\u9fff\uff01-\uffee]")),
    "cp949": ("EUC-KR", lazy_pattern(r"[\uac00-\ud7a3]")),
    "gb18030": ("GB18030 (GBK)", lazy_pattern(r"[\u2018-\u201d\u3000-\u3017\u4e00-\u9fff\uff01-\uff5e]")),
    "big5": ("Big5", lazy_pattern(r"[\u3000-\u3017\u4e00-\u9fff\uff01-\uff5e]")),
    "cp1251": ("Windows-1251", lazy_pattern(r"[\u0401\u0410-\u044f\u0451\u00a0\u00ab\u00bb\u2013-\u2026\u2116]")),
    "cp1252": ("Windows-1252", lazy_pattern(r"[\u00a0-\u00ff\u0152-\u017e\u2013-\u2026€]")),
    "cp1250": ("Windows-1250", lazy_pattern(r"[\u00a0-\u017e\u02c7-\u02dd\u2013-\u2026€]")),
}
_OTHER_SCRIPTS = frozenset({"cp932", "cp949", "gb18030", "big5", "cp1251"})
_MIXED_SCRIPTS = lazy_pattern(  # a character of one script within a word of another
    r"[a-z][\u3400-\u9fff\uac00-\ud7a3](?=[a-z])|[a-z][\u0400-\u045f]|[\u0400-\u045f][a-z]", re.IGNORECASE
)
# Characters that every text in an encoding contains.
_NEEDED = {"cp932": lazy_pattern(r"[\u3041-\u30fa]"), "cp1251": lazy_pattern(r"[\u0410-\u044f]{4}")}
_CELLS = lazy_pattern(r"[,;\t|]")
_SEPARATOR_LINE = lazy_pattern(rb"\Asep=.\r?\n", re.IGNORECASE)  # first line of some CSV files, for Excel
_FEWEST_NAMES = 2  # known column names that make an encoding certain
_SAMPLE = 4 * 1024  # bytes
_MOST_PAGES = 3  # blocks of 256 Unicode characters that a text in an alphabet uses
_CLEARLY = 4  # how many times more zeros one half of the 16-bit units must have than the other
_PURE = 0.95  # least share of an encoding's own characters among the non-ASCII ones


def certain_encoding(head: bytes) -> str | None:
    """Return the encoding in which the first line has the most known column names, at least one of them non-ASCII.

    None if no encoding gives two.
    """
    line = _SEPARATOR_LINE.sub(b"", head).split(b"\n", 1)[0].strip()
    best, most = None, _FEWEST_NAMES - 1
    for encoding in () if line.isascii() else _ENCODINGS:
        try:
            names = [name.strip(' "') for name in _CELLS.split(line.decode(encoding))]
        except UnicodeDecodeError:
            continue
        known = [name for name in names if known_names([name])]
        if len(known) > most and not all(name.isascii() for name in known):
            best, most = encoding, len(known)
    return best


def likely_encoding(data: bytes) -> str:
    """Return the common name of the encoding that a text is probably in, "" if none is likely."""
    start = next((index for index, byte in enumerate(data) if byte > 127), 0)  # noqa: PLR2004 — the last of ASCII
    sample = data[max(0, start - _SAMPLE // 2) : start + _SAMPLE]
    for encoding, (name, own) in _ENCODINGS.items():
        text = sample.decode(encoding, "replace")
        others = [character for character in text if not character.isascii()]
        if encoding in _OTHER_SCRIPTS and _MIXED_SCRIPTS.search(text):
            continue  # `Müller` in Windows-1252 has bytes that are a character of GBK
        is_pure = sum(map(bool, map(own.match, others))) >= _PURE * len(others)
        if is_pure and (encoding not in _NEEDED or _NEEDED[encoding].search(text)):
            return name
    return ""


def utf_16_without_mark(head: bytes) -> str | None:
    """Return the byte order of UTF-16 without a byte-order mark, None for other text.

    European text has a zero in most 16-bit units, Chinese text in a few. In text of an alphabet one half of the units
    has few different bytes.
    """
    low, high = head[0::2].count(0), head[1::2].count(0)
    fewer, more = sorted((len(set(head[0::2])), len(set(head[1::2]))))
    is_alphabet = fewer <= _MOST_PAGES and more > 2 * _MOST_PAGES
    is_text = low + high < len(head) // 3 and _is_utf_8(head) and not is_alphabet
    if len(head) <= 3 or is_text or max(low, high) < _CLEARLY * min(low, high):  # noqa: PLR2004 — two characters
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _is_utf_8(head: bytes) -> bool:
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.end == len(head)  # cut off within a character
    return True
