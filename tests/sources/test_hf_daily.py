"""Responses of the daily papers API, of every year and shape."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import hf_daily
from site_builder.sources.source import Source
from tests.conftest import SHARED, needs_shared

ROW = {
    "paper": {
        "id": "2605.01234",
        "authors": [
            {"_id": "1", "name": "Ada Example", "hidden": False},
            {"_id": "2", "name": "Not An Author", "hidden": True},
            {"_id": "3", "name": "Ben Sample", "user": {"fullname": "Ben"}},
        ],
        "publishedAt": "2026-05-04T00:00:00.000Z",
        "submittedOnDailyAt": "2026-05-06T07:08:09.000Z",
        "title": "Counting\n  Sheep",
        "summary": "We count sheep.\n  They jump.",
        "upvotes": 0,
        "projectPage": " https://example.org/sheep",
        "githubRepo": "https://github.com/example/sheep",
        "githubStars": 7,
        "ai_summary": "Sheep are counted.",
        "ai_summary_model": "meadow/counter",
        "ai_keywords": ["sheep", "counting"],
        "organization": {"_id": "4", "name": "meadow", "fullname": "Meadow Institute"},
    },
    "publishedAt": "2026-05-03T20:00:00.000Z",
    "title": "Counting Sheep",
    "thumbnail": "https://example.org/2605.01234.png",
    "mediaUrls": ["https://example.org/demo.mp4"],
    "numComments": 2,
    "submittedBy": {"fullname": "Cleo Curator", "name": "cleo"},
    "submitterOrganization": {"_id": "5", "name": "barn", "fullname": "Barn Institute"},
    "isAuthorParticipating": False,
}
OLD_ROW = {"paper": {"id": "2405.00001", "title": "Old", "summary": "s", "upvotes": 3, "authors": []}, "numComments": 0}


def read(text: str, path: str = "papers/2026-05-06.json") -> list[Item]:
    source = Source.from_text(text, path)
    assert hf_daily.READER.recognises(source)
    return list(hf_daily.read(source))


def fields(row: object, path: str = "papers/2026-05-06.json") -> dict:
    (item,) = read(json.dumps([row]), path)
    assert isinstance(item, RawPaper)
    return dict(item.fields)


def test_every_field_of_a_row_finds_its_place():
    assert fields(ROW) == {
        "title": "Counting\n  Sheep",
        "abstract": "We count sheep.\n  They jump.",
        "arxiv": "2605.01234",
        "authors": ["Ada Example", "Ben Sample"],
        "published": "2026-05-04",
        "listed": "2026-05-06",
        "organization": "Meadow Institute",
        "upvotes": 0,
        "comments": 2,
        "stars": 7,
        "ai_summary": "Sheep are counted.",
        "keywords": ["sheep", "counting"],
        "submitter": "Cleo Curator",
        "image": "https://example.org/2605.01234.png",
        "links": {
            "code": "https://github.com/example/sheep",
            "project": "https://example.org/sheep",
            "video": "https://example.org/demo.mp4",
        },
    }


def test_the_day_is_that_of_the_row_before_that_of_the_file():
    assert fields(ROW, "papers/2020-01-01.json")["listed"] == "2026-05-06"


def test_the_day_of_an_old_row_is_that_of_the_file_never_the_outer_moment():
    row = OLD_ROW | {"publishedAt": "2024-05-26T03:00:00.000Z"}
    assert fields(row, "papers/daily-2024-05-27.json")["listed"] == "2024-05-27"
    assert "listed" not in fields(row, "papers/2024-13-45.json")
    assert "published" not in fields(row)


def test_the_day_of_a_wrapped_list_is_the_wrappers_where_nothing_else_tells_it():
    text = json.dumps({"status": "success", "date": "2025-01-10", "count": 1, "data": [OLD_ROW]}, indent=4)
    (item,) = read(text, "papers/answer.json")
    assert (item.fields["listed"], item.line) == ("2025-01-10", 6)


@pytest.mark.parametrize("write", [repr, json.dumps], ids=["a Python repr", "JSON"])
def test_a_row_that_is_a_text_is_read_like_any_other(write):
    row = json.loads(json.dumps(ROW).replace("We count", "It's \\u00e9 we"))
    assert fields(write(row)) == fields(row)


def test_rows_may_stand_one_on_a_line():
    items = read(f"{json.dumps(OLD_ROW)}\n{json.dumps(ROW)}\n", "papers/2024-05-27.jsonl")
    assert [(item.line, item.fields["arxiv"]) for item in items] == [(1, "2405.00001"), (2, "2605.01234")]


def test_rows_of_a_text_of_one_line_are_numbered():
    assert [item.line for item in read(json.dumps([ROW, OLD_ROW, ROW]))] == [1, 2, 3]


@pytest.mark.parametrize(
    "row",
    ["{'paper': {'id': ", "{'paper': open('x')}", "[" * 10_000, "9" * 5000, 3, [], {"paper": "text"}, {"title": "T"}],
)
def test_a_row_that_cannot_be_read_is_one_problem_and_the_others_stay(row):
    first, problem, last = read(json.dumps([OLD_ROW, row, ROW], indent=1))
    assert isinstance(first, RawPaper)
    assert isinstance(last, RawPaper)
    assert isinstance(problem, Problem)
    assert (problem.records, problem.path) == (1, "papers/2026-05-06.json")


def test_a_cut_answer_keeps_the_rows_before_the_cut():
    text = json.dumps([OLD_ROW, ROW], indent=2)[:-200]
    record, problem = read(text)
    assert record.fields["title"] == "Old"
    assert (problem.records, problem.line) == (1, text.count("\n") + 1)


def test_fields_of_a_wrong_shape_do_not_stop_the_row():
    row = {"paper": {"id": 1, "summary": None, "title": None, "authors": "x", "organization": [], "mediaUrls": 3}}
    assert fields(row | {"title": "Outer", "submittedBy": 5})["title"] == "Outer"


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "2605.01234", "title": "T", "summary": "S"}]',
        '{"data": [{"paperId": "1", "title": "paper"}]}',
        '[{"paper": "Counting Sheep", "id": 1}]',
        "- title: paper\n",
        "[]",
        "{",
    ],
)
def test_other_texts_are_not_recognised(text):
    assert not hf_daily.READER.recognises(Source.from_text(text, "papers/2026-05-06.json"))


def test_a_day_whose_first_row_is_damaged_is_recognised():
    problem, record = read(f'[\n  {{"paper" "x"}},\n  {json.dumps(ROW)}\n]')
    assert isinstance(problem, Problem)
    assert isinstance(record, RawPaper)


ROWS = st.builds(
    lambda title, votes, form: form({"paper": {"id": "2605.01234", "title": title, "upvotes": votes}}),
    st.text(),
    st.integers(0, 700),
    st.sampled_from([dict, repr, json.dumps]),
)


@given(st.lists(ROWS | st.none() | st.integers() | st.text(max_size=5), max_size=6), st.sampled_from([None, 2]))
def test_each_row_is_one_record_or_one_problem(rows, indent):
    items = read(json.dumps([ROW, *rows], indent=indent))
    assert len(items) == len(rows) + 1
    assert all(isinstance(item, RawPaper) or (isinstance(item, Problem) and item.records == 1) for item in items)


@needs_shared
@pytest.mark.parametrize("file", sorted((SHARED / "data/hf_daily").glob("*.json")), ids=lambda file: file.stem)
def test_every_row_of_a_real_day_is_a_record_on_that_day(file: Path):
    answer = json.loads(file.read_text(encoding="utf-8"))
    rows = answer if isinstance(answer, list) else answer["data"]
    source = Source.from_file(file, file.name)
    assert hf_daily.READER.recognises(source)
    items = list(hf_daily.read(source))
    assert [item.fields["listed"] for item in items if isinstance(item, RawPaper)] == [file.stem] * len(rows)
    assert not [item.unread for item in items if isinstance(item, RawPaper) and item.unread]
    assert all(item.fields["title"] and item.fields["abstract"] and item.fields["arxiv"] for item in items)
