"""Lists in other markup than Markdown, as note-taking and chat programs write it."""

import pytest

from site_builder.problems import Problem, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.source import Source

CLOUDS, RAIN = "https://arxiv.org/abs/2605.01234", "https://arxiv.org/abs/2605.01111"


def read(text: str, path: str = "papers/a.md") -> tuple[list[dict], list[Problem]]:
    report, problems = FileReport(path), Problems()
    records = [dict(record.fields) for record in read_list(Source.from_text(text, path), report, problems)]
    assert report.lines == report.lines_in_papers + report.lines_in_boilerplate + report.lines_in_problems
    return records, list(problems)


def papers(text: str) -> list[dict]:
    return read(text)[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Org", f"* [[{CLOUDS}][Dense Clouds]] Ada Example, Bo Roe\n* [[{RAIN}][Sparse Rain]] Ada Example, Bo Roe\n"),
        (
            "Org, headings",
            "#+TITLE: Papers\n** TODO Dense Clouds\n:PROPERTIES:\n:AUTHOR: Ada Example and Bo Roe\n"
            f":URL: {CLOUDS}\n:END:\n** [[{RAIN}][Sparse Rain]]\n   Ada Example, Bo Roe\n",
        ),
        (
            "Org with indented drawers",
            "* Papers\n** Dense Clouds\n   :PROPERTIES:\n   :AUTHORS: Ada Example and Bo Roe\n"
            f"   :URL: {CLOUDS}\n   :END:\n** [[{RAIN}][Sparse Rain]]\n   Ada Example, Bo Roe\n",
        ),
        (
            "reStructuredText",
            f"* `Dense Clouds <{CLOUDS}>`_ by Ada Example, Bo Roe\n* `Sparse Rain <{RAIN}>`__ (Ada Example, Bo Roe)\n",
        ),
        (
            "AsciiDoc",
            f"= Papers\n\n* {CLOUDS}[Dense Clouds], Ada Example, Bo Roe\n"
            f". link:{RAIN}[Sparse Rain] -- Ada Example, Bo Roe\n",
        ),
        (
            "Obsidian",
            f"- [ ] [[Dense Clouds]] — Ada Example, Bo Roe — {CLOUDS}\n"
            f"- [x] [[x|Sparse Rain]] — Ada Example, Bo Roe — {RAIN}\n",
        ),
        (
            "Word",
            "•\tAda Example, Bo Roe: “Dense Clouds.” arXiv:2605.01234 (2026)\n"
            "o\tAda Example, Bo Roe: “Sparse Rain”, arXiv:2605.01111 (2026)\n",
        ),
        (
            "Google Docs",
            "1. Dense Clouds (Ada Example, Bo Roe; arXiv 2605.01234)\n"
            "2. Sparse Rain (Ada Example, Bo Roe; 2605.01111)\n",
        ),
    ],
)
def test_lists_of_other_markup_are_read_as_those_of_markdown(name, text):
    records, problems = read(text)
    assert [(each["title"], each["authors"]) for each in records] == [
        ("Dense Clouds", ["Ada Example", "Bo Roe"]),
        ("Sparse Rain", ["Ada Example", "Bo Roe"]),
    ]
    assert [each["arxiv"][:10] for each in records] == ["2605.01234", "2605.01111"]
    assert [each.get("abstract") for each in records] == [None, None]
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        f"[27.05.26, 09:41:12] Ada: Dense Clouds {CLOUDS}\n[27.05.26, 10:02:33] Bo: Sparse Rain {RAIN}\n",
        f"27/05/2026, 09:41 - Ada: Dense Clouds {CLOUDS}\n27/05/2026, 10:02 - Bo: Sparse Rain {RAIN}\n",
        f"Ada Example, [27 May 2026 at 09:41]\nDense Clouds\n{CLOUDS}\n\n"
        f"Bo Roe, [27 May 2026 at 10:02]\nSparse Rain\n{RAIN}\n",
    ],
)
def test_who_wrote_when_in_a_chat_is_no_part_of_a_title_and_the_days_are_told(text):
    records, problems = read(text)
    assert [each["title"] for each in records] == ["Dense Clouds", "Sparse Rain"]
    assert ["the days of 2 messages are not read" in each.what for each in problems] == [True]


