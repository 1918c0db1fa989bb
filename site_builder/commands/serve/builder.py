"""A separate process that plans the site and renders pages, so that server and builder stay responsive."""

import asyncio
import gc
import os
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from site_builder.collection import collect_rarely

if TYPE_CHECKING:  # the server process imports nothing of a build
    from site_builder.commands.serve.on_demand import SiteOnDemand

Words = ParamSpec("Words")
T = TypeVar("T")

_ENDED = "The process that builds was ended from outside, perhaps for want of memory; the next change starts another."


@dataclass(frozen=True, slots=True)
class Built:
    """Result of a build: its last line, the problems of the input, and whether it failed, leaving the site as it was.

    faults: why open pages could not be rendered.
    """

    line: str
    problems: tuple[str, ...]
    is_stopped: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file of the site. faults: why it could not be rendered; content is then empty."""

    path: str
    content: bytes
    faults: tuple[str, ...] = ()


class Builder:
    """Runs one job at a time in its process: builds of one content folder, and pages of its site."""

    def __init__(self, content: Path, base_url: str) -> None:
        self._site = (content, base_url)
        self._process = make_process()

    def __enter__(self) -> "Builder":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.shutdown()

    async def plan(self, now: datetime, open_pages: tuple[str, ...]) -> Built:
        """Plan the site as of a given time and return the report.

        open_pages: addresses to render at once, to find their errors.
        """
        try:
            return await self._do(_plan, *self._site, now, open_pages)
        except BrokenExecutor:
            return Built(_ENDED, (), is_stopped=True)

    async def answer(self, address: str) -> ServedFile | None:
        """Return the rendered file at an address; None when the site has none."""
        try:
            return await self._do(_answer, *self._site, address)
        except BrokenExecutor:
            return None

    async def tidy(self) -> None:
        """Free the memory of earlier sites; call it in quiet times, as pages wait for it."""
        with suppress(BrokenExecutor):
            await self._do(gc.collect)

    async def _do(self, job: Callable[Words, T], *words: Words.args, **_: Words.kwargs) -> T:
        process = self._process
        try:
            return await asyncio.get_running_loop().run_in_executor(process, job, *words)
        except BrokenExecutor:
            if process is self._process:
                self._process = make_process()
            raise


def make_process() -> ProcessPoolExecutor:
    """Return a pool of one process that ends with the server."""
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_live_with_the_server)


def _live_with_the_server() -> None:
    """Ignore Ctrl-C, which the server handles, and exit when the server is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = parent_process()
    if server is not None:
        Thread(target=_end_after, args=(server.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


@cache
def _site(content: Path, base_url: str) -> "SiteOnDemand":
    """Return the site kept by this process."""
    collect_rarely()
    from site_builder.commands.serve.on_demand import SiteOnDemand

    return SiteOnDemand(content, base_url)


def _plan(content: Path, base_url: str, now: datetime, open_pages: tuple[str, ...]) -> Built:
    return _site(content, base_url).plan(now, open_pages)


def _answer(content: Path, base_url: str, address: str) -> ServedFile | None:
    return _site(content, base_url).answer(address)
