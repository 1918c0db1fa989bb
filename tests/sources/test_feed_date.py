"""Days from timestamps of feeds and services."""

import pytest

from site_builder.sources.fields.written_date import feed_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
        ("Mon, 05 Feb 2024 00:00:00 -0500", "2024-02-05"),
        ("05 Feb 24 00:00 EST", "2024-02-05"),
        ("2026-08-17T23:59:59.000-11:00", "2026-08-17"),
        ("2026-08", "2026-08"),
        ("2026", "2026"),
        ("", ""),
        ("Mon, 32 Feb 2024 00:00:00 GMT", "Mon, 32 Feb 2024 00:00:00 GMT"),
        ("2024-13-40T00:00:00Z", "2024-13-40T00:00:00Z"),
        ("yesterday", "yesterday"),
    ],
)
def test_the_day_is_the_one_written_and_what_is_no_date_stays(text, day):
    assert feed_date(text) == day
