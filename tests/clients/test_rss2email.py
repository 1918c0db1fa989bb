"""rss2email turns the feeds into mails and delivers them to a local SMTP server."""

import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.clients.conftest import Served
from tests.feeds.published import read

LINKS = re.compile(r'href="([^"]+)"')
WORDS = re.compile(r"Paper \d+ of day \d+|All is|It takes O\(n²\) steps")


class Mailbox:
    """Keeps every mail that is delivered to it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, EmailMessage, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.mark.parametrize("path", ["feeds/digests.xml", "feeds/digests.atom", "feeds/papers.xml", "feeds/papers.atom"])
def test_rss2email_mails_every_entry_whole(
    path: str,
    served: Served,
    mailbox: tuple[Mailbox, int],
    program: Callable[[str, str], str],
    tmp_path: Path,
) -> None:
    box, port = mailbox
    settings = tmp_path / "rss2email.cfg"
    settings.write_text(
        "[DEFAULT]\nfrom = digest@example.org\nto = reader@example.org\nhtml-mail = True\n"
        f"date-header = True\nemail-protocol = smtp\nsmtp-server = 127.0.0.1:{port}\nsmtp-auth = False\n"
        f"[feed.digest]\nurl = {served.base_url}/{path}\n"
    )
    command = [program("r2e", "the package rss2email"), "-c", str(settings), "-d", str(tmp_path / "data.json")]
    for _ in range(2):  # the second run finds nothing new
        subprocess.run([*command, "run"], check=True, timeout=60, capture_output=True, cwd=tmp_path)

    entries = {entry.guid: entry for entry in read(served.files, path).entries}
    assert sorted(mail["X-RSS-ID"] for mail in box.mails) == sorted(entries)
    for mail in box.mails:
        entry = entries[mail["X-RSS-ID"]]
        assert parsedate_to_datetime(mail["Date"]).replace(tzinfo=UTC) == entry.published
        body = mail.get_body(("html",))
        assert body is not None
        html = body.get_content()
        assert {entry.url, *LINKS.findall(entry.html)} <= set(LINKS.findall(html))
        assert set(WORDS.findall(entry.html)) <= set(WORDS.findall(html))
        if "note" in entry.html:
            assert "A <em>note</em>" in html
        assert "<script" not in html
