"""Loading YAML: no guessed types, a line number for every value, and no input that crashes it."""

import pytest

from site_builder.sources.syntax.yaml_text import LineDict, YamlError, load_yaml


def test_no_type_is_guessed():
    assert load_yaml("id: 2401.10000\nanswer: no\ntime: 1:30\nday: 2026-05-27\nnothing: null\n") == {
        "id": "2401.10000",
        "answer": "no",
        "time": "1:30",
        "day": "2026-05-27",
        "nothing": "",
    }


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f", "\u3000"])
def test_spaces_of_other_programs_around_keys_and_hyphens_are_spaces(space):
    text = "papers:\n  - title: A\u00a0B\n    tags:\n    - C\n".replace(" ", space)
    assert load_yaml(text) == {"papers": [{"title": "A\u00a0B", "tags": ["C"]}]}


def test_a_quoted_null_is_a_word():
    assert load_yaml("title: 'null'") == {"title": "null"}


def test_mappings_and_items_know_their_lines():
    document = load_yaml("# a list\n- title: A\n  tags: [x,\n    y]\n- title: B\n")
    assert document.item_lines == [2, 5]
    assert isinstance(document[0], LineDict)
    assert document[0].lines == {"title": 2, "tags": 3}


def test_a_text_cut_out_of_a_file_counts_from_its_place():
    assert load_yaml("title: A", first_line=40).lines == {"title": 40}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 'the key "a" stands here twice (first in line 1)'),
        ("a: &x [1]\nb: *x\n", 2, "the alias *x is not allowed here; write the value out"),
        ("a: 1\n---\nb: 2\n", 2, "a second YAML document begins here"),
        ("a: b: c\n", 1, 'a text that holds ": " must stand between quotes'),
        ("? [a]\n: 1\n", 1, "a list or mapping stands where a key belongs"),
        ("a: 1\nb 2\nc: 3\n", 2, "this line lacks a colon and a space after its key, or a quote is not closed"),
        ("a: 1\nb: *c* d\n", 2, "a text that begins with * or & must stand between quotes"),
        ('a: "x\nb: 1\n', 1, "a quote is not closed"),
        ("a: x\nb: \x07\n", 2, "the character '\\x07' is not allowed in YAML"),
    ],
)
def test_what_cannot_be_read_names_its_line(text, line, message):
    with pytest.raises(YamlError) as caught:
        load_yaml(text)
    assert (caught.value.line, caught.value.message) == (line, message)


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000])
def test_deep_nesting_is_refused_and_does_not_kill_the_process(text):
    with pytest.raises(YamlError, match="nested more than 50 levels deep"):
        load_yaml(text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (">-\n  One\n  two.\n\n  Three.\n", "One two.\n\nThree."),
        (">\n  One.\n\n\n  Two.\n", "One.\n\n\nTwo.\n"),
        ("One\n  two.\n\n  Three.\n", "One two.\n\nThree."),
        ("|\n  One\n  two.\n\n  Three.\n", "One\ntwo.\n\nThree.\n"),
        ("'One\n\n  two.'\n", "One\ntwo."),
        ('"One\\ntwo."\n', "One\ntwo."),
    ],
)
def test_a_blank_line_stays_one_where_lines_are_joined(written, text):
    assert load_yaml(f"abstract: {written}") == {"abstract": text}
