"""What is said of lists that came late, in part or not at all."""

from datetime import date, timedelta

import pytest

from site_builder.config.fetch_source import FetchSource
from site_builder.config.settings import Settings
from site_builder.model.fetch_status import DayStatus, FetchStatus
from site_builder.model.page import JsonData
from site_builder.pages import status
from tests.factories import catalogue, paper

FRIDAY = date(2026, 5, 22)
SATURDAY, SUNDAY, MONDAY, TUESDAY = (FRIDAY + timedelta(days=days) for days in (1, 2, 3, 4))
WEEKENDS = FetchSource(kind="hf_daily", name="daily", quiet=("saturday", "sunday"))
OTHER = FetchSource(kind="arxiv_listing", name="other", category=("cs.CL",))


def came(outcome: str = "listed", asked: date = TUESDAY, papers: int = 3, **fields: date) -> DayStatus:
    return DayStatus(outcome=outcome, asked=asked, papers=papers, **fields)


def absent(outcome: str = "empty", asked: date = TUESDAY) -> DayStatus:
    return DayStatus(outcome=outcome, asked=asked)


def lines(days: dict[date, DayStatus], *sources: FetchSource, shown: date = FRIDAY) -> tuple[str, ...]:
    made = catalogue(paper("Fog", shown.isoformat()), fetched=FetchStatus(sources={"daily": days}))
    return status.fetch_lines(made, Settings(fetch=sources or (WEEKENDS,)))


LATE = {"came": TUESDAY, "missed": MONDAY}


@pytest.mark.parametrize(
    ("day", "found", "source", "expected"),
    [
        (FRIDAY, came(), WEEKENDS, "listed"),
        (FRIDAY, came(), None, "listed"),
        (FRIDAY, came(**LATE), WEEKENDS, "late"),
        (SATURDAY, came(**LATE), WEEKENDS, "listed"),
        (FRIDAY, came("partial"), WEEKENDS, "partial"),
        (FRIDAY, came("partial", **LATE), WEEKENDS, "partial"),
        (FRIDAY, absent("failed"), WEEKENDS, "failed"),
        (SATURDAY, absent(), WEEKENDS, "quiet"),
        (FRIDAY, absent(asked=FRIDAY + timedelta(days=3)), WEEKENDS, "missing"),
        (FRIDAY, absent(asked=FRIDAY + timedelta(days=4)), WEEKENDS, "quiet"),
        (FRIDAY, absent(asked=FRIDAY), None, "quiet"),
        (FRIDAY, absent("stale", asked=FRIDAY), WEEKENDS, "missing"),
    ],
)
def test_a_day_of_a_source_is_in_one_of_six_states(day, found, source, expected):
    assert status.state(day, found, source) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({FRIDAY: came()}, ()),
        ({FRIDAY: came(**LATE)}, ("The list of 22 May 2026 came late.",)),
        ({FRIDAY: came("partial")}, ("The list of 22 May 2026 is not complete yet.",)),
        ({FRIDAY: came(), SATURDAY: absent()}, ("No list on Saturdays.",)),
        ({FRIDAY: came(), SUNDAY: absent(), SATURDAY: absent()}, ("No list on Saturdays and Sundays.",)),
        ({FRIDAY: came(), MONDAY: absent()}, ("The list of 25 May 2026 has not come yet.",)),
        ({FRIDAY: came(), MONDAY: absent("failed")}, ("The list of 25 May 2026 could not be fetched.",)),
        ({FRIDAY: came(), MONDAY: absent(asked=MONDAY + timedelta(days=4))}, ("No list on 25 May 2026.",)),
        ({FRIDAY - timedelta(days=1): absent("failed"), FRIDAY: came()}, ()),
    ],
)
def test_readers_are_told_of_the_newest_day_and_of_those_after_it(days, expected):
    assert lines(days) == expected


def test_nothing_is_said_of_days_more_than_a_week_before_the_last_one_asked_for():
    days = {FRIDAY: came(**LATE), MONDAY: absent("failed"), TUESDAY: came(asked=MONDAY + timedelta(days=8), papers=0)}
    assert lines({**days, TUESDAY: absent("failed", MONDAY + timedelta(days=8))}) == (
        "The list of 26 May 2026 could not be fetched.",
    )


def test_of_several_sources_each_is_named():
    assert lines({FRIDAY: came("partial")}, WEEKENDS, OTHER) == ("The list daily of 22 May 2026 is not complete yet.",)


def test_a_site_that_fetches_nothing_has_no_status():
    assert list(status.plan(catalogue(paper("Fog", "2026-05-22")), Settings(fetch=(WEEKENDS,)))) == []


def test_the_status_says_of_every_day_what_came_and_what_was_left_out():
    fetched = FetchStatus(sources={"daily": {FRIDAY: came(came=FRIDAY), SATURDAY: absent()}})
    left_out = {
        "papers/fetched/daily/2026-05-22.json": {"no tag": 2},
        "papers/fetched/daily/2026-05-22@2026-05-23.json": {"no tag": 1, "by a word": 4},
        "papers/2026-05-22.json": {"no tag": 9},
    }
    made = catalogue(paper("Fog", "2026-05-22"), fetched=fetched, left_out=left_out)
    page, schema = status.plan(made, Settings(fetch=(WEEKENDS,)))
    assert (page.path, schema.path) == ("api/status.json", "api/status.schema.json")
    asked = {"asked": "2026-05-26"}
    friday = {"date": "2026-05-22", "state": "listed", "papers": 3, "came": "2026-05-22", **asked}
    saturday = {"date": "2026-05-23", "state": "quiet", "papers": 0, "came": None, "left_out": {}, **asked}
    assert JsonData.of(page).make() == {
        "sources": [
            {"name": "daily", "days": [friday | {"left_out": {"by a word": 4, "no tag": 3}}, saturday]},
        ],
        "lines": ["No list on Saturdays."],
    }


def test_a_source_without_days_says_nothing_on_a_site_without_papers():
    made = catalogue(fetched=FetchStatus(sources={"daily": {}}))
    assert status.fetch_lines(made, Settings(fetch=(WEEKENDS,))) == ()
