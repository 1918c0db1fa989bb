"""Fetching from a server that answers well: what is written, what is asked, and what is not asked again."""

import json
from datetime import date
from itertools import pairwise

import pytest

from site_builder.commands.fetch import days_between, fetch_lists
from site_builder.commands.fetch.http import RetryPolicy
from site_builder.problems import BuildError
from tests.commands.fetch_site import FRIDAY, HF, LATER, MONDAY, SATURDAY, SUNDAY, TUESDAY, as_json, rows
from tests.commands.playback_server import Played
from tests.conftest import SHARED, needs_shared


def test_a_day_is_kept_as_it_came_and_shown_by_a_build(digest, build_site):
    site = digest(HF, lambda asked: as_json(rows("2611.00001", "2611.00002")))
    assert site.fetch(FRIDAY)
    assert site.lists == {"hf-daily/2026-11-20.json": json.dumps(rows("2611.00001", "2611.00002"))}
    assert site.server.asked[0].query == {"date": "2026-11-20", "limit": "100", "p": "0"}
    assert site.server.asked[0].headers["user-agent"].startswith("broadsheet/")
    built = build_site(site.content)
    assert built.problems == []
    assert {paper["days"][0] for paper in built.papers.values()} == {"2026-11-20"}


def test_all_pages_of_a_long_day_make_one_list(digest):
    ids = [f"2611.{number:05}" for number in range(130)]
    site = digest(HF, lambda asked: as_json(rows(*ids[int(asked.query["p"]) * 100 :][:100])))
    assert site.fetch(FRIDAY)
    assert site.ids("hf-daily/2026-11-20.json") == ids
    assert site.status("hf-daily", FRIDAY)["outcome"] == "listed"


def test_a_page_that_shifts_while_it_is_read_gives_no_paper_twice(digest):
    ids = [f"2611.{number:05}" for number in range(130)]
    site = digest(HF, lambda asked: as_json(rows(*(ids[:100] if asked.query["p"] == "0" else ids[98:]))))
    assert site.fetch(FRIDAY)
    assert site.ids("hf-daily/2026-11-20.json") == ids


def test_fifty_rows_of_a_server_that_cannot_page_are_told_from_a_day_of_fifty(digest):
    ids = [f"2611.{number:05}" for number in range(50)]
    can_page = []
    site = digest(HF, lambda asked: as_json(rows(*ids) if asked.query["p"] == "0" or not can_page else []))
    site.fetch(FRIDAY)
    assert site.status("hf-daily", FRIDAY)["outcome"] == "partial"
    can_page.append(True)
    site.fetch(FRIDAY)
    assert site.status("hf-daily", FRIDAY)["outcome"] == "listed"


def test_without_days_the_last_week_is_asked_for_and_nothing_twice(digest):
    site = digest(
        HF,
        lambda asked: as_json(rows(f"2611.000{asked.query['date'][8:]}", day=asked.query["date"])),
    )
    site.fetch(today=FRIDAY)
    assert [asked.query["date"] for asked in site.server.asked] == [f"2026-11-{day}" for day in range(14, 21)]
    site.server.asked.clear()
    site.fetch(today=FRIDAY)
    assert [asked.query["date"] for asked in site.server.asked] == ["2026-11-20"]


def test_each_list_of_the_last_week_is_asked_for_once_a_day_for_what_has_changed(digest):
    site = digest(
        HF,
        lambda asked: as_json(rows(f"2611.000{asked.query['date'][8:]}", day=asked.query["date"])),
    )
    site.fetch(today=FRIDAY)
    before = site.lists
    site.server.asked.clear()
    site.fetch(today=SATURDAY)
    assert [asked.query["date"] for asked in site.server.asked] == [f"2026-11-{day}" for day in range(15, 22)]
    assert site.lists == {**before, "hf-daily/2026-11-21.json": site.lists["hf-daily/2026-11-21.json"]}
    site.server.asked.clear()
    site.fetch(today=SATURDAY)
    assert [asked.query["date"] for asked in site.server.asked] == ["2026-11-21"]


def test_a_list_is_asked_for_once_more_when_its_day_is_over(digest):
    answers = [rows("2611.00001"), rows("2611.00001", "2611.00002"), []]
    site = digest(HF, lambda asked: as_json(answers.pop(0)))
    site.fetch(FRIDAY, today=FRIDAY)
    site.fetch(FRIDAY, today=SATURDAY)
    assert site.told == ["hf-daily 2026-11-20: 2 papers"]
    assert site.ids("hf-daily/2026-11-20.json") == ["2611.00001"]
    assert site.ids("hf-daily/2026-11-20@2026-11-21.json") == ["2611.00002"]
    site.fetch(FRIDAY, today=SUNDAY)
    assert site.told == ["hf-daily 2026-11-20: fetched before; --again asks once more"]


