"""A server on loopback that says any bytes at all, whether they are HTTP or not."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any


class RawServer(ThreadingTCPServer):
    """Answers every request with the bytes in `said`, and hangs up."""

    daemon_threads = True
    said = b""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hung up first."""


class _Handler(StreamRequestHandler):
    server: RawServer

    def handle(self) -> None:
        length = 0
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        self.rfile.read(length)
        with suppress(OSError):
            self.wfile.write(self.server.said)


@contextmanager
def raw_server() -> Iterator[RawServer]:
    """Run a server until the end of the block."""
    with RawServer(("127.0.0.1", 0), _Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
