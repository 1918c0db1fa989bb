"""Dates as sources write them."""

import pytest

from site_builder.model.paper import PartialDate
from site_builder.papers.dates import month_of_ids, parse_date


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-05-27", "2026-05-27"),
        ("2026-05-26T00:00:00.000Z", "2026-05-26"),
        ("May 6, 2025", "2025-05-06"),
        ("6 May 2025", "2025-05-06"),
        ("Mon, 26 May 2025 09:00:00 GMT", "2025-05-26"),
        ("2025-05", "2025-05"),
        ("2025", "2025"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(written, read):
    assert str(parse_date(written)) == read


def test_a_date_without_a_year_is_in_the_year_of_its_page():
    assert parse_date("May 6", year=2026) == PartialDate(2026, 5, 6)
    assert parse_date("May 6") is None
    with pytest.raises(ValueError, match="names no month"):
        parse_date("Marble 6", year=2026)


@pytest.mark.parametrize("written", ["2026-02-30", "20/11/26", "Feb 31", "yesterday", "2026-13-01", "9" * 5000])
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError):
        parse_date(written)


@pytest.mark.parametrize(
    "written", ["1970-01-01", "1970-01-01T00:00:00Z", "Jan 1, 1970", "1900-01-01", "0001-01-01", "9999-12-31"]
)
def test_a_day_that_programs_write_for_none_is_no_date(written):
    with pytest.raises(ValueError, match="what programs write for no date"):
        parse_date(written)
    assert str(parse_date("1970")) == "1970"
    assert str(parse_date("1970-01")) == "1970-01"


def test_only_a_full_date_is_a_day():
    assert PartialDate(2026, 5, 6).as_day() is not None
    assert PartialDate(2026, 5).as_day() is None
    assert PartialDate(2026).as_day() is None


@pytest.mark.parametrize(
    ("arxiv", "doi", "month"),
    [
        ("2611.00001", None, "2026-11"),
        ("0704.0001", None, "2007-04"),
        ("astro-ph/0601001", None, "2006-01"),
        ("hep-th/9108001", None, "1991-08"),
        ("math.gt/0309136", None, "2003-09"),
        ("2611.00001", "10.1234/journal.2027.5", "2026-11"),
        (None, "10.1101/2026.11.01.123456", "2026-11"),
        (None, "10.64898/2026.11.01.26123456", "2026-11"),
    ],
)
def test_the_number_of_a_preprint_names_its_month(arxiv, doi, month):
    assert str(month_of_ids(arxiv, doi)) == month


@pytest.mark.parametrize(
    ("arxiv", "doi"),
    [(None, None), ("hep-th/9913001", None), (None, "10.1101/gr.123456.111"), (None, "10.1101/2026.13.01.123456")],
)
def test_a_number_that_names_no_month_dates_nothing(arxiv, doi):
    assert month_of_ids(arxiv, doi) is None
