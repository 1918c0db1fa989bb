"""JSON lines and JSON lists of papers, with the key names of several services."""

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, QuietDay, RawPaper
from site_builder.papers.authors import parse_authors
from site_builder.problems import Problem
from site_builder.sources.formats import json_papers, recognise, schema_org
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
    assert [type(item) for item in items] == [RawPaper, Problem, Problem, RawPaper]
    assert [item.line for item in items] == [1, 2, 4, 5]
    items = read(f"[{good},\n 7,\n {good}")
    assert sum(isinstance(item, RawPaper) for item in items) == 2
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
        '{"papers": [{"title": "Rivers of Sand", "date": "2020-01-02"}]}',
        '[{"title": "Rivers of Sand", "url": "https://example.org/1"}, {"title": "Lakes", "url": "https://example.org/2"}]',
        '[{"title": "Rivers of Sand", "year": 2020}]',
        '[{"title": "Rivers of Sand"}, {"title": "Lakes of Sand"}]',
    ],
)
def test_a_title_that_looks_like_one_makes_a_paper_with_one_field_more_or_alone(text):
    assert [item.fields["title"] for item in read(text)][:1] == ["Rivers of Sand"]


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "left-pad", "description": "pads", "author": "x", "license": "MIT"}',
        '{"bookmarks": [{"title": "Cats", "url": "https://cats.example.org"}]}',
        '{"title": "My site", "url": "https://example.org"}',
        '[{"title": "Settings of the site", "value": 3}]',
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
    assert sum(isinstance(item, RawPaper) for item in LINES.read(lines)) == len(papers)
    whole = Source.from_text(json.dumps(papers), "a.json")
    assert sum(isinstance(item, RawPaper) for item in LIST.read(whole)) == len(papers)


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


ROWS = [
    {"title": "One", "authors": ["Ada Example", "Bo Sample"], "year": 2025},
    {"title": "Two", "authors": ["Cy Third"], "year": 2026},
]
FIELDS = [
    {"title": "One", "authors": ["Ada Example", "Bo Sample"], "published": "2025"},
    {"title": "Two", "authors": ["Cy Third"], "published": "2026"},
]
COLUMNS = {name: [row[name] for row in ROWS] for name in ROWS[0]}


@pytest.mark.parametrize(
    "table",
    [
        COLUMNS,
        {name: dict(enumerate(cells)) for name, cells in COLUMNS.items()},
        {"columns": list(COLUMNS), "index": [0, 1], "data": [list(row.values()) for row in ROWS]},
        {"range": "A1:C3", "values": [list(COLUMNS), *(list(row.values()) for row in ROWS)]},
        [list(COLUMNS), *(list(row.values()) for row in ROWS)],
        dict(enumerate(ROWS)),
        {"schema": {"fields": [{"name": "title"}]}, "data": ROWS},
        {"result": {"table": COLUMNS}},
    ],
    ids=["columns", "columns by row", "split", "sheet", "rows below names", "index", "table", "inner"],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_a_table_is_read_however_a_program_writes_it(table, indent):
    items = read(json.dumps(table, indent=indent))
    assert [(item.fields, item.unread) for item in items] == [(fields, {}) for fields in FIELDS]


def test_what_a_table_says_beside_its_columns_holds_for_all_rows():
    items = read(json.dumps({"date": "2026-05-27", **COLUMNS}))
    assert [item.fields for item in items] == [{**fields, "listed": "2026-05-27"} for fields in FIELDS]


def test_columns_of_different_lengths_and_cells_beyond_the_last_column_are_told():
    (problem,) = read(json.dumps({**COLUMNS, "year": [2025]}))
    assert problem.records == 2
    assert '"title" has 2, "authors" has 2, "year" has 1' in problem.what
    (item,) = read('[["title", "authors"], ["One", "Ada Example", "https://example.org/one"]]')
    assert item.unread == {"column 3": "a link"}


def test_one_work_whose_title_is_a_list_stays_one():
    for work in (
        {"title": ["One"], "authors": ["Ada Example", "Bo Sample"], "year": 2026},
        {"title": ["One", "Eins"], "authors": ["Ada Example", "Bo Sample"], "doi": "10.1000/x"},
    ):
        assert fields(work)["authors"] == ["Ada Example", "Bo Sample"]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ([2024, 1, 5], "2024-01-05"),
        (["2024", "01", "05"], "2024-01-05"),
        ([[2024, 1]], "2024-01"),
        ([2024], "2024"),
        ({"year": 2024, "month": "Jan", "day": 5}, "2024-01-05"),
        ({"date-parts": [[2024, 1, 5]]}, "2024-01-05"),
        ({"$date": "2024-01-05T00:00:00Z"}, "2024-01-05"),
        ({"$date": {"$numberLong": "1704412800000"}}, "2024-01-05"),
        ({"_seconds": 1704412800, "_nanoseconds": 0}, "2024-01-05"),
        (1704412800, "2024-01-05"),
        ("1704412800000", "2024-01-05"),
        ("20240105", "2024-01-05"),
    ],
)
def test_a_date_is_read_in_whatever_parts_it_is_written(written, date):
    assert fields({"title": "One", "abstract": "x", "date": written})["published"] == date


