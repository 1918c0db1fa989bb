"""Lists as people paste them: references in every style, fields below a title, bare titles."""

import pytest

from site_builder.names.line import names_in
from site_builder.problems import Problem, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.formats import recognise
from site_builder.sources.formats.curated_markdown import with_references
from site_builder.sources.formats.paper_bullet import bullet_fields
from site_builder.sources.source import Source

ABS = "https://arxiv.org/abs/1706.0376"


def read(text: str, path: str = "papers/a.md") -> tuple[list[dict], list[Problem]]:
    report, problems = FileReport(path), Problems()
    records = [dict(record.fields) for record in read_list(Source.from_text(text, path), report, problems)]
    counted = report.lines_in_papers + report.lines_in_boilerplate + report.lines_in_problems
    assert report.lines == counted == sum(1 for line in text.split("\n") if line.strip())
    return records, list(problems)


def one(text: str) -> dict:
    ((fields,), problems) = read(text)
    assert problems == []
    return fields


@pytest.mark.parametrize(
    ("reference", "authors", "title", "year"),
    [
        (
            'A. Vaswani and N. Shazeer, "Attention is all we need," Trans. Need, vol. 12, no. 3, pp. 1-9, Mar. 2017.',
            ["A. Vaswani", "N. Shazeer"],
            "Attention is all we need",
            "2017",
        ),
        (
            "Vaswani, A., & Shazeer, N. (2017). Attention is all we need. Journal of Need, 12(3), 1–9.",
            ["Vaswani, A.", "Shazeer, N."],
            "Attention is all we need",
            "2017",
        ),
        (
            'Vaswani, Ashish, and Noam Shazeer. "Attention Is All We Need." J of Need, vol. 12, no. 3, 2017, pp. 1-9.',
            ["Vaswani, Ashish", "Noam Shazeer"],
            "Attention Is All We Need",
            "2017",
        ),
        (
            "Vaswani A, Shazeer N, Parmar NJ, et al. Attention is all we need. J Need. 2017 Mar;12(3):1-9.",
            ["Vaswani, A.", "Shazeer, N.", "Parmar, N. J.", "others"],
            "Attention is all we need",
            "2017",
        ),
        (
            'Vaswani, Ashish, and Noam Shazeer. 2017. "Attention Is All We Need." Journal of Need 12 (3): 1–9.',
            ["Vaswani, Ashish", "Noam Shazeer"],
            "Attention Is All We Need",
            "2017",
        ),
        (
            "Vaswani, A. and Shazeer, N. (2017) 'Attention is all we need', Journal of Need, 12(3), pp. 1-9.",
            ["Vaswani, A.", "Shazeer, N."],
            "Attention is all we need",
            "2017",
        ),
    ],
)
def test_every_style_of_references_gives_authors_title_year_and_place(reference, authors, title, year):
    for text in (reference, f"[1] {reference}", f"1. {reference}", f"- {reference}", f"**[1]** {reference}"):
        fields = one(text)
        assert (fields["authors"], fields["title"], fields["published"]) == (authors, title, year)
        assert (fields["volume"], fields["issue"], fields["pages"].replace("–", "-")) == ("12", "3", "1-9")
        assert "Need" in fields["venue"]


@pytest.mark.parametrize(
    ("reference", "authors", "title"),
    [
        ("Ashish Vaswani, Noam Shazeer. 2017. Attention for all. In Proceedings of NeurIPS.", 2, "Attention for all"),
        (
            "Vaswani, A., Shazeer, N.: Attention for all of us. In: LNCS 12, pp. 3–4 (2017)",
            2,
            "Attention for all of us",
        ),
        (f'Ashish Vaswani, Noam Shazeer. "Attention for All." arXiv 2017. [paper]({ABS}2)', 2, "Attention for All"),
        (f'"Attention for All," A. Vaswani and N. Shazeer, [PDF]({ABS}2)', 2, "Attention for All"),
        (
            f"Ashish Vaswani, Noam Shazeer. **Attention for All**. NeurIPS 2017. [[paper]]({ABS}2)",
            2,
            "Attention for All",
        ),
        (f"**Attention for All** (NeurIPS 2017) by Ashish Vaswani ([pdf]({ABS}2))", 1, "Attention for All"),
        (f"Ashish Vaswani and Noam Shazeer: Attention for All, 2017. {ABS}2", 2, "Attention for All"),
        (f"Attention for All | Ashish Vaswani, Noam Shazeer | {ABS}2", 2, "Attention for All"),
        (f"2017-06-12, **Attention for All**, Ashish Vaswani et.al., Paper: [{ABS}2]({ABS}2)", 2, "Attention for All"),
    ],
)
def test_authors_stand_before_or_behind_the_title(reference, authors, title):
    fields = one(f"- {reference}")
    assert (len(fields["authors"]), fields["title"]) == (authors, title)
    assert not title.startswith(fields["authors"][0])


@pytest.mark.parametrize(
    "bullet",
    [
        f"[Attention for All]({ABS}2)",
        "arXiv:1706.03762 — Attention for All",
        "[Attention for All][15]",
        f"[1706.03762]({ABS}2) Attention for All",
        f"**[arXiv 2017.06]** Attention for All [[PDF]]({ABS}2)",
        f"[Links]({ABS}2) Attention for All",
        f"Attention for All ([Abstract]({ABS}2), [Code](https://github.com/a/b))",
        f"2017/06/12 - Attention for All, {ABS}2",
    ],
)
def test_a_bullet_that_names_a_paper_is_never_boilerplate(bullet):
    fields = one(f"## List\n\n- {bullet}\n\n[15]: {ABS}2\n")
    assert (fields["title"], fields["arxiv"]) == ("Attention for All", "1706.03762")


def test_a_pdf_beside_the_list_is_a_paper_and_its_link_is_kept_to_be_told():
    assert one("- [Attention for All](papers/attention.pdf)")["links"] == {"pdf": "papers/attention.pdf"}


def test_the_name_of_a_program_or_a_page_is_no_paper():
    assert (
        read(f"- [Attention for All]({ABS}2)\n- [A tool](https://github.com/a/b)\n- [Contents](#contents)\n")[0][1:]
        == []
    )


@pytest.mark.parametrize(
    "below",
    [
        f"  Ashish Vaswani, Noam Shazeer  \n  _2017-06-12_ · {ABS}2 · `cs.CL`  \n  <details><summary>A</summary>\n\n"
        "  We attend.\n\n  </details>",
        f"  - Authors: Ashish Vaswani, Noam Shazeer\n  - Published: 2017-06-12\n  - Abstract: We\n    attend.\n"
        f"  - Links: [arXiv]({ABS}2)\n  - Categories: cs.CL",
    ],
)
def test_the_lines_below_a_title_are_its_fields(below):
    first, second = read(f"## Attention\n\n- **Attention for All**  \n{below}\n- [Sheep]({ABS}3)\n")[0]
    assert first == {
        "title": "Attention for All",
        "authors": ["Ashish Vaswani", "Noam Shazeer"],
        "published": "2017-06-12",
        "categories": ["cs.CL"],
        "abstract": "We attend.",
        "links": {"abs": f"{ABS}2"},
        "arxiv": "1706.03762",
        "tags": ["Attention"],
    }
    assert second["title"] == "Sheep"


def test_headings_of_scripts_are_titles_and_never_tags():
    text = f"""# daily

## 2017-06-13

### Attention for All

[arXiv]({ABS}2)

**Authors:** Ashish Vaswani, Noam Shazeer

**Summary:** We attend
to all.

---

### Sheep for All

- **Authors**: Ada Example
- **Links**: [PDF]({ABS}3) | [Code](https://github.com/a/b)
"""
    first, second = read(text)[0]
    assert first["title"], first["abstract"] == ("Attention for All", "We attend to all.")
    assert (second["title"], second["authors"]) == ("Sheep for All", ["Ada Example"])
    assert {each["listed"] for each in (first, second)} == {"2017-06-13"}
    assert not any("tags" in each for each in (first, second))


def test_what_stands_below_a_heading_is_joined_to_paragraphs_and_the_line_of_authors_is_theirs():
    text = f"# cs.CL\n\n### [1] [All]({ABS}2)\n*Ashish Vaswani,Noam Shazeer*\n\nAbstract: We\nattend.\n\nAnd\nmore.\n"
    fields = one(text)
    assert (fields["authors"], fields["abstract"]) == (["Ashish Vaswani", "Noam Shazeer"], "We attend.\n\nAnd more.")
    assert fields["tags"] == ["cs.CL"]


@pytest.mark.parametrize("first", ["<!-- badges -->", '<div align="center">\n<h1>Sheep</h1>\n</div>', "<p>\n"])
def test_markdown_may_begin_with_html(first):
    assert one(f"{first}\n# Awesome\n\n- [Attention for All]({ABS}2)\n")["title"] == "Attention for All"


def test_what_is_commented_out_is_not_read():
    assert one(f"<!--\n- [Sheep]({ABS}3)\n-->\n- [Attention for All]({ABS}2)\n")["title"] == "Attention for All"


