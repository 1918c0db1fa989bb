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

from site_builder.config.settings import Feeds, Settings
from tests.clients.conftest import Served, serving
from tests.factories import catalogue, paper
from tests.feeds.published import publish, read

LINKS = re.compile(r'href="([^"]+)"')
WORDS = re.compile(r"Paper \d+ of day \d+|All is|It takes O\(n²\) steps")


class Mailbox:
    """Keeps every mail that is delivered to it; aiosmtpd refuses one with a line that is too long for mail."""

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


def run(program: Callable[[str, str], str], url: str, port: int, folder: Path, html: str = "True") -> None:
    settings = folder / "rss2email.cfg"
    settings.write_text(
        f"[DEFAULT]\nfrom = digest@example.org\nto = reader@example.org\nhtml-mail = {html}\n"
        f"date-header = True\nemail-protocol = smtp\nsmtp-server = 127.0.0.1:{port}\nsmtp-auth = False\n"
        f"[feed.digest]\nurl = {url}\n"
    )
    command = [program("r2e", "the package rss2email"), "-c", str(settings), "-d", str(folder / "data.json")]
    subprocess.run([*command, "run"], check=True, timeout=60, capture_output=True, cwd=folder)


@pytest.mark.parametrize("path", ["feeds/digests.xml", "feeds/digests.atom", "feeds/papers.xml", "feeds/papers.atom"])
def test_rss2email_mails_every_entry_whole(
    path: str,
    served: Served,
    mailbox: tuple[Mailbox, int],
    program: Callable[[str, str], str],
    tmp_path: Path,
) -> None:
    box, port = mailbox
    for _ in range(2):  # the second run finds nothing new
        run(program, f"{served.base_url}/{path}", port, tmp_path)

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


LONG = "https://code.example.com/?token=" + "a" * 1_500
ODD = catalogue(
    *(
        paper(title, "2026-05-26", abstract=f"{title} " * 50, tags=(title[:40],), links={"code": LONG, "pdf": LONG})
        for title in ("x" * 900, "two words " * 300, "云的论文研究与方法" * 90, "ورقة عن الغيوم" * 80, "बादलों" * 200)
    ),
    paper("Many authors", "2026-05-26", authors=tuple(f"Author {i}" for i in range(900)), abstract="plain " * 9_000),
    notes={"2026-05-26": f"[A note]({LONG}) ![with a picture]({LONG}.png) and {'字' * 3_000}"},
)


@pytest.mark.parametrize("html", ["True", "False"])
@pytest.mark.parametrize(
    ("path", "count"), [("feeds/digests.xml", 1), ("feeds/papers.atom", 6), ("feeds/weeks.xml", 1)]
)
def test_no_line_of_a_mail_that_rss2email_makes_is_too_long(
    path: str, count: int, html: str, mailbox: tuple[Mailbox, int], program: Callable[[str, str], str], tmp_path: Path
) -> None:
    box, port = mailbox
    files: dict[str, bytes] = {}
    with serving(files) as base_url:
        files.update(publish(ODD, Settings(title="Morning papers", base_url=base_url, feeds=Feeds(archives="none"))))
        run(program, f"{base_url}/{path}", port, tmp_path, html)
    assert len(box.mails) == count
