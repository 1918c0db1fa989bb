"""Markdown of ours: one paper a file, or a list."""

import pytest

from site_builder.sources import markdown_list, recognise
from site_builder.sources.record import Item, SourceRecord
from site_builder.sources.source import Source


def read(text: str) -> list[Item]:
    return list(markdown_list.READER.read(Source.from_text(text, "papers/a.md")))


def fields(text: str) -> list[dict]:
    return [dict(item.fields) for item in read(text) if isinstance(item, SourceRecord)]


def lines(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


ONE = "---\ntitle: Sparse Clouds\narxiv: 2605.01230\n---\n\nClouds are few.\n\nAnd far between.\n"
LIST = """---
listed: 2026-05-27
tags: [weekly]
---
# Papers of the day

## [Sparse Clouds](https://arxiv.org/abs/2605.01230)
- authors: Ada Example, Bo Sample
- tags: weather

Clouds are few.

## Counting Sheep

One, two, many.
"""


def test_a_file_with_a_title_in_its_front_matter_is_one_paper():
    assert recognise(Source.from_text(ONE, "a")) is markdown_list.READER
    assert fields(ONE) == [
        {"title": "Sparse Clouds", "arxiv": "2605.01230", "abstract": "Clouds are few.\n\nAnd far between."}
    ]


def test_each_heading_of_a_list_is_a_paper():
    assert recognise(Source.from_text(LIST, "a")) is markdown_list.READER
    first, second = fields(LIST)
    assert (first["title"], first["links"]) == ("Sparse Clouds", {"page": "https://arxiv.org/abs/2605.01230"})
    assert (first["authors"], first["tags"]) == ("Ada Example, Bo Sample", ["weekly", "weather"])
    assert (first["abstract"], first["listed"]) == ("Clouds are few.", "2026-05-27")
    assert (second["title"], second["abstract"]) == ("Counting Sheep", "One, two, many.")


def test_papers_may_stand_in_the_front_matter():
    text = "---\nlisted: 2026-05-27\npapers:\n- title: A\n- title: B\n---\nSome words.\n"
    assert [paper["title"] for paper in fields(text)] == ["A", "B"]
    assert sum(item.lines for item in read(text)) == lines(text)


def test_every_line_is_counted_once():
    assert sum(item.lines for item in read(LIST)) == lines(LIST)
    assert sum(item.lines for item in read(ONE)) == lines(ONE)


def test_an_unknown_key_below_a_heading_is_reported_with_its_line():
    text = "## A\n- arxiv: 2605.01230\n- autors: B\n\nText.\n"
    (record,) = read(text)
    assert (record.unread, record.unread_lines) == ({"autors": "text"}, {"autors": 3})


def test_broken_front_matter_is_one_problem():
    (problem,) = read("---\ntitle: [\n---\ntext\n")
    assert str(problem).startswith("papers/a.md:3: broken front matter")


LINKS = "- [Counting Sheep](https://arxiv.org/abs/2605.01234)\n- [Sparse Clouds](https://arxiv.org/abs/2605.01235)\n"
FIELDS = "## Counting Sheep\n- arxiv: 2605.01234\n\nFew.\n\n## Sparse Clouds\n- arxiv: 2605.01235\n\nMany.\n"


@pytest.mark.parametrize("body", [LINKS, LINKS.replace("- ", "1. "), FIELDS])
@pytest.mark.parametrize("day", ["listed", "date"])
def test_the_title_above_a_list_is_the_lists(body, day):
    source = Source.from_text(f"---\ntitle: Papers of the week\n{day}: 2026-05-27\n---\n\n{body}", "papers/a.md")
    records = [item for item in recognise(source).read(source) if isinstance(item, SourceRecord)]
    assert [(each.fields["title"], str(each.fields["listed"])) for each in records] == [
        ("Counting Sheep", "2026-05-27"),
        ("Sparse Clouds", "2026-05-27"),
    ]


@pytest.mark.parametrize("said", ["arxiv: 2605.01234", "authors: [Ada Example]", "abstract: We count."])
def test_a_paper_that_links_to_others_stays_one_paper(said):
    source = Source.from_text(f"---\ntitle: Counting Sheep\n{said}\n---\n\nSee also:\n\n{LINKS}", "papers/a.md")
    assert sum(isinstance(item, SourceRecord) for item in recognise(source).read(source)) == 1
