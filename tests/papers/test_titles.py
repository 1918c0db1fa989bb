import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.papers.titles import letters_and_digits, normalise_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Attention Is All You Need", "attention is  all\nyou need."),
        ("Few-Shot Learning: A Survey", "Few–shot learning — a survey"),
        ("Don't “Stop” Here", 'Don’t "stop" here'),
        ("A naïve Gödel machine", r"A na\"ively G\"odel machine".replace("ively", "ive")),
        ("Poincaré and Erdős", r"Poincar\'{e} and Erd\H{o}s"),
        ("Bjørn, Łukasz and Straße", r"Bj\orn, \Lukasz and Stra\sse"),
        ("$K$-means", "K-means"),
        (r"\emph{Fast} $\mathcal{K}$-means", "Fast K-means"),
        ("mathcal{K}-means", "K-means"),
        (r"$\pi_0$: a policy", "π₀: a policy"),
        ("ﬁne-tuning x²", "fine-tuning x2"),
    ],
)
def test_spellings_of_one_title_have_one_key(one: str, other: str) -> None:
    assert normalise_title(one) == normalise_title(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("GPT-3", "GPT-4"), ("大規模言語", "小規模言語"), ("कि", "का"), ("が", "か"), ("+++", "---")],
)
def test_different_titles_keep_different_keys(one: str, other: str) -> None:
    assert normalise_title(one) != normalise_title(other)


def test_a_title_of_symbols_only_is_its_own_key() -> None:
    assert normalise_title(" ∞ → ？ ") == "∞ → ?"


@given(st.text())
def test_a_key_has_no_case_and_is_its_own_key_again(title: str) -> None:
    key = letters_and_digits(title)
    assert letters_and_digits(key) == key
    assert letters_and_digits(title.casefold()) == key or "\\" in title or "{" in title


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1)))
def test_keys_of_words_join_to_the_key_of_the_title(words: list[str]) -> None:
    plain = [word.replace("\\", "").replace("{", "") for word in words]
    assert "".join(map(letters_and_digits, plain)) == letters_and_digits(" ".join(plain))


def test_languages_that_signs_tell_apart_are_not_one():
    keys = {normalise_title(f"A Study of {name} Programs") for name in ("C", "C++", "C#", "F", "F#")}
    assert len(keys) == 5
