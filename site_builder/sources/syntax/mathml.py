"""MathML and tagged TeX → TeX between dollars, as lists write formulas; without their tags x² would read as `x2`.

Publishers deposit a formula as MathML, as TeX in `<tex-math>`, or as both next to each other (JATS 1.3).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from site_builder.lazy import lazy_pattern

_TAG = lazy_pattern(r"<(/?)((?:jats:)?tex-math|(?:m(?:ml)?:)?math)((?:\s[^<>]{0,1000}+)?)>", re.IGNORECASE)
_ENDS = ("math>", "MATH>")
_PREFIX = lazy_pattern(r"(</?)m(?:ml)?:", re.IGNORECASE)
_ENTITY = lazy_pattern(r"&(?!(?:lt|gt|amp|quot|apos);)#?\w{1,32};")
_NEXT_TO = lazy_pattern(r"\s*+(?:<(?:jats:)?inline-graphic\b[^<>]*+>\s*+)?")  # of two forms of one formula
_DELIMITED = lazy_pattern(r"\s*(?:\$|\\\(|\\\[|\\begin\b|\\documentclass\b)")
_WORD_BEFORE, _WORD_AFTER = lazy_pattern(r"[^\W\d_]{2,20}\Z"), lazy_pattern(r"[^\W\d_]{3}")
_MAX_WORD = 20
_MAX_DEPTH = 60  # elements within each other

_SPECIAL = str.maketrans(
    {character: f"\\{character}" for character in "#$%&_{}"}
    | {"\\": r"\backslash ", "^": r"\hat{}", "~": r"\sim ", "<": r"\lt ", ">": r"\gt ", "−": "-"}
    | {"∅": r"\emptyset ", "⊥": r"\perp ", "∠": r"\angle ", "√": r"\sqrt{} "}
    | dict.fromkeys("\u2061\u2062\u2063\u2064\u200b\ufe00\ufe01", "")  # invisible operators
)
_ACCENTS = (
    dict.fromkeys("^ˆ\u0302", "hat")
    | dict.fromkeys("~˜∼\u0303", "tilde")
    | dict.fromkeys("¯‾_\u0304\u0305", "bar")
    | dict.fromkeys("→\u20d7", "vec")
    | dict.fromkeys("˙.\u0307", "dot")
    | dict.fromkeys("¨\u0308", "ddot")
    | dict.fromkeys("ˇ\u030c", "check")
)
_IN_TEXT = str.maketrans({character: f"{{\\{character}}}" for character in "#$%&_{}"} | {"\\": "\u2216"})
_VARIANTS = {
    "normal": "mathrm",
    "bold": "mathbf",
    "bold-italic": "mathbf",
    "double-struck": "mathbb",
    "script": "mathcal",
    "bold-script": "mathcal",
    "fraktur": "mathfrak",
    "bold-fraktur": "mathfrak",
}
_FUNCTIONS = frozenset(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min"
    " Pr sec sin sinh sup tan tanh".split()
)
_WITH_LIMITS = frozenset("∑∏∐⋃⋂∫∮") | {"lim", "max", "min", "sup", "inf", "limsup", "liminf"}
_NOT_SHOWN = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})
_ON_ONE_LINE = frozenset({"math", "mrow", "mstyle", "mpadded", "mi", "mn", "mo", "mtext", "mspace"})


class _Span(NamedTuple):
    start: int
    end: int
    is_tex: bool


def with_tex(markup: str) -> str:
    """Return markup with its formulas as TeX; MathML next to the TeX of the same formula is left out.

    MathML that is damaged, and a formula that never ends, stay as they are.
    """
    if not any(end in markup for end in _ENDS) and "math/>" not in markup:
        return markup
    formulas = list(_formulas(markup))
    ends = [0, *(formula.end for formula in formulas)]
    gaps = [markup[end : formula.start] for end, formula in zip(ends, formulas, strict=False)] + [markup[ends[-1] :]]
    repeated = _repeated([formula.is_tex for formula in formulas], gaps)
    pieces = [gaps[0]]
    for index, formula in enumerate(formulas):
        written = markup[formula.start : formula.end]
        if formula.is_tex:
            pieces.append(_delimited(written[written.index(">") + 1 : written.rindex("<")]))
        elif index not in repeated:
            pieces.append(_between_words(gaps[index], _converted(written), gaps[index + 1]))
        pieces.append(gaps[index + 1])
    return "".join(pieces)


def write_formulas(root: etree._Element) -> None:
    """Replace the formulas below an element by their TeX; see with_tex."""
    parents = {element.getparent(): None for element in root.iter("{*}math", "{*}tex-math")}
    for parent in parents:
        if parent is not None:
            _write_children(parent)


def _write_children(parent: etree._Element) -> None:
    elements = [child for child in parent if _name(child) in ("math", "tex-math")]
    are_next = [one.getnext() is other for one, other in pairwise(elements)]
    gaps = ["", *((one.tail or "") if is_next else "-" for one, is_next in zip(elements, are_next, strict=False)), ""]
    repeated = _repeated([_name(element) == "tex-math" for element in elements], gaps)
    for index, element in enumerate(elements):
        is_tex = _name(element) == "tex-math"
        text = "" if index in repeated else _delimited(_text(element)) if is_tex else _dollars(element)
        tail = element.tail
        for child in element:
            element.remove(child)
        element.text, element.tail = text, tail


def _repeated(are_tex: Sequence[bool], gaps: Sequence[str]) -> set[int]:
    """Return the indexes of MathML formulas that repeat TeX next to them, after it or else before it.

    gaps: the texts before, between and after the formulas.
    """
    found: set[int] = set()
    for index in (index for index, is_tex in enumerate(are_tex) if is_tex):
        for other, gap in ((index + 1, gaps[index + 1]), (index - 1, gaps[index])):
            if 0 <= other < len(are_tex) and not are_tex[other] and other not in found and _NEXT_TO.fullmatch(gap):
                found.add(other)
                break
    return found


def _formulas(markup: str) -> Iterator[_Span]:
    opening: re.Match[str] | None = None
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        if not tag[1] and tag[3].endswith("/"):
            opening = None
            yield _Span(tag.start(), tag.end(), is_tex=False)
        elif not tag[1]:
            opening = tag
        elif opening is not None and opening[2].lower() == name:
            yield _Span(opening.start(), tag.end(), name.endswith("tex-math"))
            opening = None


def _delimited(tex: str) -> str:
    return tex if not tex.strip() or _DELIMITED.match(tex) else f"${tex.strip()}$"


def _converted(markup: str) -> str:
    """Return a MathML element of a text as escaped TeX, or as it is where it is not well-formed."""
    plain = _ENTITY.sub(lambda entity: escape(unescape(entity[0])), _PREFIX.sub(r"\1", markup))
    try:
        element = etree.fromstring(
            plain, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        )
    except (etree.XMLSyntaxError, ValueError):  # of characters that XML refuses
        return markup
    return escape(_dollars(element), quote=False)


def _between_words(before: str, formula: str, after: str) -> str:
    """Return a formula with the blanks that publishers drop: `Solitons in<math>`, but `<math>n</math>th`."""
    start = " " if _WORD_BEFORE.search(before[-_MAX_WORD:]) else ""
    return f"{start}{formula}{' ' if _WORD_AFTER.match(after) else ''}" if formula else ""


def _dollars(element: etree._Element) -> str:
    """Return a `<math>` element as TeX in dollars, or as plain text where that says the same.

    The text alone of one nested deeper than any formula, and of MathML for its content (`<apply>`, `<cn>`).
    """
    names = {_name(node) for node in element.iter(etree.Element)}
    if _is_too_deep(element) or not names <= _KNOWN:
        return " ".join(_text(element).split())
    if all(_name(node) in _ON_ONE_LINE and _variant(node) in ("", "mathrm") for node in element.iter(etree.Element)):
        return "".join(" " if _name(node) == "mspace" else (node.text or "").strip() for node in element.iter())
    tex = _tex(element).strip()
    return f"${tex}$" if tex else ""


def _is_too_deep(element: etree._Element) -> bool:
    depth = deepest = 0
    for event, _ in etree.iterwalk(element, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(depth, deepest)
    return deepest > _MAX_DEPTH


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _variant(element: etree._Element) -> str:
    return _VARIANTS.get(str(element.get("mathvariant", "")), "")


def _tex(element: etree._Element) -> str:
    name = _name(element)
    if name in _NOT_SHOWN:
        return ""
    writer = _WRITERS.get(name)
    return writer(element) if writer else _row(element)


def _row(element: etree._Element) -> str:
    parts = [_symbols(element.text)]
    for child in element.iterchildren(etree.Element):
        parts += [_tex(child), _symbols(child.tail)]
    return "".join(parts)


def _symbols(text: str | None) -> str:
    return " ".join((text or "").split()).translate(_SPECIAL)


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _identifier(element: etree._Element) -> str:
    written = _text(element).strip()
    if written in _FUNCTIONS:
        return f"\\{written} "
    command = _variant(element) or ("mathrm" if len(written) > 1 and written.isalpha() else "")
    is_upright_already = command == "mathrm" and len(written) == 1
    return f"\\{command}{{{_symbols(written)}}}" if command and not is_upright_already else _symbols(written)


def _wording(element: etree._Element) -> str:
    words = re.sub(r"\s+", " ", _text(element)).translate(_IN_TEXT)
    return f"\\text{{{words}}}" if words.strip() else " "


def _parts(element: etree._Element) -> list[str]:
    """Return the arguments of a script, a fraction or a root, each as TeX."""
    return [_tex(child).strip() for child in element.iterchildren(etree.Element)]


def _base(tex: str) -> str:
    return tex if len(tex) == 1 or re.fullmatch(r"\\[A-Za-z]+(?:\{[^{}]*\})?", tex) else f"{{{tex}}}"


def _scripted(element: etree._Element) -> str:
    """Return `base_{…}^{…}` of msub, msup, msubsup, and of munder, mover, munderover next to a sum or a limit."""
    base, *scripts = _parts(element) or [""]
    signs = _SIGNS_OF_SCRIPTS[_name(element)]
    return _base(base) + "".join(f"{sign}{{{script}}}" for sign, script in zip(signs, scripts, strict=False) if script)


def _before_and_after(element: etree._Element) -> str:
    """Return an element of mmultiscripts: its base, pairs of scripts, and after mprescripts those before the base."""
    if len(element) == 0:
        return ""
    base, *others = element.iterchildren(etree.Element)
    names = [_name(child) for child in others]
    border = names.index("mprescripts") if "mprescripts" in names else len(others)

    def scripts(of: list[etree._Element]) -> str:
        texts = [_tex(child).strip() for child in of]
        return "".join(f"{'_^'[index % 2]}{{{text}}}" for index, text in enumerate(texts) if text)

    prescripts = scripts(others[border + 1 :])
    return f"{'{}' if prescripts else ''}{prescripts}{_base(_tex(base).strip())}{scripts(others[:border])}"


def _above_and_below(element: etree._Element) -> str:
    base, *marks = _parts(element) or [""]
    operator = _text(element[0]).strip() if len(element) else ""
    if operator in _WITH_LIMITS:
        return _scripted(element)
    for mark, place in zip(marks, _SIGNS_OF_SCRIPTS[_name(element)], strict=False):
        accent = _ACCENTS.get(_text(element[1]).strip()) if place == "^" and len(marks) == 1 else None
        wide = "overline" if accent == "bar" and len(operator) > 1 else accent
        command = "overset" if place == "^" else "underset"
        base = f"\\{wide}{{{base}}}" if wide else f"\\{command}{{{mark}}}{{{base}}}" if mark else base
    return base


def _fraction(element: etree._Element) -> str:
    upper, lower = [*_parts(element), "", ""][:2]
    is_bar = not re.fullmatch(r"0\w*", str(element.get("linethickness", "")))
    return f"\\{'frac' if is_bar else 'binom'}{{{upper}}}{{{lower}}}"


def _root(element: etree._Element) -> str:
    if _name(element) == "mroot":
        radicand, degree = [*_parts(element), "", ""][:2]
        return f"\\sqrt[{degree}]{{{radicand}}}"
    return f"\\sqrt{{{_row(element)}}}"


def _fenced(element: etree._Element) -> str:
    opening, closing = (_symbols(str(element.get(name, usual))) for name, usual in (("open", "("), ("close", ")")))
    return f"{opening}{_symbols(str(element.get('separators', ',')))[:1].join(_parts(element))}{closing}"


def _table(element: etree._Element) -> str:
    rows = r" \\ ".join(" & ".join(_parts(row)) for row in element.iterchildren(etree.Element))
    return f"\\begin{{matrix}}{rows}\\end{{matrix}}"


def _semantics(element: etree._Element) -> str:
    """Return the TeX that a formula carries as its annotation, else the first of its forms."""
    for child in element.iterchildren("{*}annotation"):
        if "tex" in str(child.get("encoding", "")).casefold() and _text(child).strip():
            return _text(child).strip().strip("$")
    return next(map(_tex, element.iterchildren(etree.Element)), "")


_SIGNS_OF_SCRIPTS = dict.fromkeys(("msub", "munder"), "_") | dict.fromkeys(("msup", "mover"), "^")
_SIGNS_OF_SCRIPTS |= dict.fromkeys(("msubsup", "munderover"), "_^")
_WRITERS: dict[str, Callable[[etree._Element], str]] = {
    "mi": _identifier,
    "mn": lambda element: _symbols(_text(element)),
    "mo": lambda element: _identifier(element) if _text(element).strip() in _FUNCTIONS else _symbols(_text(element)),
    "mtext": _wording,
    "ms": _wording,
    "mspace": lambda _: " ",
    "mmultiscripts": _before_and_after,
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "mfenced": _fenced,
    "mtable": _table,
    "semantics": _semantics,
    **dict.fromkeys(("msub", "msup", "msubsup"), _scripted),
    **dict.fromkeys(("munder", "mover", "munderover"), _above_and_below),
}
_KNOWN = _ON_ONE_LINE | _NOT_SHOWN | _WRITERS.keys() | {"mtr", "mlabeledtr", "mtd", "merror", "menclose", "maction"}
