"""JSON read item by item: values are kept as written, damage stays local, hostile input fails fast."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.sources.syntax.json_text import MAX_DEPTH, JsonError, array_items, load_json, outer_fields

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def items(text: str, *keys: str) -> list:
    return [item for _, item in array_items(text, keys)]


def errors(text: str, *keys: str) -> list[JsonError]:
    return [item for item in items(text, *keys) if isinstance(item, JsonError)]


def test_numbers_with_a_fraction_stay_the_text_that_was_written():
    assert load_json('{"id": 2401.10000, "votes": 12, "large": 123456789012345678901234567890}') == {
        "id": "2401.10000",
        "votes": 12,
        "large": 123456789012345678901234567890,
    }


def test_lone_surrogates_control_characters_repeated_keys_and_nan_pass():
    assert load_json('{"a": "\\ud800", "b": "x\ty", "c": 1, "c": 2, "d": NaN}') == {
        "a": "\ud800",
        "b": "x\ty",
        "c": 2,
        "d": None,
    }


def test_an_integer_of_too_many_digits_stays_text():
    assert load_json("1" * 5000) == "1" * 5000


@pytest.mark.parametrize(
    ("text", "what"),
    [("", "empty"), (" \n", "empty"), ("[1] 2", "more text follows"), ("nonsense", "expecting value")],
)
def test_what_is_no_single_value_is_an_error(text, what):
    with pytest.raises(JsonError, match=what):
        load_json(text)


def test_an_error_names_line_and_column():
    with pytest.raises(JsonError, match=r"column 6") as caught:
        load_json('{\n"a": }')
    assert caught.value.line == 2


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_deep_nesting_is_refused(bracket, depth):
    closing = "]" if bracket == "[" else "}"
    with pytest.raises(JsonError, match="levels deep"):
        load_json(bracket * depth + "1" + closing * depth)


def test_nesting_up_to_the_bound_is_read():
    assert load_json("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_items_come_with_the_lines_they_begin_on():
    assert list(array_items('[\n  {"a": 1},\n\n  {"a":\n  2}\n]')) == [(2, {"a": 1}), (4, {"a": 2})]


def test_items_of_a_text_of_one_line_come_with_their_numbers():
    assert list(array_items('[{"a": 1}, {"a": 2}]\n')) == [(1, {"a": 1}), (2, {"a": 2})]


def test_a_list_under_a_key_is_found_and_the_members_before_it_are_told():
    text = '{"date": "2025-01-10", "other": [0],\n "data": [\n  1,\n  2],\n "count": 2}'
    assert list(array_items(text, ("data",))) == [(3, 1), (4, 2)]
    assert outer_fields(text, ("data",)) == {"date": "2025-01-10", "other": [0]}


def test_objects_one_after_another_are_items():
    assert list(array_items('{"a": 1}\n{"a": 2}\n')) == [(1, {"a": 1}), (2, {"a": 2})]


def test_lists_one_after_another_are_read_as_one():
    assert items("[1, 2]\n[3]") == [1, 2, 3]


def test_commas_too_many_or_too_few_lose_nothing():
    assert items('[1,, 2 "3",]') == [1, 2, "3"]


def test_a_damaged_item_on_its_own_lines_leaves_the_others_whole():
    text = '[\n  {"a": 1},\n  {"a": "open},\n  {"a": 3}\n]'
    first, damage, third = items(text)
    assert (first, third) == ({"a": 1}, {"a": 3})
    assert (damage.line, damage.records) == (4, 1)


def test_a_damaged_item_inside_a_line_leaves_the_others_whole():
    assert [one for one in items('[{"a": 1}, {"a": [2,]}, nonsense, {"a": 4}]') if not isinstance(one, JsonError)] == [
        {"a": 1},
        {"a": 4},
    ]
    assert [error.line for error in errors('[{"a": 1}, {"a": [2,]}, nonsense, {"a": 4}]')] == [2, 3]


def test_an_item_that_is_too_deep_leaves_the_others_whole():
    deep = "[" * 5000 + "]" * 5000
    first, damage, last = items(f"[1, {deep}, 2]")
    assert (first, last) == (1, 2)
    assert "levels deep" in damage.message


def test_a_text_cut_inside_an_item_keeps_the_items_before():
    first, damage = items('[\n {"a": 1},\n {"a": "cut')
    assert first == {"a": 1}
    assert (damage.line, damage.records) == (3, 1)
    assert "what follows is not read" in damage.message


def test_a_text_cut_between_items_loses_no_record():
    first, damage = items('[\n {"a": 1},\n')
    assert first == {"a": 1}
    assert (damage.records, damage.message) == (0, "the text ends inside the list (column 1)")


@pytest.mark.parametrize("text", ['"abc"', "12", '{"data": 1, "more"', "{]"])
def test_what_is_neither_list_nor_object_is_one_error(text):
    assert len(errors(text, "data")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '[\n{"a":' * 100_000,
        "[\n" + '{"a":\n' * 100_000,
        "[\n" + ('{"a":[' + "0," * 500 + "\n") * 1000,
        '["' + '\\"' * 500_000,
        "[" + "x," * 5000,
        "[x" * 50_000,
    ],
    ids=["brackets", "lines", "keys", "long lines", "open text", "many damages", "nested damages"],
)
def test_hostile_texts_come_to_an_end(text):
    assert errors(text)


@given(st.lists(VALUES.filter(lambda value: value is not None)), st.sampled_from([None, 2]), st.booleans())
def test_every_item_comes_out_as_it_went_in(values, indent, wrapped):
    document = {"date": "2025-01-10", "data": values, "count": 1} if wrapped else values
    assert items(json.dumps(document, indent=indent), "data") == values


@given(st.lists(VALUES, min_size=1), st.data())
def test_a_cut_list_keeps_the_items_before_the_cut(values, data):
    text = "[\n" + ",\n".join(json.dumps(value) for value in values) + "\n]"
    cut = data.draw(st.integers(0, len(text) - 2))
    whole = items(text[:cut])
    kept = [one for one in whole if not isinstance(one, JsonError)]
    assert len(kept) <= len(values)
    assert kept[:-1] == values[: len(kept)][:-1]


@given(st.text(alphabet='[]{}",:\\ \nabx0-1.ete', max_size=60))
def test_any_text_ends_in_items_or_errors(text):
    assert all(line >= 1 for line, _ in array_items(text, ("a",)))
    try:
        load_json(text)
    except JsonError as error:
        assert error.line >= 1


def test_a_comma_behind_each_line_of_json_loses_nothing():
    assert items('{"a": 1},\n{"a": 2},\n{"a": 3},\n') == [{"a": 1}, {"a": 2}, {"a": 3}]
