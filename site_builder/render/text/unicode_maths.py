"""MathML as a line of Unicode text: `O(n²)`, `x ≤ y`, `(a+b)/2`."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from site_builder.papers.scripts import subscript, superscript
from site_builder.render.text.mathml import Element

_RELATIONS = frozenset("=<>≤≥≠≈≃≅≡∼∝≪≫∈∉∋⊂⊆⊃⊇→←↔⇒⇐⇔↦⟶⟵⟹⟺∣∥≺≻≲≳:≔")
_REPLACED = str.maketrans(
    {"\u2061": " ", "\u2062": "", "\u2063": "", "\u2064": "", "\ufe00": "", "\ufe01": ""}
    | {"∼": "~", "∗": "*", "∣": "|", "⋆": "*", "\u00a0": " "}
)
_LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂⨁⨂")
_ACCENTS = {
    "^": "\u0302",
    "ˆ": "\u0302",
    "~": "\u0303",
    "˜": "\u0303",
    "¯": "\u0304",
    "‾": "\u0305",
    "→": "\u20d7",
    "˙": "\u0307",
} | {
    "¨": "\u0308",
    "ˇ": "\u030c",
    "´": "\u0301",
    "`": "\u0300",
    "˘": "\u0306",
    "˚": "\u030a",
    "\u0302": "\u0302",
    "\u0303": "\u0303",
    "\u20d7": "\u20d7",
}


def as_unicode(element: Element) -> str:
    """Return the formula on one line; scripts that Unicode lacks are written with `^` and `_`."""
    text = re.sub(r"\s+", " ", _line(element)).strip()
    return unicodedata.normalize("NFC", re.sub(r" (?=[,;)\]}])| (?=\()(?<=[a-z] )|(?<=[(\[{]) ", "", text))


def _line(node: Element | str) -> str:
    if isinstance(node, str):
        return "".join(_letter(c) for c in node.translate(_REPLACED))
    writer = _WRITERS.get(node.name)
    return writer(node) if writer else _row(node)


def _letter(character: str) -> str:
    """Return mathematical alphanumerics (U+1D400 …), missing in fonts and search, as plain letters."""
    return unicodedata.normalize("NFKC", character) if character >= "\U0001d400" else character


def _row(node: Element) -> str:
    """Join the parts of a row: spaces around relations between two terms, after commas and around named functions."""
    lines = [_line(child) for child in node.children]  # once each, since rows inside look ahead too
    pieces: list[str] = []
    last = len(node.children) - 1
    for index, child in enumerate(node.children):
        piece = lines[index]
        if isinstance(child, Element) and child.name == "mo" and "".join(map(str, child.children)) in _RELATIONS:
            piece = f" {piece} " if 0 < index < last else piece
        elif isinstance(child, Element) and child.name == "mo" and piece == ",":
            piece = ", " if index < last else ","
        elif isinstance(child, Element) and child.name == "mfrac" and index < last:
            following = lines[index + 1]
            piece = f"({piece})" if following[:1].isalnum() or following[:1] in ("(", "[", "√") else piece
        pieces.append(piece)
    return "".join(pieces)


def _part(node: Element, index: int) -> str:
    return _line(node.children[index]).strip() if index < len(node.children) else ""


def _grouped(text: str) -> str:
    """Return text in parentheses unless it is a single term."""
    is_term = len(text) <= 1 or re.fullmatch(r"\w+|[\d.,]+%?|\([^()]*\)", text)
    return text if is_term else f"({text})"


def _raised(text: str) -> str:
    text = _tight(text)
    return "" if not text else _in_letters(text, superscript) or f"^{_script(text)}"


def _lowered(text: str) -> str:
    text = _tight(text)
    return "" if not text else _in_letters(text, subscript) or f"_{_script(text)}"


def _tight(text: str) -> str:
    """Return text without the spaces around its signs; words stay apart."""
    return re.sub(r"(?<!\w) | (?!\w)", "", text)


def _in_letters(text: str, raise_or_lower: Callable[[str], str | None]) -> str | None:
    return None if " " in text else raise_or_lower(text)


def _script(text: str) -> str:
    """Return text in parentheses unless it is one term without a script of its own: `F_(pᵐ)` is not `F_pᵐ`."""
    is_plain = len(text) == 1 or text == unicodedata.normalize("NFKC", text)
    return _grouped(text) if is_plain else f"({text})"


def _both(node: Element) -> str:
    base = _part(node, 0)
    return base + _lowered(_part(node, 1)) + _raised(_part(node, 2)) + _gap(base)


def _fraction(node: Element) -> str:
    upper, lower = _part(node, 0), _part(node, 1)
    if "linethickness" in node.attributes:
        return f"{upper} choose {lower}"
    return f"{_grouped(upper)}/{_grouped(lower)}"


def _root(node: Element) -> str:
    if node.name == "mroot":
        return f"{superscript(_part(node, 1)) or ''}√{_grouped(_part(node, 0))}"
    return f"√{_grouped(_row(node).strip())}"


def _over(node: Element) -> str:
    base, sign = _part(node, 0), _part(node, 1)
    if node.attributes.get("accent") == "true":
        return base + _ACCENTS.get(sign, "") if len(base) == 1 else base
    return base + _raised(sign)


def _under(node: Element) -> str:
    base = _part(node, 0)
    return base if node.attributes.get("accentunder") == "true" else base + _lowered(_part(node, 1)) + _gap(base)


def _gap(base: str) -> str:
    return " " if base in _LARGE else ""


def _table(node: Element) -> str:
    rows = [[_line(cell).strip() for cell in row.children] for row in node.children if isinstance(row, Element)]
    lines = [_joined(filter(None, row)) for row in rows]
    return "; ".join([*(line.rstrip(",; ") for line in lines[:-1]), *lines[-1:]])


def _joined(cells: Iterable[str]) -> str:
    """Return the cells of a row on one line; a cell that begins with a relation continues the previous one."""
    line = ""
    for cell in cells:
        if cell[0] in _RELATIONS and len(cell) > 1:
            line += f"{' ' if line else ''}{cell[0]} {cell[1:].lstrip()}"
        else:
            line += f"{'' if line[-1] in ',;' else ','} {cell}" if line else cell
    return line


_WRITERS: dict[str, Callable[[Element], str]] = {
    "mspace": lambda node: " " if node.attributes else "",
    "mphantom": lambda _: "",
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "msup": lambda node: _part(node, 0) + _raised(_part(node, 1)),
    "msub": lambda node: (base := _part(node, 0)) + _lowered(_part(node, 1)) + _gap(base),
    "msubsup": _both,
    "mover": _over,
    "munder": _under,
    "munderover": _both,
    "mtable": _table,
}
