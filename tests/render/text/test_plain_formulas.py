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
