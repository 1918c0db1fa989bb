"""Curated Markdown: weekly tables, lists by topic, bullets, with an account of every line."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.fields.heading_dates import heading_day
from site_builder.sources.fields.markdown_text import links_in
from site_builder.sources.formats import curated_lists, recognise
from site_builder.sources.formats.curated_markdown import papers_in
from site_builder.sources.formats.paper_bullet import bullet_fields
from site_builder.sources.source import Source

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "markdown"
ABS = "https://arxiv.org/abs/2605.01234"


def read(text: str, path: str = "papers/a.md") -> list[Item]:
    return list(curated_lists.TABLE.read(Source.from_text(text, path)))


def records(text: str) -> list[dict]:
    return [dict(item.fields) for item in read(text) if isinstance(item, RawPaper)]


def row(cells: str, header: str = "**Paper** | **Links**") -> dict:
    (fields,) = records(f"| {header} |\n| --- | :---: |\n| {cells} |\n")
    return fields


def lines(text: str) -> int:
    return sum(1 for line in text.split("\n") if line.strip())


WEEKS = """# Weekly

## 2026
- [Week (May 4 - May 10)](#week)

## Week (December 28 - January 3) - 2026
| **Paper** | **Links** |
| ------- | ----- |
| 1) **Sheep** - counts them.<br>● Fast. | [Paper](https://arxiv.org/abs/2601.01234), [Tweet](https://x.com/a/1) |

## Week (Dec 21-27)
| **Paper**   | **Links**  |
| ------- | ----- |
| 1) Clouds  Shows that clouds are few. | [Paper](https://example.org/clouds.pdf) [Code](https://github.com/a/b) |
Some words.
"""


def test_rows_of_weekly_tables_are_papers_of_the_last_day_of_their_week():
    sheep, clouds = records(WEEKS)
    assert sheep == {
        "title": "Sheep",
        "abstract": "counts them.\n\n● Fast.",
        "listed": "2026-01-03",
        "arxiv": "2601.01234",
        "links": {"abs": "https://arxiv.org/abs/2601.01234", "tweet": "https://x.com/a/1"},
    }
    assert clouds == {
        "title": "Clouds",
        "abstract": "Shows that clouds are few.",
        "listed": "2025-12-27",
        "links": {"pdf": "https://example.org/clouds.pdf", "code": "https://github.com/a/b"},
    }


def test_a_year_that_was_inferred_is_reported_once():
    (problem,) = [item for item in read(WEEKS) if isinstance(item, Problem)]
    assert (problem.line, problem.records, problem.lines) == (11, 0, 0)
    assert "year inferred from the others: 2025" in problem.what


@pytest.mark.parametrize(
    ("cell", "title", "abstract"),
    [
        ("3) **Sheep**   ", "Sheep", None),
        ("**[Sheep and Us](https://arxiv.org/abs/2605.01234)**", "Sheep and Us", None),
        ("Sheep - counts them.", "Sheep", "counts them."),
        ("2) *4Sheep** - counts them.", "4Sheep", "counts them."),
        ("Sheep<br>Counts them.", "Sheep", "Counts them."),
        ("Counting Sheep on $|x|$", "Counting Sheep on $", None),
    ],
)
def test_title_and_explanation_of_a_cell_are_parted(cell, title, abstract):
    fields = row(f"{cell} | [Paper]({ABS})")
    assert (fields["title"], fields.get("abstract")) == (title, abstract)


def test_a_cell_without_a_mark_between_them_stays_run_together():
    cell = "Counting Sheep on Meadows Introduces a way to count them. " + "It counts and counts. " * 9
    fields = row(f"{cell} | [Paper]({ABS})")
    assert fields["run_together"].startswith("Counting Sheep on Meadows Introduces")
    assert "title" not in fields


def test_columns_and_folded_cells_are_read_and_the_section_is_a_tag():
    header = "**Title** | **Date** | **Abstract** | **Comment**"
    text = f"""## 1. Counting
| {header} |
| --- | --- | --- | --- |
| **[Sheep]({ABS}v1)** | 2026-05-14 | <details><summary>Show</summary><p>If |a| = 1.</p></details> | 9 pages |
| **[Goats](https://arxiv.org/abs/2401.00002v3)** | 2026-05-15 | <details><summary>+</summary><p>No.</p></details> | |
"""
    sheep, goats = records(text)
    assert sheep == {
        "title": "Sheep",
        "published": "2026-05-14",
        "abstract": "If |a| = 1.",
        "comment": "9 pages",
        "links": {"abs": f"{ABS}v1"},
        "arxiv": "2605.01234v1",
        "tags": ["Counting"],
    }
    assert (goats.get("published"), goats["listed"]) == (None, "2026-05-15")


def test_tables_of_other_things_are_boilerplate():
    assert records("| Name | Stars |\n|---|---|\n| x | 3 |\n") == []


def test_the_date_of_a_later_version_in_a_daily_table_is_its_day_and_told_only_where_a_heading_says_another():
    table = (
        "|Publish Date|Title|Authors|PDF|Code|\n|---|---|---|---|---|\n"
        f"|**2026-05-27**|**Dense Clouds**|Ada Example et.al.|[2605.01234v1]({ABS}v1)|null|\n"
        "|**2026-05-26**|**Sparse Rain**|Bo Roe et.al.|[2501.01111v2](http://arxiv.org/abs/2501.01111v2)|null|\n"
    )
    for heading, days, told in (("## SLAM", (None, "2026-05-26"), 0), ("## 2026-05-28", ("2026-05-28",) * 2, 1)):
        problems = Problems()
        text = f"{heading}\n\n{table}"
        found = list(read_list(Source.from_text(text, "papers/a.md"), FileReport("papers/a.md"), problems))
        assert [record.fields.get("published") for record in found] == ["2026-05-27", None]
        assert tuple(record.fields.get("listed") for record in found) == days
        assert len(list(problems)) == told


def test_a_doi_that_ends_as_a_later_version_leaves_the_date_of_its_row():
    fields = row("Counting Sheep | 10.1000/yolov4 | 2026-05-15", "Title | ID | Date")
    assert (fields["published"], fields["doi"], "listed" in fields) == ("2026-05-15", "10.1000/yolov4", False)


def test_a_day_in_brackets_that_is_a_bullet_leaves_the_heading_above_a_topic():
    papers = f"    - Paper: [Sparse Clouds]({ABS})\n    - Paper: [Morning Sun]({ABS[:-1]}5)\n"
    found = records(f"# News\n\n## Week Papers\n\n- **[2026.05.27]**\n{papers}")
    assert [(each["title"], each["listed"]) for each in found] == [
        ("Sparse Clouds", "2026-05-27"),
        ("Morning Sun", "2026-05-27"),
    ]


def test_a_day_that_is_a_bullet_dates_the_bullets_within_it():
    text = (
        f"- 2026-05-27\n  - [Sparse Clouds]({ABS})\n"
        f"- **May 28, 2026**\n\t- [Morning Sun]({ABS}2)\n\t- [Late Rain]({ABS}3)\n"
        f"- [No Day]({ABS}4)\n"
    )
    found = [(fields["title"], fields.get("listed")) for fields in records(text)]
    days = ["2026-05-27", "2026-05-28", "2026-05-28", None]
    assert found == list(zip(["Sparse Clouds", "Morning Sun", "Late Rain", "No Day"], days, strict=True))


@pytest.mark.parametrize("day", ["27. Mai 2026", "27 mai 2026", "27 de mayo de 2026", "**27. Mai 2026**", "27.05.2026"])
def test_a_day_before_a_title_is_read_in_every_language(day):
    ((fields),) = records(f"- {day} – [Sparse Clouds over the Sea]({ABS})\n")
    assert (fields["published"], fields["title"]) == ("2026-05-27", "Sparse Clouds over the Sea")


@pytest.mark.parametrize(
    ("bullet", "expected"),
    [
        (
            "**Counting Sheep** (2015), A. Example et al. [[pdf]](http://arxiv.org/pdf/1503.02531)",
            {
                "title": "Counting Sheep",
                "published": "2015",
                "authors": ["A. Example", "others"],
                "arxiv": "1503.02531",
            },
        ),
        (f"[Counting Sheep]({ABS}) - They sleep.", {"title": "Counting Sheep", "abstract": "They sleep."}),
        (
            f"Counting Sheep. Ada Example, Bo Sample. NeurIPS 2025. [[paper]]({ABS})",
            {
                "title": "Counting Sheep",
                "authors": ["Ada Example", "Bo Sample"],
                "venue": "NeurIPS",
                "published": "2025",
            },
        ),
        (f"[2023/05] **Tree of Sheep** [[Paper]({ABS})] [[Code](https://github.com/a/b)]", {"title": "Tree of Sheep"}),
        (f"(*CVPR 2021*) Sheep as learners. [[pdf]]({ABS})", {"title": "Sheep as learners", "venue": "CVPR"}),
        (
            f"[ ] **[Many Sheep]({ABS})** (ICML 2024) by Ada Example, Bo Sample",
            {"title": "Many Sheep", "venue": "ICML"},
        ),
        (f"Sheep, Example et al., ICML 2024 [[arxiv]({ABS})]", {"title": "Sheep", "authors": ["Example", "others"]}),
        ("**A Long Title of Sheep** (2015), no link", {"title": "A Long Title of Sheep", "published": "2015"}),
    ],
)
def test_bullets_that_name_papers_are_read(bullet, expected):
    fields = bullet_fields(bullet)
    assert fields is not None
    assert {name: fields.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    "bullet",
    [
        "**2016** :    +20 citations (:sparkles: +50)",
        "[Contents](#contents)",
        "addition of distinguished researchers",
        "see [our site](https://example.org/about)",
        "[code](https://github.com/a/b)",
        "![badge](https://arxiv.org/badge.pdf)",
    ],
)
def test_bullets_that_name_none_are_not(bullet):
    assert bullet_fields(bullet) is None


def test_deeper_lines_belong_to_the_bullet_above_unless_they_name_a_paper():
    text = f"""- **Counting Sheep at Night**
  - Paper: {ABS}
  - a remark
  - [Code](https://github.com/a/b)
  - [Counting Goats at Night](https://arxiv.org/abs/2605.00002)
"""
    sheep, goats = records(text)
    assert (sheep["title"], sheep["abstract"]) == ("Counting Sheep at Night", "a remark")
    assert sheep["links"] == {"abs": ABS, "code": "https://github.com/a/b"}
    assert goats["title"] == "Counting Goats at Night"


def test_a_heading_with_a_link_is_a_paper_and_the_text_below_its_abstract():
    text = f"## Sheep\n### [Counting]({ABS})\nOne.\n\nTwo.\n- [Goats](https://arxiv.org/abs/2605.00002)\n"
    counting, goats = records(text)
    assert (counting["title"], counting["abstract"], counting["tags"]) == ("Counting", "One.\n\nTwo.", ["Sheep"])
    assert goats["tags"] == ["Sheep"]


def test_front_matter_gives_every_paper_its_day_and_tags():
    text = f"---\ndate: 2026-05-14\ntags: [weekly]\n---\n## Topic\n- [Counting]({ABS})\n"
    assert records(text)[0]["listed"] == "2026-05-14"
    assert records(text)[0]["tags"] == ["weekly", "Topic"]


def test_broken_front_matter_and_code_are_no_papers_and_nothing_is_lost():
    text = f"---\na: [\n---\n```\n- [Not a paper]({ABS})\n```\n- [A paper]({ABS})\n"
    assert [fields["title"] for fields in records(text)] == ["A paper"]
    assert sum(item.lines for item in read(text)) == lines(text)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Top Papers (June 23 - June 29) - 2025", "2025-06-29"),
        ("Papers (May 22-28)", "May 28"),
        ("Feb 27-Mar 5", "Mar 5"),
        ("2026-05-14", "2026-05-14"),
        ("May 14, 2026", "2026-05-14"),
        ("14 May 2026", "2026-05-14"),
        ("Week 22, 2026", "2026-05-31"),
        ("2026-W22", "2026-05-31"),
        ("Retrieval 2026", "None"),
        ("February 30", "None"),
        ("3 Decoding strategies", "None"),
        ("4 Augmentation", "None"),
        ("Sept. 3, 2025", "2025-09-03"),
        ("(Jan5 - Jan11, 2026)", "2026-01-11"),
        ("Feburary 3 - 9, 2026", "2026-02-09"),
        ("2026-08-17 \u2013 2026-08-23", "2026-08-23"),
        ("2026-08-17/2026-08-23", "2026-08-23"),
        ("2026-08-17 - 25 papers", "2026-08-17"),
        ("17.08.2026 - 23.08.2026", "2026-08-23"),
        ("August 17th through 23rd, 2026", "2026-08-23"),
        ("17.\u201323. August 2026", "2026-08-23"),
        ("23. August 2026", "2026-08-23"),
        ("20th of August, 2026", "2026-08-20"),
        ("20260820", "2026-08-20"),
        ("Papers of 2026-08-20, 2026-08-19 left out", "2026-08-20"),
        ("3. March of the penguins", "None"),
        ("05/08/2026", "None"),
        ("20/08/2026", "2026-08-20"),
    ],
)
def test_headings_name_days_and_weeks(heading, expected):
    assert str(heading_day(heading)) == expected


def test_a_heading_of_a_day_that_may_be_two_is_told():
    text = f"## 05/08/2026\n- [Some Sheep]({ABS})\n## 06/08/2026\n- [Goats](https://arxiv.org/abs/2605.00002)\n"
    assert [str(item) for item in read(text) if isinstance(item, Problem)] == [
        'papers/a.md:1: 2 headings of a day that may be two, as "05/08/2026", and so of none; '
        "write the month in letters, or YYYY-MM-DD"
    ]


@pytest.mark.parametrize(
    ("headings", "days"),
    [
        (["2025", "Dec 8", "Jan 3"], ["2025-12-08", "2025-01-03"]),
        (["Dec 28, 2024", "Jan 4", "Jan 11"], ["2024-12-28", "2025-01-04", "2025-01-11"]),
        (["Jan 11", "Jan 4", "Dec 28, 2024"], ["2025-01-11", "2025-01-04", "2024-12-28"]),
        (["Jan 11", "Jan 4"], ["Jan 11", "Jan 4"]),
    ],
)
def test_years_come_from_the_section_or_the_neighbours(headings, days):
    text = "\n".join(f"{'#' if heading.isdigit() else '##'} {heading}\n- [Some Sheep]({ABS})" for heading in headings)
    assert [fields["listed"] for fields in records(text) if "listed" in fields] == days


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nWords with a [link](https://arxiv.org/abs/2605.01234).\n",
        f"papers:\n- [a, b]\n- {ABS}\n",
        "- title: One\n  url: https://arxiv.org/abs/2605.01234\n",
        "- url: https://arxiv.org/abs/2605.01234\n",
        "---\ntitle: One\n---\nText.\n",
        "  • 8 authors\n·\nMay 6\n",
    ],
)
def test_other_texts_are_left_to_their_readers(text):
    source = Source.from_text(text, "a.md")
    assert not curated_lists.TABLE.recognises(source)
    assert not curated_lists.BULLETS.recognises(source)


def test_a_list_of_bullets_is_recognised():
    assert curated_lists.BULLETS.recognises(Source.from_text(f"# Sheep\n\n- [Counting Sheep]({ABS})\n", "a.md"))


LINES = st.sampled_from(
    [
        *("| Paper | Links |", "|---|---|", f"| **Sheep** - x | [Paper]({ABS}) |", "| | |", "|", "# May 4 - May 10"),
        *(f"- [Sheep]({ABS})", "  - remark", "  more", "- none", "```", "", "---", "text | more", f"## [Sheep]({ABS})"),
        *("\t1. **Title of Sheep** (2026)", "## 2025", "<br>", "- [[", "a: b"),
    ]
)


@settings(deadline=None)
@given(st.lists(LINES | st.text(alphabet="|-*[]()# ab", max_size=20), max_size=25))
def test_every_line_that_is_not_blank_is_in_exactly_one_item(texts):
    text = "\n".join(texts)
    items = read(text)
    assert sum(item.lines for item in items) == lines(text)
    assert [item.line for item in items if not isinstance(item, Problem)] == sorted(
        item.line for item in items if not isinstance(item, Problem)
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real lists is not there")
@pytest.mark.parametrize(
    ("name", "pattern", "count"),
    [("ml_papers_of_the_week", r"(?m)^\| *\d+\)", 1300), ("dailyarxiv", r"(?m)^\| \*\*\[", 251)],
)
def test_real_tables_are_read_whole(name, pattern, count):
    path = SHARED / f"{name}.md"
    source = Source.from_file(path, path.name)
    items = list(curated_lists.TABLE.read(source))
    papers = [item for item in items if isinstance(item, RawPaper)]
    assert curated_lists.TABLE.recognises(source)
    assert sum(item.lines for item in items) == lines(source.text())
    assert len(papers) == len(re.findall(pattern, source.text())) == count
    assert all(item.fields["links"] and ("title" in item.fields or "run_together" in item.fields) for item in papers)
    assert all("listed" in item.fields or "published" in item.fields for item in papers)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real lists is not there")
def test_a_real_file_with_bullets_that_are_no_papers_is_all_boilerplate():
    source = Source.from_file(SHARED / "awesome_deep_learning_papers.md", "a.md")
    items = list(curated_lists.BULLETS.read(source))
    assert not any(isinstance(item, RawPaper) for item in items)
    assert sum(item.lines for item in items) == lines(source.text())


@pytest.mark.parametrize(
    "html",
    [
        "<!-- badges -->\n# Awesome\n",
        '<div align="center">\n  <h1>Awesome</h1>\n</div>\n',
        "<p><img src='a.png'/></p>\n",
    ],
)
def test_markdown_may_begin_with_html(html):
    source = Source.from_text(f"{html}\n## Retrieval\n- [Counting Sheep](https://arxiv.org/abs/2605.01234)\n", "a.md")
    assert recognise(source).name == "Markdown bullets"
    (record,) = (item for item in recognise(source).read(source) if isinstance(item, RawPaper))
    assert (record.fields["title"], record.fields["tags"]) == ("Counting Sheep", ["Retrieval"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("See [here](https://a.org/x).", "See https://a.org/x."),
        ('At <a href="https://a.org/x">this https URL</a>.', "At https://a.org/x."),
        ("See [our data](https://a.org/x).", "See our data (https://a.org/x)."),
        ("We have [code](https://github.com/a/b).", "We have code."),
    ],
)
def test_a_link_in_an_abstract_says_where_it_leads_unless_its_kind_is_known(written, meant):
    table = f"| Title | Abstract |\n|---|---|\n| [Counting Sheep]({ABS}) | We count. {written} |\n"
    bullet = f"- [Counting Sheep]({ABS}): We count. {written}\n" if "[code]" not in written else table
    for text in (table, f"## [Counting Sheep]({ABS})\nWe count. {written}\n", bullet):
        (record,) = papers_in(text)
        assert record.fields["abstract"] == f"We count. {meant}"


def test_the_column_of_titles_is_the_one_that_is_called_so():
    link = "[pdf](https://arxiv.org/abs/2605.01234)"
    text = f"| Publication | Title | Paper |\n|---|---|---|\n| Meadow 2026 | Sheep | {link} |\n"
    (paper,) = (item for item in read(text) if isinstance(item, RawPaper))
    assert paper.fields["title"] == "Sheep"
    assert (paper.fields["venue"], paper.fields["arxiv"]) == ("Meadow 2026", "2605.01234")


def test_rows_without_a_title_and_cells_in_excess_are_told_where_they_say_something():
    text = (
        "| Title | Authors |\n|---|---|\n| On Dams | Jane Doe |\n| | Bo Sample |\n| | |\n"
        "| | https://arxiv.org/abs/2605.01234 |\n| On Seas | Cy Third | 2026 |\n"
    )
    items = read(text)
    assert [item.fields["title"] for item in items if isinstance(item, RawPaper)] == ["On Dams", "On Seas"]
    told = [(item.line, item.what) for item in items if isinstance(item, Problem)]
    assert told == [
        (4, 'a row without a title has "Bo Sample"'),
        (6, 'a row without a title has "https://arxiv.org/abs/2605.01234"'),
        (7, "the row has 3 cells where the header names 2"),
    ]


@pytest.mark.parametrize(
    "link", ["[On Dams] (https://arxiv.org/abs/2605.01234)", "[On Dams](arxiv.org/abs/2605.01234)"]
)
def test_a_link_with_a_space_within_or_without_its_scheme_is_one(link):
    (record,) = (item for item in read(f"- {link}\n") if isinstance(item, RawPaper))
    assert (record.fields["title"], record.fields["links"]) == ("On Dams", {"abs": "https://arxiv.org/abs/2605.01234"})


@pytest.mark.parametrize("end", ["", "\n"])
def test_tables_of_papers_in_html_are_read_as_those_in_markdown(end):
    cells = [
        ("<th>Paper</th>", "<th align='left'>Venue</th>", "<th>Links</th>"),
        (
            "<td><b>On &lt;Sand&gt; | Mud</b><br/>Ada Roe, Bo Doe</td>",
            "<td>ICML 2026</td>",
            f'<td><a class="x" href="{ABS}">arXiv</a> <a href="https://github.com/a/b">code</a></td>',
        ),
        ("<td><i>On Silt</i></td>", "<td></td>", "<td><a href='https://arxiv.org/abs/2605.01235'><img src=x></a></td>"),
    ]
    rows = "".join(f"<tr>{end}{end.join(row)}{end}</tr>{end}" for row in cells)
    text = f"## Dunes\n\n<table>{end}<thead>{end}{rows}</table>\n\n- [On Clay](https://arxiv.org/abs/2605.01236)\n"
    items = read(text)
    assert sum(item.lines for item in items) == lines(text)
    first, second, third = records(text)
    assert first["title"] == "On <Sand> | Mud"
    assert first["authors"] == ["Ada Roe", "Bo Doe"]
    assert (first["venue"], first["arxiv"], first["links"]["code"]) == (
        "ICML 2026",
        "2605.01234",
        "https://github.com/a/b",
    )
    assert (second["title"], second["arxiv"], second["tags"]) == ("On Silt", "2605.01235", ["Dunes"])
    assert third["title"] == "On Clay"


def test_a_table_in_html_without_a_column_of_papers_is_told_where_it_links_to_papers():
    text = (
        f"<table><tr><td><a href='{ABS}'>On Sand</a></td></tr><tr><td>x</td></tr></table>\n- [On Clay]({ABS[:-1]}5)\n"
    )
    assert [str(item.what) for item in read(text) if isinstance(item, Problem)] == [
        "lines in HTML that link to papers are not read: 1"
    ]


@pytest.mark.parametrize(
    "below",
    [f"[Counting Sheep]({ABS})\n", f'<ul>\n<li><a href="{ABS}">Counting Sheep</a></li>\n</ul>\n'],
)
def test_a_heading_above_a_linked_title_is_its_topic(below):
    (fields,) = records(f"## Wool\n{below}")
    assert (fields["title"], fields["tags"]) == ("Counting Sheep", ["Wool"])


@pytest.mark.parametrize("mark", ["<!DOCTYPE html>", '<?xml version="1.0"?>', "<!doctype html>\n<!-- list -->"])
def test_a_list_below_a_lone_mark_of_another_format_is_read(mark):
    problems = Problems()
    text = f"{mark}\n# Wool\n- [Counting Sheep]({ABS})\n"
    found = list(read_list(Source.from_text(text, "papers/a.md"), FileReport("papers/a.md"), problems))
    assert [record.fields["title"] for record in found] == ["Counting Sheep"]
    assert list(problems) == []


TITLED = [("Counting Sheep", "Ada Example, Bo Sample", ABS), ("Dense Clouds", "Cy Third", f"{ABS[:-1]}5")]


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("**{}. {}**\n", "- Authors: {}\n- Link: <{}>\n"),
        ("**{1}**", "- Score: 8/10\n- Authors: {}\n- Link: {}\n"),
        ("**{1}**", "- 机构: A College\n- 作者: {}\n- 链接：{}\n"),
        ("__{1}__\n", "* **Authors:** {}\n* **Link (pdf):** {}\n"),
        ("**{1}**\n", "- 作者：{}\n- 论文下载链接：{}\n"),
        ("**{1}**\n", "- {}\n- {}\n"),
        ("{}. **{}**\n", "- Authors: {}\n- Link: {}\n"),
        ("{}. {}\n", "- Authors: {}\n- Link: {}\n"),
        ("*{1}*", "- Authors: {}\n- Link: {}\n"),
        ("{1}", "- Authors: {}\n- Link: {}\n"),
        ("**{1}** (ICML 2026)\n", "Authors: {}\nLink: {}\n"),
    ],
)
@pytest.mark.parametrize("above", ["", "# Weekly\n\n", "# Weekly\n\n## Wool\n\n"])
def test_lines_above_fields_are_titles_as_headings_are(title, fields, above):
    papers = [
        f"{title.format(number, said)}\n{fields.format(names, url)}"
        for number, (said, names, url) in enumerate(TITLED, 1)
    ]
    text = above + "\n".join(papers)
    found = records(text)
    assert [(each["title"], ", ".join(each["authors"]), each["links"]["abs"]) for each in found] == TITLED
    assert all(each.get("tags") == (["Wool"] if "Wool" in above else None) for each in found)
    assert sum(item.lines for item in read(text)) == lines(text)


def test_a_title_in_bold_is_one_where_most_are_though_no_paper_is_linked_below():
    text = "\n".join(f"**{said}**\n\n- 论文：{url}\n" for said, _, url in TITLED)
    text += "\n**A Paper That Is to Come**\n\n- 论文：暂无\n- 代码：https://github.com/a/b\n"
    assert [each["title"] for each in records(text)] == [*(said for said, *_ in TITLED), "A Paper That Is to Come"]
    assert records(text)[2]["links"] == {"code": "https://github.com/a/b"}


def test_a_paper_below_two_topics_is_read_below_each():
    titles = ("Counting All the Sheep", "Dense Clouds over a Sea")
    said = "".join(f"**{title}**\n\n- Paper: {ABS}{number}\n\n" for number, title in enumerate(titles))
    found = [(each["title"], each["tags"]) for each in records(f"## Wool\n\n{said}\n## Sky\n\n{said}")]
    assert found == [(title, [topic]) for topic in ("Wool", "Sky") for title in titles]


@pytest.mark.parametrize(
    "below",
    [
        "**Short words on it**\n- Authors: Ada Example\n- Link: {}\n",
        "**Authors:** Ada Example\n\n**Where to find it**\n- Paper: {}\n- Code: https://github.com/a/b\n\n"
        "**More of it all**\n- Paper: {}\n",
        "**Paper details**\n- Authors: Ada Example\n- Paper: {}\n\n**Code details**\n- Paper: {}\n",
    ],
)
def test_a_line_in_bold_below_a_title_is_no_other(below):
    found = records("\n".join(f"### {said}\n{below.format(url, url)}" for said, _, url in TITLED))
    assert [(each["title"], each["authors"]) for each in found] == [(said, ["Ada Example"]) for said, *_ in TITLED]


@pytest.mark.parametrize("title", ["**1. Counting Sheep**", f"**[Counting Sheep]({ABS})**"])
def test_one_line_with_a_number_or_a_link_below_a_heading_is_the_title(title):
    (fields,) = records(f"## Wool\n\n{title}\n\n- Authors: Ada Example\n- Link: {ABS}\n")
    assert (fields["title"], fields["tags"]) == ("Counting Sheep", ["Wool"])


def test_a_title_in_bold_may_have_no_spaces():
    assert [each["title"] for each in records(f"**数羊的研究**\n\n- 作者: 张三\n- 链接: {ABS}\n")] == ["数羊的研究"]


def test_the_last_line_of_prose_above_bullets_is_no_title():
    assert records(f"We read more, and there is\nOne Paper of Note\n- Paper: {ABS}\n- Code: https://a.org\n") == []


@pytest.mark.parametrize("mark", ["- **Title:** {}", "1. Title: {}", "- **标题**：{}"])
def test_a_bullet_that_says_a_title_is_a_paper_with_any_field_and_is_told_without_one(mark):
    text = f"{mark.format('Sheep')}\n  - **Authors:** Ada Example\n{mark.format('Mud')}\n  - **Venue:** Meadow\n"
    items = read(f"{text}{mark.format('Of Rain')}\n")
    found = [item.fields for item in items if isinstance(item, RawPaper)]
    assert [(each["title"], each.get("authors"), each.get("venue")) for each in found] == [
        ("Sheep", ["Ada Example"], None),
        ("Mud", None, "Meadow"),
    ]
    assert [(item.line, item.records) for item in items if isinstance(item, Problem)] == [(5, 1)]


def test_authors_behind_their_label_below_a_title_make_it_a_paper():
    assert [each["title"] for each in records("- **Counting Sheep**\n  - Authors: Ada Example\n")] == ["Counting Sheep"]


@pytest.mark.parametrize(
    "mark", ["{}", "<{}>", "[arXiv]({})", "arXiv:2605.01234", "arXiv: 2605.01234", "doi:10.1000/abc"]
)
@pytest.mark.parametrize("level", ["##", "###", "####"])
def test_a_heading_above_one_bare_id_or_address_is_its_title(level, mark):
    text = "\n".join(f"{level} {said}\n{mark.format(ABS)}\n" for said in ("Counting Sheep", "Dense Clouds"))
    source = Source.from_text(f"# Reading list\n\n{text}", "a.md")
    found = [item.fields for item in recognise(source).read(source) if isinstance(item, RawPaper)]
    assert [(each["title"], each.get("arxiv") or each["doi"]) for each in found] == [
        (said, "10.1000/abc" if "doi" in mark else "2605.01234") for said in ("Counting Sheep", "Dense Clouds")
    ]


def test_a_heading_above_several_ids_is_their_topic_and_so_is_one_word():
    text = "## Wool\n2605.01234\n\n## Of Rain\n- 2605.01235\n- https://arxiv.org/abs/2605.01236\n"
    source = Source.from_text(text, "a.md")
    found = [item.fields for item in recognise(source).read(source) if isinstance(item, RawPaper)]
    assert [(each["arxiv"], each["tags"]) for each in found] == [
        ("2605.01234", ["Wool"]),
        ("2605.01235", ["Of Rain"]),
        ("2605.01236", ["Of Rain"]),
    ]


def test_a_title_in_bold_above_a_bare_address_is_its_title():
    source = Source.from_text(f"**Counting Sheep**\n{ABS}\n\n**Dense Clouds**\n{ABS[:-1]}5\n", "a.md")
    found = [item.fields["title"] for item in recognise(source).read(source) if isinstance(item, RawPaper)]
    assert found == ["Counting Sheep", "Dense Clouds"]


TWO = f"[Counting Sheep]({ABS}){{}}[Dense Clouds]({ABS[:-1]}5)"


@pytest.mark.parametrize("between", [", ", "; ", " and ", " & ", " [[code](https://github.com/a/b)], ", "<br>"])
@pytest.mark.parametrize("around", ["- {}\n", "- Also: {}.\n", "| Paper | Venue |\n|---|---|\n| {} | ICML |\n"])
def test_papers_linked_one_behind_the_other_are_each_read(around, between):
    text = around.format(TWO.format(between))
    found = records(text)
    assert [(each["title"], each["arxiv"]) for each in found] == [
        ("Counting Sheep", "2605.01234"),
        ("Dense Clouds", "2605.01235"),
    ]
    assert {each.get("venue") for each in found} == ({"ICML"} if "|" in around else {None})
    assert sum(item.lines for item in read(text)) == lines(text)


@pytest.mark.parametrize(
    ("other", "unread"),
    [
        (" builds on ", {"a paper beside a title": "a link"}),
        (": what it says of ", {}),
    ],
)
def test_the_id_of_a_paper_that_an_explanation_names_goes_to_none(other, unread):
    text = f"- {TWO.replace(ABS, 'https://www.nature.com/articles/s41586-026-00001-1', 1).format(other)}\n"
    (paper,) = (item for item in read(text) if isinstance(item, RawPaper))
    assert (paper.fields["title"], paper.fields.get("arxiv"), paper.unread) == ("Counting Sheep", None, unread)


@pytest.mark.parametrize("label", ["Extended version", "Counting Sheep", "ICML 2026", "Full paper"])
def test_two_links_to_one_paper_are_one(label):
    (fields,) = records(f"- [Counting Sheep]({ABS}), [{label}](https://doi.org/10.1000/abc)\n")
    assert (fields["title"], fields["arxiv"], fields["doi"]) == ("Counting Sheep", "2605.01234", "10.1000/abc")


@pytest.mark.parametrize("words", ["", "Some words.\n\n"])
def test_a_heading_above_a_table_of_one_row_is_its_topic(words):
    table = "| Date | Title | Paper |\n|:-:|:-|:-:|\n| 2026-05 | **{}** | [Link]({}) |\n"
    text = "\n".join(
        f"## {topic}\n{words}{table.format(*paper)}"
        for topic, paper in (("Wool", ("Tab Sheep", ABS)), ("Sky", ("Tab Clouds", f"{ABS[:-1]}5")))
    )
    assert [(each["title"], each["tags"]) for each in records(text)] == [
        ("Tab Sheep", ["Wool"]),
        ("Tab Clouds", ["Sky"]),
    ]


STARS = "https://img.shields.io/github/stars/a/b.svg"


@pytest.mark.parametrize(
    "title",
    [
        f"![]({STARS})<br>[**Counting Sheep**]({ABS})",
        f"[![Star]({STARS})](https://github.com/a/b) <br> [**Counting Sheep**]({ABS})",
        f"[![Star]({STARS})](https://github.com/a/b) **Counting Sheep**",
        f'<a href="https://github.com/a/b"><img src="{STARS}"></a> [Counting Sheep]({ABS})',
        f"**Counting Sheep** [![]({STARS})](https://github.com/a/b)",
        f"[2605.01234]({ABS})<br>**Counting Sheep**",
        f"[[pdf]({ABS})] [[code](https://github.com/a/b)] Counting Sheep",
    ],
)
def test_pictures_and_links_before_the_title_of_a_cell_are_no_part_of_it(title):
    fields = row(f"{title} <br> Ada Example, Bo Roe | [paper]({ABS})")
    assert (fields["title"], fields["authors"], fields.get("abstract")) == (
        "Counting Sheep",
        ["Ada Example", "Bo Roe"],
        None,
    )
    assert fields["arxiv"] == "2605.01234"
    assert fields["links"].get("code") == ("https://github.com/a/b" if "a/b)" in title or 'a/b"' in title else None)


@pytest.mark.parametrize(
    ("place", "venue", "published"),
    [
        ("arXiv, 2026.05", None, "2026-05"),
        ("NeurIPS, 2026", "NeurIPS", "2026"),
        ("NeurIPS 2026", "NeurIPS", "2026"),
        ("bioRxiv, 2026/05", None, "2026-05"),
    ],
)
def test_venue_and_date_between_commas_behind_a_title_are_no_part_of_it(place, venue, published):
    (fields,) = records(f"- Sheep of things, {place}, [[Paper]]({ABS}), [[Code]](https://a.org)\n")
    assert (fields["title"], fields.get("venue"), fields["published"]) == ("Sheep of things", venue, published)
    (fields,) = records(f"- Sheep of LLM, GPT, and BERT, [[Paper]]({ABS})\n")
    assert fields["title"] == "Sheep of LLM, GPT, and BERT"


@pytest.mark.parametrize("names", [["Ada Example"], ["Ada Example", "Bo Roe"]])
def test_names_behind_a_title_in_quotes_are_no_venue(names):
    (fields,) = records(f'- "Sheep of things" {", ".join(names)} (2026) arXiv:2605.01234\n')
    assert (fields["authors"], fields.get("venue")) == (names, None)


@pytest.mark.parametrize(
    ("said", "title", "authors"),
    [
        ("**SHEEP:** A Study of Wool on Hills", "SHEEP: A Study of Wool on Hills", None),
        ("***SHEEP:*** A Study of Wool on Hills. Ada Example, Bo Roe.", "SHEEP: A Study of Wool on Hills", 2),
        ("***Sheep of things***", "Sheep of things", None),
        ("**Sheep of things:** Ada Example, Bo Roe", "Sheep of things:", 2),
    ],
)
def test_a_title_may_be_in_bold_up_to_its_colon_or_in_bold_italics(said, title, authors):
    (fields,) = records(f"- {said} [[Paper]]({ABS})\n")
    assert (fields["title"], fields.get("authors")) == (title, authors and ["Ada Example", "Bo Roe"])


@pytest.mark.parametrize("bullet", ["[Sheep of things]()", "[Sheep of things]", "\u26a0\ufe0f Sheep of things [Paper]"])
def test_a_title_in_brackets_without_an_address_is_told_among_papers(bullet):
    items = read(f"- [Dense Clouds over a Sea]({ABS})\n- {bullet}\n")
    (problem,) = (item for item in items if isinstance(item, Problem))
    assert (problem.line, problem.records) == (2, 1)
    assert "Sheep of things" in problem.what


def test_what_stands_behind_a_title_in_bold_italics_explains_it():
    (fields,) = records(f"- ***SHEEP***: We count them. [[Paper]]({ABS})\n")
    assert (fields["title"], fields["abstract"]) == ("SHEEP", "We count them.")


@pytest.mark.parametrize(
    ("title", "link"),
    [
        (f"**Paper:** [{{}}]({ABS})", ""),
        (f"[{{}}]({ABS})", ""),
        ("**Title:** {}", f"- Link: {ABS}\n"),
        ("**{}**", f"- Link: {ABS}\n"),
    ],
)
def test_bullets_of_fields_right_below_a_bullet_with_a_title_are_its_own(title, link):
    text = "\n".join(
        f"- {title.format(said)}\n- **Authors:** Ada Example, Bo Roe\n- **Venue:** ICML\n{link}"
        for said in ("Counting Sheep", "Dense Clouds")
    )
    assert [(each["title"], each["authors"], each["venue"], each["arxiv"]) for each in records(text)] == [
        (said, ["Ada Example", "Bo Roe"], "ICML", "2605.01234") for said in ("Counting Sheep", "Dense Clouds")
    ]
    assert sum(item.lines for item in read(text)) == lines(text)


@pytest.mark.parametrize(
    "text", [f"- [Counting Sheep]({ABS})\n\n- Authors: Bo Roe\n", f"  - [Counting Sheep]({ABS})\n- Authors: Bo Roe\n"]
)
def test_a_bullet_of_a_field_further_away_or_less_deep_is_no_part_of_the_paper(text):
    assert [(each["title"], each.get("authors")) for each in records(text)] == [("Counting Sheep", None)]


@pytest.mark.parametrize(
    ("behind", "venue", "published"),
    [
        (" (SIGMOD 2021)", "SIGMOD", "2021"),
        (" (ICDEW, 2008)", "ICDEW", "2008"),
        (" (Nature, 2023)", "Nature", "2023"),
        (" (arXiv 2024)", None, "2024"),
        (" (2018 arXiv)", None, "2018"),
        (" (2018)", None, "2018"),
        (". (ICDE 2022, **best demo award**)", "ICDE", "2022"),
        (", NeurIPS 2023", "NeurIPS", "2023"),
        (". CIKM 2021\u3010\u534f\u540c\u8fc7\u6ee4\u3011", "CIKM", "2021"),
        (" KDD 2022 [hyperbolic]", "KDD", "2022"),
        (" (VLDB 2019) [[code]](https://github.com/a/b)", "VLDB", "2019"),
    ],
)
@pytest.mark.parametrize("mark", ["- ", "1. ", "* "])
def test_a_plain_title_with_its_venue_or_year_is_a_paper_though_nothing_links_to_it(mark, behind, venue, published):
    text = f"## Rivers\n{mark}A Sparse Index for Rivers{behind}\n"
    assert recognise(Source.from_text(text, "papers/a.md")) is curated_lists.BULLETS
    (fields,) = records(text)
    assert fields["title"] == "A Sparse Index for Rivers"
    assert (fields.get("venue"), fields["published"]) == (venue, published)


@pytest.mark.parametrize("before", ["[ICLR 2024] ", "(ICLR'24) ", "ICLR 2024, "])
def test_a_plain_title_behind_its_venue_and_year_is_a_paper(before):
    (fields,) = records(f"- {before}A Sparse Index for Rivers\n")
    assert (fields["title"], fields["venue"]) == ("A Sparse Index for Rivers", "ICLR")


AUTHORS = ["Ada Example", "Bo Roe", "Wei Ming"]
NAMES = "Ada Example, Bo Roe, Wei Ming"


@pytest.mark.parametrize(
    "form",
    [
        "- {title}. {names}\n",
        "- {title} \u2014 {names}\n",
        "1. {title} - {names}\n",
        "- {title}. {names}. SIGIR 2023\n",
        "- {title}\n  {names}\n",
        "**{title}**\n{names}\n\n",
        "{title}\n{names}\nDams break first.\n\n",
        "## {title}\n\n{names}\n\nDams break first.\n\n",
        "## {title}\n*{names}*\n\n",
        "### {title}\n{names}. Journal of Rivers, 2023.\n\nDams break first.\n\n",
        "# {title}\n\n{names}\n\nDams break first.\n\n",
    ],
)
def test_titles_with_several_authors_next_to_or_below_them_are_papers_though_nothing_links_to_them(form):
    titles = ["A Sparse Index for Rivers", "Tidal Dams under Storms"]
    text = "".join(form.format(title=title, names=NAMES) for title in titles)
    assert recognise(Source.from_text(text, "papers/a.md")) in curated_lists.READERS
    assert [(fields["title"], fields["authors"]) for fields in records(text)] == [(title, AUTHORS) for title in titles]


def test_one_paper_may_fill_a_file_with_its_authors_below_its_title():
    (fields,) = records(f"# A Sparse Index for Rivers\n\n{NAMES}\n\nRivers are long.\n")
    assert (fields["title"], fields["authors"], fields["abstract"]) == (
        "A Sparse Index for Rivers",
        AUTHORS,
        "Rivers are long.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "- Two papers accepted, CVPR 2024\n",
        "- Our paper has been accepted to ICLR 2024\n",
        "- Best Paper Award, ICML 2023\n",
        "- Browsers remove old styles in CSS by 2026, so do we\n",
        "- River Open Dataset (ROD)\n  - Object Detection, Semantic Segmentation\n",
        "2. Fill in **Context and Problem Statement**, **Considered Options**, and **Decision Outcome**.\n",
        "# Weekly Papers on Rivers\n\nAda Example, Bo Roe\n\n- Bring your own map\n",
    ],
)
def test_news_topics_and_the_names_of_who_keeps_a_list_are_no_papers(text):
    assert records(text) == []


@pytest.mark.parametrize(
    ("text", "line", "count"),
    [
        ("- {0}\n- {1}\n- [{2}]({abs})\n- {3}\n", 1, 3),
        ("# Papers\n\n{0}\n\n{1}\n\n[{2}]({abs})\n\n{3}\n", 3, 3),
        ("## {0}\n\nIt is so.\n\n## {1}\n\nIt is so.\n\n## [{2}]({abs})\n\nIt is so.\n", 1, 2),
        ("| Topic | Notes |\n|---|---|\n| **{0}** | good |\n| {1} | read |\n\n- [{2}]({abs})\n", 3, 2),
        ("## Dams\n\n- [{2}]({abs})\n\n## Rivers\n\n- {0}\n- {1}\n- [{3}]({abs}9)\n- Seeds, Soil and Rain\n", 7, 3),
    ],
)
def test_titles_of_which_no_paper_is_made_are_told_with_their_number(text, line, count):
    titles = ["Tidal Dams under Storms", "A Sparse Index for Rivers", "Learning to Rank Rain", "Fast Maps of Seas"]
    items = read(text.format(*titles, abs=ABS))
    (told,) = [item for item in items if isinstance(item, Problem) and "read like titles" in item.what]
    assert (told.line, told.records) == (line, count)
    assert f'{count}, as "Tidal Dams under Storms"' in told.what


def test_a_row_of_nothing_but_a_bar_is_no_title():
    assert records(f"- [A Dam]({ABS})\n\n|\n") == records(f"- [A Dam]({ABS})\n")


def test_topics_with_papers_below_them_are_not_told_as_titles():
    text = (
        f"# The Best Papers on Rivers\n\n## Dams of the World\n- [A Dam]({ABS})\n- Dams of Stone\n  - [B Dam]({ABS}1)\n"
    )
    assert [item.what for item in read(text) if isinstance(item, Problem)] == []


@pytest.mark.parametrize(
    ("before", "known"),
    [
        ("`wool` `cold barns` ", {"tags": ["wool", "cold barns"]}),
        ("`CVPR 2023` ", {"venue": "CVPR", "published": "2023"}),
        (":star: ", {}),
        (":star::page_facing_up:", {}),
        ("📄 ", {}),
    ],
)
@pytest.mark.parametrize("title", [f"[Counting Sheep]({ABS})", f"**Counting Sheep** [pdf]({ABS})"])
@pytest.mark.parametrize("bullet", ["- ", ""])
def test_signs_and_words_in_code_stand_before_a_title(before, known, title, bullet):
    if bullet or "`" not in before:  # a line that begins with code is code
        (fields,) = records(f"{bullet}{before}{title}\n")
        assert fields.pop("title") == "Counting Sheep"
        assert {name: fields.get(name) for name in known} == known


def test_a_command_in_code_names_no_paper():
    assert records(f"- `pip install wool` [docs]({ABS})\n") == []


def test_labels_in_italics_of_html_are_labels_and_a_link_of_html_begins_a_paper():
    first, second = records(
        "<b>2026-05-22</b><br>\n\n"
        f'<i>Title</i>: <a href="{ABS}">Counting Sheep at Night</a> (EMNLP 2021)<br>\n'
        "<i>Author</i>: Ada Doe, Bo Roe<br>\n\n"
        '<a href="https://arxiv.org/abs/2605.01235">Counting Goats at Noon</a>\n'
    )
    assert (first["title"], first["authors"], first["venue"]) == (
        "Counting Sheep at Night",
        ["Ada Doe", "Bo Roe"],
        "EMNLP",
    )
    assert (first["listed"], second["listed"]) == ("2026-05-22", "2026-05-22")
    assert second["title"] == "Counting Goats at Noon"


SCHEDULE = f"""
|    Date    | {{}} | Presenters | Notes |
|:----------:|:----:|:----------:|:-----:|
| 20th August, 2026 | [Counting Sheep at Night]({ABS}) | Cy, Di | [Summary](notes/sheep.md) |
| 27th August,2026 | [Dense Fog over Barns](https://arxiv.org/abs/2605.01235) | Cy | |
| | holidays | | |
"""


@pytest.mark.parametrize("header", ["Topic", "Reading", "Paper (link)", "Paper Title (Conf/Year of Paper)"])
def test_a_column_of_links_to_papers_holds_their_titles_and_the_day_of_a_meeting_is_no_date_of_a_paper(header):
    text = SCHEDULE.format(header)
    assert recognise(Source.from_text(text, "papers/a.md"))
    assert [each for each in records(text) if each["title"] != "holidays"] == [
        {"title": title, "arxiv": number, "listed": day, "links": {"abs": f"https://arxiv.org/abs/{number}"}}
        for title, number, day in (
            ("Counting Sheep at Night", "2605.01234", "2026-08-20"),
            ("Dense Fog over Barns", "2605.01235", "2026-08-27"),
        )
    ]


def test_a_row_without_a_link_in_a_column_known_by_its_links_is_told():
    (problem,) = (item for item in read(SCHEDULE.format("Topic")) if isinstance(item, Problem))
    assert problem.what == '"holidays" stands among links to papers and is not read'


def test_a_venue_in_brackets_behind_the_title_of_a_row_is_no_abstract():
    fields = row(f"[Counting Sheep]({ABS}v2) (ICML 2025) | [Summary](a.md)", "**Paper** | **Notes**")
    assert fields == {
        "title": "Counting Sheep",
        "arxiv": "2605.01234v2",
        "links": {"abs": f"{ABS}v2"},
        "venue": "ICML",
        "published": "2025",
    }


@pytest.mark.parametrize("mark", ["#", "##"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("translated", ["夜里数羊：谷仓研究", "夜に羊を数える", "밤에 양 세기", "Считаем овец"])
def test_a_heading_above_its_translation_with_a_link_is_the_title(mark, gap, translated):
    text = "\n\n".join(
        f"{mark} How Sheep Are Counted in Barn {number}{gap}[{translated}]({ABS[:-1]}{number})\n\n我们数羊。"
        for number in (1, 2)
    )
    assert [(each["title"], each["abstract"], each.get("tags")) for each in records(text)] == [
        (f"How Sheep Are Counted in Barn {number}", "我们数羊。", None) for number in (1, 2)
    ]


def test_a_topic_above_one_paper_in_the_same_language_stays_a_topic():
    (fields,) = records(f"## Discussion of Monday\n[Counting Sheep at Night]({ABS})\n")
    assert (fields["title"], fields["tags"]) == ("Counting Sheep at Night", ["Discussion of Monday"])


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("代码见https://github.com/a/barn上公开。", "https://github.com/a/barn"),
        ("コードはhttps://github.com/a/barn、モデル", "https://github.com/a/barn"),
        ("https://ja.wikipedia.org/wiki/機械学習 を見る", "https://ja.wikipedia.org/wiki/機械学習"),
    ],
)
def test_an_address_ends_where_a_text_without_spaces_goes_on(text, url):
    assert [link.url for link in links_in(text)] == [url]


@pytest.mark.parametrize(
    "text",
    [
        "- (ICLR'24) A Sparse Index for Rivers [paper]({abs}) **Dams** | **Cold Storage** | A College\n",
        "- A Sparse Index for Rivers (ICLR 2024) [GitHub Link](https://github.com/a/b)\n",
        "A Sparse Index for Rivers (ICLR 2024)\n\nTidal Dams under Storms (ICLR 2024)\n",
    ],
)
def test_what_follows_a_plain_title_on_its_line_is_not_the_title(text):
    fields, *_ = records(text.format(abs=ABS))
    assert (fields["title"], fields["venue"]) == ("A Sparse Index for Rivers", "ICLR")


@pytest.mark.parametrize("form", ["- **{}**", "- {}"])
def test_a_heading_above_bullets_with_fields_of_their_own_is_a_topic(form):
    below = f"  - Authors: Ada Doe, Bo Roe\n  - Published: 2026-05-01\n  - Links: [arXiv]({ABS}) | [PDF]({ABS}.pdf)\n"
    title = form.format("FogNet: Counting Sheep in Fog")
    (fields,) = records(f"### Sheep, Goats & Barns\n\n{title}\n{below}- _(See the [rest](b.md))_\n")
    assert (fields["title"], fields["tags"]) == ("FogNet: Counting Sheep in Fog", ["Sheep, Goats & Barns"])


def test_a_label_in_bold_before_a_day_is_no_title():
    assert records("**Last update:** 2026-01-16\n**Daily archive:** `a.md`\n") == []


@pytest.mark.parametrize("label", ["", "**URL**: "])
def test_a_heading_above_an_address_is_a_title_where_most_headings_of_its_level_are(label):
    def heading(title: str, url: str) -> str:
        return f"## {title}\n{label}{url}\n\n"

    papers = heading("Counting Sheep at Night", ABS) + heading("Counting Goats at Noon", f"{ABS[:-1]}5")
    blog = heading("Best Practices for Cold Barns", "https://barns.example/best-practices/")
    found = records(f"# Proposed by Mia\n\n{papers}{blog}# Proposed by Cy\n\n{papers.replace('Counting', 'Washing')}")
    assert [(each["title"], each["tags"]) for each in found[:3]] == [
        (title, ["Proposed by Mia"])
        for title in ("Counting Sheep at Night", "Counting Goats at Noon", "Best Practices for Cold Barns")
    ]
    assert "Best Practices for Cold Barns" not in str([each["title"] for each in records(blog)])


AT_VENUES = """# Barns

- [Sheep](#sheep)

## Sheep
* Counting Sheep in Barns at Night (ICML 2024)
* SheepDB: A Database of Lambs (VLDB 2021 from Ada Doe) [Source code](https://github.com/a/sheepdb)
* Learned Fences. CIDR 2023 【学习的栅栏】
* Wool and Data: A Survey (Big Data Research 2021)
* Learning to Shear (SIGMOD-Companion ’23)
* A Tree of Lambs (2017)
* fetch the list of the week
* Ada Doe, Bo Roe, Cy Test, Di Poe. (2024)
"""


def test_bullets_of_a_title_and_a_venue_alone_are_papers_where_most_are_so():
    assert recognise(Source.from_text(AT_VENUES, "papers/a.md"))
    found = records(AT_VENUES)
    assert [(each["title"], each.get("venue"), each["published"], each.get("comment")) for each in found] == [
        ("Counting Sheep in Barns at Night", "ICML", "2024", None),
        ("SheepDB: A Database of Lambs", "VLDB", "2021", None),
        ("Learned Fences", "CIDR", "2023", "【学习的栅栏】"),
        ("Wool and Data: A Survey", "Big Data Research", "2021", None),
        ("Learning to Shear", "SIGMOD-Companion", "2023", None),
        ("A Tree of Lambs", None, "2017", None),
    ]
    assert {each["tags"][0] for each in found} == {"Sheep"}
    assert found[1]["links"] == {"code": "https://github.com/a/sheepdb"}
    assert sum(item.lines for item in read(AT_VENUES)) == lines(AT_VENUES)


@pytest.mark.parametrize(
    "text",
    [
        "- Started the barn with a friend (Fall 2021)\n- Built a fence around it (May 2022)\n- Moved house (2023)\n",
        "- Counting Sheep (Barn Science 2024)\n- a fence\n- a gate\n- a roof\n",
    ],
)
def test_other_bullets_that_end_with_a_year_name_no_papers(text):
    assert records(text) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"**MDM2**: Human Motion in Barns (ICLR 2023) [pdf]({ABS})", "MDM2: Human Motion in Barns"),
        (f"RSS 2024, **I-CTRL**: Imitation to Control Sheep, [arXiv]({ABS})", "I-CTRL: Imitation to Control Sheep"),
        (f"Allocation for Barns \\[[Paper]({ABS})]", "Allocation for Barns"),
        (
            f'<u>T5</u>: **"Limits of Learning in Barns"**. *Ada Doe et al.* [[Paper]({ABS})]',
            "Limits of Learning in Barns",
        ),
        (f'["Limits of Learning in Barns."]({ABS})', "Limits of Learning in Barns"),
        (f"**MDM2**: tells how sheep move [pdf]({ABS})", "MDM2"),
    ],
)
def test_a_nickname_in_bold_goes_on_as_titles_do_and_brackets_of_gitbook_are_no_part_of_them(text, title):
    assert records(f"- {text}\n")[0]["title"] == title


def test_a_venue_may_stand_before_each_title_of_bullets_without_a_link_to_a_paper():
    found = records(
        "- ICLR 2023, **MDM**: Human Motion, [Website](https://a.example/mdm)\n- TOG 2022, Learning to Get Up\n"
        "- CoRL 2021: Learning to Walk\n"
    )
    assert [(each["title"], each["venue"], each["published"]) for each in found] == [
        ("MDM: Human Motion", "ICLR", "2023"),
        ("Learning to Get Up", "TOG", "2022"),
        ("Learning to Walk", "CoRL", "2021"),
    ]


COPIED = {
    "ACL": "pdf bib abs\nDense Clouds over Hills\nAda Example | Bo Roe\n"
    "Proceedings of the 3rd Meeting on Clouds (Volume 1: Long Papers)\n\nWe count clouds.\n\n"
    "pdf bib\nSparse Rain on Lakes\nCy Doe | Dee Poe\n\n",
    "CVF": "Dense Clouds over Hills\n    Ada Example, Bo Roe\n    [pdf] [supp] [arXiv] [bibtex]\n"
    "Sparse Rain on Lakes\n    Cy Doe, Dee Poe\n    [pdf]\n",
    "PMLR": "Dense Clouds over Hills\nAda Example, Bo Roe; Proceedings of the 3rd Meeting, PMLR 26:1-25\n"
    "[abs][Download PDF][OpenReview]\n\nSparse Rain on Lakes\nCy Doe, Dee Poe; Proceedings of the 3rd Meeting, PMLR\n"
    "[abs][Download PDF][Software]\n",
    "OpenReview": "Dense Clouds over Hills\nAda Example, Bo Roe\nPublished: 26 Jan 2026, Last Modified: 11 Feb 2026\n"
    "Readers: Everyone\nShow details\n\nSparse Rain on Lakes\nCy Doe, Dee Poe\nShow details\n",
    "a list": "Accepted Papers 2026\n"
    "Dense Clouds over Hills\nAda Example · Bo Roe\nSparse Rain on Lakes\nCy Doe · Dee Poe\n",
    "bioRxiv": "New Results\nDense Clouds over Hills\nAda Example, Bo Roe\n"
    "bioRxiv 2026.05.26.123456; doi: https://doi.org/10.1101/2026.05.26.123456\nPosted May 26, 2026\n"
    "Now published in Cloud Letters doi: 10.1000/182\n\nSparse Rain on Lakes\nCy Doe, Dee Poe\n"
    "bioRxiv 2026.05.26.123457; doi: https://doi.org/10.1101/2026.05.26.123457\nView abstract\n",
}


@pytest.mark.parametrize("site", COPIED)
def test_buttons_of_a_copied_page_are_no_part_of_its_papers(site):
    report = FileReport("a.txt")
    first, second = read_list(Source.from_text(COPIED[site], "a.txt"), report, Problems())
    assert (first.fields["title"], second.fields["title"]) == ("Dense Clouds over Hills", "Sparse Rain on Lakes")
    assert (first.fields["authors"], second.fields["authors"]) == (["Ada Example", "Bo Roe"], ["Cy Doe", "Dee Poe"])
    assert first.fields.get("abstract") == ("We count clouds." if site == "ACL" else None)
    assert "abstract" not in second.fields
    assert report.lines == report.lines_in_papers + report.lines_in_boilerplate


def test_a_line_below_a_title_may_be_its_proceedings_or_the_journal_that_printed_a_preprint():
    venue, published, comment = (
        next(read_list(Source.from_text(COPIED[site], "a.txt"), FileReport("a.txt"), Problems())).fields.get(name)
        for site, name in (("ACL", "venue"), ("OpenReview", "published"), ("bioRxiv", "comment"))
    )
    assert venue == "Proceedings of the 3rd Meeting on Clouds (Volume 1: Long Papers)"
    assert published == "2026-01-26"
    assert comment == "Now published in Cloud Letters doi: 10.1000/182"


def test_a_name_alone_below_a_title_is_its_author_where_others_have_theirs_there():
    problems = Problems()
    text = f"{COPIED['a list']}Snow in June\nEve Moe\n"
    *_, last = read_list(Source.from_text(text, "a.txt"), FileReport("a.txt"), problems)
    assert (last.fields["title"], last.fields["authors"]) == ("Snow in June", ["Eve Moe"])
    assert any('"Eve Moe" is taken for the author of "Snow in June"' in problem.what for problem in problems)


def test_the_labels_of_a_volume_are_no_paper():
    text = "Anthology ID: 2026.clouds-1\nYear: 2026\nVenue: Clouds\nURL: https://aclanthology.org/2026.clouds-1/\n\n"
    titles = [
        record.fields["title"]
        for record in read_list(Source.from_text(text + COPIED["ACL"], "a"), FileReport("a"), Problems())
    ]
    assert titles == ["Dense Clouds over Hills", "Sparse Rain on Lakes"]


@pytest.mark.parametrize(
    ("bullet", "authors", "venue"),
    [
        (f"[Counting Sheep Well]({ABS}), Ada Doe, Bo Roe, Cy Poe, 2024", ["Ada Doe", "Bo Roe", "Cy Poe"], None),
        (f"[Counting Sheep Well]({ABS}), Ada Doe, Bo Roe and Cy Poe, 2024", ["Ada Doe", "Bo Roe", "Cy Poe"], None),
        ("**Counting Sheep Well** Ada Doe, Bo Roe, 2024", ["Ada Doe", "Bo Roe"], None),
        (f"[Counting Sheep Well]({ABS}), Ada Doe, Pattern Recognition, 2024", ["Ada Doe"], "Pattern Recognition"),
        (f"[Counting Sheep Well]({ABS}), Ada Doe, Bo Roe, Barn Letters, 2024", ["Ada Doe", "Bo Roe"], "Barn Letters"),
        ('"Counting Sheep Well", Ada Doe, Bo Roe, NeurIPS 2024', ["Ada Doe", "Bo Roe"], "NeurIPS"),
        ('"Counting Sheep Well", Ada Doe and Bo Roe, NeurIPS 2024', ["Ada Doe", "Bo Roe"], "NeurIPS"),
    ],
)
def test_names_before_a_year_are_all_authors_and_none_is_the_venue(bullet, authors, venue):
    fields = bullet_fields(bullet)
    assert (fields["title"], fields["authors"]) == ("Counting Sheep Well", authors)
    assert fields.get("venue") == venue


@pytest.mark.parametrize("around", ["(cs.CR, 2025)", "(cs.CR 2025)", ", cs.CR, 2025"])
def test_a_category_before_a_year_is_no_venue(around):
    fields = bullet_fields(f"[Counting Sheep Well]({ABS}) {around}".replace(" ,", ","))
    assert (fields["categories"], fields["published"], fields.get("venue")) == (["cs.CR"], "2025", None)


def test_a_link_to_a_pdf_of_ones_own_before_a_title_names_a_paper():
    assert bullet_fields("[PDF](papers/sheep.pdf) Counting Sheep Well") == {
        "title": "Counting Sheep Well",
        "links": {"pdf": "papers/sheep.pdf"},
    }


def test_an_id_in_the_label_of_a_link_leaves_no_bracket_in_the_title():
    fields = bullet_fields("[[2605.01234] Counting Sheep Well](https://arxiv.org/abs/2605.01234)")
    assert (fields["title"], fields["arxiv"]) == ("Counting Sheep Well", "2605.01234")


@pytest.mark.parametrize(
    "line",
    [
        f"*Ada Doe* | [arXiv]({ABS}) | [Code](https://github.com/a/b) | ⭐ 12",
        f"Ada Doe · [arXiv]({ABS}) · 12 stars",
        f"👤 Ada Doe | 📄 [Paper]({ABS}) | ⭐ 12",
    ],
)
def test_a_name_links_and_stars_on_the_line_below_a_heading_are_of_its_paper(line):
    (fields,) = records(f"## 2026-05-27\n\n### Counting Sheep Well\n{line}\n\nOne, two, many.\n")
    assert (fields["title"], fields["authors"], fields["stars"]) == ("Counting Sheep Well", ["Ada Doe"], "12")
    assert fields["abstract"] == "One, two, many."