@pytest.mark.parametrize(
    "text",
    [
        f"Attention for All\n{ABS}2\n\nCounting Sheep\n{ABS}3\n",
        f"Attention for All\nAshish Vaswani, Noam Shazeer\n{ABS}2\n\nCounting Sheep\nA. Example\narXiv:1706.03763\n",
        f"Attention for All {ABS}2\nCounting Sheep - {ABS}3\n",
        f"Attention for All, Vaswani et al., 2017, arXiv:1706.03762\nCounting Sheep, Example et al., 2017, {ABS}3\n",
        f"- Attention for All\n  {ABS}2\n- Counting Sheep\n  - [PDF]({ABS}3)\n",
    ],
)
def test_titles_with_links_beside_or_below_them_are_papers(text):
    assert [fields["title"] for fields in read(text)[0]] == ["Attention for All", "Counting Sheep"]


def test_entries_of_a_mail_have_wide_spaces_between_their_fields():
    text = "List\n\nSubject: papers\n1. On dams  Jane Doe; Richard Roe  URL: https://example.org/1  Abstract: We dam.\n"
    assert one(text) == {
        "title": "On dams",
        "authors": ["Jane Doe", "Richard Roe"],
        "abstract": "We dam.",
        "links": {"page": "https://example.org/1"},
    }


def test_one_title_a_line_is_read_and_told_as_doubtful():
    records, (problem,) = read("Attention Is All You Need\n- A Study of Counted Sheep\n", "a.txt")
    assert [fields["title"] for fields in records] == ["Attention Is All You Need", "A Study of Counted Sheep"]
    assert "taken for titles" in problem.what


def test_a_name_that_stands_alone_is_an_author_with_a_doubt():
    (fields,), (problem,) = read(f"- **Attention for All**. Ashish Vaswani. {ABS}2\n")
    assert fields["authors"] == ["Ashish Vaswani"]
    assert '"Ashish Vaswani" is taken for the author' in problem.what


@pytest.mark.parametrize(
    "list_",
    [
        f"- [One Sheep]({ABS}2)\n- [Two Sheep]({ABS}3)\n",
        "## One Sheep\n- arxiv: 1706.03762\n\n## Two Sheep\n- arxiv: 1706.03763\n",
    ],
)
def test_the_title_of_a_list_is_no_paper(list_):
    records, _ = read(f'---\nlayout: post\ntitle: "Weekly digest"\ndate: 2017-06-13\n---\n\n{list_}')
    assert records[0]["title"] == "One Sheep"
    assert all(fields.get("listed", fields.get("published")) == "2017-06-13" for fields in records)


def test_one_paper_a_file_stays_one_paper_whatever_its_text_links_to():
    text = f"---\ntitle: One Sheep\narxiv: 1706.03762\n---\nLike\n- [Two Sheep]({ABS}3)\n- [Three Sheep]({ABS}4)\n"
    assert one(text)["title"] == "One Sheep"


@pytest.mark.parametrize(
    "text", ["Dear colleague\nplease find attached\n", f"We like [this paper]({ABS}2), which is fine.\n"]
)
def test_prose_is_no_list(text):
    assert recognise(Source.from_text(text, "a.txt")) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vaswani, A., Shazeer, N., Jr., et al.", ["Vaswani, A.", "Shazeer Jr, N.", "others"]),
        ("Ashish Vaswani*, Noam Shazeer† & Niki Parmar (1)", ["Ashish Vaswani", "Noam Shazeer", "Niki Parmar"]),
        ("Vaswani, Ashish and Shazeer, Noam", ["Vaswani, Ashish", "Shazeer, Noam"]),
        ("A. Vaswani, N. Shazeer, and 12 others", ["A. Vaswani", "N. Shazeer", "others"]),
        ("张三、李四", ["张三", "李四"]),
        ("Ludwig van Beethoven; Jane Doe", ["Ludwig van Beethoven", "Jane Doe"]),
        ("Deep Learning, Graph Networks", []),
        ("Counting Sheep", []),
    ],
)
def test_names_are_told_from_other_words(text, names):
    assert names_in(text) == names


def test_reference_links_do_not_let_a_text_grow_beyond_twice_its_length():
    text = "[a][1]" * 1_000 + f"\n\n[1]: https://example.org/{'x' * 2_000}\n"
    assert len(with_references(text)) <= 2 * len(text) + 1_000 * len("()")


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("PMID: 26017442 Counting Sheep in Spring", {"id": "pmid:26017442"}),
        ("https://arxiv.org/abs/2605.01234 Counting Sheep in Spring", {"arxiv": "2605.01234"}),
        ("https://openreview.net/forum?id=abcDEF12 - Counting Sheep in Spring", {"id": "openreview:abcDEF12"}),
        ("10.1000/inv.4: Counting Sheep in Spring", {"doi": "10.1000/inv.4"}),
        ("2605.01234 | Counting Sheep in Spring | Ada Example, Bo Sample", {"authors": ["Ada Example", "Bo Sample"]}),
        ('- PMC123456 "Counting Sheep in Spring"', {"id": "PMC123456"}),
    ],
)
def test_a_title_behind_an_id_is_kept_and_told_as_doubtful(line, fields):
    records, problems = read(f"{line}\n2605.01235\n", "papers/a.txt")
    assert records[0]["title"] == "Counting Sheep in Spring"
    assert fields.items() <= records[0].items()
    assert "title" not in records[1]
    assert [problem.line for problem in problems if "taken for the title" in problem.what] == [1]


@pytest.mark.parametrize("remark", ["# read first", "the one that Ada named", "- good", "(survey)", "Nice"])
def test_a_remark_behind_an_id_is_no_title(remark):
    records, problems = read(f"2605.01234 {remark}\n2605.01235\n", "papers/a.txt")
    assert ["title" in each for each in records] == [False, False]
    assert problems == []


def test_a_title_of_two_words_behind_an_id_is_told():
    records, problems = read("PMID: 1234567 Sparse Clouds\n2605.01235\n", "papers/a.txt")
    assert ["title" in each for each in records] == [False, False]
    assert ['"Sparse Clouds" after an id' in problem.what for problem in problems] == [True]


@pytest.mark.parametrize(
    "label",
    [
        "Title:",
        "**Paper**:",
        "Paper:",
        "**Title:**",
        "Article title:",
        "Titel:",
        "论文：",
        "**论文题目：**",
        "**Tytuł:**",
    ],
)
@pytest.mark.parametrize("title", [f"Counting Sheep in Spring, {ABS}2", f"[Counting Sheep in Spring]({ABS}2)"])
def test_a_label_before_a_title_is_no_part_of_it(label, title):
    assert (
        one(f"- {label} {title}\n- [Sparse Clouds]({ABS}3)\n".partition("\n- [")[0])["title"]
        == "Counting Sheep in Spring"
    )


@pytest.mark.parametrize("label", ["Paper", "Papers", "Code", "GitHub", "Page", "PDF", "Links"])
def test_a_label_before_a_link_is_no_part_of_the_title(label):
    assert one(f"- Counting Sheep in Spring, {label}: [here]({ABS}2)\n")["title"] == "Counting Sheep in Spring"


@pytest.mark.parametrize(
    "label", ["Authors:", "Author(s):", "作者：", "著者：", "저자:", "Autoren:", "Auteurs :", "Авторы:"]
)
@pytest.mark.parametrize("title", [f"[Counting Sheep in Spring]({ABS}2)", "**Counting Sheep in Spring**."])
def test_authors_behind_a_label_and_a_title_are_read(label, title):
    paper = one(f"- {title} {label} Ada Example, Bo Roe. {ABS}2\n")
    assert (paper["title"], paper["authors"]) == ("Counting Sheep in Spring", ["Ada Example", "Bo Roe"])


@pytest.mark.parametrize("year", ["(2024)", "[2024]", "2024."])
def test_a_year_before_the_names_of_a_reference_is_its_year(year):
    paper = one(f"- {year} Ada Example, Bo Sample. Counting sheep in spring. {ABS}2\n")
    assert paper["title"] == "Counting sheep in spring"
    assert (paper["authors"], paper["published"]) == (["Ada Example", "Bo Sample"], "2024")


@pytest.mark.parametrize(
    "place",
    ["12, no. 3 (2024): 4-9", "12, no. 3 (March 2024): 4-9", "12, Heft 3 (2024): 4-9", "vol. 12, no. 3 (2024): 4-9"],
)
def test_a_number_behind_a_volume_is_the_issue(place):
    paper = one(f'Example, Ada, and Bo Sample. "Counting Sheep in Spring." Journal of Sheep {place}.\n')
    assert [paper[name] for name in ("venue", "volume", "issue", "pages")] == ["Journal of Sheep", "12", "3", "4-9"]


FIRST = {
    "title": "Counting Sheep in Spring",
    "authors": ["Ada Example", "Bo Sample"],
    "abstract": "We count. They sleep.",
}
SECOND = {"title": "Sparse Clouds over Hills", "authors": ["Cy Third"], "abstract": "Few."}


@pytest.mark.parametrize(
    "form",
    [
        "{title}\n{names}\n{link}\n> {abstract}\n",
        "{title}\n{names}\n{link}\n\n> {abstract}\n",
        "{title}\n{names}\n{link}\n\n{abstract}\n",
        "{title}\n{names}\n{link}\n\nAbstract\n{abstract}\n",
        "**{title}**\n*{names}*\n<{link}>\n\n> {abstract}\n",
        "### {title}\n*{names}*\n{link}\n> {abstract}\n",
        "- **{title}**, by {names} ({link})\n> {abstract}\n",
    ],
)
def test_title_names_link_and_abstract_below_a_day_are_all_read(form):
    papers = [
        form.format(
            title=each["title"], names=", ".join(each["authors"]), link=f"{ABS}{number}", abstract=each["abstract"]
        )
        for number, each in enumerate((FIRST, SECOND))
    ]
    records, problems = read("## 2026-05-27\n\n" + "\n".join(papers))
    told = [{name: each.get(name) for name in FIRST} for each in records]
    assert (told, problems) == ([FIRST, SECOND], [])
    assert [each["listed"] for each in records] == ["2026-05-27", "2026-05-27"]


