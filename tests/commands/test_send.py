"""Sending to a real server: who gets what, what is refused, and that nobody gets it twice."""

import os
import re
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from site_builder.commands.send import Order, report_lines, send_mails
from site_builder.commands.send.delivery import Pace, Sent
from site_builder.commands.send.ledger import FORMAT
from site_builder.pages.mail import NEXT
from site_builder.problems import BuildError
from site_builder.write.drafts import MARK
from tests.commands.post_office import PostOffice, certificate, opened
from tests.conftest import Site, write_content
from tests.mail.mailed import links_of, read_by_rust, read_by_stdlib
from tests.started import Started

CONTENT = """
-- site.yaml --
title: Morning papers
base_url: https://digest.example.org
author: {email: ed@example.org}
newsletter:
  unsubscribe_url: "https://example.org/leave?reader={email}&key={token}"
  unsubscribe_mail: leave@example.org
-- papers/a.yaml --
- {title: Sparse Clouds, listed: 2026-05-27, abstract: Clouds & more.}
- {title: .Dense Rain, listed: 2026-05-27}
"""
NOW = datetime(2026, 5, 27, 8, tzinfo=UTC)
FAST = 1_000_000  # mails a minute


@dataclass
class Desk:
    """A built site, a list of readers and a post office."""

    folder: Path
    office: PostOffice
    address: str
    pauses: list[float] = field(default_factory=list)
    key: str = ""

    def list(self, count: int) -> Path:
        file = self.folder / "readers.csv"
        file.write_text("email,token\n" + "".join(f"reader{i}@example.org,key{i}\n" for i in range(count)))
        return file

    def send(self, readers: Path, **changes: Any) -> Sent:
        pace = Pace(**({"rate": FAST, "sleep": self.pauses.append} | changes.pop("pace", {})))
        content, output = self.folder / "content", self.folder / "output"
        order = Order("daily", "2026-05-27", content, output, str(readers), pace=pace, **changes)
        return send_mails(order, self.environment, NOW)

    @property
    def environment(self) -> dict[str, str]:
        key = {"BROADSHEET_LEDGER_KEY": self.key} if self.key else {}
        return {"BROADSHEET_SMTP_URL": f"smtp://{self.address}", **key}


@pytest.fixture
def desk(build_site: Callable[..., Site], tmp_path: Path) -> Iterator[Desk]:
    build_site(CONTENT)
    office = PostOffice()
    with opened(office) as address:
        yield Desk(tmp_path, office, address)


def run(desk: Desk, *words: str, environment: dict[str, str] | None = None) -> Result:
    folders = ("--content", str(desk.folder / "content"), "--output", str(desk.folder / "output"))
    runner = CliRunner(env=desk.environment if environment is None else environment)
    return runner.invoke(main, ["send", "--day", "2026-05-27", *words, *folders])


def test_each_reader_gets_a_message_with_a_link_of_its_own(desk: Desk) -> None:
    result = desk.send(desk.list(3))
    assert (result.exit_code, len(result.sent)) == (0, 3)
    message_ids = set()
    for number, (address, content) in enumerate(desk.office.mails):
        for message in (read_by_stdlib(content), read_by_rust(content)):
            headers = {name: values[0] for name, values in message.headers.items()}
            url = f"https://example.org/leave?reader=reader{number}%40example.org&key=key{number}"
            assert headers["to"] == address == f"reader{number}@example.org"
            assert headers["list-unsubscribe"] == f"<{url}>, <mailto:leave@example.org?subject=unsubscribe>"
            assert headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
            assert headers["date"] == "Wed, 27 May 2026 08:00:00 +0000"
            assert url in links_of(message.html)
            assert f"Unsubscribe: {url}" in message.text
            assert "\n.Dense Rain\n" in message.text
            assert "unsubscribe.invalid" not in message.text + message.html
        message_ids.add(headers["message-id"])
    assert len(message_ids) == 3


