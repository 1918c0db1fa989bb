"""Web of Science's tagged text: the fields that records use, and an account of every other tag."""

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import recognise, web_of_science
from site_builder.sources.source import Source

SHEEP = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Example, A
   Sample, BC
AF Example, Ada
   Sample, Bo C.
TI Counting sheep in the long
   grass of summer
SO JOURNAL OF WOOL
LA English
DT Article; Early Access
DE sheep; counting in
   fog; grass
AB We count sheep. They
   are many.
C1 [Example, Ada] Univ Meadow, Meadow.
CR Doe J, 2001, J WOOL, V1, P2
   Roe B, 2002, J WOOL, V2, P3
TC 5
PU WOOL PRESS
PD MAR 15
PY 2026
VL 12
IS 3
BP 1
EP 20
DI 10.1000/wool.1
UT WOS:000012345600001
ER

"""
GOATS = "PT C\nAU Roe, B\nTI On goats\nSO Proceedings of Goats\nPY 2025\nAR 77\nER\n\n"


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/savedrecs.txt")
    assert recognise(source) is web_of_science.READER
    return list(web_of_science.READER.read(source))


def records(text: str) -> list[dict]:
    return [dict(item.fields) for item in read(text) if isinstance(item, RawPaper)]


def test_a_record_has_the_full_names_and_what_continues_below_its_tag():
    (sheep,) = records(f"{SHEEP}EF\n")
    assert sheep == {
        "title": "Counting sheep in the long grass of summer",
        "authors": "Example, Ada; Sample, Bo C.",
        "abstract": "We count sheep. They are many.",
        "published": "2026-03-15",
        "doi": "10.1000/wool.1",
        "keywords": ["sheep", "counting in fog", "grass"],
        "venue": "JOURNAL OF WOOL",
        "volume": "12",
        "issue": "3",
        "pages": "1-20",
        "publisher": "WOOL PRESS",
        "language": "English",
        "kind": "article",
    }


def test_each_record_ends_with_its_mark_or_where_the_next_begins():
    titles = ["Counting sheep in the long grass of summer", "On goats"]
    for text in (f"{SHEEP}{GOATS}EF\n", f"{SHEEP.replace('ER', '')}{GOATS}EF\n"):
        assert [fields["title"] for fields in records(text)] == titles
    assert records(f"{SHEEP}{GOATS.replace('ER', '')}")[1]["pages"] == "77"


def test_a_file_may_begin_with_its_first_record_as_the_export_for_endnote_does():
    assert [fields["title"] for fields in records(GOATS)] == ["On goats"]


def test_every_line_is_accounted_for_and_an_unknown_tag_is_told():
    items = read(f"{SHEEP}stray words\n{GOATS}EF\n".replace("AR 77", "X9 what is this"))
    filled = sum(1 for line in f"{SHEEP}x\n{GOATS}EF".split("\n") if line.strip())
    assert sum(item.lines for item in items) == filled
    (problem,) = [item for item in items if isinstance(item, Problem)]
    assert (problem.what, problem.lines) == ("the line has no tag", 1)
    assert [item.unread for item in items if isinstance(item, RawPaper)] == [{}, {"X9": "text"}]
