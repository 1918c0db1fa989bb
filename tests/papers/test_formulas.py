"""Telling formulas from money, prose and stray dollars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.papers.formulas import MAX_FORMULA, Formula, split_formulas


def sources(text: str) -> list[str]:
    return [piece.source for piece in split_formulas(text) if isinstance(piece, Formula)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an $O(n^2)$ cost", ["O(n^2)"]),
        (r"9.36$\times$ and $\sim$10 and $>$90\%", [r"\times", r"\sim", ">"]),
        (r"$ \alpha $ with spaces, $k$-NN, $x$s", [r"\alpha", "k", "x"]),
        (r"$$E=mc^2$$ \[a\] \(b\)", ["E=mc^2", "a", "b"]),
        (r"$\text{two words here} = x$", [r"\text{two words here} = x"]),
        (r"paid \$5 for $x$", ["x"]),
    ],
)
def test_formulas_are_found(text: str, found: list[str]) -> None:
    assert sources(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10",
        "between $5-$10 or $5/$10",
        "$5 a_b $5",
        "(US$) or (HK$)",
        "from $28.31 to US$40.88 in total",
        "$15 per paper, which only costs$",
        "$HOME and $PATH",
        r"\$5 and \$6",
        "an unbalanced $x",
        "$$",
        "$ $",
        r"\( never closed",
        r"closed \) never opened",
        "$x\n\ny$",
        "$" + "x" * (MAX_FORMULA + 1) + "$",
    ],
)
def test_money_and_stray_dollars_stay_text(text: str) -> None:
    assert split_formulas(text) == [text]


@given(st.text("$\\()[] ab1_\n", max_size=80))
def test_the_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(piece if isinstance(piece, str) else piece.written for piece in split_formulas(text)) == text


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        (r"costs $5 and \textbf{bold} claims. A matrix $\begin{pmatrix}1&2\\3&4\end{pmatrix}$", 1),
        (r"costs $5 and \emph{more}. Then $$\int_0^1 f$$ and $x$", 2),
        ("from $5 to $x^2$ for $n$ runs", 2),
        (r"It costs $3.5M (vs. $2.1M) with $\alpha$.", 1),
        (r"$1 and \emph{nothing} else; $2 for all", 0),
        ("$10k-$20k and $O(n)$; pay $5.", 1),
        ("spend $5 million, i.e. $p < 0.05$ of $100 million", 1),
        ("we pay $0.002 per call to reach $F_1 = 0.9$ and $0.1 less", 1),
        (r"A $100 bill, $2 \times 10^5$ sheep and $10 \log n$ of them", 2),
        ("(about $20) and a $d$-dimensional space", 1),
    ],
)
def test_dollars_are_paired_by_what_stands_between_them_over_the_whole_text(text: str, formulas: int) -> None:
    assert sum(isinstance(piece, Formula) for piece in split_formulas(text)) == formulas


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"a \begin{align} x &= y \\ z \end{align} b", [r"\begin{align} x &= y \\ z \end{align}"]),
        (r"\begin{equation*}x\end{equation*}", [r"\begin{equation*}x\end{equation*}"]),
        (r"$$\begin{align} x \end{align}$$", [r"\begin{align} x \end{align}"]),
        (r"\[\begin{gather} x \end{gather}\] $y$", [r"\begin{gather} x \end{gather}", "y"]),
        (r"\begin{align} x", []),
        (r"\end{align} x \begin{align}", []),
        (r"\begin{itemize}\item x\end{itemize}", []),
    ],
)
def test_environments_of_formulas_need_no_dollars(text: str, found: list[str]) -> None:
    assert sources(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"$\alpha$$\beta$", [r"\alpha", r"\beta"]),
        (r"$a$$b$$c$ and $$d$$", ["a", "b", "c", "d"]),
        (r"$5 and $$x$$", ["x"]),
    ],
)
def test_two_dollars_between_formulas_are_one_of_each(text: str, found: list[str]) -> None:
    assert sources(text) == found
