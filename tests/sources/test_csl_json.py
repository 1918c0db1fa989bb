"""CSL-JSON: names, dates in all their forms, short DOIs."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import csl_json
from site_builder.sources.source import Source

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "bibliographies"


def read(text: str) -> list[Item]:
    return list(csl_json.READER.read(Source.from_text(text, "papers/a.json")))


def fields(**item: object) -> dict:
    (record,) = read(json.dumps([item]))
    return dict(record.fields)


def test_an_item_becomes_a_record():
    assert fields(
        id="sheep26",
        type="paper-conference",
        title="Counting Sheep",
        author=[{"family": "Fuente", "given": "Ada", "non-dropping-particle": "de la"}, {"literal": "Meadow Team"}],
        issued={"date-parts": [["2026", 5, "14"]]},
        page="1-9",
        URL="https://doi.org/10.1000/sheep",
        DOI="10/fqd6hj",
        **{"container-title": "Meadow"},
    ) == {
        "key": "sheep26",
        "kind": "inproceedings",
        "title": "Counting Sheep",
        "authors": [
            {"family": "Fuente", "given": "Ada", "non-dropping-particle": "de la"},
            {"literal": "Meadow Team"},
        ],
        "published": "2026-05-14",
        "pages": "1-9",
        "links": {"doi": "https://doi.org/10.1000/sheep"},
        "doi": "10.1000/sheep",
        "venue": "Meadow",
    }


def test_a_short_doi_stays_where_no_link_tells_the_long_one():
    assert fields(title="One", DOI="10/fqd6hj")["doi"] == "10/fqd6hj"


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[2026]]}, "2026"),
        ({"date-parts": [["2026", "5"]], "circa": True}, "2026-05"),
        ({"date-parts": [[2026, 5, 14], [2026, 6, 1]]}, "2026-05-14"),
        ({"date-parts": [[2026, 5, 14], [0]]}, "2026-05-14"),
        ({"date-parts": [[2026]], "season": 1}, "2026"),
        ({"date-parts": [["-334"]]}, "-334"),
        ({"literal": "13th cent"}, "13th cent"),
        ({"raw": "2026-05-14"}, "2026-05-14"),
        ({"date-parts": [[None]]}, None),
        ("2026-05-14", "2026-05-14"),
    ],
)
def test_dates_are_read_in_every_form(issued, expected):
    assert fields(title="One", issued=issued).get("published") == expected


def test_what_is_no_item_is_a_problem_and_the_next_is_read():
    items = read('[\n {"title": "One", "issued": {}},\n 7,\n {"title": },\n {"title": "Four"}\n]')
    assert [item.fields["title"] for item in items if isinstance(item, RawPaper)] == ["One", "Four"]
    assert [(item.line, item.records) for item in items if isinstance(item, Problem)] == [(3, 1), (4, 1)]


@pytest.mark.parametrize(
    "text", ['[{"paper": {"id": "1"}, "type": "webpage"}]', '[{"title": "One", "abstract": "x"}]', "type: webpage"]
)
def test_other_json_is_left_to_its_readers(text):
    assert not csl_json.READER.recognises(Source.from_text(text, "a"))


DATES: list[object] = [{"date-parts": parts} for parts in ([], [[]], [[2026, 5]], [["a", {}]], [[None]], "x", [7])]
VALUES = st.sampled_from(
    [None, True, 0, 7, 1.5, "", "x", [], [None, 1], [["x"]], {}, {"a": 1}, [{"family": 1}], [{"literal": []}], *DATES]
)
NAMES = st.sampled_from(["title", "author", "issued", "DOI", "URL", "type", "page", "keyword", "id", "other"])


@settings(deadline=None)
@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=5), max_size=6))
def test_as_many_records_come_out_as_went_in(items):
    assert len([item for item in read(json.dumps(items)) if isinstance(item, RawPaper)]) == len(items)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real bibliographies is not there")
@pytest.mark.parametrize(("name", "count"), [("zotero", 26), ("zotero_dates", 15)])
def test_real_files_are_read_whole(name, count):
    path = SHARED / f"{name}.csl.json"
    source = Source.from_file(path, path.name)
    items = list(csl_json.READER.read(source))
    assert csl_json.READER.recognises(source)
    assert len(items) == count == len(json.loads(path.read_text("utf-8")))
    assert all(item.fields["title"] for item in items)


@pytest.mark.parametrize("message", ['{"total-results": 1, "items": [WORK]}', "WORK"])
def test_an_answer_of_crossref_holds_its_works_below_message(message):
    work = '{"title": ["Sparse Clouds"], "DOI": "10.1000/x", "issued": {"date-parts": [[2026, 5]]}}'
    (record,) = read('{"status": "ok", "message": ' + message.replace("WORK", work) + "}")
    assert isinstance(record, RawPaper)
    assert (record.fields["title"], record.fields["doi"]) == ("Sparse Clouds", "10.1000/x")


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ({"title": ["On Dams"], "subtitle": ["A Guide"]}, "On Dams: A Guide"),
        ({"title": "Why Dams?", "subtitle": "A Guide"}, "Why Dams? A Guide"),
        ({"title": "On Dams: A Guide", "subtitle": ["A guide"]}, "On Dams: A Guide"),
        ({"title": "On Dams", "title-short": "Dams"}, "On Dams"),
        ({"title-short": "Dams"}, "Dams"),
        ({"short-title": ["Dams"], "title": []}, "Dams"),
    ],
)
def test_a_title_has_its_subtitle_and_a_short_one_stands_in(item, title):
    assert fields(**item)["title"] == title


def test_a_thesis_has_the_date_on_which_it_was_approved_and_its_university():
    found = fields(
        type="dissertation",
        title="On Sheep",
        issued={"date-parts": [[None]]},
        approved={"date-parts": [[2026, 5]]},
        institution=[{"name": "University of Meadow", "department": ["Sheep"]}],
        degree=["Master of Science (M.Sc.)"],
    )
    assert (found["published"], found["publisher"], found["kind"]) == (
        "2026-05",
        "University of Meadow",
        "mastersthesis",
    )


def test_the_server_of_a_preprint_and_the_name_of_a_meeting_are_read():
    posted = {"date-parts": [[2026, 5, 1]]}
    found = fields(type="posted-content", title="On Sheep", posted=posted, institution=[{"name": "bioRxiv"}])
    assert (found["venue"], found["published"], found["kind"]) == ("bioRxiv", "2026-05-01", "preprint")
    meeting = fields(type="proceedings-article", title="On Sheep", event={"name": "Meeting of Sheep"})
    assert meeting["venue"] == "Meeting of Sheep"


def test_a_paper_that_crossref_knows_to_be_retracted_says_so():
    notice = {"DOI": "10.1000/notice", "type": "retraction", "label": "Retraction"}
    assert fields(title="Counting Sheep", **{"updated-by": [notice]})["comment"] == "Retracted"
    assert "comment" not in fields(title="Counting Sheep", **{"updated-by": [{**notice, "type": "correction"}]})


@pytest.mark.parametrize(
    ("issued", "published"),
    [([2024], "2024-01-05"), ([2024, 1], "2024-01-05"), ([2024, 2], "2024-02"), ([2024, 1, 9], "2024-01-09")],
)
def test_a_month_of_issue_gives_way_to_the_day_in_it(issued, published):
    item = {"type": "article-journal", "title": "Counting Sheep", "issued": {"date-parts": [issued]}}
    item["published-online"] = {"date-parts": [[2024, 1, 5]]}
    assert csl_json.fields_of(item)["published"] == published
