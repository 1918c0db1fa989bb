"""How costly a formula may be: the converter doubles its work at each bracket left open, so forty take hours."""

import re
import unicodedata

from site_builder.papers.formulas import MAX_FORMULA
from site_builder.render.text.bounds import MAX_FORMULA_COMMANDS, MAX_FORMULA_DOUBLINGS, MAX_FORMULA_NESTING

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)
_OPENING = re.compile(
    r"\\(?:[{(\[]|[lL](?:paren|brack|brace|ang|floor|ceil|vert|group|moustache|lbracket|langle|lparenthesis|bag|Vert)\w*"
    r"|l[A-Z]\w*|[ul]lcorner|mathopen|[bB]igg?l?|middle)"
)
_CLOSING = re.compile(r"\\(?:[})\]]|[rR](?:paren|brack|brace|angle|ang|floor|ceil|vert|group|Vert)|[ul]rcorner)")
_OPENING_SIGNS = frozenset("⌜⌞⎰")
# Written without braces it may swallow any bracket that follows, so none behind it counts as closed.
_TWO_ARGUMENTS = re.compile(
    r"\\(?:[cdt]?frac|[a-z]*binom|nicefrac|sfrac|overset|underset|stackrel|sideset|prescript|genfrac)"
)
_GROUP_STARTS = frozenset({"{", r"\left", r"\begin"})
_GROUP_ENDS = frozenset({"}", r"\right", r"\end"})
_DELIMITED = frozenset({r"\left", r"\right", r"\middle"})
_WITH_BRACKETS = frozenset({r"\pmod", r"\pod", r"\norm", r"\abs", r"\binom", r"\genfrac"})
# Commands that take no argument, so that a bracket behind them closes one.
_ALONE = re.compile(
    r"\\(?:var)?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi"
    r"|chi|psi|omega|ell|infty|cdot|cdots|ldots|dots|prime|star|ast|top|partial|nabla|hbar|emptyset|[,;:! %&#$_{}|])",
    re.IGNORECASE,
)


def is_bounded(source: str) -> bool:
    """Tell whether the converter ends within milliseconds on a formula, and does not run out of stack."""
    if len(source) > MAX_FORMULA or source.count("\\") > MAX_FORMULA_COMMANDS:
        return False
    depth, doublings = _cost(source)
    return depth <= MAX_FORMULA_NESTING and doublings <= MAX_FORMULA_DOUBLINGS


def _cost(source: str) -> tuple[int, int]:
    """Return how many groups are open at the worst place, and how often the converter may double its work.

    It may for each bracket that is not closed in its own group, or closes none, and for each macro that brings two.
    """
    waiting = [0]
    groups = brackets = others = 0
    before = ""
    is_loose = False
    for part in _TOKEN.findall(source):
        is_loose = is_loose or (part != "{" and _TWO_ARGUMENTS.fullmatch(before) is not None)
        if before in _DELIMITED:
            pass
        elif part in _GROUP_STARTS:
            waiting.append(0)
            groups = max(groups, len(waiting) - 1)
        elif part in _GROUP_ENDS and len(waiting) > 1:
            others += waiting.pop()
        elif _opens(part):
            waiting[-1] += 1
            brackets = max(brackets, sum(waiting))
        elif _closes(part) and waiting[-1] and not is_loose and not _takes_argument(before):
            waiting[-1] -= 1
        elif _closes(part) or part in _WITH_BRACKETS:
            others += 1
        before = part
    return groups, brackets + others


def _opens(part: str) -> bool:
    if part[0] == "\\":
        return _OPENING.fullmatch(part) is not None
    return part in _OPENING_SIGNS or (part != "{" and unicodedata.category(part) == "Ps")


def _closes(part: str) -> bool:
    if part[0] == "\\":
        return _CLOSING.fullmatch(part) is not None
    return part != "}" and unicodedata.category(part) == "Pe"


def _takes_argument(part: str) -> bool:
    return part in ("^", "_") or (part[:1] == "\\" and not _ALONE.fullmatch(part))
