"""Text copied from a daily-papers page: papers, boilerplate, and everything else."""

import pytest

from site_builder.model.raw_paper import Boilerplate, Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import page_cards, page_dump, page_lines, recognise
from site_builder.sources.formats.page_metadata import organization_name
from site_builder.sources.source import Source

ABSTRACT = "This made-up abstract says in plain words what was done. " * 5
PAGE = f"""new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

May 27

Counting Sheep with Transformers

{ABSTRACT}

  • 8 authors
·
Feb 11, 2025

Sparse Clouds

{ABSTRACT}

tencent Tencent
·
May 6 3

A Paper Without Small Print

{ABSTRACT}
"""


def read(text: str, reader=page_dump.READER) -> list[Item]:
    return list(reader.read(Source.from_text(text, "page.txt")))


def records(text: str, reader=page_dump.READER) -> list[RawPaper]:
    return [item for item in read(text, reader) if isinstance(item, RawPaper)]


def test_a_page_is_recognised_by_its_look_whatever_its_name():
    assert recognise(Source.from_text(PAGE, "notes.csv")) is page_dump.READER


def test_title_abstract_and_small_print_make_one_record():
    first, second, third = records(PAGE)
    assert first.fields["title"] == "Counting Sheep with Transformers"
    assert first.fields["abstract"] == ABSTRACT.strip()
    assert (first.fields["author_count"], first.fields["published"]) == ("8", "Feb 11, 2025")
    assert (second.fields["organization"], second.fields["comments"]) == ("Tencent", "3")
    assert "published" not in third.fields
    assert {record.fields["listed"] for record in (first, second, third)} == {"May 27"}


def test_every_line_that_is_not_blank_is_counted_once():
    assert sum(item.lines for item in read(PAGE)) == sum(1 for line in PAGE.split("\n") if line.strip())


def test_the_lines_of_the_page_itself_are_boilerplate():
    assert sum(item.lines for item in read(PAGE) if isinstance(item, Boilerplate)) == 6


def test_each_record_knows_its_line():
    assert [PAGE.split("\n")[record.line - 1] for record in records(PAGE)] == [
        "Counting Sheep with Transformers",
        "Sparse Clouds",
        "A Paper Without Small Print",
    ]


def test_upvotes_on_a_line_of_their_own_belong_to_the_paper_below():
    (record,) = records(f"Daily Papers\n\n57\n\nSparse Clouds\n\n{ABSTRACT}\n")
    assert record.fields["upvotes"] == "57"


def test_an_abstract_of_two_paragraphs_stays_one():
    (record,) = records(f"Daily Papers\n\nSparse Clouds\n\n{ABSTRACT}\n\n{ABSTRACT * 2}\n")
    assert record.fields["abstract"].count("\n\n") == 1


def test_a_title_without_abstract_does_not_swallow_the_next_title():
    first, second = records(
        f"Daily Papers\n\nA Lonely Title\n\n  • 2 authors\n·\nMay 6\n\nSparse Clouds\n\n{ABSTRACT}\n"
    )
    assert (first.fields["abstract"], second.fields["title"]) == ("", "Sparse Clouds")


def test_an_abstract_without_title_is_a_problem_with_its_line():
    problems = [item for item in read(f"Daily Papers\n\n{ABSTRACT * 2}\n") if isinstance(item, Problem)]
    assert [(problem.line, problem.lines, problem.records) for problem in problems] == [(3, 1, 1)]


def test_the_handle_before_an_organisations_name_is_dropped():
    assert organization_name("tencent Tencent") == "Tencent"
    assert organization_name("RTP-LLM RTP-LLM") == "RTP-LLM"
    assert organization_name("ByteDance-Seed ByteDance Seed") == "ByteDance Seed"
    assert organization_name("Google DeepMind") == "Google DeepMind"
    assert organization_name("nvidia") == "nvidia"


LINES = f"""- Counting Sheep with Transformers {ABSTRACT.strip()} 8 authors · Jun 17, 2021
45 Sparse Clouds {ABSTRACT.strip()} 1 authors · Sep 19, 2025 5
7 No Full Stop {ABSTRACT.strip(". ")} 3 authors · Feb 3, 2019 1
"""


def test_one_line_a_paper_is_recognised():
    assert recognise(Source.from_text(LINES, "x")) is page_lines.READER


def test_a_line_holds_upvotes_text_authors_date_and_comments():
    first, second, third = records(LINES, page_lines.READER)
    assert (first.fields["upvotes"], second.fields["upvotes"]) == ("", "45")
    assert first.fields["run_together"].startswith("Counting Sheep with Transformers This made-up")
    assert (second.fields["author_count"], second.fields["published"]) == ("1", "Sep 19, 2025")
    assert second.fields["comments"] == "5"
    assert third.fields["author_count"] == "3"


def test_a_short_line_is_no_paper_but_a_problem():
    (problem,) = [item for item in read(LINES + "and so on\n", page_lines.READER) if isinstance(item, Problem)]
    assert str(problem) == 'page.txt:4: "and so on" is no paper; write title and abstract, or remove the line'


