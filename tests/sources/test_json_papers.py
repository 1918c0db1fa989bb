"""JSON lines and lists of papers, with the key names of several services."""

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.problems import Problem
from site_builder.sources import json_papers, recognise
from site_builder.sources.record import Item, SourceRecord
from site_builder.sources.source import Source

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
LINES, LIST = json_papers.READERS


def read(text: str, path: str = "papers/a.json") -> list[Item]:
    source = Source.from_text(text, path)
    reader = next(reader for reader in json_papers.READERS if reader.recognises(source))
    return list(reader.read(source))


def fields(paper: dict, path: str = "papers/a.json") -> dict:
    (item,) = read(json.dumps(paper), path)
    return dict(item.fields)


def test_a_line_of_an_arxiv_list_is_a_paper_on_the_day_of_its_file():
    paper = {
        "id": "2605.01234",
        "title": "Counting Sheep",
        "summary": "We count.",
        "authors": ["Ada Example", ":"],
        "categories": ["cs.LG", "cs.CV"],
        "comment": None,
        "abs": "https://arxiv.org/abs/2605.01234",
        "pdf": "https://arxiv.org/pdf/2605.01234",
    }
    assert fields(paper, "papers/2026-05-14.jsonl.gz") == {
        "id": "2605.01234",
        "arxiv": "2605.01234",
        "title": "Counting Sheep",
        "abstract": "We count.",
        "authors": ["Ada Example", ":"],
        "categories": ["cs.LG", "cs.CV"],
        "links": {"abs": "https://arxiv.org/abs/2605.01234", "pdf": "https://arxiv.org/pdf/2605.01234"},
        "listed": "2026-05-14",
    }


@pytest.mark.parametrize("path", ["2026-02-30.jsonl", "notes-2026-05-14.jsonl", "a.jsonl"])
def test_a_file_name_that_is_no_day_says_nothing(path):
    assert "listed" not in fields({"title": "One", "abstract": "x"}, path)


def test_semantic_scholars_names_are_known():
    paper = {
        "paperId": "0a1b",
        "externalIds": {"ArXiv": "2605.01234", "DOI": "10.1000/x"},
        "url": "https://www.semanticscholar.org/paper/0a1b",
        "title": "One",
        "abstract": None,
        "venue": "Meadow",
        "year": 2026,
        "publicationDate": "2026-05-14",
        "openAccessPdf": {"url": "https://example.org/one.pdf"},
        "tldr": {"model": "m", "text": "Short."},
        "authors": [{"authorId": "1", "name": "Ada Example"}],
        "citationCount": 3,
    }
    (item,) = read(json.dumps({"total": 1, "data": [paper]}))
    assert item.fields == {
        "key": "0a1b",
        "arxiv": "2605.01234",
        "doi": "10.1000/x",
        "title": "One",
        "venue": "Meadow",
        "published": "2026-05-14",
        "ai_summary": "Short.",
        "authors": [{"authorId": "1", "name": "Ada Example"}],
        "links": {"pdf": "https://example.org/one.pdf", "page": "https://www.semanticscholar.org/paper/0a1b"},
    }


def test_openalexs_names_are_known():
    paper = {
        "id": "https://openalex.org/W1",
        "doi": "https://doi.org/10.1000/x",
        "display_name": "One",
        "publication_date": "2026-05-14",
        "publication_year": 2026,
        "authorships": [{"author": {"display_name": "Ada Example"}}, {"author": {"display_name": "Bo Sample"}}],
        "abstract_inverted_index": {"sheep": [1, 3], "We": [0], "count": [2]},
        "primary_location": {"source": {"display_name": "Meadow"}, "landing_page_url": "https://doi.org/10.1000/x"},
        "concepts": [{"display_name": "Sheep", "score": 0.5}],
        "type": "article",
        "biblio": {"volume": "3", "first_page": "1", "last_page": "9"},
    }
    (item,) = read(json.dumps({"meta": {"count": 1}, "results": [paper]}, indent=1))
    assert item.fields == {
        "doi": "https://doi.org/10.1000/x",
        "title": "One",
        "published": "2026-05-14",
        "authors": [{"display_name": "Ada Example"}, {"display_name": "Bo Sample"}],
        "abstract": "We sheep count sheep",
        "venue": "Meadow",
        "keywords": ["Sheep"],
        "kind": "article",
        "volume": "3",
        "pages": "1-9",
        "links": {"doi": "https://doi.org/10.1000/x"},
    }


