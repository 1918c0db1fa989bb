"""Papers grouped along every axis."""

from datetime import date

import pytest

from site_builder.catalogue import make_catalogue, tag_bounds
from site_builder.config.settings import read_settings
from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.sources import read_sources
from tests.conftest import write_content


def catalogue_of(folder, text):
    write_content(folder, text)
    problems = Problems()
    settings, sources = read_settings(folder), read_sources(folder, problems)
    return make_catalogue(make_papers(sources, settings, problems), sources, settings, problems), problems


LISTS = """
-- tags.yaml --
tags:
- {name: Weather, description: Clouds and rain., patterns: [clouds, rain]}
- {name: Livestock, patterns: [sheep]}
-- a.yaml --
listed: 2026-05-27
papers:
- {title: Sparse Clouds, upvotes: 3, organization: Cloud Lab}
- {title: Counting Sheep, upvotes: 9}
- {title: Rain on Sheep, upvotes: 5, organization: cloud lab}
- {title: Neither of Both}
-- b.yaml --
- {title: Old Clouds, published: 2024-12-30}
- {title: A Paper of Some Year, published: 2024}
- {title: A Paper of No Day}
-- notes/2026-05-27.md --
A quiet day.
-- notes/2026-06-01.md --
No papers at all.
"""


def test_a_day_holds_what_lists_carried_or_else_what_was_published_that_day(tmp_path):
    catalogue, _ = catalogue_of(tmp_path, LISTS)
    assert {day.date.isoformat(): len(day.papers) for day in catalogue.days} == {
        "2024-12-30": 1,
        "2026-05-27": 4,
        "2026-06-01": 0,
    }


def test_the_papers_of_a_day_come_by_upvotes(tmp_path):
    catalogue, _ = catalogue_of(tmp_path, LISTS)
    assert [paper.upvotes for paper in catalogue.days[1].papers] == [9, 5, 3, None]


def test_a_second_note_stops_the_mails_of_its_day_its_week_or_its_month(tmp_path):
    notes = "-- notes/{0}.md --\nOne.\n-- notes/second-{0}.md --\n---\nday: {0}\n---\nTwo.\n"
    keys = ["2026-05", "2026-05-27", "2026-W22"]
    _, problems = catalogue_of(tmp_path, LISTS.partition("-- notes")[0] + "".join(map(notes.format, keys)))
    stopped = {problem.path: problem.stops for problem in problems if "a second note" in problem.what}
    assert stopped == {f"notes/second-{key}.md": key for key in keys}


def test_a_section_whose_tag_is_one_of_too_many_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(tag_bounds, "MAX_TAGS", 1)
    text = "- {title: One, listed: 2026-05-27, section: Fog}\n- {title: Two, listed: 2026-05-27, section: Hail}\n"
    catalogue, problems = catalogue_of(tmp_path, f"-- a.yaml --\n{text}")
    sections = [(section.term and section.term.name, len(section.papers)) for section in catalogue.days[0].sections]
    assert sections == [("Fog", 1), (None, 1)]
    assert any("the lists name 2 tags" in str(problem) for problem in problems)


def test_each_paper_of_a_day_stands_in_one_section(tmp_path):
    catalogue, _ = catalogue_of(tmp_path, LISTS)
    sections = [
        (section.term.name if section.term else None, [paper.title for paper in section.papers])
        for section in catalogue.days[1].sections
    ]
    assert sections == [
        ("Weather", ["Rain on Sheep", "Sparse Clouds"]),
        (None, ["Counting Sheep", "Neither of Both"]),
    ]


def test_days_make_weeks_months_and_years(tmp_path):
    catalogue, _ = catalogue_of(tmp_path, LISTS)
    assert [week.key for week in catalogue.weeks] == ["2025-W01", "2026-W22", "2026-W23"]
    assert (catalogue.weeks[0].first, catalogue.weeks[0].last) == (date(2024, 12, 30), date(2025, 1, 5))
    assert [month.key for month in catalogue.months] == ["2024-12", "2026-05", "2026-06"]
    assert catalogue.months[0].last == date(2024, 12, 31)
    assert [year.key for year in catalogue.years] == ["2024", "2026"]


def test_spellings_of_an_organisation_that_differ_in_case_are_one(tmp_path):
    catalogue, _ = catalogue_of(tmp_path, LISTS)
    (organization,) = catalogue.organizations
    assert (organization.name, len(organization.papers)) == ("Cloud Lab", 2)


@pytest.mark.parametrize("spellings", [("knot theory", "KNOT-theory"), ("KNOT-theory", "knot theory")])
def test_of_several_spellings_of_a_tag_one_is_shown_whatever_their_order(tmp_path, spellings):
    papers = "".join(f"- {{title: Paper {number}, tags: [{tag}]}}\n" for number, tag in enumerate(spellings))
    catalogue, _ = catalogue_of(tmp_path, f"-- papers/a.yaml --\n{papers}")
    assert [(tag.name, len(tag.papers)) for tag in catalogue.tags] == [("KNOT-theory", 2)]


def test_a_tag_knows_its_description_and_papers(tmp_path):
    catalogue, _ = catalogue_of(tmp_path, LISTS)
    weather = next(term for term in catalogue.tags if term.slug == "weather")
    assert weather.description == "Clouds and rain."
    assert [paper.title for paper in weather.papers] == ["Rain on Sheep", "Sparse Clouds", "Old Clouds"]


def test_papers_without_a_day_are_undated(tmp_path):
    catalogue, problems = catalogue_of(tmp_path, LISTS)
    assert [paper.title for paper in catalogue.undated] == ["A Paper of No Day", "A Paper of Some Year"]
    assert any("b.yaml: 2 papers without a day, kept under Undated" in str(problem) for problem in problems)


def test_a_note_for_a_day_without_papers_is_kept_and_reported(tmp_path):
    catalogue, problems = catalogue_of(tmp_path, LISTS)
    assert catalogue.days[2].note.markdown == "No papers at all.\n"
    assert any("notes/2026-06-01.md: no list has papers for 2026-06-01" in str(problem) for problem in problems)


def test_two_notes_for_one_day_keep_the_first_and_report_the_second(tmp_path):
    _, problems = catalogue_of(tmp_path, LISTS + "-- notes/second.md --\n---\nday: 2026-05-27\n---\nAgain.\n")
    assert any("notes/second.md: a second note for 2026-05-27" in str(problem) for problem in problems)
