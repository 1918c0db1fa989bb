"""The news that open pages wait for: what the newest build had to say, as Server-Sent Events (HTML §9.2)."""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Sequence

import orjson

MAX_PROBLEMS = 50  # shown on the page; the terminal has them all


class News:
    """Holds the newest build's news and wakes all who wait for newer ones.

    version: names the site as it is now; it changes with every build that changed the site, and with every server.
    """

    def __init__(self) -> None:
        self._server = secrets.token_hex(4)
        self._builds = 0
        self._message = b""
        self._open: Counter[str] = Counter()
        self._is_closed = False
        self._news = asyncio.Event()

    @property
    def version(self) -> str:
        return f"{self._server}-{self._builds}"

    @property
    def open_pages(self) -> tuple[str, ...]:
        """Return the addresses of the pages that wait for news."""
        return tuple(+self._open)

    def publish(self, title: str, problems: Sequence[str], *, is_new: bool) -> None:
        """Tell all open pages what is wrong, in a box with a title; is_new: the site is another one."""
        self._builds += is_new
        told = {
            "version": self.version,
            "title": title,
            "problems": [text.encode("utf-8", "replace").decode() for text in problems[:MAX_PROBLEMS]],
            "more": max(0, len(problems) - MAX_PROBLEMS),
        }
        self._message = b"data: " + orjson.dumps(told) + b"\n\n"
        self._wake()

    def close(self) -> None:
        """Let all open pages go."""
        self._is_closed = True
        self._wake()

    async def events(self, page: str) -> AsyncIterator[bytes]:
        """Yield an event for the newest news, and one for each that follows, to the page of an address."""
        self._open[page] += 1
        try:
            while not self._is_closed:
                news = self._news
                if self._message:
                    yield self._message
                await news.wait()
        finally:
            self._open[page] -= 1

    def _wake(self) -> None:
        waiting, self._news = self._news, asyncio.Event()
        waiting.set()
