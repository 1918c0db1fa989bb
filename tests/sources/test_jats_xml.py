"""JATS: data of the article itself, without notes, references and related articles."""

from site_builder.model.raw_paper import Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.formats import jats_xml, recognise
from site_builder.sources.source import Source

ARTICLE = """<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article" dtd-version="1.3">
<front><journal-meta><journal-id>x</journal-id>
<journal-title-group><journal-title>Journal of Invented Growth</journal-title>
</journal-title-group><publisher><publisher-name>An Invented Press</publisher-name></publisher></journal-meta>
<article-meta><article-id pub-id-type="pmid">35000001</article-id>
<article-id pub-id-type="doi">10.1000/growth.1</article-id>
<title-group><article-title>Growth of <italic>Salix</italic><xref ref-type="fn">*</xref></article-title>
<subtitle>A Study</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Berg</surname><given-names>Piet</given-names>
<prefix>van der</prefix><suffix>Jr</suffix></name><xref ref-type="aff">1</xref></contrib>
<contrib contrib-type="author"><collab>The Willow Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>Editor</surname><given-names>An</given-names></name></contrib>
</contrib-group><pub-date pub-type="collection"><year>2024</year></pub-date>
<pub-date pub-type="epub"><day>5</day><month>1</month><year>2024</year></pub-date>
<pub-date pub-type="pmc-release"><day>9</day><month>9</month><year>2024</year></pub-date>
<volume>12</volume><issue>3</issue><elocation-id>e1</elocation-id>
<abstract abstract-type="graphical"><p>A picture.</p></abstract>
<abstract><sec><title>Background:</title><p>Willows grow.</p></sec>
<sec><title>Results</title><p>They grew.</p></sec></abstract>
<kwd-group><kwd>willows</kwd></kwd-group></article-meta></front>
<body><sec><title>Words</title><p>Text.</p></sec></body>
<back><ref-list><ref>
<element-citation><article-title>Another Work</article-title></element-citation></ref></ref-list></back>
</article>"""


def read(text: str) -> list[Item]:
    source = Source.from_text(text, "papers/a.xml")
    assert recognise(source) is jats_xml.READER
    return list(jats_xml.READER.read(source))


def test_an_article_is_read() -> None:
    (item,) = read(f'<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "j.dtd">\n{ARTICLE}')
    assert isinstance(item, RawPaper)
    assert item.fields == {
        "title": "Growth of Salix: A Study",
        "abstract": "Background: Willows grow.\n\nResults: They grew.",
        "authors": [{"family": "van der Berg", "given": "Piet", "suffix": "Jr"}, {"literal": "The Willow Group"}],
        "published": "2024-01-05",
        "doi": "10.1000/growth.1",
        "venue": "Journal of Invented Growth",
        "volume": "12",
        "issue": "3",
        "pages": "e1",
        "publisher": "An Invented Press",
        "keywords": ["willows"],
        "kind": "article",
    }


def test_a_set_of_articles_is_read_one_by_one() -> None:
    items = read(f"<pmc-articleset>{ARTICLE}<article><front></article>{ARTICLE}</pmc-articleset>")
    assert [type(item) for item in items] == [RawPaper, Problem, RawPaper]


def test_an_article_of_another_format_is_none() -> None:
    text = (
        '<?xml version="1.0"?>\n<article xmlns="http://docbook.org/ns/docbook"><info><title>A</title></info></article>'
    )
    assert recognise(Source.from_text(text, "a.xml")) is None


def test_a_list_in_a_paragraph_of_an_abstract_is_read_once_and_an_id_stays_with_any_form_of_a_name() -> None:
    (item,) = read(
        "<article><front><article-meta><article-id pub-id-type='doi'>10.1000/a</article-id>"
        "<title-group><article-title>On Rain</article-title></title-group><contrib-group><contrib>"
        "<contrib-id contrib-id-type='orcid'>https://orcid.org/0000-0002-1825-0097</contrib-id>"
        "<string-name>Ada Example</string-name></contrib></contrib-group>"
        "<abstract><sec><title>Aims</title><p>We ask: <list><list-item><p>When?</p></list-item></list></p></sec>"
        "</abstract>"
        "</article-meta></front></article>"
    )
    assert isinstance(item, RawPaper)
    assert item.fields["abstract"] == "Aims: We ask:\n\nWhen?"
    assert item.fields["authors"] == [{"name": "Ada Example", "orcid": "https://orcid.org/0000-0002-1825-0097"}]


def test_exponents_are_marked_in_titles_and_abstracts_and_not_in_names() -> None:
    (record,) = read(
        "<article><front><article-meta><title-group><article-title>Of 10<sup>5</sup> ewes</article-title></title-group>"
        "<contrib-group><contrib><name><surname>Example<sup>1</sup></surname></name></contrib></contrib-group>"
        "<abstract><p>H<sub>2</sub>O.</p></abstract></article-meta></front></article>"
    )
    assert isinstance(record, RawPaper)
    assert record.fields["title"] == "Of 10<sup>5</sup> ewes"
    assert record.fields["abstract"] == "H<sub>2</sub>O."
    assert "<sup>" not in str(record.fields["authors"])
