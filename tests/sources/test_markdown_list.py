"""Broadsheet's own Markdown format: one paper per file, or a list."""

import pytest

from site_builder.model.raw_paper import Item, RawPaper, UnreadOfList
from site_builder.problems import Problem, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.formats import markdown_list, recognise
from site_builder.sources.source import Source


def read(text: str) -> list[Item]:
    return list(markdown_list.READER.read(Source.from_text(text, "papers/a.md")))


def fields(text: str) -> list[dict]:
    return [dict(item.fields) for item in read(text) if isinstance(item, RawPaper)]


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
    records = [item for item in recognise(source).read(source) if isinstance(item, RawPaper)]
    assert [(each.fields["title"], str(each.fields["listed"])) for each in records] == [
        ("Counting Sheep", "2026-05-27"),
        ("Sparse Clouds", "2026-05-27"),
    ]


@pytest.mark.parametrize("said", ["arxiv: 2605.01234", "authors: [Ada Example]", "abstract: We count."])
def test_a_paper_that_links_to_others_stays_one_paper(said):
    source = Source.from_text(f"---\ntitle: Counting Sheep\n{said}\n---\n\nSee also:\n\n{LINKS}", "papers/a.md")
    assert sum(isinstance(item, RawPaper) for item in recognise(source).read(source)) == 1


TABLE = "| Paper | Year |\n|---|---|\n| [Counting Sheep](https://arxiv.org/abs/2605.01234) | 2026 |\n"
REFERENCES = (
    "We read these.\n\nExample, A., & Sample, B. (2024). Counting sheep. Journal, 1(2), 3-9. https://doi.org/10.1000/x\n\n"
    "Third, C. (2025). Sparse clouds. https://doi.org/10.1000/y\n"
)
ONE_FIELD = "## Counting Sheep\n- arxiv: 2605.01234\n\nFew.\n"


def whole(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/a.md")
    return list(recognise(source).read(source))


@pytest.mark.parametrize("said", ["", "author: Jo Curator\n", "description: What we read\n", "venue: A Meadow\n"])
@pytest.mark.parametrize("body", [LINKS, FIELDS, REFERENCES])
def test_what_a_list_may_say_of_itself_makes_it_no_paper(said, body):
    titles = [item.fields["title"] for item in whole(f"---\ntitle: Weekly\n{said}---\n\n{body}") if is_record(item)]
    assert [title.lower() for title in titles] == ["counting sheep", "sparse clouds"]


@pytest.mark.parametrize("body", [TABLE, LINKS.partition("\n")[0] + "\n", ONE_FIELD])
def test_a_title_alone_above_one_paper_of_a_list_is_the_lists(body):
    (paper,) = [item for item in whole(f"---\ntitle: Weekly\ndate: 2026-05-27\n---\n\n{body}") if is_record(item)]
    assert (paper.fields["title"], paper.fields["listed"]) == ("Counting Sheep", "2026-05-27")


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ("abstract: We count.", LINKS),
        ("authors: [Ada Example]", REFERENCES),
        ("author: Ada Example", f"A text.\n\n{LINKS}".rpartition("- ")[0]),
        ("date: 2026-05-27", "```bibtex\n@article{a,\n title={Counting Sheep}\n}\n```\n"),
        (
            "date: 2026-05-27",
            "Today I read [Counting Sheep](https://arxiv.org/abs/2605.01234) and\n"
            "[Sparse Clouds](https://arxiv.org/abs/2605.01235), both fine.\n",
        ),
        ("date: 2026-05-27", "Counting Sheep in Spring\nCounting Sheep in Autumn\nSparse Clouds over Hills\n"),
    ],
)
def test_papers_that_are_read_as_a_part_of_one_are_told(said, body):
    items = whole(f"---\ntitle: A Paper\n{said}\n---\n\n{body}")
    assert sum(map(is_record, items)) == 1
    assert [item.line for item in items if isinstance(item, Problem)] == [5]


