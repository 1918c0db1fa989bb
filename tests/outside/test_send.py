"""Sending to a real server: who gets what, what is refused, and that nobody gets it twice."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from site_builder.outside import smtp
from site_builder.outside.send import Order, Sent, send_mails
from tests.conftest import Site, write_content
from tests.mail.mailed import links_of, read_by_rust, read_by_stdlib
from tests.outside.post_office import PostOffice, certificate, opened

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

    def list(self, count: int) -> Path:
        file = self.folder / "readers.csv"
        file.write_text("email,token\n" + "".join(f"reader{i}@example.org,key{i}\n" for i in range(count)))
        return file

    def send(self, readers: Path | None = None, **changes: Any) -> Sent:
        options: dict[str, Any] = {"to": "", "rate": FAST, "is_dry": False}
        content, output = self.folder / "content", self.folder / "output"
        day = datetime(2026, 5, 27).date()
        order = Order(day=day, content=content, output=output, list=readers, **(options | changes))
        return send_mails(order, self.environment, NOW, lambda *_: None, self.pauses.append)

    @property
    def environment(self) -> dict[str, str]:
        return {"BROADSHEET_SMTP_URL": f"smtp://{self.address}"}


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
    assert len(first.sent) == 1000 - 2 - 3
    assert {address for address, _ in first.refused} >= {"reader7@example.org", "reader8@example.org"}
    assert desk.office.sessions >= 4
    desk.office.refuses = {"reader7@example.org": "550 5.1.1 no such user"}
    second = desk.send(readers)
    assert (len(second.already), len(second.sent), len(second.refused)) == (995, 4, 1)
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
    words = ["send", "--day", "2026-05-27", "--list", str(readers), "--rate", str(FAST)]
    kills = 0
    for least in (120, 400, 700):
        process = subprocess.Popen(
            [sys.executable, "-m", "site_builder", *words],
            cwd=desk.folder,
            env={**os.environ, **desk.environment, "PYTHONPATH": str(Path(smtp.__file__).parents[2])},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
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
        desk.send(None, to=address, unknown="resend" if address in missing else "sent")
    assert desk.office.copies == Counter(f"reader{i}@example.org" for i in range(1000))


def test_a_dry_run_names_the_readers_and_touches_nothing(desk: Desk) -> None:
    result = run(desk, "--list", str(desk.list(2)), "--dry-run", environment={})
    assert result.exit_code == 0
    assert "would go to reader0@example.org" in result.output
    assert "2 to be sent" in result.output
    assert desk.office.mails == []
    assert not (desk.folder / ".broadsheet").exists()


def test_the_rate_is_bounded(desk: Desk) -> None:
    desk.send(desk.list(5), rate=60)
    waits = [pause for pause in desk.pauses if pause > 0]
    assert [round(wait) for wait in waits] == [1, 2, 3, 4]


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
        (["--to", "a@example.org"], {"BROADSHEET_SMTP_URL": "https://x"}, "no mail server is named"),
        (["--to", "a@example.org"], {"BROADSHEET_SMTP_URL": "smtp://127.0.0.1:1"}, "cannot be reached"),
        (["--to", "nobody"], None, "is no mail address"),
        (["--list", "nowhere.csv"], None, "cannot be read"),
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
        r"secret|wr0ng", "".join(file.read_text("latin-1") for file in (desk.folder / ".broadsheet").iterdir())
    )


def test_a_server_nobody_vouches_for_gets_nothing(desk: Desk) -> None:
    context, _ = certificate(desk.folder)
    with opened(desk.office, ssl_context=context) as address:
        result = run(desk, "--to", "a@example.org", environment={"BROADSHEET_SMTP_URL": f"smtps://{address}"})
    assert result.exit_code == 2
    assert "certificate verify failed" in result.output
    assert desk.office.mails == []
