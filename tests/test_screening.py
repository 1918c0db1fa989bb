"""Filters of sources: unwanted papers of fetched lists are left out, counted and reported."""

import re

import orjson
import pytest

from site_builder.problems import BuildError
from site_builder.report import write_account

SITE = """
-- site.yaml --
base_url: https://clouds.example
search: false
related: tags
cards: none
fetch:
- {kind: url, name: clouds, url: "https://clouds.example/list.json", FETCH}
-- papers/fetched/clouds/2026-11-19.json --
[{"title": "Retrieval of Clouds", "arxiv": "2611.00001", "abstract": "Dense passages."},
 {"title": "A Survey of Retrieval", "arxiv": "2611.00002", "abstract": "All of it."},
 {"title": "Counting Sheep", "arxiv": "2611.00003", "abstract": "No clouds."},
 {"title": "Retrieving Fog", "arxiv": "2611.00004", "abstract": "Retrieval again.", "published": "2026-11-03"}]
-- papers/fetched/clouds/2026-11-19@2026-11-20.json --
[{"title": "A Survey of Retrieval", "arxiv": "2611.00002", "upvotes": 7},
 {"title": "Retrieval of Clouds", "arxiv": "2611.00001", "upvotes": 3}]
-- papers/fetched/status.json --
{"sources": {"clouds": {"2026-11-19": {"outcome": "listed", "asked": "2026-11-19", "papers": 4, "came": "2026-11-19"}}}}
-- papers/own.yaml --
- {title: A Survey of Sheep, listed: 2026-11-19}
"""


def with_fetch(keys: str) -> str:
    return SITE.replace("FETCH", keys)


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ("tags: [sky]", {"2611.00001", "2611.00002", "2611.00003", "2611.00004"}),
        ("include: retrieval", {"2611.00001", "2611.00002", "2611.00004"}),
        ("include: retrieval, exclude: survey", {"2611.00001", "2611.00004"}),
        ("include: [dense, sheep]", {"2611.00001", "2611.00003"}),
        ("include: 'retrieval AND (dense OR again)'", {"2611.00001", "2611.00004"}),
        ("max: 2", {"2611.00001", "2611.00002"}),
        ("exclude: retrieval of clouds, max: 2", {"2611.00002", "2611.00003"}),
    ],
)
def test_a_source_brings_what_it_is_for_and_other_lists_are_left_alone(build_site, keys, kept):
    site = build_site(with_fetch(keys))
    assert set(site.papers) == {*kept, "a-survey-of-sheep"}
    assert site.papers.get("2611.00001", {"upvotes": 3})["upvotes"] == 3


def test_what_is_left_out_is_counted_in_the_report_and_the_status(build_site, tmp_path):
    site = build_site(with_fetch("include: retrieval, exclude: survey, max: 1"))
    (day,) = site.json("api/status.json")["sources"][0]["days"]
    assert day["left_out"] == {"has no words of include": 1, "has words of exclude": 2, "is beyond the first 1": 1}
    write_account(site.result, tmp_path / "report.json")
    told = orjson.loads((tmp_path / "report.json").read_bytes())
    files = {file["path"]: file for file in told["files"]}
    first = files["papers/fetched/clouds/2026-11-19.json"]
    assert (first["records"], first["papers"], sum(first["set_aside"].values())) == (4, 1, 3)
    assert all(
        file["records"] == file["papers"] + file["merged"] + file["lost"] + sum(file["set_aside"].values())
        for file in told["files"]
    )


def test_a_source_gives_its_papers_tags(build_site):
    papers = build_site(with_fetch("tags: [Sky, sea]")).papers
    assert papers["2611.00003"]["tags"] == ["sky", "sea"]
    assert papers["a-survey-of-sheep"]["tags"] == []


