"""Formulas as feeds, mails and titles show them: a line of text that can be read."""

import pytest
from markupsafe import escape

from site_builder.papers.clean import clean_paragraphs
from site_builder.render.text import plain_html, plain_text


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"$\begin{pmatrix}1&2\\3&4\end{pmatrix}$", "(1, 2; 3, 4)"),
        (r"$\left[\begin{array}{cc}a & b\\ c & d\end{array}\right]$", "[a, b; c, d]"),
        (r"$\begin{cases} x & y>0 \\ 0 & \text{else}\end{cases}$", "{x, y > 0; 0, else"),
        (r"$\begin{aligned}a&=b\\c&=d\end{aligned}$", "a = b; c = d"),
        (r"$\begin{nosuch}1&2\\3&4\end{nosuch}$", "1, 2; 3, 4"),
        (r"$$\int_0^1 f(x)\,dx$$", "∫₀¹ f(x) dx"),
        (r"\begin{itemize}\item one \item two\end{itemize}", "• one • two"),
        (r"\frac{a} and \frac{a}{b}", "a and a/b"),
        (
            r"costs $5 and \textbf{bold} claims. A matrix $\begin{pmatrix}1&2\\3&4\end{pmatrix}$",
            "costs $5 and bold claims. A matrix (1, 2; 3, 4)",
        ),
    ],
)
def test_a_formula_reads_as_text(tex: str, line: str) -> None:
    assert plain_text(clean_paragraphs(tex)) == line
    assert plain_html(clean_paragraphs(tex)) == f"<p>{escape(line)}</p>"


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"$$\begin{align} a &= b \\ c &= d \end{align}$$", "a = b; c = d"),
        (r"\begin{align*} x &\le y, \\ z &> 0 \end{align*}", "x ≤ y; z > 0"),
        (r"so \begin{equation}\label{eq:e} E = mc^2 \end{equation} holds", "so E = mc² holds"),
        (r"$$\begin{gather} a = b \tag{1} \\ c = d \nonumber \end{gather}$$", "a = b; c = d"),
        (r"$$\begin{eqnarray*} a &=& b, \\ c &\leq& d \end{eqnarray*}$$", "a = b; c ≤ d"),
        (r"$$\begin{split} a &= b \\ &= c \end{split}$$", "a = b; = c"),
        (r"$\begin{cases} 1, & x > 0 \\ 0, & \text{else} \end{cases}$", "{1, x > 0; 0, else"),
        (r"$\begin{nosuch}1,&2\end{nosuch}$", "1, 2"),
        (r"$\sum\limits_{i=1}^n x_i$ and $\int\limits_0^1 f$", "∑ᵢ₌₁ⁿ xᵢ and ∫₀¹ f"),
        (r"$\sum_{i,j} x_{ij}$ and $\prod_i p_i$", "∑_(i,j) xᵢⱼ and ∏ᵢ pᵢ"),
        (r"$\mathbb{F}_{p^m}$ and $x^{2^2}$ and $2^{\mathbb{N}}$", "F_(pᵐ) and x^(2²) and 2^ℕ"),
        (r"$L_{\text{cross entropy}}$ and $e^{\log p}$", "L_(cross entropy) and e^(log p)"),
        (r"$1{,}000{,}000$ and $f(1, 2)$", "1,000,000 and f(1, 2)"),
        (r"$\cfrac{1}{2}$ or \cfrac{1}{2}", "1/2 or 1/2"),
        (r"$\alpha$$\beta$ of $x$$y$", "αβ of xy"),
        (r"a \frac{x}{ b", "a x { b"),
    ],
)
def test_numbers_of_lines_grouped_digits_and_formulas_without_dollars_read_as_text(tex: str, line: str) -> None:
    assert plain_text(clean_paragraphs(tex)) == line


def test_lines_of_an_environment_are_one_formula_however_they_are_indented() -> None:
    tex = "We show\n\\begin{align}\n  a &= b \\\\\n  c &= d\n\\end{align}\nand stop."
    assert plain_text(clean_paragraphs(tex)) == "We show a = b; c = d and stop."


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1, 2; 3, 4)"),
        (r"$\begin{pmatrix*}[r]1&-2\\-3&4\end{pmatrix*}$", "(1, −2; −3, 4)"),
        (r"\begin{cases}a&b\\c&d\end{cases}", "{a, b; c, d"),
        (r"$A=\begin{array}[t]{ll}a&b\\c&d\end{array}$", "A = a, b; c, d"),
        (r"\begin{tabular}{|l|c|}\hline a&b\\ \hline c&d\end{tabular}", "a, b; c, d"),
        (r"$\sum_{\substack{i<n\\j<m}}x$", "∑_(i<n;j<m) x"),
        (r"$\pmatrix{1&2\cr3&{4}}$ $\cases{a&b\cr c&d}$", "(1, 2; 3, 4) {a, b; c, d"),
        (r"\begin{equation}" + r"\begin{pmatrix}1\end{pmatrix}" * 6 + r"\end{equation}", "(1)" * 6),
        (r"\begin{pmatrix}1&2 costs $5 and $x^2$", "1&2 costs $5 and x²"),
    ],
)
def test_a_table_of_any_kind_is_text_that_can_be_read(written: str, text: str) -> None:
    assert plain_text(f"Let {written} be.") == f"Let {text} be."
