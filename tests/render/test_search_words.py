"""The words of the index: scripts that write no spaces are found inside a run of letters."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.render.search_words import COMMON, NOTHING, fold, index_words, number_of, with_following

TABLE = json.loads((Path(__file__).parents[1] / "search_words.json").read_text(encoding="utf-8"))
LETTERS = "数学推理言語モデルのガ々언어모델의ไทยภาษาລາວខ្មែរမြန်མABCé3 ，。-・\u200b\u3000"


def words_of(text):
    return [word for word, _ in index_words(text)]


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_the_words_of_a_text_are_those_of_the_table(row):
    assert words_of(row["text"]) == row["index"]


@given(st.text(st.sampled_from("数学推理言語の々언어모델의")), st.integers(0, 30), st.integers(1, 30))
def test_every_piece_of_a_run_of_signs_begins_a_word(run, start, length):
    piece = run[start : start + length]
    begun = {unicodedata.normalize("NFC", word)[:2] for word in words_of(run)}
    assert {piece[place : place + 2] for place in range(len(piece) - 1)} <= begun
    assert set(piece) <= {word[0] for word in begun}


@given(st.text(st.sampled_from("ไทยภษรกแ")), st.integers(0, 30), st.integers(1, 30))
def test_every_piece_of_a_run_of_letters_begins_a_word(run, start, length):
    piece = fold(run[start : start + length])
    words = words_of(run)
    assert all(any(word.startswith(piece[place : place + 3]) for word in words) for place in range(len(piece)))


@given(st.text(st.sampled_from(LETTERS) | st.characters()))
def test_the_words_of_a_text_are_a_small_multiple_of_it(text):
    plain = unicodedata.normalize("NFKD", text)
    assert sum(map(len, words_of(text))) <= 9 * len(plain)


@given(st.text(st.characters(codec="ascii")))
def test_words_between_spaces_and_signs_are_those_of_the_text_in_lower_case(text):
    letters = "".join(letter if letter.isalnum() else " " for letter in text.lower())
    assert list({place: word for word, place in index_words(text)}.values()) == [word[:40] for word in letters.split()]


def test_a_word_of_several_parts_is_found_by_them_and_as_one():
    assert index_words("A fine-tuning of GPT-4o's") == [
        ("a", 0),
        ("finetuning", 1),
        ("fine", 1),
        ("tuning", 2),
        ("of", 3),
        ("gpt4os", 4),
        ("gpt", 4),
        ("4o", 5),
        ("s", 6),
    ]


def test_what_follows_a_word_is_told_up_to_the_next_word_that_is_not_common():
    following = dict(with_following(index_words("Attention is of the essence; fine-tuning")))
    assert following == {
        "attention": number_of("is of the essence"),
        "essence": number_of("fine"),
        "fine": number_of("tuning"),
        "tuning": NOTHING,
        "finetuning": NOTHING,
    }
    assert {"is", "of", "the"} <= COMMON


@given(st.text())
def test_the_number_of_a_text_is_one_digit_and_never_that_of_nothing(text):
    assert NOTHING < number_of(text) < 32
