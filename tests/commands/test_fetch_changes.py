"""What a source says otherwise on a later day is kept beside its list; what it merely lacks is not."""

import json
import re
from datetime import date, timedelta

import pytest

from tests.commands.fetch_site import FRIDAY, HF, MONDAY, SATURDAY, SUNDAY, TUESDAY, as_json, rows
from tests.commands.fetch_site import LATER as AFTER_ALL
from tests.commands.playback_server import Played
from tests.conftest import SHARED, needs_shared

FIRST, LATER = "hf-daily/2026-11-20.json", "hf-daily/2026-11-20@2026-11-23.json"


class Source:
    """A source of daily papers whose rows tests change between two fetches."""

    def __init__(self, digest):
        self.rows = rows("2611.00001", "2611.00002")
        self.site = digest(HF, lambda asked: as_json(self.rows))

    def fetch(self, today):
        assert self.site.fetch(FRIDAY, today=today, is_again=True)
        return self.site.lists


@pytest.fixture
def source(digest):
    made = Source(digest)
    made.fetch(FRIDAY)
    return made


def test_a_changed_text_is_kept_as_it_came_with_nothing_else(source):
    first = source.site.lists[FIRST]
    source.rows[0]["paper"]["title"] = "Paper 2611.00001, corrected"
    assert list(source.fetch(MONDAY)) == [FIRST, LATER]
    assert source.site.lists[FIRST] == first
    assert json.loads(source.site.lists[LATER]) == [source.rows[0]]
    assert source.site.told == ["hf-daily 2026-11-20: 2 papers (1 corrected)"]
    assert list(source.fetch(TUESDAY)) == [FIRST, LATER]
    assert source.site.told == ["hf-daily 2026-11-20: 2 papers"]


def test_a_paper_whose_counts_alone_have_moved_is_kept_short(source):
    source.rows[0]["paper"]["upvotes"] = 99
    source.rows[1]["numComments"] = 4
    source.fetch(MONDAY)
    assert json.loads(source.site.lists[LATER]) == [
        {
            "paper": {
                "id": "2611.00001",
                "title": "Paper 2611.00001",
                "upvotes": 99,
                "submittedOnDailyAt": "2026-11-20T01:00:00.000Z",
            }
        },
        {
            "paper": {
                "id": "2611.00002",
                "title": "Paper 2611.00002",
                "upvotes": 1,
                "submittedOnDailyAt": "2026-11-20T01:00:00.000Z",
            },
            "numComments": 4,
        },
    ]
    assert source.site.told == ["hf-daily 2026-11-20: 2 papers (2 updated)"]


def test_stars_of_the_code_alone_are_nothing_to_keep(source):
    source.rows[0]["paper"]["githubStars"] = 9
    assert list(source.fetch(MONDAY)) == [FIRST]


def test_a_link_that_is_added_later_is_kept_with_the_whole_paper(source, build_site):
    source.rows[0]["paper"]["githubRepo"] = "https://example.org/code"
    source.fetch(MONDAY)
    built = build_site(source.site.content)
    assert built.papers["2611.00001"]["links"]["code"] == "https://example.org/code"
    assert built.papers["2611.00001"]["corrections"] == []


def test_a_list_grows_in_its_place_on_the_day_it_came_but_loses_no_text(source):
    source.rows = rows("2611.00001", "2611.00002", "2611.00003", votes=7)
    assert list(source.fetch(FRIDAY)) == [FIRST]
    assert json.loads(source.site.lists[FIRST]) == source.rows
    source.rows[0]["paper"]["summary"] = "We look again."
    source.fetch(FRIDAY)
    assert list(source.site.lists) == [FIRST, "hf-daily/2026-11-20@2026-11-20.json"]
    assert "We look." in source.site.lists[FIRST]


