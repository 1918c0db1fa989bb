"""Late, empty, half-filled and stale lists are told from quiet days, and no good list is lost to them."""

from datetime import date, timedelta

import jsonschema
import pytest

from site_builder.commands.fetch.verdict import FoundPapers, Stored, classify, is_settled, record
from tests.commands.fetch_site import FRIDAY, HF, MONDAY, SATURDAY, SUNDAY, TUESDAY, as_json, rows

THURSDAY = FRIDAY - timedelta(days=1)
WEEK_LATER = FRIDAY + timedelta(days=7)


class Calendar:
    """A source that plays the lists it has been given by day, and an empty one for other days."""

    def __init__(self, digest):
        self.lists = {THURSDAY: rows("2611.00001", "2611.00002", day="2026-11-19")}
        self.site = digest(HF, lambda asked: as_json(self.lists.get(date.fromisoformat(asked.query["date"]), [])))

    def fetch(self, today, *days):
        self.site.fetch(*(days or (today,)), today=today)


@pytest.fixture
def calendar(digest):
    made = Calendar(digest)
    made.fetch(THURSDAY)
    return made


def lines_of(build_site, calendar):
    built = build_site(calendar.site.content)
    told = built.json("api/status.json")
    jsonschema.validate(told, built.json("api/status.schema.json"))
    states = {each["date"]: each["state"] for source in told["sources"] for each in source["days"]}
    return states, told["lines"]


def test_a_weekend_is_quiet(calendar, build_site):
    calendar.lists[FRIDAY] = rows("2611.00003")
    calendar.fetch(FRIDAY)
    calendar.fetch(SATURDAY)
    calendar.fetch(SUNDAY)
    states, lines = lines_of(build_site, calendar)
    assert states == {
        "2026-11-19": "listed",
        "2026-11-20": "listed",
        "2026-11-21": "quiet",
        "2026-11-22": "quiet",
    }
    assert lines == ["No list on Saturdays and Sundays."]


def test_a_list_that_is_due_is_missing_and_later_late(calendar, build_site):
    calendar.fetch(FRIDAY)
    assert lines_of(build_site, calendar) == (
        {"2026-11-19": "listed", "2026-11-20": "missing"},
        ["The list of 20 November 2026 has not come yet."],
    )
    calendar.lists[FRIDAY] = rows("2611.00003")
    calendar.fetch(SATURDAY, FRIDAY)
    assert lines_of(build_site, calendar) == (
        {"2026-11-19": "listed", "2026-11-20": "late"},
        ["The list of 20 November 2026 came late."],
    )


def test_a_list_that_comes_in_the_course_of_its_day_is_not_late(calendar, build_site):
    calendar.fetch(FRIDAY)
    calendar.lists[FRIDAY] = rows("2611.00003")
    calendar.fetch(FRIDAY)
    assert lines_of(build_site, calendar)[1] == []


def test_a_day_that_stays_empty_is_taken_for_a_holiday_and_left_alone(calendar, build_site):
    calendar.fetch(FRIDAY)
    calendar.fetch(TUESDAY, FRIDAY)
    states, lines = lines_of(build_site, calendar)
    assert states["2026-11-20"] == "quiet"
    assert lines == ["No list on 20 November 2026."]
    asked = len(calendar.site.server.asked)
    calendar.fetch(WEEK_LATER, FRIDAY)
    assert len(calendar.site.server.asked) == asked


def test_an_earlier_list_in_the_place_of_a_day_long_past_is_asked_for_once_more(calendar):
    calendar.lists[FRIDAY] = rows("2611.00001", "2611.00002", day="2026-11-19")
    calendar.fetch(WEEK_LATER, FRIDAY)
    assert calendar.site.status("hf-daily", FRIDAY)["outcome"] == "stale"
    calendar.lists[FRIDAY] = rows("2611.00003")
    calendar.fetch(WEEK_LATER + timedelta(days=1), FRIDAY)
    assert calendar.site.ids("hf-daily/2026-11-20.json") == ["2611.00003"]


def test_an_earlier_list_that_keeps_coming_is_believed(calendar):
    calendar.lists[FRIDAY] = rows("2611.00001", "2611.00002", day="2026-11-19")
    for days in (0, 1, 2):
        calendar.fetch(WEEK_LATER + timedelta(days=days), FRIDAY)
    assert [asked.query["date"] for asked in calendar.site.server.asked] == ["2026-11-19", "2026-11-20", "2026-11-20"]


def test_yesterdays_list_under_todays_date_is_not_kept(calendar, build_site):
    calendar.lists[FRIDAY] = rows("2611.00002", "2611.00001", day="2026-11-20")
    calendar.fetch(FRIDAY)
    assert "it is the list before it again" in calendar.site.told[0]
    assert list(calendar.site.lists) == ["hf-daily/2026-11-19.json"]
    assert lines_of(build_site, calendar)[0]["2026-11-20"] == "missing"


def test_a_list_that_says_it_is_of_another_day_is_not_kept(calendar):
    calendar.lists[MONDAY] = rows("2611.00009", day="2026-11-20")
    calendar.fetch(MONDAY)
    assert calendar.site.told == ["hf-daily 2026-11-23: no new list (it is the list of 2026-11-20)"]
    assert list(calendar.site.lists) == ["hf-daily/2026-11-19.json"]


@pytest.mark.parametrize("later", [[], rows("2611.00001", day="2026-11-19"), rows("2611.00009", day="2026-11-18")])
def test_a_shorter_empty_or_older_list_never_takes_the_place_of_a_good_one(calendar, later):
    before = calendar.site.lists
    calendar.lists[THURSDAY] = later
    calendar.fetch(FRIDAY, THURSDAY)
    assert calendar.site.lists == before
    assert calendar.site.status("hf-daily", THURSDAY)["outcome"] == "listed"


def test_a_list_of_a_quarter_of_the_usual_length_is_kept_and_asked_for_again():
    usual = Stored(sizes=[20, 22, 18, 30, 25])
    assert classify(FoundPapers(["a", "b"]), usual, FRIDAY, True).outcome == "partial"
    assert classify(FoundPapers(["a", "b"]), usual, FRIDAY, True).is_kept
    assert classify(FoundPapers(list("abcdef")), usual, FRIDAY, True).outcome == "listed"
    assert classify(FoundPapers(["a", "b"]), Stored(sizes=[20, 22]), FRIDAY, True).outcome == "listed"
    half = record(None, "partial", 2, SATURDAY, FRIDAY)
    assert not is_settled(half, FRIDAY)
    assert is_settled(record(half, "partial", 2, TUESDAY, FRIDAY), FRIDAY)


def test_an_empty_answer_before_a_list_is_due_is_nothing_missed():
    due = FRIDAY + timedelta(days=4)
    early = record(None, "empty", 0, SATURDAY, due)
    assert early.missed is None
    assert not record(early, "listed", 3, TUESDAY, due).is_late


def test_a_failure_is_told_and_a_damaged_status_is_a_problem_not_an_end(calendar, build_site):
    calendar.site.server.play = lambda asked: as_json({"error": "sorry"})
    calendar.fetch(FRIDAY)
    assert lines_of(build_site, calendar)[1] == ["The list of 20 November 2026 could not be fetched."]
    file = calendar.site.content / "papers/fetched/status.json"
    file.write_text('{"sources": {"hf-daily": {"today": 1}}}')
    built = build_site(calendar.site.content)
    assert any("papers/fetched/status.json: is no status of fetched lists" in line for line in built.problems)
    assert "api/status.json" not in built.paths
