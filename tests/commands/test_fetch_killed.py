"""The command `fetch`: killed at any moment it leaves whole lists, goes on where it stopped, and ends with one line."""

import json
import os
import signal
import time
from datetime import date, timedelta
from threading import Event

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.problems import Problems
from site_builder.sources.content.fetch_status import read_status
from tests.commands.fetch_site import HF, as_json, rows
from tests.commands.playback_server import Played, held_halfway
from tests.conftest import IS_TORTURE
from tests.started import Started

FIRST, DAYS = date(2026, 11, 2), 10
NOON, LATER = "1795262400", "1795348800"  # 21 and 22 November 2026


def list_of(day):
    number = int(day[8:])
    return as_json(rows(*(f"2611.{number * 100 + place:05}" for place in range(40)), day=day))


def expected_lists():
    days = [(FIRST + timedelta(days=number)).isoformat() for number in range(DAYS)]
    return {f"hf-daily/{day}.json": list_of(day).body.decode() for day in days}


def start(content, *more, now=NOON):
    last = FIRST + timedelta(days=DAYS - 1)
    words = ["fetch", "--content", str(content), "--from", FIRST.isoformat(), "--to", last.isoformat(), *more]
    return Started(*words, folder=content.parent, environment={**os.environ, "SOURCE_DATE_EPOCH": now}, is_merged=True)


def visible(lists):
    return {path: text for path, text in lists.items() if not path.rpartition("/")[2].startswith(".")}


# All moments in the long form, by `make torture`; two in the short one.
MOMENTS = None if IS_TORTURE else 2


@pytest.mark.parametrize("delay", [0.0005, 0.0, 0.001, 0.002, 0.004, 0.008][:MOMENTS])
def test_a_fetch_killed_while_it_writes_leaves_whole_lists_and_goes_on_there(digest, delay):
    reached = Event()

    def play(asked):
        if asked.query["date"] == "2026-11-05":
            reached.set()
        return list_of(asked.query["date"])

    site = digest(HF, play)
    running = start(site.content)
    assert reached.wait(30)
    time.sleep(delay)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert visible(site.lists).items() <= expected_lists().items()
    problems = Problems()
    read_status((site.content / "papers/fetched/status.json").read_text(), "status.json", problems)
    assert len(problems) == 0
    site.server.asked.clear()
    again = start(site.content)
    told, _ = again.communicate(timeout=60)
    assert again.returncode == 0, told
    assert visible(site.lists) == site.lists == expected_lists()
    assert min(asked.query["date"] for asked in site.server.asked) >= "2026-11-04"


def changed_list_of(day):
    """Return the list of a day with a corrected title, and new votes for every paper."""
    changed = json.loads(list_of(day).body)
    for row in changed:
        row["paper"]["upvotes"] += 7
    changed[3]["paper"]["title"] += ", corrected"
    return as_json(changed)


@pytest.mark.parametrize("delay", [0.002, 0.0, 0.001, 0.004, 0.008, 0.016][:MOMENTS])
def test_a_fetch_killed_while_it_writes_changes_leaves_the_lists_and_goes_on_there(digest, build_site, delay):
    reached = Event()
    site = digest(HF, lambda asked: list_of(asked.query["date"]))
    start(site.content).communicate(timeout=60)

    def play(asked):
        if asked.query["date"] == "2026-11-05":
            reached.set()
        return changed_list_of(asked.query["date"])

    site.server.play = play
    running = start(site.content, "--again", now=LATER)
    assert reached.wait(30)
    time.sleep(delay)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert visible(site.lists).items() >= expected_lists().items()
    half = build_site(site.content)
    assert half.problems == []
    assert len(half.papers) == 40 * DAYS
    again = start(site.content, "--again", now=LATER)
    told, _ = again.communicate(timeout=60)
    assert again.returncode == 0, told
    assert visible(site.lists) == site.lists
    assert site.lists.items() >= expected_lists().items()
    papers = build_site(site.content).papers.values()
    assert {(paper["upvotes"], len(paper["counts"])) for paper in papers} == {(8, 2)}
    assert sum(len(paper["corrections"]) for paper in papers) == DAYS
    assert len(site.lists) == 2 * DAYS