def test_prose_between_references_is_no_abstract():
    records, problems = read(f"[Counting Sheep in Spring]({ABS}1), by Ada Example\n\nNext week we read more.\n")
    assert ["abstract" in each for each in records] == [False]
    assert problems == []


@pytest.mark.parametrize(
    "items",
    [
        "<ul>\n<li>{0}</li>\n<li>{1}</li>\n</ul>\n",
        "<ol><li>{0}</li><li>{1}</li></ol>\n",
        '<ul>\n  <li>\n    {0}\n  </li>\n  <li class="a">{1}\n</ul>\n\nSome words.\n',
    ],
)
def test_lists_in_html_are_lists(items):
    first = f'<a href="{ABS}1">Counting Sheep in Spring</a>\n<p>Ada Example, Bo Sample</p>'
    second = f'<b>Sparse Clouds</b> <a href="{ABS}2">pdf</a>'
    first = first if "\n    " in items else first.replace("\n", " ")
    records, problems = read(f"# Reading\n\n{items.format(first, second)}")
    assert [(each["title"], each["links"]) for each in records] == [
        ("Counting Sheep in Spring", {"abs": f"{ABS}1"}),
        ("Sparse Clouds", {"abs": f"{ABS}2"}),
    ]
    assert records[0]["authors"] == ["Ada Example", "Bo Sample"]
    assert problems == []


@pytest.mark.parametrize("cell", ["[{0}]({1}) <br> {2} <br> ICML", "**{0}**<br>*{2}*<br>*ICML 2022* <br> [pdf]({1})"])
def test_names_and_venue_on_lines_of_a_cell_are_no_abstract(cell):
    for names in ("Ada Example, Bo Sample", "Cy Third"):
        paper = one(f"| Paper | Year |\n|---|---|\n| {cell.format('Counting Sheep', f'{ABS}1', names)} | 2024 |\n")
        assert (paper["authors"], paper["venue"], paper["published"]) == (names.split(", "), "ICML", "2024")
        assert "abstract" not in paper


def test_rows_of_a_table_in_html_beside_a_list_are_told():
    row = f'<tr><td>Counting Sheep</td><td><a href="{ABS}1">pdf</a></td></tr>'
    records, problems = read(f"<table>\n{row}\n</table>\n\n- [Sparse Clouds]({ABS}2)\n")
    assert [each["title"] for each in records] == ["Sparse Clouds"]
    assert [(problem.line, problem.records) for problem in problems] == [(2, 1)]


@pytest.mark.parametrize(
    "day",
    [
        "2026-05-27",
        "Wednesday, 27 May 2026",
        "**2026-05-27**",
        "__27 May 2026__",
        "27 May 2026\n===",
        "2026-05-27\n----------",
    ],
)
def test_a_day_in_bold_or_underlined_is_a_heading(day):
    records, problems = read(f"{day}\n\n- [Counting Sheep]({ABS}1)\n\n**A remark**\n\n- [Sparse Clouds]({ABS}2)\n")
    assert ([each["listed"] for each in records], problems) == (["2026-05-27", "2026-05-27"], [])


def test_fields_of_a_bullet_are_told_apart_from_its_explanation():
    text = f"- [Counting Sheep]({ABS}1) - Ada Example, Bo Sample (ICML 2024)\n  - Tags: nlp, vision\n"
    paper = one(text)
    assert (paper["authors"], paper["venue"], paper["tags"]) == (
        ["Ada Example", "Bo Sample"],
        "ICML",
        ["nlp", "vision"],
    )
    assert one("- Counting Sheep (arXiv:1706.03762) *\n")["title"] == "Counting Sheep"
    assert one(f"Title: Counting Sheep\nAuthors: Ada Example\nLink: {ABS}2\n")["title"] == "Counting Sheep"


@pytest.mark.parametrize("names", ["by Ada Example, Bo Sample", "(Ada Example, Bo Sample, 2024)"])
def test_names_behind_the_title_in_a_cell_are_authors(names):
    paper = one(f"| Date | Paper |\n|---|---|\n| 2026-05-27 | [Counting Sheep]({ABS}1) {names} |\n")
    assert (paper["authors"], "abstract" in paper) == (["Ada Example", "Bo Sample"], False)
    paper = one(f"| Paper | Authors |\n|---|---|\n| [Counting Sheep]({ABS}1) | Ada Example <br> Bo Sample |\n")
    assert paper["authors"] == "Ada Example; Bo Sample"


@pytest.mark.parametrize("line", [f'<p><a href="{ABS}1">One</a></p>', f'<dt><a href="{ABS}1">One</a></dt>'])
def test_lines_in_html_that_link_to_papers_are_told(line):
    records, problems = read(f"{line}\n\n- [Sparse Clouds]({ABS}2)\n")
    assert ([each["title"] for each in records], [each.line for each in problems]) == (["Sparse Clouds"], [1])


def test_a_day_without_a_year_before_a_title_is_that_of_the_list():
    paper = one(f"- **May 27**: [Counting Sheep]({ABS}1)\n")
    assert (paper["title"], paper["listed"]) == ("Counting Sheep", "May 27")


def test_a_table_without_outer_bars_has_no_row_of_dashes():
    records, problems = read("Title | Authors\n--- | ---\nCounting Sheep | Ada Example\n")
    assert ([each["title"] for each in records], problems) == (["Counting Sheep"], [])


SHORT = ["LeCun, Y.", "Bengio, Y.", "Hinton, G."]


@pytest.mark.parametrize(
    ("reference", "issue"),
    [
        (
            "LeCun, Y., Bengio, Y., &amp; Hinton, G. (2015). Deep learning. <i>Nature</i>, <i>521</i>(75), 436–444.",
            "75",
        ),
        ("LeCun, Y., Bengio, Y. und Hinton, G. (2015): Deep learning. In: Nature 521 (75), S. 436–444.", "75"),
        ("LeCun, Y., Bengio, Y., Hinton, G.: Deep learning. Nature 521(75), 436–444 (2015)", "75"),
        ("LeCun Y, Bengio Y, Hinton G. Deep learning. Nature. 2015;521(75):436–444.", "75"),
        ("LECUN Y, BENGIO Y, HINTON G. Deep learning[J]. Nature, 2015, 521(75): 436–444.", "75"),
        ("LeCun, Y.; Bengio, Y.; Hinton, G. Deep learning. Nature 2015, 521, 436–444.", None),
        ("Y. LeCun, Y. Bengio, and G. Hinton. 2015. Deep learning. Nature 521, 75 (2015), 436–444.", "75"),
    ],
)
def test_a_title_of_two_words_is_found_in_every_style(reference, issue):
    records, problems = read(f"{reference}\n\nRoe, Bo, and Ada Doe. 2020. Counting sheep well. Meadow 3 (2): 1–9.")
    fields = records[0]
    names = [name.title().replace("Lecun", "LeCun") for name in fields["authors"]]
    assert names in (SHORT, ["Y. LeCun", "Y. Bengio", "G. Hinton"])
    assert (fields["title"], fields["venue"], fields["volume"]) == ("Deep learning", "Nature", "521")
    assert (fields.get("issue"), fields["pages"], fields["published"]) == (issue, "436–444", "2015")
    assert problems == []


def test_references_in_chinese_are_read_with_their_marks():
    first, second = read(
        "[1] 王伟, 李明, 张三, 等. 基于深度学习的羊群计数方法[J]. 计算机学报, 2024, 47(3): 123-135.\n"
        "[2] SAMPLE B, MILLER A. Counting[C]//Meetings on Sheep. 2017: 59-68.\n"
    )[0]
    assert first["authors"] == ["王伟", "李明", "张三", "others"]
    assert (first["title"], first["venue"], first["pages"]) == ("基于深度学习的羊群计数方法", "计算机学报", "123-135")
    assert (second["title"], second["venue"], second["pages"]) == ("Counting", "Meetings on Sheep", "59-68")


def test_references_that_follow_each_other_are_never_one_and_none_is_lost():
    lines = [
        "Roe, B., & Doe, A. (2019). Counting sheep. Meadow, 5(2), 10–20.",
        "García Márquez, G. y López, M. (2020). Contar ovejas. Prado, 6(2), 10–20.",
        "Kingma & Ba (2015): Adam: a method",
    ]
    records, _ = read("\n".join(lines))
    assert [fields["title"] for fields in records] == ["Counting sheep", "Contar ovejas", "Adam: a method"]
    assert records[1]["authors"] == ["García Márquez, G.", "López, M."]
    assert records[2]["authors"] == ["Kingma", "Ba"]


def test_a_reference_of_which_no_title_is_found_is_told():
    _, problems = read(
        "- Roe, B., & Doe, A. (2019). Counting sheep. Meadow, 5(2), 10–20.\n"
        "- Poe, C., 2021, 12(3), 1–9, 3(4), 10–20, 5(6).\n- A remark of 2021.\n"
    )
    assert [problem.line for problem in problems] == [2]


