"""Dates as services, bibliographies and conferences write them."""

import pytest

from site_builder.sources.fields.written_date import written_date


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
        ("14th of May 2026", "2026-05-14"),
        ("Spring 2026", "2026"),
    ],
)
def test_a_range_counts_from_its_beginning_and_a_weekday_for_nothing(text, day):
    assert written_date(text) == day


@pytest.mark.parametrize("text", ["10-2026", "12-13", "May 14-16", "in press", "2026-W20", "06/07/2026"])
def test_what_may_be_another_day_or_none_stays_as_written(text):
    assert written_date(text) == text
