"""ORCID iDs of authors are read from every format that has them."""

import pytest

ORCID = "0000-0002-1825-0097"
LISTS = {
    "PubMed": (
        "a.xml",
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Clouds</ArticleTitle>"
        "<AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada</ForeName>"
        f'<Identifier Source="ORCID">https://orcid.org/{ORCID}</Identifier></Author></AuthorList>'
        "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    ),
    "JATS": (
        "a.xml",
        "<article><front><article-meta><title-group><article-title>Clouds</article-title></title-group><contrib-group>"
        f'<contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/{ORCID}</contrib-id>'
        "<name><surname>Lovelace</surname><given-names>Ada</given-names></name></contrib></contrib-group>"
        "</article-meta></front></article>",
    ),
    "DataCite": (
        "a.xml",
        '<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.5072/x</identifier>'
        "<creators><creator><creatorName>Lovelace, Ada</creatorName>"
        f'<nameIdentifier nameIdentifierScheme="ORCID">{ORCID}</nameIdentifier></creator></creators>'
        "<titles><title>Clouds</title></titles><publisher>P</publisher></resource>",
    ),
    "CITATION.cff": (
        "CITATION.cff",
        "cff-version: 1.2.0\nmessage: Cite\ntitle: Clouds\n"
        f"authors:\n- {{family-names: Lovelace, given-names: Ada, orcid: 'https://orcid.org/{ORCID}'}}\n",
    ),
    "Crossref": (
        "a.json",
        f'[{{"title": "Clouds", "author": [{{"family": "Lovelace", "given": "Ada", "ORCID": "http://orcid.org/{ORCID}"}}]}}]',
    ),
    "OpenAlex": (
        "a.json",
        '{"results": [{"title": "Clouds", "authorships": [{"author": {"display_name": "Ada Lovelace", '
        f'"orcid": "https://orcid.org/{ORCID}"}}}}]}}]}}',
    ),
    "YAML": ("a.yaml", f"- {{title: Clouds, authors: [{{name: Ada Lovelace, orcid: {ORCID}}}]}}\n"),
}


@pytest.mark.parametrize(("name", "text"), LISTS.values(), ids=LISTS)
def test_an_orcid_comes_along(build_site, name, text):
    site = build_site(
        f"-- site.yaml --\nauthor_min: 1\nsearch: false\ncards: none\n-- papers/{name} --\n{text}", is_dry=True
    )
    (paper,) = site.result.papers.papers
    assert paper.authors == ("Ada Lovelace",)
    assert paper.author_ids == (f"orcid:{ORCID}",)
