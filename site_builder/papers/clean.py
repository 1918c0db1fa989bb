"""Clean the text of lists: line wraps, paragraphs, TeX macros, entities, stray tags, control characters, NFC."""

import html
import re
import unicodedata

from site_builder.lazy import lazy_pattern
from site_builder.papers.formulas import ENVIRONMENTS, MAX_FORMULA, Formula, split_formulas
from site_builder.papers.growth import is_proportionate
from site_builder.papers.macros import expand_macros
from site_builder.papers.scripts import subscript, superscript
from site_builder.sources.fields.heading_translations import TRANSLATIONS
from site_builder.sources.syntax.html_text import with_addresses
from site_builder.sources.syntax.mathml import with_tex

# Controls, lone surrogates and noncharacters (XML and JSON refuse them), the byte order mark, and every explicit
# bidirectional control. Those are not isolated but removed: Unicode orders real right-to-left words without them, no
# title needs one, and an unclosed one turns round the rest of a page or shows a link as what it is not.
_CONTROLS = lazy_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
_CARRIED = bytes((*b"\t\n", *range(32, 127)))  # what stays of ASCII
_CLEAN = bytes(set(range(32, 127)) - set(b"\\&<~`{*"))  # and what cleaning has no business with, but for runs of it
_BREAKS = lazy_pattern("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_PAIRED = (
    "b|i|u|em|strong|italic|bold|sub|sup|sc|tt|small|span|font|div|a|code|monospace|underline|ext-link|xref"
    "|inline-formula|disp-formula|alternatives|h[1-6]|li|ul|ol|sec|st|uri|title|list|list-item|blockquote|section|abstract"
    "|scp|small-caps|strike|inf|roman|sans-serif|named-content|styled-content|overline|emphasis|fixed-case|inlineequation"
)
_TAG = lazy_pattern(
    rf"<(/?)({_PAIRED}|p|br|(?:jats|mml):[a-z-]+)"
    r"((?:\s+[A-Za-z:_-]+=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*)\s*/?>",
    re.IGNORECASE,
)
_ESCAPED_END = lazy_pattern(rf"&lt;/(?:{_PAIRED}|p|jats:[a-z-]+)&gt;", re.IGNORECASE)
_ESCAPED_TAG = lazy_pattern(
    rf"&lt;(/?(?:{_PAIRED}|p|br|(?:jats|mml):[a-z-]+)(?:\s[^<>&]*+(?:&quot;[^<>&]*+)*+)?)&gt;", re.I
)
_SCRIPT = lazy_pattern(r"<((?:jats:)?su[bp]|inf)>([^<>]{1,40})</\1>", re.IGNORECASE)  # `<inf>` of Scopus
# Marks of bioRxiv and medRxiv for lists, headings and letters, and around figures.
_IN_BIORXIV = lazy_pattern(r"\b(?P<what>O_(?:FIG|TBL))\b.{0,800}?C_(?:FIG|TBL)\b|[OC]_SCP(?:LOW|CAP)", re.DOTALL)
_BEGIN_IN_BIORXIV = lazy_pattern(r"(?<!\s)\s*+(?<![A-Za-z\d_])(?:C_LI\s*+)?O_(?:LI|ST_ABS|TEXTBOX)|C_ST_ABS")
_END_IN_BIORXIV = lazy_pattern(r"(?<!\s)\s*+C_(?:LI|TEXTBOX)\b")
_BLOCKS = frozenset("div sec st title li ul ol list list-item blockquote section disp-formula abstract".split()) | {
    f"h{level}" for level in range(1, 7)
}
_ALWAYS_BLOCKS = frozenset({"p", "br", "div"})  # also where they are never closed
_MARKUP = lazy_pattern(r"</(?:p|sec|div|h[1-6])>|<jats:", re.IGNORECASE)  # white space means nothing next to these
_BEFORE_SCRIPT = lazy_pattern(r"(?<!\s)\s++(?=<(?:jats:)?su[bp]>)")
_CALLED = "|".join(("abstract", "summary", *TRANSLATIONS["abstract"]))
_HEADING = lazy_pattern(
    rf"<((?:jats:)?(?:title|bold)|h[1-6]|st|b|strong)>\s*+(?:{_CALLED})"
    r"\s*+[.:]?\s*+</\1>",
    re.IGNORECASE,
)
_ABSTRACT = "|".join(("abstract", *TRANSLATIONS["abstract"]))
_FORMATTED = r"(?:jats:)?(?:p|b|strong|i|em|title)"
# Before the text of an abstract: `Abstract: …`, `<p>Abstract</p>`, `**Abstract** …`, `ABSTRACT We …`.
_LABEL = lazy_pattern(
    rf"\A\s*(?:(?:[-*+]|#{{1,6}})[ \t]+)?(?:<{_FORMATTED}>\s*|\*\*)?"
    rf"(?:(?:{_ABSTRACT})(?:\s*[.:\uff1a]?\s*(?:</{_FORMATTED}>|\*\*)\s*[.:\uff1a]?\s*(?=(?-i:[^\sa-z]))"
    r"|\s?[:\uff1a]\s*|\s[-\u2013\u2014]\s|[\u2013\u2014]\s?|\.\s+|[ \t]*\n\s*)"
    r"|(?-i:ABSTRACT)\s+(?=(?-i:[A-Z](?:[a-z]|\s))))(?=\S)",
    re.IGNORECASE,
)
_ENTITY = lazy_pattern(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PARAGRAPH = lazy_pattern(r"\n(?:[ \t]*\n|[ \t]{2,}|\t)\s*")
_INVISIBLE = lazy_pattern("[\u00ad\u200b\u2060]")  # soft hyphen, zero-width space, word joiner

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # around a formula's number: _CONTROLS keeps them out of any input
_FORMULA = lazy_pattern(f"{_OPEN}(\\d+){_CLOSE}")
_ENVIRONMENT = lazy_pattern(
    rf"\\begin\{{({ENVIRONMENTS})\*?\}}[^\\]*+(?:\\(?!end\{{\1)[^\\]*+){{0,{MAX_FORMULA // 5}}}\\end\{{\1\*?\}}"
)
_ENSURED = lazy_pattern(r"(\{)?\\ensuremath\{((?:[^{}$]|\{[^{}$]*+\})*+)\}(?(1)\})")  # maths without dollars
# Braces of BibTeX that programs leave in what they write in other formats.
_SIGN_IN_BRACES = lazy_pattern(r"(?<![\\^_}])\{(\\[&%#_,;:])\}")
_KEEPING_CAPITALS = lazy_pattern(r"(?<![\\^_}])(?:\{\{([\w-]*[A-Z][\w-]*)\}\}|\{([\w-]*[A-Z][\w-]*)\})")
_COMMAND = lazy_pattern(r"\\(?:[A-Za-z]+\*?|[^A-Za-z\s&%#_${},;:!/])\s*(?:\[[^\[\]{}]*\])?\Z")
_LONGEST_COMMAND = 60  # characters before a brace that may hold a command
_TYPOGRAPHY = lazy_pattern(
    r"https?://\S+"  # stays as it is
    r"|(?<=[^\d\s(\[{%])~(?=[\w(\ufdd0])|(?<=\d)~(?=[^\W\d]|[(°℃\ufdd0])"  # a tie: `Step~9`, `450~MB`; not `~90`, `3~5`
    r"|(?<=[\w.)\]}\ufdd1])~(?=[»›?!:;%])"  # and before a mark, as the French write it
    r"|(?<=[\w.,;:!?)\]}\"'”’\ufdd1])---?(?=[\w(\[\"'“‘$\ufdd0])"
    r"|``(?=\S)|(?<=\S)''"
)
_SIGN = lazy_pattern("~|--|``|''")
_STRONG = lazy_pattern(r"(?<![\w)\]*])\*\*(?=[^\s*])([^*\n]{1,200})(?<!\s)\*\*(?!\*)")  # Markdown's; `x**2` is a power
_DASHES = frozenset({"--", "---"})
_SIGNS = {"~": " ", "--": "\u2013", "---": "\u2014", "``": "\u201c", "''": "\u201d"}


def strip_controls(text: str) -> str:
    """Remove characters not allowed in output: lone surrogates, noncharacters, bidi and other controls.

    Newlines and tabs stay.
    """
    if _is_carried(text):
        return text
    joined = text.replace("\r\n", "\n")
    return joined if _is_carried(joined) else _CONTROLS.sub("", _BREAKS.sub("\n", text))


def _is_carried(text: str) -> bool:
    """Return whether a text has nothing to remove: a fast check, which most texts pass."""
    if text.isascii():
        return not text.encode().translate(None, _CARRIED)  # a byte at a time is quickest
    return text.replace("\n", " ").isprintable()


def clean_text(text: str) -> str:
    """Clean a one-line text (title, name, venue): white space collapses to single spaces.

    Formulas stay TeX. So does an escaped dollar if a bare one could be taken for the start of a formula.
    """
    if _is_clean(text):
        return text
    written = strip_controls(text)
    plain = _with_tags(written)
    cleaned = _cleaned(_without_tags(plain) if "<" in plain else plain)
    return cleaned if is_proportionate(written, cleaned) else " ".join(written.split())


def clean_paragraphs(text: str) -> str:
    """Clean an abstract: join wrapped lines; a blank or indented line starts a paragraph ("\\n\\n").

    The label `Abstract` before it goes.
    """
    text = _LABEL.sub("", text)
    if _is_clean(text):
        return text
    written = strip_controls(text)
    text = _with_tags(written)
    if "C_" in text:
        text = _END_IN_BIORXIV.sub("", _BEGIN_IN_BIORXIV.sub("\n\n", _IN_BIORXIV.sub("", text)))
    text = _without_tags(text, has_paragraphs=True) if "<" in text else text
    if r"\begin{" in text:  # its lines are often indented, and begin no paragraphs
        text = _ENVIRONMENT.sub(lambda formula: " ".join(formula[0].split()), text)
    cleaned = "\n\n".join(paragraph for part in _PARAGRAPH.split(text) if (paragraph := _cleaned(part)))
    return cleaned if is_proportionate(written, cleaned) else written.strip()


def _is_clean(text: str) -> bool:
    """Return whether a text needs no cleaning: a fast check, which most titles and names pass."""
    is_plain = text.isascii() and not text.encode().translate(None, _CLEAN)
    return is_plain and "  " not in text and "--" not in text and text == text.strip()


def _cleaned(text: str) -> str:
    if r"\documentclass" in text:
        text = _without_preambles(text)
    if "&" in text:
        text = strip_controls(_ENTITY.sub(lambda entity: html.unescape(entity[0]), text))
    if r"\ensuremath" in text:
        parts = (p.written if isinstance(p, Formula) else _ENSURED.sub(r"$\2$", p) for p in split_formulas(text))
        text = "".join(parts)
    pieces = split_formulas(text)
    formulas = [piece for piece in pieces if isinstance(piece, Formula)]
    if formulas:
        numbers = iter(range(len(formulas)))
        text = "".join(p if isinstance(p, str) else f"{_OPEN}{next(numbers)}{_CLOSE}" for p in pieces)
    if "**" in text:
        text = _STRONG.sub(r"\1", text)
    if "{" in text:
        text = _KEEPING_CAPITALS.sub(_without_braces, _SIGN_IN_BRACES.sub(_without_braces, text))
    if "\\" in text:
        text = expand_macros(text)
        if not formulas and not any(isinstance(p, Formula) for p in split_formulas(text.replace(r"\$", "$"))):
            text = text.replace(r"\$", "$")
    text = " ".join(_typeset(text if text.isascii() else _INVISIBLE.sub("", text)).split())
    if formulas:
        text = _FORMULA.sub(lambda number: " ".join(formulas[int(number[1])].written.split()), text)
    return unicodedata.normalize("NFC", text)


def _without_braces(found: re.Match[str]) -> str:
    """Return the match without its braces (`{BERT}`, `{P}re-training`), or unchanged if it is a command's argument."""
    start = found.start()
    is_argument = _COMMAND.search(found.string, max(0, start - _LONGEST_COMMAND), start)
    return found[0] if is_argument else next(filter(None, found.groups()))


def _typeset(text: str) -> str:
    """Replace TeX's quotes, dashes and ties with their characters; a dash that starts or ends the text stays."""
    if "~" not in text and "--" not in text and "``" not in text:
        return text
    closes = "``" in text

    def sign_of(found: re.Match[str]) -> str:
        return found[0] if found[0] == "''" and not closes else _SIGNS.get(found[0], found[0])

    words = [_TYPOGRAPHY.sub(sign_of, word) if _SIGN.search(word) else word for word in text.split()]
    inner = (_SIGNS[word] if word in _DASHES else word for word in words[1:-1])
    return " ".join([*words[:1], *inner, *words[1:][-1:]])


def _without_preambles(text: str) -> str:
    r"""Reduce formulas that are written as whole TeX documents (`\documentclass…`) to the formulas themselves."""
    first, *rest = text.split(r"\documentclass")
    made = [first]
    for part in rest:
        preamble, begin, body = part.partition(r"\begin{document}")
        formula, end, behind = body.partition(r"\end{document}")
        whole = f"\\documentclass{preamble}{begin}{body}"
        made.append(f"{re.sub(r'[$][$]+', '$', formula.strip())}{behind}" if end else whole)
    return "".join(made)


def _with_tags(text: str) -> str:
    """Unescape tags that were escaped once too often (`&lt;p&gt;`)."""
    if "&lt;/" not in text or not _ESCAPED_END.search(text):
        return text
    return _ESCAPED_TAG.sub(lambda tag: f"<{tag[1].replace('&quot;', chr(34))}>", text).replace("&amp;", "&")


def _without_tags(text: str, has_paragraphs: bool = False) -> str:
    """Remove presentational tags that a source left in; `<SEG>`, `a < b` and an `<i>` that is never closed stay."""
    text = with_tex(text)
    if has_paragraphs:
        text = with_addresses(text)
    if _MARKUP.search(text):
        text = _BEFORE_SCRIPT.sub(lambda space: "" if "\n" in space[0] else space[0], text)
        text = " ".join(_HEADING.sub("", text).split())
    text = _SCRIPT.sub(lambda m: (superscript if m[1][-1] in "pP" else subscript)(m[2].strip()) or m[0], text)
    closed = {tag[2].lower() for tag in _TAG.finditer(text) if tag[1]}

    def replaced(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        is_known = name in closed or ":" in name
        plain = name.removeprefix("jats:")
        if plain in _ALWAYS_BLOCKS or (plain in _BLOCKS and is_known):
            return "\n\n"
        return (" " if plain == "break" else "") if is_known else tag[0]

    return _TAG.sub(replaced, text)
