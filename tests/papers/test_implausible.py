"""What is sound in itself and hardly true in a list is told."""

import pytest


def told(build_site, papers, what):
    site = build_site("-- a.yaml --\n" + "".join(f"- {paper}\n" for paper in papers))
    return [problem for problem in site.problems if what in problem]


def test_many_papers_of_one_title_are_told_once(build_site):
    links = [f"{{title: Links, url: 'https://example.org/{number}'}}" for number in range(6)]
    assert len(told(build_site, links, '6 papers have the title "Links"')) == 1
    assert told(build_site, links[:4], "papers have the title") == []
    assert told(build_site, links[:1] * 9, "papers have the title") == []


@pytest.mark.parametrize("title", ["% Encoding of UTF-8", "@article of sheep", "{Sheep", "<Sheep counted"])
def test_a_title_that_begins_as_markup_is_told(build_site, title):
    assert len(told(build_site, [f"title: '{title}'", "title: Counting Sheep"], "begins as markup does")) == 1


def test_more_of_one_kind_are_counted(build_site):
    assert len(told(build_site, [f"title: '% Sheep {number}'" for number in range(9)], "begins as markup")) == 4


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("Ada Example", False),
        ("Ada Example & Bo Sample", True),
        ("Ada Example、Bo Sample", True),
        ("T. Dao, A. Gu", True),
        ("J. R. R. Tolkien", False),
        ("Department of Sheep and Meadows", False),
        ("Sheep & Goats Collaboration", False),
    ],
)
def test_an_author_with_the_names_of_two_is_told(build_site, name, is_told):
    assert (
        bool(told(build_site, [f"{{title: Counting Sheep, authors: [{{literal: '{name}'}}]}}"], "names of several"))
        == is_told
    )
