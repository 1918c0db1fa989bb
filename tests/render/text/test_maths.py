"""Formulas become allow-listed MathML and readable Unicode, or show their source."""

import pytest

from site_builder.papers.formulas import Formula
from site_builder.render.text import abstract_html
from site_builder.render.text.bounds import MAX_FORMULA_COMMANDS, MAX_FORMULA_NESTING
from site_builder.render.text.mathml import MathmlError, read_mathml, write_mathml
from site_builder.render.text.maths import formula_html, formula_text


def formula(source: str) -> Formula:
    return Formula(source, False, f"${source}$")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("O(n^2)", "O(n²)"),
        (r"\alpha", "α"),
        (r"9.36\times", "9.36×"),
        (r"O(n\log n)", "O(n log n)"),
        (r"\mathbb{R}^{d\times k}", "ℝ^(d×k)"),
        (r"\mathcal{O}(1)", "O(1)"),
        (r"p<0.05", "p < 0.05"),
        (r"\sim10", "~10"),
        (r"360^\circ", "360°"),
        (r"x^\top W_{max}", "xᵀWₘₐₓ"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\frac{1}{2}(a)", "(1/2)(a)"),
        (r"\sqrt{x^2+1}", "√(x²+1)"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\hat{x}", "x̂"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"10^{-3}", "10⁻³"),
        (r"\{1,2\}", "{1, 2}"),
        (r"\mathrm{CO}_2", "CO₂"),
        (r"\text{if } x", "if x"),
        (r"\begin{cases}a & b\\c & d\end{cases}", "{a, b; c, d"),
        (r"\unknown{x} + \emph{y}", "x + y"),
    ],
)
def test_a_formula_reads_as_text(source: str, text: str) -> None:
    assert formula_text(formula(source)) == text


@pytest.mark.parametrize(
    "source", [r"\mbox{if}", r"\ensuremath{x}", r"\norm{x}", r"\widetilde{x}", r"\mathds{1}", r"\nicefrac{1}{2}"]
)
def test_common_commands_the_converter_lacks_are_supplied(source: str) -> None:
    assert formula_html(formula(source)).startswith("<math>")


@pytest.mark.parametrize(
    "source",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\eqref{x}",
        r"\newcommand{\a}{\a\a}\a",
        r"\def\x{\x\x}\x",
        r"\cancel{x}",
        r"\hspace{99em}x",
        r"\raisebox{-50em}{x}",
        "{" * (MAX_FORMULA_NESTING + 1) + "}" * (MAX_FORMULA_NESTING + 1),
        r"\sqrt" * (MAX_FORMULA_COMMANDS + 1) + " x",
        r"\left(" * 400,
        "a" * 5_000,
        "{",
        "^",
    ],
)
def test_unsafe_too_large_and_broken_formulas_show_their_source(source: str) -> None:
    html = formula_html(formula(source))
    assert html.startswith('<code class="tex">')
    assert "<" not in html[len('<code class="tex">') : -len("</code>")]
    assert "$" not in formula_text(formula(source))


def test_a_formula_cannot_open_a_tag_or_carry_style() -> None:
    assert "<img" not in formula_html(formula(r"\text{<img src=x onerror=alert(1)>}"))
    assert "style" not in formula_html(formula(r"\color{red} x \! y \textsc{z}"))
    assert "&ApplyFunction;" not in formula_html(formula(r"\sin x"))


@pytest.mark.parametrize(
    "markup",
    [
        "<math><script>1</script></math>",
        '<math><mi onclick="x">x</mi></math>',
        '<math><mtext><a href="#x">x</a></mtext></math>',
        '<math><mspace width="50em"/></math>',
        "<math><mi>x</math></mi>",
        "<math><b>x</b></math>",
        "<math><mtext><b><mi>x</mi></b></mtext></math>",
        "<math><mi>&copy;</mi></math>",
        "<math><mi>x</mi></math><p>",
        "<math><math></math></math>",
        "<math><mi>x<!-- --></mi></math>",
        "<mi>x</mi>",
        "x",
        "",
        "<math>" + "<mrow>" * 200 + "</mrow>" * 200 + "</math>",
    ],
)
def test_markup_off_the_list_is_refused(markup: str) -> None:
    with pytest.raises(MathmlError):
        read_mathml(markup)


def test_markup_on_the_list_comes_back_escaped() -> None:
    assert write_mathml(read_mathml('<math><mtext><span class="x">&lt;</span></mtext><mspace/></math>')) == (
        "<math><mtext>&lt;</mtext><mspace/></math>"
    )


@pytest.mark.parametrize("opening", ["(", "[", r"\{"])
def test_a_formula_of_many_open_brackets_shows_its_source_instead_of_doubling_the_work_at_each(opening: str) -> None:
    assert str(abstract_html(f"${opening * 60}x$")).startswith('<p><code class="tex">')
