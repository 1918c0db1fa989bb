"""Alerts of Google Scholar: a title above authors, venue and year."""

import pytest

from site_builder.problems import Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.source import Source

ALERT = """From: Google Scholar Alerts <scholaralerts-noreply@google.com>
Subject: deep sand - new results

[PDF] On Sand <https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2605.00001&hl=en>
A Roe, B Doe - arXiv preprint arXiv:2605.00001, 2026
We sand and find that
sand is all over the place …

[HTML] On Silt:
A Study of Rivers
C Poe, DE Moe, … - Journal of Silt, 2025 - Springer

A Book of Mud
F Noe - 2024 - books.example.org

https://doi.org/10.1000/lost

This message was sent by Google Scholar because you're following new results for [deep sand].
List alerts
https://scholar.google.com/scholar_alerts?hl=en
"""


def test_an_alert_of_google_scholar_is_read():
    report, problems = FileReport("a.txt"), Problems()
    first, second, third = read_list(Source.from_text(ALERT, "a.txt"), report, problems)
    assert report.reader == "Google Scholar alert"
    assert first.fields == {
        "title": "On Sand",
        "authors": ["A Roe", "B Doe"],
        "published": "2026",
        "arxiv": "2605.00001",
        "abstract": "We sand and find that sand is all over the place …",
        "links": {"pdf": "https://arxiv.org/pdf/2605.00001"},
    }
    assert second.fields == {
        "title": "On Silt: A Study of Rivers",
        "authors": ["C Poe", "DE Moe", "others"],
        "published": "2025",
        "venue": "Journal of Silt",
    }
    assert third.fields == {"title": "A Book of Mud", "authors": ["F Noe"], "published": "2024"}
    assert [(problem.line, problem.records) for problem in problems] == [(16, 1)]
    assert report.lines == report.lines_in_papers + report.lines_in_boilerplate + report.lines_in_problems


def test_a_list_that_names_google_scholar_is_no_alert():
    text = "Find me on Google Scholar.\n\n- [On Sand](https://arxiv.org/abs/2605.00001), Ada Roe, Bo Doe\n"
    report = FileReport("a.md")
    assert len(list(read_list(Source.from_text(text, "a.md"), report, Problems()))) == 1
    assert report.reader != "Google Scholar alert"


def test_the_buttons_below_an_entry_of_a_search_are_no_text():
    text = "Google Scholar\n\nOn Sand\nA Roe - Journal of Silt, 2025 - Springer\nWe sand \u2026\n"
    for buttons in (
        "Save Cite Cited by 12 Related articles All 6 versions",
        "Cited by 3 Related articles",
        "\u2606 Save \u275e Cite",
    ):
        (paper,) = read_list(Source.from_text(f"{text}{buttons}\n", "a.txt"), FileReport("a.txt"), Problems())
        assert paper.fields["abstract"] == "We sand \u2026"


RESULTS = """About 1,230 results (0.05 sec)
My profile
My library
[PDF] arxiv.org
Find it at the library
On sand
A Roe, B Doe… - arXiv preprint arXiv …, 2026 - arxiv.org
… We sand and find that sand is all over the place …
Save Cite Cited by 12 Related articles All 3 versions
[CITATION] On silt
C Poe - 2025 - Meadow Press
Save Cite Related articles
"""
GERMAN = RESULTS.replace("Save Cite", "☆ Speichern ❞ Zitieren").replace("[CITATION]", "[ZITATION]")


@pytest.mark.parametrize("text", [RESULTS, GERMAN])
def test_results_of_a_search_are_read_as_copied(text):
    report, problems = FileReport("a.txt"), Problems()
    first, second = (record.fields for record in read_list(Source.from_text(text, "a.txt"), report, problems))
    assert list(problems) == []
    assert first == {
        "title": "On sand",
        "authors": ["A Roe", "B Doe", "others"],
        "published": "2026",
        "venue": "arXiv",
        "abstract": "… We sand and find that sand is all over the place …",
    }
    assert second == {"title": "On silt", "authors": ["C Poe"], "published": "2025"}
    assert (report.lines_in_papers, report.lines_in_boilerplate) == (7, 5)


def test_a_result_without_a_line_of_authors_and_year_is_told():
    problems = Problems()
    text = RESULTS + "On mud\nE Noe - mud.example.org\nSave Cite\n"
    assert len(list(read_list(Source.from_text(text, "a.txt"), FileReport("a.txt"), problems))) == 2
    assert [(problem.line, problem.lines, problem.records) for problem in problems] == [(13, 3, 1)]