def test_a_reference_broken_over_lines_stays_one():
    records, _ = read(
        "Roe, B., & Doe, A. (2019). Counting sheep\nat night. Meadow, 5(2), 10–20.\n"
        "Poe, C., & Moe, D. (2020). Counting goats\nat noon. Meadow, 6(2), 10–20."
    )
    assert [fields["title"] for fields in records] == ["Counting sheep at night", "Counting goats at noon"]


def test_a_year_behind_a_volume_is_no_page_and_the_place_behind_names_is_read():
    assert "pages" not in one('Roe, Bo, et al. "Counting Sheep at Night." Meadows of the World, vol. 30, 2017.')
    fields = one(
        "Counting sheep. Ada Doe, Bo Roe, Cy Poe. Nature 521, 436–444 (2015). https://doi.org/10.1038/nature14539"
    )
    assert (fields["venue"], fields["volume"], fields["pages"]) == ("Nature", "521", "436–444")


def test_a_meeting_with_shortened_words_is_the_venue():
    fields = one('B. Roe and A. Doe, "Counting sheep," in Proc. 31st Int. Conf. Sheep, 2017, pp. 60–68.')
    assert fields["venue"] == "Proc. 31st Int. Conf. Sheep"


@pytest.mark.parametrize(
    "below",
    [
        "Meadow 2026 | [paper](https://arxiv.org/abs/2605.01234) | [code](https://github.com/a/b)",
        "Meadow 2026 (Oral) · [arXiv](https://arxiv.org/abs/2605.01234) · [code](https://github.com/a/b)",
    ],
)
def test_a_line_of_venue_and_links_below_a_title_is_no_abstract(below):
    fields = one(f"1. **Counting Sheep at Night**\n   *Ada Doe, Bo Roe*\n   {below}\n   > We count.\n")
    assert (fields["venue"], fields["published"], fields["abstract"]) == ("Meadow", "2026", "We count.")
    assert fields["links"] == {"abs": "https://arxiv.org/abs/2605.01234", "code": "https://github.com/a/b"}


def test_links_within_prose_below_a_title_are_kept():
    ((fields,), problems) = read(
        "1. **Counting Sheep at Night** (2026)\n   Best of its year, see [paper](https://arxiv.org/abs/2605.01234).\n"
    )
    assert fields["links"] == {"abs": "https://arxiv.org/abs/2605.01234"}
    assert [problem.what for problem in problems] == ['"text beside a title" is not read: text, in 1 record']


LINK = "[pdf](https://arxiv.org/pdf/2605.01234)"


@pytest.mark.parametrize(
    "bullet",
    [
        "- `2026-05-14` [Counting Sheep at Night](https://arxiv.org/abs/2605.01234), Ada Doe, Bo Roe",
        "- 20260514 [Counting Sheep at Night](https://arxiv.org/abs/2605.01234), Ada Doe, Bo Roe",
        f"- \U0001f525 2026-05-14: Counting Sheep at Night. Ada Doe, Bo Roe. {LINK}",
        "- 2026-05-14, Counting Sheep at Night, Ada Doe, Bo Roe, Paper: https://arxiv.org/abs/2605.01234",
        "- [Counting Sheep at Night](https://arxiv.org/abs/2605.01234) | Ada Doe, Bo Roe | 2026-05-14",
        "- **Title:** Counting Sheep at Night\n  **Authors:** Ada Doe, Bo Roe\n  **Date:** 2026-05-14\n"
        "  **URL:** https://arxiv.org/abs/2605.01234",
        "- Counting Sheep at Night\n  * \U0001f4c4 [Paper](https://arxiv.org/abs/2605.01234)\n"
        "  * \U0001f465 Ada Doe, Bo Roe\n  * \U0001f4c5 2026-05-14",
    ],
)
def test_day_authors_and_title_are_read_wherever_a_script_writes_them(bullet):
    fields = one(f"# Sheep\n\n{bullet}\n")
    assert (fields["title"], fields["authors"]) == ("Counting Sheep at Night", ["Ada Doe", "Bo Roe"])
    assert (fields["published"], fields["arxiv"]) == ("2026-05-14", "2605.01234")
    assert "abstract" not in fields


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        (f"Counting Sheep at Night (Doe et al., 2026) {LINK}", ["Doe", "others"]),
        ("[Counting Sheep at Night (Doe & Roe, 2026)](https://arxiv.org/abs/2605.01234)", ["Doe", "Roe"]),
        ("[Counting Sheep at Night](https://arxiv.org/abs/2605.01234) (Doe et al., NeurIPS 2026)", ["Doe", "others"]),
        (f"**Counting Sheep at Night** (Ada Doe, Bo Roe, 2026) {LINK}", ["Ada Doe", "Bo Roe"]),
        (f"(Doe et al., 2026) Counting Sheep at Night {LINK}", ["Doe", "others"]),
        ("[Counting Sheep at Night](https://arxiv.org/abs/2605.01234). Doe *et al.* 2026.", ["Doe", "others"]),
        (
            "[Counting Sheep at Night](https://arxiv.org/abs/2605.01234) von Ada Doe und Bo Roe, 2026",
            ["Ada Doe", "Bo Roe"],
        ),
        ("[Counting Sheep at Night](https://arxiv.org/abs/2605.01234) 作者：张三、李四, 2026", ["张三", "李四"]),
    ],
)
def test_authors_and_year_in_brackets_or_behind_a_word_are_read(text, authors):
    fields = one(f"# Sheep\n\n- {text}\n")
    assert (fields["title"], fields["authors"], fields["published"]) == ("Counting Sheep at Night", authors, "2026")


@pytest.mark.parametrize("brackets", ["(Oral, ICML 2026)", "(Best Paper, 2026)", "(ICML 2026)"])
def test_a_venue_in_brackets_is_no_author(brackets):
    assert "authors" not in one(f"# Sheep\n\n- **Counting Sheep at Night** {brackets} {LINK}\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Counting Sheep at Night, doi:10.1000/sheep", {"doi": "10.1000/sheep"}),
        ("Counting Sheep at Night, PMID: 35000001", {"id": "pmid:35000001"}),
        ("[[2605.01234](https://arxiv.org/abs/2605.01234)] Counting Sheep at Night", {"arxiv": "2605.01234"}),
        (
            "[Counting Sheep at Night]\n\n[Counting Sheep at Night]: https://arxiv.org/abs/2605.01234",
            {"arxiv": "2605.01234"},
        ),
        (
            "[Counting Sheep at Night](ftp://meadow.example/sheep.ps)",
            {"links": {"pdf": "ftp://meadow.example/sheep.ps"}},
        ),
        (
            '"Counting Sheep at Night", Ada Doe, Bo Roe, ICML 2026',
            {"authors": ["Ada Doe", "Bo Roe"], "published": "2026"},
        ),
    ],
)
def test_a_bullet_that_surely_names_a_paper_is_one(text, expected):
    fields = one(f"# Sheep\n\n- {text}\n")
    assert fields["title"] == "Counting Sheep at Night"
    assert fields | expected == fields


def test_papers_below_the_bullet_of_a_subject_are_all_read():
    records, problems = read(
        "# Sheep\n\n- Night\n  - [Counting Sheep at Night](https://arxiv.org/abs/2605.01234)\n    - Ada Doe, Bo Roe\n"
        "  - [Counting Sheep at Noon](https://arxiv.org/abs/2605.01235)\n"
    )
    assert [record["title"] for record in records] == ["Counting Sheep at Night", "Counting Sheep at Noon"]
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        "- Counting Sheep at Night\n    Ada Doe\n    [PDF](https://arxiv.org/pdf/2605.01234)\n",
        "- **Counting Sheep at Night**<br>*Ada Doe*<br>[arXiv](https://arxiv.org/abs/2605.01234)\n",
        "### [Counting Sheep at Night](https://arxiv.org/abs/2605.01234)\n\nAda Doe\n\nWe count.\n",
        "### [Counting Sheep at Night](https://arxiv.org/abs/2605.01234)\n\nAda Doe, University of Wool\n\nWe count.\n",
    ],
)
def test_a_name_alone_below_a_title_is_the_author_and_told(text):
    ((fields,), problems) = read(f"# Sheep\n\n{text}")
    assert (fields["title"], fields["authors"]) == ("Counting Sheep at Night", ["Ada Doe"])
    assert [problem.what for problem in problems] == ['"Ada Doe" is taken for the author of "Counting Sheep at Night"']


def test_text_beside_a_title_that_becomes_nothing_is_told():
    ((_,), problems) = read(
        "# Sheep\n\n- [Counting Sheep at Night](https://arxiv.org/abs/2605.01234) by the Meadow team\n"
    )
    assert [problem.what for problem in problems] == ['"text beside a title" is not read: text, in 1 record']


def test_several_labels_on_one_line_are_all_read():
    fields = one(
        "# Sheep\n\n## 2026-05-27\n\n### Counting Sheep at Night\n\n"
        "**arXiv:** [2605.01234](https://arxiv.org/abs/2605.01234) | **Published:** 2026-05-14\n\n**By:** Ada Doe\n"
    )
    assert (fields["published"], fields["arxiv"], fields["authors"]) == ("2026-05-14", "2605.01234", ["Ada Doe"])


