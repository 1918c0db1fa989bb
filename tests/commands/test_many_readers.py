"""Many readers over a slow server that refuses, delays and breaks off: each gets each edition once, in as many runs as
the time limit makes of it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from site_builder.commands.publish.announce import AnnounceContext, announce_feeds
from site_builder.commands.send import Order, send_mails
from site_builder.commands.send.delivery import BACKOFF, Pace
from site_builder.commands.send.editions import closed_editions
from site_builder.config.settings import read_settings
from tests.commands.post_office import PostOffice, opened
from tests.conftest import Site
from tests.mail.mailed import read_by_stdlib

READERS = 160
MINUTES = 1  # of a run
DELAY = 0.001  # seconds before each answer
DAYS = (datetime(2026, 5, 26, 8, tzinfo=UTC), datetime(2026, 5, 27, 8, tzinfo=UTC))
CONTENT = """
-- papers/a.yaml --
- {title: Sparse Clouds, listed: 2026-05-26}
- {title: Dense Rain, listed: 2026-05-27}
-- site.yaml --
title: Morning papers
base_url: https://digest.example.org
cards: none
related: none
author: {email: ed@example.org}
newsletter: {unsubscribe_url: "https://example.org/leave?reader={email}"}
publish: {readers: readers.csv}
"""


class Clock:
    """A clock that only pauses move, of whichever thread."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._lock = Lock()

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.seconds += seconds

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class SlowOffice(PostOffice):
    """Answers late, says 421 after some mails of a session and 452 after some readers, greylists every tenth reader for
    five minutes, and breaks off on every hundredth offer and, once the mail is there, on every three hundredth.
    """

    clock: Clock
    offers: int = 0
    seen: dict[str, float] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__()

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        await asyncio.sleep(DELAY)
        envelope.mail_from = address
        if session.mails < 20:
            return "250 OK"
        self.told["421"] += 1
        asyncio.get_running_loop().call_soon(server.transport.close)  # type: ignore[union-attr]
        return "421 4.7.0 enough"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        await asyncio.sleep(DELAY)
        self.offers += 1
        session.offers = getattr(session, "offers", 0) + 1
        if self.offers % 100 == 0:
            return self._break(server, "break before the mail")
        if session.offers > 15 and self.sessions % 2:
            self.told["452"] += 1
            return "452 4.5.3 too many of them"
        since = self.seen.setdefault(address, self.clock.seconds)
        if address.startswith("grey") and self.clock.seconds - since < 300:
            self.told["451"] += 1
            return "451 4.7.1 greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(DELAY)
        answer = await super().handle_DATA(server, session, envelope)
        return answer if self.offers % 300 else self._break(server, "break after the mail")

    def _break(self, server: SMTP, how: str) -> str:
        self.told[how] += 1
        assert server.transport
        server.transport.abort()
        return "250 nobody hears this"


def list_of(number: int) -> list[str]:
    return [f"{'grey' if each % 10 == 0 else 'reader'}{each}@example.org" for each in range(number)]


def called(day: datetime) -> str:
    return f"Papers of {day.day} May 2026"


def subject(content: bytes) -> str:
    return read_by_stdlib(content).headers["subject"][0]


@pytest.mark.parametrize("connections", [1, 4])
def test_each_reader_gets_each_edition_once_in_as_many_runs_as_the_time_limit_makes_of_it(
    build_site: Callable[..., Site], tmp_path: Path, connections: int
) -> None:
    readers, clock = list_of(READERS), Clock()
    (tmp_path / "readers.csv").write_text("\n".join(readers))
    content, output = tmp_path / "content", tmp_path / "output"
    server = SlowOffice(clock)
    with opened(server) as address:
        environment = {"BROADSHEET_SMTP_URL": f"smtp://{address}"}
        for day in DAYS:
            build_site(CONTENT, day)
            told = _announce(
                AnnounceContext(content, output, read_settings(content), environment, day, print), clock, connections
            )
            assert any("the time of 1 minute is over" in line for line in told)
            pace = Pace(1_000_000, connections, 60, (), clock.sleep, clock.monotonic)
            order = Order("daily", f"{day:%Y-%m-%d}", content, output, "", pace=pace)
            _resolve(server, order, day, environment)
    copies = Counter((address, subject(mail)) for address, mail in server.mails)
    assert copies == Counter((reader, called(day)) for day in DAYS for reader in readers)
    assert {"421", "451", "452"} < {*server.told}


def test_editions_that_go_out_in_one_run_share_its_time(build_site: Callable[..., Site], tmp_path: Path) -> None:
    build_site(CONTENT + "editions: {daily: {}, again: {every: daily}}\n", DAYS[0])
    (tmp_path / "readers.csv").write_text("\n".join(list_of(10)))
    content, clock, told, server = tmp_path / "content", Clock(), list[str](), PostOffice()
    with opened(server) as address:
        environment = {"BROADSHEET_SMTP_URL": f"smtp://{address}"}
        context = AnnounceContext(
            content, tmp_path / "output", read_settings(content), environment, DAYS[0], told.append
        )
        pace = Pace(rate=6, time_limit=1, sleep=clock.sleep, monotonic=clock.monotonic)
        for runs in (1, 2, 3):
            announce_feeds({}, replace(context, pace=pace))
            assert clock.seconds <= runs * 70
    assert Counter(server.copies.values()) == {2: 10}, told


def _announce(context: AnnounceContext, clock: Clock, connections: int) -> list[str]:
    """Announce, hour after hour, until all readers have what is on its way; return what was told."""
    told: list[str] = []
    for _ in range(20):
        begin = clock.seconds
        pace = Pace(120, connections, MINUTES, (60, 300), clock.sleep, clock.monotonic)
        announce_feeds({}, replace(context, tell=told.append, pace=pace))
        assert clock.seconds - begin <= MINUTES * 60 + sum(BACKOFF)
        if all(edition.sent for edition in closed_editions(context.content).of("daily")):
            return told
        clock.sleep(3600)
        context = replace(context, now=context.now + timedelta(hours=1))
    raise AssertionError(told)


def _resolve(server: SlowOffice, order: Order, now: datetime, environment: Mapping[str, str]) -> None:
    """Do what a person does about mails of which it is not known whether they arrived: look into the server's log."""
    readers = replace(order, list="readers.csv")
    file = order.content.parent / "some.csv"
    while unknown := [address for address, _ in send_mails(readers, environment, now).unknown]:
        had = {address for address, mail in server.mails if subject(mail) == called(now)}
        for answer, some in (("sent", had.intersection(unknown)), ("resend", {*unknown} - had)):
            file.write_text("\n".join(sorted(some)) or "# nobody")
            if some:
                send_mails(replace(order, list=file.name, unknown=answer), environment, now)
