"""Paper lists in every format of XML, each element filled with the next of given texts."""

import json
import re
from xml.sax.saxutils import escape, quoteattr

from tests.hostile.taking import DAYS, Next, arxiv_id

_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml(text: str) -> str:
    """Return a text as XML's character data; what XML cannot hold stays out, as every writer of XML has it."""
    return escape(_NO_XML.sub("", text))


def filled(take: Next, names: str, after: str = "") -> str:
    """Return an element with the next text for each of the names; after: what ends the first of them."""
    parts = (f"<{name}>{xml(take())}{'' if number else after}</{name}>" for number, name in enumerate(names.split()))
    return "\n".join(parts)


def arxiv_api(take: Next, numbers: range) -> str:
    entries = (
        f"""<entry><id>http://arxiv.org/abs/{arxiv_id(number, 4)}v1</id>
{filled(take, "title summary", f" t{number}")}<published>{DAYS[number % 3]}T00:00:00Z</published>
<author>{filled(take, "name arxiv:affiliation")}</author><author>{filled(take, "name")}</author>
{filled(take, "arxiv:comment arxiv:journal_ref arxiv:doi")}
<link href={quoteattr(xml(take()))}/><category term={quoteattr(xml(take()))}/></entry>"""
        for number in numbers
    )
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"<title>arXiv Query: {xml(take())}</title><id>http://arxiv.org/api/x</id>{''.join(entries)}</feed>"
    )


def arxiv_listing(take: Next, numbers: range) -> str:
    items = (
        f"""<item>{filled(take, "title category", f" t{number}")}
<link>https://arxiv.org/abs/{arxiv_id(number, 5)}</link>
<description>arXiv:{arxiv_id(number, 5)}v1 Announce Type: new Abstract: {xml(take())}</description>
<guid isPermaLink="false">oai:arXiv.org:{arxiv_id(number, 5)}v1</guid>
<pubDate>Wed, 27 May 2026 00:00:00 -0400</pubDate>
<arxiv:announce_type>{xml(take()) if number % 3 else "new"}</arxiv:announce_type>
<dc:creator>{xml(take())}, {xml(take())}</dc:creator>
{filled(take, "arxiv:DOI arxiv:journal_reference")}</item>"""
        for number in numbers
    )
    return (
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">'
        f"<channel><title>cs.CL</title><link>http://rss.arxiv.org/rss/cs.CL</link>{''.join(items)}</channel></rss>"
    )


def oai(take: Next, numbers: range) -> str:
    records = (
        f"""<record><header><identifier>oai:arXiv.org:{arxiv_id(number, 6)}</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{arxiv_id(number, 6)}</id><created>{DAYS[number % 3]}</created>
<authors><author>{filled(take, "keyname forenames suffix")}</author></authors>
{filled(take, "title categories comments journal-ref doi abstract", f" t{number}")}</arXiv></metadata></record>
<record><header>{filled(take, "identifier")}</header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
{filled(take, "dc:title dc:creator dc:subject dc:description dc:identifier dc:publisher", f" d{number}")}
<dc:description>Comment: {xml(take())}</dc:description><dc:date>{DAYS[number % 3]}</dc:date>
<dc:identifier>https://a.example/{xml(take())}</dc:identifier></oai_dc:dc></metadata></record>"""
        for number in numbers
    )
    opening = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
    return f"{opening}{''.join(records)}</ListRecords></OAI-PMH>"


def paper_rss(take: Next, numbers: range) -> str:
    """Feeds hold HTML: escaped, and in CDATA."""
    names = "title guid description dc:creator category dc:publisher prism:publicationName prism:doi"
    items = (
        f"""<item>{filled(take, names, f" t{number}")}<link>https://a.example/{number}/{xml(take())}</link>
<content:encoded><![CDATA[<p>{_NO_XML.sub("", take()).replace("]]>", "")}</p>]]></content:encoded>
<pubDate>{DAYS[number % 3]}</pubDate><media:thumbnail url={quoteattr(xml(take()))}/>
<enclosure url={quoteattr("https://a.example/" + xml(take()))} type="application/pdf"/></item>"""
        for number in numbers
    )
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">'
        f"<channel><title>{xml(take())}</title>{''.join(items)}</channel></rss>"
    )


def pubmed_xml(take: Next, numbers: range) -> str:
    entries = (
        f"""<PubmedArticle><MedlineCitation>{filled(take, "PMID")}<Article><Journal><JournalIssue>
{filled(take, "Volume Issue")}<PubDate>{filled(take, "MedlineDate")}</PubDate></JournalIssue>{filled(take, "Title")}
</Journal>{filled(take, "ArticleTitle", f" t{number}")}<ELocationID EIdType="doi">{xml(take())}</ELocationID>
<Abstract><AbstractText Label={quoteattr(xml(take()))}>{xml(take())}</AbstractText></Abstract>
<AuthorList><Author>{filled(take, "LastName ForeName Suffix")}</Author><Author>{filled(take, "CollectiveName")}</Author>
</AuthorList></Article><KeywordList>{filled(take, "Keyword")}</KeywordList></MedlineCitation></PubmedArticle>"""
        for number in numbers
    )
    return f"<PubmedArticleSet>{''.join(entries)}</PubmedArticleSet>"


