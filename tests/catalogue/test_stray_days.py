"""Days that no list can mean are told with their place, and lead nothing before they begin."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from site_builder.build import build
from site_builder.cli import main
from tests.conftest import NOW, write_content
from tests.torture.whole import tree_of

SITE = """
-- site.yaml --
base_url: https://clouds.example
search: false
related: tags
cards: none
-- papers/a.yaml --
listed: 2026-11-20
papers:
- {title: Sparse Clouds, arxiv: "2611.00001", upvotes: 9}
- {title: Fog, arxiv: "2611.00002", upvotes: 3, tags: [rain]}
"""
AHEAD = "correct it, unless it is meant: it comes out on that day, and is nowhere until then"
LATER = """
-- papers/b.yaml --
# The next one.
listed: 2062-11-20
papers:
- {title: Dense Clouds, arxiv: "2611.00020", upvotes: 30, tags: [rain]}
- {title: Sparse Clouds, arxiv: "2611.00001", upvotes: 9}
"""


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (LATER, "papers/b.yaml:2: listed 2062-11-20 is 13,148 days ahead"),
        ("-- b.yaml --\n- {title: Dense, listed: 2026-11-22}\n", "b.yaml:1: listed 2026-11-22 is 1 day ahead"),
        ("-- b.yaml --\n- {title: Dense, published: 2027-11-21}\n", "b.yaml:1: published 2027-11-21 is 365 days ahead"),
        (
            '-- b.yaml --\nlisted: "5 May 2027"\npapers:\n- {title: Dense}\n',
            "b.yaml:1: listed 2027-05-05 is 165 days ahead",
        ),
        ("-- notes/2026-12-01.md --\nSoon.\n", "notes/2026-12-01.md: the note of 2026-12-01 is 10 days ahead"),
        (
            "-- notes/x.md --\n---\nday: 2026-12-01\n---\nSoon.\n",
            "notes/x.md:2: the note of 2026-12-01 is 10 days ahead",
        ),
    ],
)
def test_a_day_that_has_not_begun_is_told_where_it_is_written(build_site, files, told):
    problems = [problem for problem in build_site(SITE + files).problems if "ahead" in problem]
    assert problems == [f"{told}; {AHEAD}"]


def test_one_that_site_yaml_gives_is_told_there(build_site):
    text = SITE.replace("search:", "lists: [{path: b.yaml, listed: 2027-01-02}]\nsearch:")
    problems = build_site(f"{text}-- b.yaml --\n- {{title: Dense}}\n- {{title: Light}}\n").problems
    assert problems == [f"site.yaml:2: listed 2027-01-02 is 42 days ahead; {AHEAD}"]


def test_until_it_begins_it_is_nowhere_and_the_newest_day_that_has_leads_the_site(build_site):
    site = build_site(SITE + LATER)
    assert "20 November 2026" in site.text("index.html")
    files = {path: (site.output / path).read_bytes() for path in site.paths}
    assert not [path for path, content in files.items() if "2062" in path or b"2062-11-20" in content]
    assert not [path for path, content in files.items() if b"Dense Clouds" in content]


def test_a_site_of_later_days_alone_is_built(build_site):
    text = SITE.replace("2026-11-20", "2062-11-20")
    site = build_site(text)
    assert "2062" not in site.text("index.html")
    assert not [path for path in site.paths if path.startswith("mail/")]


@pytest.mark.parametrize("minutes", [-1, 0])
def test_a_day_begins_at_midnight_in_the_zone_of_the_site(tmp_path, minutes):
    text = SITE.replace("search:", "feeds: {zone: Asia/Tokyo, hour: '00:00'}\nsearch:")
    write_content(tmp_path / "content", f"{text}-- b.yaml --\n- {{title: Dense Clouds, listed: 2026-11-22}}\n")
    now = datetime(2026, 11, 21, 15, tzinfo=UTC) + timedelta(minutes=minutes)
    result = build(tmp_path / "content", tmp_path / "output", now)
    assert len(result.problems) == (minutes < 0)
    assert ("Dense Clouds" in (tmp_path / "output/index.html").read_text()) == (minutes == 0)
    assert (tmp_path / "output/mail/2026-11-22").exists() == (minutes == 0)


def test_a_later_build_in_which_the_day_has_begun_is_equal_to_a_clean_one(tmp_path):
    write_content(tmp_path / "content", f"{SITE}-- b.yaml --\n- {{title: Dense Clouds, listed: 2026-11-22}}\n")
    for now in (NOW, NOW + timedelta(hours=2), NOW + timedelta(days=1), NOW):
        build(tmp_path / "content", tmp_path / "output", now)
        build(tmp_path / "content", tmp_path / f"clean-{now:%d-%H}", now)
        assert tree_of(tmp_path / "output") == tree_of(tmp_path / f"clean-{now:%d-%H}")


def test_the_next_day_is_not_taken_for_a_build_in_which_nothing_changed(tmp_path, monkeypatch):
    write_content(tmp_path / "content", SITE + LATER)
    folders = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "output")]
    told = []
    for hours in (0, 1, 12):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((NOW + timedelta(hours=hours)).timestamp())))
        told.append(CliRunner().invoke(main, ["build", *folders]).output.splitlines()[0].split(";")[0])
    assert told[0] == told[1] == "papers/b.yaml:2: listed 2062-11-20 is 13,148 days ahead"
    assert told[2] == "papers/b.yaml:2: listed 2062-11-20 is 13,147 days ahead"


def lists(*days):
    return "".join(f"-- papers/{day}.yaml --\nlisted: {day}\npapers:\n- {{title: Paper of {day}}}\n" for day in days)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (
            ["1926-11-19"],
            "1926-11-19.yaml:1: listed 1926-11-19 is 100 years before the first of the other lists, 2026-11-20",
        ),
        (
            ["2016-11-19"],
            "2016-11-19.yaml:1: listed 2016-11-19 is 10 years before the first of the other lists, 2026-11-20",
        ),
        (
            ["2024-11-19"],
            "2024-11-19.yaml:1: listed 2024-11-19 is 2 years before the first of the other lists, 2026-11-20",
        ),
        (["2025-11-19"], None),
        (["2018-03-01", "2020-03-01", "2022-03-01", "2024-03-01"], None),
        (["2012-03-01", "2016-03-01", "2020-03-01", "2024-03-01"], None),
    ],
)
def test_a_day_years_before_the_other_lists_is_told(build_site, days, told):
    problems = build_site(SITE + lists(*days)).problems
    assert problems == ([f"papers/{told}; correct it, unless it is meant"] if told else [])


def test_each_of_several_days_years_before_the_others_is_told(build_site):
    problems = build_site(SITE + lists("2006-01-01", "2007-01-02", "2026-11-17", "2026-11-18", "2026-11-19")).problems
    assert [problem.split(" before ")[0] for problem in problems] == [
        "papers/2006-01-01.yaml:1: listed 2006-01-01 is 20 years",
        "papers/2007-01-02.yaml:1: listed 2007-01-02 is 19 years",
    ]


def test_a_paper_published_long_ago_is_no_slip(build_site):
    assert build_site(f"{SITE}-- b.yaml --\n- {{title: Computing Machinery, published: 1950-10-01}}\n").problems == []


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("published: 2062-01-02", "published 2062-01-02 is 36 years ahead"),
        ("published: 2062", "published 2062 is 36 years ahead"),
        ("arxiv: '6201.00001'", "published 2062-01 is 36 years ahead"),
        ("published: 2027-01", ""),
    ],
)
def test_a_publication_date_years_ahead_is_told(build_site, date, told):
    site = build_site(f"{SITE}-- papers/b.yaml --\nlisted: 2026-11-20\npapers:\n- {{title: Dense, {date}}}\n")
    assert [problem for problem in site.problems if "ahead" in problem] == (
        [f"papers/b.yaml:3: {told}; correct it, or the arXiv number that says so"] if told else []
    )
