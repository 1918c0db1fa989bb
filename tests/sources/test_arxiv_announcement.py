"""arXiv's daily mail, and its listing page as copied from a browser."""

import pytest

from site_builder.problems import Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.source import Source

RULE = "-" * 78
MAIL = rf"""{RULE}
Send any comments regarding submissions directly to submitter.
{RULE}
 Submissions to:
Computation and Language
 received from  Mon 12 Jun 17 18:00:00 GMT  to  Tue 13 Jun 17 18:00:00 GMT
{RULE}
\\
arXiv:1706.03762
Date: Mon, 12 Jun 2017 17:57:34 GMT   (1102kb,D)

Title: Attention Is
  All You Need
Authors: Ashish Vaswani, Noam Shazeer and
  Niki Parmar (Google)
Categories: cs.CL cs.LG
Comments: 15 pages
\\
  We attend to all
of it. Title: no field.
\\ ( https://arxiv.org/abs/1706.03762 ,  1102kb)
{RULE}
\\
arXiv:1706.00001 (*cross-listing*)
Date: Mon, 12 Jun 2017 10:00:00 GMT   (10kb)

Title: Counting Sheep
Authors: Ada Example
Categories: math.CO cs.CL
\\
  We count.
\\ ( https://arxiv.org/abs/1706.00001 ,  10kb)
%%--%%--%%--%%
\\
arXiv:1605.00001
replaced with revised version Mon, 12 Jun 2017 11:00:00 GMT   (10kb)

Title: Old Sheep
Authors: Ada Example
Categories: cs.CL
\\ ( https://arxiv.org/abs/1605.00001 ,  10kb)
"""
PAGE = """Showing new listings for Tuesday, 13 June 2017
Total of 3 entries
New submissions (showing 1 of 1 entries)
[1] arXiv:1706.03762 [pdf, html, other]
Title: Attention Is All You Need
Authors: Ashish Vaswani, Noam Shazeer
Comments: 15 pages
Subjects: Computation and Language (cs.CL); Machine Learning (cs.LG)
We attend to all.

Cross submissions (showing 1 of 1 entries)
[2] arXiv:1706.00001 (cross-list from math.CO) [pdf, html, other]
Title:
    Counting Sheep
Authors: Ada Example
Subjects: Combinatorics (math.CO); Computation and Language (cs.CL)
We count.

Replacement submissions (showing 1 of 1 entries)
[3] arXiv:1605.00001 (replaced) [pdf, html, other]
Title: Old Sheep
Authors: Ada Example
Subjects: Computation and Language (cs.CL)
"""


@pytest.mark.parametrize("text", [MAIL, PAGE])
def test_a_days_announcement_gives_new_papers_and_cross_lists_and_sets_replacements_aside(text):
    report, problems = FileReport("a.txt"), Problems()
    records = [record.fields for record in read_list(Source.from_text(text, "a.txt"), report, problems)]
    assert (report.reader, list(problems)) == ("arXiv announcement", [])
    first, second = records
    assert (first["title"], first["arxiv"], first["announced"]) == ("Attention Is All You Need", "1706.03762", "new")
    assert first["authors"][:2] == ["Ashish Vaswani", "Noam Shazeer"]
    assert (first["categories"], first["comment"]) == (["cs.CL", "cs.LG"], "15 pages")
    assert first["abstract"].startswith("We attend to all")
    assert (second["title"], second["announced"], second["abstract"]) == ("Counting Sheep", "cross", "We count.")
    assert sum(report.skipped.values()) == 1
    assert report.lines == report.lines_in_papers + report.lines_in_boilerplate


def test_the_mail_tells_when_a_paper_was_submitted_and_the_page_of_which_day_it_is():
    (mail, *_), (page, *_) = (
        [record.fields for record in read_list(Source.from_text(text, "a"), FileReport("a"), Problems())]
        for text in (MAIL, PAGE)
    )
    assert (mail["published"], mail["authors"][-1]) == ("2017-06-12", "Niki Parmar")
    assert mail["abstract"] == "We attend to all of it. Title: no field."
    assert page["listed"] == "2017-06-13"


def test_an_indented_line_of_a_mail_begins_a_paragraph_and_a_label_is_no_abstract():
    mail = MAIL.replace("of it. Title: no field.", "of it.\n  We go on.").replace("  We attend", "Abstract: We attend")
    records = list(read_list(Source.from_text(mail, "a.txt"), FileReport("a.txt"), Problems()))
    assert records[0].fields["abstract"] == "We attend to all of it.\n\nWe go on."


