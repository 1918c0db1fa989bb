"""RIS: each TY … ER is a record, despite mistakes of the program that wrote it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import recognise, ris
from site_builder.sources.source import Source

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "bibliographies"


def read(text: str) -> list[Item]:
    return list(ris.READER.read(Source.from_text(text, "papers/a.ris")))


def records(text: str) -> list[RawPaper]:
    return [item for item in read(text) if isinstance(item, RawPaper)]


def test_a_record_has_its_line_and_its_fields():
    text = """\ufeff
TY  - CONF
T1  - Counting Sheep
A1  - Example, Ada
A1  - Sample, Bo
Y1  - 2026
DA  - 2026/05/14/
T2  - Meadow
KW  - sheep
KW  -
SP  - 1
EP  - 9
UR  - https://arxiv.org/abs/2605.01234
ER  -
"""
    (item,) = records(text)
    assert (item.line, item.lines) == (2, 13)
    assert item.fields == {
        "title": "Counting Sheep",
        "authors": ["Example, Ada", "Sample, Bo"],
        "published": "2026-05-14",
        "venue": "Meadow",
        "keywords": ["sheep"],
        "pages": "1-9",
        "kind": "inproceedings",
        "links": {"abs": "https://arxiv.org/abs/2605.01234"},
        "arxiv": "2605.01234",
    }


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("PY  - 2026", "2026"),
        ("PY  - 2026\nDA  - 2026/10//undefined", "2026-10"),
        ("Y1  - 2026///", "2026"),
        ("PY  - 10 15", "10 15"),
        ("PY  - \nDA  - ", None),
    ],
)
def test_dates_are_as_exact_as_they_were_written(date, expected):
    (item,) = records(f"TY  - JOUR\nTI  - One\n{date}\nER  - \n")
    assert item.fields.get("published") == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [("MAR 15", "2023-03-15"), ("MAR-APR", "2023-03"), ("WIN", "2023"), ("2023///", "2023")],
)
def test_a_month_and_a_day_without_a_year_are_of_the_year_beside_them(date, expected):
    (record,) = read(f"TY  - JOUR\nTI  - On sheep\nDA  - {date}\nPY  - 2023\nER  - \n")
    assert record.fields["published"] == expected


def test_a_missing_first_or_last_line_is_reported_and_the_record_kept():
    text = "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \nTI  - Three\nER  - \nTY  - JOUR\nTI  - Four\n"
    assert [item.fields["title"] for item in records(text)] == ["One", "Two", "Three", "Four"]
    assert [item.line for item in read(text) if isinstance(item, Problem)] == [1, 6, 8]
    assert not any(item.records for item in read(text) if isinstance(item, Problem))


def test_lines_without_a_tag_go_on_with_the_one_above():
    (item,) = records("TY  - JOUR\nTI  - One\nAB  - First line\nAI - based methods\n\nER  - \n")
    assert item.fields["abstract"].split() == "First line AI - based methods".split()


def test_tags_with_one_space_are_read():
    (item,) = records("TY - JOUR\nTI - One\nAU - Example, Ada\nER -\n")
    assert item.fields["title"] == "One"
    assert item.fields["authors"] == ["Example, Ada"]


def test_both_tags_of_primary_authors_are_read_in_the_order_of_the_file():
    (item,) = records("TY  - JOUR\nTI  - One\nAU  - Doe, Jane\nA1  - Roe, Bo\nAU  - Li, Wei\nA1  - Doe, Jane\nER  - \n")
    assert item.fields["authors"] == ["Doe, Jane", "Roe, Bo", "Li, Wei"]


def test_several_names_in_one_tag_are_several_authors():
    (item,) = records("TY  - JOUR\nTI  - One\nAU  - Doe, Jane; Roe, Bo;\nAU  - Li, Wei\nER  - \n")
    assert item.fields["authors"] == ["Doe, Jane", "Roe, Bo", "Li, Wei"]


def test_a_book_without_authors_has_its_editors():
    (item,) = records("TY  - BOOK\nTI  - One\nED  - Doe, Jane\nA2  - Roe, Bo\nER  - \n")
    assert item.fields["authors"] == ["Doe, Jane", "Roe, Bo"]


def test_tags_before_the_type_belong_to_the_record_and_it_is_told_once():
    record = "DB  - A\nTI  - On {0}\nSP  - 6\nTY  - JOUR\nAU  - Doe, Jane\nPY  - 2007\nER  - \n"
    text = record.format("dams") + record.format("weirs")
    assert [item.fields["title"] for item in records(text)] == ["On dams", "On weirs"]
    assert all(item.fields["authors"] == ["Doe, Jane"] and item.fields["pages"] == "6" for item in records(text))
    assert [item.what for item in read(text) if isinstance(item, Problem)] == ["`TY  - ` does not stand first"]


def test_what_stands_between_records_is_no_record():
    first = "1.\nTY  - JOUR\nT1  - On dams\nER  -\nNL  - J Dams\n\nLink: https://a.org/x\n\n"
    text = f"{first}2.\nTY  - JOUR\nT1  - On weirs\nER  -\nNL  - J\n"
    assert [type(item).__name__ for item in read(text)] == ["RawPaper", "RawPaper"]
    assert [item.fields["title"] for item in records(text)] == ["On dams", "On weirs"]


@pytest.mark.parametrize("tag", ["TI", "T1", "CT", "BT", "T2", "ST", "TT"])
def test_a_title_is_read_whatever_tag_it_has(tag):
    (item,) = records(f"TY  - BOOK\n{tag}  - On dams\nER  - \n")
    assert item.fields["title"] == "On dams"
    assert "venue" not in item.fields


def test_the_journal_of_a_work_known_by_its_doi_is_not_its_title():
    (item,) = records("TY  - JOUR\nT2  - Meadow\nDO  - 10.1000/sheep\nER  - \n")
    assert "title" not in item.fields
    assert item.fields["venue"] == "Meadow"


def test_a_link_without_its_scheme_is_kept():
    (item,) = records("TY  - JOUR\nTI  - One\nUR  - www.a.org/x\nER  - \n")
    assert item.fields["links"] == {"page": "https://www.a.org/x"}


@pytest.mark.parametrize("text", ["TY for reading\n", "TY  - JOUR", "title: TY  - x\n- a\n", "# TY  - JOUR\n"])
def test_other_texts_are_not_taken_for_ris(text):
    assert not ris.READER.recognises(Source.from_text(text, "a"))


BODY = st.lists(
    st.text(alphabet="TIAUPYKW -2026é/;", max_size=20).filter(lambda t: not t.startswith(("TY", "ER"))), max_size=6
)


@settings(deadline=None)
@given(st.lists(BODY, max_size=6), st.booleans())
def test_as_many_records_come_out_as_went_in(bodies, is_closed):
    end = "ER  - " if is_closed else ""
    text = "\n".join("\n".join(["TY  - JOUR", *(f" {line}" for line in body), end]) for body in bodies)
    assert len(records(text)) == len(bodies)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real bibliographies is not there")
@pytest.mark.parametrize(("name", "count"), [("faulty_year", 1), ("pubmed_zotero", 6), ("scopus", 6)])
def test_real_files_are_read_whole(name, count):
    source = Source.from_file(SHARED / f"{name}.ris", f"{name}.ris")
    items = list(ris.READER.read(source))
    assert ris.READER.recognises(source)
    assert len(items) == count == source.text().count("TY  -")
    assert all(item.fields["title"] and item.fields["abstract"] for item in items)


def test_a1_and_au_are_one_list_of_authors_in_the_order_of_the_file():
    (item,) = records("TY  - JOUR\nTI  - One\nA1  - Example, Ada\nAU  - Sample, Bo\nA1  - Third, Cy\nER  - \n")
    assert item.fields["authors"] == ["Example, Ada", "Sample, Bo", "Third, Cy"]


def test_the_type_may_stand_behind_other_tags():
    text = "DB  - X\nTI  - One\nTY  - JOUR\nAU  - Example, Ada\nER  - \nDB  - X\nTI  - Two\nTY  - JOUR\nER  - \n"
    problem, *found = read(text)
    assert problem.what == "`TY  - ` does not stand first"  # once per file
    assert [(item.fields["title"], item.fields.get("authors")) for item in found] == [
        ("One", ["Example, Ada"]),
        ("Two", None),
    ]


@pytest.mark.parametrize("behind", ["NL  - J Meadows\n", "Link: https://example.org/x\n", "2.\n", "XX  - y\nZZ  - z\n"])
def test_what_a_program_writes_behind_a_record_begins_none(behind):
    text = f"1.\nTY  - JOUR\nTI  - One\nER  -\n{behind}\nTY  - JOUR\nTI  - Two\nER  -\n{behind}"
    assert [item.fields["title"] for item in read(text)] == ["One", "Two"]


def test_tags_between_the_end_of_a_record_and_a_blank_line_are_its_own():
    one = "TY  - JOUR\nTI  - One\nER  - \nDO  - 10.1000/one\nAU  - Example, Ada\n"
    two = "TY  - JOUR\nTI  - Two\nER  - \nDO  - 10.1000/two\n"
    first, second = records(f"{one}\n{two}")
    assert (first.fields["doi"], first.fields["authors"]) == ("10.1000/one", ["Example, Ada"])
    assert (second.fields["doi"], second.fields.get("authors")) == ("10.1000/two", None)


def test_a_tag_that_nobody_knows_is_named():
    (item,) = records("TY  - JOUR\nTI  - One\nZZ  - 2026-05-14\nER  - \n")
    assert item.unread == {"ZZ": "a date"}


def test_lines_outside_of_the_records_that_may_be_papers_are_told_and_many_make_no_ris():
    one = "TY  - JOUR\nTI  - On dams\nER  - \n"
    bullets = "- [Sparse Clouds of the North](https://arxiv.org/abs/2605.01234)\n- Counting Sheep at Night\n"
    (record, problem) = read(f"{bullets}\n{one}")
    assert (record.fields["title"], problem.what) == ("On dams", "2 lines stand outside of the records")
    assert recognise(Source.from_text(f"{bullets * 3}\n{one}", "papers/a.md")) is not ris.READER


@pytest.mark.parametrize("tag", ["M3", "N1", "AN", "C1", "U1"])
def test_a_doi_alone_is_read_behind_whatever_tag_it_stands(tag):
    assert records(f"TY  - JOUR\nTI  - One\n{tag}  - 10.1000/sheep\nER  - \n")[0].fields["doi"] == "10.1000/sheep"
    text = f"TY  - JOUR\nTI  - One\n{tag}  - An answer to 10.1000/sheep of ours\nER  - \n"
    assert "doi" not in records(text)[0].fields


def test_keywords_that_share_a_tag_are_several():
    for tags in ("KW  - sheep; goats", "KW  - sheep, goats", "KW  - sheep\nKW  - goats"):
        assert records(f"TY  - JOUR\nTI  - One\n{tags}\nER  - \n")[0].fields["keywords"] == ["sheep", "goats"]


def test_a_second_text_doi_or_link_is_told_under_its_tag():
    text = """TY  - JOUR
