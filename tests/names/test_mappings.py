"""Authors that stand in objects of several shapes, each a person or a list of them."""

import pytest

from site_builder.names.mappings import name_of_mapping, people_in


def names_of(value):
    """Return the people of a value as `Given Family`."""
    return [each if isinstance(each, str) else str(name_of_mapping(each)) for each in people_in(value)]


@pytest.mark.parametrize(
    "value",
    [
        {"name": ["Ada Example", "Bo Sample"]},
        {"author": ["Ada Example", "Bo Sample"]},
        {"given": ["Ada", "Bo"], "family": ["Example", "Sample"]},
        {"authors": [{"given": "Ada", "family": "Example"}, {"given": "Bo", "family": "Sample"}]},
    ],
)
def test_lists_of_names_in_an_object_are_several_people(value):
    assert names_of(value) == ["Ada Example", "Bo Sample"]


def test_a_person_with_several_given_names_in_a_list_stays_one():
    assert names_of({"first": "Ada", "middle": ["B.", "C."], "last": "Example"}) == ["Ada B. C. Example"]
    assert names_of({"given": ["Ada", "B."], "family": "Example"}) == ["Ada B. Example"]