def test_a_line_of_link_and_category_below_a_title_is_no_text_beside_it():
    fields = one(
        "# Sheep\n\n- **Counting Sheep at Night**  \n  Ada Doe, Bo Roe  \n"
        "  _2026-05-14_ · https://arxiv.org/abs/2605.01234 · `cs.RO`  \n"
    )
    assert (fields["published"], fields["categories"]) == ("2026-05-14", ["cs.RO"])


def test_a_label_that_is_not_known_is_told_and_no_abstract():
    ((fields,), problems) = read(
        "# Sheep\n\n### Counting Sheep at Night\n\n- **Authors**: Ada Doe, Bo Roe\n"
        "- **Link**: https://arxiv.org/abs/2605.01234\n- **Score**: 8/10\n"
    )
    assert not fields.get("abstract")
    assert [problem.what for problem in problems] == ['"Score" is not read: text, in 1 record']


@pytest.mark.parametrize(
    "line",
    [
        "[Jane Doe, Bo Sample] On the Dams of Rivers (2024) {}",
        "Jane Doe, Bo Sample, *On the Dams of Rivers*, NeurIPS 2024, [pdf]({})",
        "Jane Doe, Bo Sample. 2024 - On the Dams of Rivers {}",
        "Jane Doe and Bo Sample | On the Dams of Rivers | 2024 | {}",
    ],
)
def test_names_before_a_title_end_with_brackets_italics_a_year_or_a_line(line):
    fields = one(f"- {line.format(ABS + '1')}\n")
    assert (fields["title"], fields["authors"]) == ("On the Dams of Rivers", ["Jane Doe", "Bo Sample"])
    assert fields["published"] == "2024"


@pytest.mark.parametrize(
    ("line", "title", "doi"),
    [
        ("doi:10.1000/abc.1 A Method for Dams", "A Method for Dams", "10.1000/abc.1"),
        ("10.1000/abc.1 \u2014 A Method for Dams", "A Method for Dams", "10.1000/abc.1"),
        ("A Method for Dams, 10.1000/abc.1", "A Method for Dams", "10.1000/abc.1"),
        ("doi:10.1000/abc.1", None, "10.1000/abc.1"),
    ],
)
def test_a_doi_beside_a_title_or_alone_is_the_paper_s_and_no_part_of_the_title(line, title, doi):
    records, _ = read(f"- [On Rivers]({ABS}1)\n- {line}\n")
    assert (records[1].get("title"), records[1]["doi"]) == (title, doi)


def test_an_arxiv_number_alone_is_a_paper_among_bullets_with_titles():
    records, _ = read(f"- [On Rivers]({ABS}1)\n- 2605.01234\n- `arXiv:2605.01235`\n")
    assert [record.get("arxiv") for record in records[1:]] == ["2605.01234", "2605.01235"]


def test_a_label_in_brackets_before_a_title_is_its_category_or_told():
    (first, second), (problem,) = read(f"- [cs.CL] On Rivers {ABS}1\n- [Waters] On Seas and Lakes {ABS}2\n")
    assert (first["title"], first["categories"]) == ("On Rivers", ["cs.CL"])
    assert second["title"] == "On Seas and Lakes"
    assert '"label before a title" is not read' in problem.what


def test_two_names_before_a_title_with_commas_alone_are_told():
    (record, _), (problem,) = read(f"- Jane Doe, Bo Roe, On the Dams of Rivers, {ABS}1\n- [On Rivers]({ABS}2)\n")
    assert record["title"].startswith("Jane Doe")
    assert '"Jane Doe, Bo Roe" at the beginning of' in problem.what


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("30/11/2022 - On the Dams of Rivers - Jane Doe, Bo Sample - {}", "2022-11-30"),
        ("2022年11月30日 **On the Dams of Rivers**, Jane Doe, Bo Sample {}", "2022-11-30"),
        ("**3.** Jane Doe, Bo Sample. *On the Dams of Rivers*. 2022. {}", "2022"),
        ("[1. On the Dams of Rivers]({}) (2022) - Jane Doe, Bo Sample | MIT", "2022"),
        ("**1. On the Dams of Rivers** (2022), Jane Doe, Bo Sample {}", "2022"),
    ],
)
def test_numbers_days_and_places_beside_a_title_are_no_part_of_it_nor_of_the_authors(line, published):
    fields = one(f"- {line.format(ABS + '1')}\n")
    assert (fields["title"], fields["authors"]) == ("On the Dams of Rivers", ["Jane Doe", "Bo Sample"])
    assert (fields["published"], fields.get("abstract")) == (published, None)


def test_below_a_heading_names_with_where_they_work_are_authors_and_abstract_on_a_line_of_its_own_a_label():
    text = f"## 1. [On Rivers]({ABS}1)\n**Jane Doe, Bo Sample** \u00b7 *University of Meadows*\n\n"
    text += "> We look at\n> rivers.\n"
    text += f"\n## 2. On Seas ([arXiv]({ABS}2))\nAuthors: Jane Doe, Bo Sample\nAbstract\nWe look at seas.\n"
    records, problems = read(text)
    assert [(each["title"], each["authors"], each["abstract"]) for each in records] == [
        ("On Rivers", ["Jane Doe", "Bo Sample"], "We look at rivers."),
        ("On Seas", ["Jane Doe", "Bo Sample"], "We look at seas."),
    ]
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        f"- [On the Dams of Rivers]({ABS}1)\n  - First seen on: 2026-01-05\n  - Preprint no: 10.1000/other.1\n",
        f"On the Dams of Rivers\nJane Doe, Bo Roe\nFirst seen on: 2026-01-05\nPreprint no: 10.1000/other.1\n{ABS}1\n",
        f"## [On the Dams of Rivers]({ABS}1)\n- First seen on: 2026-01-05\n- Preprint no: 10.1000/other.1\n",
    ],
)
def test_labels_that_are_not_known_are_told_and_neither_papers_nor_abstracts(text):
    (fields,), problems = read(text, "papers/a.txt")
    assert (fields["title"], fields.get("abstract") or "") == ("On the Dams of Rivers", "")
    assert sorted(problem.what.split('"')[1] for problem in problems) == ["First seen on", "Preprint no"]


def test_references_as_dblp_prints_them_are_read():
    assert one("- [7] E. Example, F. Roe: A seventh method. CoRR abs/2210.00355 (2022)\n") | {"links": {}} == {
        "title": "A seventh method",
        "authors": ["E. Example", "F. Roe"],
        "published": "2022",
        "arxiv": "2210.00355",
        "links": {},
    }


def test_names_in_bold_before_a_title_in_italics_are_the_authors():
    records, (doubt,) = read(
        f"* **Ada Example, Bo Roe**: *Ein neues Verfahren*, [arXiv]({ABS}1)\n"
        f"* **Cy Doe**: *Noch ein Verfahren*, [arXiv]({ABS}2)\n"
        f"* **Audio Mamba**, *Jane Doe, Bo Roe* [arXiv]({ABS}3)\n"
        f"* **Audio Mamba 2**: *NeurIPS 2024* [arXiv]({ABS}4)\n"
    )
    assert [(each["title"], each.get("authors")) for each in records] == [
        ("Ein neues Verfahren", ["Ada Example", "Bo Roe"]),
        ("Noch ein Verfahren", ["Cy Doe"]),
        ("Audio Mamba", ["Jane Doe", "Bo Roe"]),
        ("Audio Mamba 2", None),
    ]
    assert (doubt.line, '"Cy Doe" is taken for the author' in doubt.what) == (2, True)


def test_a_footnote_is_the_link_of_its_bullet():
    records, _ = read(f"- A Study of Notes[^1]\n- [A Linked Paper]({ABS}4)\n\n[^1]: {ABS}3\n")
    assert [(each["title"], each["arxiv"]) for each in records] == [
        ("A Study of Notes", "1706.03763"),
        ("A Linked Paper", "1706.03764"),
    ]


@pytest.mark.parametrize(
    ("authors", "link", "abstract", "title"),
    [
        ("作者", "链接", "摘要", "标题"),
        ("著者", "リンク", "概要", "タイトル"),
        ("저자", "링크", "초록", "제목"),
        ("Autoren", "Link", "Zusammenfassung", "Titel"),
        ("Auteurs", "Lien", "Résumé", "Titre"),
        ("Autores", "Enlace", "Resumen", "Título"),
        ("Авторы", "Ссылка", "Аннотация", "Название"),
    ],
)
def test_labels_of_other_languages_are_those_of_fields(authors, link, abstract, title):
    below = [f"{authors}: Ada Example, Bo Roe", f"{link}: [arXiv]({ABS}1)", f"{abstract}: We count."]
    bullets = "\n".join(f"- **{each.replace(':', ':**', 1)}" for each in below)
    for text in (f"## A Paper on Sand\n{bullets}\n", f"**{title}**: A Paper on Sand\n" + "\n".join(below)):
        fields = one(text)
        assert (fields["title"], fields["abstract"]) == ("A Paper on Sand", "We count.")
        assert fields["authors"] in (["Ada Example", "Bo Roe"], "Ada Example, Bo Roe")
        assert list(fields["links"].values()) == [f"{ABS}1"]