def test_a_page_of_notion_is_one_paper_and_its_other_properties_are_told():
    text = (
        f"# Dense Clouds over Hills\n\nAuthors: Ada Example, Bo Roe\nURL: {CLOUDS}\nStatus: To read\n\nWe count them.\n"
    )
    ((fields,), (problem,)) = read(text)
    assert (fields["title"], fields["authors"], fields["abstract"]) == (
        "Dense Clouds over Hills",
        ["Ada Example", "Bo Roe"],
        "We count them.",
    )
    assert '"Status" is not read' in problem.what


def test_tags_behind_a_title_and_the_callout_of_a_note_are_what_obsidian_means():
    assert read(f"- Late Snow on Mountains #snow {CLOUDS}\n")[0][0]["tags"] == ["snow"]
    note = "---\ntitle: Dense Clouds\narxiv: 2605.01234\n---\n> [!abstract]\n> We count\n> them.\n\n## Notes\nMine.\n"
    assert read(note)[0][0]["abstract"] == "We count them."


def test_names_and_where_they_published_in_brackets_behind_a_title_are_no_part_of_it():
    ((fields,), _) = read("1. Late Snow on Mountains (Di Foe, Eli Goe; NeurIPS 2025)\n")
    assert (fields["title"], fields["authors"]) == ("Late Snow on Mountains", ["Di Foe", "Eli Goe"])
    assert (fields["venue"], fields["published"]) == ("NeurIPS", "2025")


def test_rows_of_a_spreadsheet_without_their_header_are_read_in_their_parts():
    text = f"Dense Clouds over Hills\tAda Example; Bo Roe\t2026\t{CLOUDS}\n"
    text += f"Sparse Rain in Valleys\tDi Foe; Eli Goe\t2026\t{RAIN}\n"
    records, _ = read(text, "papers/a.txt")
    assert [(each["title"], each["authors"], each["published"]) for each in records] == [
        ("Dense Clouds over Hills", ["Ada Example", "Bo Roe"], "2026"),
        ("Sparse Rain in Valleys", ["Di Foe", "Eli Goe"], "2026"),
    ]


@pytest.mark.parametrize(
    "bullet",
    [
        f"**Early Fog**<br>*Gil Ioe, Hal Joe*<br>CVPR 2026. [[Paper]({CLOUDS})]",
        f"Early Fog, CVPR 2026, [[paper]({CLOUDS})]",
    ],
)
def test_a_meeting_behind_a_title_is_no_part_of_it_nor_of_the_authors(bullet):
    ((fields,), _) = read(f"- {bullet}\n")
    assert (fields["title"], fields["venue"], fields["published"]) == ("Early Fog", "CVPR", "2026")
    assert fields.get("authors", ["Gil Ioe", "Hal Joe"]) == ["Gil Ioe", "Hal Joe"]


@pytest.mark.parametrize(
    "heading",
    [
        *("27. Mai 2026", "27 mai 2026", "27 de mayo de 2026", "27 мая 2026 г.", "27 maja 2026", "27 mei 2026"),
        *(
            "2026年5月27日",
            "2026년 5월 27일",
            "27.05.2026",
            "Woche vom 21. bis 27. Mai 2026",
            "Semana de 21 a 27 de maio de 2026",
        ),
    ],
)
def test_a_heading_names_its_day_in_every_language(heading):
    ((fields,), problems) = read(f"## {heading}\n- [Dense Clouds]({CLOUDS})\n")
    assert (fields["listed"], fields.get("tags"), problems) == ("2026-05-27", None, [])


@pytest.mark.parametrize(
    "bullet",
    [
        f"„Später Schnee im Tal“ von Ada Example und Bo Roe, 24.05.2026, {CLOUDS}",
        f"« Später Schnee im Tal », Ada Example et Bo Roe, mai 2026, {CLOUDS}",
        f"**Später Schnee im Tal** – Ada Example, Bo Roe (25. Mai 2026): {CLOUDS}",
        f"Später Schnee im Tal（Ada Example, Bo Roe）{CLOUDS}",
        f"【1】Später Schnee im Tal, von Ada Example, Bo Roe {CLOUDS}",
    ],
)
def test_names_behind_a_title_are_the_authors_and_no_venue_in_other_languages(bullet):
    ((fields,), _) = read(f"- {bullet}\n")
    assert (fields["title"], fields["authors"]) == ("Später Schnee im Tal", ["Ada Example", "Bo Roe"])
    assert not fields.keys() & {"venue", "volume", "abstract"}