def test_what_has_not_changed_is_not_sent_again(digest):
    def play(asked):
        if asked.headers.get("if-none-match") == '"v1"':
            return Played(status=304)
        return Played(json.dumps(rows("2611.00001")).encode(), headers={"ETag": '"v1"'})

    site = digest(HF, play)
    site.fetch(FRIDAY, today=FRIDAY)
    file = site.content / "papers/fetched/hf-daily/2026-11-20.json"
    before = file.stat().st_mtime_ns
    site.fetch(FRIDAY, today=SATURDAY)
    assert site.told == ["hf-daily 2026-11-20: 1 paper (unchanged)"]
    assert file.stat().st_mtime_ns == before
    file.unlink()
    site.fetch(FRIDAY, today=SATURDAY)
    assert site.ids("hf-daily/2026-11-20.json") == ["2611.00001"]


def test_a_query_asks_for_the_papers_of_one_day_and_adds_up_its_slices(digest):
    entry = (
        "<entry><id>http://arxiv.org/abs/2611.{0:05}v1</id><title>Paper {0}</title>"
        "<published>2026-11-20T10:00:00Z</published></entry>"
    )

    def play(asked):
        start, size = int(asked.query["start"]), int(asked.query["max_results"])
        entries = "".join(entry.format(number) for number in range(start, min(start + size, 230)))
        return Played(
            '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><title>arXiv Query: x</title>'
            f"<opensearch:totalResults>230</opensearch:totalResults>{entries}</feed>".encode()
        )

    site = digest('kind: arxiv_query, name: clouds, query: "abs:clouds", url: SERVER/q', play)
    site.fetch(FRIDAY)
    assert site.told == ["clouds 2026-11-20: 230 papers"]
    assert site.server.asked[0].query["search_query"] == "(abs:clouds) AND submittedDate:[202611200000 TO 202611202359]"
    assert [asked.query["start"] for asked in site.server.asked] == ["0", "200"]


def test_arxiv_is_given_its_pause(digest):
    feed = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query: x</title></feed>'
    site = digest("kind: arxiv_query, query: x, url: SERVER/q", lambda asked: Played(feed))
    site.fetch(FRIDAY, SATURDAY, SUNDAY, today=SUNDAY, retry_policy=RetryPolicy(pause=0.2))
    moments = [asked.moment for asked in site.server.asked]
    assert len(moments) == 3
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(moments))


def test_a_growing_list_is_kept_by_what_is_new_on_each_day(digest):
    listed = [{"title": "Sparse Clouds", "doi": "10.1000/a"}]
    site = digest("kind: url, name: group, url: SERVER/list.json", lambda asked: as_json({"papers": listed}))
    site.fetch(today=FRIDAY)
    listed.insert(0, {"title": "Counting Sheep", "doi": "10.1000/b"})
    site.fetch(today=MONDAY)
    site.fetch(today=TUESDAY)
    assert {path: [row["title"] for row in json.loads(text)["papers"]] for path, text in site.lists.items()} == {
        "group/2026-11-20.json": ["Sparse Clouds"],
        "group/2026-11-23.json": ["Counting Sheep"],
    }
    assert site.told == ["group 2026-11-24: no list (no papers)"]


def test_a_growing_list_is_found_wherever_a_service_writes_it(digest):
    listed = [{"title": "Sparse Clouds", "doi": "10.1000/a"}]
    answer = {"took": 3, "hits": {"total": 2, "hits": listed}}
    site = digest("kind: url, name: group, url: SERVER/list.json", lambda asked: as_json(answer))
    site.fetch(today=FRIDAY)
    listed.insert(0, {"title": "Counting Sheep", "doi": "10.1000/b"})
    site.fetch(today=MONDAY)
    listed.clear()
    site.fetch(today=TUESDAY)
    assert {path: [row["title"] for row in json.loads(text)["hits"]["hits"]] for path, text in site.lists.items()} == {
        "group/2026-11-20.json": ["Sparse Clouds"],
        "group/2026-11-23.json": ["Counting Sheep"],
    }
    assert site.told == ["group 2026-11-24: no list (no papers)"]


def test_a_feed_is_kept_by_its_new_entries(digest, build_site):
    item = (
        "<item><title>{0}</title><link>https://doi.org/10.1000/{0}</link>"
        "<pubDate>{1} Nov 2026 08:00:00 GMT</pubDate></item>"
    )
    items = [item.format("Clouds", "Fri, 20")]
    site = digest(
        "kind: feed, name: journal, url: SERVER/feed",
        lambda asked: Played(f"<rss version='2.0'><channel><title>J</title>{''.join(items)}</channel></rss>".encode()),
    )
    site.fetch(today=FRIDAY)
    items.insert(0, item.format("Sheep", "Mon, 23"))
    site.fetch(today=MONDAY)
    assert "Clouds" not in site.lists["journal/2026-11-23.xml"]
    assert {paper["title"]: paper["days"] for paper in build_site(site.content, LATER).papers.values()} == {
        "Clouds": ["2026-11-20"],
        "Sheep": ["2026-11-23"],
    }