def endnote_xml(take: Next, numbers: range) -> str:
    entries = (
        f"""<record><ref-type name={quoteattr(xml(take()))}>17</ref-type><contributors><authors>{filled(take, "author")}
</authors></contributors><titles>{filled(take, "title secondary-title", f" t{number}")}</titles>
{filled(take, "pages volume number publisher label abstract electronic-resource-num notes")}
<keywords>{filled(take, "keyword")}</keywords><dates>{filled(take, "year")}</dates>
<urls><related-urls><url>https://a.example/{xml(take())}</url></related-urls></urls></record>"""
        for number in numbers
    )
    return f"<xml><records>{''.join(entries)}</records></xml>"


def datacite_xml(take: Next, numbers: range) -> str:
    entries = (
        f"""<resource><identifier identifierType="DOI">10.5072/a.{number}
</identifier><creators><creator>{filled(take, "creatorName givenName familyName")}</creator></creators><titles>
{filled(take, "title", f" t{number}")}</titles>{filled(take, "publisher publicationYear version")}
<subjects>{filled(take, "subject")}</subjects><dates><date dateType="Issued">{xml(take())}</date></dates>
<descriptions><description descriptionType="Abstract">{xml(take())}</description></descriptions></resource>"""
        for number in numbers
    )
    return f'<resources xmlns="http://datacite.org/schema/kernel-4">{"".join(entries)}</resources>'


def jats_xml(take: Next, numbers: range) -> str:
    entries = (
        f"""<article dtd-version="1.3"><front><journal-meta><journal-title-group>{filled(take, "journal-title")}
</journal-title-group></journal-meta><article-meta><article-id pub-id-type="doi">{xml(take())}</article-id><title-group>
{filled(take, "article-title subtitle", f" t{number}")}</title-group><contrib-group><contrib><name>
{filled(take, "surname given-names suffix")}</name></contrib><contrib>{filled(take, "collab")}</contrib></contrib-group>
<pub-date><year>2026</year><month>5</month></pub-date>{filled(take, "volume issue fpage lpage")}
<abstract><sec>{filled(take, "title p")}</sec></abstract>
<kwd-group>{filled(take, "kwd")}</kwd-group></article-meta></front>
</article>"""
        for number in numbers
    )
    return f"<pmc-articleset>{''.join(entries)}</pmc-articleset>"


def zotero_rdf(take: Next, numbers: range) -> str:
    entries = (
        f"""<bib:Article rdf:about="#i{number}"><z:itemType>journalArticle</z:itemType>
{filled(take, "dc:title dcterms:abstract dc:date dc:identifier dc:subject dc:description bib:pages", f" t{number}")}
<bib:authors><rdf:Seq><rdf:li><foaf:Person>
{filled(take, "foaf:surname foaf:givenName")}</foaf:Person></rdf:li></rdf:Seq>
</bib:authors><dcterms:isPartOf><bib:Journal>{filled(take, "dc:title prism:volume")}</bib:Journal></dcterms:isPartOf>
</bib:Article>"""
        for number in numbers
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:bib="http://purl.org/net/biblio#" '
        'xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">{"".join(entries)}</rdf:RDF>'
    )


def dblp_xml(take: Next, numbers: range) -> str:
    entries = (
        f"""<article key={quoteattr(xml(take()))}>
{filled(take, "title author author pages year volume journal number ee url", f" t{number}")}</article>"""
        for number in numbers
    )
    return f"<dblp>{''.join(entries)}</dblp>"


def arxiv_page(take: Next, numbers: range) -> str:
    papers = (
        f"""<dt><a href="/abs/{arxiv_id(number, 7)}">arXiv:{arxiv_id(number, 7)}</a></dt><dd>
<div class="list-title mathjax">{xml(take())} t{number}</div><div class="list-authors"><a>{xml(take())}</a></div>
<div class="list-comments">{xml(take())}</div><div class="list-subjects">{xml(take())}</div>
<p class="mathjax">{xml(take())}</p></dd>"""
        for number in numbers
    )
    return f"<!DOCTYPE html><html><body><h3>{xml(take())}</h3><dl>{''.join(papers)}</dl></body></html>"


def web_page(take: Next, numbers: range) -> str:
    names = "name abstract datePublished url pagination".split()
    works = [
        {"@type": "Article", "headline": f"{take()} t{number}", "author": {"name": take()}, "keywords": [take()]}
        | {name: take() for name in names}
        for number in numbers
    ]
    script = json.dumps({"@graph": works}).replace("<", "\\u003c")
    tag = quoteattr(xml(take()))
    head = f'<meta name="dc.creator" content={tag}><script type="application/ld+json">{script}</script>'
    return f"<!DOCTYPE html><html><head>{head}</head></html>"
