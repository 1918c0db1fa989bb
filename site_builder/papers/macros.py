"""Replace TeX's text macros and accents with the text they stand for."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from pylatexenc.latex2text import get_default_latex_context_db

from site_builder.lazy import lazy_pattern
from site_builder.papers.scripts import subscript, superscript

MAX_NESTING = 40  # groups within groups; deeper braces are text
ADDED = 8  # characters that a macro may add to its arguments
MAX_ACCENTS = 4  # of one letter, and braces around it

_TOKEN = lazy_pattern(r"\\([A-Za-z]+)\*?|\\([^A-Za-z])|[{}]", re.DOTALL)
_ARGUMENT = lazy_pattern(r"(?:\[[^\[\]{}]{0,100}\])?\{")
_SPACE = lazy_pattern(r"\s+(?=\{)")
_ACCENT = lazy_pattern(r"\s*\\(?:([`'^~\"=.])|(textcommabelow|textogonekcentered|cb|[ckvuHrbdthG])(?![A-Za-z]))")
_LETTER = lazy_pattern(r"\s*(?:\\(aa|AA|ae|AE|oe|OE|[oOlLij])(?![A-Za-z])(?:\{\}|[ ])?|([^\W\d_]))")
_GROUP_START = lazy_pattern(r"\s*\{")
_GROUP_END = lazy_pattern(r"([\w ]{0,40})\}")
_EMPTY_GROUP = lazy_pattern(r"\{\s*\}|\\(?= )")
_OUTSIDE_FORMULAS = lazy_pattern(r"\\ifmmode(?:(?!\\else|\\ifmmode).){0,60}\\else(.{0,60}?)\\fi(?![A-Za-z])(?:\{\}| )?")
_ROMAN = lazy_pattern(r"\\romannumeral\s?(\d{1,2})(?!\d)")
_POSSESSIVE = lazy_pattern(r"(?:s|t|re|ve|ll|d|m)\b")

_ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307"}
_LETTER_ACCENTS = {
    **{"c": "\u0327", "k": "\u0328", "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a"},
    **{"b": "\u0331", "d": "\u0323", "t": "\u0361", "h": "\u0309", "G": "\u030f"},
    **{"textcommabelow": "\u0326", "cb": "\u0326", "textogonekcentered": "\u0328"},
}
# Accents also recognised outside a group: `Fran\\c cois`, but not the `\\d a` of a regular expression.
_BEFORE_A_SPACE = frozenset({*"ckvuHr", "textcommabelow"})
_LETTERS = frozenset("o O l L i j ss ae AE oe OE aa AA dh DH th TH ng NG dj DJ".split())
# Macros that pylatexenc does not map to a character, or to a different one.
_WORDS = {
    **{"eg": "e.g.", "ie": "i.e.", "etc": "etc.", "etal": "et al.", "cf": "cf.", "vs": "vs.", "wrt": "w.r.t."},
    **{"LaTeX": "LaTeX", "TeX": "TeX", "deg": "°", "degree": "°", "celsius": "°C", "item": "•", "i": "ı", "j": "ȷ"},
    **{"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textunderscore": "_", "textdollar": r"\$"},
    **{"textbar": "|", "textbardbl": "‖", "textless": "<", "textgreater": ">", "textquotedbl": '"', "slash": "/"},
    **{"textminus": "−", "textperiodcentered": "·", "textmugreek": "μ", "S": "§", "P": "¶", "ddag": "‡", "SS": "ẞ"},
    **{"pounds": "£", "copyright": "©", "euro": "€", "EUR": "€", "officialeuro": "€", "checkmark": "✓", "lq": "‘"},
    **{"uhorn": "ư", "Uhorn": "Ư", "ohorn": "ơ", "Ohorn": "Ơ", "textpercent": "%"},
    **{"textfiguredash": "\u2012", "texthyphen": "-"},
    **{"rq": "’", "guillemetleft": "«", "guillemetright": "»", "og": "«", "fg": "»", "nobreakdash": "-", "hyp": "-"},
    **{"glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "glq": "‚", "grq": "‘", "flq": "‹", "frq": "›"},
    **dict.fromkeys("par newline linebreak enspace thinspace nobreakspace quad qquad space hfill hfil".split(), " "),
}
_END_OF_WORD = frozenset("™®")  # what follows is another word, even if TeX would join them
_SWITCHES = frozenset(
    "it em bf tt sc rm sf sl itshape bfseries ttfamily scshape normalfont tiny scriptsize footnotesize small "
    "normalsize large Large LARGE huge Huge xspace allowbreak noindent protect centering smallskip medskip bigskip "
    "nolinebreak relax left right displaystyle".split()
)
_TWO = frozenset(  # with two arguments
    "href textcolor texorpdfstring frac dfrac tfrac cfrac nicefrac foreignlanguage hyperlink hypertarget colorbox "
    "raisebox parbox scalebox rotatebox printfirst".split()
)
_HIDDEN = (
    "label color vspace hspace phantom begin end selectlanguage noopsort NoopSort SortNoop sortnoop pagestyle".split()
)
_GOBBLE_SPACE = frozenset({"slash", "lq", "rq"})  # macros that take the space after them, as letters do
_FORMATS = frozenset(
    "text textbf textit texttt textsc textrm textsf textsl textup textmd textnormal emph mbox hbox".split()
)
_FORMATTING = ("text", "emph", "math", "underline", "uline")
_LITERAL = {sign: sign for sign in "%&_#{}/|()[]'\"^~"} | dict.fromkeys(" \n\t,;:", " ")


@dataclass(slots=True)
class _Group:
    """A brace group being read.

    macro: the macro whose argument it is, None for a plain group. arguments: earlier arguments of that macro.
    holds_tex: whether it contains TeX that was replaced, so that its braces are dropped.
    """

    macro: str | None = None
    arguments: tuple[str, ...] = ()
    pieces: list[str] = field(default_factory=list)
    holds_tex: bool = False


def expand_macros(text: str) -> str:
    r"""Replace text macros, accents and escapes; an unknown macro becomes its argument, or its name if it has none.

    `\$` stays, and `\8` becomes `\$8`, as lists that strip every `$` turn `\$8` into `\8`: only callers that know where
    the formulas are can safely write a bare dollar. Time is linear; depth is bounded by MAX_NESTING.
    """
    if r"\ifmmode" in text:
        text = _OUTSIDE_FORMULAS.sub(r"\1", text)  # the American Physical Society writes accents so
    if r"\romannumeral" in text:
        text = _ROMAN.sub(lambda found: _roman(found[1]), text.replace(r"\expandafter", ""))
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
        groups[-1].pieces += [*(f"{argument} " for argument in unclosed.arguments), "{", *unclosed.pieces]
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
    if text[position : position + 1] == "{" and len(groups) <= MAX_NESTING:  # another argument, or a separate group
        is_unknown = group.macro not in _MEANINGS and not group.macro.startswith(_FORMATTING)
        groups.append(_Group(pieces=[" "] if is_unknown else [], holds_tex=True))
        return position + 1
    return position


def _applied(macro: str, arguments: tuple[str, ...]) -> str:
    """Return the text of a macro applied to its arguments; for an unknown one the last argument, else its name.

    It has at most ADDED characters more than the arguments, so that nested macros cannot make a text explode.
    """
    first, last = arguments[0].strip(), arguments[-1].strip()
    lacks_argument = macro in _TWO and len(arguments) == 1
    if (meaning := _MEANINGS.get(macro)) and not lacks_argument:
        made = meaning(first, last)
        return made if len(made) <= sum(map(len, arguments)) + ADDED else " ".join(arguments)
    return arguments[-1] if first or macro in _FORMATS or macro.startswith(_FORMATTING[2:]) else macro


def _fraction(upper: str, lower: str) -> str:
    return f"{upper}/{lower}"


def _roman(number: str) -> str:
    """Return a number below 40 in lower-case Roman numerals, as TeX's `\\romannumeral` does; any other text as is."""
    if not (number.isdecimal() and len(number) <= len("39") and 0 < int(number) < 40):  # noqa: PLR2004 - xl
        return number
    tens, ones = divmod(int(number), 10)
    return "x" * tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][ones]


