"""arXiv's metadata snapshot."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import arxiv_snapshot
from site_builder.sources.source import Source

PAPER = {
    "id": "2605.01234",
    "submitter": "Ada Example",
    "authors": "A. Example and B. Sample, Jr",
    "title": "Counting\n  Sheep",
    "comments": "12 pages",
    "journal-ref": None,
    "doi": "10.1000/sheep",
    "report-no": None,
    "categories": "cs.CL cs.LG",
    "license": None,
    "abstract": "  We count\nsheep.\n",
    "versions": [
        {"version": "v1", "created": "Mon, 4 May 2026 17:00:00 GMT"},
        {"version": "v2", "created": "Fri, 8 May 2026 10:00:00 GMT"},
    ],
    "update_date": "2026-05-09",
    "authors_parsed": [["Example", "A.", ""], ["Sample", "B.", "Jr", "Meadow"], ["Team", "", ""]],
}


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/snapshot.json")
    assert arxiv_snapshot.READER.recognises(source)
    return list(arxiv_snapshot.read(source))


def test_an_object_is_a_paper_of_the_day_of_its_first_version():
    (record,) = read(json.dumps(PAPER) + "\n")
    assert record.fields == {
        "title": "Counting\n  Sheep",
        "abstract": "  We count\nsheep.\n",
        "authors": [
            {"family": "Example", "given": "A.", "suffix": ""},
            {"family": "Sample", "given": "B.", "suffix": "Jr"},
            {"family": "Team", "given": "", "suffix": ""},
        ],
        "arxiv": "2605.01234",
        "doi": "10.1000/sheep",
        "published": "2026-05-04",
        "version": "v2",
        "categories": ["cs.CL", "cs.LG"],
        "comment": "12 pages",
    }


def test_authors_that_are_not_parsed_stay_the_text():
    (record,) = read(json.dumps(PAPER | {"authors_parsed": "A. Example"}))
    assert record.fields["authors"] == PAPER["authors"]


def test_lines_are_told_and_blank_ones_passed_over():
    items = read(f"{json.dumps(PAPER)}\n\n{json.dumps(PAPER)}\n")
    assert [item.line for item in items] == [1, 3]


def test_a_list_of_objects_reads_alike():
    assert [item.line for item in read(json.dumps([PAPER, PAPER]))] == [1, 2]
    assert read(json.dumps([PAPER], indent=1))[0].line == 2


def test_a_first_line_longer_than_the_look_at_it_is_recognised():
    assert len(read(json.dumps(PAPER | {"abstract": "sheep " * 20_000}))) == 1


@pytest.mark.parametrize("line", ["{", "[]", "3", "null", '{"id": "1",', "[" * 50_000, '{"a":' * 50_000])
def test_a_damaged_line_is_one_problem_and_the_others_stay(line):
    first, problem, last = read("\n".join([json.dumps(PAPER), line, json.dumps(PAPER)]))
    assert isinstance(first, RawPaper)
    assert isinstance(last, RawPaper)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.records) == (2, 1)


@pytest.mark.parametrize("key", ["versions", "authors_parsed", "categories", "id", "title"])
@pytest.mark.parametrize("value", [None, 3, "", [], [3], [[]], [{}], [[3, 4]], {"a": 1}])
def test_values_of_a_wrong_shape_do_not_stop_the_record(key, value):
    assert isinstance(read(json.dumps(PAPER | {key: value}))[0], RawPaper)


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "2605.01234", "title": "T", "authors": ["A"], "categories": ["cs.CL"]}',
        '[{"paper": {"id": "1", "summary": "s"}}]',
        "versions: 3",
        "",
        "{",
    ],
)
def test_other_texts_are_not_recognised(text):
    assert not arxiv_snapshot.READER.recognises(Source.from_text(text, "papers/arxiv-metadata-oai-snapshot.json"))


LINES = st.sampled_from([json.dumps(PAPER), json.dumps(PAPER | {"title": None}), '{"id": ', "[1]", "x"])


@given(st.lists(LINES))
def test_each_line_is_one_item(lines):
    items = read("\n".join([json.dumps(PAPER), *lines]))
    assert len(items) == len(lines) + 1
    assert [isinstance(item, RawPaper) for item in items[1:]] == [line.endswith("}") for line in lines]
