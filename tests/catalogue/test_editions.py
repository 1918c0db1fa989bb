"""What an edition holds: all that no edition held before, each paper once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from site_builder.catalogue.editions import passed_by, plan_editions, report_renamed_series, report_unknown_tags
from site_builder.commands.send.editions import is_due
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Edition
from site_builder.model.editions import ClosedEdition, ClosedEditions
from site_builder.model.fetch_status import DayStatus, FetchStatus
from site_builder.pages import mail
from site_builder.problems import Problems
from site_builder.sources.content.vocabulary import TermDefinition
from tests.factories import catalogue, paper

Closed = Iterable[Edition | ClosedEdition]
FRIDAY, SATURDAY, MONDAY = (datetime(2026, 11, day, 7, tzinfo=UTC) for day in (20, 21, 23))


def planned(made: Catalogue, closed: Closed, now: datetime, **settings: Any) -> list[Edition]:
    known = {(each.name, each.key): each if isinstance(each, ClosedEdition) else each.settled() for each in closed}
    return list(plan_editions(made, ClosedEditions(known), Settings(**settings), now).editions)


def following(made: Catalogue, closed: Closed, now: datetime, **settings: Any) -> Edition | None:
    return next((each for each in planned(made, closed, now, **settings) if each.state == "next"), None)


def gone_out(made: Catalogue, edition: Edition, **settings: Any) -> ClosedEdition:
    closed = edition.settled()
    return replace(closed, passed=passed_by(closed, made, ClosedEditions(), Settings(**settings), FRIDAY))


def titles(edition: Edition | None) -> list[str]:
    return [paper.title for paper in edition.papers] if edition else []


def listed(*titles_and_days: tuple[str, str]) -> Catalogue:
    return catalogue(*(paper(title, day) for title, day in titles_and_days))


FIRST = listed(("Old", "2026-11-18"), ("Thursday", "2026-11-19"), ("Friday", "2026-11-20"))


def test_the_first_edition_is_the_newest_day_and_every_day_before_it_is_a_mail_of_its_own() -> None:
    editions = planned(FIRST, (), FRIDAY)
    assert [(each.key, each.state) for each in editions] == [
        ("2026-11-18", "archived"),
        ("2026-11-19", "archived"),
        ("2026-11-20", "next"),
    ]
    assert (titles(editions[-1]), editions[-1].begins) == (["Friday"], date(2026, 11, 20))
    assert gone_out(FIRST, editions[-1]).passed == ("old", "thursday")


def test_the_user_says_where_the_first_edition_begins() -> None:
    edition = following(FIRST, (), FRIDAY, mailing={"begin": "2026-11-19"})
    assert titles(edition) == ["Friday", "Thursday"]
    assert edition
    assert edition.title == "Papers of 19 November 2026 to 20 November 2026"


def test_a_paper_that_comes_late_is_in_the_next_edition_with_its_day() -> None:
    first = following(FIRST, (), FRIDAY)
    assert first
    after = listed(("Held", "2026-11-02"), ("Late", "2026-11-20"), ("Monday", "2026-11-23"), *_of(FIRST))
    edition = following(after, [gone_out(FIRST, first)], MONDAY)
    assert edition
    assert (edition.key, titles(edition)) == ("2026-11-23", ["Monday", "Late", "Held"])
    assert edition.late == (date(2026, 11, 20), date(2026, 11, 2))
    assert edition.title == "Papers of 23 November 2026"


def _of(made: Catalogue) -> list[tuple[str, str]]:
    return [(each.title, each.days[0].isoformat()) for each in made.papers]


def test_late_papers_alone_wait_for_another_day_and_go_out_then() -> None:
    first = following(FIRST, (), FRIDAY)
    assert first
    after = listed(("Late", "2026-11-20"), *_of(FIRST))
    assert following(after, [first], FRIDAY) is None
    edition = following(after, [first], SATURDAY)
    assert edition
    assert (edition.key, edition.title) == ("2026-11-21", "Papers that came late, 21 November 2026")


def test_a_paper_that_comes_between_the_build_and_the_sending_of_the_first_edition_is_in_the_next() -> None:
    first = following(FIRST, (), FRIDAY)
    assert first
    meanwhile = listed(("Late", "2026-11-20"), ("Saturday", "2026-11-21"), *_of(FIRST))
    edition = following(meanwhile, [gone_out(meanwhile, first)], MONDAY)
    assert titles(edition) == ["Saturday", "Late"]


def test_days_that_no_run_saw_are_in_the_next_edition_and_are_not_late() -> None:
    first = following(FIRST, (), FRIDAY)
    assert first
    after = listed(("Saturday", "2026-11-21"), ("Monday", "2026-11-23"), *_of(FIRST))
    edition = following(after, [gone_out(FIRST, first)], MONDAY)
    assert edition
    assert (titles(edition), edition.late) == (["Monday", "Saturday"], ())


def test_nothing_is_in_two_editions_whatever_id_it_gets() -> None:
    first = following(FIRST, (), FRIDAY)
    assert first
    again = catalogue(paper("Friday", "2026-11-20", "2026-11-23", id="2611.00001", aliases=("friday",)))
    assert following(again, [first], MONDAY) is None


def test_papers_of_days_to_come_wait() -> None:
    made = listed(("Monday", "2026-11-23"), *_of(FIRST))
    edition = following(catalogue(*made.papers), (), FRIDAY)
    assert titles(edition) == ["Friday"]


def test_an_incomplete_list_is_waited_for_until_noon_of_the_next_day_and_the_others_go_out() -> None:
    status = DayStatus(outcome="partial", asked=date(2026, 11, 20), papers=1)
    fetched = FetchStatus(sources={"hf-daily": {date(2026, 11, 20): status}})
    made = catalogue(*FIRST.papers, paper("Saturday", "2026-11-21"), fetched=fetched)
    settings: dict[str, Any] = {"mailing": {"begin": "2026-11-19"}}
    before = following(made, (), datetime(2026, 11, 21, 11, 59, tzinfo=UTC), **settings)
    assert titles(before) == ["Saturday", "Thursday"]
    after = following(made, (), datetime(2026, 11, 21, 12, tzinfo=UTC), **settings)
    assert titles(after) == ["Saturday", "Friday", "Thursday"]
    assert after
    assert after.incomplete == (date(2026, 11, 20),)
    plan = plan_editions(made, ClosedEditions(), Settings(**settings), FRIDAY)
    assert plan.next_change == datetime(2026, 11, 21, 12, tzinfo=UTC)


def held_on(moment: datetime, *outcomes: tuple[str, str]) -> list[str]:
    """Return what the next edition holds when a source had so many outcomes, each with its day."""
    days = {date.fromisoformat(day): DayStatus(outcome=outcome, asked=moment.date()) for day, outcome in outcomes}
    made = catalogue(*FIRST.papers, paper("Saturday", "2026-11-21"), fetched=FetchStatus(sources={"hf-daily": days}))
    fetch = [{"kind": "hf_daily"}]
    return titles(following(made, (), moment, mailing={"begin": "2026-11-19"}, fetch=fetch))


def test_a_list_that_could_not_be_fetched_is_waited_for_as_one_that_is_cut_off() -> None:
    failed = ("2026-11-20", "failed")
    assert held_on(datetime(2026, 11, 20, 20, tzinfo=UTC), failed) == ["Thursday"]
    assert held_on(datetime(2026, 11, 21, 11, 59, tzinfo=UTC), ("2026-11-19", "listed"), failed) == [
        "Saturday",
        "Thursday",
    ]
    assert "Friday" in held_on(datetime(2026, 11, 21, 12, tzinfo=UTC), failed)


def test_no_edition_waits_for_a_source_that_is_down_for_longer_than_a_list() -> None:
    moment = datetime(2026, 11, 20, 20, tzinfo=UTC)
    assert held_on(moment, ("2026-11-19", "failed"), ("2026-11-20", "failed")) == ["Friday", "Thursday"]


def test_a_quiet_day_says_nothing_of_whether_a_source_is_down() -> None:
    made = catalogue(paper("Monday", "2026-11-23"))
    outcomes = {"2026-11-20": "listed", "2026-11-22": "failed", "2026-11-23": "failed"}
    days = {date.fromisoformat(d): DayStatus(outcome=o, asked=date(2026, 11, 23)) for d, o in outcomes.items()}
    made = replace(made, fetched=FetchStatus(sources={"hf-daily": days}))
    assert following(made, (), MONDAY, fetch=[{"kind": "hf_daily"}]) is None


def test_a_source_that_is_fetched_no_more_is_not_waited_for() -> None:
    days = {date(2026, 11, 20): DayStatus(outcome="failed", asked=date(2026, 11, 20))}
    made = replace(FIRST, fetched=FetchStatus(sources={"gone": days}))
    assert titles(following(made, (), FRIDAY)) == ["Friday"]


def test_a_weekly_edition_waits_as_a_whole_for_a_list_that_lacks_papers() -> None:
    days = {date(2026, 11, 20): DayStatus(outcome="partial", asked=date(2026, 11, 20), papers=1)}
    made = replace(FIRST, fetched=FetchStatus(sources={"hf-daily": days}))
    weekly: dict[str, Any] = {"editions": {"weekly": {"day": "friday"}}}
    assert following(made, (), datetime(2026, 11, 21, 11, tzinfo=UTC), **weekly) is None
    plan = plan_editions(made, ClosedEditions(), Settings(**weekly), datetime(2026, 11, 21, 11, tzinfo=UTC))
    assert plan.next_change == datetime(2026, 11, 21, 12, tzinfo=UTC)
    edition = following(made, (), datetime(2026, 11, 21, 12, tzinfo=UTC), **weekly)
    assert titles(edition) == ["Friday", "Thursday", "Old"]
    assert edition
    assert edition.key == "2026-W47"


@pytest.mark.parametrize("day", ["saturday", "sunday"])
def test_a_week_that_has_an_edition_gets_no_second_one_when_the_day_of_the_series_moves(day: str) -> None:
    weekly = {"weekly": {"day": "friday"}}
    first = following(FIRST, (), FRIDAY, editions=weekly)
    assert first
    moved: dict[str, Any] = {"editions": {"weekly": {"day": day}}}
    after = listed(("Saturday", "2026-11-21"), ("Next", "2026-11-25"), *_of(FIRST))
    sunday = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert following(after, [gone_out(FIRST, first, editions=weekly)], sunday, **moved) is None
    edition = following(after, [gone_out(FIRST, first, editions=weekly)], sunday + timedelta(days=7), **moved)
    assert edition
    assert (edition.key, titles(edition)) == ("2026-W48", ["Next", "Saturday"])


def test_a_weekly_edition_goes_out_on_its_day_with_all_that_came_since_the_last() -> None:
    settings: dict[str, Any] = {"editions": {"weekly": {"day": "friday"}}}
    first = following(FIRST, (), SATURDAY, **settings)
    assert first
    assert (first.key, first.title) == ("2026-W47", "Papers of Week 47, 2026")
    assert titles(first) == ["Friday", "Thursday", "Old"]
    after = listed(("Late", "2026-11-19"), ("Monday", "2026-11-23"), *_of(FIRST))
    assert following(after, [first], MONDAY, **settings) is None
    second = following(after, [first], datetime(2026, 11, 27, 7, tzinfo=UTC), **settings)
    assert (titles(second), second and second.late) == (["Monday", "Late"], (date(2026, 11, 19),))


def test_a_monthly_edition_holds_the_papers_of_its_tags_alone() -> None:
    made = catalogue(paper("Rain", "2026-10-05", tags=("Weather",)), paper("Other", "2026-10-06"))
    settings: dict[str, Any] = {"editions": {"rain": {"every": "monthly", "tags": ["weather"]}}}
    edition = following(made, (), FRIDAY, **settings)
    assert edition
    assert (edition.key, titles(edition)) == ("2026-10", ["Rain"])
    assert gone_out(made, edition, **settings).passed == ("other",)


def test_a_paper_that_was_undated_is_mailed_once_it_has_a_day() -> None:
    first = following(catalogue(paper("Undated"), *FIRST.papers), (), FRIDAY)
    assert first
    closed = gone_out(catalogue(paper("Undated"), *FIRST.papers), first)
    assert "undated" in closed.passed
    dated, old = (catalogue(paper("Undated", day), *FIRST.papers) for day in ("2026-11-21", "2026-11-19"))
    second = following(dated, [closed], MONDAY)
    assert second
    assert titles(second) == ["Undated"]
    assert following(dated, [closed, second], MONDAY) is None
    assert following(old, [closed], MONDAY) is None


def test_a_paper_that_gets_a_tag_of_a_series_after_its_edition_is_in_the_next_one_for_some_days() -> None:
    settings: dict[str, Any] = {"editions": {"rain": {"every": "daily", "tags": ["weather"]}}}
    before = catalogue(paper("Rain", "2026-11-20", tags=("Weather",)), paper("Fog", "2026-11-20"))
    edition = following(before, (), FRIDAY, **settings)
    assert edition
    closed = gone_out(before, edition, **settings)
    assert closed.passed == ("fog",)
    after = catalogue(*(paper(title, "2026-11-20", tags=("Weather",)) for title in ("Rain", "Fog")))
    second = following(after, [closed], MONDAY, **settings)
    assert second
    assert titles(second) == ["Fog"]
    assert following(after, [closed, second], MONDAY, **settings) is None
    assert following(before, [closed], MONDAY, **settings) is None
    later = ClosedEdition(name="rain", key="2026-12-10", dated=date(2026, 12, 10))
    first = replace(closed, passed=())
    passed_long_ago = replace(later, key="2026-11-21", dated=date(2026, 11, 21), passed=("fog",))
    at = datetime(2026, 12, 11, 7, tzinfo=UTC)
    assert following(after, [first, passed_long_ago, later], at, **settings) is None


def test_an_edition_that_is_on_its_way_keeps_its_mail_whatever_else_goes() -> None:
    first = following(FIRST, (), FRIDAY)
    assert first
    after = listed(("Monday", "2026-11-23"), *_of(FIRST))
    editions = tuple(planned(after, [first], MONDAY))
    assert [each.state for each in editions] == ["archived", "archived", "sending", "next"]
    settings = Settings(**{"newsletter": {"mail_days": 1}})
    pages = mail.plan(replace(after, editions=editions), settings)
    assert {page.data.edition.key for page in pages if isinstance(page.data, mail.MailData)} == {
        "2026-11-20",
        "2026-11-23",
    }


def test_an_edition_whose_papers_were_taken_out_keeps_its_title() -> None:
    closed = ClosedEdition(name="daily", key="2026-11-20", dated=date(2026, 11, 20), ids=("friday",))
    for made, title in ((FIRST, "Papers of"), (catalogue(), "Papers of"), (catalogue(paper("Friday")), "Papers that")):
        assert planned(made, [closed], FRIDAY)[-1].title.startswith(title)


def test_two_papers_of_an_edition_that_turn_out_to_be_one_are_in_it_once() -> None:
    closed = ClosedEdition(name="daily", key="2026-11-20", dated=date(2026, 11, 20), ids=("fog", "mist"))
    edition = planned(catalogue(paper("Fog", aliases=("mist",))), [closed], FRIDAY)[-1]
    assert (edition.state, titles(edition)) == ("sending", ["Fog"])


def test_a_tag_that_neither_a_paper_nor_the_vocabulary_has_is_told() -> None:
    made = catalogue(paper("Rain", "2026-10-05", tags=("Weather",)))
    hail = TermDefinition("Hail and sleet", "hail", "", ("graupel",), ())
    settings = Settings(**{"editions": {"rain": {"every": "weekly", "tags": ["weather", "Hail", "Wether", "Graupel"]}}})
    problems = Problems()
    report_unknown_tags(settings, made, [hail], problems)
    assert list(map(str, problems)) == [
        'site.yaml: editions.rain.tags: no paper has the tag "Graupel"; write "hail"',
        'site.yaml: editions.rain.tags: no paper has the tag "Wether"; write it as the pages of tags do, or remove it',
    ]


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        *(("Europe/Berlin", day) for day in ("2026-03-29", "2026-10-25")),
        *(("America/New_York", day) for day in ("2026-03-08", "2026-11-01")),
        *(("Australia/Lord_Howe", day) for day in ("2026-04-05", "2026-10-04")),  # by half an hour
        ("America/Santiago", "2026-09-06"),  # at midnight
        ("Asia/Kolkata", "2026-10-25"),
        ("Pacific/Kiritimati", "2026-10-25"),
    ],
)
@pytest.mark.parametrize("hour", ["00:15", "02:30", "06:00", "23:45"])
def test_a_change_of_clocks_keeps_no_paper_back_and_mails_none_twice(zone: str, change: str, hour: str) -> None:
    settings = Settings(**{"feeds": {"zone": zone, "hour": hour}})
    changed = date.fromisoformat(change)
    begin = datetime(changed.year, changed.month, changed.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    known: dict[tuple[str, str], Any] = {}
    papers: list[Any] = []
    for run in range(-40, 88):  # every hour, from two days before to more than three behind
        now = begin + timedelta(hours=run, minutes=17)
        today = now.astimezone(ZoneInfo(zone)).date()
        came = f"Paper of {today}", f"Late paper of {today - timedelta(days=1)}"
        papers += [paper(came[0], today.isoformat())] if came[0] not in {each.title for each in papers} else []
        is_late = run % 24 == 20 and run > -20 and came[1] not in {each.title for each in papers}
        papers += [paper(came[1], (today - timedelta(days=1)).isoformat())] if is_late else []
        for edition in plan_editions(catalogue(*papers), ClosedEditions(known), settings, now).editions:
            if edition.state == "next" and is_due(edition.settled(), settings, now):
                known[edition.name, edition.key] = edition.settled()
                assert edition.dated <= today
    held = Counter(each for edition in known.values() for each in edition.ids)
    out = {each.id for each in papers if each.days[0] < today}
    assert set(held.values()) == {1}
    assert out <= held.keys()


def test_a_series_under_another_name_is_told_before_its_readers_get_papers_twice() -> None:
    first = following(FIRST, (), FRIDAY)
    assert first
    closed = ClosedEditions({("weekly", "2026-W47"): replace(first.settled(), name="weekly", key="2026-W47")})
    told = {}
    for name, rhythm in (("monday", "weekly"), ("weekly", "weekly"), ("first", "monthly")):
        problems = Problems()
        report_renamed_series(Settings(**{"editions": {name: {"every": rhythm}}}), closed, problems)
        told[name] = [str(problem) for problem in problems]
    assert (told["weekly"], told["first"]) == ([], [])
    assert "editions: weekly went out before and is no more, and monday begins anew" in told["monday"][0]