def test_a_date_beside_a_full_date_of_publication_is_the_lists():
    paper = {"title": "One", "abstract": "x", "published": "2026-05-12T17:34:15.000Z", "date": "2026-05-14"}
    assert fields(paper)["published"] == "2026-05-12"
    assert fields(paper)["listed"] == "2026-05-14"
    assert fields({"title": "One", "abstract": "x", "year": 2026, "date": "2026-05-14"})["published"] == "2026-05-14"


def test_numbers_of_comments_and_remarks_are_told_apart():
    assert fields({"title": "One", "abstract": "x", "comments": 3})["comments"] == 3
    assert fields({"title": "One", "abstract": "x", "comments": "12 pages"})["comment"] == "12 pages"


def test_the_links_to_code_and_project_name_no_paper():
    links = {"github": "github.com/a/b", "project_page": "https://example.org/10.1000/other"}
    paper = fields({"title": "One", "abstract": "x", **links})
    assert paper["links"] == {"code": "https://github.com/a/b", "project": "https://example.org/10.1000/other"}
    assert "doi" not in paper


def test_bad_lines_and_items_are_problems_and_the_rest_is_read():
    good = '{"title": "One", "abstract": "x"}'
    items = read(f'{good}\n{{"title": \n\n[1]\n{good}\n')
    assert [type(item) for item in items] == [SourceRecord, Problem, Problem, SourceRecord]
    assert [item.line for item in items] == [1, 2, 4, 5]
    items = read(f"[{good},\n 7,\n {good}")
    assert sum(isinstance(item, SourceRecord) for item in items) == 2
    assert sum(item.records for item in items if isinstance(item, Problem)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"paper": {"id": "2605.01234", "title": "One", "summary": "x"}}]', "Hugging Face daily papers"),
        ('{"id": "1", "title": "One", "abstract": "x", "authors_parsed": [], "versions": []}', "arXiv snapshot"),
        ('[{"title": "One", "DOI": "10.1/x", "issued": {"date-parts": [[2026]]}}]', "CSL-JSON"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "One", "summary": "x"}]}', "paper feed"),
    ],
)
def test_other_json_is_left_to_its_readers(text, expected):
    assert recognise(Source.from_text(text, "a.json")).name == expected


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "left-pad", "description": "pads", "author": "x", "license": "MIT"}',
        "title: One\nabstract: x\n",
        "{",
    ],
)
def test_what_holds_no_paper_is_no_list(text):
    assert not any(reader.recognises(Source.from_text(text, "a.json")) for reader in json_papers.READERS)


def test_one_long_line_that_holds_a_list_is_a_list():
    text = json.dumps({"data": [{"title": "One", "abstract": "x" * 500}] * 300})
    assert LIST.recognises(Source.from_text(text, "a.json"))
    assert not LINES.recognises(Source.from_text(text, "a.json"))


VALUES = st.sampled_from(
    [None, True, 0, 7, 1.5, "", "x", "7", [], [None, 1], [["x"]], {}, {"a": 1}, {"name": []}, [{"name": {"url": 1}}]]
)
KEYS = [
    "title",
    "authors",
    "date",
    "year",
    "links",
    "url",
    "id",
    "doi",
    "comments",
    "tags",
    "tldr",
    "journal",
    "start_page",
]
PAPERS = st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5), max_size=6)


@settings(deadline=None)
@given(PAPERS)
def test_as_many_records_come_out_as_went_in(papers):
    lines = Source.from_text("\n".join(json.dumps(paper) for paper in papers), "a.jsonl")
    assert sum(isinstance(item, SourceRecord) for item in LINES.read(lines)) == len(papers)
    whole = Source.from_text(json.dumps(papers), "a.json")
    assert sum(isinstance(item, SourceRecord) for item in LIST.read(whole)) == len(papers)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real lists is not there")
def test_a_real_list_of_arxiv_is_read_whole():
    path = SHARED / "arxiv_jsonl" / "2026-06-30.jsonl"
    source = Source.from_file(path, path.name)
    items = list(LINES.read(source))
    assert LINES.recognises(source)
    assert len(items) == sum(1 for line in path.read_text("utf-8").splitlines() if line.strip()) == 674
    assert all({"title", "abstract", "authors", "arxiv", "listed", "categories"} <= set(item.fields) for item in items)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real lists is not there")
def test_a_real_packed_collection_is_read_whole():
    data = (SHARED / "papers_hf.jsonl.gz").read_bytes()
    source = Source("papers_hf.jsonl.gz", lambda: io.BytesIO(data))
    items = list(LINES.read(source))
    assert len(items) == gzip.decompress(data).count(b"\n") == 11_610
    assert all({"title", "abstract", "published", "listed", "upvotes"} <= set(item.fields) for item in items)