def test_a_fetch_killed_in_the_middle_of_an_answer_leaves_nothing_of_it(digest):
    def play(asked):
        day = asked.query["date"]
        played = list_of(day)
        return Played(played.body, fault=held_halfway) if day == "2026-11-03" else played

    site = digest(HF, play)
    running = start(site.content)
    assert site.server.is_halfway.wait(30)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert list(site.lists) == ["hf-daily/2026-11-02.json"]


def test_a_second_fetch_in_the_same_folder_is_turned_away(digest, run):
    site = digest(HF, lambda asked: Played(list_of(asked.query["date"]).body, fault=held_halfway))
    running = start(site.content)
    assert site.server.is_halfway.wait(30)
    second = run("--content", site.content)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert (second.exit_code, second.output.count("\n")) == (2, 1)
    assert "another fetch is at work in" in second.output
    site.server.play = lambda asked: list_of(asked.query["date"])
    assert run("--content", site.content, "--date", "2026-11-20").exit_code == 0


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)

    def run_it(*words):
        return CliRunner().invoke(main, ["fetch", *map(str, words)])

    return run_it


def test_the_command_says_what_came(digest, run):
    site = digest(HF, lambda asked: list_of(asked.query["date"]))
    result = run("--content", site.content, "--date", "2026-11-20", "hf-daily")
    assert (result.exit_code, result.output) == (0, "hf-daily 2026-11-20: 40 papers\n")
    assert run("--content", site.content, "--date", "2026-11-20", "--again").output == result.output


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["nobody"], "no source is named nobody; site.yaml names hf-daily"),
        (["--date", "2026-11-22"], "2026-11-22 is still to come"),
        (["--date", "2026-11-20", "--to", "2026-11-20"], "name either --date, or --from"),
        (["--from", "2026-11-20", "--to", "2026-11-19"], "turn them round"),
    ],
)
def test_a_wrong_order_is_one_line_and_asks_nobody(digest, run, words, named):
    site = digest(HF, lambda asked: Played(b"no", 403))
    result = run("--content", site.content, *words)
    assert result.exit_code == 2
    assert named in result.output
    assert result.output.count("\n") == 1
    assert site.server.asked == []


def test_a_source_that_refuses_ends_with_2_and_one_line(digest, run):
    site = digest(HF, lambda asked: Played(b"no", 403))
    result = run("--content", site.content, "--date", "2026-11-20")
    assert result.exit_code == 2
    assert "the server answered 403; check the source in site.yaml" in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("{kind: hf_dialy}", "fetch.kind"),
        ("{kind: feed}", "feed needs url:"),
        ("{kind: arxiv_query}", "arxiv_query needs query:"),
        ("{kind: url, url: 'http://example.org/a.json'}", "not encrypted"),
        ("{kind: url, url: 'file:///etc/passwd'}", "fetch.url"),
        ("{kind: hf_daily, name: ../x}", "fetch.name"),
        ("{kind: hf_daily, nmae: x}", 'did you mean "name"?'),
        ("{kind: hf_daily}, {kind: hf_daily}", "two sources are named hf-daily"),
    ],
)
def test_a_source_that_cannot_be_asked_is_named_with_its_line(tmp_path, run, source, named):
    (tmp_path / "site.yaml").write_text(f"title: A\nfetch: [{source}]\n")
    result = run("--content", tmp_path)
    assert result.exit_code == 2
    assert "site.yaml:2: " in result.output
    assert named in result.output


def test_a_folder_that_cannot_be_written_is_one_line(digest, run):
    site = digest(HF, lambda asked: list_of(asked.query["date"]))
    (site.content / "papers").write_text("a file in the way")
    result = run("--content", site.content, "--date", "2026-11-20")
    assert result.exit_code == 2
    assert "cannot be written" in result.output
    assert result.output.count("\n") == 1