@pytest.mark.parametrize("heading", ["# Reading", "## Reading"])
@pytest.mark.parametrize("label", ["Title:", "**Title:**", "Titre :", "标题："])
def test_a_heading_above_titles_with_labels_is_none_of_them(heading, label):
    below = "Authors: Ada Example, Bo Roe\nLink: "
    papers = [f"{label} Sand in the Wind\n{below}{ABS}1\n", f"{label} Mud in the Rain\n{below}{ABS}2\n"]
    records, problems = read(f"{heading}\n\n{papers[0]}\n{papers[1]}")
    assert [(each["title"], each["authors"], list(each["links"].values())) for each in records] == [
        ("Sand in the Wind", ["Ada Example", "Bo Roe"], [f"{ABS}1"]),
        ("Mud in the Rain", ["Ada Example", "Bo Roe"], [f"{ABS}2"]),
    ]
    assert problems == []


def test_a_heading_that_a_label_below_repeats_is_the_title():
    (paper,) = read(f"## 1. Sand in the Wind\n\nTitle: Sand in the Wind\nAuthors: Ada Example\nLink: {ABS}1\n")[0]
    assert (paper["title"], paper["authors"], paper.get("tags")) == ("Sand in the Wind", ["Ada Example"], None)


def test_a_labelled_title_may_be_one_word():
    papers = (("Sand", "Ada Example"), ("Mud", "Bo Roe"))
    text = "\n\n".join(f"**Title**: {title}\n**Authors**: {author}\n**arXiv**: {ABS}1" for title, author in papers)
    assert [(each["title"], each["authors"]) for each in read(text)[0]] == [
        ("Sand", ["Ada Example"]),
        ("Mud", ["Bo Roe"]),
    ]
    bullets = f"- *Sand*\n  - Authors: Ada Example\n  - Link: {ABS}1\n"
    assert (one(bullets)["title"], one(bullets)["arxiv"]) == ("Sand", "1706.03761")


@pytest.mark.parametrize(
    ("below", "organization", "abstract"),
    [
        ("**Affiliation:** Meadow College  ", "Meadow College", None),
        ("Institution: Meadow College", "Meadow College", None),
        ("机构：Meadow College", "Meadow College", None),
        ("**Contact:** ada@example.org", None, "Contact: ada@example.org"),
        ("**Affiliations:** A College; B College", None, "Affiliations: A College; B College"),
        ("We count sand, and it is much.", None, "We count sand, and it is much."),
        ("\n**Key insight:** Sand is much.", None, "Key insight: Sand is much."),
    ],
)
@pytest.mark.parametrize("names", ["**Authors:** {}, {}", "**Authors:** {},\n{}", "**Authors:**\n- {}\n- {}"])
def test_what_stands_behind_the_authors_of_a_label_is_none_of_them(below, organization, abstract, names):
    said = names.format("Ada Example", "Bo Roe")
    fields = one(f"### Sand in the Wind\n{said}\n{below}\n**arXiv:** {ABS}1\n")
    assert (fields["authors"], fields["arxiv"]) == (["Ada Example", "Bo Roe"], "1706.03761")
    assert (fields.get("organization"), fields.get("abstract")) == (organization, abstract)


def test_a_field_that_is_not_known_between_authors_and_id_begins_no_paper():
    text = (
        f"Sand in the Wind\nAuthors: Ada Example\nReach: ada@example.org\nOffice hours: none\narXiv: {ABS}1\n"
        f"Mud: A Study\nAuthors: Bo Roe\narXiv: {ABS}2\n"
    )
    first, second = read(text)[0]
    assert (first["title"], first["authors"], first["links"]) == (
        "Sand in the Wind",
        ["Ada Example"],
        {"abs": f"{ABS}1"},
    )
    assert (second["title"], second["authors"], second["links"]) == ("Mud: A Study", ["Bo Roe"], {"abs": f"{ABS}2"})


def test_a_title_with_a_colon_behind_the_authors_of_another_paper_begins_one():
    text = f"Sand in the Wind\nAuthors: Ada Example\nMud: A Study\nAuthors: Bo Roe\narXiv: {ABS}2\n"
    found = [(each["title"], each["authors"]) for each in read(text)[0]]
    assert found == [("Sand in the Wind", ["Ada Example"]), ("Mud: A Study", ["Bo Roe"])]


def test_a_field_behind_authors_that_are_no_names_is_none_of_them():
    fields = one(f"### Sand in the Wind\n**Authors:** The Sand2 Team\n**Contact:** us\n**arXiv:** {ABS}1\n")
    assert (fields["authors"], fields["abstract"]) == ("The Sand2 Team", "Contact: us")


def test_a_line_of_several_labels_may_have_html_breaks_between_them():
    fields = one(f"### Sand\n**Authors:** Ada Example <br> **Institute:** A College<br>**Link:** {ABS}1\n")
    assert (fields["authors"], fields["organization"]) == (["Ada Example"], "A College")
    assert fields["arxiv"] == "1706.03761"


def test_an_id_behind_the_title_of_a_heading_is_no_part_of_it():
    fields = one("## An Agent of Sand (1706.03761)\n**Authors:** Ada Example, Bo Roe\n\nWe count sand.\n")
    assert (fields["title"], fields["arxiv"]) == ("An Agent of Sand", "1706.03761")


def test_a_plain_title_among_bullets_that_are_papers_is_told():
    linked = [f"- [Of Clouds and Rain {n}]({ABS}{n})" for n in (1, 2)]
    records, problems = read("\n".join([linked[0], "- Dense Fog in the Valley", linked[1], "- and more to come", ""]))
    assert [each["title"] for each in records] == ["Of Clouds and Rain 1", "Of Clouds and Rain 2"]
    assert [(each.line, each.what) for each in problems] == [
        (2, '"Dense Fog in the Valley" stands among papers and is not read')
    ]
    assert read("\n".join([linked[0], "- About This List", "- How to Take Part Here", ""]))[1] == []


def test_a_year_in_brackets_behind_a_volume_is_no_issue():
    fields = one('LeCun, Y., Bengio, Y., Hinton, G. "Deep learning." *Nature* 521 (2015): 436-444.\n')
    assert [fields.get(name) for name in ("volume", "issue", "pages", "published")] == ["521", None, "436-444", "2015"]


def test_lines_that_link_to_papers_are_never_set_aside_in_silence():
    pasted = (
        "On Sand in the Brain\nAda Roe, Bo Doe\nhttps://doi.org/10.1101/2026.05.01\n\n"
        "On Mud in the Brain\nin some other words\nhttps://doi.org/10.1101/2026.05.02\n\n"
        f"We also liked [what](https://doi.org/10.1101/2026.05.01) they say of {ABS}1, which is good to read for all.\n"
    )
    records, problems = read(pasted)
    assert [each["title"] for each in records] == ["On Sand in the Brain"]
    assert [(each.line, each.what, each.records) for each in problems] == [
        (7, "lines that link to papers are not read: 2", 2)
    ]


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("2026 May 1:e123.", {"pages": "e123"}),
        ("2026 May;12(3):1-9.", {"volume": "12", "issue": "3", "pages": "1-9"}),
        ("2026 Dec 3;20(12):e0123456.", {"volume": "20", "issue": "12", "pages": "e0123456"}),
        ("2026 Jan-Feb;7:1-9.", {"volume": "7", "pages": "1-9"}),
    ],
)
def test_the_day_of_a_citation_is_no_volume(citation: str, expected: dict) -> None:
    fields = one(f"Example A, van der Berg B. Counting sheep on dams. J Meadow Res. {citation}\n")
    named = {name: fields[name] for name in ("venue", "volume", "issue", "pages") if name in fields}
    assert named == {"venue": "J Meadow Res", **expected}


def test_the_line_of_a_server_of_preprints_below_a_title_is_where_and_when_and_no_abstract():
    doi = "10.1101/2026.05.01.123456"
    text = f"Dense clouds in mice\nAda Example, Bo Roe\nbioRxiv 2026.05.01.123456; doi: https://doi.org/{doi}\n"
    for more, abstract in (
        ("", None),
        (
            "This article is a preprint and has not been certified by peer review.\nAbstract\nMice count.\n",
            "Mice count.",
        ),
    ):
        fields = one(text + more)
        assert (fields["venue"], fields["published"]) == ("bioRxiv", "2026-05-01")
        assert fields["links"]["doi"].endswith(doi)
        assert (fields["authors"], fields.get("abstract")) == (["Ada Example", "Bo Roe"], abstract)
    bullet = one(
        f"- Dense clouds in mice. Ada Example, Bo Roe. bioRxiv 2026.05.01.123456; doi: https://doi.org/{doi}\n"
    )
    assert bullet["authors"] == ["Ada Example", "Bo Roe"]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            "OpenAI. GPT-4 technical report. arXiv preprint arXiv:2303.08774, 2023.",
            {"authors": ["OpenAI"], "title": "GPT-4 technical report", "arxiv": "2303.08774"},
        ),
        (
            "Vaswani, A., Shazeer, N., ... & Polosukhin, I. (2017). Attention is all. Advances in systems, 30.",
            {"authors": ["Vaswani, A.", "Shazeer, N.", "Polosukhin, I.", "others"], "volume": "30"},
        ),
        (
            "Smith, J. (n.d.). A study of undated things. Journal of Time, 3(2), 1\u20132.",
            {"title": "A study of undated things", "venue": "Journal of Time"},
        ),
        (
            "Doe J. Mamba. Nature. 2023;5:1-2.",
            {"title": "Mamba", "venue": "Nature", "volume": "5", "pages": "1-2"},
        ),
        (
            "[4] 李雷，韩梅梅．扩散模型的进展［Ｊ］．自动化学报，2025，51（2）：201－220．",
            {"venue": "自动化学报", "volume": "51", "issue": "2", "pages": "201-220"},
        ),
        (
            "佐藤花子：大規模言語モデル，人工知能学会誌，40巻2号，pp. 201–210，2025．",
            {"venue": "人工知能学会誌", "volume": "40", "issue": "2"},
        ),
    ],
)
def test_references_of_other_forms_keep_their_parts(reference, expected):
    fields = read(f"- {reference}\n- [On Clouds over Hills]({ABS}1)\n")[0][0]
    assert {name: fields.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    "reference",
    [
        "Y. LeCun, Y. Bengio, and G. Hinton, Nature 521, 436 (2015).",
        "A. Lovelace, *Journal of Computing History*, 2019, **5**, 101\u2013120.",
        "LeCun Y. Deep. Nature 2015",
    ],
)
def test_a_reference_without_a_title_is_told(reference):
    records, problems = read(f"- LeCun Y, Bengio Y. Deep learning. Nature. 2015;521:436-44.\n- {reference}\n")
    assert [each["title"] for each in records] == ["Deep learning"]
    assert [each.line for each in problems] == [2]


