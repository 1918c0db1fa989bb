"""The difference of two texts, word by word."""

import pytest

from site_builder.render.word_diff import CONTEXT, word_diff


def told(before, after):
    marks = {"same": "{}", "removed": "-{}-", "added": "+{}+", "gap": "{}"}
    return " ".join(marks[part.kind].format(part.text) for part in word_diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Sparse Clouds Count", "Dense Clouds Count", "-Sparse- +Dense+ Clouds Count"),
        ("Counting Sheep", "Counting Many Sheep", "Counting +Many+ Sheep"),
        ("Counting Many Sheep", "Counting Sheep", "Counting -Many- Sheep"),
        ("We look twice at it", "We look once at all of it", "We look -twice- +once+ at +all of+ it"),
        ("One", "Another", "-One- +Another+"),
        ("Same", "Same", "Same"),
        ("In $O(n^2)$ steps", "In $O(n)$ steps", "In -O(n²)- +O(n)+ steps"),
    ],
)
def test_removed_and_added_words_stand_where_they_were(before, after, expected):
    assert told(before, after) == expected


def test_texts_that_share_little_are_told_as_a_whole():
    before = "We count the sheep of the farm and the goats of the hill in the evening."
    after = "This paper was withdrawn by the author for an error in the proof of the main result."
    assert told(before, after) == f"-{before}- +{after}+"


def test_long_unchanged_stretches_are_left_out():
    words = [f"w{number}" for number in range(100)]
    before, after = " ".join(words), " ".join([*words[:50], "new", *words[50:]])
    kinds = [(part.kind, len(part.text.split())) for part in word_diff(before, after)]
    assert kinds == [("gap", 1), ("same", CONTEXT), ("added", 1), ("same", CONTEXT), ("gap", 1)]


def test_texts_too_long_to_compare_keep_what_they_share_at_both_ends():
    before = " ".join(["begin", *(f"a{number}" for number in range(5_000)), "end"])
    after = " ".join(["begin", *(f"b{number}" for number in range(5_000)), "end"])
    assert [part.kind for part in word_diff(before, after)] == ["same", "removed", "added", "same"]