def test_a_yaml_list_a_day_is_asked_for_by_its_day(digest):
    site = digest(
        'kind: url, name: group, url: "SERVER/{date}.yaml"',
        lambda asked: Played(f"- title: Of {asked.path[1:11]}\n".encode()),
    )
    site.fetch(FRIDAY)
    assert site.lists == {"group/2026-11-20.yaml": "- title: Of 2026-11-20\n"}


@needs_shared
def test_real_days_are_kept_word_for_word_in_every_shape(digest, build_site):
    folder = SHARED / "data" / "hf_daily"
    days = [date.fromisoformat(file.stem) for file in sorted(folder.glob("*.json"))]
    # Days of fifty papers are asked for a second page, which is empty here.
    site = digest(
        HF,
        lambda asked: Played(
            (folder / f"{asked.query['date']}.json").read_bytes() if asked.query["p"] == "0" else b"[]"
        ),
    )
    assert site.fetch(*days, today=FRIDAY)
    assert site.lists == {f"hf-daily/{day}.json": (folder / f"{day}.json").read_text() for day in days}
    built = build_site(site.content)
    assert len(built.papers) > 400
    assert [line for line in built.problems if "status.json" in line] == []


@needs_shared
def test_real_answers_of_the_query_api_are_kept_and_an_error_is_not_taken_for_a_list(digest):
    folder = SHARED / "data" / "arxiv_api"
    real, error = next(folder.glob("q_testing_s0_*")), next(folder.glob("id_abc_*"))
    answer = {"20261120": real, "20261119": error}
    site = digest(
        "kind: arxiv_query, query: testing, url: SERVER/q",
        lambda asked: Played(answer[asked.query["search_query"].split("[")[1][:8]].read_bytes()),
    )
    assert not site.fetch(date(2026, 11, 19), FRIDAY)
    assert list(site.lists) == ["arxiv-query/2026-11-20.xml"]
    # 15 of 214,881 entries that match: the list says so itself.
    assert site.status("arxiv-query", FRIDAY) == {
        "outcome": "partial",
        "asked": "2026-11-20",
        "papers": 15,
        "came": "2026-11-20",
    }
    assert "arXiv answered with an error" in site.told[0]


def test_days_are_named_alone_or_as_a_range():
    assert days_between(None, None, None, FRIDAY) == ()
    assert days_between(FRIDAY, None, None, MONDAY) == (FRIDAY,)
    assert days_between(None, FRIDAY, None, SUNDAY) == (FRIDAY, SATURDAY, SUNDAY)
    for wrong in ((FRIDAY, FRIDAY, None), (None, None, FRIDAY), (TUESDAY, None, None), (None, MONDAY, FRIDAY)):
        with pytest.raises(BuildError):
            days_between(*wrong, MONDAY)


def test_sources_that_are_not_there_are_named(digest, tmp_path):
    site = digest(HF, lambda asked: as_json([]))
    with pytest.raises(BuildError, match=r"no source is named arxiv; site\.yaml names hf-daily"):
        site.fetch(names=["arxiv"])
    with pytest.raises(BuildError, match="names no source to fetch"):
        fetch_lists(tmp_path, [], [], FRIDAY)
    with pytest.raises(BuildError, match="there is no content folder"):
        fetch_lists(tmp_path / "nowhere", [], [], FRIDAY)
    assert site.lists == {}


def test_papers_that_a_source_is_not_for_are_told_by_reason(digest):
    site = digest(f"{HF}, exclude: fog, max: 1", lambda asked: as_json(rows("2611.00001", "2611.00002", "2611.00003")))
    site.fetch(FRIDAY, today=FRIDAY)
    assert site.told == [
        "hf-daily 2026-11-20: 3 papers",
        "hf-daily 2026-11-20: 2 of 3 left out of the site: is beyond the first 1 (2)",
    ]


def test_papers_without_the_words_of_a_source_are_told_and_kept(digest):
    site = digest(f"{HF}, include: 00002", lambda asked: as_json(rows("2611.00001", "2611.00002")))
    site.fetch(FRIDAY, today=FRIDAY)
    assert site.told[1:] == ["hf-daily 2026-11-20: 1 of 2 left out of the site: has no words of include (1)"]
    assert site.ids("hf-daily/2026-11-20.json") == ["2611.00001", "2611.00002"]
