"""What a server says ends in a line for its source: no answer reaches what its source may not, or stops the others."""

import json
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.commands.fetch import http
from site_builder.commands.fetch.fetch_error import FetchError
from site_builder.commands.fetch.http import Access, Client, Response, RetryPolicy
from tests.commands.fetch_site import FRIDAY, HF, as_json, rows
from tests.commands.playback_server import Played, playing

HASTY = RetryPolicy(call=3, silence=1, attempts=1, wait=0.01, longest_wait=1, pause=0)
OPEN = Access(allow_http=True, allow_private=True)

# A source of one's own network beside one of the internet that redirects into it, in a network namespace of its own.
IN_A_NAMESPACE = """
import json, sys, threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from site_builder.commands.fetch import fetch_lists
from site_builder.commands.fetch.http import RetryPolicy

asked = []

def serve(address, answer):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def log_message(self, *_): pass
        def do_GET(self):
            asked.append(f"{address[0]}{self.path.partition('?')[0]}")
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
    server = ThreadingHTTPServer(address, Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

paper = {"id": "2611.00001", "title": "On tides", "submittedOnDailyAt": "2026-11-20T01:00:00Z"}
papers = json.dumps([{"paper": paper}])
serve(("127.0.0.1", 8099), lambda path: (200, {}, papers.encode()))
serve(("11.22.33.44", 8080), lambda path: (302, {"Location": "http://localhost:8099/internal-secret"}, b""))
content = Path(sys.argv[1])
quick = RetryPolicy(call=5, silence=2, attempts=1, wait=0.01, pause=0)
lines = []
day = date(2026, 11, 20)
is_whole = fetch_lists(content, (), (day,), day, retry_policy=quick, tell=lines.append)
print(json.dumps({"asked": asked, "lines": lines, "is_whole": is_whole}))
"""
SOURCES = """
related: tags
fetch:
  - {kind: hf_daily, name: mine, url: "http://localhost:8099/api", allow_http: true, allow_private: true}
  - {kind: hf_daily, name: public, url: "http://11.22.33.44:8080/api", allow_http: true}
"""