TI  - Counting Sheep
T1  - On Goats
TI  - On Cows
AB  - We count.
N2  - A text about goats.
DO  - 10.1000/a
DO  - 10.1000/b
UR  - https://a.example/1;https://a.example/2
VL  - 3
VL  - 4
PY  - 2026
ER  -
"""
    (record,) = records(text)
    assert record.fields["title"] == "Counting Sheep"
    assert record.fields["abstract"] == "We count."
    assert record.unread == {
        **dict.fromkeys(["T1", "TI", "N2"], "another text"),
        **{"DO": "another DOI", "UR": "another link", "VL": "a number"},
    }


def test_a_tag_that_says_the_same_again_is_not_told():
    text = "TY  - JOUR\nTI  - Counting Sheep\nT1  - Counting sheep.\nAB  - We count.\nN2  - We count. All of them.\n"
    text += "DO  - 10.1000/a\nUR  - https://doi.org/10.1000/a\nPY  - 2026\nPY  - 2026\nER  -\n"
    (record,) = records(text)
    assert dict(record.unread) == {}


def test_an_abstract_goes_on_where_its_tag_stands_again():
    (record,) = records("TY  - JOUR\nTI  - Counting Sheep\nAB  - We count.\nAB  - Then we\nsleep.\nER  -\n")
    assert record.fields["abstract"] == "We count. Then we sleep."


def test_tags_of_pubmed_among_those_of_ris_are_no_part_of_the_line_above():
    text = (
        "TY  - JOUR\nTI  - Counting Sheep\nPMID- 35000001\nAB  - We count.\nOWN - NLM\nLID - 10.1000/a [doi]\nER  -\n"
    )
    (record,) = records(text)
    assert record.fields == {
        "title": "Counting Sheep",
        "abstract": "We count.",
        "kind": "article",
        "doi": "10.1000/a",
        "links": {"pubmed": "https://pubmed.ncbi.nlm.nih.gov/35000001/"},
    }


def test_tags_without_a_space_before_the_hyphen_are_tags():
    text = "TY - JOUR\nTI - One\nER -\nTY- JOUR\nTI- Two\nAU- Doe, J\nER-\n"
    assert [item.fields["title"] for item in records(text)] == ["One", "Two"]


def test_records_without_a_type_are_read_one_by_one_and_told():
    text = "TI  - One\nAU  - Doe, J\nPY  - 2020\n\nTI  - Two\nAU  - Roe, B\nPY  - 2021\n"
    assert recognise(Source.from_text(text, "papers/a.ris")) is ris.READER
    assert [(item.fields["title"], item.fields["published"]) for item in records(text)] == [
        ("One", "2020"),
        ("Two", "2021"),
    ]
    assert any("no `TY  - ` line" in item.what for item in read(text) if isinstance(item, Problem))


def test_records_that_ovid_numbers_are_read():
    text = "<1>\nTY  - JOUR\nTI  - One\nAU  - Doe, J\nER  -\n"
    assert recognise(Source.from_text(text, "papers/a.ris")) is ris.READER
    assert [item.fields["title"] for item in records(text)] == ["One"]


def test_identifiers_under_other_tags_are_those_of_the_paper():
    (item,) = records(
        "TY  - JOUR\nTI  - One\nM3  - arXiv:2605.01234 [cs.CL]\nUR  - doi:10.1000/one\nKW  - R&amp;D\nER  -\n"
    )
    assert (item.fields["arxiv"], item.fields["doi"]) == ("2605.01234", "10.1000/one")
    assert item.fields["keywords"] == ["R&D"]


@pytest.mark.parametrize(
    ("kind", "tags", "title", "venue"),
    [
        ("JOUR", "T2  - A Study at Night\nJO  - Journal of Meadows", "Sheep: A Study at Night", "Journal of Meadows"),
        ("JOUR", "T2  - A Study at Night\nJF  - Journal of Meadows\nJA  - J Meadows", "Sheep: A Study at Night", None),
        ("JOUR", "T2  - Journal of Meadows\nJA  - J. Mead.", "Sheep", "Journal of Meadows"),
        ("JOUR", "T2  - Journal of the ACM\nJ2  - JACM", "Sheep", "Journal of the ACM"),
        ("JOUR", "T2  - The Astrophysical Journal\nJO  - ApJ", "Sheep", "The Astrophysical Journal"),
        ("JOUR", "T2  - A Systematic Review\nJF  - The Lancet", "Sheep: A Systematic Review", "The Lancet"),
        (
            *("JOUR", "T2  - Proceedings of the National Academy of Sciences\nJA  - Proc Natl Acad Sci U S A", "Sheep"),
            "Proceedings of the National Academy of Sciences",
        ),
        ("CONF", "T2  - Sheep of the World 2026\nJO  - Lecture Notes", "Sheep", "Sheep of the World 2026"),
    ],
)
def test_t2_beside_a_journal_is_the_subtitle_unless_it_names_the_journal_too(kind, tags, title, venue):
    (item,) = records(f"TY  - {kind}\nTI  - Sheep\n{tags}\nAU  - Example, Ada\nER  - \n")
    assert (item.fields["title"], item.fields["venue"]) == (title, venue or "Journal of Meadows")
    assert not item.unread


def test_a_tag_without_its_dash_is_told():
    text = "TY  - JOUR\nTI  - On Dams\nAU Doe, Jane\nER  - \n"
    (problem, record) = ris.read(Source.from_text(text, "a.ris"))
    assert isinstance(problem, Problem)
    assert problem.what == '"AU Doe, Jane" looks like a tag, and is none of RIS'
    assert isinstance(record, RawPaper)


def test_the_number_of_an_article_stands_for_its_pages_and_the_long_name_of_a_journal_counts() -> None:
    (item,) = records(
        "TY  - EJOU\nTI  - Counting Sheep\nJO  - J Sheep\nJF  - Journal of Sheep\nC7  - e0123\nSP  - \n"
        "L3  - 10.1000/sheep\nLK  - https://meadow.example/1\nER  - \n"
    )
    names = ("venue", "pages", "kind", "doi", "links")
    assert {name: item.fields[name] for name in names} == {
        "venue": "Journal of Sheep",
        "pages": "e0123",
        "kind": "article",
        "doi": "10.1000/sheep",
        "links": {"page": "https://meadow.example/1"},
    }
    assert dict(item.unread) == {}


def test_names_in_tags_for_editors_are_told_of_an_article() -> None:
    text = "TY  - JOUR\nTI  - Counting Sheep\nAU  - Example, Ada\nA2  - Sample, Bo\nA3  - Roe, Cy\nER  - \n"
    assert records(text)[0].unread == {"A2": "a name", "A3": "a name"}
    assert dict(records(text.replace("JOUR", "CHAP"))[0].unread) == {}


def test_the_proceedings_of_a_conference_and_the_number_in_pubmed_are_read() -> None:
    (item,) = records("TY  - CONF\nTI  - Sheep\nC3  - Proceedings of Meadow\nDB  - PubMed\nAN  - 123\nER  - \n")
    assert (item.fields["venue"], item.fields["links"]) == (
        "Proceedings of Meadow",
        {"pubmed": "https://pubmed.ncbi.nlm.nih.gov/123/"},
    )


@pytest.mark.parametrize("line", ["FAU - Sample, Bo", "AUTHOR  - Sample, Bo", "TITLE - Two", "PAGES  - 1-9"])
def test_a_tag_of_another_length_is_told(line):
    problem, _ = read(f"TY  - JOUR\nTI  - One\n{line}\nER  - \n")
    assert isinstance(problem, Problem)
    assert problem.what == f'"{line}" looks like a tag, and is none of RIS'


def test_a_line_of_an_abstract_with_a_dash_is_no_tag():
    (item,) = read("TY  - JOUR\nTI  - One\nAB  - We read\nDNA - that of sheep.\nER  - \n")
    assert isinstance(item, RawPaper)


def test_the_publisher_of_web_of_science_is_read_and_its_short_names_are_of_no_use():
    text = "TY  - JOUR\nTI  - On sheep\nPU  - WOOL PRESS\nPI  - BERLIN\nJ9  - J WOOL\nJI  - J. Wool\nER  - \n"
    (record,) = read(text)
    assert (record.fields["publisher"], record.unread) == ("WOOL PRESS", {})


def test_a_second_title_of_a_thesis_that_begins_small_is_its_subtitle():
    (record,) = read(
        "TY  - THES\nT1  - On sheep\nT2  - from wool to meadows\nAU  - Roe, B.\nPB  - Leaf Press\nER  - \n"
    )
    assert (record.fields["title"], record.fields.get("venue")) == ("On sheep: from wool to meadows", None)


def test_what_many_records_lack_is_told_twice_a_file():
    text = "".join(f"AU  - Roe, B.\nTI  - On sheep {number}\nPY  - 2026\nER  - \n\n" for number in range(9))
    assert len(records(text)) == 9
    problems = [(item.line, item.what) for item in read(text) if isinstance(item, Problem)]
    assert problems == [
        (1, "the record has no `TY  - ` line"),
        (6, "the record has no `TY  - ` line: 8 more"),
    ]


def test_the_first_web_address_and_the_first_doi_that_is_one_count():
    other, address = "UR  - ftp://barn.example/sheep.ps\n", "UR  - https://barn.example/sheep\n"
    begin, end = "TY  - JOUR\nTI  - Counting Sheep\n", "DO  - n/a\nDO  - 10.1000/sheep\nER  -\n"
    (record,) = records(begin + other + address + end)
    assert (record.fields["links"], record.fields["doi"]) == ({"page": "https://barn.example/sheep"}, "10.1000/sheep")
    assert set(record.unread) == {"UR"}
    (record,) = records(begin + other + end)
    assert record.fields["links"] == {"page": "ftp://barn.example/sheep.ps"}, "it is told as no web address"