def _link(address: str, text: str) -> str:
    if not address:
        return text
    return address if text in ("", address, address.partition("://")[2]) else f"{text} ({address})"


_MEANINGS: dict[str, Callable[[str, str], str]] = {
    "href": _link,
    "frac": _fraction,
    "dfrac": _fraction,
    "tfrac": _fraction,
    "cfrac": _fraction,
    "nicefrac": _fraction,
    "enquote": lambda text, _: f"“{text}”",
    "printfirst": lambda text, _: text,
    "sqrt": lambda term, _: f"√{term}" if len(term) == 1 else f"√({term})",
    **dict.fromkeys(("uppercase", "MakeUppercase"), lambda text, _: text.upper()),
    **dict.fromkeys(("lowercase", "MakeLowercase"), lambda text, _: text.lower()),
    **dict.fromkeys(("RNum", "Romannum", "rom"), lambda number, _: _roman(number).upper()),
    "footnote": lambda note, _: f" ({note})",
    "thanks": lambda note, _: f" ({note})",
    **dict.fromkeys(("cite", "citep", "citet"), lambda key, _: f"[{key}]"),
    **dict.fromkeys(_HIDDEN, lambda *_: ""),
    "textsuperscript": lambda text, _: superscript(text) or text,
    "textsubscript": lambda text, _: subscript(text) or text,
}


