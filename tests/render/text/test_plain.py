"""Plain text holds no TeX; excerpts end at a sentence or a word."""

import unicodedata

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


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("我们提出一种新的方法来研究神经网络的结构。" * 40, 73),
        ("เราเสนอวิธีการใหม่" * 100, 433),
        ("a" * 5_000, 433),
        ("\U0001f468\u200d" * 2_000, 433),
        ("a\u0301\u0302b" * 2_000, 433),
    ],
    ids=["Chinese", "Thai", "one word", "joined", "accents"],
)
def test_an_excerpt_of_words_that_no_blank_parts_is_short_all_the_same(text: str, most: int) -> None:
    cut = excerpt(text, 36)
    assert 40 < len(cut) <= most
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])
    assert unicodedata.category(text[len(cut) - 1])[0] != "M"


def test_an_excerpt_of_chinese_ends_behind_a_sentence_that_is_near() -> None:
    assert excerpt("天空很蓝。" * 40, 36).endswith("。…")
