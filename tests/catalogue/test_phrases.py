"""Which words and phrases of a text say what it is about."""

import pytest

from site_builder.catalogue.phrases import COMMON, EMPTY, phrases, word_key


def keys(text):
    return [key for key, _ in phrases(text)]


def test_words_and_neighbours_are_found_in_the_singular_and_as_written():
    assert phrases("Sparse Attentions") == [
        ("sparse", "Sparse"),
        ("attention", "Attentions"),
        ("sparse attention", "Sparse Attentions"),
    ]


def test_no_phrase_goes_across_a_comma_a_full_stop_or_a_word_that_says_nothing():
    assert keys("clouds, sheep. Wool of goats") == ["cloud", "sheep", "wool", "goat"]


def test_a_common_word_says_something_only_beside_another():
    assert keys("world generation") == []
    assert keys("image generation") == ["image", "image generation"]


def test_a_hyphenated_word_is_one_word_and_its_telling_parts():
    assert keys("retrieval-augmented") == ["retrieval augmented", "retrieval", "augmented"]
    assert keys("retrieval-augmented generation")[-1] == "retrieval augmented generation"
    assert keys("text-to-image") == ["text to image", "image"]


def test_hyphen_and_space_make_one_key():
    assert keys("mixture-of-experts")[0] == "mixture of expert"
    assert set(keys("sheep-dog")) == set(keys("sheep dog"))


def test_words_that_say_nothing_fall_off_the_ends_of_a_hyphenated_word():
    assert phrases("state-of-the-sheep open-vocabulary")[-1] == (
        "sheep vocabulary",
        "state-of-the-sheep open-vocabulary",
    )


def test_formulas_commands_and_addresses_are_no_words():
    assert keys(r"goats $x_{wool}$ \textbf sheep https://example.org/clouds") == ["goat", "sheep"]


@pytest.mark.parametrize("word", ["the", "a", "x", "7B", "128k", "propose", "experiments", "2024"])
def test_stop_words_single_letters_and_sizes_say_nothing(word):
    assert keys(word) == []


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("policies", "policy"), ("approaches", "approach"), ("losses", "loss"), ("boxes", "box"), ("bias", "bias")],
)
def test_plurals_have_the_key_of_their_singular(plural, singular):
    assert word_key(plural) == word_key(singular)


def test_the_lists_of_words_are_apart_and_in_the_form_they_are_looked_up_in():
    assert EMPTY.isdisjoint(COMMON)
    assert [word for word in COMMON if word_key(word) != word] == []
