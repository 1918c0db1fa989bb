"""Mails that came back: who is left out, and who is not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.commands.send.ledger import open_ledger

REPORT = """From: MAILER-DAEMON@mx.example.net
To: ed@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

{groups}
--b--
"""
GONE = """Final-Recipient: rfc822; Ada@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such
  user
"""
SLOW = """Final-Recipient: rfc822; bo@example.org
Action: delayed
Status: 4.4.1
"""


def run(folder: Path, *names: str) -> tuple[int, str]:
    files = [str(folder / name) for name in names]
    result = CliRunner().invoke(main, ["bounces", *files, "--content", str(folder / "content")])
    return result.exit_code, result.output


def refused(folder: Path, *readers: str, mark: str = "the list of today") -> set[str]:
    """Return who of some readers is left out, as a list with them is sent to."""
    keys = [f"{reader}@example.org" for reader in readers or ("ada", "bo", "cy")]
    with open_ledger(folder / ".broadsheet" / "sent.sqlite", "any", {}) as ledger:
        ledger.take_bounces(keys, mark)
        return set(ledger.refusals(keys, mark))


def test_who_cannot_be_reached_for_good_is_left_out_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_text(REPORT.format(groups=f"{GONE}\n{SLOW}"))
    code, told = run(tmp_path, "one.eml")
    assert code == 0
    assert "Ada@example.org: came back (5.1.1 smtp; 550 5.1.1 no such user); left out until the list changes" in told
    assert "bo@example.org: came back (4.4.1); not for good, or not for the address; nothing is kept" in told
    assert refused(tmp_path) == {"ada@example.org"}
    assert refused(tmp_path, mark="the list of tomorrow") == set()


def test_a_bounce_waits_for_a_list_that_has_its_reader(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_text(REPORT.format(groups=GONE))
    run(tmp_path, "one.eml")
    with open_ledger(tmp_path / ".broadsheet" / "sent.sqlite", "any", {}) as ledger:
        assert set(ledger.refusals(["ada@example.org"], "a dry run")) == {"ada@example.org"}
    assert refused(tmp_path, "bo", mark="weekly") == set()
    assert refused(tmp_path, "ada", "bo", mark="daily") == {"ada@example.org"}


def test_a_bounce_of_a_second_list_is_kept_for_it(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_text(REPORT.format(groups=GONE))
    for _ in range(2):
        run(tmp_path, "one.eml")
        assert refused(tmp_path, mark="daily") == {"ada@example.org"}
    assert refused(tmp_path, mark="weekly") == {"ada@example.org"}


def test_who_was_refused_in_a_ledger_of_the_first_release_stays_left_out(tmp_path: Path) -> None:
    file = tmp_path / "sent.sqlite"
    with closing(sqlite3.connect(file)) as old:
        old.execute("create table refusals (reader text primary key, answer text not null, list text not null)")
        old.execute("insert into refusals values ('ada@example.org', 'gone', 'daily')")
        old.execute("pragma user_version = 1")
        old.commit()
    for _ in range(2):
        with open_ledger(file, "any", {}) as ledger:
            assert ledger.refusals(["ada@example.org"], "daily") == {"ada@example.org": "gone"}


def test_a_whole_mailbox_is_read_and_what_is_no_report_is_told(tmp_path: Path) -> None:
    other = REPORT.format(groups=GONE.replace("Ada", "cy"))
    text = f"From a Mon Nov 23\n{REPORT.format(groups=GONE)}\nFrom b Mon Nov 23\nSubject: Hello\n\nHi\n"
    (tmp_path / "box").write_text(f"{text}\nFrom c Mon Nov 23\n{other}")
    code, told = run(tmp_path, "box")
    assert code == 1
    assert "box: message 2 is no report about a mail that came back; nothing is kept of it" in told
    assert refused(tmp_path) == {"ada@example.org", "cy@example.org"}


EXCHANGE = """Final-Recipient: rfc822;ada@example.org
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: ada@example.org
"""
POSTFIX = """Final-Recipient: rfc822; ada@elsewhere.example
Original-Recipient: rfc822;ada@example.org
Action: failed
Status: 5.4.4
Remote-MTA: dns; mx.elsewhere.example
Diagnostic-Code: X-Postfix; Host or domain name not found. Name service error for name=elsewhere.example type=A
"""
GMAIL = """Final-Recipient: rfc822; ada@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (192.0.2.26, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos
Last-Attempt-Date: Mon, 23 Nov 2026 01:02:03 -0800 (PST)
"""
HIDDEN = """Original-Recipient: unknown;
Final-Recipient: rfc822; <ada@example.org>
Action: failed
Status: 5.0.0
"""
NAMELESS = GONE.replace("rfc822; Ada@example.org", "x400; /CN=Ada/").replace("5.1.1", "5.2.1")
FULL = GONE.replace("Status: 5.1.1", "Status: 5.2.2")
UNWANTED = GONE.replace("Status: 5.1.1", "Status: 5.7.1")
EXPIRED = GONE.replace("Status: 5.1.1", "Status: 4.4.7")
QMAIL = """From: MAILER-DAEMON@example.net
To: ed@example.org
Subject: failure notice

Hi. This is the qmail-send program at example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ada@example.org>:
192.0.2.9 does not like recipient.
Remote host said: 550 5.1.1 no such user
Giving up on 192.0.2.9.

<bo@example.org>:
I'm not going to try again; this message has been in the queue too long.

--- Below this line is a copy of the message.

To: cy@example.org

<cy@example.org>:
"""
EXIM = """From: Mail Delivery System <Mailer-Daemon@example.net>
X-Failed-Recipients: ada@example.org
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.
"""
COMPLAINT = """From: feedback@example.net
Subject: FW: Papers of 27 May 2026
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an abuse report.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Feedback/1.0
Version: 1
Original-Rcpt-To: <ada@example.org>

--b
Content-Type: message/rfc822

From: ed@example.org
To: ada@example.org
Subject: Papers of 27 May 2026

Papers.
--b--
"""
AWAY = """From: ada@example.org
To: ed@example.org
Auto-Submitted: auto-replied
Subject: Out of office: Papers of 27 May 2026

I am away until Monday. Write to bo@example.org.
"""


@pytest.mark.parametrize(
    ("message", "left_out"),
    {
        "Exchange": (REPORT.format(groups=EXCHANGE), True),
        "Postfix": (REPORT.format(groups=POSTFIX), True),
        "Gmail": (REPORT.format(groups=GMAIL), True),
        "a recipient that is hidden": (REPORT.format(groups=HIDDEN), True),
        "qmail": (QMAIL, True),
        "Exim": (EXIM, True),
        "a complaint": (COMPLAINT, True),
        "a complaint without the address": (COMPLAINT.replace("Original-Rcpt-To: <ada@example.org>\n", ""), True),
        "no complaint": (COMPLAINT.replace("abuse\n", "not-spam\n"), False),
        "a full mailbox": (REPORT.format(groups=FULL), False),
        "a mail that is unwanted": (REPORT.format(groups=UNWANTED), False),
        "a server that did not answer": (REPORT.format(groups=EXPIRED), False),
        "a recipient of X.400": (REPORT.format(groups=NAMELESS), False),
        "an automatic answer": (AWAY, False),
    }.values(),
)
def test_reports_of_every_kind_are_understood(tmp_path: Path, message: str, left_out: bool) -> None:
    for name, text in (("unix.eml", message), ("windows.eml", message.replace("\n", "\r\n"))):
        (tmp_path / name).write_text(text, newline="")
        run(tmp_path, name)
        assert refused(tmp_path) == ({"ada@example.org"} if left_out else set())
        (tmp_path / ".broadsheet" / "sent.sqlite").unlink()


@pytest.mark.parametrize(
    "part", ['Content-Type: multipart/mixed; boundary="b{}"\n\n--b{}\n', "Content-Type: message/rfc822\n\n"]
)
def test_a_mail_of_parts_within_parts_keeps_no_other_from_being_read(tmp_path: Path, part: str) -> None:
    deep = "".join(part.format(number, number) for number in range(3_000))
    (tmp_path / "box").write_text(f"From a Mon Nov 23\n{deep}\nFrom b Mon Nov 23\n{REPORT.format(groups=GONE)}")
    code, told = run(tmp_path, "box")
    assert (code, "message 1 is no report" in told) == (1, True)
    assert refused(tmp_path) == {"ada@example.org"}


@pytest.mark.parametrize("name", ["nowhere.eml", "."])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, name: str) -> None:
    code, told = run(tmp_path, name)
    assert (code, "cannot be read" in told, len(told.splitlines())) == (2, True, 1)
