"""XML of DBLP and Europe PMC: records, people, searches."""

import pytest

from site_builder.model.raw_paper import Item, QuietDay, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import recognise, xml_papers
from site_builder.sources.source import Source
from site_builder.sources.syntax import xml_text

ARTICLE = """<article key="journals/x/E24" mdate="2024-01-05"><author>Ada Example</author>
<author pid="1/2" orcid="0000-0002-1825-0097">Bo Sample 0001</author>
<title>Counting <i>Ovis</i> in H<sub>2</sub>O.</title>
<pages>1-9</pages><year>2024</year><volume>3</volume><journal>Meadow</journal><number>2</number>
<ee type="oa">https://doi.org/10.1000/sheep</ee><url>db/journals/x/x3.html#E24</url></article>"""
TALK = """<inproceedings><author>Cy Third</author><title>Sparse Goats.</title><booktitle>Hill</booktitle>
<year>2025</year></inproceedings>"""


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/a.xml")
    assert recognise(source) is xml_papers.READER
    return list(xml_papers.READER.read(source))


def test_a_record_of_dblp_is_a_paper_with_its_kind() -> None:
    article, talk = read(f'<?xml version="1.0"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>{ARTICLE}\n{TALK}</dblp>')
    assert isinstance(article, RawPaper)
    assert article.fields == {
        "title": "Counting <i>Ovis</i> in H<sub>2</sub>O",
        "authors": ["Ada Example", {"name": "Bo Sample 0001", "orcid": "0000-0002-1825-0097", "pid": "1/2"}],
        "published": "2024",
        "venue": "Meadow",
        "volume": "3",
        "issue": "2",
        "pages": "1-9",
        "doi": "10.1000/sheep",
        "kind": "article",
        "links": {"doi": "https://doi.org/10.1000/sheep"},
    }
    assert isinstance(talk, RawPaper)
    assert (talk.fields["title"], talk.fields["kind"], talk.line) == ("Sparse Goats", "inproceedings", 8)


@pytest.mark.parametrize(
    "text",
    [
        f"<dblp>{ARTICLE}</dblp>",
        f'<dblpperson name="Ada Example" pid="1/1"><person><author>Ada Example</author></person><r>{ARTICLE}</r>'
        f"</dblpperson>",
        f"<bht title='Meadow'><dblpcites><r>{ARTICLE}</r></dblpcites></bht>",
    ],
)
def test_a_record_may_stand_alone_below_a_person_or_in_a_volume(text: str) -> None:
    (record,) = read(text)
    assert isinstance(record, RawPaper)
    assert (record.fields["venue"], record.fields["kind"]) == ("Meadow", "article")


def test_searches_of_dblp_and_europe_pmc_are_read() -> None:
    hit = "<info><authors><author pid='1/1'>Ada Example</author></authors><title>Counting Sheep.</title></info>"
    (record,) = read(f"<result><hits total='1'><hit id='1'>{hit}</hit></hits></result>")
    assert isinstance(record, RawPaper)
    assert record.fields["title"] == "Counting Sheep"
    result = (
        "<result><pmid>1</pmid><doi>10.1000/sheep</doi><title>Counting Sheep.</title><authorString>Example A, Sample B."
    )
    (record,) = read(f"<responseWrapper><resultList>{result}</authorString></result></resultList></responseWrapper>")
    assert isinstance(record, RawPaper)
    assert (record.fields["doi"], record.fields["authors"]) == ("10.1000/sheep", "Example A, Sample B.")


def test_a_search_that_finds_nothing_is_a_quiet_day_unless_it_says_that_there_are_papers() -> None:
    quiet = "<responseWrapper><hitCount>{}</hitCount><resultList/></responseWrapper>"
    assert read(quiet.format(0)) == [QuietDay()]
    (problem,) = read(quiet.format(25))
    assert isinstance(problem, Problem)


def test_xml_of_others_is_left_alone_as_what_it_lists_may_be_what_it_cites() -> None:
    text = f"<crossref><citation_list>{ARTICLE}{ARTICLE}</citation_list></crossref>"
    assert recognise(Source.from_text(text, "papers/a.xml")) is None


def test_xml_that_is_too_large_or_declares_entities_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = read(f"<!DOCTYPE dblp [<!ENTITY a 'b'>]><dblp>{ARTICLE}</dblp>")
    assert isinstance(problem, Problem)
    assert "a DOCTYPE with declarations is refused" in problem.what
    monkeypatch.setattr(xml_text, "MAX_TREE", 100)
    (problem,) = read(f"<dblp>{ARTICLE}</dblp>")
    assert isinstance(problem, Problem)
    assert "holds more than 100 characters" in problem.what
