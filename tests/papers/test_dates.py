"""Dates as sources write them."""

import pytest

from site_builder.papers.dates import parse_date
from site_builder.papers.paper import PartialDate


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


@pytest.mark.parametrize("written", ["2026-02-30", "20/11/26", "Feb 31", "yesterday", "2026-13-01", "9" * 5000])
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError):
        parse_date(written)


def test_only_a_full_date_is_a_day():
    assert PartialDate(2026, 5, 6).as_day() is not None
    assert PartialDate(2026, 5).as_day() is None
    assert PartialDate(2026).as_day() is None