def test_a_thousand_readers_get_it_once_though_the_server_refuses_and_breaks_off(desk: Desk) -> None:
    readers = desk.list(1000)
    desk.office.refuses = {"reader7@example.org": "550 5.1.1 no such user", "reader8@example.org": "450 come again"}
    breaks = iter([200, 500, 501])
    broken: list[int] = []
    at = [next(breaks)]

    def on_data(number: int) -> str:
        if number == at[0] and number not in broken:
            broken.append(number)
            at[0] = next(breaks, -1)
            return "421 shutting down"
        return "250 kept"

    desk.office.on_data = on_data
    first = desk.send(readers)
    assert first.exit_code == 1
    assert len(first.sent) == 1000 - 2
    assert [address for address, _ in first.refused] == ["reader7@example.org"]
    assert [address for address, _ in first.later] == ["reader8@example.org"]
    assert desk.office.sessions >= 4
    desk.office.refuses = {"reader7@example.org": "550 5.1.1 no such user"}
    second = desk.send(readers)
    assert (len(second.already), len(second.sent), second.left_out) == (998, 1, ["reader7@example.org"])
    assert desk.send(readers).sent == []
    assert desk.office.copies == Counter(f"reader{i}@example.org" for i in range(1000) if i != 7)


@pytest.mark.parametrize(("way", "copies"), [("break after keeping", 1), ("break before", 0)])
def test_a_mail_without_an_answer_is_unknown_until_somebody_looks(desk: Desk, way: str, copies: int) -> None:
    readers = desk.list(10)
    broken: list[int] = []

    def on_data(number: int) -> str:
        if number == 4 and not broken:
            broken.append(number)
            return way
        return "250 kept"

    desk.office.on_data = on_data
    first = desk.send(readers)
    assert [address for address, _ in first.unknown] == ["reader4@example.org"]
    assert (len(first.sent), first.exit_code) == (9, 1)
    again = run(desk, "--list", str(readers))
    assert again.exit_code == 1
    assert "reader4@example.org: not known whether it arrived" in again.output
    assert "--unknown sent" in again.output
    assert desk.office.copies["reader4@example.org"] == copies
    solved = desk.send(readers, unknown="sent" if copies else "resend")
    assert solved.exit_code == 0
    assert desk.office.copies == Counter(f"reader{i}@example.org" for i in range(10))
    assert desk.send(readers).unknown == []


def test_nobody_gets_it_twice_after_a_kill_in_the_middle(desk: Desk) -> None:
    readers = desk.list(1000)
    words = ["send", "--day", "2026-05-27", "--list", str(readers), "--rate", "100000"]
    kills = 0
    for least in (120, 400, 700):
        process = Started(*words, folder=desk.folder, environment={**os.environ, **desk.environment})
        while len(desk.office.mails) < least and process.poll() is None:
            time.sleep(0.001)
        kills += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    last = desk.send(readers)
    assert kills == 3
    assert len(last.unknown) <= 3
    assert max(desk.office.copies.values()) == 1
    missing = {f"reader{i}@example.org" for i in range(1000)} - set(desk.office.copies)
    assert missing <= {address for address, _ in last.unknown}
    for address, _ in last.unknown:
        (desk.folder / "one.csv").write_text(f"{address},key\n")
        desk.send(desk.folder / "one.csv", unknown="resend" if address in missing else "sent")
    assert desk.office.copies == Counter(f"reader{i}@example.org" for i in range(1000))


def test_who_stops_a_sending_by_hand_leaves_nothing_unknown(desk: Desk) -> None:
    with (desk.folder / "content" / "site.yaml").open("a") as settings:
        settings.write("mailing: {connections: 4}\n")
    readers = desk.list(2000)
    words = ["send", "--day", "2026-05-27", "--list", str(readers), "--rate", "100000"]
    process = Started(*words, folder=desk.folder, environment={**os.environ, **desk.environment})
    while len(desk.office.mails) < 50 and process.poll() is None:
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    assert process.wait() == 128 + signal.SIGINT
    assert len(desk.office.mails) < 2000
    assert run(desk, "--list", str(readers), "--dry-run").output.endswith(
        f"{2000 - len(desk.office.mails)} to be sent\n"
    )


def test_a_dry_run_names_the_readers_and_touches_nothing(desk: Desk) -> None:
    result = run(desk, "--list", str(desk.list(2)), "--dry-run", environment={})
    assert result.exit_code == 0
    assert "would go to reader0@example.org" in result.output
    assert "2 to be sent" in result.output
    assert desk.office.mails == []
    assert not (desk.folder / ".broadsheet").exists()


