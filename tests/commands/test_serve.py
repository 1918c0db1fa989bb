"""Serving on this machine: pages, what must not be seen, and the real Chromium that shows every change by itself."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect, sync_playwright

from site_builder.cli import main
from tests.browser.programs import need
from tests.browser.screenshots import CHROMIUM, launch
from tests.conftest import write_content
from tests.factories import TEMPLATES

CONTENT = """\
-- site.yaml --
title: The Small Digest
-- papers/a.yaml --
- {title: Sparse Clouds, listed: 2026-05-27}
"""

THEME = """\
-- plain/pages/home.html --
<!doctype html><title>x</title><body><p>Version one</p>
"""


class Serving:
    """A server that runs in a process of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.content = folder / "content"
        write_content(self.content, CONTENT)
        write_content(folder / "templates", THEME)
        (folder / "temporary").mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "site_builder", "serve", "--port", "0", "--content", str(self.content)],
            env={**os.environ, "TMPDIR": str(folder / "temporary")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.told = list(self.lines_until("Serving"))
        self.address = re.search(r"http://\S+", self.told[-1])[0]

    def lines_until(self, word) -> Iterator[str]:
        for line in self.process.stdout:
            yield line
            if line.startswith(word):
                return

    def ask(self, method, path, **headers):
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=10)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def get(self, path, **headers):
        answer, body = self.ask("GET", path, **headers)
        return answer.status, answer.getheader("Content-Type"), body.decode()

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=20)
        return self.process.returncode, rest


@pytest.fixture
def serving(tmp_path):
    made = Serving(tmp_path)
    yield made
    made.process.kill()
    made.process.communicate(timeout=20)


@pytest.fixture
def page():
    need(CHROMIUM)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        yield page
        browser.close()


