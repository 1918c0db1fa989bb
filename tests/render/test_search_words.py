"""The words of the index: scripts that write no spaces are found inside a run of letters."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.render.search_words import index_words

TABLE = json.loads((Path(__file__).parents[1] / "search_words.json").read_text(encoding="utf-8"))
LETTERS = "数学推理言語モデルのガ々언어모델의ไทยภาษาລາວខ្មែរမြန်མABCé3 ，。-・\u200b\u3000"


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_the_words_of_a_text_are_those_of_the_table(row):
    assert index_words(row["text"]) == row["index"]


@given(st.text(st.sampled_from("数学推理言語の々언어모델의")), st.integers(0, 30), st.integers(1, 30))
def test_every_piece_of_a_run_of_signs_begins_a_word(run, start, length):
    piece = run[start : start + length]
    begun = {word[:2] for word in index_words(run)}
    assert {piece[place : place + 2] for place in range(len(piece) - 1)} <= begun
    assert set(piece) <= {word[0] for word in begun}


@given(st.text(st.sampled_from("ไทยภษรกแ")), st.integers(0, 30), st.integers(1, 30))
def test_every_piece_of_a_run_of_letters_begins_a_word(run, start, length):
    piece = unicodedata.normalize("NFKC", run[start : start + length])
    words = index_words(run)
    assert all(any(word.startswith(piece[place : place + 3]) for word in words) for place in range(len(piece)))


@given(st.text(st.sampled_from(LETTERS) | st.characters()))
def test_the_words_of_a_text_are_a_small_multiple_of_it(text):
    plain = unicodedata.normalize("NFKD", text)
    assert sum(map(len, index_words(text))) <= 4 * len(plain)


@given(st.text())
def test_words_between_spaces_stay_as_they_are_written(text):
    latin = "".join(letter for letter in text if letter.isascii())
    assert index_words(latin) == latin.split()