@pytest.mark.parametrize("day", ["May\u00a027,\u202f2026", "2026-05-27"])
def test_the_day_of_a_page_may_be_written_as_a_browser_or_a_clerk_does(day):
    (paper,) = records(f"{day}\n\nCounting Sheep\n\n{ABSTRACT}\n")
    assert paper.fields["listed"] in ("May 27, 2026", "2026-05-27")


def test_a_short_last_paragraph_of_an_abstract_is_no_paper():
    tail = "Code is at https://example.org/a.\n\n• 8 authors\n·\nMay 6, 2026"
    (paper,) = records(f"Daily Papers\n\nCounting Sheep\n\n{ABSTRACT}\n\n{tail}\n")
    assert paper.fields["abstract"].endswith("Code is at https://example.org/a.")
    assert paper.fields["author_count"] == "8"


CARDS = """Menu

Daily Papers

May 27

Submitted by
ada-example
57

Counting Sheep with Transformers
A Lab
·
8 authors
·
Published on Feb 11, 2025
·
GitHub
1.2k
·
3

Submitted by bo

-

Clouds
· 1 author

Next
About
"""


def test_a_card_says_who_submitted_a_paper_its_votes_and_its_small_print():
    assert recognise(Source.from_text(CARDS, "x")) is page_cards.READER
    first, second = (record.fields for record in records(CARDS, page_cards.READER))
    assert first == {
        "listed": "May 27",
        "submitter": "ada-example",
        "upvotes": "57",
        "title": "Counting Sheep with Transformers",
        "organization": "A Lab",
        "author_count": "8",
        "published": "Feb 11, 2025",
        "stars": "1200",
        "comments": "3",
    }
    assert second == {"listed": "May 27", "submitter": "bo", "title": "Clouds", "author_count": "1"}
    boilerplate = [item.line for item in read(CARDS, page_cards.READER) if isinstance(item, Boilerplate)]
    assert boilerplate == [1, 3, 5, 30, 31]


def test_a_card_may_have_its_abstract_and_label_its_votes():
    small_print = "8 authors\n· Published on May 20, 2026\nUpvote\n74\narXiv Page\n"
    text = f"Submitted by\nada\nSparse Clouds\n\n{ABSTRACT}\n\n{small_print}"
    (record,) = records(text, page_cards.READER)
    assert (record.fields["abstract"], record.fields["upvotes"]) == (ABSTRACT.strip(), "74")
    assert not record.unread


def test_a_selection_that_begins_within_a_card_loses_no_paper():
    first, *_ = records(f"57\nSparse Clouds\n8 authors\n\n{CARDS[CARDS.index('Submitted') :]}", page_cards.READER)
    assert (first.fields["title"], first.fields["upvotes"]) == ("Sparse Clouds", "57")


def test_what_a_card_says_beyond_that_is_told_and_one_without_a_title_is_a_problem():
    text = CARDS.replace("\nGitHub", "\nA Talk\n·\nGitHub").replace("\nClouds\n· 1 author", "")
    first, *_ = records(text, page_cards.READER)
    assert first.unread == {"text beside a title": "text"}
    (problem,) = (item for item in read(text, page_cards.READER) if isinstance(item, Problem))
    assert (problem.lines, problem.records) == (2, 1)


MENU = "\n".join(f"Button {number}" for number in range(60))


@pytest.mark.parametrize("above", ["New", "Next", "Accepted Papers"])
def test_a_word_that_many_pages_have_and_a_block_of_buttons_make_no_list(above):
    assert recognise(Source.from_text(f"{above}\n\nA Heading of a Page\n\n{MENU}\n", "x")) is not page_dump.READER


def test_a_block_of_short_lines_is_a_problem_and_no_abstract():
    items = read(f"Daily Papers\n\nSparse Clouds\n\n{MENU}\n\nCounting Sheep\n\n{ABSTRACT}\n")
    first, second = (item for item in items if isinstance(item, RawPaper))
    assert (first.fields["abstract"], second.fields["abstract"]) == ("", ABSTRACT.strip())
    assert [item.lines for item in items if isinstance(item, Problem)] == [60]


def test_an_abstract_that_is_broken_at_the_width_of_a_mail_stays_one():
    lines = "\n".join(["This line of an abstract has the width of a mail."] * 12)
    (paper,) = records(f"Daily Papers\n\nSparse Clouds\n\n{lines}\n")
    assert len(str(paper.fields["abstract"])) == len(lines)


def test_a_list_of_links_that_says_who_submitted_each_is_none_of_cards():
    text = "- [Sparse Clouds](https://arxiv.org/abs/2605.01234)\n  Submitted by ada\n  8 authors\n"
    assert recognise(Source.from_text(text, "x")) is not page_cards.READER


def test_a_count_of_authors_is_no_title():
    (problem,) = (item for item in read("Submitted by ada\n8 authors\n", page_cards.READER))
    assert isinstance(problem, Problem)