def test_a_sample_reads_and_keeps_nothing(desk: Desk) -> None:
    before = {file: file.read_bytes() for file in desk.folder.rglob("*") if file.is_file()}
    for _ in range(2):
        assert run(desk, "--to", "Anna Berg <anna@example.org>").exit_code == 0
    assert {file: file.read_bytes() for file in desk.folder.rglob("*") if file.is_file()} == before
    assert desk.office.copies == {"anna@example.org": 2}


def test_who_is_refused_for_the_moment_is_tried_again_in_the_same_run(desk: Desk) -> None:
    seen: list[str] = []

    def greylist(address: str) -> str:
        seen.append(address)
        return "250 OK" if seen.count(address) > 2 else "451 4.7.1 greylisted, come again"

    desk.office.on_rcpt = greylist
    result = desk.send(desk.list(3), pace={"again": (60, 300)})
    assert (len(result.sent), result.later, result.exit_code) == (3, [], 0)
    assert [pause for pause in desk.pauses if pause >= 60] == [60, 300]


def test_enough_for_one_session_is_no_refusal(desk: Desk) -> None:
    desk.office.per_session = 3
    result = desk.send(desk.list(10))
    assert (len(result.sent), result.later, desk.office.sessions) == (10, [], 4)


@pytest.mark.parametrize("answer", ["552 5.3.4 too big", "554 5.7.1 looks like spam", "550 5.6.0 no"])
def test_a_refusal_of_the_mail_is_told_of_the_mail_and_stops_the_run(desk: Desk, answer: str) -> None:
    desk.office.on_data = lambda number: answer
    result = desk.send(desk.list(50))
    assert (len(result.unsent), result.refused, result.exit_code) == (50, [], 2)
    assert f"the server refuses the mail, not its readers: {answer}; stopped after 3 in a row" in result.trouble
    desk.office.on_data = lambda number: "250 kept"
    assert desk.send(desk.list(50)).exit_code == 0


def test_a_path_that_breaks_every_mail_stops_the_run_and_is_told_once(desk: Desk) -> None:
    desk.office.on_data = lambda number: "break before"
    result = desk.send(desk.list(50))
    assert (len(result.unknown), len(result.unsent), result.sent) == (3, 47, [])
    lines = list(report_lines(result))
    assert sum("not known whether it arrived" in line for line in lines) == 1
    assert "47 left: every connection breaks in the mail" in lines[1]


def test_an_account_that_is_locked_in_the_middle_ends_the_run_in_order(desk: Desk) -> None:
    desk.office.on_rcpt = lambda address: "535 5.7.8 locked" if len(desk.office.mails) == 4 else "250 OK"
    result = desk.send(desk.list(10))
    assert (len(result.sent), len(result.unsent), result.refused, result.exit_code) == (4, 6, [], 1)
    assert "535 5.7.8 locked" in result.trouble


def test_who_is_refused_for_good_is_left_out_until_the_list_changes(desk: Desk) -> None:
    desk.office.refuses = {"reader1@example.org": "550 5.1.1 no such user"}
    assert [address for address, _ in desk.send(desk.list(3)).refused] == ["reader1@example.org"]
    assert desk.send(desk.list(3)).left_out == ["reader1@example.org"]
    desk.office.refuses = {}
    assert desk.send(desk.list(4)).sent == ["reader1@example.org", "reader3@example.org"]


def test_who_is_refused_for_good_is_tried_once_with_each_list(desk: Desk) -> None:
    desk.office.refuses = {"reader1@example.org": "550 5.1.1 no such user"}
    daily, weekly = desk.list(3).rename(desk.folder / "daily.csv"), desk.list(4)
    tried = [[address for address, _ in desk.send(readers).refused] for readers in (daily, weekly, daily, weekly)]
    assert tried == [["reader1@example.org"], ["reader1@example.org"], [], []]


def test_a_run_that_is_out_of_time_ends_in_order_and_the_next_goes_on(desk: Desk) -> None:
    clock = iter(range(0, 10_000, 7))
    pace = {"time_limit": 1, "monotonic": lambda: float(next(clock))}
    first = desk.send(desk.list(10), pace=pace)
    assert 0 < len(first.sent) < 10
    assert first.trouble == "the time of 1 minute is over"
    assert len(desk.send(desk.list(10)).sent) == 10 - len(first.sent)


