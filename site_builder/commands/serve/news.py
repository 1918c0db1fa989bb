"""Server-Sent Events (HTML §9.2) that tell open pages the result of the newest build."""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Sequence

import orjson

MAX_PROBLEMS = 50  # shown on the page; the terminal shows all


class News:
    """Holds the newest build's message and wakes the pages that wait for one.

    version: identifies the present site; changes with every build that changes the site, and with every server.
    """

    def __init__(self) -> None:
        self._server = secrets.token_hex(4)
        self._builds = 0
        self._message = b""
        self._listeners: Counter[str] = Counter()
        self._is_closed = False
        self._news = asyncio.Event()

    @property
    def version(self) -> str:
        return f"{self._server}-{self._builds}"

    @property
    def open_pages(self) -> tuple[str, ...]:
        """The addresses of the pages that wait for news."""
        return tuple(+self._listeners)

    def publish(self, title: str, problems: Sequence[str], *, is_new: bool) -> None:
        """Send all open pages a list of problems with a title. is_new: whether the site has changed."""
        self._builds += is_new
        message = {
            "version": self.version,
            "title": title,
            "problems": [text.encode("utf-8", "replace").decode() for text in problems[:MAX_PROBLEMS]],
            "more": max(0, len(problems) - MAX_PROBLEMS),
        }
        self._message = b"data: " + orjson.dumps(message) + b"\n\n"
        self._wake()

    def close(self) -> None:
        """End the connections of all open pages."""
        self._is_closed = True
        self._wake()

    async def events(self, page: str) -> AsyncIterator[bytes]:
        """Yield the newest message, then each one that follows. page: address of the page that listens."""
        self._listeners[page] += 1
        try:
            while not self._is_closed:
                news = self._news
                if self._message:
                    yield self._message
                await news.wait()
        finally:
            self._listeners[page] -= 1

    def _wake(self) -> None:
        waiting, self._news = self._news, asyncio.Event()
        waiting.set()
