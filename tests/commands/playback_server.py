"""A server on loopback that plays back answers, with faults where a test wants them, and keeps what it was asked."""

import gzip
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Fault = Callable[["Handler", "Played"], None]


@dataclass(frozen=True)
class Played:
    """One answer: body, status, further headers, and the way it is sent when not as a whole."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Fault | None = None


@dataclass(frozen=True)
class Asked:
    """One request as it came: path, parameters, headers by lower-case name, moment in seconds, body, method."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    moment: float
    body: bytes = b""
    method: str = "GET"


class Playback(ThreadingHTTPServer):
    """Answers every request with what `play` returns for it; `asked` keeps the requests in order."""

    daemon_threads = True

    def __init__(self, play: Callable[[Asked], Played]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.play = play
        self.asked: list[Asked] = []
        self.is_halfway = Event()  # half an answer has been sent by `held_halfway`

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hung up: that is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    """One connection to the server."""

    protocol_version = "HTTP/1.1"
    server: Playback

    def do_POST(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        asked = Asked(parts.path, query, headers, time.monotonic(), body, self.command)
        self.server.asked.append(asked)
        played = self.server.play(asked)
        if played.fault:
            self.close_connection = True
            played.fault(self, played)
        else:
            self.begin(played, len(played.body))
            self.wfile.write(played.body)

    def begin(self, played: Played, length: int) -> None:
        self.send_response(played.status)
        for name, value in {"Content-Type": "application/json", **played.headers}.items():
            self.send_header(name, value)
        if played.status != 304:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        return


@contextmanager
def playing(play: Callable[[Asked], Played]) -> Iterator[Playback]:
    """Run a server until the end of the block."""
    with Playback(play) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.is_halfway.set()
            server.shutdown()


def drip(handler: Handler, played: Played) -> None:
    """Send a byte at a time, for longer than anyone should wait."""
    handler.begin(played, len(played.body))
    for byte in played.body:
        handler.wfile.write(bytes([byte]))
        time.sleep(0.05)


def drip_headers(handler: Handler, played: Played) -> None:
    """Never come to the end of the headers."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        handler.wfile.write(b"X-%d: y\r\n" % number)
        time.sleep(0.05)


def cut_off(handler: Handler, played: Played) -> None:
    """Promise the whole body and hang up in the middle."""
    handler.begin(played, len(played.body))
    handler.wfile.write(played.body[: len(played.body) // 2])


def too_short_a_length(handler: Handler, played: Played) -> None:
    """Name a length of half the body and send it all."""
    handler.begin(played, len(played.body) // 2)
    handler.wfile.write(played.body)


def hang_up(handler: Handler, played: Played) -> None:
    """Close the connection without a word."""


def held_halfway(handler: Handler, played: Played) -> None:
    """Send half of the body and hold the rest back until the server ends."""
    handler.begin(played, len(played.body))
    handler.wfile.write(played.body[: len(played.body) // 2])
    handler.wfile.flush()
    handler.server.is_halfway.set()
    time.sleep(30)


@cache
def bomb(megabytes: int) -> Played:
    """Return an answer of zeros that is a thousandth of its size on the way."""
    return Played(gzip.compress(b"0" * megabytes * 1024 * 1024), headers={"Content-Encoding": "gzip"})
