"""Values that are computed on first use, and once."""

import gc
import re

import pytest

import site_builder.build  # noqa: F401 — all that a build loads
from site_builder.lazy import LazyMap, LazySequence, lazy_pattern


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


def test_a_pattern_is_compiled_once_and_only_when_it_is_used(monkeypatch):
    compiled = []
    compile_now = re.compile
    monkeypatch.setattr(re, "compile", lambda *args: compiled.append(args) or compile_now(*args))
    word = lazy_pattern(r"[a-z]+", re.IGNORECASE)
    assert (word.pattern, compiled) == ("[a-z]+", [])
    assert (word.sub("-", "An owl"), word.findall("An owl"), word.flags & re.IGNORECASE) == (
        "- -",
        ["An", "owl"],
        re.IGNORECASE,
    )
    assert compiled == [("[a-z]+", re.IGNORECASE)]


def test_every_pattern_that_is_compiled_late_can_be_compiled():
    patterns = [each for each in gc.get_objects() if type(each) is type(lazy_pattern(""))]
    assert len(patterns) > 500
    assert all(pattern.groups >= 0 for pattern in patterns)
