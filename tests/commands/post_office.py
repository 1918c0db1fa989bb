"""A mail server on loopback that refuses, breaks off and stalls as it is told."""

import asyncio
import socket
import ssl
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.commands.places import needs


class PostOffice:
    """Keeps every mail it accepts.

    refuses: address → reply to RCPT; on_rcpt: the same for all others. per_session, offers_per_session: mails, or
    addresses, before it says 452. most_open: connections at once; busy: as many more are sent away in any case.
    on_data: number of mails kept so far → reply to DATA, or "break …" to break off without one, "break after …"
    once the mail is kept; "keep and say …" for what is neither yes nor no. users: name and password of every attempt
    to log in.
    """

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        self.refuses: dict[str, str] = {}
        self.on_data: Callable[[int], str] = lambda number: "250 kept"
        self.on_rcpt: Callable[[str], str] = lambda address: "250 OK"
        self.per_session = self.offers_per_session = self.most_open = 1_000_000
        self.open = self.busy = 0
        self.sessions = 0
        self.users: list[tuple[bytes, bytes]] = []

    @property
    def copies(self) -> Counter[str]:
        return Counter(address for address, _ in self.mails)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, host: str, answers: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = host
        session.mails = session.offers = 0  # type: ignore[attr-defined]
        return answers

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        session.offers += 1  # type: ignore[attr-defined]
        if session.mails == self.per_session or session.offers > self.offers_per_session:  # type: ignore[attr-defined]
            return "452 4.5.3 enough for this session"
        answer = self.refuses.get(address) or self.on_rcpt(address)
        if not answer.startswith("250"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert len(envelope.rcpt_tos) == 1
        answer = self.on_data(len(self.mails))
        if answer.startswith(("250", "break after", "keep and say ")):
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append((envelope.rcpt_tos[0], content))
            session.mails += 1  # type: ignore[attr-defined]
        if answer.startswith("break"):
            assert server.transport
            server.transport.abort()
            await asyncio.sleep(0)
        answer = answer.removeprefix("keep and say ")
        return "250 nobody hears this" if answer.startswith("break") else answer

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.users.append((data.login, data.password))
        return AuthResult(success=data.password == b"secret", handled=False)


class _Greeter(SMTP):
    """Takes as many connections as the office wants."""

    async def _handle_client(self) -> None:
        office = self.event_handler
        office.open += 1
        try:
            if office.busy or office.open > office.most_open:
                office.busy = max(0, office.busy - 1)
                await self.push("421 4.3.2 too busy")
                assert self.transport
                self.transport.close()
            else:
                await super()._handle_client()
        finally:
            office.open -= 1


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Greeter(self.handler, **self.SMTP_kwargs)


@contextmanager
def opened(office: PostOffice, **options: Any) -> Iterator[str]:
    """Open a post office on a free port and yield its host and port."""
    controller = _Controller(office, hostname="127.0.0.1", port=0, **options)
    controller.port = _free_port()
    controller.start()
    try:
        yield f"127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for loopback; return the context of a server that shows it, and the file to trust."""
    needs("openssl")
    key, file = folder / "key.pem", folder / "certificate.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run([*command.split(), "-keyout", key, "-out", file], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return context, file


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
