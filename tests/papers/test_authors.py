"""Author names in all forms become one list."""

import pytest

from site_builder.papers.authors import parse_authors


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["Ada Example", "Bo Sample"], ("Ada Example", "Bo Sample")),
        (["Example, Ada", "Sample, Jr, Bo"], ("Ada Example", "Bo Sample Jr")),
        ("Ada Example, Bo Sample and Cy Third", ("Ada Example", "Bo Sample", "Cy Third")),
        ("Example, Ada and Sample, Bo and others", ("Ada Example", "Bo Sample")),
        ("Example, Ada; Sample, Bo", ("Ada Example", "Bo Sample")),
        ("Ada Example et al.", ("Ada Example",)),
        ("Example, A., Sample, B. C.", ("A. Example", "B. C. Sample")),
        ("Knuth, Donald", ("Donald Knuth",)),
        ("van den Oord, Aaron and Vinyals, Oriol", ("Aaron van den Oord", "Oriol Vinyals")),
        ("García Márquez, Gabriel and Borges, Jorge Luis", ("Gabriel García Márquez", "Jorge Luis Borges")),
        ("Ada Example\nBo Sample\n", ("Ada Example", "Bo Sample")),
        ("Ada Example,\nBo Sample", ("Ada Example", "Bo Sample")),
        ("Institute for\nArtificial Sheep", ("Institute for Artificial Sheep",)),
        ("Ann Bee, Cy Dee and Eff Gee, Al Jay", ("Ann Bee", "Cy Dee", "Eff Gee", "Al Jay")),
        ("Ada Example, Bo Sample", ("Ada Example", "Bo Sample")),
        (["Ada Example", ":", "Bo Sample"], ("Ada Example", "Bo Sample")),
        (["The Sheep Counting Team"], ("The Sheep Counting Team",)),
        ([{"given": "Ada", "family": "Example"}], ("Ada Example",)),
        (["{Meadow Team, Inc.}"], ("Meadow Team, Inc.",)),
        (["Ada Example", None], ("Ada Example",)),
        ("", ()),
    ],
)
def test_names_are_read_from_every_form(written, names):
    assert parse_authors(written).names == names


def test_six_hundred_names_stay_in_order():
    names = [f"Author Number{n}" for n in range(600)]
    assert parse_authors(names).names == tuple(names)


def test_two_people_of_one_name_are_two():
    assert parse_authors(["Wei Wang", "Jane Doe", "Wei Wang"]).names == ("Wei Wang", "Jane Doe", "Wei Wang")
