"""Which word of an author's name is the family's."""

import pytest

from site_builder.names.person import PersonName, split_name
from site_builder.names.words import is_initials


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Ashish Vaswani", PersonName("Vaswani", "Ashish")),
        ("Aidan N. Gomez", PersonName("Gomez", "Aidan N.")),
        ("Aaron van den Oord", PersonName("Oord", "Aaron", "van den")),
        ("Juan de la Cruz", PersonName("Cruz", "Juan", "de la")),
        ("Diego de las Casas", PersonName("Casas", "Diego", "de las")),
        ("Van Nguyen", PersonName("Nguyen", "Van")),
        ("de Freitas", PersonName("Freitas", "de")),
        ("Martin Luther King Jr.", PersonName("King", "Martin Luther", suffix="Jr.")),
        ("Plato", PersonName("Plato")),
        ("王伟", PersonName("王伟")),
    ],
)
def test_a_person_is_parted_into_given_name_particle_family_and_suffix(written: str, parts: PersonName) -> None:
    assert split_name(written) == parts


@pytest.mark.parametrize(
    "name",
    [
        "Gemini Team, Google",
        "ATLAS Collaboration",
        "Kimi Team",
        "Mistral AI",
        "The Authors",
        "Qwen2 Lab",
        "Ann and Bob",
    ],
)
def test_the_name_of_a_group_stays_whole(name: str) -> None:
    assert split_name(name) == PersonName(name, is_group=True)


def test_a_given_name_that_reads_like_a_title_is_not_put_behind_a_comma() -> None:
    assert not split_name("Md Rahman").can_turn
    assert split_name("Md Rizwan Parvez").can_turn


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Smith J. A.", PersonName("Smith", "J. A.")),
        ("van der Berg P.", PersonName("Berg", "P.", "van der")),
        ("山中 伸弥", PersonName("山中", "伸弥")),
        ("Aäron Van den Oord", PersonName("Oord", "Aäron", "Van den")),
    ],
)
def test_the_family_name_is_first_before_initials_and_in_chinese_and_japanese(written: str, parts: PersonName) -> None:
    assert split_name(written) == parts


@pytest.mark.parametrize("name", ["A. B.", "Prateek Y.", "LI Y.", "Smith JA", "J. K. Lee", "Lee J.-K.", "Ma J. Jr."])
def test_initials_are_no_family_name_where_another_word_may_be(name: str) -> None:
    parts = split_name(name)
    assert not is_initials(parts.family) or parts.family == "LI" or not any(len(word) > 2 for word in name.split())


def test_particles_of_a_name_in_capitals_are_the_family_s():
    assert split_name("P. VAN DER BERG") == PersonName("BERG", "P.", "VAN DER")
