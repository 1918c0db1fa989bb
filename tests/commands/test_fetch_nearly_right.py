"""Answers that are nearly right: nothing of them is lost, sent on, or let through, and each is one short line."""

import gzip
import json

import pytest

from site_builder.commands.fetch.http import Access, Client, RetryPolicy
from site_builder.commands.publish.ping import ping
from site_builder.commands.web import WebError
from tests.commands.fetch_site import FRIDAY, HF, SATURDAY, rows
from tests.commands.playback_server import Played, playing
from tests.commands.test_fetch_hostile import saying

GOOD = json.dumps(rows("2611.00001", "2611.00002")).encode()
HASTY = RetryPolicy(call=3, silence=1, attempts=1, wait=0.01, longest_wait=1, pause=0)
OPEN = Access(allow_http=True, allow_private=True)
PACKED = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize("mark", ['W/"\xe4"', '"\x7f"', '"\x01"', '"' + "a" * 5_000 + '"'])
def test_an_odd_mark_of_an_answer_does_not_spoil_the_next_request(digest, mark):
    site = digest(HF, lambda asked: Played(GOOD, headers={"ETag": mark}))
    assert site.fetch(FRIDAY)
    assert site.fetch(FRIDAY, today=SATURDAY), site.told
    assert not any("defect of Broadsheet" in line for line in site.told)


def test_gzip_data_in_several_members_are_read_to_their_end(digest):
    half = len(GOOD) // 2
    site = digest(HF, lambda asked: Played(gzip.compress(GOOD[:half]) + gzip.compress(GOOD[half:]), headers=PACKED))
    assert site.fetch(FRIDAY), site.told
    assert site.ids("hf-daily/2026-11-20.json") == ["2611.00001", "2611.00002"]


def test_what_follows_gzip_data_is_not_passed_over(digest):
    site = digest(HF, lambda asked: Played(gzip.compress(GOOD) + b"and more", headers=PACKED))
    assert not site.fetch(FRIDAY, retry_policy=HASTY)
    assert "damaged gzip data" in site.told[0]


def test_what_follows_gzip_data_counts_as_part_of_the_answer(digest, monkeypatch):
    monkeypatch.setattr("site_builder.commands.fetch.http.MAX_BYTES", 100_000)
    site = digest(HF, lambda asked: Played(gzip.compress(GOOD) + b"\0" * 200_000, headers=PACKED))
    assert not site.fetch(FRIDAY, retry_policy=HASTY)
    assert "the answer is too large" in site.told[0]


@pytest.mark.parametrize("target", ["/list;jsessionid=1", "/a;b/c;d?e=f;g", "/?q", "/%5B"])
def test_an_address_is_asked_for_as_it_is_written(target):
    with playing(lambda asked: Played(GOOD)) as server, Client("t", HASTY, lambda line: None) as client:
        asked = []
        server.RequestHandlerClass = type("Noting", (server.RequestHandlerClass,), {})
        plain = server.RequestHandlerClass.do_GET
        server.RequestHandlerClass.do_GET = lambda self: (asked.append(self.path), plain(self))
        client.get(f"{server.address}{target}", OPEN, {})
    assert asked == [target]


@pytest.mark.parametrize(
    "said",
    [
        b"x" * 200_000,
        b"HTTP/1.1 200 OK\r\n" + b"\xe4" * 90_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: " + b"a" * 9_000 + b"\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/" + b"a" * 60_000 + b"\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://\x0b[\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://a\x01b/\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_a_refusal_is_one_short_line_whatever_it_quotes(digest, said):
    site = digest(HF, lambda asked: Played())
    with saying(said) as url:
        file = site.content / "site.yaml"
        file.write_text(file.read_text().replace(f"{site.server.address}/api", url))
        assert not site.fetch(FRIDAY, retry_policy=HASTY)
    assert len(site.told) == 1
    assert len(site.told[0]) < 800
    assert len(site.told[0].splitlines()) == 1
    assert "defect of Broadsheet" not in site.told[0]


def test_a_defect_of_ours_at_one_day_keeps_no_other_day_away_and_is_noted(digest, monkeypatch):
    site = digest(HF, lambda asked: Played(json.dumps(rows("2611.00001", day=asked.query["date"])).encode()))
    get = Client.get

    def broken(self, url, *arguments, **options):
        if FRIDAY.isoformat() in url:
            raise RuntimeError("a slip\nof ours" + "!" * 5_000)
        return get(self, url, *arguments, **options)

    monkeypatch.setattr(Client, "get", broken)
    assert not site.fetch(FRIDAY, SATURDAY, today=SATURDAY)
    assert [line[:20] for line in site.told] == ["hf-daily 2026-11-20:", "hf-daily 2026-11-21:"]
    assert "RuntimeError: a slip of ours!" in site.told[0]
    assert len(site.told[0]) < 800
    assert site.status("hf-daily", FRIDAY)["outcome"] == "failed"
    assert list(site.lists) == ["hf-daily/2026-11-21.json"]


@pytest.mark.parametrize("written", ["0000000001", "1"])
def test_zeros_before_a_number_of_seconds_count_for_nothing(digest, written):
    site = digest(HF, lambda asked: Played(b"", 503, {"Retry-After": written}))
    site.fetch(FRIDAY, retry_policy=RetryPolicy(attempts=1))
    assert "try again in 1 s" in site.told[-1]


@pytest.mark.parametrize("hub", ["http://[", "http://127.0.0.1:99999/", "http://127.0.0.1:0/", "http://ä.example/"])
def test_a_hub_that_has_no_address_was_not_told(hub):
    with pytest.raises(WebError):
        ping(hub, ["https://example.org/feed.xml"])


def test_a_hub_is_quoted_in_one_short_line():
    with saying(b"x" * 200_000) as url, pytest.MonkeyPatch.context() as patch:
        patch.setattr("site_builder.commands.publish.ping.WAIT", 0.001)
        with pytest.raises(WebError) as refused:
            ping(url, ["https://example.org/feed.xml"])
    assert len(str(refused.value)) < 500
