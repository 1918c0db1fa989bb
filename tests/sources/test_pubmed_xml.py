"""PubMed's XML: duplicate values, labelled sections, damage."""

import pytest

from site_builder.model.raw_paper import Item, QuietDay, RawPaper
from site_builder.papers.clean import clean_text
from site_builder.problems import Problem
from site_builder.sources.formats import pubmed_xml
from site_builder.sources.source import Source

ARTICLE = """<PubmedArticle>
<MedlineCitation Status="MEDLINE"><PMID Version="1">35000001</PMID><DateCompleted><Year>2025</Year></DateCompleted>
<Article PubModel="Print-Electronic">
<Journal><JournalIssue><Volume>12</Volume><Issue>3</Issue><PubDate><Year>2024</Year><Month>Mar</Month></PubDate>
</JournalIssue><Title>Journal of Invented Growth</Title><ISOAbbreviation>J Inv Growth</ISOAbbreviation></Journal>
<ArticleTitle>Growth of <i>Salix</i> in CO<sub>2</sub>: an invented study.</ArticleTitle>
<Pagination><StartPage>221</StartPage><EndPage>227</EndPage><MedlinePgn>221-7</MedlinePgn></Pagination>
<ELocationID EIdType="pii" ValidYN="Y">S0001</ELocationID>
<ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/growth.1</ELocationID>
<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Willows grow.</AbstractText>
<AbstractText Label="RESULTS">They grew by 5 &lt; 6 cm.</AbstractText><CopyrightInformation>Ours.</CopyrightInformation>
</Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>van der Berg</LastName><ForeName>Piet</ForeName>
<Initials>P</Initials><Suffix>Jr</Suffix><AffiliationInfo><Affiliation>Here</Affiliation></AffiliationInfo></Author>
<Author ValidYN="N"><LastName>Wrong</LastName><ForeName>Spelt</ForeName></Author>
<Author><LastName>Roe</LastName><Initials>B</Initials></Author>
<Author><CollectiveName>The Willow Group, Inc.</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>2024</Year><Month>01</Month><Day>02</Day></ArticleDate></Article>
<MeshHeadingList><MeshHeading><DescriptorName UI="D1">Salix</DescriptorName><QualifierName>growth</QualifierName>
</MeshHeading></MeshHeadingList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">35000001</ArticleId></ArticleIdList>
<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/of.a.reference</ArticleId></ArticleIdList>
</Reference></ReferenceList></PubmedData></PubmedArticle>"""
SET = '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://d.example/x.dtd">\n'


def read(*articles: str) -> list[Item]:
    source = Source.from_text(f"{SET}<PubmedArticleSet>\n{''.join(articles)}\n</PubmedArticleSet>", "papers/a.xml")
    assert pubmed_xml.READER.recognises(source)
    return list(pubmed_xml.READER.read(source))


def fields(article: str) -> dict[str, object]:
    (item,) = read(article)
    assert isinstance(item, RawPaper)
    return dict(item.fields)


def small(inner: str) -> str:
    return f"<PubmedArticle><MedlineCitation><PMID>1</PMID><Article>{inner}</Article></MedlineCitation></PubmedArticle>"


