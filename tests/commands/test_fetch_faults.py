"""Fetching from a server that fails: nothing bad is kept, nothing good is lost, and one line says what is wrong."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from site_builder.commands.fetch.http import RetryPolicy
from site_builder.commands.fetch.network import is_public
from tests.commands.fetch_site import FRIDAY, HF, SATURDAY, as_json, rows
from tests.commands.playback_server import (
    Played,
    bomb,
    cut_off,
    drip,
    drip_headers,
    hang_up,
    playing,
    too_short_a_length,
)

GOOD = json.dumps(rows("2611.00001", "2611.00002")).encode()
HASTY = RetryPolicy(call=1, silence=0.5, attempts=2, wait=0.01)

FAULTS = {
    "slow body": (Played(GOOD, fault=drip), "no whole answer in time"),
    "slow headers": (Played(GOOD, fault=drip_headers), "no whole answer in time"),
    "cut off": (Played(GOOD, fault=cut_off), "check the network"),
    "wrong length": (Played(GOOD, fault=too_short_a_length), "damaged or cut off"),
    "hang up": (Played(GOOD, fault=hang_up), "check the network"),
    "server error": (Played(b"no", 500), "the server answered 500; try again later"),
    "refused": (Played(b"no", 403), "the server answered 403; check the source"),
    "error page": (Played(b"<!DOCTYPE html><title>Sorry</title>"), "is a web page, no list"),
    "error in JSON": (as_json({"error": "no such day"}), "is no list of papers"),
    "empty body": (Played(b""), "the answer is empty"),
    "no text": (Played(b"\xff\xfe\x00\x01\x80"), "the answer"),
    "bomb": (bomb(80), "the answer is too large"),
    "too large": (Played(gzip.compress(b" " * 2_000_000), headers={"Content-Encoding": "gzip"}), "is too large"),
    "cut off gzip": (Played(gzip.compress(GOOD)[:-9], headers={"Content-Encoding": "gzip"}), "is cut off"),
    "damaged gzip": (Played(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"}), "damaged gzip data"),
    "packed otherwise": (Played(GOOD, headers={"Content-Encoding": "br"}), "packed as br"),
    "private address": (Played(b"", 302, {"Location": "http://10.0.0.1/"}), "private network"),
    "metadata service": (Played(b"", 302, {"Location": "http://169.254.169.254/latest"}), "private network"),
    "decimal address": (Played(b"", 302, {"Location": "http://2130706433:9/"}), "private network"),
    "IPv6 loopback": (Played(b"", 302, {"Location": "http://[::1]:9/"}), "private network"),
    "local file": (Played(b"", 302, {"Location": "file:///etc/passwd"}), "is no web address"),
    "circle": (Played(b"", 302, {"Location": "/api"}), "redirected more than 5 times"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_no_list_and_is_named(digest, fault):
    played, named = FAULTS[fault]
    site = digest(HF, lambda asked: played)
    assert not site.fetch(FRIDAY, retry_policy=HASTY)
    assert site.lists == {}
    assert len(site.told) == 1
    assert site.told[0].startswith("hf-daily 2026-11-20: ")
    assert named in site.told[0]
    assert site.status("hf-daily", FRIDAY)["outcome"] == "failed"


@pytest.mark.parametrize("fault", ["slow body", "cut off", "wrong length", "server error", "error page", "bomb"])
def test_a_fault_never_takes_the_place_of_a_good_list(digest, fault):
    answers = [Played(GOOD), FAULTS[fault][0]]
    site = digest(HF, lambda asked: answers[min(1, len(site.server.asked) - 1)])
    site.fetch(FRIDAY, today=FRIDAY)
    before = site.lists
    assert not site.fetch(FRIDAY, today=SATURDAY, retry_policy=HASTY)
    assert site.lists == before
    assert site.status("hf-daily", FRIDAY)["outcome"] == "listed"


@pytest.mark.parametrize("fault", ["cut off", "hang up", "server error", "cut off gzip"])
def test_a_fault_that_passes_is_tried_again(digest, fault):
    answers = [FAULTS[fault][0], Played(GOOD)]
    site = digest(HF, lambda asked: answers.pop(0))
    assert site.fetch(FRIDAY)
    assert site.ids("hf-daily/2026-11-20.json") == ["2611.00001", "2611.00002"]


def test_what_does_not_pass_is_asked_for_once(digest):
    site = digest(HF, lambda asked: Played(b"no", 403))
    site.fetch(FRIDAY)
    assert len(site.server.asked) == 1


def _in_two_seconds():
    return format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)


@pytest.mark.parametrize("until", [lambda: "1", _in_two_seconds], ids=["seconds", "moment"])
def test_a_server_that_asks_to_wait_is_given_its_time(digest, until):
    answers = [lambda: Played(b"", 429, {"Retry-After": until()}), lambda: Played(GOOD)]
    site = digest(HF, lambda asked: answers.pop(0)())
    assert site.fetch(FRIDAY)
    first, second = site.server.asked
    assert second.moment - first.moment >= 1
    assert site.told[0].startswith("the server asks to wait")


def test_a_server_that_asks_for_an_hour_is_left_for_the_next_run(digest):
    site = digest(HF, lambda asked: Played(b"", 429, {"Retry-After": "3600"}))
    assert not site.fetch(FRIDAY)
    assert len(site.server.asked) == 1
    assert "the server answered 429; try again in 3600 s" in site.told[0]


def test_a_redirect_on_the_same_server_is_followed(digest):
    site = digest(HF, lambda asked: Played(GOOD) if asked.path == "/new" else Played(b"", 308, {"Location": "/new"}))
    assert site.fetch(FRIDAY)


def test_a_redirect_to_another_port_of_this_machine_is_not(digest):
    with playing(lambda asked: Played(GOOD)) as other:
        site = digest(HF, lambda asked: Played(b"", 302, {"Location": f"{other.address}/"}))
        assert not site.fetch(FRIDAY)
        assert other.asked == []


def test_one_bad_day_does_not_keep_the_others_away_and_a_bad_source_is_left_alone(digest):
    days = [FRIDAY - timedelta(days=back) for back in range(9, -1, -1)]

    def play(asked):
        day = asked.query["date"]
        return Played(b"no", 403) if day == days[1].isoformat() or day >= days[4].isoformat() else _list_of(day)

    site = digest(HF, play)
    assert not site.fetch(*days)
    assert [path[-15:-5] for path in site.lists] == [day.isoformat() for day in (days[0], days[2], days[3])]
    assert len(site.server.asked) == 7


def _list_of(day):
    return as_json(rows(f"2611.000{day[8:]}", day=day))


def test_without_a_server_there_is_one_line_and_no_list(digest):
    site = digest(HF, lambda asked: Played(GOOD))
    site.server.shutdown()
    site.server.server_close()
    assert not site.fetch(FRIDAY, SATURDAY, today=SATURDAY, retry_policy=HASTY)
    assert len(site.told) == 1
    assert "check the network and the address" in site.told[0]
    assert site.lists == {}


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),  # noqa: S104 — an address to refuse
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("::127.0.0.1", False),
        ("::10.0.0.1", False),
        ("fec0::1", False),
        ("64:ff9b:1::7f00:1", False),
        ("2001:0:7f00:1::", False),
        ("4000::1", False),
        ("192.0.0.192", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address, is_open):
    assert is_public(address) is is_open


def test_a_source_that_is_given_up_leaves_no_day_without_a_word(digest):
    site = digest(
        HF,
        lambda asked: as_json(
            rows("2611.00001", day=asked.query["date"]) if asked.query["date"] == "2026-11-16" else []
        ),
    )
    site.fetch(today=FRIDAY - timedelta(days=1))
    site.server.play = lambda asked: Played(b"gone", 500)
    assert not site.fetch(today=FRIDAY)
    assert site.status("hf-daily", FRIDAY)["outcome"] == "failed"
    assert site.status("hf-daily", FRIDAY - timedelta(days=4))["outcome"] == "listed"
