"""PubMed's text format: continuation lines, several dates, both forms of author names, stray lines."""

import pytest

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import medline, recognise
from site_builder.sources.source import Source

RECORD = """PMID- 35000001
OWN - NLM
STAT- MEDLINE
VI  - 12
IP  - 3
DP  - 2024 Mar
TI  - Growth of willows in invented air: a study
      of leaves.
PG  - 221-227
LID - S0001 [pii]
LID - 10.1000/growth.1 [doi]
AB  - BACKGROUND: Willows grow in air. METHODS: We
      measured leaves. RESULTS: They grew.
FAU - van der Berg, Piet
AU  - van der Berg P
AD  - A place.
FAU - Roe, Bo
AU  - Roe B
CN  - The Willow Group, Inc.
LA  - eng
PT  - Journal Article
DEP - 20240102
JT  - Journal of Invented Growth
MH  - *Salix/growth & development
OT  - willows
"""


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/a.nbib")
    assert recognise(source) is medline.READER
    return list(medline.READER.read(source))


def test_a_record_is_read() -> None:
    (item,) = read(RECORD)
    assert isinstance(item, RawPaper)
    assert item.fields == {
        "title": "Growth of willows in invented air: a study of leaves",
        "abstract": "BACKGROUND: Willows grow in air.\n\nMETHODS: We measured leaves.\n\nRESULTS: They grew.",
        "authors": ["van der Berg, Piet", "Roe, Bo", {"literal": "The Willow Group, Inc."}],
        "published": "2024-01-02",
        "doi": "10.1000/growth.1",
        "venue": "Journal of Invented Growth",
        "volume": "12",
        "issue": "3",
        "pages": "221-227",
        "keywords": ["willows", "Salix"],
        "kind": "article",
        "key": "35000001",
        "links": {"page": "https://pubmed.ncbi.nlm.nih.gov/35000001/"},
    }


@pytest.mark.parametrize("between", ["\n", "\n\n\n", ""])
def test_records_are_parted_by_their_numbers(between: str) -> None:
    items = read(f"\n{RECORD}{between}{RECORD.replace('35000001', '35000002')}")
    assert [item.fields["key"] for item in items if isinstance(item, RawPaper)] == ["35000001", "35000002"]


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("DP  - 2020 Oct-Dec\n", "2020-10"),
        ("DP  - 2020 Winter\n", "2020"),
        ("DP  - 2020 Sep 25\n", "2020-09-25"),
        ("DP  - 2020\nDEP - 20190831\n", "2019-08-31"),
        ("PHST- 2019/08/31 06:00 [pubmed]\n", "2019-08-31"),
    ],
)
def test_the_fullest_date_counts(lines: str, published: str) -> None:
    (item,) = read(f"PMID- 1\nTI  - A.\n{lines}")
    assert isinstance(item, RawPaper)
    assert item.fields["published"] == published


def test_short_names_stand_where_there_are_no_full_ones() -> None:
    (item,) = read("PMID- 1\nTI  - Willows.\nAU  - Roe B\nAU  - Doe J\n")
    assert isinstance(item, RawPaper)
    assert item.fields["authors"] == ["Roe B", "Doe J"]


def test_lines_of_nobody_are_told() -> None:
    items = read(f"exported on Monday\n\n{RECORD}\nstray words\n")
    assert [(type(item), item.line) for item in items] == [(Problem, 1), (RawPaper, 3), (Problem, 29)]
    assert [type(item) for item in read("PMID- 1\nTI  - Willows\nof leaves\n")] == [Problem, RawPaper]


def test_a_paper_that_pubmed_calls_retracted_says_so() -> None:
    (item,) = read(f"{RECORD}PT  - Retracted Publication\n")
    assert isinstance(item, RawPaper)
    assert item.fields["comment"] == "Retracted"


def test_records_of_eric_are_read_though_they_have_no_number() -> None:
    text = (
        "OWN - ERIC\nTI  - {}\nAU  - Roe, Bo\nOT  - willows\nJT  - Leaf\nSO  - v10 n1 p1-9 2024\nDP  - 2024\nVI  - 10\n"
    )
    text += "IP  - 1\nPG  - 1-9\nLID - http://eric.example.org/?id=EJ1\nAB  - We grow.\nISSN - ISSN-0000-0000\n\n"
    one, two = read(text.format("On Willows") + text.format("On Reeds"))
    assert [each.fields["title"] for each in (one, two)] == ["On Willows", "On Reeds"]
    assert {name: one.fields[name] for name in ("published", "venue", "volume", "issue", "abstract", "links")} == {
        "published": "2024",
        "venue": "Leaf",
        "volume": "10",
        "issue": "1",
        "abstract": "We grow.",
        "links": {"page": "http://eric.example.org/?id=EJ1"},
    }
    assert one.unread == {}


def test_people_without_a_full_name_stay_among_those_who_have_one() -> None:
    text = "PMID- 35000001\nTI  - Sheep.\nFAU - Doe, Jane\nAU  - Doe J\nAU  - Roe RA\nFAU - Poe, Cy\nAU  - Poe C\n"
    (item,) = read(text)
    assert isinstance(item, RawPaper)
    assert item.fields["authors"] == ["Doe, Jane", "Roe RA", "Poe, Cy"]


def test_a_tag_of_which_a_record_has_one_is_told_where_it_stands_twice():
    (record,) = medline.read(Source.from_text("PMID- 1\nTI  - On Dams\nTI  - On Weirs\nAB  - We dam.\n", "a.nbib"))
    assert (record.fields["title"], record.unread) == ("On Dams", {"TI": "another text"})
