"""Two weeks of the shipped workflow, played with a clock of its own: every paper reaches every reader exactly once."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.commands.fetch_site import as_json, rows
from tests.commands.machine import starting
from tests.commands.playback_server import Asked, Played, playing
from tests.commands.post_office import PostOffice, opened
from tests.commands.world import World
from tests.mail.mailed import read_by_stdlib

BEGIN = date(2026, 11, 16)  # a Monday
DAYS = 14
READERS = ("ada@example.org", "bo@example.org", "cy@example.org")
MISSED = date(2026, 11, 24)  # nothing runs
HALF = date(2026, 11, 26)  # the list is cut in half until the next day
GREY = date(2026, 11, 25)  # the mail server knows nobody until the evening: the run ends without having sent
BROKEN = date(2026, 11, 23)  # the connection breaks for good in the middle of the readers
LATE = (date(2026, 11, 18), date(2026, 11, 20), date(2026, 11, 27))  # one paper joins the list a day later


def ids_of(day: date, asked_on: date) -> list[str]:
    """Return the papers that the source lists for a day when it is asked on another."""
    if day.weekday() > 4 or day > asked_on:
        return []
    papers = [f"26{day:%m}.{day:%d}{number:03}" for number in range(8)]
    if day in LATE and asked_on <= day:
        papers = papers[:-1]
    return papers[:2] if day == HALF and asked_on == day else papers


class Clock:
    """The day that it is."""

    today = BEGIN


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[World, Clock, set[str]]]:
    clock, listed = Clock(), set[str]()

    def play(asked: Asked) -> Played:
        if asked.path == "/hub":
            return Played(b"", 202)
        day = date.fromisoformat(asked.query["date"])
        papers = ids_of(day, clock.today) if asked.query.get("p", "0") == "0" else []
        listed.update(papers)
        return as_json(rows(*papers, day=day.isoformat()))

    office = PostOffice()
    with playing(play) as server, opened(office) as mail, starting() as starter:
        made = World(tmp_path, starter, server.address, office, mail, BEGIN)
        made.secrets["READERS"] = "\n".join(READERS)
        yield made, clock, listed


def play_day(world: World, day: date) -> None:
    """Run the workflow of one day, with what befalls the mail server on it."""
    office = world.post_office
    before = len(office.mails)
    office.on_rcpt = lambda address: "250 OK"
    office.on_data = lambda number: "250 kept"
    if day == GREY:
        office.on_rcpt = lambda address: "451 4.7.1 greylisted, come again"
    if day == BROKEN:
        office.on_data = lambda number: "421 going down" if number > before else "250 kept"
    moment = datetime(day.year, day.month, day.day, 6, 17, tzinfo=UTC)
    world.run_on_github(day.isoformat(), str(int(moment.timestamp())), may_fail=day in (GREY, BROKEN))


def test_every_paper_that_was_ever_fetched_was_mailed_to_every_reader_exactly_once(
    world: tuple[World, Clock, set[str]],
) -> None:
    made, clock, listed = world
    for number in range(DAYS):
        clock.today = BEGIN + timedelta(days=number)
        if clock.today != MISSED:
            play_day(made, clock.today)
    fetched = {each for each in listed if each >= "2611.16"}  # the first edition begins with the newest day
    assert len(fetched) == 8 * 10
    for reader in READERS:
        mails = [read_by_stdlib(content).text for address, content in made.post_office.mails if address == reader]
        copies = Counter(found for text in mails for found in set(re.findall(r"/papers/(26\d\d\.\d+)\.html", text)))
        assert copies == Counter(fetched), made.told
    assert any("LATE: PAPERS OF 20 NOVEMBER 2026" in read_by_stdlib(mail).text for _, mail in made.post_office.mails)


def test_two_machines_that_run_at_once_and_in_turn_mail_every_paper_once(
    world: tuple[World, Clock, set[str]],
) -> None:
    made, clock, listed = world
    for day in (BEGIN, BEGIN + timedelta(days=1)):
        clock.today = day
        moment = str(int(datetime(day.year, day.month, day.day, 6, 17, tzinfo=UTC).timestamp()))
        late = made.fresh(f"late-{day}")  # this machine has its copy, and then the other one is faster
        play_day(made, day)
        made.run_on_github(f"late-{day}", moment, may_fail=True, on=late)
    clock.today = BEGIN + timedelta(days=2)
    play_day(made, clock.today)
    fetched = {each for each in listed if each >= "2611.16"}
    for reader in READERS:
        mails = [read_by_stdlib(content).text for address, content in made.post_office.mails if address == reader]
        copies = Counter(found for text in mails for found in set(re.findall(r"/papers/(26\d\d\.\d+)\.html", text)))
        assert copies == Counter(fetched), made.told
