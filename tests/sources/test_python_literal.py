"""Values written as the `repr` of a Python object."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.sources.syntax.python_literal import MAX_CHARACTERS, MAX_DEPTH, LiteralValueError, load_literal

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3) | st.tuples(inner),
    max_leaves=8,
)


@given(VALUES)
def test_a_repr_is_read_back(value):
    assert load_literal(repr(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{'a': ",
        "open('x')",
        "__import__('os')",
        "datetime(2026, 1, 1)",
        "'a'(1)",
        "f'{x}'",
        "1 + 1",
        "- - 1",
        r"'\d'",
        "nan",
        "{[]: 1}",
        "9" * 200,
        "[" * (MAX_DEPTH + 1),
        "[" * 100_000 + "]" * 100_000,
        "'" + "a" * MAX_CHARACTERS + "'",
        "\x00",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(LiteralValueError):
        load_literal(text)


@given(st.text(alphabet="[]{}(),:'\"\\ -+.0123eTrueNonFalsxu", max_size=40))
def test_any_text_is_a_value_or_refused(text):
    try:
        load_literal(text)
    except LiteralValueError as error:
        assert str(error)
