"""Text that is no UTF-8: which encoding it is where that is certain, and which it seems to be."""

import re

from site_builder.lazy import lazy_pattern
from site_builder.sources.fields.field_names import known_names

# Most telling first. Encoding → what people call it, and the characters that a text in it is made of besides ASCII.
_ENCODINGS = {
    "cp932": ("Shift_JIS", lazy_pattern(r"[\u3000-\u30ff\u4e00-\u9fff\uff01-\uffee]")),
    "cp949": ("EUC-KR", lazy_pattern(r"[\uac00-\ud7a3]")),
    "gb18030": ("GB18030 (GBK)", lazy_pattern(r"[\u2018-\u201d\u3000-\u3017\u4e00-\u9fff\uff01-\uff5e]")),
    "big5": ("Big5", lazy_pattern(r"[\u3000-\u3017\u4e00-\u9fff\uff01-\uff5e]")),
    "cp1252": ("Windows-1252", lazy_pattern(r"[\u00a0-\u00ff\u0152-\u017e\u2013-\u2026€]")),
}
_WIDE = frozenset({"cp932", "cp949", "gb18030", "big5"})
_WITHIN_WORDS = lazy_pattern(r"[a-z][\u3400-\u9fff\uac00-\ud7a3](?=[a-z])", re.IGNORECASE)  # by itself within a word
_KANA = lazy_pattern(r"[\u3041-\u30fa]")
_CELLS = lazy_pattern(r"[,;\t|]")
_FEWEST_NAMES = 2  # columns with names of ours that make an encoding certain
_LOOK = 4 * 1024  # bytes
_CLEARLY = 4  # times the zeros at one end of the characters, against those at the other
_PURE = 0.95  # share of an encoding's own characters among those that are not ASCII


def certain_encoding(head: bytes) -> str | None:
    """Return the encoding in which the first line names columns of a table of papers, some of them not in ASCII."""
    line = head.split(b"\n", 1)[0].strip()
    for encoding in () if line.isascii() else _ENCODINGS:
        try:
            names = [name.strip(' "') for name in _CELLS.split(line.decode(encoding))]
        except UnicodeDecodeError:
            continue
        known = [name for name in names if known_names([name])]
        if len(known) >= _FEWEST_NAMES and not all(name.isascii() for name in known):
            return encoding
    return None


def likely_encoding(data: bytes) -> str:
    """Return what people call the encoding that a text seems to be in, "" where none is likely."""
    start = next((index for index, byte in enumerate(data) if byte > 127), 0)  # noqa: PLR2004 — the last of ASCII
    sample = data[max(0, start - _LOOK // 2) : start + _LOOK]
    for encoding, (name, own) in _ENCODINGS.items():
        others = [character for character in sample.decode(encoding, "replace") if not character.isascii()]
        if encoding in _WIDE and _WITHIN_WORDS.search(sample.decode(encoding, "replace")):
            continue  # `Müller` has a sign of GBK in it
        is_pure = sum(map(bool, map(own.match, others))) >= _PURE * len(others)
        if is_pure and (encoding != "cp932" or any(map(_KANA.match, others))):
            return name
    return ""


def utf_16_without_mark(head: bytes) -> str | None:
    """Tell UTF-16 without a byte-order mark by its zeros: most in European texts, a few in Chinese ones."""
    low, high = head[0::2].count(0), head[1::2].count(0)
    is_text = low + high < len(head) // 3 and _is_utf_8(head)
    if len(head) <= 3 or is_text or max(low, high) < _CLEARLY * min(low, high):  # noqa: PLR2004 — two characters
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _is_utf_8(head: bytes) -> bool:
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.end == len(head)  # cut off within a character
    return True
