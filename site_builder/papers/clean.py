"""Text as lists write it, made plain: wraps, paragraphs, TeX macros, entities, stray tags, controls, Unicode NFC."""

import html
import re
import unicodedata

from site_builder.papers.formulas import Formula, split_formulas
from site_builder.papers.growth import is_proportionate
from site_builder.papers.macros import expand_macros
from site_builder.papers.scripts import subscript, superscript

# Controls, lone surrogates and noncharacters (XML and JSON refuse them), the byte order mark, and every explicit
# bidirectional control. Those are not isolated but removed: Unicode orders real right-to-left words without them, no
# title needs one, and an unclosed one turns round the rest of a page or shows a link as what it is not.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
_CARRIED = bytes((*b"\t\n", *range(32, 127)))  # what stays of ASCII
_CLEAN = bytes(set(range(32, 127)) - set(b"\\&<~`"))  # and what cleaning has no business with, but for runs of it
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_PAIRED = "b|i|u|em|strong|italic|bold|sub|sup|sc|tt|small|span|font|div|a"
_TAG = re.compile(rf"<(/?)({_PAIRED}|p|br|(?:jats|mml):[a-z-]+)((?:\s+[A-Za-z:-]+=(?:\"[^\"<>]*\"|'[^'<>]*'))*)\s*/?>")
_SCRIPT = re.compile(r"<(su[bp])>([^<>]{1,40})</\1>")
_BLOCKS = frozenset({"p", "br", "div", "jats:p", "jats:title", "jats:sec"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PARAGRAPH = re.compile(r"\n(?:[ \t]*\n|[ \t]{2,}|\t)\s*")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060]")  # soft hyphen, zero-width space, word joiner

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # around a formula's number: _CONTROLS keeps them out of any input
_FORMULA = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_TYPOGRAPHY = re.compile(
    r"https?://\S+"  # stays as it is
    r"|(?<=[^\d\s(\[{%])~(?=[\w(\ufdd0])|(?<=\d)~(?=[A-Za-z(\ufdd0])"  # a tie: `Step~9`, `450~MB`; not `~90`, `3~5`
    r"|(?<=\w)---?(?=\w)"
    r"|``(?=\S)|(?<=\S)''"
)
_SIGN = re.compile("~|--|``|''")
_SIGNS = {"~": " ", "--": "\u2013", "---": "\u2014", "``": "\u201c", "''": "\u201d"}


def strip_controls(text: str) -> str:
    """Drop what no output may carry: controls but newline and tab, lone surrogates, noncharacters, bidi controls."""
    if _is_carried(text):
        return text
    joined = text.replace("\r\n", "\n")
    return joined if _is_carried(joined) else _CONTROLS.sub("", _BREAKS.sub("\n", text))


def _is_carried(text: str) -> bool:
    """Tell at once, as is true of most texts, that nothing in it is dropped."""
    if text.isascii():
        return not text.encode().translate(None, _CARRIED)  # a byte at a time is quickest
    return text.replace("\n", " ").isprintable()


def clean_text(text: str) -> str:
    """Clean text of one line (title, name, place): white space collapses to single spaces.

    Formulas stay TeX; so does an escaped dollar where a bare one could be taken for the beginning of a formula.
    """
    if _is_clean(text):
        return text
    written = strip_controls(text)
    cleaned = _cleaned(_without_tags(written) if "<" in written else written)
    return cleaned if is_proportionate(written, cleaned) else " ".join(written.split())


def clean_paragraphs(text: str) -> str:
    """Clean an abstract: a wrapped line is joined, a blank or indented line begins a paragraph ("\\n\\n")."""
    if _is_clean(text):
        return text
    written = strip_controls(text)
    text = _without_tags(written) if "<" in written else written
    cleaned = "\n\n".join(paragraph for part in _PARAGRAPH.split(text) if (paragraph := _cleaned(part)))
    return cleaned if is_proportionate(written, cleaned) else written.strip()


def _is_clean(text: str) -> bool:
    """Tell at once, as is true of most titles and names, that there is nothing to do."""
    is_plain = text.isascii() and not text.encode().translate(None, _CLEAN)
    return is_plain and "  " not in text and "--" not in text and text == text.strip()


def _cleaned(text: str) -> str:
    if "&" in text:
        text = strip_controls(_ENTITY.sub(lambda entity: html.unescape(entity[0]), text))
    pieces = split_formulas(text)
    formulas = [piece for piece in pieces if isinstance(piece, Formula)]
    if formulas:
        numbers = iter(range(len(formulas)))
        text = "".join(p if isinstance(p, str) else f"{_OPEN}{next(numbers)}{_CLOSE}" for p in pieces)
    if "\\" in text:
        text = expand_macros(text)
        if not formulas and not any(isinstance(p, Formula) for p in split_formulas(text.replace(r"\$", "$"))):
            text = text.replace(r"\$", "$")
    text = " ".join(_typeset(text if text.isascii() else _INVISIBLE.sub("", text)).split())
    if formulas:
        text = _FORMULA.sub(lambda number: " ".join(formulas[int(number[1])].written.split()), text)
    return unicodedata.normalize("NFC", text)


def _typeset(text: str) -> str:
    """Turn the quotes, dashes and ties of TeX's plain text, all inside of words, into their characters."""
    if "~" not in text and "--" not in text and "``" not in text:
        return text
    closes = "``" in text

    def sign_of(found: re.Match[str]) -> str:
        return found[0] if found[0] == "''" and not closes else _SIGNS.get(found[0], found[0])

    return " ".join(_TYPOGRAPHY.sub(sign_of, word) if _SIGN.search(word) else word for word in text.split())


def _without_tags(text: str) -> str:
    """Remove presentational tags that a source left in; `<SEG>`, `a < b` and an `<i>` never closed stay."""
    text = _SCRIPT.sub(lambda m: (superscript if m[1] == "sup" else subscript)(m[2]) or m[0], text)
    closed = {tag[2] for tag in _TAG.finditer(text) if tag[1]}

    def replaced(tag: re.Match[str]) -> str:
        if tag[2] in _BLOCKS:
            return "\n\n"
        return "" if tag[2] in closed or ":" in tag[2] else tag[0]

    return _TAG.sub(replaced, text)
