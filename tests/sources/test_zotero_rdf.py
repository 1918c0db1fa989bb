"""Zotero's RDF: items, resources they refer to, and items that are no papers."""

from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.formats import paper_feed, recognise, zotero_rdf
from site_builder.sources.source import Source

SPACES = """xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/" """
ARTICLE = """<bib:Article rdf:about="https://a.example/willows"><z:itemType>journalArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:0000-0001"/>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Roe</foaf:surname><foaf:givenName>Bo</foaf:givenName>
</foaf:Person></rdf:li><rdf:li>
<foaf:Person><foaf:surname>The Willow Group</foaf:surname></foaf:Person></rdf:li></rdf:Seq>
</bib:authors>
<link:link rdf:resource="#item_2"/><dc:subject>willows</dc:subject>
<dc:subject><z:AutomaticTag><rdf:value>leaves</rdf:value></z:AutomaticTag></dc:subject>
<dc:title>Growth of &lt;i&gt;Salix&lt;/i&gt;</dc:title><dcterms:abstract>Willows grow.</dcterms:abstract>
<dc:date>2024-01-05</dc:date><bib:pages>1-9</bib:pages><dc:description>arXiv: 2401.00001</dc:description>
<dc:identifier><dcterms:URI><rdf:value>https://a.example/willows</rdf:value></dcterms:URI></dc:identifier></bib:Article>
<bib:Journal rdf:about="urn:issn:0000-0001"><prism:volume>12</prism:volume><prism:number>3</prism:number>
<dc:title>Journal of Invented Growth</dc:title><dc:identifier>DOI 10.1000/growth.1</dc:identifier></bib:Journal>
<z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
<bib:Memo rdf:about="#item_3"><rdf:value>read it</rdf:value></bib:Memo>
<z:Collection rdf:about="#collection_1"><dc:title>Willows</dc:title></z:Collection>"""


def read(inner: str) -> list[Item]:
    source = Source.from_text(f"<rdf:RDF {SPACES}>\n{inner}\n</rdf:RDF>", "papers/a.rdf")
    assert recognise(source) is zotero_rdf.READER
    return list(zotero_rdf.READER.read(source))


def test_an_item_is_read_with_its_journal_and_the_rest_is_no_paper() -> None:
    items = read(ARTICLE)
    assert [type(item) for item in items] == [RawPaper, Boilerplate, Skipped, Skipped, Boilerplate]
    assert isinstance(items[0], RawPaper)
    assert items[0].fields == {
        "title": "Growth of Salix",
        "abstract": "Willows grow.",
        "authors": [{"family": "Roe", "given": "Bo"}, {"literal": "The Willow Group"}],
        "published": "2024-01-05",
        "doi": "10.1000/growth.1",
        "arxiv": "2401.00001",
        "venue": "Journal of Invented Growth",
        "volume": "12",
        "issue": "3",
        "pages": "1-9",
        "keywords": ["willows", "leaves"],
        "kind": "article",
        "links": {"page": "https://a.example/willows"},
    }


def test_a_journal_may_stand_inside_of_an_item_and_an_item_may_be_a_mere_description() -> None:
    text = """<rdf:Description rdf:about="#i"><z:itemType>preprint</z:itemType><dc:title>Roots</dc:title>
<dcterms:isPartOf><bib:Journal><dc:title>An Archive</dc:title></bib:Journal></dcterms:isPartOf></rdf:Description>"""
    (item,) = read(text)
    assert isinstance(item, RawPaper)
    assert (item.fields["title"], item.fields["venue"], item.fields["kind"]) == ("Roots", "An Archive", "preprint")


def test_rdf_of_another_kind_is_told() -> None:
    (problem,) = read('<foaf:Person rdf:about="#me"><foaf:name>Ada</foaf:name></foaf:Person>')
    assert isinstance(problem, Problem)
    assert problem.what == "the RDF holds no papers but <Person>"


def test_a_damaged_file_is_read_as_far_as_it_goes_and_told() -> None:
    items = read(ARTICLE + "<bib:Article><dc:title>Broken</bib:Article>")
    assert isinstance(items[0], RawPaper)
    assert isinstance(items[-1], Problem)
    assert "damaged XML" in items[-1].what


def test_a_feed_in_rdf_stays_a_feed() -> None:
    text = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"/>'
    assert recognise(Source.from_text(text, "a.rdf")) is paper_feed.READER