@pytest.mark.parametrize("word", ["n.d.", "in press", "forthcoming", "accepted", "submitted", "im Druck", "s. d."])
@pytest.mark.parametrize("mark", ["- ", ""])
def test_a_word_in_place_of_the_year_makes_no_reference_less_of_one(mark, word):
    text = f"{mark}Example, A., & Roe, B. ({word}). On dams of rivers. Journal of Dams.\n"
    fields = read(f"{text}\n- [On Clouds over Hills]({ABS}1)\n")[0][0]
    assert (fields["title"], fields["authors"]) == ("On dams of rivers", ["Example, A.", "Roe, B."])


def test_what_pubmed_shows_as_a_summary_is_read():
    text = (
        "1: Example A, Roe B. Dense clouds in mice. J Clouds. 2026 May 1;12(3):45-67. doi: 10.1000/jc.1. "
        "PMID: 39999991.\n"
        "\n2: Foe D. Sparse rain in sheep. Nat Rain. 2026 Apr;5(2):101-9. doi: 10.1000/nr.2. "
        "Epub 2026 Mar 1. PMID: 39999992.\n"
    )
    records, problems = read(text)
    assert [(each["title"], each["key"], each["venue"], each["pages"]) for each in records] == [
        ("Dense clouds in mice", "39999991", "J Clouds", "45-67"),
        ("Sparse rain in sheep", "39999992", "Nat Rain", "101-9"),
    ]
    assert problems == []


ADDRESS = "https://arxiv.org/abs/2605.01234"


@pytest.mark.parametrize(
    "text",
    [
        f"[Ada Doe](https://ada.example.org), Bo Roe. [Counting Sheep at Night]({ADDRESS}).",
        f"**Ada Doe** and **Bo Roe**: [Counting Sheep at Night]({ADDRESS})",
        f"**Ada Doe** and **Bo Roe**: **Counting Sheep at Night**, {ADDRESS}",
        f"*Counting Sheep at Night*, Ada Doe and Bo Roe, [arXiv]({ADDRESS})",
        f"*Ada Doe, Bo Roe*. Counting Sheep at Night. [arXiv]({ADDRESS})",
        f"[Counting Sheep at Night]({ADDRESS}) — Ada Doe (MIT), Bo Roe (ETH)",
        f"[Counting Sheep at Night]({ADDRESS}) — Ada Doe (Institute for Snow), Bo Roe (ETH)",
        f"Counting Sheep at Night · Ada Doe, Bo Roe · {ADDRESS}",
    ],
)
def test_names_with_links_marks_and_workplaces_are_the_authors_before_or_behind_a_title(text):
    fields = one(f"# Sheep\n\n- {text}\n")
    assert (fields["title"], fields["authors"]) == ("Counting Sheep at Night", ["Ada Doe", "Bo Roe"])
    assert fields["arxiv"] == "2605.01234"
    assert "abstract" not in fields


@pytest.mark.parametrize(
    "text",
    [
        f"[Counting Sheep at Night]({ADDRESS}) (May 15, 2026)",
        f"[Counting Sheep at Night]({ADDRESS}), 15 May 2026, Ada Doe, Bo Roe",
        f"[Counting Sheep at Night]({ADDRESS}) – Ada Doe, Bo Roe – 15. May 2026",
    ],
)
def test_the_written_day_behind_a_title_is_the_paper_s(text):
    assert one(f"# Sheep\n\n- {text}\n")["published"] == "2026-05-15"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"[Counting Sheep at Night (12 minute read)]({ADDRESS})", "Counting Sheep at Night"),
        (f"[Counting Sheep at Night (3 MIN READ)]({ADDRESS})", "Counting Sheep at Night"),
        (f"[[2605.01234]]({ADDRESS}) Counting Sheep at Night", "Counting Sheep at Night"),
        (f"Doe et al. (2026) — Counting Sheep at Night, {ADDRESS}", "Counting Sheep at Night"),
    ],
)
def test_reading_time_number_and_dash_are_no_part_of_a_title(text, title):
    assert one(f"# Sheep\n\n- {text}\n")["title"] == title


def test_a_report_of_a_company_is_no_name():
    (fields,), _ = read(f"# Sheep\n\n- OpenAI. GPT-4 Technical Report. 2023. [arXiv]({ADDRESS})\n")
    assert (fields["title"], fields["authors"], fields["published"]) == ("GPT-4 Technical Report", ["OpenAI"], "2023")


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("「雲を数える」山田太郎、鈴木花子", ["山田太郎", "鈴木花子"]),
        ("『雲を数える』山田太郎著", ["山田太郎"]),
        ("《雲を数える》王小明，李雷", ["王小明", "李雷"]),
        ("王小明等：《雲を数える》", ["王小明", "others"]),
        ("「雲を数える」", None),
    ],
)
def test_a_title_in_quotes_of_chinese_and_japanese_leaves_its_names(text, authors):
    fields = one(f"# Sheep\n\n- {text} https://arxiv.org/abs/2605.01234\n")
    assert (fields["title"], fields.get("authors")) == ("雲を数える", authors)


def test_a_name_before_a_title_in_japanese_quotes_is_reported_as_a_doubt():
    (fields,), (doubt,) = read("- 山田太郎「雲を数える」 https://arxiv.org/abs/2605.01234\n")
    assert (fields["title"], fields["authors"]) == ("雲を数える", ["山田太郎"])
    assert "山田太郎" in doubt.what


def test_a_title_that_begins_with_a_quoted_word_keeps_it():
    (fields,), _ = read("- 《红楼梦》中的人物研究 https://arxiv.org/abs/2605.01234\n")
    assert fields["title"] == "《红楼梦》中的人物研究"


def test_ids_below_days_are_papers_of_these_days():
    found, problems = read(
        "## 2026-05-27\n2605.01234\nhttps://arxiv.org/abs/2605.01235\n## 2026-05-26\n[2605.01236](https://arxiv.org/abs/2605.01236)\n"
    )
    assert [(each["arxiv"], each["listed"]) for each in found] == [
        ("2605.01234", "2026-05-27"),
        ("2605.01235", "2026-05-27"),
        ("2605.01236", "2026-05-26"),
    ]
    assert problems == []


def test_addresses_of_publishers_are_ids_where_they_hold_one():
    found, problems = read(
        "https://www.biorxiv.org/content/10.1101/2026.05.01.123456v1\nhttps://huggingface.co/papers/2605.01234\n"
        "https://dl.acm.org/doi/10.1145/123.456\nhttps://example.org/a\n"
    )
    assert [each.get("doi") or each.get("arxiv") for each in found] == [
        "10.1101/2026.05.01.123456",
        "2605.01234",
        "10.1145/123.456",
    ]
    assert [problem.line for problem in problems] == [4]


def test_numbers_of_sections_are_no_part_of_titles_where_each_has_one():
    found, _ = read(
        "1.1 Dense Clouds over Snow\nA. Doe, B. Roe\n2605.01234\n\n1.2 Thin Ice\nA. Doe, B. Roe\n2605.01235\n"
    )
    assert [each["title"] for each in found] == ["Dense Clouds over Snow", "Thin Ice"]
    found, _ = read("1.5 Million Flakes of Snow\nA. Doe, B. Roe\n2605.01234\n\nThin Ice\nA. Doe, B. Roe\n2605.01235\n")
    assert found[0]["title"] == "1.5 Million Flakes of Snow"


def test_a_newsletter_s_title_is_its_link_with_its_text_below():
    (fields,), problems = read(f"**[Dense Clouds over Snow (12 MINUTE READ)]({ADDRESS})**\n\nWe count flakes.\n")
    assert (fields["title"], fields["abstract"]) == ("Dense Clouds over Snow", "We count flakes.")
    assert problems == []