@pytest.mark.parametrize(
    "text",
    [
        "- **Snow in the Valley**\n  - Ada Example\n  - https://arxiv.org/abs/2605.01234\n",
        "- Snow in the Valley\n\t- Ada Example\n\t- [arXiv](https://arxiv.org/abs/2605.01234)\n",
        "- Title: Snow in the Valley\n  - Authors: Ada Example\n  - Paper: https://arxiv.org/abs/2605.01234\n",
        "1. Snow in the Valley\nAuthors: Ada Example\nLink: https://arxiv.org/abs/2605.01234\n",
        "+ Snow in the Valley  \n  by Ada Example  \n  <https://arxiv.org/abs/2605.01234>\n",
        "**[Snow in the Valley](https://arxiv.org/abs/2605.01234)**  \n*Ada Example*  \n",
        "### [Snow in the Valley](https://arxiv.org/abs/2605.01234)\nby Ada Example (MIT)\n",
    ],
)
def test_one_author_below_a_title_is_read_wherever_the_link_stands(text):
    (paper,) = papers(text)
    assert (paper["title"], paper["authors"]) == ("Snow in the Valley", ["Ada Example"])
    assert "abstract" not in paper
    assert "https://arxiv.org/abs/2605.01234" in paper["links"].values()


@pytest.mark.parametrize(
    "text",
    [
        "1. 关于水坝\n作者：王小明，李雷\n链接：https://arxiv.org/abs/2605.01234\n",
        "1. 关于水坝\n   作者：王小明，李雷\n   链接：https://arxiv.org/abs/2605.01234\n",
        "1. 标题：关于水坝\n   - 作者：王小明，李雷\n   - 论文：https://arxiv.org/abs/2605.01234\n",
        "- タイトル：关于水坝\n  - 著者：王小明、李雷\n  - リンク：https://arxiv.org/abs/2605.01234\n",
    ],
)
def test_the_labels_of_chinese_and_japanese_below_a_title_are_no_title(text):
    (paper,) = papers(text)
    assert (paper["title"], paper["authors"]) == ("关于水坝", ["王小明", "李雷"])
    assert paper["arxiv"] == "2605.01234"


def test_a_line_below_a_heading_says_names_day_and_extent():
    (paper,) = papers(
        "### [Snow in the Valley](https://arxiv.org/abs/2605.01234)\n"
        "**Ada Example, Bo Roe** · 2026-05-26 · 12 pages\n\nWe count flakes.\n"
    )
    assert (paper["authors"], paper["published"]) == (["Ada Example", "Bo Roe"], "2026-05-26")
    assert (paper["comment"], paper["abstract"]) == ("12 pages", "We count flakes.")


def test_venue_day_and_doi_below_a_title_are_fields():
    (paper,) = papers(
        '- "Snow in the Valley"\n  Ada Example, Bo Roe\n  ICRA 2026\n  Submitted on 26 May 2026\n  doi:10.1000/snow.1\n'
    )
    assert paper["title"] == "Snow in the Valley"
    assert (paper["venue"], paper["published"]) == ("ICRA", "2026-05-26")
    assert paper["doi"] == "10.1000/snow.1"
    assert "abstract" not in paper


def test_the_parts_of_a_line_of_links_are_no_abstract():
    (paper,) = papers(
        "1. **Snow in the Valley**\n   *Ada Example, Bo Roe*\n"
        "   [arXiv](https://arxiv.org/abs/2605.01234) | 2026-05-26 | cs.RO\n   > We count flakes.\n"
    )
    assert (paper["published"], paper["categories"]) == ("2026-05-26", ["cs.RO"])
    assert paper["abstract"] == "We count flakes."


