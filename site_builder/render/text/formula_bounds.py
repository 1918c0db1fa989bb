"""How costly a formula may be: the converter does its work twice for each bracket that stays open.

It looks for the partner of a bracket to the end of its row; where there is none, what it has read is thrown away and
read again. Forty open brackets take hours. Which ones stay open only the converter's own grammar tells (`&`, a script
or an argument may swallow a partner), so every bracket counts as one that may: of 1,037 formulas in real abstracts and
titles none has more than three.
"""

import re
import unicodedata

from site_builder.papers.formulas import MAX_FORMULA
from site_builder.render.text.bounds import MAX_FORMULA_BRACKETS, MAX_FORMULA_COMMANDS, MAX_FORMULA_NESTING

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)
_OPENING = frozenset(
    r"\{ \lAngle \lBrace \lVert \lang \langle \lbrace \lbrack \lceil \lfloor \lgroup \llangle \llbracket \llcorner "
    r"\lmoustache \llparenthesis \lparen \lvert \ulcorner \mathopen \bigl \Bigl \biggl \Biggl ⌜ ⌞ ⎰ "
    r"\mathstrut \pod \pmod \bra \ket \braket \set \Bra \Ket \Braket \Set \abs \norm".split()  # these bring one
)
_GROUP_STARTS = frozenset({"{", r"\left", r"\begin"})
_GROUP_ENDS = frozenset({"}", r"\right", r"\end"})


def is_bounded(source: str) -> bool:
    """Tell whether the converter ends within milliseconds on a formula, and does not run out of stack."""
    if len(source) > MAX_FORMULA or source.count("\\") > MAX_FORMULA_COMMANDS:
        return False
    parts = _TOKEN.findall(source)
    return sum(map(_opens, parts)) <= MAX_FORMULA_BRACKETS and _nesting(parts) <= MAX_FORMULA_NESTING


def _opens(part: str) -> bool:
    return part in _OPENING or (part != "{" and len(part) == 1 and unicodedata.category(part) == "Ps")


def _nesting(parts: list[str]) -> int:
    """Return how many groups are open at the worst place; one that ends nothing does not count."""
    depth = deepest = 0
    for part in parts:
        if part in _GROUP_STARTS:
            depth += 1
            deepest = max(deepest, depth)
        elif part in _GROUP_ENDS:
            depth = max(0, depth - 1)
    return deepest
