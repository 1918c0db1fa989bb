"""TeX formulas as MathML and as Unicode text."""

import re
from functools import lru_cache

from markupsafe import Markup
from math_core import LatexError, LatexToMathML

from site_builder.papers.clean import strip_controls
from site_builder.papers.formulas import Formula
from site_builder.papers.growth import is_proportionate
from site_builder.papers.macros import expand_macros
from site_builder.render.text.formula_bounds import is_bounded
from site_builder.render.text.mathml import Element, MathmlError, read_mathml, write_mathml
from site_builder.render.text.unicode_maths import as_unicode

MATHML_GROWTH = 100  # maximum characters of markup for one of TeX; a non-stretchy character takes 60
_CACHED = 16_384  # formulas; about 15 MB when full

# Commands that the converter lacks, defined by those it has.
_MACROS = {
    "mbox": r"\text{#1}",
    "hbox": r"\text{#1}",
    "textnormal": r"\text{#1}",
    "textsl": r"\textit{#1}",
    "ensuremath": "#1",
    "mathds": r"\mathbb{#1}",
    "mathbfit": r"\boldsymbol{#1}",
    "mathnormal": "#1",
    "nicefrac": "#1/#2",
    "sfrac": "#1/#2",
    "norm": r"\lVert #1\rVert",
    "abs": r"\lvert #1\rvert",
    "textsuperscript": r"{}^{\text{#1}}",
    "textsubscript": r"{}_{\text{#1}}",
    "smash": "#1",
    "widetilde": r"\tilde{#1}",
    "cfrac": r"\dfrac{#1}{#2}",
    "dotsb": r"\cdots",
    "dotsc": r"\ldots",
    "xspace": "",
}
_CONVERTER = LatexToMathML(macros=_MACROS, max_expansions=50, fancy_error=False)

# Definitions could make a short formula deep; cancelling strokes and borders need styles; references lead nowhere.
_REFUSED = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator|b?cancel|xcancel|(?:eq)?ref|tag|label)"
    r"(?![A-Za-z])"
)


# Environments that number their lines → those that do not; a single line needs none.
_UNNUMBERED = {
    **dict.fromkeys(("align", "flalign", "eqnarray", "split"), "aligned"),
    **dict.fromkeys(("gather", "multline"), "gathered"),
    **dict.fromkeys(("equation", "displaymath", "dmath"), ""),
}
_ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join(_UNNUMBERED)})\*?\}}")
_NUMBERING = re.compile(r"\\(?:label|tag)\*?\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
# Table syntax that the converter lacks: manual column alignment, plain TeX, lines below a sum, tables of text.
_ALIGNED_MATRIX = re.compile(r"\\(begin|end)\{([pbBvV]?matrix)\*\}(?:\[[lcr]\])?")
_BRACED = re.compile(r"\\(substack|[pbBvV]?matrix|cases)\s*\{((?:[^{}]++|\{[^{}]*+\})*+)\}")
_TABULAR = re.compile(r"\\(begin|end)\{(?:tabular[x*]?|array)\}(?:\[[tbc]\])?")
_LINE_OF_TABLE = re.compile(r"\\(?:hline|toprule|midrule|bottomrule)(?![A-Za-z])")
_RELATION_CELL = re.compile(r"&\s*([=<>~:]{1,2}|\\[A-Za-z]{1,20})\s*&")  # `a &=& b`
_GROUPED_COMMA = re.compile(r"(?<=\d)\{,\}(?=\d)")
_ROW = re.compile(r"\s*\\\\(?:\[[^\[\]]*\])?\s*(?!\\end\b|\s)")
_CELL = re.compile(r",?\s*(?<!\\)&\s*")


def formula_html(formula: Formula) -> Markup:
    """Return a formula as MathML, or as source in `<code class="tex">` if it cannot be converted."""
    return _html(formula.source, formula.is_display)


def formula_text(formula: Formula) -> str:
    """Return a formula as plain text: Unicode if that suffices, else readable source without dollars."""
    return _text(formula.source)


def source_html(source: str) -> Markup:
    """Return TeX source as markup."""
    return Markup('<code class="tex">{}</code>').format(source)


@lru_cache(maxsize=_CACHED)
def _html(source: str, is_display: bool) -> Markup:
    tree = _tree(source, is_display)
    markup = "" if tree is None else write_mathml(tree)
    if not markup or not is_proportionate(source, markup, MATHML_GROWTH):
        return source_html(source)
    return Markup(markup)  # noqa: S704 - built from the allow-list


@lru_cache(maxsize=_CACHED)
def _text(source: str) -> str:
    tree = _tree(_GROUPED_COMMA.sub(r"\\text{,}", source), is_display=False)
    if tree is not None and is_proportionate(source, line := as_unicode(tree)):
        return line
    # Keep the cells and rows of a matrix separate.
    written = _CELL.sub(", ", _ROW.sub("; ", source)) if r"\begin" in source else source
    plain = expand_macros(written).replace(r"\$", "$")
    return " ".join(re.sub(r"\\(?=[A-Za-z])|[{}$]", "", plain).split())


def _tree(source: str, is_display: bool) -> Element | None:
    """Return the formula's validated MathML, or None if it is too large, not supported by the converter, or unsafe."""
    source = _with_known_tables(_without_numbering(source)) if "\\" in source else source
    if not is_bounded(source) or _REFUSED.search(source):
        return None
    try:
        markup = _CONVERTER.convert_with_local_state(source, displaystyle=is_display)
        return read_mathml(strip_controls(markup))
    except (LatexError, MathmlError):
        return None


def _without_numbering(source: str) -> str:
    """Return a formula without line numbers and labels, which are useless outside its paper."""
    if "eqnarray" in source:
        source = _RELATION_CELL.sub(r"&\1 ", source)
    return _ENVIRONMENT.sub(_unnumbered, _NUMBERING.sub("", source))


def _with_known_tables(source: str) -> str:
    """Return a formula with its tables in syntax that the converter knows."""
    source = _ALIGNED_MATRIX.sub(r"\\\1{\2}", source)
    source = _TABULAR.sub(r"\\\1{array}", _LINE_OF_TABLE.sub("", source))
    return _BRACED.sub(_environment, source)


def _environment(found: re.Match[str]) -> str:
    name = "matrix" if found[1] == "substack" else found[1]
    rows = re.sub(r"\\cr(?![A-Za-z])", r"\\\\ ", found[2])
    return f"\\begin{{{name}}}{rows}\\end{{{name}}}"


def _unnumbered(found: re.Match[str]) -> str:
    name = _UNNUMBERED[found[2]]
    return f"\\{found[1]}{{{name}}}" if name else " "