@pytest.mark.parametrize("head", ["---\ntitle: Weekly\ndate: 2026-05-27\n---\n\n", "---\nlisted: 2026-05-27\n---\n"])
def test_ids_below_front_matter_are_papers_of_its_day(head):
    items = whole(f"{head}2605.01234\n2605.01235\n")
    assert [(each.fields["arxiv"], each.fields["listed"]) for each in items if is_record(each)] == [
        ("2605.01234", "2026-05-27"),
        ("2605.01235", "2026-05-27"),
    ]
    assert sum(each.lines for each in items) == head.strip().count("\n") + 3


def test_a_head_for_pelican_says_the_day_of_the_list():
    items = whole(f"Title: Weekly\nDate: 2026-05-27\nCategory: Digest\n\n{LINKS}")
    assert [each.fields["listed"] for each in items if is_record(each)] == ["2026-05-27", "2026-05-27"]


def test_prose_below_a_title_is_told_of_nothing():
    assert list(map(is_record, whole("---\ntitle: A Paper\n---\n\nWe show, as others did, a thing.\n"))) == [True]


def is_record(item: Item) -> bool:
    return isinstance(item, RawPaper)


def test_front_matter_may_be_toml():
    text = f'+++\ntitle = "Weekly"\ndate = 2026-05-27T08:00:00Z\ntags = ["farm"]\n[extra]\nmath = true\n+++\n{LINKS}'
    papers = [item.fields for item in whole(text) if is_record(item)]
    assert [(each["title"], each["listed"], each["tags"]) for each in papers] == [
        ("Counting Sheep", "2026-05-27", ["farm"]),
        ("Sparse Clouds", "2026-05-27", ["farm"]),
    ]
    (paper,) = fields('+++\ntitle = "One"\narxiv = "2605.01234"\nyear = 2026\n+++\nText.\n')
    assert paper == {"title": "One", "arxiv": "2605.01234", "published": "2026", "abstract": "Text."}


@pytest.mark.parametrize("broken", ['date = 2026-05-27\ntitle = "One', 'date = 2026-05-27\ntitle = [\n"a" "b"]'])
def test_broken_toml_is_one_problem_with_its_line(broken):
    (problem,) = [item for item in whole(f"+++\n{broken}\n+++\n{LINKS}") if isinstance(item, Problem)]
    assert problem.line == broken.count("\n") + 2
    assert problem.what.startswith("broken front matter: un")


@pytest.mark.parametrize(
    ("bullets", "read"),
    [
        ("- code:\n- tags: farm", {"tags": ["farm"]}),
        ("- tags:\n  - farm\n  - vision: 3D\n- venue: Meadow", {"tags": ["farm", "vision: 3D"], "venue": "Meadow"}),
        ("  - code:\n  - tags: farm", {"tags": ["farm"]}),
        ("- note: Long\n  - tags: farm", {"note": "Long", "tags": ["farm"]}),
        ("- authors:\n  Ada Example\n- tags: farm", {"authors": "Ada Example", "tags": ["farm"]}),
        ("- note: Long\n  and longer\n- tags: farm", {"note": "Long\nand longer", "tags": ["farm"]}),
        ("- code:\n  - https://github.com/a/b", {"links": {"code": "https://github.com/a/b"}, "tags": []}),
    ],
)
def test_a_field_without_a_value_or_over_several_lines_ends_no_fields(bullets, read):
    (paper,) = fields(f"## Counting Sheep\n- arxiv: 2605.01234\n{bullets}\n\nOne, two.\n")
    expected = {"title": "Counting Sheep", "arxiv": "2605.01234", "abstract": "One, two.", "tags": [], **read}
    assert paper == expected


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        (
            "[Counting Sheep](https://a.example/1) (2024)",
            {"published": "2024", "links": {"page": "https://a.example/1"}},
        ),
        (
            "2. [Counting Sheep](https://a.example/1) [code](https://github.com/a/b)",
            {"links": {"page": "https://a.example/1", "code": "https://github.com/a/b"}},
        ),
        ("[Counting](https://a.example/1) Sheep", {"links": {"page": "https://a.example/1"}}),
        ("Counting Sheep", {}),
    ],
)
def test_a_heading_may_link_its_title_and_more(heading, read):
    (paper,) = fields(f"## {heading}\n- tags: farm\n\nOne, two.\n")
    assert paper == {"title": "Counting Sheep", "tags": ["farm"], "abstract": "One, two.", **read}