def test_several_connections_share_the_readers(desk: Desk) -> None:
    result = desk.send(desk.list(60), pace={"connections": 4})
    assert len(result.sent) == 60
    assert desk.office.copies == Counter(f"reader{i}@example.org" for i in range(60))
    assert desk.office.sessions > 1


def test_a_connection_more_than_the_server_has_ends_no_run(desk: Desk) -> None:
    desk.office.most_open = 2
    result = desk.send(desk.list(300), pace={"connections": 4})
    assert (len(result.sent), result.unsent, result.exit_code) == (300, [], 0)


def test_a_server_that_is_busy_at_first_is_asked_again(desk: Desk) -> None:
    desk.office.busy = 2
    result = desk.send(desk.list(3))
    assert (len(result.sent), result.trouble, result.exit_code) == (3, "", 0)
    desk.office.busy = 1000
    result = desk.send(desk.list(4))
    assert (len(result.unsent), result.exit_code) == (1, 1)
    assert result.trouble == "the server cannot be reached: 421 4.3.2 too busy"


def test_a_breakdown_that_ends_a_mail_on_each_connection_ends_no_run(desk: Desk) -> None:
    desk.office.on_data = lambda number: "250 kept" if number not in range(20, 24) else "break after keeping"
    result = desk.send(desk.list(60), pace={"connections": 4})
    assert (len(result.sent), len(result.unknown), result.unsent) == (56, 4, [])
    assert desk.office.copies == Counter(f"reader{i}@example.org" for i in range(60))


def test_a_server_that_has_enough_of_readers_before_it_took_a_mail_gets_the_others_in_new_sessions(desk: Desk) -> None:
    desk.office.on_rcpt = lambda address: "250 OK" if address > "reader5" else "550 5.1.1 no such user"
    desk.office.offers_per_session = 3
    result = desk.send(desk.list(10))
    assert (len(result.sent), len(result.refused), result.later) == (5, 5, [])


@pytest.mark.parametrize(
    ("answer", "outcome"), [("251 kept elsewhere", "sent"), ("354 go on", "unknown"), ("mail is fun", "unknown")]
)
def test_an_answer_that_is_no_refusal_never_lets_a_mail_go_out_again(desk: Desk, answer: str, outcome: str) -> None:
    desk.office.on_data = lambda number: f"keep and say {answer}"
    for _ in range(2):
        result = desk.send(desk.list(1))
    assert desk.office.copies == {"reader0@example.org": 1}
    assert (result.already, [address for address, _ in result.unknown]) == (
        (["reader0@example.org"], []) if outcome == "sent" else ([], ["reader0@example.org"])
    )


def test_a_full_mailbox_is_a_refusal_for_the_moment(desk: Desk) -> None:
    desk.office.refuses = {"reader1@example.org": "552 5.2.2 mailbox full"}
    result = desk.send(desk.list(3))
    assert (len(result.sent), result.later) == (2, [("reader1@example.org", "552 5.2.2 mailbox full")])


CORRECTED = CONTENT.replace("Clouds & more", "Clouds & less")


def test_a_server_that_blocks_ours_keeps_nobody_out_of_later_editions(desk: Desk) -> None:
    blocked = "550 5.7.1 Service unavailable, client host blocked using a list of unwanted senders"
    desk.office.refuses = {f"reader{number}@example.org": blocked for number in (1, 2)}
    first = desk.send(desk.list(3), pace={"again": ()})
    assert (len(first.sent), first.refused, len(first.later)) == (1, [], 2)
    desk.office.refuses = {}
    second = desk.send(desk.list(3))
    assert (len(second.sent), second.left_out) == (2, [])


def test_a_correction_goes_to_those_who_had_it_and_says_so(desk: Desk, build_site: Callable[..., Site]) -> None:
    desk.send(desk.list(2))
    build_site(CORRECTED)
    settled = run(desk, "--list", str(desk.list(3)), "--correction")
    assert settled.exit_code == 0, settled.output
    assert "“Corrected: Papers of 27 May 2026”: 2 sent" in settled.output
    assert desk.office.copies == {"reader0@example.org": 2, "reader1@example.org": 2}
    mails = [read_by_stdlib(content) for _, content in desk.office.mails]
    assert [mail.headers["subject"][0].startswith("Corrected: ") for mail in mails] == [False, False, True, True]
    assert "This is a corrected edition" in mails[2].text
    assert "This is a corrected edition" in mails[2].html


