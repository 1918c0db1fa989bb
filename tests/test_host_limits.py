"""Warnings about the limits of hosts on files and bytes."""

import pytest

from site_builder.host_limits import LARGEST_FILE, limit_warnings, report_large_files
from site_builder.problems import Problems
from tests.factories import day, paper

TEN = [paper(f"Paper {n}") for n in range(10)]
WEEK = [day(f"2026-05-{n:02}", *TEN) for n in range(1, 8)]
MEGABYTE = 10**6


def test_nothing_is_said_before_half():
    assert limit_warnings({f"{n}.html": 10 for n in range(9_999)}, WEEK) == []
    assert limit_warnings({"a.html": 499 * MEGABYTE}, WEEK) == []


def test_past_half_a_build_says_how_full_a_host_is_and_when_it_will_be():
    # 70 papers made 12,000 files: at 10 papers a day, the other 8,000 files last 4.66 days.
    assert limit_warnings({f"{n}.html": 10 for n in range(12_000)}, WEEK) == [
        "the site would fill 60 % of Cloudflare Pages (20,000 files), "
        "and be full in May 2026 at the present 10 papers a day"
    ]
    assert limit_warnings({"a.html": 500 * MEGABYTE}, WEEK) == [
        "the site would fill 50 % of GitHub Pages (1 GB), and be full in May 2026 at the present 10 papers a day"
    ]


def test_a_site_that_does_not_fit_says_so():
    (told,) = limit_warnings({"a.html": 1_200 * MEGABYTE}, WEEK)
    assert told.startswith("the site would fill 120 % of GitHub Pages (1 GB): it does not fit")


def test_the_pace_is_that_of_the_last_three_months():
    years_ago = [day(f"2010-01-{n:02}", *TEN * 50) for n in range(1, 29)]
    lately = [day("2026-02-07", TEN[0]), day("2026-05-07", TEN[1])]
    (told,) = limit_warnings({"a.html": 600 * MEGABYTE}, [*years_ago, *lately])
    assert told.endswith("at the present 1 paper a day")


@pytest.mark.parametrize("days", [[], [day("2026-05-01")], [day("2026-05-01", TEN[0]), day("2999-05-01")]])
def test_a_site_without_a_pace_is_not_soon_full(days):
    assert limit_warnings({"a.html": 600 * MEGABYTE}, days)[0].endswith("and will not be full soon")


def test_a_file_that_hosts_refuse_is_a_problem():
    problems = Problems()
    report_large_files({"a.json": LARGEST_FILE, "b.json": LARGEST_FILE + 2**20}, problems)
    assert [str(each) for each in problems] == [
        "output/b.json: is 21.0 MiB: Cloudflare Pages takes no file of 25 MiB; "
        "let what it is made of be less, or publish it elsewhere"
    ]


def test_the_build_tells_it_before_the_last_line(build_site, monkeypatch):
    monkeypatch.setattr("site_builder.host_limits.LIMITS", ())
    assert (
        build_site("-- site.yaml --\nbase_url: https://x.example\n-- a.yaml --\n- {title: A}\n").result.warnings == []
    )


def test_what_was_written_is_measured(build_site):
    site = build_site("-- site.yaml --\nsocial_cards: false\n-- a.yaml --\n- {title: A}\n")
    sizes = {path: (site.output / path).stat().st_size for path in site.paths}
    assert dict(site.result.written.sizes) == sizes
