"""Records = papers + merged + skipped + lost: for every reader, even with damaged input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.config.settings import Settings
from site_builder.papers import make_papers
from site_builder.problems import Problems
from site_builder.report import account
from site_builder.sources import FileReport, Sources, read_list
from site_builder.sources.formats import READERS, recognise
from site_builder.sources.source import Source

TEXT = "This made-up abstract says in plain words what was done. " * 5
CHARACTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])  # a file with NULs is not text
ARXIV = 'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
SAMPLES = {
    "Hugging Face daily papers": """[
{"paper": {"id": "2605.01234", "title": "Sparse Clouds", "summary": "Few.", "authors": [{"name": "Ada Example"}],
 "publishedAt": "2026-05-20T00:00:00.000Z", "submittedOnDailyAt": "2026-05-27T00:00:00.000Z", "upvotes": 3}},
{"paper": {"id": "2605.01235", "title": "Counting Sheep", "summary": "Many.", "authors": []}}, "{'paper': 1}"
]""",
    "arXiv API": f"""<?xml version="1.0"?>
<feed {ARXIV}><title>arXiv Query: search_query=x</title><id>http://arxiv.org/api/x</id>
<entry><id>http://arxiv.org/abs/2605.01234v1</id><title>Sparse Clouds</title><summary>Few.</summary>
<published>2026-05-20T00:00:00Z</published><author><name>Ada Example</name></author></entry>
<entry><id>http://arxiv.org/abs/2605.01235v1</id><title>Counting Sheep</title><summary>Many.</summary>
<published>2026-05-21T00:00:00Z</published></entry></feed>""",
    "arXiv listing": """<?xml version="1.0"?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link>
<item><title>Sparse Clouds</title><link>https://arxiv.org/abs/2605.01234</link>
<description>arXiv:2605.01234v1 Announce Type: new
Abstract: Few.</description><guid>oai:arXiv.org:2605.01234v1</guid><arxiv:announce_type>new</arxiv:announce_type></item>
<item><title>Counting Sheep</title><link>https://arxiv.org/abs/2605.01235</link>
<description>arXiv:2605.01235v2 Announce Type: replace
Abstract: Many.</description><arxiv:announce_type>replace</arxiv:announce_type></item></channel></rss>""",
    "arXiv OAI-PMH": """<?xml version="1.0"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>
<record><header><identifier>oai:arXiv.org:2605.01234</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2605.01234</id><created>2026-05-20</created><title>Sparse Clouds</title>
<abstract>Few.</abstract></arXiv></metadata></record>
<record><header status="deleted"><identifier>oai:arXiv.org:2605.01235</identifier></header></record>
</ListRecords></OAI-PMH>""",
    "arXiv snapshot": """{"id": "2605.01234", "submitter": "A", "authors": "Ada Example", "title": "Sparse Clouds", \
"abstract": "Few.", "versions": [{"version": "v1", "created": "Wed, 20 May 2026 00:00:00 GMT"}], "authors_parsed": []}
{"id": "2605.01235", "submitter": "B", "authors": "Bo Sample", "title": "Counting Sheep", \
"abstract": "Many.", "versions": [], "authors_parsed": []}""",
    "paper feed": """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Papers we read</title><link>https://example.org</link>
<item><title>Sparse Clouds</title><link>https://arxiv.org/abs/2605.01234</link><description>Few.</description></item>
<item><title>Counting Sheep</title><link>https://doi.org/10.1000/sheep</link></item></channel></rss>""",
    "PubMed XML": """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2026//EN" "https://example.org/pubmed.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">35000001</PMID><Article>
<ArticleTitle>Sparse Clouds.</ArticleTitle></Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>35000002</PMID><Article><ArticleTitle>Counting Sheep.</ArticleTitle>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>""",
    "PubMed text": "PMID- 35000001\nTI  - Sparse Clouds.\nFAU - Example, Ada\nDP  - 2026 May 20\n\n"
    "PMID- 35000002\nTI  - Counting\n      Sheep.\n",
    "PubMed print": "1. J Sky. 2026 May 20;1(2):3-4. doi: 10.1000/clouds.\n\nSparse Clouds.\n\n"
    "Example A(1), Sample B(2).\n\n"
    "PMID: 35000001\n\n\n2. J Farm. 2026 May.\n\nCounting Sheep.\n\nPMID: 35000002\n",
    "PubMed page": "1\nCite\nSparse Clouds.\nExample A, Sample B.\nJ Sky. 2026 May 20;1(2):3-4. doi: 10.1000/clouds.\n"
    "PMID: 35000001 Review.\nFew.\n\n2\nCite\nCounting Sheep.\nSample B.\nJ Farm. 2026 May.\nPMID: 35000002\n\nEnd\n",
    "EndNote XML": """<?xml version="1.0"?>
<xml><records>
<record><ref-type name="Journal Article">17</ref-type><titles><title>Sparse Clouds</title></titles></record>
<record><ref-type name="Book">6</ref-type><titles><title>Counting Sheep</title></titles></record></records></xml>""",
    "EndNote text": "%0 Journal Article\n%T Sparse Clouds\n%A Example, Ada\n%D 2026\n\n"
    "%0 Book\n%T Counting Sheep\n%D 2025\n",
    "Web of Science text": "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Example, A\nTI Sparse\n   Clouds\n"
    "PY 2026\nER\n\nPT J\nAU Sample, B\nTI Counting Sheep\nER\n\nEF\n",
    "NEP mail": "nep.repec.org\n\n1. Sparse Clouds\nDate: 2026-05-27\nBy: Ada Example (A Place)\n"
    "URL: http://d.repec.org/n?u=a\nFew.\n\n2. Counting Sheep\nBy: Bo Sample\nURL: http://d.repec.org/n?u=b\nMany.\n",
    "XML papers": """<?xml version="1.0"?>
<dblp><article><author>Ada Example</author><title>Sparse Clouds.</title><year>2026</year></article>
<inproceedings><author>Bo Sample</author><title>Counting Sheep.</title></inproceedings></dblp>""",
    "DataCite XML": """<?xml version="1.0"?>
<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.5072/clouds</identifier>
<titles><title>Sparse Clouds</title></titles><publicationYear>2026</publicationYear></resource>""",
    "JATS XML": """<?xml version="1.0"?>
<article dtd-version="1.3"><front><article-meta><title-group><article-title>Sparse Clouds</article-title></title-group>
</article-meta></front><body><p>They are few.</p></body></article>""",
    "Zotero RDF": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType>
