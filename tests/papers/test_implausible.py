"""Valid but implausible values in a list are reported."""

import pytest


def told(build_site, papers, what):
    site = build_site("-- a.yaml --\n" + "".join(f"- {paper}\n" for paper in papers))
    return [problem for problem in site.problems if what in problem]


def test_many_papers_of_one_title_are_told_once(build_site):
    links = [f"{{title: Links, url: 'https://example.org/{number}'}}" for number in range(6)]
    assert len(told(build_site, links, '6 papers have the title "Links"')) == 1
    assert told(build_site, links[:4], "papers have the title") == []
    assert told(build_site, links[:1] * 9, "papers have the title") == []


@pytest.mark.parametrize(
    "title", ["% Encoding of UTF-8", "@article of sheep", "{Sheep", "<Sheep counted", "=HYPERLINK(x;Sheep)"]
)
def test_a_title_that_begins_as_markup_is_told(build_site, title):
    assert len(told(build_site, [f"title: '{title}'", "title: Counting Sheep"], "begins as markup does")) == 1


@pytest.mark.parametrize("title", ["Institute of Ice, Frostheim ·", "Counting Sheep |", "Counting Sheep ("])
def test_a_title_that_ends_in_the_middle_is_told(build_site, title):
    assert len(told(build_site, [f"title: '{title}'", "title: Counting Sheep"], "ends in the middle")) == 1


def test_more_of_one_kind_are_counted(build_site):
    assert len(told(build_site, [f"title: '% Sheep {number}'" for number in range(9)], "begins as markup")) == 4


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("Ada Example", False),
        ("Ada Example & Bo Sample", True),
        ("Ada Example、Bo Sample", True),
        ("T. Dao, A. Gu", True),
        ("Ada Example, Bo Sample, Cy Third", True),
        ("J. R. R. Tolkien", False),
        ("Department of Sheep and Meadows", False),
        ("Sheep & Goats Collaboration", False),
        ("Sheep and Meadow Organization", False),
    ],
)
def test_an_author_with_the_names_of_two_is_told(build_site, name, is_told):
    assert (
        bool(told(build_site, [f"{{title: Counting Sheep, authors: [{{literal: '{name}'}}]}}"], "names of several"))
        == is_told
    )


def test_an_author_whose_source_says_the_family_name_is_one_whatever_initials_stand_between(build_site):
    for author in ("'Example, B. Duncan X.'", "'Example, A. J. de C.'", "{family: Example, given: A. Bo C.}"):
        assert not told(build_site, [f"{{title: Counting Sheep, authors: [{author}]}}"], "names of several")
    assert told(build_site, ["{title: Counting Sheep, authors: [A. Example B. Sample]}"], "names of several")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '[{"title": "On tides", "kind": "sonnet"}, {"title": "On ebbs", "type": "sonnet", "year": 2020}]'),
        ("a.csv", "title,authors,Document Type\nOn tides,Ada Example,sonnet\nOn ebbs,Bo Sample,sonnet\n"),
        ("a.ris", "TY  - SONNET\nTI  - On tides\nER  - \nTY  - SONNET\nTI  - On ebbs\nER  - \n"),
        ("a.bib", "@sonnet{a, title={On tides}}\n@sonnet{b, title={On ebbs}}\n"),
        ("a.md", "|title|kind|authors|\n|--|--|--|\n|On tides|sonnet|Ada Example|\n|On ebbs|sonnet|Bo Sample|\n"),
        ("a.yaml", "- {title: On tides, kind: sonnet}\n- {title: On ebbs, kind: sonnet}\n"),
    ],
)
def test_a_kind_of_work_that_no_citation_knows_is_told_once_a_list(build_site, name, text):
    problems = [problem for problem in build_site(f"-- {name} --\n{text}").problems if "is not known" in problem]
    assert len(problems) == 1
    assert problems[0].partition(" is not known")[0].casefold().endswith('kind "sonnet"')
    assert "is not known, in 2 papers; write one of preprint, article, " in problems[0]


def test_kinds_that_programs_have_for_documents_are_known(build_site):
    kinds = ["Erratum", "peer-review", "videoRecording", "ComputationalNotebook", "new results", "oral", "paratext"]
    rows = ", ".join(f'{{"title": "On tide {n}", "type": "{kind}", "year": 2020}}' for n, kind in enumerate(kinds))
    assert [told for told in build_site(f"-- a.json --\n[{rows}]").problems if "kind" in told] == []