def test_a_heading_of_the_first_level_ends_a_paper_and_may_say_the_day():
    first = "# 2026-05-27\n\n## Sheep\n- tags: farm\n\n```\n# no heading\n```\n\n"
    text = f"{first}# 2026-05-28\n\n## Goats\n- tags: farm\n\n# More\n"
    sheep, goats = fields(text)
    assert (sheep["listed"], sheep["abstract"]) == ("2026-05-27", "```\n# no heading\n```")
    assert (goats["listed"], goats["abstract"], goats["tags"]) == ("2026-05-28", "", ["farm"])
    assert sum(item.lines for item in read(text)) == lines(text)


def test_what_is_indented_below_a_blank_line_is_the_abstract():
    (paper,) = fields("## Counting Sheep\n- arxiv: 2605.01234\n- code:\n\n    One, two.\n")
    assert paper["abstract"] == "One, two."


def test_papers_in_tables_of_toml_are_read_each_with_its_line():
    text = '+++\ntitle = "Weekly"\n[[papers]]\ntitle = "Dams"\narxiv = "2605.01234"\n[papers.links]\ncode = "a"\n\n'
    found = whole(f'{text}[[papers]]\ntitle = "Tides"\n+++\n')
    papers = [(item.fields["title"], item.line) for item in found if isinstance(item, RawPaper)]
    assert papers == [("Dams", 3), ("Tides", 9)]


@pytest.mark.parametrize("extra", ["[extra]\nmath = true", "[[extra]]\nmath = true", "extra.math = true"])
def test_an_unknown_table_of_toml_is_told_with_its_line(extra):
    text = f'+++\ntitle = "On Dams"\ntags = [\n["a"],\n]\narxiv = "2605.01234"\n{extra}\n+++\nText.\n'
    problems = Problems()
    list(read_list(Source.from_text(text, "papers/a.md"), FileReport("papers/a.md"), problems))
    assert [problem.line for problem in problems] == [7]


def test_front_matter_of_a_list_says_what_lists_may_say_and_a_slip_is_told():
    items = whole(
        f"---\nlayout: post\ntitle: Weekly\ndate: 2026-05-27 08:00:00 +0200\nvenue: M\ntagss: a\n---\n{LINKS}"
    )
    papers = [item.fields for item in items if is_record(item)]
    assert {(each["listed"], each["venue"]) for each in papers} == {("2026-05-27", "M")}
    assert [item.unread for item in items if isinstance(item, UnreadOfList)] == [{"tagss": "text"}]


def test_papers_may_be_headings_of_a_deeper_level_below_topics():
    text = "<!-- ours -->\n<a name='top'></a>\n\n## Wool\n\n### Counting Sheep\n- arxiv: 2605.01234\n\nFew.\n\n"
    text += "## Sky\nOf weather.\n\n### Sparse Clouds\n- arxiv: 2605.01235\n"
    items = whole(text)
    assert [(each.fields["title"], each.fields["tags"]) for each in items if is_record(each)] == [
        ("Counting Sheep", ["Wool"]),
        ("Sparse Clouds", ["Sky"]),
    ]
    assert sum(each.lines for each in items) == sum(1 for line in text.split("\n") if line.strip())


def test_what_a_script_writes_below_headings_is_read_without_its_rules_and_under_its_day():
    text = (
        "## Papers for 2025-10-14\n#### 1. On Rivers\n- **Authors**: Jane Doe\n- **Abstract**: We look.\n\n---\n"
        "#### 2. On Seas\n- **Authors**: Bo Sample\n- **TL;DR**: We look again.\n"
    )
    first, second = (
        record.fields for record in markdown_list.read(Source.from_text(text, "a.md")) if isinstance(record, RawPaper)
    )
    assert (first["title"], first["abstract"], first["listed"]) == ("On Rivers", "We look.", "2025-10-14")
    assert (second["title"], second["ai_summary"], second.get("abstract", "")) == ("On Seas", "We look again.", "")


