"""Sequences that are made when somebody looks into them, and once."""

import pytest

from site_builder.lazy import LazyMap, LazySequence


def test_a_sequence_is_made_once_and_only_when_it_is_looked_into():
    made = []
    numbers = LazySequence(lambda end: made.append(end) or list(range(end)), 3)
    assert made == []
    assert (list(numbers), numbers[1], numbers[1:], len(numbers)) == ([0, 1, 2], 1, [1, 2], 3)
    assert made == [3]


def test_items_of_a_sequence_are_made_one_by_one_and_each_once():
    made = []
    doubles = LazyMap(lambda number: made.append(number) or 2 * number, range(5))
    assert (len(doubles), made) == (5, [])
    assert (doubles[-1], doubles[1:3], doubles[2]) == (8, (2, 4), 4)
    assert made == [4, 1, 2]
    assert list(doubles) == [0, 2, 4, 6, 8]
    assert made == [4, 1, 2, 0, 3]
    with pytest.raises(IndexError):
        doubles[5]
