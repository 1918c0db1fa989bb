"""Whatever a server says ends in a line for its source, and the sources after it are asked.

`BROADSHEET_TORTURE=1` makes thousands of answers in place of some.
"""

import gzip
import json
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.commands.fetch import fetch_lists
from site_builder.commands.fetch.http import RetryPolicy
from site_builder.commands.publish.ping import ping
from site_builder.commands.web import WebError
from tests.commands.fetch_site import FRIDAY, SATURDAY, as_json, rows
from tests.commands.playback_server import playing
from tests.commands.raw_server import raw_server
from tests.conftest import IS_TORTURE

EXAMPLES = 5_000 if IS_TORTURE else 60
HASTY = RetryPolicy(call=2, silence=0.5, attempts=2, wait=0.001, longest_wait=0.5, pause=0)
GOOD = json.dumps(rows("2611.00001", "2611.00002")).encode()
FEED = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry>
<id>http://arxiv.org/abs/2611.00001v1</id><title>A title</title><summary>We look.</summary></entry></feed>"""
LONGEST_LINE = 800

NUMBERS = f"0 1 -1 +1 1.5 1e400 NaN inf 0x10 1_0 0000000001 9223372036854775808 {'9' * 20} {'9' * 5000}".split()
MOMENTS = [
    "Fri, 20 Nov 2026 12:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "Fri, 99 Nov 2026 12:00:00 GMT",
    "Fri, 20 Nov 99999999999999999999 12:00:00 GMT",
    "Fri, 20 Nov 2026 99999999999999999999:00:00 GMT",
    "Fri, 20 Nov 2026 12:00:00 +9999999999999999999",
    "Fri, 20 Nov 2026 12:00:00 +2400",
    "Friday, 20-Nov-26 12:00:00 GMT",
    "Fri Nov 20 12:00:00 2026",
    "Fri, 20 Nov 0 12:00:00 GMT",
    ", , ,",
    "0 0 0 0",
    f"{'9' * 5000} Nov 2026 12:00:00 GMT",
]
PLACES = [
    *"http://[ http://[::1 //[ http://]/ http://[v1.x]/ http://[::1%25lo]:9/ http://127.0.0.1:99999/".split(),
    *"http://127.0.0.1:-1/ http://127.0.0.1:port/ http://127.0.0.1:0/ http://@127.0.0.1/ http: // # ?".split(),
    *"http://.example/ http://example..org/ http://xn--a.example/ ftp://127.0.0.1/ file:///etc/passwd data:,[]".split(),
    *("", "/a b", "/ä", "/\x7f", "\x0bjavascript:alert(1)", "http://a\x01b/", "http://ex ample/", "https://.example/"),
    *("http://127.0.0.1\\@example.org/", "https://127.0.0.1:9/", "http://2130706433:9/", "http://a.example/\x1b[31m"),
    *(f"http://{'a' * 64}.example/", f"http://{'a.' * 200}example/", f"http://127.0.0.1:9/{'a' * 60_000}"),
]
CODINGS = ["gzip", "GZIP", "x-gzip", "identity", "br", "gzip, gzip", "deflate", ",", "\x01", "ä", "a" * 9_000]
MARKS = ['W/"ä"', "\x01", "a" * 9_000, '"1"', "", "*"]
TYPES = ["text/html; charset=zlib_codec", 'a/b; charset="', "a/b; charset=\x01"]
COOKIES = [f"a=b; Max-Age=-{'9' * 30}", "=", "ä=\x01"]

any_text = st.binary(max_size=60).map(lambda value: value.decode("latin-1"))
HEADERS = st.one_of(
    st.tuples(st.just("Location"), st.sampled_from(PLACES)),
    st.tuples(st.sampled_from(["Retry-After", "Date", "Last-Modified"]), st.sampled_from(NUMBERS + MOMENTS)),
    st.tuples(st.just("Content-Length"), st.sampled_from(NUMBERS)),
    st.tuples(st.just("Content-Encoding"), st.sampled_from(CODINGS)),
    st.tuples(st.just("Transfer-Encoding"), st.sampled_from(["chunked", "gzip, chunked", "identity", "\x01"])),
    st.tuples(st.just("ETag"), st.sampled_from(MARKS)),
    st.tuples(st.just("Content-Type"), st.sampled_from(TYPES)),
    st.tuples(st.just("Set-Cookie"), st.sampled_from(COOKIES)),
    st.tuples(
        st.sampled_from("Connection Upgrade Trailer Location Retry-After Content-Encoding ETag".split()), any_text
    ),
    st.tuples(any_text, any_text),
)
STATUS_LINES = st.one_of(
    st.builds(
        "HTTP/1.1 {} {}".format, st.sampled_from([200, 301, 302, 303, 304, 307, 308, 404, 410, 429, 503]), any_text
    ),
    st.builds("HTTP/1.1 {} What".format, st.integers(-1, 1_100)),
    st.sampled_from(["HTTP/1.1 200", "HTTP/1.0 200 OK", "HTTP/2 200 OK", "ICY 200 OK", "HTTP/1.1", "", "x" * 200_000]),
    any_text,
)


