"""Authors given as objects of several shapes, each a person or a list of people."""

import pytest

from site_builder.names.mappings import name_of_mapping, people_in
from site_builder.names.person import PersonName


def names_of(value):
    """Return the names in a value as `Given Family`."""
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


@pytest.mark.parametrize(
    ("particles", "name", "last_first"),
    [
        ({"dropping-particle": "de", "non-dropping-particle": "La"}, "Jean de La Fontaine", "de La Fontaine, Jean"),
        ({"dropping-particle": "de"}, "Jean de Fontaine", "de Fontaine, Jean"),
        ({"non-dropping-particle": "van der"}, "Jean van der Fontaine", "van der Fontaine, Jean"),
        ({"dropping-particle": "Dr."}, "Jean Fontaine", "Fontaine, Jean"),
    ],
)
def test_both_particles_of_a_name_stand_before_its_family_name(particles, name, last_first):
    parts = name_of_mapping({"family": "Fontaine", "given": "Jean", **particles})
    assert isinstance(parts, PersonName)
    assert (str(parts), parts.last_first) == (name, last_first)


def test_a_family_name_that_holds_the_given_one_behind_a_comma_is_parted():
    assert name_of_mapping({"family": "Example, Ada"}) == "Example, Ada"
    assert name_of_mapping({"family": "Meadow Team, Inc."}) == PersonName("Meadow Team, Inc.", is_group=True)


def test_initials_without_full_stops_get_them():
    assert names_of({"LastName": "Example", "Initials": "AB"}) == ["A. B. Example"]
    assert names_of({"LastName": "Example", "ForeName": "Bo", "Initials": "B"}) == ["Bo Example"]
