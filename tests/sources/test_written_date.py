"""Dates as services, bibliographies and conferences write them."""

import pytest

from site_builder.problems import Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.fields.written_date import month_of, written_date
from site_builder.sources.source import Source


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14-16 May 2026", "2026-05-14"),
        ("14.\u201316. Mai 2026", "2026-05-14"),
        ("May 14-16, 2026", "2026-05-14"),
        ("14 May \u2013 2 June 2026", "2026-05-14"),
        ("May/June 2026", "2026-05"),
        ("Thursday, 14 May 2026", "2026-05-14"),
        ("14-May-2026", "2026-05-14"),
        ("2026-May-14", "2026-05-14"),
        ("2026-August-08", "2026-08-08"),
        ("2026/Aug", "2026-08"),
        ("14th of May 2026", "2026-05-14"),
        ("Spring 2026", "2026"),
    ],
)
def test_a_range_counts_from_its_beginning_and_a_weekday_for_nothing(text, day):
    assert written_date(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Febuary 3, 2024", "2024-02-03"),
        ("3 Septmber 2024", "2024-09-03"),
        ("Sept 3, 2024", "2024-09-03"),
        ("3 Martie 2024", "2024-03-03"),
        ("Marble 3, 2024", "Marble 3, 2024"),
        ("Martin 2019", "Martin 2019"),
        ("Augustin 2019", "Augustin 2019"),
        ("2024 Novel Results", "2024"),
    ],
)
def test_a_word_that_only_begins_as_a_month_is_none(text, day):
    assert written_date(text) == day


@pytest.mark.parametrize("text", ["10-2026", "12-13", "May 14-16", "in press", "2026-W20", "06/07/2026"])
def test_what_may_be_another_day_or_none_stays_as_written(text):
    assert written_date(text) == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020. 2. 3.", "2020-02-03"),
        ("2020. 02. 03", "2020-02-03"),
        ("2020.2.3.", "2020-02-03"),
        ("2020. 2. 3. (월)", "2020-02-03"),
        ("2020. 2.", "2020-02"),
        ("2020. 13. 3.", "2020. 13. 3."),
        ("2020. Vol. 3", "2020"),
        ("Март 2020", "2020-03"),
    ],
)
def test_points_behind_year_month_and_day_are_read_as_in_korea(text, day):
    assert written_date(text) == day


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("März", 3),
        ("février", 2),
        ("fe\u0301vrier", 2),
        ("Févr.", 2),
        ("3월", 3),
        ("10 月", 10),
        ("мая", 5),
        ("август", 8),
        ("mayo", 5),
        ("luty", 2),
        ("Jun.", 6),
        ("12", 12),
        (7, 7),
        ("13", None),
        ("13월", None),
        ("Brumaire", None),
        ("March-April", 3),
        ("Marble", None),
        ("Decision", None),
        ("", None),
    ],
)
def test_the_name_of_a_month_is_known_in_other_languages(name, month):
    assert month_of(name) == month


FORMS = [
    ("papers/a.bib", "@article{{a, title={{Rivers}}, author={{Jo Doe}}, year={{2020}}, month={{{}}}}}\n"),
    ("papers/a.csv", "title,authors,year,month\nRivers,Jo Doe,2020,{}\n"),
    ("papers/a.yaml", "- {{title: Rivers, authors: [Jo Doe], year: 2020, month: {}}}\n"),
    ("papers/a.json", '[{{"title": "Rivers", "authors": ["Jo Doe"], "year": 2020, "month": "{}"}}]'),
]


@pytest.mark.parametrize(
    ("month", "published", "told"),
    [("März", "2020-03", []), ("Spring", "2020", []), ("Brumaire", "2020", ["month"]), ("13", "2020", ["month"])],
)
@pytest.mark.parametrize(("path", "form"), FORMS)
def test_a_month_next_to_its_year_is_read_or_told(path, form, month, published, told):
    (record,) = read_list(Source.from_text(form.format(month), path), FileReport(path), Problems())
    assert record.fields["published"] == published
    assert list(record.unread) == told