def test_titles_in_quotes_one_a_line_lose_them():
    found, _ = read('"Dense Clouds over Snow"\n« Sur les nuages denses »\n"Thin Ice over Seas (3 minute read)"\n')
    assert [each["title"] for each in found][:2] == ["Dense Clouds over Snow", "Sur les nuages denses"]


@pytest.mark.parametrize("place", ["Nature 2026", "Nature (2026)", "Nature, 2026", "Physical Review Letters 2026"])
def test_a_journal_with_its_year_behind_the_names_is_the_venue(place):
    fields = one(f"# Sheep\n\n- [Counting Sheep at Night]({ADDRESS}). Ada Doe, Bo Roe. {place}.\n")
    assert (fields["venue"], fields["published"]) == (
        place.partition(" 2")[0].strip("(,").removesuffix(" (2026)"),
        "2026",
    )
    assert fields["authors"] == ["Ada Doe", "Bo Roe"]


@pytest.mark.parametrize(
    "behind",
    [
        "— *Ada Doe, Bo Roe* — **CVPR 2026 (Oral)**",
        "| Ada Doe, Bo Roe | *CVPR 2026* | ⭐ 120",
        "| Ada Doe, Bo Roe | cs.CV | CVPR 2026",
    ],
)
def test_names_venue_rank_and_category_behind_a_title_are_no_abstract(behind):
    ((fields,), _) = read(f"→ [Counting Sheep at Night]({ADDRESS}) {behind}\n")
    assert (fields["authors"], fields["venue"]) == (["Ada Doe", "Bo Roe"], "CVPR")
    assert "abstract" not in fields
    assert fields.get("categories") == (["cs.CV"] if "cs.CV" in behind else None)


def test_papers_between_rules_are_read_one_by_one():
    found, problems = read(
        "Title: Counting Sheep at Night\nAuthors: Ada Doe; Bo Roe\nURL: https://arxiv.org/abs/2605.01234\n---\n"
        "Title: Counting Goats at Noon\nAuthors: Ada Doe\nURL: https://arxiv.org/abs/2605.01235\n"
    )
    assert [each["title"] for each in found] == ["Counting Sheep at Night", "Counting Goats at Noon"]
    assert problems == []


def test_two_names_of_spanish_are_two_people_and_ortega_y_gasset_is_one():
    fields = one(f"- **Counting Sheep**\n  - Autores: Juan García y María López\n  - Enlace: {ADDRESS}\n")
    assert fields["authors"] == ["Juan García", "María López"]
    fields = one(f"- **Counting Sheep**\n  - Autores: José Ortega y Gasset\n  - Enlace: {ADDRESS}\n")
    assert fields["authors"] == ["José Ortega y Gasset"]


@pytest.mark.parametrize(
    "title",
    [
        "Wool2Cloth: Cross-Barn Retrieval of Coats",
        "Meadow's Shears: A Toolkit for Cutting Wool",
        "Audio Lambs: A Model of Bleating",
    ],
)
def test_a_method_before_a_colon_is_no_author_unless_most_titles_begin_with_names(title):
    assert one(f"- {title} [[paper]({ABS}2)]\n") == {
        "title": title,
        "arxiv": "1706.03762",
        "links": {"abs": f"{ABS}2"},
    }
    records, _ = read(f"- Ada Doe: Counting Sheep at Night [paper]({ABS}2)\n- Bo Roe: On Dense Fog [paper]({ABS}3)\n")
    assert [each["authors"] for each in records] == [["Ada Doe"], ["Bo Roe"]]


@pytest.mark.parametrize("title", ["Sheep Normalization", "Dense Lambs"])
def test_a_title_before_a_venue_is_no_author(title):
    fields = one(f"- {title}. ICML 2024 [[paper]({ABS}2)]\n")
    assert (fields["title"], fields["venue"], fields.get("authors")) == (title, "ICML", None)


def test_names_in_italics_behind_a_title_in_bold_are_no_title():
    fields = one(f"- **Conversational Barn Repair** *Doe et al. arXiv* [[paper]({ABS}2)]\n")
    assert (fields["title"], fields["authors"]) == ("Conversational Barn Repair", ["Doe", "others"])


@pytest.mark.parametrize(
    ("label", "authors"),
    [
        ("Knuth (1970)", ["Knuth"]),
        ("Candea, Fox (1970)", ["Candea", "Fox"]),
        ("Van Roy & de Boer (1970)", ["Van Roy", "de Boer"]),
        ("Jane Doe and Bo Roe (1970)", ["Jane Doe", "Bo Roe"]),
        ("Doe et al. (1970)", ["Doe", "others"]),
        ("Doe et al., 1970", ["Doe", "others"]),
    ],
)
@pytest.mark.parametrize("form", ["- Crash-Only Barns. [{}]({}).\n", "1. **Crash-Only Barns. [{}]({}).**\n"])
def test_a_link_called_by_authors_and_year_says_these_of_the_title_before_it(form, label, authors):
    fields = one(form.format(label, "https://example.org/barns.pdf"))
    assert (fields["title"], fields["authors"], fields["published"]) == ("Crash-Only Barns", authors, "1970")
    assert fields["links"] == {"pdf": "https://example.org/barns.pdf"}


@pytest.mark.parametrize("label", ["CVPR (1970)", "Nature (1970)", "Sheep Normalization (1970)"])
def test_a_link_called_by_a_venue_or_a_method_names_no_author(label):
    ((fields,), _) = read(f"- Crash-Only Barns at Night. [{label}](https://example.org/barns.pdf).\n")
    assert "authors" not in fields


@pytest.mark.parametrize(
    ("link", "venue", "year"),
    [
        ("[[CVPR2023]({})]", "CVPR", "2023"),
        ("[ICCV 2021]({})", "ICCV", "2021"),
        ("[[3DV2021]({})]", "3DV", "2021"),
        ("[[SIGGRAPH Asia 2021]({})]", "SIGGRAPH Asia", "2021"),
        ("[[Siggraph2022]({})]", "Siggraph", "2022"),
        ("[[CVPR2022 Oral]({})]", "CVPR", "2022"),
        ("[[TPAMI]({})]", "TPAMI", None),
    ],
)
@pytest.mark.parametrize("behind", ["", " [[pytorch](https://github.com/a/b)]"])
def test_a_link_called_by_a_venue_stands_before_the_title(link, venue, year, behind):
    fields = one(f"- {link.format(f'{ABS}2')} Counting Sheep: A Study of Barns{behind}\n")
    assert (fields["title"], fields["venue"]) == ("Counting Sheep: A Study of Barns", venue)
    assert fields.get("published") == year
    assert fields["links"] == {"abs": f"{ABS}2", **({"code": "https://github.com/a/b"} if behind else {})}


@pytest.mark.parametrize("title", ["BERT", "A Title of Its Own"])
def test_a_title_in_brackets_before_its_authors_is_no_venue(title):
    fields = one(f"- [[{title}]({ABS}2)] Ada Doe, Bo Roe. CVPR 2021\n")
    assert (fields["title"], fields["authors"], fields["venue"]) == (title, ["Ada Doe", "Bo Roe"], "CVPR")


def test_further_initials_before_a_title_with_a_link_are_no_title():
    fields = one(f"- Gong, T., Lee, B., & Roe, O. H.  [Loss Weighting for Sheep]({ABS}2). IEEE Access, 2019.\n")
    assert (fields["title"], fields["authors"]) == ("Loss Weighting for Sheep", ["Gong, T.", "Lee, B.", "Roe, O. H."])


def test_a_title_without_an_address_above_a_remark_is_told_and_no_abstract_of_the_paper_before_it():
    records, (problem,) = read(
        f"Counting Sheep in Barns at Night\n{ABS}2\n\n"
        "The Mystery of Fog: A Survey of Barns and Meadows\nMia: Possibly good. Need to read it.\n\n"
        f"Counting Goats in Barns at Noon\n{ABS}3\nMia: Tells which goats help.\n"
    )
    assert [(each["title"], each.get("abstract")) for each in records] == [
        ("Counting Sheep in Barns at Night", None),
        ("Counting Goats in Barns at Noon", "Mia: Tells which goats help."),
    ]
    assert (problem.line, problem.records) == (4, 1)
    assert "The Mystery of Fog" in problem.what
    assert "stands among papers and is not read" in problem.what


@pytest.mark.parametrize(
    ("rest", "title", "venue"),
    [
        ("Do dams hold? A study of rivers. Barn Sci. 2015;5(2):3-4.", "Do dams hold? A study of rivers", "Barn Sci"),
        ("Do dams hold? A study of rivers. *Barns*, 2015, 5(2), 3-4.", "Do dams hold? A study of rivers", "Barns"),
        ("Stop! What do dams hold? Barns. 2015;5(2):3-4.", "Stop! What do dams hold?", "Barns"),
        ("Do dams hold? Phys. Rev. Lett. 2015;5(2):3-4.", "Do dams hold?", "Phys. Rev. Lett."),
        ("Do dams hold? Journal of Dams, 2015;5(2), 3-4.", "Do dams hold?", "Journal of Dams"),
        ("Do dams hold? Journal of many dams. Oxford, 2015;5(2):3-4.", "Do dams hold?", "Journal of many dams"),
    ],
)
def test_a_title_goes_on_after_a_question_unless_the_journal_follows(rest, title, venue):
    fields = bullet_fields(f"Doe A, Roe B. {rest}")
    assert fields["title"] == title
    assert fields["venue"].startswith(venue)