def test_an_address_below_a_title_needs_no_scheme():
    (paper,) = papers("### Snow in the Valley\nAuthors: Ada Example\nDOI: 10.1000/snow.1\nCode: github.com/a/b\n")
    assert (paper["doi"], paper["links"]) == ("10.1000/snow.1", {"code": "https://github.com/a/b"})


def test_a_rule_right_below_a_paragraph_makes_no_heading_of_its_last_line():
    snow, hail = papers(
        "## Snow in the Valley\n**Link**: https://arxiv.org/abs/2605.01234\n**Summary**: We count.\nAnd count.\n---\n"
        "## Hail in the Valley\n**Link**: https://arxiv.org/abs/2605.01235\n"
    )
    assert snow["abstract"] == "We count. And count."
    assert "tags" not in hail


ORG = f"""#+TITLE: To read
* Clouds
** TODO [#A] Dense Clouds over Hills [1/2] :clouds:@home:
SCHEDULED: <2026-05-27 Wed>
:PROPERTIES:
:CUSTOM_ID: example2026
:AUTHOR: Ada Example and Bo Roe
:ROAM_REFS: {CLOUDS}
:ADDED: [2026-05-26 Tue]
:END:
:LOGBOOK:
- State "DONE"       from "TODO"       [2026-05-28 Thu 09:14]
CLOCK: [2026-05-27 Wed 09:14]--[2026-05-27 Wed 09:40] =>  0:26
:END:
"""


def test_what_org_notes_of_a_task_is_no_part_of_its_paper():
    (paper,), problems = read(ORG, "papers/a.org")
    assert (paper["title"], paper["arxiv"]) == ("Dense Clouds over Hills", "2605.01234")
    assert "abstract" not in paper
    assert "published" not in paper
    assert problems == []


def test_what_logseq_notes_of_a_block_is_no_part_of_its_paper():
    first, second = papers(
        f"- LATER [Dense Clouds over Hills]({CLOUDS})\n  authors:: [[Ada Example]], [[Bo Roe]]\n  collapsed:: true\n"
        f"  id:: 6655aa11-0000-4000-8000-000000000001\n- DOING Sparse Rain on Lakes {RAIN}\n  :LOGBOOK:\n"
        "  CLOCK: [2026-05-27 Wed 09:14:22]\n  :END:\n"
    )
    assert (first["title"], first["authors"]) == ("Dense Clouds over Hills", ["Ada Example", "Bo Roe"])
    assert (second["title"], second["arxiv"]) == ("Sparse Rain on Lakes", "2605.01111")
    assert not {"abstract", "published"} & (first.keys() | second.keys())


def test_days_of_a_task_in_obsidian_are_none_of_its_paper():
    first, second = papers(
        f"- [ ] [Dense Clouds over Hills]({CLOUDS}) \U0001f4c5 2026-05-30 ^a1b2c3\n"
        f"- [x] [Sparse Rain]({RAIN}) ➕ 2026-05-01 ✅ 2026-05-28\n"
    )
    assert (first["title"], second["title"]) == ("Dense Clouds over Hills", "Sparse Rain")
    assert "published" not in first.keys() | second.keys()


def test_a_moment_that_notion_notes_of_a_page_is_told_and_no_abstract():
    fields = f"Author: Ada Example, Bo Roe\nCreated: May 27, 2026 9:14 AM\nURL: {CLOUDS}"
    (paper,), problems = read(f"# Dense Clouds over Hills\n\n{fields}\n\nWe count.\n")
    assert paper["abstract"] == "We count."
    assert ['"Created" is not read' in problem.what for problem in problems] == [True]


def test_a_table_of_notion_calls_the_titles_names():
    (paper,) = papers(
        f"| Name | Authors | URL |\n|---|---|---|\n| [Dense Clouds](Dense%20Clouds.md) | Ada Example | {CLOUDS} |\n"
    )
    assert (paper["title"], paper["authors"], paper["arxiv"]) == ("Dense Clouds", "Ada Example", "2605.01234")