def test_the_names_below_a_title_of_the_copied_page_are_its_authors():
    text = (
        "Showing new listings for Tuesday, 26 May 2026\n[1] arXiv:2605.01234 [pdf, html, other]\n"
        "Title: Dense Clouds over Hills\nAda Example, Bo Roe\nComments: 10 pages\n"
        "Subjects: Computation and Language (cs.CL)\nWe count clouds. They are many.\n"
    )
    (record,) = read_list(Source.from_text(text, "a.txt"), FileReport("a.txt"), Problems())
    assert record.fields["authors"] == ["Ada Example", "Bo Roe"]
    assert (record.fields["comment"], record.fields["categories"]) == ("10 pages", ["cs.CL"])
    assert record.fields["abstract"] == "We count clouds. They are many."


RECENT = """Authors and titles for recent submissions
    Wed, 27 May 2026
    Tue, 26 May 2026
Wed, 27 May 2026 (showing 1 of 1 entries )
[1] arXiv:2605.02345 [pdf, html, other]
    Title: Dense Clouds over Hills
    Ada Example, Bo Roe
    Comments: 10 pages
    Subjects: Computation and Language (cs.CL)
Tue, 26 May 2026 (continued, showing last 1 of 9 entries )
[2] arXiv:2605.01234 [pdf, html, other]
    Title: Sparse Rain
    Cy Doe
    Subjects: Computation and Language (cs.CL)
"""


@pytest.mark.parametrize("text", [RECENT, RECENT.replace("    ", "")])
def test_recent_submissions_are_listed_on_the_day_above_them_however_they_are_indented(text):
    first, second = read_list(Source.from_text(text, "a.txt"), FileReport("a.txt"), Problems())
    assert (first.fields["title"], first.fields["authors"]) == ("Dense Clouds over Hills", ["Ada Example", "Bo Roe"])
    assert (second.fields["title"], second.fields["authors"]) == ("Sparse Rain", ["Cy Doe"])
    assert (first.fields["listed"], second.fields["listed"]) == ("2026-05-27", "2026-05-26")
    assert "abstract" not in first.fields | second.fields


def test_an_indented_abstract_of_the_copied_page_is_no_subject():
    text = PAGE.replace("We attend to all.", "    We attend to all.")
    first, *_ = read_list(Source.from_text(text, "a.txt"), FileReport("a.txt"), Problems())
    assert (first.fields["abstract"], first.fields["categories"]) == ("We attend to all.", ["cs.CL", "cs.LG"])


@pytest.mark.parametrize("tags", [" cs.CL  cs.LG  doi 10.1000/182", "\ncs.CL cs.LG doi 10.1000/182"])
def test_what_the_search_finds_has_title_authors_abstract_and_the_day_of_its_first_version(tags):
    text = (
        f"Showing 1–50 of 120 results for all: clouds\n\narXiv:2605.01234  [pdf, other] {tags}\n"
        "Dense Clouds over Hills\nAuthors: Ada Example,\nBo Roe\nAbstract: We count clouds. They are… ▽ More\n"
        "Submitted 28 May, 2026; v1 submitted 2 May, 2026; originally announced May 2026.\n"
        "Comments: 10 pages\nMSC Class: 68T50\nJournal ref: J. Sheep 3 (2026)\n"
    )
    report, problems = FileReport("a.txt"), Problems()
    (record,) = (record.fields for record in read_list(Source.from_text(text, "a.txt"), report, problems))
    assert list(problems) == []
    assert (record["title"], record["authors"]) == ("Dense Clouds over Hills", ["Ada Example", "Bo Roe"])
    assert (record["abstract"], record["comment"]) == ("We count clouds. They are…", "10 pages")
    assert (record["published"], record["venue"]) == ("2026-05-02", "J. Sheep 3 (2026)")
    assert (record["categories"], record["doi"]) == (["cs.CL", "cs.LG"], "10.1000/182")


def test_an_id_below_title_and_authors_is_no_announcement():
    text = "".join(
        f"{title}\nAuthors: Ada Example\narXiv:2605.0{n}234\n\n" for n, title in enumerate(("One Cloud", "Two Clouds"))
    )
    report = FileReport("a.txt")
    records = list(read_list(Source.from_text(text, "a.txt"), report, Problems()))
    assert [record.fields["title"] for record in records] == ["One Cloud", "Two Clouds"]


def test_authors_of_the_copied_page_may_say_where_they_work():
    text = RECENT.replace(
        "Ada Example, Bo Roe", "Ada Example (1), Bo Roe (1 and 2) ((1) Meadow University, (2) Hill Lab)"
    )
    first, _ = read_list(Source.from_text(text, "a.txt"), FileReport("a.txt"), Problems())
    assert (first.fields["title"], first.fields["authors"]) == ("Dense Clouds over Hills", ["Ada Example", "Bo Roe"])