def test_contributors_are_authors_by_their_role():
    people = [{"role": "author", "name": "Ada Example"}, {"role": "editor", "name": "Bo Sample"}]
    assert fields({"title": "One", "year": 2024, "contributors": people})["authors"] == people
    assert parse_authors(people).names == ("Ada Example",)
    roles = [{"roles": ["author"], "name": "Ada Example"}, {"contributor_role": "editor", "full_name": "Bo Sample"}]
    assert parse_authors(roles).names == ("Ada Example",)


def test_the_edges_of_an_answer_of_graphql_are_followed():
    paper = {"title": "One", "year": 2026, "authors": {"edges": [{"node": {"name": "Ada Example"}}]}}
    edges = {"edges": [{"cursor": "c", "node": paper}], "pageInfo": {"hasNextPage": False}}
    (item,) = read(json.dumps({"data": {"papers": edges}}))
    assert item.fields["title"] == "One"
    assert parse_authors(item.fields["authors"]).names == ("Ada Example",)


def test_links_in_a_list_are_all_read_and_those_of_one_kind_told():
    links = ["https://arxiv.org/abs/2605.01234", {"href": "https://github.com/a/b", "rel": "related", "title": "code"}]
    (item,) = read(json.dumps([{"title": "One", "year": 2026, "links": links}]))
    assert item.fields["links"] == {"abs": "https://arxiv.org/abs/2605.01234", "code": "https://github.com/a/b"}
    pages = ["https://example.org/a", "https://example.org/b"]
    (item,) = read(json.dumps([{"title": "One", "year": 2026, "urls": pages}]))
    assert item.unread == {"urls": "another link"}


@pytest.mark.parametrize("key", ["links", "references", "papers"])
def test_a_title_and_a_day_beside_links_with_titles_are_those_of_a_list(key):
    paper = {"title": "One", "url": "https://arxiv.org/abs/2605.01234"}
    (item,) = read(json.dumps({"title": "Weekly", "date": "2026-05-27", key: [paper]}))
    assert (item.fields["title"], item.fields["listed"]) == ("One", "2026-05-27")


def test_articles_of_json_ld_are_papers():
    graph = [
        {"@type": "WebPage", "name": "Home"},
        {"@type": "ScholarlyArticle", "headline": "One", "author": {"name": "Ada Example"}},
        {"@type": ["Thing", "ScholarlyArticle"], "name": "Two", "datePublished": "2026-05-27"},
    ]
    source = Source.from_text(json.dumps({"@context": "https://schema.org", "@graph": graph}, indent=1), "a.json")
    assert recognise(source) is schema_org.READER
    first, second = schema_org.READER.read(source)
    assert (first.fields["title"], first.fields["authors"], first.line) == ("One", ["Ada Example"], 10)
    assert (second.fields["title"], second.fields["published"]) == ("Two", "2026-05-27")


def test_a_key_of_an_author_that_names_somebody_else_is_told():
    (item,) = read('[{"title": "Sheep", "authors": {"first": "Ada Example", "others": ["Bo Sample"]}}]')
    assert item.unread == {"authors.others": "a name"}


@pytest.mark.parametrize(
    ("title", "language", "read_as", "left"),
    [
        ({"en": "Sheep", "de": "Schafe"}, None, "Sheep", ["title.de"]),
        ({"en": "Sheep", "de": "Schafe"}, "de", "Schafe", ["title.en"]),
        ([{"lang": "de", "value": "Schafe"}, {"lang": "en-US", "value": "Sheep"}], None, "Sheep", ["title.de"]),
        ({"title": "Sheep", "subtitle": "A Story"}, None, "Sheep: A Story", []),
        (["Sheep", "Schafe"], None, "Sheep", ["title.2"]),
    ],
)
def test_of_a_title_in_several_languages_one_is_read_and_the_others_are_told(title, language, read_as, left):
    (item,) = read(json.dumps([{"title": title, "language": language, "year": 2026}]))
    assert (item.fields["title"], list(item.unread)) == (read_as, left)


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({"title": "Sheep", "container-title": ["Wool Letters", "Proceedings of Wool"]}, ["container-title.2"]),
        ({"title": "Sheep", "subtitle": ["A Story", "Told Twice"]}, ["subtitle.2"]),
        ({"titles": [{"title": "Sheep"}, {"title": "Schafe", "titleType": "TranslatedTitle"}]}, ["titles.2"]),
        ({"titles": [{"title": "Sheep"}, {"title": "sheep", "source": "a publisher"}]}, []),
        ({"titles": [{"title": "Sheep"}, {"title": "A Story", "titleType": "Subtitle"}]}, []),
    ],
)
def test_a_second_title_venue_or_subtitle_is_told_unless_it_says_the_same(more, left):
    (item,) = read(json.dumps([{"authors": ["Ada Example"], "year": 2026, **more}]))
    assert [key for key in item.unread if key.endswith(".2")] == left