def test_an_article_is_read_with_its_labels_its_group_and_its_own_doi() -> None:
    (item,) = read(ARTICLE)
    assert isinstance(item, RawPaper)
    assert item.line == 4
    assert item.fields == {
        "title": "Growth of Salix in CO<sub>2</sub>: an invented study",
        "abstract": "BACKGROUND: Willows grow.\n\nRESULTS: They grew by 5 < 6 cm.",
        "authors": [
            {"family": "van der Berg", "given": "Piet", "suffix": "Jr"},
            {"family": "Roe", "given": "B"},
            {"literal": "The Willow Group, Inc."},
        ],
        "published": "2024-01-02",
        "doi": "10.1000/growth.1",
        "venue": "Journal of Invented Growth",
        "volume": "12",
        "issue": "3",
        "pages": "221-7",
        "keywords": ["Salix"],
        "kind": "article",
        "key": "35000001",
        "links": {"page": "https://pubmed.ncbi.nlm.nih.gov/35000001/"},
    }


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("<Year>2024</Year><Month>02</Month><Day>9</Day>", "2024-02-09"),
        ("<Year>2024</Year><Season>Spring</Season>", "2024"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12"),
        ("<MedlineDate>2000-2001</MedlineDate>", "2000"),
    ],
)
def test_a_date_in_print_is_read_as_far_as_it_goes(date: str, published: str) -> None:
    assert fields(small(f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>"))["published"] == (
        published
    )


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("<ArticleTitle>[On invented willows].</ArticleTitle>", "On invented willows"),
        (
            "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Über Weiden.</VernacularTitle>",
            "Über Weiden",
        ),
        ("<ArticleTitle>Willows in the U.S.</ArticleTitle>", "Willows in the U.S."),
        ("<ArticleTitle>Do willows grow?</ArticleTitle>", "Do willows grow?"),
    ],
)
def test_a_title_loses_what_pubmed_adds(title: str, read_as: str) -> None:
    assert fields(small(title))["title"] == read_as


def test_a_chapter_of_a_book_is_in_its_book() -> None:
    chapter = """<PubmedBookArticle><BookDocument><PMID>2</PMID>
<ArticleIdList><ArticleId IdType="doi">10.1000/c</ArticleId>
</ArticleIdList><Book><Publisher><PublisherName>An Invented Press</PublisherName></Publisher>
<BookTitle>All on Willows</BookTitle><PubDate><Year>2020</Year></PubDate></Book><ArticleTitle>Roots</ArticleTitle>
<AuthorList><Author><LastName>Roe</LastName><ForeName>Bo</ForeName></Author></AuthorList></BookDocument>
</PubmedBookArticle>"""
    found = fields(chapter)
    assert (found["title"], found["venue"], found["kind"]) == ("Roots", "All on Willows", "incollection")
    assert (found["published"], found["doi"], found["authors"]) == (
        "2020",
        "10.1000/c",
        [{"family": "Roe", "given": "Bo"}],
    )


def test_a_damaged_article_costs_one_record() -> None:
    items = read(ARTICLE, small("<ArticleTitle>Broken</Article"), ARTICLE)
    assert [type(item) for item in items] == [RawPaper, Problem, RawPaper]


def test_what_is_no_article_is_told_and_an_empty_set_is_a_quiet_day() -> None:
    (problem,) = read("<Errors><PMID>1</PMID></Errors>")
    assert isinstance(problem, Problem)
    assert problem.what == "the XML holds no <PubmedArticle> but <Errors>"
    assert read() == [QuietDay()]


def test_entities_are_refused() -> None:
    text = (
        '<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file:///etc/passwd">]><PubmedArticleSet>&x;</PubmedArticleSet>'
    )
    (item,) = pubmed_xml.READER.read(Source.from_text(text, "a.xml"))
    assert isinstance(item, Problem)
    assert "DOCTYPE" in item.what


def test_what_pubmed_deleted_is_told_with_its_numbers() -> None:
    (item,) = read("<DeleteCitation><PMID>1</PMID><PMID>2</PMID></DeleteCitation>")
    assert isinstance(item, Problem)
    assert item.what == "PubMed has deleted 2 papers: 1, 2"


def test_a_list_of_authors_that_is_not_complete_says_so() -> None:
    (item,) = read(ARTICLE.replace('CompleteYN="Y"', 'CompleteYN="N"'))
    assert isinstance(item, RawPaper)
    assert item.fields["authors"][-1] == "others"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("10<sup>5</sup> cells", "10⁵ cells"),
        ("H<sub>2</sub>O", "H₂O"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup></math> sheep", "$x^{2}$ sheep"),
    ],
)
def test_an_exponent_is_no_number_of_its_own(written: str, shown: str) -> None:
    (record,) = read(small(f"<ArticleTitle>Of {written}</ArticleTitle>"))
    assert isinstance(record, RawPaper)
    assert clean_text(str(record.fields["title"])) == f"Of {shown}"
