"""EndNote's tagged text."""

from site_builder.problems import Problem
from site_builder.sources.formats import endnote_tagged, recognise
from site_builder.sources.source import Source

FIRST = """%0 Journal Article
%T Counting Sheep
at Night
%A Example, Ada
%A Sample, Bo
%J Meadow
%D 2026
%8 May 14
%V 3
%N 2
%P 1-9
%R https://doi.org/10.1000/sheep
%X We count
sheep.
%K sheep
night
%U https://example.org/sheep
%@ 1234-5678
"""
SECOND = "%T Sparse Clouds\n%0 Conference Proceedings\n%E Third, Cy\n%B Sky\n%D 2025\n%M arXiv:2505.01234\n%x a text\n"


def read(text):
    source = Source.from_text(text, "papers/a.enw")
    assert recognise(source) is endnote_tagged.READER
    return list(endnote_tagged.READER.read(source))


def test_every_field_of_a_reference_is_read():
    (record,) = read(FIRST)
    assert record.fields == {
        "title": "Counting Sheep at Night",
        "authors": ["Example, Ada", "Sample, Bo"],
        "venue": "Meadow",
        "published": "2026-05-14",
        "volume": "3",
        "issue": "2",
        "pages": "1-9",
        "doi": "10.1000/sheep",
        "abstract": "We count\nsheep.",
        "keywords": ["sheep", "night"],
        "kind": "article",
        "links": {"page": "https://example.org/sheep"},
    }
    assert (record.line, record.lines, record.unread) == (1, 18, {})


def test_records_part_at_blank_lines_and_at_kinds_and_unknown_tags_are_named():
    for between in ("\n", ""):
        assert [each.fields["title"] for each in read(f"{FIRST}{between}{FIRST}")] == ["Counting Sheep at Night"] * 2
    records = read(f"{SECOND}\n{SECOND}")
    assert [each.fields["title"] for each in records] == ["Sparse Clouds"] * 2
    record = records[1]
    assert (record.fields["authors"], record.fields["arxiv"], record.fields["venue"]) == (
        ["Third, Cy"],
        "2505.01234",
        "Sky",
    )
    assert record.unread == {"%x": "text"}


def test_records_part_where_the_title_stands_above_the_kind_or_no_kind_is_given():
    text = "%T First\n%0 Journal Article\n%A Example, Ada\n\n\n%T Second\n%A Sample, Bo\n"
    text += "\n%0 Book\n%A Third, Cy\n\n%T On Dams\n"
    assert [(each.fields["title"], each.fields["authors"]) for each in read(text)] == [
        ("First", ["Example, Ada"]),
        ("Second", ["Sample, Bo"]),
        ("On Dams", ["Third, Cy"]),
    ]


def test_a_line_before_the_tags_is_told():
    problem, record = read(f"from the library\n\n{FIRST}")
    assert isinstance(problem, Problem)
    assert problem.line == 1
    assert record.line == 3


def test_a_listing_of_tex_comments_is_none():
    assert recognise(Source.from_text("% a remark\n% T is a title\n%0\n", "a")) is not endnote_tagged.READER


def test_a_tag_of_which_a_record_has_one_is_told_where_it_stands_twice():
    (record,) = endnote_tagged.read(Source.from_text("%0 Book\n%T On Dams\n%T On Weirs\n%A Doe, Jane\n", "a.enw"))
    assert (record.fields["title"], record.unread) == ("On Dams", {"%T": "another text"})
