"""The cost of converting a formula: the converter does its work twice for each bracket that stays open.

It looks for the closing bracket up to the end of the row. If there is none, it discards what it has parsed and starts
again, so forty open brackets take hours. Brackets that certainly match are removed first, from the inside: a pair
around plain characters cannot lose its end to a script, an argument or a cell. All brackets that remain count as open.
"""

import re
import unicodedata

from site_builder.papers.formulas import MAX_FORMULA
from site_builder.render.text.bounds import MAX_FORMULA_COMMANDS, MAX_FORMULA_NESTING, MAX_FORMULA_WORK

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)
_OPENING = frozenset(
    r"\{ \lAngle \lBrace \lVert \lang \langle \lbrace \lbrack \lceil \lfloor \lgroup \llangle \llbracket \llcorner "
    r"\lmoustache \llparenthesis \lparen \lvert \ulcorner \mathopen \bigl \Bigl \biggl \Biggl ⌜ ⌞ ⎰ "
    r"\mathstrut \pod \pmod \bra \ket \braket \set \Bra \Ket \Braket \Set \abs \norm".split()  # these add a bracket
)
_GROUP_STARTS = frozenset({"{", r"\left", r"\begin"})
_GROUP_ENDS = frozenset({"}", r"\right", r"\end"})

_PLAIN = r"[A-Za-z0-9\s.,;:+\-=<>/|*]*+"
_GROUP = rf"\s*\{{{_PLAIN}\}}"
_DELIMITER = r"\s*(?:\\[{}|]|[()\[\]|./])"
# Parts that count as one plain character: a command without arguments, or with all of them, or a pair of brackets.
_PLAIN_PART = re.compile(
    r"\\(?:(?:var)?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon"
    r"|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega)|ell|infty|[cl]?dots?|times|prime|star|ast|top"
    r"|partial|nabla|sum|prod|int|log|exp|ln|min|max|sim|mid|leq?|geq?|neq?|in|to|circ|[vV]ert|q?quad)(?![A-Za-z])"
    r"|\\[,;:! %#$_|]"
    rf"|\\(?:math[a-z]+|text[a-z]*|boldsymbol|operatorname|hat|bar|tilde|vec|dot|overline|underline|sqrt){_GROUP}"
    rf"|\\[dt]?frac{_GROUP}{_GROUP}"
    rf"|\\left{_DELIMITER}{_PLAIN}\\right{_DELIMITER}"
    rf"|\({_PLAIN}\)|\[{_PLAIN}\]|\\\{{{_PLAIN}\\\}}"
)
_SCRIPT = re.compile(rf"[\^_](?:\s*[A-Za-z0-9*+\-]|{_GROUP})")


def is_bounded(source: str) -> bool:
    """Return whether the converter takes only milliseconds for a formula and does not overflow the stack."""
    if len(source) > MAX_FORMULA or source.count("\\") > MAX_FORMULA_COMMANDS:
        return False
    if _nesting(_TOKEN.findall(source)) > MAX_FORMULA_NESTING:
        return False
    still_open = sum(map(_opens, _TOKEN.findall(_without_pairs(source))))
    return len(source) << still_open <= MAX_FORMULA_WORK


def _without_pairs(source: str) -> str:
    """Return a formula without the brackets that certainly match."""
    for _ in range(MAX_FORMULA_NESTING):
        shorter = _PLAIN_PART.sub("1", _SCRIPT.sub(" ", source))  # not a letter, which would join a command
        if shorter == source:
            break
        source = shorter
    return source


def _opens(part: str) -> bool:
    return part in _OPENING or (part != "{" and len(part) == 1 and unicodedata.category(part) == "Ps")


def _nesting(parts: list[str]) -> int:
    """Return the maximum number of open groups; an end without a start does not count."""
    depth = deepest = 0
    for part in parts:
        if part in _GROUP_STARTS:
            depth += 1
            deepest = max(deepest, depth)
        elif part in _GROUP_ENDS:
            depth = max(0, depth - 1)
    return deepest