def test_a_correction_of_which_nothing_changed_is_told_and_not_sent(
    desk: Desk, build_site: Callable[..., Site]
) -> None:
    desk.send(desk.list(2))
    for files in (CONTENT, CORRECTED):
        build_site(files)
        run(desk, "--list", str(desk.list(3)), "--correction")
        again = run(desk, "--list", str(desk.list(3)), "--correction")
        assert again.exit_code == 2
        assert "2026-05-27 is as its readers have it: there is nothing to correct; change the lists" in again.output
    assert len(desk.office.mails) == 4
    for count, files in enumerate((CONTENT, CORRECTED, CONTENT), start=3):  # there and back
        build_site(files)
        assert run(desk, "--list", str(desk.list(3)), "--correction").exit_code == 0
        assert len(desk.office.mails) == 2 * count


def test_a_correction_goes_to_those_alone_who_have_it_otherwise(desk: Desk, build_site: Callable[..., Site]) -> None:
    desk.send(desk.list(2))
    build_site(CORRECTED)
    desk.send(desk.list(4))
    again = run(desk, "--list", str(desk.list(4)), "--correction")
    assert (again.exit_code, desk.office.copies["reader0@example.org"]) == (0, 2)
    assert desk.office.copies["reader2@example.org"] == 1
    assert "2 sent, 2 had it already" in again.output


def test_a_correction_speaks_the_language_of_the_site(desk: Desk, build_site: Callable[..., Site]) -> None:
    desk.send(desk.list(1))
    build_site(CORRECTED.replace("title: Morning", "language: de\ntitle: Morning"))
    assert run(desk, "--list", str(desk.list(1)), "--correction").exit_code == 0
    mail = read_by_stdlib(desk.office.mails[1][1])
    assert mail.headers["subject"][0].startswith("Berichtigt: ")
    assert mail.text.startswith("Dies ist eine berichtigte Ausgabe")
    assert "corrected" not in mail.html


def test_a_ledger_with_a_key_names_nobody(desk: Desk) -> None:
    desk.key = "k" * 32
    desk.office.refuses = {"reader2@example.org": "550 5.1.1 <reader2@example.org> unknown"}
    assert len(desk.send(desk.list(3)).sent) == 2
    assert b"example.org" not in (desk.folder / ".broadsheet" / "sent.sqlite").read_bytes()
    assert (desk.send(desk.list(3)).sent, desk.send(desk.list(3)).left_out) == ([], ["reader2@example.org"])
    desk.key = "another key, long enough"
    with pytest.raises(BuildError, match="was kept with another BROADSHEET_LEDGER_KEY"):
        desk.send(desk.list(3))
    desk.key = "short"
    with pytest.raises(BuildError, match="fewer than 16 characters"):
        desk.send(desk.list(3))


def test_a_ledger_of_a_later_release_is_left_alone_and_nothing_is_sent(desk: Desk) -> None:
    desk.send(desk.list(1))
    with closing(sqlite3.connect(desk.folder / ".broadsheet" / "sent.sqlite")) as ledger:
        ledger.execute(f"pragma user_version = {FORMAT + 1}")
    with pytest.raises(BuildError, match="was written by a later release of Broadsheet: update it; nothing was sent"):
        desk.send(desk.list(2))
    assert len(desk.office.mails) == 1


def test_a_list_too_large_to_unsubscribe_by_mail_alone_is_told_with_the_limit(
    desk: Desk, build_site: Callable[..., Site]
) -> None:
    build_site(re.sub(r"  unsubscribe_url: .*\n", "", CONTENT))
    told = ["5,001 readers can unsubscribe by mail alone; services ask for one click from who sends over 5,000 mails"]
    for count, expected in ((5_000, []), (5_001, told)):
        readers = desk.folder / "readers.csv"
        readers.write_text("".join(f"reader{i}@example.org\n" for i in range(count)))
        result = desk.send(readers, is_dry=True)
        assert [str(problem).partition(": ")[2][: len(told[0])] for problem in result.problems] == expected
        assert (len(result.would), result.exit_code) == (count, 0)