def test_a_field_below_text_is_told():
    text = "## On Dams\nWe look at dams.\n- doi: 10.1000/abc\n\n## On Seas\n- doi: 10.1000/def\n"
    items = list(markdown_list.read(Source.from_text(text, "a.md")))
    told = [(item.line, item.what) for item in items if isinstance(item, Problem)]
    assert told == [(3, '"doi" stands below text and is read as a part of the abstract')]


BULLETS = """- **Title:** Sparse Clouds
- **Authors:** Ada Example, Bo Sample
- **Link:** https://arxiv.org/abs/2605.01230
"""


@pytest.mark.parametrize("heading", ["Paper 1", "1.", "#3", "Article 2:", "论文 1", "Paper #4"])
def test_a_heading_that_counts_papers_gives_way_to_the_title_in_a_bullet(heading):
    text = f"## {heading}\n\n{BULLETS}\nClouds are few.\n"
    [paper] = fields(text)
    assert (paper["title"], paper["tags"], paper["abstract"]) == ("Sparse Clouds", [], "Clouds are few.")
    assert sum(item.lines for item in read(text)) == lines(text)


def test_papers_that_each_have_a_bullet_with_their_title_stand_below_their_topic():
    counting = BULLETS.replace("Sparse Clouds", "Counting Sheep").replace("01230", "01231")
    text = f"# A week\n\n## Weather\n\nSome words.\n\n{BULLETS}\nClouds are few.\n\n{counting}"
    first, second = [item for item in read(text) if isinstance(item, RawPaper)]
    assert (first.fields["title"], first.fields["tags"], first.line) == ("Sparse Clouds", ["Weather"], 7)
    assert first.fields["abstract"] == "Clouds are few."
    assert (second.fields["title"], second.fields["tags"]) == ("Counting Sheep", ["Weather"])
    assert second.fields["links"] == {"page": "https://arxiv.org/abs/2605.01231"}
    assert sum(item.lines for item in read(text)) == lines(text)


def test_papers_may_begin_with_another_field_than_their_title_below_their_day():
    papers = ("- authors: Ada Example\n- title: Sparse Clouds\n", "- authors: Bo Sample\n- title: Counting Sheep\n")
    text = "\n".join(["## 2026-05-27", *papers])
    found = [(paper["title"], paper["authors"], paper["listed"]) for paper in fields(text)]
    assert found == [("Sparse Clouds", "Ada Example", "2026-05-27"), ("Counting Sheep", "Bo Sample", "2026-05-27")]


def test_a_second_title_below_a_heading_that_is_one_is_told():
    problem, paper = read("## Sparse Clouds\n- title: Few Clouds\n- authors: Ada Example\n")
    assert isinstance(problem, Problem)
    assert isinstance(paper, RawPaper)
    assert (problem.line, paper.fields["title"]) == (2, "Sparse Clouds")


def test_titles_in_code_below_a_heading_begin_no_papers():
    text = "## Sparse Clouds\n- authors: Ada Example\n\n```yaml\n- title: A\n- title: B\n```\n"
    assert [paper["title"] for paper in fields(text)] == ["Sparse Clouds"]


def test_bullets_with_fields_on_lines_of_their_own_are_papers_below_a_day():
    text = "## 2026-05-27\n" + "".join(
        f"- **Title:** {title}\n  **Authors:** Ada Example\n  **Link:** https://arxiv.org/abs/{number}\n"
        "  **Summary:** We\n  count.\n"
        for title, number in (("Sparse Clouds", "2605.01234"), ("Counting Sheep", "2605.01235"))
    )
    for body in (text, text.partition("- **Title:** Counting")[0]):
        found = [item.fields for item in whole(body) if is_record(item)]
        assert [(each["title"], each["arxiv"], each["listed"], each["abstract"]) for each in found] == [
            ("Sparse Clouds", "2605.01234", "2026-05-27", "We count."),
            ("Counting Sheep", "2605.01235", "2026-05-27", "We count."),
        ][: body.count("Title")]