@pytest.mark.skipif(not shutil.which("unshare") or not shutil.which("ip"), reason="needs unshare and ip")
def test_a_public_source_does_not_reach_what_another_source_of_the_run_may(tmp_path):
    (tmp_path / "site.yaml").write_text(SOURCES)
    (tmp_path / "run.py").write_text(IN_A_NAMESPACE)
    prepared = "ip link set lo up && ip address add 11.22.33.44/32 dev lo"
    inner = f'{prepared} && exec "$0" "$1" "$2"'
    command = ["unshare", "--map-root-user", "--net", "sh", "-c", inner, sys.executable, tmp_path / "run.py", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    if "unshare" in done.stderr or "Operation not permitted" in done.stderr:
        pytest.skip("no network namespace can be made here")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["asked"] == ["127.0.0.1/api", "11.22.33.44/api"]
    assert not told["is_whole"]
    assert "private network" in told["lines"][-1]
    assert not list((tmp_path / "papers/fetched/public").glob("*"))


def test_connections_are_shared_by_calls_of_equal_rights_alone(monkeypatch):
    used = []

    def send(self, url, headers, pool):
        used.append(pool)
        return Response(200, {}, b"")

    monkeypatch.setattr(Client, "_send", send)
    with Client("broadsheet/test", HASTY, lambda line: None) as client:
        for url, access in [("http://a.example/1", OPEN), ("http://a.example/2", OPEN), ("http://b.example/", OPEN)]:
            client.get(url, access, {})
        client.get("http://a.example/1", Access(allow_http=True), {})
        client.get("http://b.example/1", Access(allow_http=True), {})
    mine, again, other, public, also_public = used
    assert mine is again and public is also_public
    assert len({id(mine), id(other), id(public)}) == 3


@pytest.mark.parametrize(
    "answer",
    [
        Played(status=302, headers={"Location": "http://["}),
        Played(status=302, headers={"Location": "http://[::1"}),
        Played(status=302, headers={"Location": "//\x5b"}),
        Played(status=302, headers={"Location": "http://a.example:99999999/"}),
        Played(status=302, headers={"Location": ""}),
        Played(status=302),
        Played(
            status=503,
            headers={"Retry-After": "Fri, 31 Dec 99999 23:59:59 GMT", "Date": "Fri, 20 Nov 2026 06:00:00 GMT"},
        ),
        Played(
            status=503,
            headers={"Retry-After": "Fri, 31 Dec 9999 23:59:59 -2359", "Date": "Mon, 01 Jan 0001 00:00:00 +2359"},
        ),
        Played(status=503, headers={"Retry-After": "9" * 400}),
        Played(status=503, headers={"Retry-After": "-1"}),
        Played(status=503, headers={"Retry-After": "nan"}),
        Played(status=429, headers={"Retry-After": "٣"}),
        Played(b"[]", headers={"Content-Encoding": "br"}),
        Played(b"\xff\xfe[", headers={"Content-Type": "application/json; charset=no-such"}),
        Played(b"[" * 100_000),
        Played(b"{}"),
    ],
)
def test_whatever_a_source_answers_the_next_one_is_asked(digest, answer):
    site = digest(HF, lambda asked: as_json(rows("2611.00001")))
    with playing(lambda asked: answer) as wild:
        other = f"  - {{kind: hf_daily, name: wild, url: '{wild.address}', allow_http: true, allow_private: true}}\n"
        file = site.content / "site.yaml"
        file.write_text(file.read_text().replace("fetch:\n", f"fetch:\n{other}"))
        site.fetch(FRIDAY, retry_policy=HASTY)
    assert [line.partition(" ")[0] for line in site.told if "asks to wait" not in line] == ["wild", "hf-daily"]
    assert "hf-daily/2026-11-20.json" in site.lists
    assert not any("defect of Broadsheet" in line for line in site.told)


def test_a_defect_of_ours_keeps_no_other_source_away_and_is_not_hidden(digest, monkeypatch):
    site = digest(HF, lambda asked: as_json(rows("2611.00001")))
    get = Client.get

    def broken(self, url, *arguments, **options):
        if "wild" in url:
            raise RuntimeError("a slip of ours")
        return get(self, url, *arguments, **options)

    monkeypatch.setattr(http.Client, "get", broken)
    file = site.content / "site.yaml"
    other = "  - {kind: hf_daily, name: wild, url: 'https://wild.example/'}\n"
    file.write_text(file.read_text().replace("fetch:\n", f"fetch:\n{other}"))
    assert not site.fetch(FRIDAY)
    told = "wild 2026-11-20: RuntimeError: a slip of ours; this is a defect of Broadsheet: report it"
    assert site.told == [told, "hf-daily 2026-11-20: 1 paper"]


@contextmanager
def saying(answer: bytes):
    """Serve the same bytes to whoever connects, whatever is asked, and hang up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        is_over = threading.Event()

        def serve():
            while not is_over.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(1)
                    try:
                        connection.recv(65_536)
                        connection.sendall(answer)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            is_over.set()
            with socket.create_connection(listener.getsockname(), timeout=1):
                pass
            thread.join()


WILD = st.one_of(st.binary(max_size=30), st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")))
STATUS = st.one_of(
    st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.1 302 Found", b"HTTP/1.0 503 ", b"HTTP/1.1 304", b"HTTP/2 200", b""]),
    st.integers(-1, 1000).map(lambda status: f"HTTP/1.1 {status} x".encode()),
    WILD,
)
VALUES = st.one_of(
    WILD,
    st.sampled_from([b"http://[", b"//", b"\\\\a", b"9" * 50, b"-1", b"0", b"gzip", b"chunked", b"identity", b"x,y"]),
    st.sampled_from([b"Fri, 31 Dec 99999 23:59:59 GMT", b"Fri, 31 Dec 9999 23:59:59 -9999", b"http://127.0.0.1:1/"]),
)
NAMES = st.sampled_from(
    "Location Retry-After Date Content-Length Content-Encoding Transfer-Encoding Content-Type Set-Cookie ETag".split()
)
HEADERS = st.lists(st.tuples(NAMES.map(str.encode), VALUES), max_size=4)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(status=STATUS, headers=HEADERS, body=WILD)
def test_any_bytes_of_a_server_are_an_answer_or_an_error_with_a_remedy(status, headers, body):
    head = b"".join(b"%b: %b\r\n" % header for header in headers)
    wild = saying(b"%b\r\n%b\r\n%b" % (status, head, body))
    with wild as url, Client("broadsheet/test", HASTY, lambda line: None) as client:
        try:
            answer = client.get(url, OPEN, {})
        except FetchError as error:
            assert str(error)
        else:
            assert answer.status in http.ANSWERS
