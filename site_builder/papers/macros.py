"""TeX's text macros and accents turned into the text they stand for."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from pylatexenc.latex2text import get_default_latex_context_db

from site_builder.papers.scripts import subscript, superscript

MAX_NESTING = 40  # groups within groups; deeper braces are text
ADDED = 8  # characters that a macro may add to its arguments

_TOKEN = re.compile(r"\\([A-Za-z]+)\*?|\\([^A-Za-z])|[{}]", re.DOTALL)
_ARGUMENT = re.compile(r"(?:\[[^\[\]{}]{0,100}\])?\{")
_ACCENTED = re.compile(r"\s*\{\s*(\\[ij]|[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z])")
_BRACED = re.compile(r"\s*\{\s*(\\[ij]|[A-Za-z])\s*\}| ([A-Za-z])")
_EMPTY_GROUP = re.compile(r"\{\s*\}|\\(?= )")
_POSSESSIVE = re.compile(r"(?:s|t|re|ve|ll|d|m)\b")

_ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307"}
_LETTER_ACCENTS = {"c": "\u0327", "k": "\u0328", "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a"} | {
    "b": "\u0331",
    "d": "\u0323",
}
_LETTERS = frozenset("o O l L i j ss ae AE oe OE aa AA dh DH th TH ng NG dj DJ".split())
_WORDS = {
    "eg": "e.g.",
    "ie": "i.e.",
    "etc": "etc.",
    "etal": "et al.",
    "cf": "cf.",
    "vs": "vs.",
    "wrt": "w.r.t.",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "deg": "°",
    "degree": "°",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "item": "•",
    "i": "ı",
    "j": "ȷ",
}
_SWITCHES = frozenset(
    "it em bf tt sc rm sf sl itshape bfseries ttfamily scshape normalfont tiny scriptsize footnotesize small "
    "normalsize large Large LARGE huge Huge xspace allowbreak noindent protect centering smallskip medskip bigskip "
    "par newline linebreak nolinebreak relax left right displaystyle".split()
)
_TWO = frozenset("href textcolor texorpdfstring frac dfrac tfrac nicefrac".split())  # with two arguments
_LITERAL = {sign: sign for sign in "%&_#{}/|()[]'\"^~"} | dict.fromkeys(" \n\t,;:", " ")


@dataclass(slots=True)
class _Group:
    """A brace group being read: the macro it is an argument of (None: none), that macro's earlier arguments."""

    macro: str | None = None
    arguments: tuple[str, ...] = ()
    pieces: list[str] = field(default_factory=list)
    holds_tex: bool = False


def expand_macros(text: str) -> str:
    r"""Replace text macros, accents and escapes; of an unknown macro its argument or, without one, its name stays.

    `\$` stays as it is, and `\8` becomes `\$8` (lists that strip every `$` leave `\8` of `\$8`): only who knows
    where the formulas are may turn it into a bare dollar. Time is linear, depth bounded by MAX_NESTING.
    """
    groups = [_Group()]
    position = 0
    while token := _TOKEN.search(text, position):
        groups[-1].pieces.append(text[position : token.start()])
        position = token.end()
        if token[1]:
            position = _word(groups, text, token)
        elif token[2]:
            position = _symbol(groups[-1], text, token)
        elif token[0] == "{" and len(groups) <= MAX_NESTING:
            groups.append(_Group())
        elif token[0] == "}" and len(groups) > 1:
            position = _close(groups, text, position)
        else:
            groups[-1].pieces.append(token[0])
    groups[-1].pieces.append(text[position:])
    while len(groups) > 1:
        unclosed = groups.pop()
        groups[-1].pieces += ["{", *unclosed.pieces]
    return "".join(groups[0].pieces)


def _close(groups: list[_Group], text: str, position: int) -> int:
    group = groups.pop()
    content = "".join(group.pieces)
    if group.macro is None:
        groups[-1].pieces.append(content if group.holds_tex else f"{{{content}}}")
        return position
    arguments = (*group.arguments, content)
    if group.macro in _TWO and len(arguments) == 1 and text[position : position + 1] == "{":
        groups.append(_Group(group.macro, arguments))
        return position + 1
    groups[-1].pieces.append(_applied(group.macro, arguments))
    return position


def _applied(macro: str, arguments: tuple[str, ...]) -> str:
    """Return the text of a macro with its arguments; of an unknown one the last argument, else its name.

    It adds at most ADDED characters to its arguments, so that no nesting makes a text grow faster than it is written.
    """
    first, last = arguments[0].strip(), arguments[-1].strip()
    lacks_argument = macro in _TWO and len(arguments) == 1
    if (meaning := _MEANINGS.get(macro)) and not lacks_argument:
        made = meaning(first, last)
        return made if len(made) <= sum(map(len, arguments)) + ADDED else " ".join(arguments)
    is_formatting = macro.startswith(("text", "emph", "math", "underline", "uline"))
    return arguments[-1] if first or is_formatting else macro


