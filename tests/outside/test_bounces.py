"""Mails that came back: who is left out, and who is not."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.outside.ledger import open_ledger

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


def refused(folder: Path) -> set[str]:
    with open_ledger(folder / ".broadsheet" / "sent.sqlite", "any", {}) as ledger:
        return set(ledger.refusals(["ada@example.org", "bo@example.org", "cy@example.org"], "the list of today"))


def test_who_cannot_be_reached_for_good_is_left_out_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_text(REPORT.format(groups=f"{GONE}\n{SLOW}"))
    code, told = run(tmp_path, "one.eml")
    assert code == 0
    assert "Ada@example.org: came back (5.1.1 smtp; 550 5.1.1 no such user); left out until the list changes" in told
    assert "bo@example.org: came back (4.4.1); for the moment only; nothing is kept of it" in told
    assert refused(tmp_path) == {"ada@example.org"}
    with open_ledger(tmp_path / ".broadsheet" / "sent.sqlite", "any", {}) as ledger:
        assert ledger.refusals(["ada@example.org"], "the list of tomorrow") == {}


def test_a_whole_mailbox_is_read_and_what_is_no_report_is_told(tmp_path: Path) -> None:
    other = REPORT.format(groups=GONE.replace("Ada", "cy"))
    text = f"From a Mon Nov 23\n{REPORT.format(groups=GONE)}\nFrom b Mon Nov 23\nSubject: Hello\n\nHi\n"
    (tmp_path / "box").write_text(f"{text}\nFrom c Mon Nov 23\n{other}")
    code, told = run(tmp_path, "box")
    assert code == 1
    assert "box: message 2 is no report of a mail server about a mail that came back; nothing is kept of it" in told
    assert refused(tmp_path) == {"ada@example.org", "cy@example.org"}


@pytest.mark.parametrize("name", ["nowhere.eml", "."])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path, name: str) -> None:
    code, told = run(tmp_path, name)
    assert (code, "cannot be read" in told, len(told.splitlines())) == (2, True, 1)
