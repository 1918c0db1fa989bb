"""Splitting an author's name into given and family name."""

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
        ("de Freitas", PersonName("Freitas", particle="de")),
        ("Martin Luther King Jr.", PersonName("King", "Martin Luther", suffix="Jr.")),
        ("Bo Roe 3rd", PersonName("Roe", "Bo", suffix="3rd")),
        ("Luc Van Gool", PersonName("Van Gool", "Luc")),
        ("Yann Le Cun", PersonName("Le Cun", "Yann")),
        ("Maria De La Cruz", PersonName("De La Cruz", "Maria")),
        ("Le Cun", PersonName("Cun", "Le")),
        ("An Van Nguyen", PersonName("Nguyen", "An Van")),
        ("José Ortega y Gasset", PersonName("Ortega y Gasset", "José")),
        ("Ana Costa e Silva", PersonName("Costa e Silva", "Ana")),
        ("Juan Carlos de la Rosa y López", PersonName("Rosa y López", "Juan Carlos", "de la")),
        ("de la Rosa y López", PersonName("Rosa y López", particle="de la")),
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
    assert not split_name("Md Rahman").can_invert
    assert split_name("Md Rizwan Parvez").can_invert


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


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Nagy János", PersonName("Nagy", "János")),
        ("Szent-Györgyi Zsófia Anna", PersonName("Anna", "Szent-Györgyi Zsófia")),
        ("Zoltán László", PersonName("László", "Zoltán")),
        ("János Nagy", PersonName("Nagy", "János")),
        ("Kim Chul-soo", PersonName("Kim", "Chul-soo")),
        ("Chul-soo Kim", PersonName("Kim", "Chul-soo")),
        ("Jean-Luc Kim-young", PersonName("Kim-young", "Jean-Luc")),
        ("Nguyễn Văn An", PersonName("Nguyễn", "Văn An")),
        ("Nguyen Van An", PersonName("Nguyen", "Van An")),
        ("Đặng Mai", PersonName("Mai", "Đặng")),
        ("Hoang Le", PersonName("Le", "Hoang")),
        ("Иванов Иван Иванович", PersonName("Иванов", "Иван Иванович")),
        ("Иван Иванович Иванов", PersonName("Иванов", "Иван Иванович")),
    ],
)
def test_the_words_of_a_name_tell_that_the_family_name_stands_first(written: str, parts: PersonName) -> None:
    assert split_name(written) == parts