def chunked(body: bytes, size: str = "{:x}", end: bytes = b"0\r\n\r\n") -> bytes:
    return size.format(len(body)).encode() + b"\r\n" + body + b"\r\n" + end


def damaged(text: bytes) -> st.SearchStrategy[bytes]:
    return st.builds(lambda at, by: text[:at] + by + text[at:], st.integers(0, len(text)), st.binary(max_size=9))


BODIES = st.one_of(
    st.sampled_from([GOOD, FEED, GOOD[:-9], b"", b"[]", b"\x1f\x8b", b"\xff\xfe", b"[" * 100_000]),
    st.sampled_from(
        [gzip.compress(GOOD), gzip.compress(GOOD)[:-3], gzip.compress(GOOD) * 2, gzip.compress(GOOD) + b"x"]
    ),
    st.sampled_from([chunked(GOOD), chunked(GOOD, "-{:x}"), chunked(GOOD, "f" * 20), chunked(GOOD, end=b"zz\r\n")]),
    st.binary(max_size=300),
    damaged(GOOD),
    damaged(FEED),
)


def answer_of(status: str, headers: list[tuple[str, str]], body: bytes = b"", end: str = "\r\n") -> bytes:
    head = end.join([status, *(f"{name}: {value}" for name, value in headers), "", ""])
    return head.encode("latin-1", "ignore") + body


ANSWERS = st.builds(answer_of, STATUS_LINES, st.lists(HEADERS, max_size=5), BODIES, st.sampled_from(["\r\n", "\n"]))


@pytest.fixture(scope="module")
def servers():
    """Run a server that says anything, and one that is well."""
    with raw_server() as odd, playing(lambda asked: as_json(rows("2611.00009"))) as well:
        yield odd, well


def fetch_from(servers, said, kind="hf_daily", days=(FRIDAY, SATURDAY)):
    """Fetch from the server that says something, then from the one that is well, and check what is told and kept."""
    odd, well = servers
    odd.said = said
    told = []
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        content.mkdir()
        rights = "allow_http: true, allow_private: true"
        (content / "site.yaml").write_text(
            f"fetch:\n- {{kind: {kind}, name: odd, url: '{odd.address}/list', {rights}}}\n"
            f"- {{kind: hf_daily, name: well, url: '{well.address}/api', {rights}}}\n"
        )
        for today in days:
            fetch_lists(content, (), [today], today, retry_policy=HASTY, tell=told.append)
        assert not list(Path(folder).rglob(".*.new"))
        for file in Path(folder).rglob("*.json"):
            json.loads(file.read_bytes())
    own = [line for line in told if line.startswith("odd ")]
    assert len(own) == len(days)
    assert told.count("well 2026-11-20: 1 paper") == 1
    for line in told:
        assert line.startswith(("odd ", "well ", "the server asks to wait"))
        assert len(line) <= LONGEST_LINE
        assert len(line.splitlines()) == 1
        assert "defect of Broadsheet" not in line


@settings(max_examples=EXAMPLES)
@given(said=ANSWERS, kind=st.sampled_from(["hf_daily", "feed", "url"]))
def test_any_answer_ends_in_a_line_for_its_source_and_the_next_one_is_asked(servers, said, kind):
    fetch_from(servers, said, kind)


@pytest.mark.parametrize("place", PLACES)
def test_any_location_ends_in_a_line_for_its_source(servers, place):
    fetch_from(servers, answer_of("HTTP/1.1 302 Found", [("Location", place)]), days=[FRIDAY])


@pytest.mark.parametrize("said", [*NUMBERS, *MOMENTS])
def test_no_server_makes_the_program_wait_longer_than_it_allows(servers, monkeypatch, said):
    waits = []
    monkeypatch.setattr(time, "sleep", waits.append)
    headers = [("Retry-After", said), ("Date", "Fri, 20 Nov 2026 11:59:59 GMT"), ("Content-Length", "0")]
    fetch_from(servers, answer_of("HTTP/1.1 503 Busy", headers), days=[FRIDAY])
    assert all(0 <= wait <= HASTY.longest_wait for wait in waits)


@settings(max_examples=EXAMPLES)
@given(said=ANSWERS)
def test_whatever_a_hub_says_it_was_told_or_was_not(servers, said):
    odd, _ = servers
    odd.said = said
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("site_builder.commands.publish.ping.WAIT", 0.001)
        try:
            ping(f"{odd.address}/hub", ["https://example.org/feed.xml"])
        except WebError as error:
            assert len(str(error)) <= LONGEST_LINE
            assert len(str(error).splitlines()) == 1
