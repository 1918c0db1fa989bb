"""PubMed's search results as copied from its page, or mailed."""

import pytest

from site_builder.model.raw_paper import Boilerplate, RawPaper
from site_builder.problems import Problem, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.formats import pubmed_page
from site_builder.sources.source import Source

PAGE = """2 results
1
Cite
Share
Counting sheep, goats, and others: a
randomised trial.
Example A, van der Berg B, Roe C.
J Meadow Res. 2026 May;12(3):1-9. doi: 10.1000/sheep.1. Epub 2026 Apr 2.
PMID: 40000001 Free PMC article. Clinical Trial.
BACKGROUND: Sheep are many. METHODS: We counted …

2
Select item 40000002
Cite
Share
On goats.
Roe C. Roe C, et al. Pasture. 2025 Dec 3;648:123-130. doi: 10.1000/goats. Pasture. 2025. PMID: 40000002 Retracted.

Page
of 1
"""
MAIL = """This message contains My NCBI what's new results.
Search: sheep
Items 1 - 2 of 2

1.\tCounting sheep, goats, and others: a randomised trial.
Example A, van der Berg B,
Roe C.
J Meadow Res. 2026 May;12(3):1-9. doi: 10.1000/sheep.1. Epub 2026 Apr 2.
PMID: 40000001
Similar articles

2.\tOn goats.
Roe C.
Pasture. 2025 Dec 3;648:123-130. doi: 10.1000/goats.
PMID: 40000002
"""


@pytest.mark.parametrize("text", [PAGE, MAIL, MAIL.replace(".\t", ". ")])
def test_each_result_has_title_authors_and_where_it_appeared(text: str) -> None:
    report, problems = FileReport("a.txt"), Problems()
    sheep, goats = (dict(record.fields) for record in read_list(Source.from_text(text, "a.txt"), report, problems))
    assert (report.reader, list(problems)) == ("PubMed page", [])
    assert report.lines == report.lines_in_papers + report.lines_in_boilerplate
    assert sheep["title"] == "Counting sheep, goats, and others: a randomised trial"
    assert [author["family"] for author in sheep["authors"]] == ["Example", "van der Berg", "Roe"]
    assert (sheep["venue"], sheep["issue"], sheep["published"]) == ("J Meadow Res", "3", "2026-04-02")
    assert (sheep["doi"], sheep["key"]) == ("10.1000/sheep.1", "40000001")
    assert (goats["title"], goats["authors"]) == ("On goats", [{"family": "Roe", "given": "C."}])
    assert (goats["venue"], goats["pages"], goats["doi"]) == ("Pasture", "123-130", "10.1000/goats")


def test_the_words_below_a_result_are_its_abstract_and_a_retraction_is_marked() -> None:
    sheep, goats = (item for item in pubmed_page.read(Source.from_text(PAGE, "a")) if isinstance(item, RawPaper))
    assert sheep.fields["abstract"] == "BACKGROUND: Sheep are many.\n\nMETHODS: We counted …"
    assert goats.fields["comment"] == "Retracted"


def test_a_result_without_authors_or_of_a_book_keeps_its_title() -> None:
    text = (
        f"{PAGE}\n3\nCite\nA Poem.\n[No authors listed]\nPasture. 2025 Dec 3;648:12.\nPMID: 40000003\n"
        "4\nCite\nA Book.\nDoe F.\n2026 Jan 3. In: Meadows [Internet]. A Place: Press; 2026 Jan–.\nPMID: 40000004\n"
        "5\nCite\nnothing of a paper\n"
    )
    items = list(pubmed_page.read(Source.from_text(text, "a")))
    poem, book = [dict(item.fields) for item in items if isinstance(item, RawPaper)][2:]
    assert (poem["title"], "authors" in poem, poem["venue"]) == ("A Poem", False, "Pasture")
    assert (book["title"], book["authors"], "venue" in book) == ("A Book", [{"family": "Doe", "given": "F."}], False)
    (problem,) = (item for item in items if isinstance(item, Problem))
    assert (problem.records, problem.lines) == (1, 3)
    assert sum(item.lines for item in items if isinstance(item, Boilerplate)) == 3


def test_a_group_before_the_people_is_an_author_and_no_part_of_the_title() -> None:
    text = PAGE.replace("Example A, van der Berg B, Roe C.", "Meadow Study Group; Example A.")
    sheep, _ = (item for item in pubmed_page.read(Source.from_text(text, "a")) if isinstance(item, RawPaper))
    assert sheep.fields["title"] == "Counting sheep, goats, and others: a randomised trial"
    assert sheep.fields["authors"] == [{"literal": "Meadow Study Group"}, {"family": "Example", "given": "A."}]


def test_what_pubmed_prints_is_none_of_its_pages() -> None:
    cited = "J Sheep. 2026 May 1;1(2):3-4."
    text = f"1. {cited}\n\nCounting sheep.\n\nExample A, Roe B.\nPasture. 2025 Dec;1:2.\nPMID: 40000001\n"
    assert not pubmed_page.recognises(Source.from_text(text, "a"))