def test_pages_are_served_as_a_host_would_and_fresh(serving):
    status, kind, body = serving.get("/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "The Small Digest" in body
    assert body.index("Content-Security-Policy") < body.index("/-/reload.js") < body.index("</head>")
    assert serving.get("/days/2026-05-27.html")[0] == 200
    assert serving.get("/api/tags.json")[:2] == (200, "application/json")
    assert serving.get("/assets/style.css")[:2] == (200, "text/css; charset=utf-8")
    status, _, body = serving.get("/nowhere")
    assert status == 404
    assert "The Small Digest" in body


@pytest.mark.parametrize(
    ("path", "title"), [("/", "The Small Digest"), ("/tags/", "Tags"), ("/tags", "Tags"), ("/tags/index.html", "Tags")]
)
def test_a_folder_is_its_index(serving, path, title):
    status, _, body = serving.get(path)
    assert status == 200
    assert f"<title>{title}" in body


def test_a_part_of_a_file_is_given_and_its_head_alone(serving):
    _, whole = serving.ask("GET", "/feeds/digests.xml")
    answer, part = serving.ask("GET", "/feeds/digests.xml", Range="bytes=5-9")
    assert (answer.status, part) == (206, whole[5:10])
    assert answer.getheader("Content-Range") == f"bytes 5-9/{len(whole)}"
    answer, body = serving.ask("HEAD", "/feeds/digests.xml")
    assert (answer.status, answer.getheader("Content-Length"), body) == (200, str(len(whole)), b"")
    answer, body = serving.ask("HEAD", "/")
    assert (answer.status, body) == (200, b"")
    deadline = time.monotonic() + 10  # a part is removed behind its answer
    while (left := list((serving.folder / "temporary").glob("*/*"))) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert left == []


@pytest.mark.parametrize(
    "path", ["/.broadsheet/ledger.json", "/../content/site.yaml", "/%2e%2e/site.yaml", "/-/app.py"]
)
def test_only_the_site_is_served(serving, path):
    assert serving.get(path)[0] == 404


def test_other_names_for_this_machine_are_refused(serving):
    assert serving.get("/", Host="rebound.example")[0] == 400


def test_nothing_is_written_beside_the_content_and_nothing_is_left_behind(serving):
    status, rest = serving.end()
    assert (status, rest) == (0, "")
    assert [file.name for file in sorted(serving.folder.iterdir())] == ["content", "templates", "temporary"]
    assert list((serving.folder / "temporary").iterdir()) == []


def test_a_page_that_is_open_does_not_hold_the_server(serving):
    connection = HTTPConnection(urlsplit(serving.address).netloc, timeout=10)
    connection.request("GET", "/-/events")
    assert connection.getresponse().readline().startswith(b"data: {")
    assert serving.end() == (0, "")
    connection.close()


def test_ended_politely_it_cleans_up_too(serving):
    assert serving.end(signal.SIGTERM)[0] == 0
    assert list((serving.folder / "temporary").iterdir()) == []


def test_a_port_that_is_taken_is_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        result = CliRunner().invoke(main, ["serve", "--port", port, "--content", str(tmp_path)])
    assert result.exit_code == 2
    assert result.output == f"port {port} cannot be used (Address already in use); name another with --port\n"


def test_a_missing_folder_is_one_line(tmp_path):
    result = CliRunner().invoke(main, ["serve", "--content", str(tmp_path / "nowhere")])
    assert result.exit_code == 2
    assert "there is no content folder" in result.output


def test_a_change_of_a_list_is_shown_without_a_hand_on_the_browser(serving, page):
    page.goto(serving.address)
    expect(page.get_by_text("Sparse Clouds").first).to_be_visible()
    list_file = serving.content / "papers" / "a.yaml"
    list_file.write_text("- {title: Counting Sheep, listed: 2026-05-27}\n")
    expect(page.get_by_text("Counting Sheep").first).to_be_visible()
    expect(page.get_by_text("Sparse Clouds")).to_have_count(0)
    (serving.content / "notes").mkdir()
    (serving.content / "notes" / "2026-05-27.md").write_text("A word about sheep.\n")
    expect(page.get_by_text("A word about sheep.").first).to_be_visible()


def test_problems_lie_over_the_page_as_text_until_they_are_gone(serving, page):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(serving.address)
    box = page.locator("#broadsheet-problems")
    expect(box).to_have_count(0)
    (serving.content / "site.yaml").write_text("titel: <img src=x onerror=alert(1)>\n")
    expect(box).to_contain_text('site.yaml:1: unknown key "titel"; did you mean "title"?')
    expect(box).to_contain_text("The site could not be built; you see it as it was")
    expect(page.get_by_text("The Small Digest").first).to_be_visible()
    (serving.content / "papers" / "a.yaml").write_text("- {title: <img src=x onerror=alert(2)>, listed: 2026-02-30}\n")
    (serving.content / "site.yaml").write_text("title: The Small Digest\n")
    expect(box).to_contain_text("Problems in the input")
    expect(box).to_contain_text('papers/a.yaml:1: listed "2026-02-30" is no date of the calendar')
    assert box.locator("img").count() == 0
    box.get_by_role("button", name="Close").click()
    expect(box).to_have_count(0)
    (serving.content / "papers" / "a.yaml").write_text("- {title: Sparse Clouds, listed: 2026-05-27}\n")
    expect(page.get_by_text("Sparse Clouds").first).to_be_visible()
    expect(box).to_have_count(0)
    assert refused == []


def test_problems_and_a_site_that_stopped_are_told_in_the_terminal(serving):
    (serving.content / "papers" / "a.yaml").write_text("- {title: Sparse Clouds, listed: 2026-02-30}\n")
    told = list(serving.lines_until('papers/a.yaml:1: listed "2026-02-30" is no date of the calendar'))
    assert told
    *_, last = serving.lines_until("1 file read")
    assert ", 2 problems, " in last
    (serving.content / "site.yaml").write_text("titel: A\n")
    told = list(serving.lines_until("The site is as it was before."))
    assert 'site.yaml:1: unknown key "titel"; did you mean "title"?' in told[-2]
    assert serving.get("/")[0] == 200


def test_a_change_of_a_template_is_shown(serving, page):
    page.goto(serving.address)
    (serving.content / "site.yaml").write_text("title: The Small Digest\ntheme: plain\n")
    expect(page.get_by_text("Version one")).to_be_visible()
    template = serving.folder / "templates" / "plain" / "pages" / "home.html"
    template.write_text(template.read_text().replace("one", "two"))
    expect(page.get_by_text("Version two")).to_be_visible()


def override(serving, name, added):
    """Write a template of the default theme, with something more in its main part, into the site's own folder."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    begin = "{% block main %}"
    assert begin in text
    file = serving.folder / "templates" / "default" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(begin, begin + added))


def test_a_broken_template_lies_over_the_page_as_it_was_until_it_is_mended(serving, page):
    page.goto(serving.address)
    override(serving, "pages/home.html", "{{ nothing_of_this_name }}")
    box = page.locator("#broadsheet-problems")
    expect(box).to_contain_text("A page could not be made")
    expect(box).to_contain_text("templates/default/pages/home.html:")
    expect(page.get_by_text("Sparse Clouds").first).to_be_visible()
    *_, last = serving.lines_until("  templates/default/pages/home.html:")
    assert "'nothing_of_this_name' is undefined" in last
    override(serving, "pages/home.html", "<p>Mended</p>")
    expect(page.get_by_text("Mended")).to_be_visible()
    expect(box).to_have_count(0)


def test_a_page_that_is_opened_and_cannot_be_made_says_why_and_is_shown_when_it_can_be(serving, page):
    override(serving, "pages/day.html", "{{ nothing_of_this_name }}")
    assert list(serving.lines_until("1 file read"))
    answer = page.goto(f"{serving.address}/days/2026-05-27.html")
    assert answer.status == 500
    expect(page.get_by_text("This page could not be made.")).to_be_visible()
    expect(page.locator("#broadsheet-problems")).to_contain_text("templates/default/pages/day.html:")
    *_, last = serving.lines_until("  templates/default/pages/day.html:")
    assert "'nothing_of_this_name' is undefined" in last
    override(serving, "pages/day.html", "<p>Mended</p>")
    expect(page.get_by_text("Mended")).to_be_visible()
    expect(page.get_by_text("Sparse Clouds").first).to_be_visible()
    expect(page.locator("#broadsheet-problems")).to_have_count(0)


def test_only_pages_that_are_open_are_made_after_a_change(serving):
    override(serving, "pages/day.html", "{{ nothing_of_this_name }}")
    assert list(serving.lines_until("1 file read"))
    connection = HTTPConnection(urlsplit(serving.address).netloc, timeout=10)
    connection.request("GET", "/-/events?page=%2Fdays%2F2026-05-27.html")
    assert connection.getresponse().readline().startswith(b"data: {")
    list_file = serving.content / "papers" / "a.yaml"
    list_file.write_text("- {title: Sparse Clouds, listed: 2026-05-27, upvotes: 1}\n")
    assert any("day.html:" in line for line in serving.lines_until("1 file read"))
    connection.close()
    serving.get("/")
    list_file.write_text("- {title: Sparse Clouds, listed: 2026-05-27, upvotes: 2}\n")
    assert not any("day.html:" in line for line in serving.lines_until("1 file read"))


def test_related_papers_stand_on_the_page_of_a_paper(serving, page):
    papers = "".join(
        f"- {{title: Sparse Clouds of Rain {n}, listed: 2026-05-27, tags: [Rain, Fog]}}\n" for n in range(3)
    )
    (serving.content / "papers" / "a.yaml").write_text(papers + "- {title: Sheep, listed: 2026-05-27}\n")
    list(serving.lines_until("1 file read"))
    page.goto(serving.address)
    page.get_by_role("link", name="Sparse Clouds of Rain 1").first.click()
    related = page.get_by_role("region", name="Related papers")
    expect(related).to_contain_text("Sparse Clouds of Rain 2")
    (serving.content / "papers" / "a.yaml").write_text(papers.replace("Rain 2", "Snow"))
    expect(related).to_contain_text("Sparse Clouds of Snow")


def test_papers_are_found_as_soon_as_they_are_there(serving, page):
    page.goto(f"{serving.address}/search.html")
    page.get_by_role("searchbox").fill("clouds")
    expect(page.locator(".results h3")).to_have_text(["Sparse Clouds"])
    with (serving.content / "papers" / "a.yaml").open("a") as file:
        file.write("- {title: Dense Clouds, listed: 2026-05-26}\n")
    expect(page.locator(".results h3")).to_have_count(2)
    page.locator(".results").get_by_role("link", name="Dense Clouds").click()
    expect(page.get_by_role("heading", name="Dense Clouds")).to_be_visible()
    assert serving.get("/search/nothing.json")[0] == 404


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux tells the children of a process")
def test_a_builder_that_is_ended_from_outside_is_told_and_the_next_change_starts_another(serving):
    own = serving.process.pid
    children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
    (builder,) = (child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes())
    os.kill(int(builder), signal.SIGKILL)
    list_file = serving.content / "papers" / "a.yaml"
    list_file.write_text("- {title: Counting Sheep, listed: 2026-05-27}\n")
    assert list(serving.lines_until("The process that builds was ended from outside"))
    list_file.write_text("- {title: Counting Cows, listed: 2026-05-27}\n")
    assert list(serving.lines_until("1 file read"))
    assert "Counting Cows" in serving.get("/")[2]