def test_rows_of_markdown_that_daily_scripts_keep_in_json_are_papers():
    row = (
        "|**2026-05-27**|**Counting Sheep**|Ada Example et.al.|[2605.01234v1](http://arxiv.org/abs/2605.01234v1)|{}|\n"
    )
    code, none = row.format("**[link](https://github.com/a/b)**"), row.format("null").replace("01234", "01235")
    first, second = read(json.dumps({"Wool": {"2605.01234": code}, "Milk": {"2605.01235": none}}))
    assert isinstance(first, RawPaper)
    assert isinstance(second, RawPaper)
    assert (first.fields["title"], first.fields["arxiv"], first.fields["tags"]) == (
        "Counting Sheep",
        "2605.01234v1",
        ["Wool"],
    )
    assert (first.fields["published"], first.fields["links"]["code"]) == ("2026-05-27", "https://github.com/a/b")
    assert (second.fields["arxiv"], second.fields["tags"], dict(second.unread)) == ("2605.01235v1", ["Milk"], {})


def test_another_date_counts_before_the_day_that_programs_write_for_none():
    values = {"title": "Counting Sheep", "doi": "10.1234/a", "publicationDate": "1970-01-01", "year": 2024}
    assert json_papers.fields_of(values)["published"] == "2024"


@pytest.mark.parametrize(
    "text", ['["2401.00001", "10.1000/x"]', '{"papers": ["2401.00001", "https://doi.org/10.1000/x"]}']
)
def test_a_list_of_ids_is_one_of_papers_to_be_completed(text):
    source = Source.from_text(text, "papers/2026-05-14.json")
    assert recognise(source) in json_papers.READERS
    first, second = recognise(source).read(source)
    assert (first.fields["arxiv"], first.fields["listed"]) == ("2401.00001", "2026-05-14")
    assert second.fields["doi"] == "10.1000/x"


def test_a_list_of_titles_is_read_and_told_once_as_doubtful():
    text = json.dumps({"date": "2026-05-14", "papers": ["Counting Sheep at Night", "Counting Cows by Day", "x"]})
    source = Source.from_text(text, "papers/a.json")
    doubt, first, second, problem = recognise(source).read(source)
    assert "taken for titles" in doubt.what
    assert [(item.fields["title"], item.fields["listed"]) for item in (first, second)] == [
        ("Counting Sheep at Night", "2026-05-14"),
        ("Counting Cows by Day", "2026-05-14"),
    ]
    assert problem.records == 1


@pytest.mark.parametrize("text", ['["sheep", "cows"]', '{"items": ["a", "b"]}', '["We count sheep at night.", "x"]'])
def test_a_list_of_other_texts_is_no_list_of_papers(text):
    assert recognise(Source.from_text(text, "papers/a.json")) is None


def test_an_article_of_json_ld_without_a_title_is_a_record_to_be_told():
    graph = [{"@type": "ScholarlyArticle", "name": "On Dams"}, {"@type": "ScholarlyArticle", "author": "Bo Sample"}]
    source = Source.from_text(json.dumps({"@context": "https://schema.org", "@graph": graph}), "a.json")
    first, second = schema_org.READER.read(source)
    assert (first.fields["title"], second.fields.get("title")) == ("On Dams", None)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("Journal of Herds", {"journal": "another text"}),
        ({"name": "Journal of Herds"}, {"journal": "another text"}),
        ("J. Meadows", {}),
        ("arXiv", {}),
        ({"volume": "3"}, {}),
    ],
)
def test_a_second_venue_is_told_unless_it_is_another_name_of_the_first(other, told):
    values = {"title": "Counting Sheep", "authors": ["Ada Example"], "venue": "Journal of Meadows", "journal": other}
    source = Source.from_text(json.dumps([values]), "papers/a.json")
    (record,) = json_papers.READERS[1].read(source)
    assert isinstance(record, RawPaper)
    assert (record.fields["venue"], dict(record.unread)) == ("Journal of Meadows", told)


ONE, TWO = ({"title": f"Counting Sheep {number}", "authors": ["Ada Example"]} for number in ("One", "Two"))