def test_what_changed_earlier_on_the_same_day_is_not_lost(source):
    source.rows[0]["paper"]["title"] = "A first change"
    source.fetch(MONDAY)
    source.rows[1]["paper"]["title"] = "A second change"
    source.fetch(MONDAY)
    source.rows[1]["paper"]["title"] = "A third change"
    source.fetch(MONDAY)
    assert [row["paper"]["title"] for row in json.loads(source.site.lists[LATER])] == [
        "A first change",
        "A third change",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_changed_earlier_on_the_same_day_is_not_lost_where_an_editor_saved_it_otherwise(source, encoding):
    source.rows[0]["paper"]["title"] = "A first change"
    source.fetch(MONDAY)
    file = source.site.content / "papers/fetched" / LATER
    file.write_text(file.read_text().replace("first", "für"), encoding=encoding)
    source.rows[0]["paper"]["title"] = "A für change"
    source.rows[1]["paper"]["title"] = "A second change"
    source.fetch(MONDAY)
    changed = [row["paper"]["title"] for row in json.loads(source.site.lists[LATER])]
    assert changed == ["A für change", "A second change"]


def test_changes_that_cannot_be_decoded_are_told_and_left_alone(source):
    source.rows[0]["paper"]["title"] = "A first change"
    source.fetch(MONDAY)
    file = source.site.content / "papers/fetched" / LATER
    file.write_bytes(written := file.read_bytes().replace(b"first", b"f\xfcr"))
    source.rows[1]["paper"]["title"] = "A second change"
    assert not source.site.fetch(FRIDAY, today=MONDAY, is_again=True)
    assert "holds bytes that are no UTF-8" in source.site.told[0]
    assert file.read_bytes() == written


@pytest.mark.parametrize(
    "answer",
    [[], rows("2611.00002"), rows("2611.00009", day="2026-11-19"), {"error": "sorry"}],
    ids=["empty", "half-filled", "of another day", "no list"],
)
def test_what_an_answer_lacks_takes_nothing_away(source, build_site, answer):
    before = source.site.lists
    source.rows = answer
    source.site.fetch(FRIDAY, today=MONDAY, is_again=True)
    assert source.site.lists == before
    papers = build_site(source.site.content).papers
    assert sorted(papers) == ["2611.00001", "2611.00002"]
    assert not any(paper["withdrawn"] or paper["corrections"] for paper in papers.values())


def test_a_shorter_answer_still_tells_what_has_changed_and_brings_nothing_new(source):
    source.rows = rows("2611.00002", votes=5)
    source.fetch(MONDAY)
    assert source.site.ids(LATER) == ["2611.00002"]
    source.rows = rows("2611.00009")
    source.fetch(TUESDAY)
    assert list(source.site.lists) == [FIRST, LATER]
    assert source.site.status("hf-daily", FRIDAY)["papers"] == 2


def test_a_row_without_its_abstract_takes_no_abstract_away(source, build_site):
    del source.rows[0]["paper"]["summary"]
    source.rows[0]["paper"]["upvotes"] = 3
    source.fetch(MONDAY)
    paper = build_site(source.site.content).papers["2611.00001"]
    assert (paper["abstract"], paper["upvotes"], paper["corrections"]) == ("We look.", 3, [])


def test_votes_make_a_series_and_the_listed_day_stays(source, build_site):
    for today, votes in ((SATURDAY, 4), (SUNDAY, 4), (MONDAY, 9)):
        source.rows = rows("2611.00001", "2611.00002", votes=votes)
        source.fetch(today)
    paper = build_site(source.site.content).papers["2611.00001"]
    assert paper["counts"] == [
        {"date": "2026-11-20", "upvotes": 1, "comments": None},
        {"date": "2026-11-21", "upvotes": 4, "comments": None},
        {"date": "2026-11-23", "upvotes": 9, "comments": None},
    ]
    assert (paper["upvotes"], paper["listed"], paper["days"]) == (9, ["2026-11-20"], ["2026-11-20"])
    assert [source["path"] for source in paper["sources"]] == ["papers/fetched/hf-daily/2026-11-20.json"]


def test_a_list_that_was_fetched_late_counts_its_votes_from_then(digest, build_site):
    votes = [3]
    site = digest(HF, lambda asked: as_json(rows("2611.00001", votes=votes[0])))
    site.fetch(FRIDAY, today=MONDAY)
    votes[0] = 5
    site.fetch(FRIDAY, today=TUESDAY, is_again=True)
    counts = build_site(site.content).papers["2611.00001"]["counts"]
    assert [count["date"] for count in counts] == ["2026-11-23", "2026-11-24"]


ENTRY = """<entry><id>http://arxiv.org/abs/2611.0000{0}v{1}</id><title>{2}</title><summary>We look.</summary>
<published>2026-11-20T10:00:00Z</published>{3}</entry>"""
ARXIV = 'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'


def test_a_withdrawal_on_arxiv_is_seen_and_dated(digest, build_site):
    entries = [ENTRY.format(1, 1, "Sparse Clouds", ""), ENTRY.format(2, 1, "Counting Sheep", "")]
    site = digest(
        "kind: arxiv_query, query: x, url: SERVER/q",
        lambda asked: Played(f"<feed {ARXIV}><title>arXiv Query: x</title>{''.join(entries)}</feed>".encode()),
    )
    site.fetch(FRIDAY, today=FRIDAY)
    notice = "This paper has been withdrawn by the authors due to an error in Section 3"
    entries[0] = ENTRY.format(1, 2, "Sparse Clouds", f"<arxiv:comment>{notice}</arxiv:comment>")
    site.fetch(FRIDAY, today=MONDAY)
    assert "Counting Sheep" not in site.lists["arxiv-query/2026-11-20@2026-11-23.xml"]
    papers = build_site(site.content).papers
    assert papers["2611.00001"]["withdrawn"] == {"notice": notice, "date": "2026-11-23"}
    assert papers["2611.00002"]["withdrawn"] is None
    entries[0] = ENTRY.format(1, 3, "Sparse Clouds", "")
    for later in (TUESDAY, TUESDAY + timedelta(days=1)):
        site.fetch(FRIDAY, today=later, is_again=True)
    assert [path[-14:-4] for path in site.lists] == ["2026-11-20", "2026-11-23", "2026-11-24"]
    paper = build_site(site.content).papers["2611.00001"]
    assert paper["withdrawn"] is None
    assert [(each["date"], each["what"]) for each in paper["corrections"]] == [
        ("2026-11-23", "withdrawal"),
        ("2026-11-24", "withdrawal"),
    ]


def test_a_growing_list_tells_of_earlier_papers_beside_the_list_they_came_with(digest, build_site):
    listed = [{"title": "Sparse Clouds", "doi": "10.1000/a", "abstract": "Few."}]
    site = digest("kind: url, name: group, url: SERVER/list.json", lambda asked: as_json({"papers": listed}))
    site.fetch(today=FRIDAY)
    listed[0]["title"] = "Sparse Clouds, Revisited"
    listed.insert(0, {"title": "Counting Sheep", "doi": "10.1000/b", "abstract": "Many."})
    site.fetch(today=MONDAY)
    assert site.told == ["group 2026-11-23: 1 paper (1 corrected)"]
    assert list(site.lists) == [
        "group/2026-11-20.json",
        "group/2026-11-20@2026-11-23.json",
        "group/2026-11-23.json",
    ]
    papers = build_site(site.content, AFTER_ALL).papers
    assert papers["10.1000/a"]["title"] == "Sparse Clouds, Revisited"
    assert papers["10.1000/a"]["days"] == ["2026-11-20"]
    assert papers["10.1000/b"]["days"] == ["2026-11-23"]


def test_json_lines_that_grow_are_kept_by_what_is_new_and_what_has_changed(digest, build_site):
    listed = [{"title": "Sparse Clouds", "doi": "10.1000/a"}, {"title": "Counting Goats", "doi": "10.1000/b"}]
    site = digest(
        "kind: url, name: group, url: SERVER/list.jsonl",
        lambda asked: Played("".join(f"{json.dumps(row)}\n" for row in listed).encode()),
    )
    site.fetch(today=FRIDAY)
    for row in listed:
        row["title"] += ", Revisited"
    listed.append({"title": "Counting Sheep", "doi": "10.1000/c"})
    site.fetch(today=MONDAY)
    assert site.told == ["group 2026-11-23: 1 paper (2 corrected)"]
    assert site.lists["group/2026-11-23.jsonl"] == f"{json.dumps(listed[2])}\n"
    papers = build_site(site.content, AFTER_ALL).papers
    assert {paper["title"]: paper["days"] for paper in papers.values()} == {
        "Sparse Clouds, Revisited": ["2026-11-20"],
        "Counting Goats, Revisited": ["2026-11-20"],
        "Counting Sheep": ["2026-11-23"],
    }


def test_a_yaml_list_that_cannot_be_parted_is_kept_whole(digest, build_site):
    titles = ["Sparse Clouds", "Counting Sheep"]
    site = digest(
        'kind: url, name: group, url: "SERVER/{date}.yaml"',
        lambda asked: Played(
            "".join(f"- {{title: {t}, id: p{n}, listed: 2026-11-20}}\n" for n, t in enumerate(titles)).encode()
        ),
    )
    site.fetch(FRIDAY, today=FRIDAY)
    titles[0] = "Dense Clouds"
    site.fetch(FRIDAY, today=MONDAY)
    assert "Counting Sheep" in site.lists["group/2026-11-20@2026-11-23.yaml"]
    papers = build_site(site.content).papers
    assert papers["p0"]["title"] == "Dense Clouds"
    assert [len(paper["corrections"]) for paper in papers.values()] == [1, 0]


@needs_shared
@pytest.mark.parametrize("day", ["2024-05-27", "2025-01-10", "2025-06-19", "2026-08-21"])
def test_real_days_of_every_shape_are_read_again_after_a_change(digest, build_site, day):
    text = (SHARED / "data" / "hf_daily" / f"{day}.json").read_text()
    answers = [text]
    site = digest(HF, lambda asked: Played(answers[0].encode() if asked.query["p"] == "0" else b"[]"))
    listed = date.fromisoformat(day)
    site.fetch(listed, today=FRIDAY)
    before = build_site(site.content).papers
    site.fetch(listed, today=SATURDAY, is_again=True)
    assert list(site.lists) == [f"hf-daily/{day}.json"]
    answers[0] = re.sub(r"(['\"]title['\"]: ['\"])", r"\1Anew ", text)
    site.fetch(listed, today=MONDAY, is_again=True)
    assert list(site.lists) == [f"hf-daily/{day}.json", f"hf-daily/{day}@2026-11-23.json"]
    after = build_site(site.content).papers
    assert {key: paper["title"] for key, paper in after.items()} == {
        key: f"Anew {paper['title']}" for key, paper in before.items()
    }
    assert all([each["what"] for each in paper["corrections"]] == ["title"] for paper in after.values())
    assert all(paper["days"] == [day] for paper in after.values())