@pytest.mark.parametrize("key", ["sessions", "readings", "publications"])
def test_a_list_below_a_key_of_its_own_in_a_front_matter_is_read(key):
    text = (
        f"---\nvenue: Barns\n{key}:\n"
        "  - date: 2026-05-27\n    title: Sparse Clouds\n    authors: Ada Example, Bo Sample\n"
        "  - date: 2026-06-03\n    title: Counting Sheep\n    authors: Cy Test\n---\nSome words.\n"
    )
    assert recognise(Source.from_text(text, "papers/a.md")) == markdown_list.READER
    assert [each["title"] for each in fields(text)] == ["Sparse Clouds", "Counting Sheep"]
    assert sum(item.lines for item in read(text)) == lines(text)


def test_a_paper_whose_front_matter_lists_its_references_stays_one_paper():
    text = (
        "---\ntitle: Sparse Clouds\narxiv: 2605.01230\nreferences:\n  - title: Dense Fog\n    year: 2020\n---\n\nFew.\n"
    )
    assert [each["title"] for each in fields(text)] == ["Sparse Clouds"]


@pytest.mark.parametrize("body", ["## Introduction\n\nWe begin.", "Click *Cite*."])
def test_an_abstract_in_front_matter_is_it_and_the_page_below_is_told(body):
    record, *problems = sorted(whole(f"---\ntitle: A Paper\nabstract: We count.\n---\n\n{body}\n"), key=is_record)[::-1]
    assert (record.fields["abstract"], "editor_summary" in record.fields) == ("We count.", False)
    assert [problem.line for problem in problems] == [5]


def test_the_abstract_below_front_matter_that_says_the_same_is_told_of_nothing():
    (record,) = whole("---\ntitle: A Paper\nabstract: We count.\n---\n\nWe count.\n")
    assert record.fields["abstract"] == "We count."


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("papers/publication/_index.md", "---\ntitle: Publications\nview: citation\n---\n"),
        (
            "papers/publications.md",
            "---\nlayout: page\npermalink: /publications/\ntitle: publications\ndescription: All of them.\n---\n\n"
            '<!-- ours -->\n<div class="publications">\n{% bibliography %}\n</div>\n',
        ),
    ],
)
def test_a_page_of_a_website_that_lists_papers_is_none_itself(path, text):
    report = FileReport(path)
    assert list(read_list(Source.from_text(text, path), report, Problems())) == []
    assert dict(report.skipped) == {"a page of a website, and no paper": 1}


@pytest.mark.parametrize(("number", "kind"), [("1", "inproceedings"), ("2", "article"), ("7", "phdthesis")])
def test_the_number_of_a_kind_in_front_matter_of_hugo_is_a_kind(number, kind):
    (record,) = whole(f'---\ntitle: A Paper\nauthors: [Ada Example]\npublication_types: ["{number}"]\n---\n')
    assert record.fields["kind"] == kind


def test_what_a_website_says_of_its_own_pages_is_not_told():
    (record,) = whole(
        "---\ntitle: A Paper\nauthors: [Ada Example]\nlayout: post\npermalink: /a/\nmath: true\nwool: false\n"
        "sheep: many\n---\n"
    )
    assert list(record.unread) == ["sheep"]


def test_how_a_paper_is_cited_below_front_matter_is_no_abstract_and_names_its_authors():
    (record,) = whole(
        "---\ntitle: Counting Sheep at Night\nvenue: Meadow\ncollection: publications\n---\n\nWe count.\n\n"
        "[Download paper here](https://e.org/a.pdf)\n\n"
        'Recommended citation: Example, A., Sample, B. (2026). "Counting Sheep at Night." <i>Meadow</i>. 1(2).\n'
    )
    assert (record.fields["abstract"], record.fields["authors"]) == ("We count.", ["Example, A.", "Sample, B."])
    assert record.fields["links"] == {"pdf": "https://e.org/a.pdf"}


def test_a_label_alone_in_a_bullet_is_no_part_of_the_abstract(build_site):
    site = build_site(
        "-- papers/a.md --\n## Sparse Clouds\n- **Arxiv link:** https://arxiv.org/abs/2605.01230\n"
        "- **Abstract**\n Clouds are few.\n"
    )
    (paper,) = site.papers.values()
    assert (paper["id"], paper["abstract"]) == ("2605.01230", "Clouds are few.")