def _word(groups: list[_Group], text: str, token: re.Match[str]) -> int:
    r"""Process the macro `\name` and what belongs to it; return the position after it."""
    group, name = groups[-1], token[1]
    space = _SPACE.match(text, token.end()) if name in _FORMATS else None  # `\emph {in vivo}`
    end = space.end() if space else token.end()
    is_after_path = text[token.start() - 1 : token.start()] in (":", "\\")
    if name in _LETTER_ACCENTS and not is_after_path and (accented := _accented(text, token, _LETTER_ACCENTS[name])):
        return _put(group, *accented)
    if name in _SWITCHES or (name in _FORMATS and not _is_path(text, token.start()) and not _ARGUMENT.match(text, end)):
        empty = _EMPTY_GROUP.match(text, end)
        return _put(group, "", empty.end() if empty else end + (text[end : end + 1].isspace()))
    known = _WORDS.get(name) or _unicode_of(name)
    if known is None and (argument := _ARGUMENT.match(text, end)) and len(groups) <= MAX_NESTING:
        group.holds_tex = True
        groups.append(_Group(name))
        return argument.end()
    is_path = _is_path(text, token.start())
    if (known is None and (len(name) == 1 or is_path)) or (is_path and name in "SP"):
        group.pieces.append(token[0])
        return end
    return _put(group, known or name, _end_of_word(text, end, name, known or ""))


def _end_of_word(text: str, end: int, name: str, known: str) -> int:
    r"""Return the position after a character's `\name`, including the space or `{}` that TeX takes as its end."""
    if empty := _EMPTY_GROUP.match(text, end):
        return empty.end()
    if known.endswith(".") and text[end : end + 1] == ".":
        return end + 1
    is_of_text = (
        name in _LETTERS or name in _GOBBLE_SPACE or (name.startswith("text") and known and known not in _END_OF_WORD)
    )
    return end + 1 if is_of_text and text[end : end + 1] == " " else end


