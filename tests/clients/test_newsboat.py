"""Newsboat reads the feeds over HTTP: every entry, date and body arrives."""

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.clients.conftest import Served
from tests.feeds.published import read

FEEDS = [(path, ending) for path in ("feeds/digests", "feeds/papers", "feeds/weeks") for ending in (".xml", ".atom")]


@pytest.mark.parametrize(("path", "ending"), [*FEEDS, ("feeds/tags/a/papers", ".atom")])
def test_newsboat_stores_every_entry_as_it_is(
    path: str, ending: str, served: Served, program: Callable[[str, str], str], tmp_path: Path
) -> None:
    newsboat = program("newsboat", "the Debian package newsboat")
    url = f"{served.base_url}/{path}{ending}"
    urls, settings, cache = tmp_path / "urls", tmp_path / "config", tmp_path / "cache.db"
    urls.write_text(f"{url}\n")
    settings.write_text("download-retries 1\n")
    command = [newsboat, "-q", "-u", str(urls), "-C", str(settings), "-c", str(cache), "-x", "reload"]
    home = {"HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "dumb", "PATH": "/usr/bin:/bin"}
    subprocess.run(command, check=True, env=home, timeout=60, capture_output=True)

    with closing(sqlite3.connect(cache)) as database:
        feeds = database.execute("SELECT title, url FROM rss_feed").fetchall()
        items = database.execute("SELECT guid, title, url, pubDate, content, author FROM rss_item").fetchall()
    feed = read(served.files, path + ending)
    assert feeds == [(feed.title, feed.home)]
    stored = {guid: (title, link, date) for guid, title, link, date, _, _ in items}
    assert stored == {entry.guid: (entry.title, entry.url, int(entry.published.timestamp())) for entry in feed.entries}
    bodies = {guid: content for guid, _, _, _, content, _ in items}
    assert {entry.guid: entry.html.strip() for entry in feed.entries} == {
        guid: body.strip() for guid, body in bodies.items()
    }
    assert {guid: bool(author) for guid, *_, author in items} == {e.guid: bool(e.authors) for e in feed.entries}
