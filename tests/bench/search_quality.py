"""Measure the search at full size: `python tests/bench/search_quality.py PAPERS.jsonl.gz [COUNT]`.

Takes COUNT papers (10,000) of a file with one paper a line, makes their search page as a build does, serves it with
compression on loopback, and types the first half of 100 titles, taken at random, into it in the system's Chromium. Each
query runs in a page that was just opened, so its weight is that of a first query.
"""

import gzip
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

import orjson
from playwright.sync_api import Page, Playwright, sync_playwright

from site_builder.catalogue import make_catalogue
from site_builder.catalogue.model import Catalogue
from site_builder.pagefind import make_index
from site_builder.pages import assets, search
from site_builder.papers import make_papers
from site_builder.papers.paper import Paper
from site_builder.problems import Problems
from site_builder.render import render_pages
from site_builder.render.search_index import render_search_index
from site_builder.render.site import Site
from site_builder.render.text import plain_text
from site_builder.settings import Settings
from site_builder.sources import read_sources
from site_builder.themes import template_folders
from tests.browser.screenshots import launch

COUNT, QUERIES, SEED = 10_000, 100, 11
TEXT = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def read_papers(file: Path, count: int, content: Path) -> Catalogue:
    """Return the catalogue of papers taken at random from the file."""
    lines = gzip.decompress(file.read_bytes()).splitlines()
    by_day: dict[str, list[bytes]] = defaultdict(list)
    for line in random.Random(SEED).sample(lines, count):  # noqa: S311 - which papers is no secret
        by_day[orjson.loads(line)["date"]].append(line)
    (content / "papers").mkdir(parents=True)
    for day, papers in by_day.items():
        (content / "papers" / f"{day}.jsonl").write_bytes(b"\n".join(papers))
    problems = Problems()
    sources = read_sources(content, problems)
    return make_catalogue(make_papers(sources, Settings(), problems), sources, Settings(), problems)


def make_site(catalogue: Catalogue) -> dict[str, bytes]:
    """Return the search page and all that it loads, by path."""
    folders = template_folders(Settings())
    pages = [*assets.plan(folders), *search.plan(catalogue, Settings())]
    site = Site(Settings(), catalogue, {page.path: page for page in pages}, folders, NOW)
    files = {file.path: file.content() for file in render_pages(pages, site)}
    return files | dict(render_search_index(site, make_index))


@contextmanager
def served(files: dict[str, bytes], sent: list[tuple[str, int]]) -> Iterator[str]:
    """Serve the files as a host does, texts compressed; note the path and size of each answer."""

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].lstrip("/")
            if path not in files:
                self.send_error(404)
                return
            kind = TEXT.get(Path(path).suffix)
            body = gzip.compress(files[path], 6) if kind else files[path]
            self.send_response(200)
            self.send_header("Content-Type", kind or "application/octet-stream")
            if kind:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            sent.append((path, len(body)))

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True, slots=True)
class Measured:
    """What the queries gave.

    missed: what was typed, what came first, and what should have; before: bytes loaded before the first key, parts:
    the same by path; queries: bytes of each query, the lightest first; seconds: from the last key to the results.
    """

    missed: list[str]
    before: int
    parts: dict[str, int]
    queries: list[int]
    seconds: list[float]


def measure(playwright: Playwright, papers: list[Paper], address: str, sent: list[tuple[str, int]]) -> Measured:
    """Type the first half of each title; tell what came first, how much was loaded, and how long it took."""
    browser = launch(playwright)
    measured = Measured([], 0, {}, [], [])
    for paper in papers:
        title = plain_text(paper.title)
        half = title[: len(title) // 2].rstrip()
        page = browser.new_page()
        sent.clear()
        page.goto(f"{address}/search.html")
        while not {".pf_meta", ".pagefind"} <= {Path(path).suffix for path, _ in sent}:
            page.wait_for_timeout(20)
        page.wait_for_timeout(150)  # the engine unpacks what it has loaded
        measured.parts.update(sent)
        sent.clear()
        started = time.monotonic()
        first = ask(page, half)
        measured.seconds.append(time.monotonic() - started)
        measured.queries.append(sum(size for _, size in sent))
        if first != title:
            measured.missed.append(f"{half!r}: {first!r}, not {title!r}")
        page.close()
    browser.close()
    return replace(measured, before=sum(measured.parts.values()), queries=sorted(measured.queries))


def tell(measured: Measured) -> None:
    """Print the figures."""
    count, kilobytes = len(measured.queries), [size / 1000 for size in measured.queries]
    print(f"the paper whose title is typed in half comes first: {count - len(measured.missed)} of {count}")
    print(f"before the first query: {measured.before / 1000:.1f} kB, page, style and scripts included")
    for path, size in sorted(measured.parts.items()):
        print(f"  {size / 1000:6.1f} kB {path}")
    late = kilobytes[94 * count // 100]
    print(f"a query: median {median(kilobytes):.0f} kB, 95th percentile {late:.0f} kB, most {kilobytes[-1]:.0f} kB")
    print(
        f"from the last key to the results: median {median(measured.seconds):.2f} s, most {max(measured.seconds):.2f} s"
    )
    print(*measured.missed, sep="\n")


def ask(page: Page, query: str) -> str:
    """Return the title of the first result, empty when nothing is found."""
    page.get_by_role("searchbox").fill(query)
    page.wait_for_function("() => /^[\\d,]+ papers?$|^No paper/.test(document.querySelector('#found').textContent)")
    return page.evaluate("() => document.querySelector('.results h3')?.textContent ?? ''")


if __name__ == "__main__":
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        catalogue = read_papers(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COUNT, Path(folder))
        started = time.monotonic()
        files = make_site(catalogue)
        size = sum(map(len, files.values())) / 1e6
        print(f"{len(catalogue.papers)} papers: {len(files)} files, {size:.1f} MB, {time.monotonic() - started:.1f} s")
        sent: list[tuple[str, int]] = []
        with served(files, sent) as address:
            tell(measure(playwright, random.Random(SEED).sample(catalogue.papers, QUERIES), address, sent))  # noqa: S311