def _fraction(upper: str, lower: str) -> str:
    return f"{upper}/{lower}"


def _link(address: str, text: str) -> str:
    return address if text in ("", address, address.partition("://")[2]) else f"{text} ({address})"


_MEANINGS: dict[str, Callable[[str, str], str]] = {
    "href": _link,
    "frac": _fraction,
    "dfrac": _fraction,
    "tfrac": _fraction,
    "nicefrac": _fraction,
    "sqrt": lambda term, _: f"√{term}" if len(term) == 1 else f"√({term})",
    "footnote": lambda note, _: f" ({note})",
    "thanks": lambda note, _: f" ({note})",
    **dict.fromkeys(("cite", "citep", "citet"), lambda key, _: f"[{key}]"),
    **dict.fromkeys(("label", "color", "vspace", "hspace", "phantom", "begin", "end"), lambda *_: ""),  # layout
    "textsuperscript": lambda text, _: superscript(text) or text,
    "textsubscript": lambda text, _: subscript(text) or text,
}


def _word(groups: list[_Group], text: str, token: re.Match[str]) -> int:
    r"""Read `\name` and what belongs to it; return where the text goes on."""
    group, name, end = groups[-1], token[1], token.end()
    if name in _LETTER_ACCENTS and (letter := _BRACED.match(text, end)):
        composed = _composed(letter[1] or letter[2], _LETTER_ACCENTS[name])
        if composed and (letter[1] or name in "ckvHr"):
            return _put(group, composed, letter.end())
    if name in _SWITCHES:
        return _put(group, "", end + (text[end : end + 1].isspace()))
    known = _WORDS.get(name) or _unicode_of(name)
    if known is None and (argument := _ARGUMENT.match(text, end)) and len(groups) <= MAX_NESTING:
        group.holds_tex = True
        groups.append(_Group(name))
        return argument.end()
    if known is None and (len(name) == 1 or _is_path(text, token.start())):
        group.pieces.append(token[0])
        return end
    if name in _LETTERS and text[end : end + 1] == " ":
        end += 1  # TeX ends `\o` at the space of `S\o ren`
    elif empty := _EMPTY_GROUP.match(text, end):
        end = empty.end()
    elif known and known.endswith(".") and text[end : end + 1] == ".":
        end += 1
    return _put(group, known or name, end)


def _symbol(group: _Group, text: str, token: re.Match[str]) -> int:
    r"""Read `\` before a character that is no letter; return where the text goes on."""
    sign, end = token[2], token.end()
    before = text[token.start() - 1 : token.start()]
    if sign in _ACCENTS and (letter := _ACCENTED.match(text, end)):
        is_possessive = sign == "'" and before.isalpha() and _POSSESSIVE.match(text, end)
        if not is_possessive and (composed := _composed(letter[1] or letter[2], _ACCENTS[sign])):
            return _put(group, composed, letter.end())
    if sign in "^~" and (empty := _EMPTY_GROUP.match(text, end)):
        return _put(group, sign, empty.end())
    if sign in _LITERAL or not sign.isascii():
        group.pieces.append(_LITERAL.get(sign, sign))
        return end
    if sign.isdigit() and not re.match(r"[\w\\)]", before):
        return _put(group, rf"\${sign}", end)
    meant = {"\\": " "} if not text[end : end + 1].strip() else {"-": ""} if text[end].isalpha() else {}
    return _put(group, meant.get(sign, token[0]), end)  # a line's end; where a word may be broken


def _put(group: _Group, piece: str, end: int) -> int:
    group.pieces.append(piece)
    group.holds_tex = True
    return end


def _composed(letter: str, accent: str) -> str | None:
    """Return the accented letter where Unicode has one: `\\"x` is no accent but a quotation mark."""
    if accent == "\u0308" and letter[-1] not in "aeiouyAEIOUY":
        return None
    composed = unicodedata.normalize("NFC", letter[-1] + accent)
    return composed if len(composed) == 1 else None


def _is_path(text: str, start: int) -> bool:
    r"""Tell the backslashes of `C:\Users\name` from macros."""
    before = text[start - 1 : start]
    return before.isalnum() or before in (":", "\\")


@lru_cache(maxsize=2_048)
def _unicode_of(name: str) -> str | None:
    """Return the character a macro without arguments stands for, `\\times` or `\\ss`."""
    spec = get_default_latex_context_db().get_macro_spec(name)
    found = getattr(spec, "simplify_repl", None)
    return found if isinstance(found, str) and len(found) == 1 else None
