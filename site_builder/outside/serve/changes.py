"""The news that open pages wait for: what the newest build had to say, as Server-Sent Events (HTML §9.2)."""

import asyncio
import secrets
from collections.abc import AsyncIterator

import orjson

from site_builder.outside.serve.builder import Built

MAX_PROBLEMS = 50  # shown on the page; the terminal has them all


class Changes:
    """Holds the newest build and wakes all who wait for a newer one.

    version: names the site as it is now; it changes with every build that changed the site, and with every server.
    """

    def __init__(self) -> None:
        self._server = secrets.token_hex(4)
        self._builds = 0
        self._message = b""
        self._is_closed = False
        self._news = asyncio.Event()

    @property
    def version(self) -> str:
        return f"{self._server}-{self._builds}"

    def publish(self, built: Built) -> None:
        """Tell all open pages about a build."""
        self._builds += not built.is_stopped
        more = max(0, len(built.problems) - MAX_PROBLEMS)
        told = {
            "version": self.version,
            "is_stopped": built.is_stopped,
            "problems": [text.encode("utf-8", "replace").decode() for text in built.problems[:MAX_PROBLEMS]],
            "more": more,
        }
        self._message = b"data: " + orjson.dumps(told) + b"\n\n"
        self._wake()

    def close(self) -> None:
        """Let all open pages go."""
        self._is_closed = True
        self._wake()

    async def events(self) -> AsyncIterator[bytes]:
        """Yield an event for the newest build, and one for each that follows."""
        while not self._is_closed:
            news = self._news
            if self._message:
                yield self._message
            await news.wait()

    def _wake(self) -> None:
        waiting, self._news = self._news, asyncio.Event()
        waiting.set()