def test_an_answer_without_a_day_has_the_day_on_which_it_was_fetched(build_site):
    items = "".join(
        f"<item><title>{title}</title><link>https://doi.org/10.1000/{title}</link>{day}</item>"
        for title, day in (("fog", ""), ("hail", "<pubDate>Tue, 03 Nov 2026 00:00:00 GMT</pubDate>"))
    )
    feed = f'<rss version="2.0"><channel><title>Clouds</title>{items}</channel></rss>'
    fetch = SITE.partition("fetch:")[0] + "fetch: [{kind: feed, url: https://clouds.example/rss}]\n"
    papers = build_site(f"{fetch}-- papers/fetched/feed/2026-11-19.xml --\n{feed}\n").papers
    days = {paper["title"]: paper["days"] for paper in papers.values()}
    assert days == {"fog": ["2026-11-19"], "hail": ["2026-11-03"]}


LISTING = """<?xml version="1.0"?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel><link>http://rss.arxiv.org/rss/cs.CL</link>
<pubDate>Thu, 19 Nov 2026 00:00:00 -0500</pubDate>
ITEMS</channel></rss>
"""


def listing() -> str:
    items = "".join(
        f"<item><title>{kind} clouds</title><link>https://arxiv.org/abs/2611.0001{number}</link>"
        f"<description>arXiv:2611.0001{number}v1 Announce Type: {kind} Abstract: Clouds.</description>"
        f"<arxiv:announce_type>{kind}</arxiv:announce_type></item>\n"
        for number, kind in enumerate(("new", "cross", "replace", "replace-cross"))
    )
    return LISTING.replace("ITEMS", items)


@pytest.mark.parametrize(
    ("announce", "kept"),
    [("", "01"), ("announce: [new],", "0"), ("announce: replace,", "23"), ("announce: [new, cross, replace],", "0123")],
)
def test_a_listing_brings_the_announcements_that_it_is_asked_for(build_site, announce, kept):
    settings = SITE.partition("fetch:")[0]
    fetch = f"fetch:\n- {{kind: arxiv_listing, {announce} category: [cs.CL, cs.IR]}}\n"
    site = build_site(f"{settings}{fetch}-- papers/fetched/arxiv-listing/2026-11-19.xml --\n{listing()}")
    assert set(site.papers) == {f"2611.0001{number}" for number in kept}


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("include: (retrieval", "site.yaml:6: fetch.include '(retrieval': opens a bracket that it does not close"),
        ("exclude: [a, b OR]", "site.yaml:6: fetch.exclude 'b OR': lacks a word; write one there"),
        ("max: 0", 'site.yaml:6: fetch.max is "0"; write 1 or more'),
        ("announce: [fresh]", 'site.yaml:6: fetch.announce is "fresh"; write new, cross or replace'),
        ("exclud: x", 'site.yaml:6: unknown key "fetch.exclud"; did you mean "exclude"?'),
    ],
)
def test_a_malformed_wish_stops_the_build_with_place_and_remedy(build_site, keys, told):
    with pytest.raises(BuildError, match=re.escape(told)):
        build_site(with_fetch(keys))


PATTERNS = """
-- site.yaml --
{base_url: "https://clouds.example", search: false, related: tags, cards: none}
-- tags.yaml --
tags:
- name: Graph attention
  patterns:
  - graph transformer
  - {all: [graph, attention], none: [molecule, "point cloud"]}
- {name: Weather, patterns: {all: [fog]}}
-- papers/a.yaml --
listed: 2026-11-20
papers:
- {title: Attention in Depth, id: both, abstract: On graphs.}
- {title: Attention to Molecules, id: none, abstract: On graphs.}
- {title: Attention Alone, id: one, abstract: On text.}
- {title: Graph Transformers in Fog, id: old, abstract: On text.}
"""


def test_a_tag_pattern_asks_for_all_of_several_words_and_for_none_of_others(build_site):
    site = build_site(PATTERNS)
    assert site.problems == []
    tags = {paper["id"]: paper["tags"] for paper in site.papers.values()}
    assert {key: sorted(found) for key, found in tags.items()} == {
        "both": ["graph-attention"],
        "none": [],
        "one": [],
        "old": ["graph-attention", "weather"],
    }


def test_a_tag_pattern_that_asks_for_nothing_is_told(build_site):
    site = build_site(PATTERNS.replace("{all: [graph, attention], none", "{every: [graph], none"))
    assert site.problems == [
        'tags.yaml:5: a pattern of "Graph attention" asks for no word; write `all: [one, another]` in it',
        'tags.yaml:5: unknown key "every"; known keys are all, none',
    ]
