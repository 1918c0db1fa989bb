"""Formulas are told from money, prose and stray dollars."""

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
