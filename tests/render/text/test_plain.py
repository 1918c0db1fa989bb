"""Plain text holds no TeX; excerpts end at a sentence or a word."""

import pytest

from site_builder.render.text import excerpt, plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("an $O(n^2)$ cost", "an O(n²) cost"),
        (r"9.36$\times$ at 5\%", "9.36× at 5%"),
        (r"na\"ive {\it x}", "naïve x"),
        ("$5 and $10", "$5 and $10"),
        (r"\$5 and $x$", "$5 and x"),
        ("a < b & c", "a < b & c"),
        (r"$\foo{x}$ y", "x y"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("a\x00b\u202ec", "abc"),
    ],
)
def test_plain_text_is_free_of_tex(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_an_excerpt_of_a_short_text_is_the_text_on_one_line() -> None:
    assert excerpt("One.\n\nTwo $x_i$.") == "One. Two xᵢ."


def test_an_excerpt_ends_at_a_sentence_when_one_is_near() -> None:
    assert excerpt("a b c d e f g h. i j k l m", words=10) == "a b c d e f g h. …"


def test_an_excerpt_ends_at_a_word_when_no_sentence_is_near() -> None:
    assert excerpt("a b, e.g. d, e, f g", words=5) == "a b, e.g. d, e…"