@pytest.mark.parametrize(
    "container",
    [
        {"title": "Digest", "author": "Cu Rator", "sections": [{"title": "Day", "papers": [ONE]}, {"papers": [TWO]}]},
        {"title": "Digest", "authors": ["Cu Rator"], "abstract": "What I read.", "papers": [ONE, TWO]},
        {"title": "Digest", "author": "Cu Rator", "summary": "What I read.", "items": [ONE, TWO]},
        [{"title": "Digest", "author": "Cu Rator", "sections": [{"heading": "Day", "papers": [ONE, TWO]}]}],
    ],
)
def test_a_container_with_an_author_and_a_summary_of_its_own_is_no_paper(container):
    source = Source.from_text(json.dumps(container), "papers/a.json")
    assert recognise(source) is json_papers.READERS[1]
    assert [item.fields["title"] for item in json_papers.READERS[1].read(source) if isinstance(item, RawPaper)] == [
        "Counting Sheep One",
        "Counting Sheep Two",
    ]


def test_a_paper_keeps_its_sections():
    paper = {**ONE, "abstract": "We count.", "sections": [{"title": "Introduction", "text": "Sheep."}]}
    assert fields(paper)["title"] == "Counting Sheep One"


@pytest.mark.parametrize("more", ['"year": 2026', '"conference": "Meadow"', '"publishedAt": "2026-05-14"'])
def test_a_name_next_to_authors_and_a_place_or_date_is_a_title(more):
    (item,) = read(f'{{"publications": [{{"name": "Counting Sheep", "authors": "Ada Example", {more}}}]}}')
    assert item.fields["title"] == "Counting Sheep"


@pytest.mark.parametrize(
    "text",
    ['{"2026": [{"title": "A", "authors": ["B"]}]}', '[{"year": 2026, "papers": [{"title": "A", "authors": ["B"]}]}]'],
)
def test_a_year_that_stands_around_papers_is_theirs(text):
    (item,) = read(text)
    assert item.fields["published"] == "2026"


def test_a_titled_list_may_be_empty_or_hold_ids():
    empty = Source.from_text('{"title": "Digest", "papers": []}', "papers/a.json")
    assert [type(item) for item in json_papers.READERS[1].read(empty)] == [QuietDay]
    ids = Source.from_text('{"title": "Digest", "papers": ["arXiv:2605.01234", "10.1000/a"]}', "papers/a.json")
    assert len([item for item in json_papers.READERS[1].read(ids) if isinstance(item, RawPaper)]) == 2


def test_a_number_of_pages_next_to_the_first_and_the_last_one_is_no_page():
    assert fields({**ONE, "pages": 12, "start_page": "101", "end_page": "112"})["pages"] == "101-112"


@pytest.mark.parametrize(
    ("more", "name", "expected"),
    [
        ({"venue": "arXiv", "journal": "Journal of Meadows"}, "venue", "Journal of Meadows"),
        ({"venue": "ArXiv", "volume": "abs/2605.01234"}, "arxiv", "2605.01234"),
        ({"authors": ["N/A"], "creators": ["Bo Roe"]}, "authors", ["Bo Roe"]),
        ({"authors": ["", "Bo Roe"], "creators": ["Cy Berg"]}, "authors", ["Bo Roe"]),
    ],
)
def test_a_key_that_says_nothing_of_its_field_gives_way_to_another(more, name, expected):
    assert fields({**ONE, **more})[name] == expected


def test_a_list_of_authors_that_names_nobody_is_none():
    assert "authors" not in fields({**ONE, "year": 2026, "authors": ["N/A"]})


@pytest.mark.parametrize(("papers", "others", "name"), [(2, 2, LINES.name), (2, 3, None), (1, 0, LINES.name)])
def test_lines_of_which_half_are_papers_are_read(papers, others, name):
    paper, other = {"title": "Counting Sheep", "doi": "10.1/a"}, {"title": "Sheep", "colour": "black"}
    text = "\n".join(map(json.dumps, [other] * others + [paper] * papers))
    found = recognise(Source.from_text(text, "papers/a.jsonl"))
    assert (found and found.name) == name


@pytest.mark.parametrize("written", ['["1"]', "[null]", "[[]]", '{"pmid": 1}', '[{"idtype": "pmid", "value": null}]'])
def test_ids_of_another_shape_than_a_service_gives_them_lose_no_paper(written: str) -> None:
    text = f'[{{"title": "On Rain", "authors": ["Ada Example"], "articleids": {written}}}]'
    (record,) = read(text)
    assert record.fields["title"] == "On Rain"


def test_a_total_of_thousands_of_digits_is_none() -> None:
    digits = "9" * 5000
    for total in (digits, f'"{digits}"'):
        (record,) = read(f'{{"total": {total}, "papers": [{{"title": "On Rain", "authors": ["Ada Example"]}}]}}')
        assert record.fields["title"] == "On Rain"