def test_a_mail_says_that_a_program_sent_it_to_a_list(desk: Desk) -> None:
    desk.send(desk.list(1))
    headers = read_by_stdlib(desk.office.mails[0][1]).headers
    assert (headers["auto-submitted"], headers["precedence"]) == (["auto-generated"], ["list"])


def test_the_rate_is_bounded(desk: Desk) -> None:
    desk.send(desk.list(5), pace={"rate": 60})
    waits = [pause for pause in desk.pauses if pause > 0]
    assert [round(wait) for wait in waits] == [1, 2, 3, 4]


def test_after_a_stall_nothing_is_made_up_for_by_a_burst(desk: Desk) -> None:
    now, moments = [0.0], []

    def answer(number: int) -> str:
        moments.append(now[0])
        now[0] += 100 if number == 2 else 0
        return "250 kept"

    def wait(seconds: float) -> None:
        now[0] += seconds

    desk.office.on_data = answer
    desk.send(desk.list(6), pace={"rate": 60, "sleep": wait, "monotonic": lambda: now[0]})
    assert [later - earlier for earlier, later in pairwise(moments)].count(100) == 1
    assert min(later - earlier for earlier, later in pairwise(moments)) == 1


def test_a_server_that_is_gone_for_good_is_given_up_and_the_rest_goes_next_time(desk: Desk) -> None:
    readers = desk.list(20)
    stop = ExitStack()
    office = PostOffice()
    address = stop.enter_context(opened(office))
    office.on_data = lambda number: "250 kept" if number < 5 else "421 closed"
    gone = Desk(desk.folder, office, address)
    result = gone.send(readers)
    assert result.exit_code == 1
    assert len(result.sent) == 5
    stop.close()
    assert desk.send(readers).exit_code == 0
    assert office.copies + desk.office.copies == Counter(f"reader{i}@example.org" for i in range(20))


def test_the_ledger_is_readable_by_its_owner_alone(desk: Desk) -> None:
    desk.send(desk.list(1))
    ledger = desk.folder / ".broadsheet" / "sent.sqlite"
    assert ledger.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("words", "environment", "told"),
    [
        (["--to", "a@example.org"], {}, "no mail server is named: set BROADSHEET_SMTP_URL"),
        (
            ["--to", "a@example.org"],
            {"BROADSHEET_SMTP_URL": "https://x"},
            "BROADSHEET_SMTP_URL names no mail server: set it",
        ),
        (
            ["--to", "a@example.org"],
            {"BROADSHEET_SMTP_URL": "smtps://ada:pass[word@mail.example:465"},
            "BROADSHEET_SMTP_URL names no mail server: set it",
        ),
        (["--to", "a@example.org"], {"BROADSHEET_SMTP_URL": "smtp://127.0.0.1:1"}, "check BROADSHEET_SMTP_URL"),
        (["--to", "nobody"], None, "is no mail address"),
        (["--to", "a@example.org", "--to", "nobody"], None, "is no mail address"),
        (["--list", "nowhere.csv"], None, "cannot be read"),
        (["--edition", "2026-05-27", "--list", "x.csv"], None, "give either --edition NAME or --day D"),
        ([], None, "give either --list FILE or --to ADDRESS"),
        (["--to", "a@example.org", "--day", "2026-05-28"], None, "there is no mail of 2026-05-28"),
    ],
)
def test_what_stops_it_is_told_with_exit_code_2(
    desk: Desk, words: list[str], environment: dict[str, str] | None, told: str
) -> None:
    result = run(desk, *words, environment=environment)
    assert result.exit_code == 2
    assert told in result.output
    assert desk.office.mails == []


@pytest.mark.parametrize("name", ["mail/2026-05-27/mail.eml", NEXT])
def test_a_mail_or_a_plan_that_cannot_be_read_is_one_line(desk: Desk, name: str) -> None:
    file = desk.folder / "output" / name
    file.unlink()
    file.mkdir()
    result = run(desk, "--list", str(desk.list(2)))
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert f"{name} cannot be read: Is a directory; " in result.output


def test_a_sample_goes_to_every_address_that_is_named(desk: Desk) -> None:
    result = run(desk, "--to", "ada@example.org", "--to", "bo@example.org")
    assert result.exit_code == 0
    assert desk.office.copies == Counter(["ada@example.org", "bo@example.org"])


