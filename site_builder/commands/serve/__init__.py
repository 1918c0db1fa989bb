"""`broadsheet serve`: serve the site on this machine, rebuilding and reloading it when a file changes."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from watchfiles import Change, DefaultFilter, awatch

from site_builder.commands.serve.app import make_app
from site_builder.commands.serve.builder import Builder, Built, ServedFile
from site_builder.commands.serve.news import News
from site_builder.problems import BuildError, no_content_folder
from site_builder.themes import shipped_templates
from site_builder.write.interrupts import set_stop_handler

HOST = "127.0.0.1"
DEBOUNCE, STEP = 150, 20  # milliseconds: how long changes are gathered at most, and how quiet it must be before that
LOOK = 1000  # milliseconds after which the watched folders are looked up again
QUIET = 1  # seconds without a change before cleaning up
GRACE = 1  # seconds that open connections get when the server ends


def serve_site(content: Path, port: int, clock: Callable[[], datetime], tell: Callable[[str], None]) -> None:
    """Serve the site of a content folder on loopback until interrupted.

    port: 0 for any free one. clock: returns the current time. The site uses the server's address as its base URL and is
    not written to disk, so `output/` stays as published.
    Raises BuildError when there is no such folder or the port is taken.
    """
    if not content.is_dir():
        raise no_content_folder(content)
    with _listening(port) as listening, tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
        address = f"http://{HOST}:{listening.getsockname()[1]}"
        with Builder(content, address) as builder:
            serving = _Serving(content, builder, address, clock, tell)
            app = make_app(serving.find, serving.news, serving.lifespan, Path(folder))
            settings = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=GRACE)
            set_stop_handler(signal.default_int_handler)  # SIGTERM cleans up like Ctrl-C
            with suppress(KeyboardInterrupt):
                _Server(settings, serving).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Wakes waiting requests before it waits for its connections to close."""

    def __init__(self, config: uvicorn.Config, serving: "_Serving") -> None:
        super().__init__(config)
        self._serving = serving

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._serving.end()
        await super().shutdown(sockets)


class _Serving:
    """Keeps the site up to date while the server runs."""

    def __init__(
        self,
        content: Path,
        builder: Builder,
        address: str,
        clock: Callable[[], datetime],
        tell: Callable[[str], None],
    ) -> None:
        self.news = News()
        self._content = content
        self._builder = builder
        self._address = address
        self._clock = clock
        self._tell = tell
        self._problems: tuple[str, ...] = ()
        self._faults: tuple[str, ...] = ()
        self._is_changed = asyncio.Event()
        self._is_ended = asyncio.Event()

    async def find(self, address: str) -> ServedFile | None:
        """Return the file at an address; None when there is none, or when the server ends before it is rendered."""
        finding, ending = asyncio.create_task(self._find(address)), asyncio.create_task(self._is_ended.wait())
        await asyncio.wait((finding, ending), return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if self._is_ended.is_set():
            finding.cancel()
            return None
        return await finding

    async def _find(self, address: str) -> ServedFile | None:
        """Return the file at an address; rendering errors are reported in the terminal and on open pages."""
        found = await self._builder.answer(address)
        if found and found.faults and found.faults != self._faults:
            self._faults = found.faults
            self._say(*found.faults)
            self._publish(Built("", self._problems, faults=found.faults))
        return found

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Build before the first page is served, and again after every change."""
        tasks = [asyncio.create_task(self._watch())]
        await asyncio.sleep(0)  # start the watcher, so that changes during the first build are noticed
        self._say(f"Building {self._content} …")
        await self._build()
        self._say(f"Serving it at {self._address} (Ctrl-C stops it)")
        tasks.append(asyncio.create_task(self._rebuild()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def end(self) -> None:
        """Wake waiting requests."""
        self._is_ended.set()
        self.news.close()

    async def _watch(self) -> None:
        """Watch for changes, also while the site is being built, and in folders that are made or replaced later."""
        while True:
            watched = self._watched()
            changes = awatch(
                *watched,
                watch_filter=_Visible(),
                debounce=DEBOUNCE,
                step=STEP,
                rust_timeout=LOOK,
                yield_on_timeout=True,
            )
            async with aclosing(changes):
                with suppress(FileNotFoundError):  # a folder that is gone since
                    async for found in changes:
                        are_touched = any(Path(path) in watched for _, path in found)
                        is_other = are_touched or self._watched() != watched
                        if found or is_other:
                            self._is_changed.set()
                        if is_other:
                            break

    def _watched(self) -> dict[Path, int]:
        """Return the folders to watch, each with its inode, which another folder of that name does not have."""
        content = self._content.resolve()
        folders = (content, content.parent / "templates", shipped_templates())
        return {folder: folder.stat().st_ino for folder in folders if folder.is_dir()}

    async def _rebuild(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._is_changed.wait(), QUIET)
            except TimeoutError:
                await self._builder.tidy()
                await self._is_changed.wait()
            self._is_changed.clear()
            await self._build()

    async def _build(self) -> None:
        open_pages = dict.fromkeys(["", *self.news.open_pages])
        built = await self._builder.plan(self._clock(), tuple(open_pages))
        self._say(*built.problems, *built.faults, built.line)
        self._problems, self._faults = built.problems, built.faults
        self._publish(built)

    def _publish(self, built: Built) -> None:
        title = "Problems in the input"
        if built.faults:
            title = "A page could not be made"
        elif built.is_stopped:
            title = "The site could not be built; you see it as it was"
        self.news.publish(title, (*built.faults, *built.problems), is_new=not built.is_stopped and not built.faults)

    def _say(self, *lines: str) -> None:
        for line in lines:
            self._tell(line)
        sys.stdout.flush()


class _Visible(DefaultFilter):
    """Accepts files that a build reads; hidden files and temporary files of editors are ignored."""

    def __call__(self, change: Change, path: str) -> bool:
        name = Path(path).name
        return not name.startswith(".") and not name.endswith("~") and super().__call__(change, path)


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on loopback. Raises BuildError when the port is taken."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise BuildError(
            f"port {port} cannot be used ({os.strerror(error.errno or 0)}); name another with --port"
        ) from None