def test_a_message_of_several_lines_is_one_bullet():
    first, second, third, fourth = papers(
        "27/05/2026, 09:10 - Messages are encrypted.\n"
        f"27/05/2026, 09:14 - Ada Example: Dense Clouds over Hills\n{CLOUDS}\n27/05/2026, 09:15 - Bo added Cy\n"
        f"28/05/2026, 10:02 - Bo Roe: Look:\n\nSparse Rain on Lakes\n{RAIN}\n"
        "28/05/2026, 10:03 - Bo Roe: https://arxiv.org/abs/2605.02222\nthis one is really good!\n"
        "28/05/2026, 10:03 - Bo Roe: Have you read this?\nhttps://arxiv.org/abs/2605.03333\n"
    )
    assert (first["title"], first["arxiv"]) == ("Dense Clouds over Hills", "2605.01234")
    assert (second["title"], second["links"]) == ("Sparse Rain on Lakes", {"abs": RAIN})
    assert (third, fourth) == ({"arxiv": "2605.02222"}, {"arxiv": "2605.03333"})


def test_a_message_may_have_the_time_alone_before_its_writer():
    first, second = papers(
        f"[9:14 AM] Ada Example: Dense Clouds over Hills {CLOUDS}\n[10:02 AM] Bo Roe: {RAIN} Sparse Rain on Lakes\n"
    )
    assert (first["title"], second["title"]) == ("Dense Clouds over Hills", "Sparse Rain on Lakes")


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("27.05.2026 –", "03.06.2026 –", "10.06.2026 –"),
        ("2026-05-27:", "2026-06-03:", "2026-06-10:"),
        ("Wed, 27 May 2026 -", "Wed, 3 June 2026 -", "Wed, 10 June 2026 -"),
        ("2026年5月27日：", "2026年6月3日：", "2026年6月10日："),
        ("27 mai 2026 :", "3 juin 2026 :", "10 juin 2026 :"),
        ("Mercoledì 27 maggio 2026:", "Mercoledì 3 giugno 2026:", "Mercoledì 10 giugno 2026:"),
        ("27 de mayo de 2026 —", "3 de junio de 2026 —", "10 de junio de 2026 —"),
    ],
)
def test_lines_of_a_schedule_that_begin_with_a_day_are_bullets(first, second, third):
    found = papers(
        f"Reading Group, Room 3.12\n\n{first} Dense Clouds over Hills (arXiv:2605.01234)\n"
        f"{second} Sparse Rain on Lakes (arXiv:2605.01111)\n{third} no meeting\n"
    )
    assert [paper["title"] for paper in found] == ["Dense Clouds over Hills", "Sparse Rain on Lakes"]
    assert [paper["published"] for paper in found] == ["2026-05-27", "2026-06-03"]


def test_who_presents_a_paper_of_a_schedule_is_told_and_no_abstract():
    found, problems = read(
        "Reading Group, Spring 2026\nWednesdays 14:00, Room 3.12\n\n"
        "May 27: Dense Clouds over Hills (Example et al., 2026) - presented by Cy\n"
        "June 3: Sparse Rain on Lakes (SIGIR 2026), presented by Dee Poe\n"
    )
    assert [paper["title"] for paper in found] == ["Dense Clouds over Hills", "Sparse Rain on Lakes"]
    assert [paper["listed"] for paper in found] == ["May 27", "June 3"]
    assert not any({"abstract", "comment"} & paper.keys() for paper in found)
    assert ['"presented by" is not read' in problem.what for problem in problems] == [True]


def test_a_time_or_a_day_begins_no_title():
    found, _ = read("Wednesdays 14:00, Room 3.12\nMay 27: Open House\nSnow over the Hills\n")
    assert not any("14:00" in paper.get("title", "") or "May 27" in paper.get("title", "") for paper in found)


@pytest.mark.parametrize("mail", ["by number", "in brackets"])
def test_a_newsletter_in_plain_text_has_titles_with_addresses_and_its_words_below(mail):
    in_brackets = (
        f"CLOUDS\n\nDense Clouds over Hills ({CLOUDS}) (11 minute read)\n\nThey count clouds.\n\n"
        f"Sparse Rain on Lakes ({RAIN}) (9 minute read)\n\nThey count drops.\n"
    )
    by_number = in_brackets.replace(f"({CLOUDS})", "[1]").replace(f"({RAIN})", "[2]")
    texts = {"in brackets": in_brackets, "by number": f"{by_number}\nLinks:\n------\n[1] {CLOUDS}\n[2] {RAIN}\n"}
    first, second = papers(texts[mail])
    assert (first["title"], first["arxiv"]) == ("Dense Clouds over Hills", "2605.01234")
    assert (second["title"], second["arxiv"]) == ("Sparse Rain on Lakes", "2605.01111")
    assert (first["abstract"], second["abstract"]) == ("They count clouds.", "They count drops.")