def test_without_a_sender_nothing_is_sent(desk: Desk) -> None:
    write_content(desk.folder / "content", "-- site.yaml --\ntitle: Morning papers\n")
    result = run(desk, "--to", "a@example.org")
    assert (result.exit_code, "set newsletter.sender or author.email" in result.output) == (2, True)


def test_a_mail_that_was_built_with_another_sender_is_not_sent(desk: Desk) -> None:
    settings = desk.folder / "content" / "site.yaml"
    settings.write_text(settings.read_text().replace("ed@example.org", "other@example.org"))
    result = run(desk, "--to", "a@example.org")
    assert (result.exit_code, "site.yaml names other@example.org; run broadsheet build" in result.output) == (2, True)
    assert desk.office.mails == []


def test_a_list_with_a_broken_line_goes_to_the_others_and_says_so(desk: Desk) -> None:
    file = desk.folder / "readers.csv"
    file.write_text("a@example.org,1\nnobody,2\na@example.org,3\n")
    result = run(desk, "--list", str(file), "--rate", "6000")
    assert result.exit_code == 1
    assert "readers.csv:2: 'nobody' is no mail address" in result.output
    assert "“Papers of 27 May 2026”: 1 sent" in result.output
    assert desk.office.copies == {"a@example.org": 1}


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # of the server: it has TLS from the start
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_it_encrypts_and_logs_in_and_never_shows_the_password(
    desk: Desk, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(desk.folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    how = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context, "require_starttls": True}
    options = {"authenticator": desk.office.authenticate, "auth_required": True, "auth_require_tls": scheme == "smtp"}
    with opened(desk.office, **how, **options) as address:
        environment = {"BROADSHEET_SMTP_URL": f"{scheme}://{address}", "BROADSHEET_SMTP_USER": "ed"}
        refused = run(desk, "--to", "a@example.org", environment={**environment, "BROADSHEET_SMTP_PASSWORD": "wr0ng"})
        assert (refused.exit_code, "refuses user ed" in refused.output, "wr0ng" in refused.output) == (2, True, False)
        sent = run(desk, "--to", "a@example.org", environment={**environment, "BROADSHEET_SMTP_PASSWORD": "secret"})
    assert sent.exit_code == 0, sent.output
    assert desk.office.users[-1] == (b"ed", b"secret")
    assert desk.office.copies == {"a@example.org": 1}
    assert not re.search(
        r"secret|wr0ng", "".join(file.read_text("latin-1") for file in desk.folder.rglob("*.*") if file.is_file())
    )


def test_a_server_nobody_vouches_for_gets_nothing(desk: Desk) -> None:
    context, _ = certificate(desk.folder)
    with opened(desk.office, ssl_context=context) as address:
        result = run(desk, "--to", "a@example.org", environment={"BROADSHEET_SMTP_URL": f"smtps://{address}"})
    assert result.exit_code == 2
    assert "certificate verify failed" in result.output
    assert desk.office.mails == []


@pytest.mark.parametrize("to", [["--list", "readers.csv"], ["--to", "editor@example.org"]])
def test_an_output_that_shows_drafts_is_sent_to_nobody(desk: Desk, to: list[str]) -> None:
    (desk.folder / "output" / MARK).touch()
    desk.list(2)
    readers = [word.replace("readers.csv", str(desk.folder / "readers.csv")) for word in to]
    result = run(desk, *readers)
    assert result.exit_code == 2
    assert "shows drafts, which are neither published nor sent" in result.output
    assert desk.office.mails == []


def test_a_sample_that_is_refused_or_in_doubt_says_nothing_of_lists_and_second_runs(desk: Desk) -> None:
    desk.office.on_rcpt = lambda address: "550 5.1.1 no such reader" if address.startswith("bo") else "250 OK"
    desk.office.on_data = lambda number: "break before"
    result = run(desk, "--to", "bo@example.org", "--to", "ada@example.org", "--to", "cy@example.org")
    assert result.exit_code == 1
    assert "bo@example.org: refused: 550 5.1.1 no such reader\n" in result.output
    assert "ada@example.org: not known whether it arrived (" in result.output
    assert "1 left: the server ended the connection; send them another sample\n" in result.output
    assert "until the list changes" not in result.output
    assert "--unknown" not in result.output