def _symbol(group: _Group, text: str, token: re.Match[str]) -> int:
    r"""Process `\` and a character that is no letter; return the position after what belongs to it."""
    sign, end = token[2], token.end()
    before = text[token.start() - 1 : token.start()]
    if sign in _ACCENTS and not (sign == "'" and before.isalpha() and _POSSESSIVE.match(text, end)):
        accented = _accented(text, token, _ACCENTS[sign])
        if accented:
            return _put(group, *accented)
    if sign in "^~" and (empty := _EMPTY_GROUP.match(text, end)):
        return _put(group, sign, empty.end())
    if sign == "@" or (sign == "/" and (before == "}" or text[end : end + 1].strip() in ("", "}"))):
        return _put(group, "", end)  # spacing after a sentence; italic correction
    if sign in _LITERAL or not sign.isascii():
        group.pieces.append(_LITERAL.get(sign, sign))
        return end
    if sign.isdigit() and not re.match(r"[\w\\)]", before):
        return _put(group, rf"\${sign}", end)
    meant = {"\\": " "} if not text[end : end + 1].strip() else {"-": ""} if text[end].isalpha() else {}
    return _put(group, meant.get(sign, token[0]), end)  # a line break; a discretionary hyphen


def _accented(text: str, token: re.Match[str], accent: str) -> tuple[str, int] | None:
    r"""Return the accented letters and the position after them, or None if this is no accent.

    With a letter in braces it certainly is one; elsewhere `\"x` is a quotation mark and `\d a` a regular expression.
    """
    found = _letter(text, token.end())
    if found is None:
        return None
    letter, rest, end = found
    is_dotted = accent == "\u0307" and letter in ("i", "j")  # i and j have the dot already
    composed = (letter if is_dotted else unicodedata.normalize("NFC", letter + accent)) + rest
    is_alone = text[token.start() - 1 : token.start()] == "{" and (token[2] is None or text[end : end + 1] == "}")
    if is_alone or text[end - 1] == "}":
        return composed, end
    is_doubtful = accent == "\u0308" and letter not in "aeiouyAEIOUY"
    if len(composed) > 1 or is_doubtful or (token[1] and token[1] not in _BEFORE_A_SPACE):
        return None
    is_apart = token[2] is not None and text[token.end()].isspace()
    return None if is_apart else (composed, end)


def _letter(text: str, position: int, depth: int = 0) -> tuple[str, str, int] | None:
    r"""Return the letter under an accent with its inner accents, the text after it in its braces, and the end position.

    Returns None if there is no such letter.
    """
    if depth > MAX_ACCENTS:
        return None
    if letter := _LETTER.match(text, position):
        name = letter[1]
        plain = letter[2] if name is None else name if name in "ij" else _unicode_of(name)
        return (plain, "", letter.end()) if plain else None
    if accent := _ACCENT.match(text, position):
        mark = _ACCENTS[accent[1]] if accent[1] else _LETTER_ACCENTS[accent[2]]
        found = _letter(text, accent.end(), depth + 1)
        return None if found is None else (found[0] + mark, found[1], found[2])
    group = _GROUP_START.match(text, position)
    found = _letter(text, group.end(), depth + 1) if group else None
    end = _GROUP_END.match(text, found[2]) if found else None
    return (found[0], found[1] + (end[1] if end[1].strip() else ""), end.end()) if found and end else None


def _put(group: _Group, piece: str, end: int) -> int:
    group.pieces.append(piece)
    group.holds_tex = True
    return end


def _is_path(text: str, start: int) -> bool:
    r"""Return whether a backslash is part of a path such as `C:\Users\name`, not the start of a macro."""
    before = text[start - 1 : start]
    return before.isalnum() or before in (":", "\\")


@lru_cache(maxsize=2_048)
def _unicode_of(name: str) -> str | None:
    """Return the character for a macro without arguments, such as `\\times` or `\\ss`; None if there is none."""
    spec = get_default_latex_context_db().get_macro_spec(name)
    found = getattr(spec, "simplify_repl", None)
    if isinstance(found, str) and len(found) == 1:
        return found
    upright = _unicode_of(name.removeprefix("text").removeprefix("up")) if name.startswith(("text", "up")) else None
    return upright if upright and unicodedata.name(upright, "").startswith("GREEK") else None  # `\textbeta`