def test_a_number_behind_prose_makes_no_title_of_it():
    found = papers(f"We follow the approach of [1] in all that we do.\n\n[1] {CLOUDS}\n")
    assert found == [{"arxiv": "2605.01234"}]


def test_a_title_with_a_label_may_stand_below_the_day_and_the_presenter():
    found, problems = read(
        f"Journal Club\n\nWednesday, May 27, 2026\nPresenter: Cy Doe\nPaper: Dense Clouds over Hills\n{CLOUDS}\n\n"
        f"Wednesday, June 3, 2026\nSpeaker: Dee Poe\nTitle: Sparse Rain on Lakes\nAuthors: Ada Example, Bo Roe\n"
        "DOI: 10.1000/182\nAbstract: We count drops.\n"
    )
    first, second = found
    assert (first["title"], first["published"], "abstract" in first) == ("Dense Clouds over Hills", "2026-05-27", False)
    assert (second["title"], second["authors"]) == ("Sparse Rain on Lakes", ["Ada Example", "Bo Roe"])
    assert (second["doi"], second["abstract"]) == ("10.1000/182", "We count drops.")
    assert len(problems) == 2 and all('r" is not read' in problem.what for problem in problems)


def test_a_title_with_a_label_above_authors_and_a_doi_is_a_paper():
    (paper,) = papers("Titel: Wolken im Gebirge\nAutoren: Ada Example, Bo Roe\nDOI: 10.1000/182\n")
    assert (paper["title"], paper["doi"]) == ("Wolken im Gebirge", "10.1000/182")


def test_a_table_of_org_has_titles_and_days():
    (paper,) = papers(
        f"| Date | Presenter | Paper |\n|---+---+---|\n| <2026-05-27 Wed 14:00> | Cy | [[{CLOUDS}][Dense Clouds]] |\n"
    )
    assert (paper["title"], paper["arxiv"], paper["listed"]) == ("Dense Clouds", "2605.01234", "2026-05-27")


def test_a_title_of_restructuredtext_leads_where_its_target_says():
    first, second = papers(
        "* `Dense Clouds over Hills`_ by Ada Example\n* `Sparse Rain on Lakes`_, Ada Example, Bo Roe\n\n"
        f".. _Dense Clouds over Hills: {CLOUDS}\n.. _`Sparse Rain on Lakes`: {RAIN}\n"
    )
    assert (first["title"], first["arxiv"], first["authors"]) == (
        "Dense Clouds over Hills",
        "2605.01234",
        ["Ada Example"],
    )
    assert (second["title"], second["arxiv"]) == ("Sparse Rain on Lakes", "2605.01111")


def test_a_target_that_no_title_leads_to_is_told():
    _, problems = read(f"* `Dense Clouds <{CLOUDS}>`_ by Ada Example\n\n.. _Sparse Rain: {RAIN}\n")
    assert ["lines that link to papers are not read: 1" in problem.what for problem in problems] == [True]


def test_a_week_before_the_day_of_a_schedule_is_no_part_of_a_title():
    first, second = papers(
        f"Week 1 (May 27): Dense Clouds over Hills, {CLOUDS}\nWeek 2 (June 3): Sparse Rain on Lakes, {RAIN}\n"
    )
    assert (first["title"], first["listed"]) == ("Dense Clouds over Hills", "May 27")
    assert (second["title"], second["listed"]) == ("Sparse Rain on Lakes", "June 3")


def test_a_single_line_that_begins_with_a_day_stays_a_paragraph():
    found = papers(f"May 27: Open House\n\n[Dense Clouds over Hills]({CLOUDS}) Ada Example, Bo Roe\n")
    assert [paper["title"] for paper in found] == ["Dense Clouds over Hills"]
