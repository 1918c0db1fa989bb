"""Serving on this machine: pages, what must not be seen, and what the terminal tells."""

import os
import shutil
import signal
import socket
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from tests.commands.serving import Serving, override


@pytest.fixture
def serving(tmp_path):
    with Serving(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve a site that nobody changes or ends."""
    with Serving(tmp_path_factory.mktemp("served")) as made:
        yield made


def test_pages_are_served_as_a_host_would_and_fresh(served):
    status, kind, body = served.get("/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "The Small Digest" in body
    assert body.index("Content-Security-Policy") < body.index("/-/reload.js") < body.index("</head>")
    assert served.get("/days/2026-05-27.html")[0] == 200
    assert served.get("/api/tags.json")[:2] == (200, "application/json")
    assert served.get("/assets/style.css")[:2] == (200, "text/css; charset=utf-8")
    status, _, body = served.get("/nowhere")
    assert status == 404
    assert "The Small Digest" in body


@pytest.mark.parametrize(
    ("path", "title"), [("/", "The Small Digest"), ("/tags/", "Tags"), ("/tags", "Tags"), ("/tags/index.html", "Tags")]
)
def test_a_folder_is_its_index(served, path, title):
    status, _, body = served.get(path)
    assert status == 200
    assert f"<title>{title}" in body


def test_a_part_of_a_file_is_given_and_its_head_alone(served):
    _, whole = served.ask("GET", "/feeds/digests.xml")
    answer, part = served.ask("GET", "/feeds/digests.xml", Range="bytes=5-9")
    assert (answer.status, part) == (206, whole[5:10])
    assert answer.getheader("Content-Range") == f"bytes 5-9/{len(whole)}"
    answer, body = served.ask("HEAD", "/feeds/digests.xml")
    assert (answer.status, answer.getheader("Content-Length"), body) == (200, str(len(whole)), b"")
    answer, body = served.ask("HEAD", "/")
    assert (answer.status, body) == (200, b"")
    deadline = time.monotonic() + 10  # a part is removed behind its answer
    while (left := list((served.folder / "temporary").glob("*/*"))) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert left == []


@pytest.mark.parametrize(
    "path", ["/.broadsheet/ledger.json", "/../content/site.yaml", "/%2e%2e/site.yaml", "/-/app.py"]
)
def test_only_the_site_is_served(served, path):
    assert served.get(path)[0] == 404


def test_other_names_for_this_machine_are_refused(served):
    assert served.get("/", Host="rebound.example")[0] == 400


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


def test_a_content_folder_that_a_checkout_removed_and_made_anew_is_watched(serving):
    shutil.copytree(serving.content, serving.folder / "copy")
    shutil.rmtree(serving.content)
    assert list(serving.lines_until("The site is as it was before."))
    shutil.copytree(serving.folder / "copy", serving.content)
    assert list(serving.lines_until("1 file read"))
    (serving.content / "papers" / "a.yaml").write_text("- {title: Counting Cows, listed: 2026-05-27}\n")
    assert list(serving.lines_until("1 file read"))


def test_a_folder_of_themes_that_is_made_later_is_watched(tmp_path):
    with Serving(tmp_path, theme="") as serving:
        override(serving, "pages/day.html", "One")
        assert list(serving.lines_until("1 file read"))
        override(serving, "pages/day.html", "Two")
        assert list(serving.lines_until("1 file read"))
        assert "Two" in serving.get("/days/2026-05-27.html")[2]


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
