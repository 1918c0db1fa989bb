"""A site's feeds on a local HTTP server, for real programs to read."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from site_builder.config.settings import Feeds, Settings
from site_builder.model.catalogue import Catalogue
from tests.factories import catalogue, paper
from tests.feeds.published import publish

TYPES = {".xml": "application/rss+xml", ".rss": "application/rss+xml", ".atom": "application/atom+xml"}


@dataclass(frozen=True)
class Served:
    """The documents of the feeds and the address they are served at."""

    files: Mapping[str, bytes]
    base_url: str


@pytest.fixture
def program() -> Callable[[str, str], str]:
    """Return a way to a program; without it a test is skipped, and fails where CI is set."""

    def find(name: str, package: str) -> str:
        beside_python = Path(sys.executable).parent / name
        found = str(beside_python) if beside_python.exists() else shutil.which(name)
        if found is None:
            message = f"{name} is missing: install {package}"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        return found

    return find


@pytest.fixture
def newspaper() -> Catalogue:
    """Six days of papers with what readers stumble over: markup in titles, right to left, a note, many authors."""
    papers = [
        paper(f"Paper {i} of day {day}", f"2026-05-{day:02}", abstract="All is <well> & good. " * 90, tags=("A",))
        for day in range(11, 17)
        for i in range(5)
    ]
    odd = paper(
        "Is 1 < 2 & ]]> <b>so</b>? ورقة 🧑‍🔬",
        "2026-05-16",
        abstract="It takes $O(n^2)$ steps. \x0b<script>alert(1)</script>",
        authors=tuple(f"Author {i}" for i in range(600)),
    )
    return catalogue(*papers, odd, notes={"2026-05-16": "A *note* with a [link](about.html)."})


@pytest.fixture
def served(newspaper: Catalogue) -> Iterator[Served]:
    """The feeds of the newspaper, served from memory."""
    files: dict[str, bytes] = {}
    with serving(files) as base_url:
        settings = Settings(title="Morning papers", base_url=base_url, feeds=Feeds(entries=200, archives="none"))
        files.update(publish(newspaper, settings))
        yield Served(files, base_url)


@contextmanager
def serving(files: Mapping[str, bytes]) -> Iterator[str]:
    """Serve documents on loopback and yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            document = files.get(self.path.lstrip("/"))
            self.send_response(404 if document is None else 200)
            self.send_header("Content-Type", TYPES.get(Path(self.path).suffix, "text/plain"))
            self.send_header("Content-Length", str(len(document or b"")))
            self.end_headers()
            self.wfile.write(document or b"")

        def log_message(self, format: str, *arguments: Any) -> None:
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
