"""Which feeds a site has, what their entries are called, and when they are dated."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from site_builder.catalogue.corrections import correction_notices
from site_builder.config.settings import Feeds, Settings
from site_builder.model.catalogue import Catalogue, Day, Term
from site_builder.model.paper import Correction, Paper, PartialDate, Place
from site_builder.model.published import Published, PublishedPage, PublishedPaper
from site_builder.pages import feed_entries, feeds
from site_builder.pages.all_feeds import Feed, all_feeds
from site_builder.pages.discovery import feed_endings, site_feeds, term_feeds
from site_builder.pages.entry_times import correction_times, digest_time, entry_times
from site_builder.pages.feed_archives import ARCHIVE_ENTRIES, ARCHIVE_PAPERS
from site_builder.pages.feed_entries import Entry
from site_builder.pages.feeds import next_entry
from tests.factories import catalogue, paper


def settings(**feeds: Any) -> Settings:
    return Settings(base_url="https://digest.example.org", feeds=Feeds(**feeds))


def feed(path: str, made: Catalogue, chosen: Settings | None = None) -> Feed:
    return next(feed for feed in all_feeds(made, chosen or settings()) if feed.path == path)


def papers_of(entry: Entry) -> tuple[Paper, ...]:
    assert isinstance(entry.subject, Day)
    return entry.subject.papers


def corrected(day: str) -> Correction:
    return Correction(date.fromisoformat(day), "title", "Once", "One", Place("papers/list.yaml", 1))


def many_days(count: int, papers: int = 1) -> Catalogue:
    first = date(2026, 1, 1)
    days = [(first + timedelta(days=i)).isoformat() for i in range(count)]
    return catalogue(*(paper(f"Paper {i} of {day}", day) for day in days for i in range(papers)))


TWO_DAYS = catalogue(
    paper("One", "2026-05-26", tags=("Agents", "Vision"), organization="Lab"),
    paper("Two", "2026-05-26", "2026-05-27", tags=("Agents",), upvotes=40),
    paper("Three", "2026-05-27", published=PartialDate(2026, 5, 1)),
)


@pytest.mark.parametrize(
    ("formats", "of_terms"),
    [
        ([], {".atom": "atom"}),
        (["json"], {".atom": "atom", ".json": "json feed"}),
        (["json", "rss"], {".atom": "atom", ".xml": "rss", ".json": "json feed"}),
    ],
)
def test_a_feed_of_the_site_is_in_every_format_and_that_of_a_tag_in_those_asked_for(
    formats: list[str], of_terms: dict[str, str]
) -> None:
    chosen = settings(archives="none", formats=formats, tags="all", organization_min=1)
    paths = {page.path: page.renderer for page in feeds.plan(TWO_DAYS, chosen) if page.renderer != "html"}
    of_site = {".xml": "rss", ".atom": "atom", ".json": "json feed"}
    for made in all_feeds(TWO_DAYS, chosen):
        expected = of_site if made.group == "The whole digest" else of_terms
        assert {ending: paths.pop(made.path + ending) for ending in made.endings} == expected
    assert paths == {"feeds.opml": "opml", "feeds-main.opml": "opml"}


def test_a_newcomer_gets_feeds_of_the_site_of_weeks_and_months_and_of_every_tag() -> None:
    assert [made.path for made in all_feeds(TWO_DAYS, settings())] == [
        "feeds/digests",
        "feeds/papers",
        "feeds/weeks",
        "feeds/months",
        "feeds/tags/agents/papers",
        "feeds/tags/vision/papers",
    ]


@pytest.mark.parametrize(
    ("said", "made"),
    [("papers", ["papers"]), ("all", ["digests", "papers"]), ("none", []), (True, ["digests", "papers"]), (False, [])],
)
def test_settings_say_which_feeds_a_tag_has(said: Any, made: list[str]) -> None:
    chosen = settings(tags=said)
    paths = [feed.path for feed in all_feeds(TWO_DAYS, chosen) if feed.path.startswith("feeds/tags/agents")]
    assert paths == [f"feeds/tags/agents/{name}" for name in made]
    assert [path for _, path in term_feeds(TWO_DAYS.tags[0], chosen)] == paths


def test_settings_add_and_take_away_feeds() -> None:
    chosen = settings(tags=False, weekly=False, monthly=False, organization_min=1, top=[10, 3, 10], min_upvotes=[20])
    assert [made.path for made in all_feeds(TWO_DAYS, chosen)] == [
        "feeds/digests",
        "feeds/papers",
        "feeds/top-3-of-the-week",
        "feeds/top-10-of-the-week",
        "feeds/at-least-20-upvotes",
        "feeds/organizations/lab/papers",
    ]


def test_a_feed_of_the_most_upvoted_holds_only_those() -> None:
    made = feed("feeds/at-least-20-upvotes", TWO_DAYS, settings(min_upvotes=[20]))
    assert [entry.title for entry in made.entries] == ["Two"]


def test_a_site_without_papers_still_has_its_feeds() -> None:
    assert [len(made.entries) for made in all_feeds(catalogue(), settings())] == [0, 0, 0, 0]


def test_discovery_names_the_feeds_that_are_planned() -> None:
    chosen = settings(organization_min=1, tags="all", formats=["json"])
    paths = {page.path for page in feeds.plan(TWO_DAYS, chosen)}
    terms = [*TWO_DAYS.tags, *TWO_DAYS.organizations]
    found = [*site_feeds(chosen), *(f for t in terms for f in term_feeds(t, chosen))]
    assert [path for _, path in found][:2] == ["feeds/digests", "feeds/papers"]
    assert len(found) == 7
    assert {path + ending for _, path in found for ending in feed_endings(path, chosen)} <= paths


def test_a_term_without_feeds_names_none() -> None:
    (lab,) = TWO_DAYS.organizations
    assert term_feeds(lab, settings(organization_min=2)) == ()
    assert term_feeds(lab, settings(organization_min=0)) == ()
    assert term_feeds(TWO_DAYS.tags[0], settings(tags=False)) == ()


def test_a_tag_digest_holds_the_days_papers_of_that_tag_only() -> None:
    newest, oldest = feed("feeds/tags/agents/digests", TWO_DAYS, settings(tags="all")).entries
    assert [paper.title for paper in papers_of(newest)] == ["Two"]
    assert [paper.title for paper in papers_of(oldest)] == ["Two", "One"]
    assert newest.title == "Agents: papers of 27 May 2026"


def test_guids_are_made_of_what_never_changes() -> None:
    made_feeds = all_feeds(TWO_DAYS, settings(top=[10], tags="all"))
    names = {made.path: [entry.guid for entry in made.entries] for made in made_feeds}
    tag = "tag:digest.example.org,2026:"
    assert names["feeds/digests"] == [tag + "day/2026-05-27", tag + "day/2026-05-26"]
    assert names["feeds/weeks"] == [tag + "week/2026-W22"]
    assert names["feeds/months"] == [tag + "month/2026-05"]
    assert names["feeds/top-10-of-the-week"] == [tag + "top-10/week/2026-W22"]
    assert names["feeds/tags/vision/digests"] == [tag + "tag/vision/day/2026-05-26"]
    assert sorted(names["feeds/papers"]) == [tag + "paper/one", tag + "paper/three", tag + "paper/two"]


def test_a_paper_is_the_same_entry_in_every_feed() -> None:
    entries = {
        (entry.guid, entry.time, entry.path)
        for path in ("feeds/papers", "feeds/tags/agents/papers", "feeds/at-least-20-upvotes")
        for entry in feed(path, TWO_DAYS, settings(min_upvotes=[20])).entries
    }
    assert len(entries) == 3


def test_the_authority_of_the_settings_outlives_a_move_to_another_host() -> None:
    moved = Settings(base_url="https://other.example.net", feeds=Feeds(authority="digest.example.org,2026"))
    here, there = (feed("feeds/digests", TWO_DAYS, chosen) for chosen in (settings(), moved))
    assert [entry.guid for entry in here.entries] == [entry.guid for entry in there.entries]
    assert here.guid == there.guid


def test_ids_that_no_uri_can_hold_are_encoded() -> None:
    made = catalogue(paper("Old", "2026-05-26", id="10.1002/(sici)1<570::aid>3.0.co;2-m é\ud800"))
    (entry,) = feed("feeds/papers", made).entries
    assert entry.guid == "tag:digest.example.org,2026:paper/10.1002/(sici)1%3C570::aid%3E3.0.co;2-m%20%C3%A9%3F"


def test_a_digest_is_dated_at_its_day_at_the_hour_and_in_the_zone_of_the_settings() -> None:
    chosen = settings(hour="07:30", zone="America/New_York")
    newest = feed("feeds/digests", TWO_DAYS, chosen).entries[0]
    assert newest.time == datetime(2026, 5, 27, 7, 30, tzinfo=ZoneInfo("America/New_York"))
    assert newest.time.isoformat() == "2026-05-27T07:30:00-04:00"


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "Europe", "", "../UTC", "/etc/localtime"])
def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValidationError, match="is not a time zone like Europe/Berlin or UTC"):
        Feeds(zone=zone)


def test_a_week_and_a_month_are_dated_at_their_last_day() -> None:
    assert [entry.time.date() for entry in feed("feeds/weeks", TWO_DAYS).entries] == [date(2026, 5, 31)]
    assert [entry.time.date() for entry in feed("feeds/months", TWO_DAYS).entries] == [date(2026, 5, 31)]


def test_a_paper_is_dated_on_its_first_day_within_the_hour_before_the_digest() -> None:
    times = {entry.title: entry.time for entry in feed("feeds/papers", TWO_DAYS).entries}
    assert {title: time.date().day for title, time in times.items()} == {"One": 26, "Two": 26, "Three": 27}
    for moment in times.values():
        assert timedelta(0) <= moment.replace(hour=6, minute=0, second=0) - moment < timedelta(hours=1)


def test_entries_stand_newest_first_with_times_of_their_own() -> None:
    made = catalogue(*(paper(f"Paper {i}", "2026-05-27") for i in range(300)), paper("Late", "2026-05-28"))
    times = [entry.time for entry in feed("feeds/papers", made).entries]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) == 301


def test_more_papers_than_seconds_still_have_times_of_their_own() -> None:
    made = catalogue(*(paper(f"P{i}", "2026-05-27") for i in range(4000)))
    assert len(set(entry_times(made, Published(), Feeds()).values())) == 4001


def published_at(times: Mapping[str, datetime]) -> Published:
    records = {key: PublishedPaper(id=key, first="2026-05", title="", text="", at=at) for key, at in times.items()}
    pages = {key: PublishedPage(path=key, at=at) for key, at in times.items() if key.startswith("days/")}
    return Published(records, pages)


def test_a_paper_keeps_its_time_when_others_join_its_day_above_it() -> None:
    few = [paper(f"P{i}", "2026-05-27", upvotes=i) for i in range(20)]
    more = [paper(f"Q{i}", "2026-05-27", upvotes=100) for i in range(20)]
    before = entry_times(catalogue(*few), Published(), Feeds())
    after = entry_times(catalogue(*few, *more), published_at(before), Feeds())
    assert {name: after[name] for name in before} == before
    assert len(set(after.values())) == 41


def test_the_papers_of_a_day_stand_in_the_order_they_had_when_they_came() -> None:
    made = catalogue(*(paper(f"P{i}", "2026-05-27", upvotes=i) for i in range(5)))
    titles = [entry.title for entry in feed("feeds/papers", made).entries]
    assert titles == [each.title for each in made.days[0].papers]


ZONES = [
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "Asia/Beirut", "America/Havana"),
]
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
# Days on which the clocks of some zone change, one at midnight.
CHANGES = st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1)])


@given(st.sampled_from(ZONES), st.times(), st.one_of(DAYS, CHANGES), st.integers(1, 120), st.integers(0, 60))
def test_entries_are_dated_on_their_day_before_their_digest_and_each_apart(
    zone: str, hour: time, on: date, count: int, joining: int
) -> None:
    feeds = Feeds(hour=hour, zone=zone)
    few = [paper(f"P{i}", on.isoformat()) for i in range(count)]
    before = entry_times(catalogue(*few), Published(), feeds)
    more = [paper(f"Q{i}", on.isoformat(), upvotes=9) for i in range(joining)]
    times = entry_times(catalogue(*few, *more), published_at(before), feeds)
    digest = times.pop(f"days/{on}.html")
    assert digest == digest_time(on, feeds)
    assert digest.astimezone(UTC) - timedelta(hours=1) <= min(times.values()).astimezone(UTC)
    assert all(at.astimezone(UTC) < digest.astimezone(UTC) for at in times.values())
    assert {at.date() for at in (digest, *times.values())} == {on}
    assert len({at.astimezone(UTC) for at in times.values()}) == count + joining


@pytest.mark.parametrize(("zone", "on"), [("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21")])
@pytest.mark.parametrize("hour", [time(), time(6), time(23, 59)])
def test_a_day_that_the_clocks_left_out_has_its_papers_before_its_digest(zone: str, on: str, hour: time) -> None:
    feeds = Feeds(hour=hour, zone=zone)
    times = entry_times(catalogue(*(paper(f"P{i}", on) for i in range(5))), Published(), feeds)
    digest = times.pop(f"days/{on}.html")
    assert all(at.astimezone(UTC) < digest.astimezone(UTC) for at in times.values())
    day = date.fromisoformat(on)
    assert digest_time(day - timedelta(days=1), feeds) <= digest < digest_time(day + timedelta(days=1), feeds)


@pytest.mark.parametrize(("clock", "is_out"), [("05:59", False), ("15:01", True), ("21:17", True)])
def test_a_digest_is_out_with_the_build_of_its_day_though_its_hour_is_to_come(clock: str, is_out: bool) -> None:
    """In Tokyo it is the 28th from 15:00 UTC on."""
    feeds = Feeds(hour=time(23), zone="Asia/Tokyo")
    now = datetime.fromisoformat(f"2026-05-27T{clock}:00+00:00")
    times = entry_times(catalogue(paper("One", "2026-05-28"), paper("Two", "2026-05-28")), Published(), feeds, now)
    assert all(at <= now for at in times.values()) == is_out
    assert {at.date() for at in times.values()} == {date(2026, 5, 28)}


def test_undated_papers_are_no_entries() -> None:
    assert list(feed("feeds/papers", catalogue(paper("Undated"))).entries) == []


def test_an_archive_page_is_a_month_that_newer_days_never_change() -> None:
    earlier, later = (feed("feeds/digests", many_days(days), settings(entries=10)) for days in (65, 95))
    assert [page.name for page in later.archives] == ["2026-01", "2026-02", "2026-03"]
    guids = [[entry.guid for entry in later.entries[page.places]] for page in later.archives]
    assert [len(page) for page in guids] == [31, 28, 31]
    assert guids[:2] == [[entry.guid for entry in earlier.entries[page.places]] for page in earlier.archives]
    assert guids[0][-1].endswith("day/2026-01-01")
    assert later.open_entries == 5


def test_a_month_that_the_feed_itself_holds_has_no_archive_page_yet() -> None:
    assert feed("feeds/digests", many_days(40), settings(entries=40)).archives == ()
    assert [page.name for page in feed("feeds/digests", many_days(41), settings(entries=40)).archives] == ["2026-01"]


@pytest.mark.parametrize("path", ["feeds/digests", "feeds/papers"])
def test_archive_pages_and_open_entries_are_all_there_is(path: str) -> None:
    made = feed(path, many_days(33, papers=9), settings(entries=7))
    archived = [entry for page in reversed(made.archives) for entry in made.entries[page.places]]
    assert list(made.entries) == [*made.entries[: made.open_entries], *archived]


def test_full_months_are_halved_until_a_page_holds_them() -> None:
    made = feed("feeds/digests", many_days(9, papers=100))
    assert [page.name for page in made.archives] == ["2026-01", "2026-01-02", "2026-01-04", "2026-01-06"]
    assert all(
        sum(len(papers_of(entry)) for entry in made.entries[page.places]) <= ARCHIVE_PAPERS for page in made.archives
    )


def test_a_day_of_more_papers_than_a_page_holds_is_parted_by_the_hour() -> None:
    made = feed("feeds/papers", many_days(3, papers=200))
    assert made.archives[0].name.startswith("2026-01-01T") and len(made.archives) > len({made.archives[0].name})
    assert all(len(made.entries[page.places]) <= ARCHIVE_ENTRIES for page in made.archives)


@pytest.mark.parametrize("path", ["feeds/digests", "feeds/papers", "feeds/tags/a/papers", "feeds/tags/a/digests"])
def test_a_paper_that_joins_a_day_long_past_changes_its_own_archive_page_alone(path: str) -> None:
    """Whatever page it comes to: each day of three months is tried."""
    days = [date(2026, 1, 1) + timedelta(days=i) for i in range(92)]
    papers = [paper(f"P{i} of {day}", day.isoformat(), tags=("A",)) for day in days for i in range(7)]
    before = _archived(path, papers, Published())
    known = published_at(entry_times(catalogue(*papers), Published(), Feeds()))
    for day in days[:-10:5]:
        after = _archived(path, [*papers, paper("Late", day.isoformat(), tags=("A",))], known)
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        assert len(changed) <= 2 and changed <= after.keys(), day  # its page, or that in two halves


def _archived(path: str, papers: list[Paper], published: Published) -> dict[str, list[tuple[str, int]]]:
    made = catalogue(*papers)
    made = replace(made, times=entry_times(made, published, Feeds()))
    found = feed(path, made, settings(archives="all", tags="all"))
    return {
        page.name: [(each.guid, getattr(each.subject, "papers", ())) for each in found.entries[page.places]]
        for page in found.archives
    }


@pytest.mark.parametrize(
    ("archives", "expected"),
    [
        ("none", set()),
        ("digests", {"feeds/digests"}),
        ("site", {"feeds/digests", "feeds/papers"}),
        ("all", {"feeds/digests", "feeds/papers", "feeds/tags/sea/papers"}),
    ],
)
def test_settings_say_which_feeds_keep_archive_pages(archives: str, expected: set[str]) -> None:
    chosen = settings(entries=10, archives=archives, weekly=False, monthly=False)
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(45)]
    made = catalogue(*(paper(f"Paper of {day}", day.isoformat(), tags=("Sea",)) for day in days))
    assert {made.path for made in all_feeds(made, chosen) if made.archives} == expected


def test_a_feed_of_a_tag_holds_a_quarter_as_many_entries_as_the_site_and_three_whole_days_at_least() -> None:
    ada = Term("author", "ada-example", "Ada Example", "", TWO_DAYS.papers)
    lengths = {made.path: made.length for made in all_feeds(replace(TWO_DAYS, authors=(ada,)), settings(entries=30))}
    assert (lengths["feeds/papers"], lengths["feeds/tags/agents/papers"]) == (30, 7)
    assert lengths["feeds/authors/ada-example/papers"] == 3


CORRECTED = (
    paper("One", "2026-05-26", tags=("Agents",), corrections=(corrected("2026-05-28"),)),
    paper("Two", "2026-05-26", "2026-05-29", tags=("Agents",), upvotes=40),
)


@pytest.mark.parametrize("papers", [CORRECTED, TWO_DAYS.papers], ids=["corrected", "never corrected"])
def test_the_next_entry_is_the_first_that_any_feed_holds_back_or_that_is_updated(papers: tuple[Paper, ...]) -> None:
    made = catalogue(*papers, corrections=correction_notices(papers))
    entries = [entry for feed in all_feeds(made, settings()) for entry in feed.entries]
    moments = sorted({moment for entry in entries for moment in (entry.time, *entry.updates)})
    pages = list(feeds.plan(made, settings()))
    found = [next_entry(pages, moment) for moment in (moments[0] - timedelta(days=1), *moments)]
    assert found == [*moments, None]


def test_of_papers_that_were_corrected_at_one_moment_each_feed_shows_when_no_other_of_its_own_was() -> None:
    on = datetime(2026, 5, 27, 12, tzinfo=UTC)
    one, two = paper("One", "2026-05-26", tags=("Agents",)), paper("Two", "2026-05-26", tags=("Vision",))
    made = replace(catalogue(one, two), updates={one.id: on, two.id: on})
    shown = {
        each.path: {entry.title: entry.updates for entry in each.entries}
        for each in all_feeds(made, settings(tags="all"))
    }
    assert set(shown["feeds/papers"].values()) == {(on,), (on - timedelta(seconds=1),)}
    assert shown["feeds/tags/agents/papers"] == {"One": (on,)}
    assert shown["feeds/tags/vision/papers"] == {"Two": (on,)}


def test_no_entry_of_a_paper_is_made_to_find_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(feed_entries, "paper_path", lambda paper_id: made.append(paper_id) or f"{paper_id}.html")
    pages = list(feeds.plan(many_days(40), settings()))
    assert next_entry(pages, datetime(2026, 2, 8, 12, tzinfo=UTC)) is not None
    assert made == []


def test_in_the_hour_that_comes_twice_entries_are_in_the_order_of_time() -> None:
    """Clocks in Berlin go from 3:00 back to 2:00 at 1:00 UTC."""
    feeds, on = Feeds(hour=time(3, 30), zone="Europe/Berlin"), "2026-10-25"
    made = catalogue(*(paper(f"P{i}", on) for i in range(150)))
    times = entry_times(made, Published(), feeds)
    order = [times[each.id] for each in made.days[0].papers]
    assert order == sorted(order, reverse=True)
    assert order == sorted(order, key=lambda at: at.astimezone(UTC), reverse=True)


def test_corrections_stay_on_the_day_they_were_seen_when_its_digest_is_late() -> None:
    papers = [paper(f"P{i}", "2026-11-20", corrections=(corrected("2026-11-25"),)) for i in range(50)]
    moments = correction_times(correction_notices(papers), Feeds(hour=time(23, 55)))
    assert {moment.date() for moment in moments.values()} == {date(2026, 11, 25)}
    assert len(set(moments.values())) == 50
