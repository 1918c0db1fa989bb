"""Builds for the server, in a process of their own that stays warm, so that pages are served meanwhile."""

import asyncio
import os
import signal
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from threading import Thread

from site_builder.problems import BuildError
from site_builder.themes import shipped_templates


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has to say: its last line, its problems, and whether it stopped before anything was written."""

    line: str
    problems: tuple[str, ...]
    is_stopped: bool


class Builder:
    """Builds one content folder into one output folder, one build at a time."""

    def __init__(self, content: Path, output: Path, base_url: str) -> None:
        self.output = output
        self.shipped = (shipped_templates(),)
        self._content = content
        self._base_url = base_url
        self._process = _process()

    def __enter__(self) -> "Builder":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.shutdown()

    async def build(self, now: datetime) -> Built:
        """Build the site as it is at a moment and return what there is to say about it."""
        words = (self._content, self.output, now, self._base_url)
        return await asyncio.get_running_loop().run_in_executor(self._process, _build, *words)

    def begin_anew(self) -> None:
        """Forget everything that a process keeps between builds: templates above all."""
        self._process.shutdown(wait=False)
        self._process = _process()


def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_live_with_the_server)


def _live_with_the_server() -> None:
    """Leave Ctrl-C to the server, which ends this process in good order, and end when the server was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = parent_process()
    if server is not None:
        Thread(target=_end_after, args=(server.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _build(content: Path, output: Path, now: datetime, base_url: str) -> Built:
    from site_builder.build import build
    from site_builder.report import report_line, summary

    started = time.monotonic()
    try:
        result = build(content, output, now, base_url=base_url)
    except BuildError as error:
        return Built("The site is as it was before.", tuple(str(error).split("\n")), is_stopped=True)
    except Exception:  # a defect of ours must not end the server
        return Built("The build failed.", tuple(traceback.format_exc().rstrip().split("\n")), is_stopped=True)
    problems = tuple(str(problem) for problem in result.problems)
    return Built(report_line(summary(result), result.counts, time.monotonic() - started), problems, is_stopped=False)