<dc:title>Sparse Clouds</dc:title></bib:Article><z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType>
<dc:title>PDF</dc:title></z:Attachment></rdf:RDF>""",
    "arXiv page": """<!DOCTYPE html>
<html><body><h3>Showing new listings for Wednesday, 27 May 2026</h3><dl id="articles"><h3>New submissions</h3>
<dt><a href="/abs/2605.01234">arXiv:2605.01234</a></dt><dd><div class="list-title mathjax">Sparse Clouds</div></dd>
<h3>Replacement submissions</h3>
<dt><a href="/abs/2605.01235">arXiv:2605.01235</a></dt><dd><div class="list-title mathjax">Counting Sheep</div></dd>
</dl></body></html>""",
    "web page": """<!DOCTYPE html>
<html><head><meta name="citation_title" content="Sparse Clouds"><meta name="citation_author" content="Example, Ada">
<script type="application/ld+json">{"@type": "ScholarlyArticle", "headline": "Counting Sheep"}</script></head>""",
    "PubMed search": '{"esearchresult": {"count": "2", "idlist": ["26017442", "26017443"]}}',
    "Google Scholar alert": "Google Scholar Alerts\n\n[PDF] Sparse Clouds\nA Example, B Sample - Sky, 2026\nFew.\n",
    "Zotero JSON": """[
{"key": "ABCD2345", "data": {"itemType": "journalArticle", "title": "Sparse Clouds", "creators": []}},
{"key": "ABCD2346", "data": {"itemType": "attachment", "title": "PDF", "parentItem": "ABCD2345"}}
]""",
    "Zotero CSV": '"Key","Item Type","Author","Title","Extra","Manual Tags"\n'
    '"A1","journalArticle","Example, Ada","Sparse Clouds","",""\n"A2","note","","","",""\n',
    "CITATION.cff": "cff-version: 1.2.0\ntitle: Cloud Counter\npreferred-citation:\n  type: article\n"
    "  title: Sparse Clouds\nreferences:\n- type: book\n  title: Counting Sheep\n",
    "CSL-JSON": """[
{"id": "a", "type": "article-journal", "title": "Sparse Clouds", "issued": {"date-parts": [[2026, 5]]}},
{"id": "b", "type": "article-journal", "title": "Counting Sheep", "author": [{"family": "Third", "given": "Cy"}]}
]""",
    "JSON-LD": """{"@context": "https://schema.org", "@graph": [
{"@type": "ScholarlyArticle", "headline": "Sparse Clouds", "abstract": "Few."},
{"@type": "ScholarlyArticle", "headline": "Counting Sheep", "author": {"name": "Cy Third"}}
]}""",
    "JSON lines": '{"title": "Sparse Clouds", "abstract": "Few.", "id": "2605.01234"}\n'
    '{"title": "Counting Sheep", "abstract": "Many."}\n{"title": "Sparse Clouds", "abstract": "Few."}\n',
    "JSON papers": '{"papers": [\n{"title": "Sparse Clouds", "abstract": "Few."},\n{"title": "Counting Sheep"}\n]}',
    "BibTeX": "@article{a,\n title = {Sparse Clouds},\n author = {Example, Ada and others},\n year = 2026\n}\n"
    "@comment{x}\n@misc{b,\n title = {Counting Sheep},\n year = {2025}\n}\n",
    "RIS": "TY  - JOUR\nTI  - Sparse Clouds\nAU  - Example, Ada\nPY  - 2026\nER  - \n\n"
    "TY  - CONF\nTI  - Counting Sheep\nER  - \n",
    "Markdown": "---\nlisted: 2026-05-27\n---\nHello.\n\n## Sparse Clouds\n- arxiv: 2605.01234\n\nFew.\n\n"
    "## Counting Sheep\n- tags: farm\n\nMany.\n",
    "Markdown table": "# Weekly\n\n## Top Papers (May 25 - May 31) - 2026\n| **Paper** | **Links** |\n| --- | --- |\n"
    "| 1) **Sparse Clouds** - counts clouds well. | [Paper](https://arxiv.org/abs/2605.01234) |\n"
    "| 2) **Counting Sheep** - counts sheep well. | [Paper](https://arxiv.org/abs/2605.01235) |\n",
    "Markdown bullets": "# Reading list\n\nSome words.\n\n"
    "- **Sparse Clouds** (2015), A. Example et al. [[pdf]](https://arxiv.org/pdf/1505.01234)\n"
    "- **Counting Sheep** (2016), C. Third [[pdf]](https://arxiv.org/pdf/1605.01235)\n- and a remark\n",
    "references": "Example, A., & Third, C. (2026). Sparse clouds. Sky, 1(2), 3-4.\n\nSome words of ours.\n\n"
    "Counting Sheep\nCy Third, Bo Sample\narXiv:2605.01235\n",
    "arXiv announcement": "[1] arXiv:2605.01234 [pdf, other]\nTitle: Sparse Clouds\nAuthors: Ada Example\nFew.\n\n"
    "[2] arXiv:2605.01235 [pdf, html, other]\nTitle: Counting Sheep\nAuthors: Cy Third\nMany.\n",
    "identifiers": "2605.01234\n# a remark\nhttps://doi.org/10.1000/sheep\n",
    "titles": "A Study of Sparse Clouds\nCounting Sheep at Night\n",
    "page lines": f"- Sparse Clouds {TEXT.strip()} 8 authors · Jun 17, 2021\n"
    f"45 Counting Sheep {TEXT.strip()} 1 authors · Sep 19, 2025 5\n",
    "YAML list": "listed: 2026-05-27\npapers:\n- title: Sparse Clouds\n  tags: [weather]\n- title: Counting Sheep\n"
    "- {title: Sparse Clouds}\n",
    "CSV or TSV": 'Title,Authors,Year\nSparse Clouds,"Example, Ada; Sample, Bo",2026\nCounting Sheep,Cy Third,2025\n',
    "page cards": "Daily Papers\n\nMay 27\n\nSubmitted by\nada\n57\n\nSparse Clouds\n\n·\n8 authors\n2\n\n"
    "Submitted by bo\n\nCounting Sheep\nA Lab\n\n· 3 authors\n\nNext\n",
    "page dump": f"Daily Papers\n\nMay 27\n\nSparse Clouds\n\n{TEXT}\n\n  • 8 authors\n·\nFeb 11, 2025\n\n"
    f"Counting Sheep\n\n{TEXT}\n",
}


def account_of(text):
    """Return the account of a text that is read and made into papers, and the number of its non-blank lines."""
    problems, report = Problems(), FileReport("list")
    source = Source.from_text(text, "list")
    records = tuple(read_list(source, report, problems))
    made = make_papers(Sources(records, {"list": report}, (), (), ()), Settings(), problems)
    return account([report], made.papers, problems), sum(1 for line in text.splitlines() if line.strip())


def assert_adds_up(told):
    (file,) = told["files"]
    skipped = sum(file["set_aside"].values())
    assert file["records"] == file["papers"] + file["merged"] + skipped + file["lost"]
    assert min(file["papers"], file["merged"], file["lost"]) >= 0


def test_every_reader_has_a_sample_that_it_recognises():
    assert {name: recognise(Source.from_text(text, "list")).name for name, text in SAMPLES.items()} == {
        reader.name: reader.name for reader in READERS
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_gives_its_papers_and_adds_up(name):
    told, _ = account_of(SAMPLES[name])
    assert_adds_up(told)
    assert told["total"]["papers"] >= 1


@pytest.mark.parametrize("name", SAMPLES)
@given(data=st.data())
def test_a_damaged_sample_adds_up_as_well(name, data):
    text = SAMPLES[name]
    begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    middle = data.draw(st.sampled_from(["", text[begin:end] * 2]) | st.text(CHARACTERS, max_size=8))
    told, _ = account_of(text[:begin] + middle + text[end:])
    assert_adds_up(told)


LINE_FORMATS = [reader.name for reader in READERS if reader.counts_lines]


@pytest.mark.parametrize("name", LINE_FORMATS)
@given(data=st.data())
def test_no_line_of_a_damaged_list_is_lost(name, data):
    lines = SAMPLES[name].split("\n")
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines) + 3)) if data.draw(st.booleans()) else lines
    text = "\n".join([*lines[:3], *kept])
    told, filled = account_of(text)
    (file,) = told["files"]
    counted = file["lines"]
    if file["format"] in LINE_FORMATS:
        assert counted["papers"] + counted["furniture"] + counted["problems"] == counted["all"] == filled
