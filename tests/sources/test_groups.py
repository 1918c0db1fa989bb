"""Group names stay whole, and names that a format splits keep their parts."""

import pytest

from site_builder.names.person import parts_of

GROUP = "World Health Organization"
FAMILY, GIVEN = "St. John", "Mary"
LISTS = {
    "PubMed": (
        "a.xml",
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Clouds</ArticleTitle>"
        f"<AuthorList><Author><LastName>{FAMILY}</LastName><ForeName>{GIVEN}</ForeName></Author>"
        f"<Author><CollectiveName>{GROUP}</CollectiveName></Author></AuthorList>"
        "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    ),
    "nbib": ("a.nbib", f"PMID- 1\nTI  - Clouds\nFAU - {FAMILY}, {GIVEN}\nCN  - {GROUP}\nDP  - 2026\n"),
    "JATS": (
        "a.xml",
        "<article><front><article-meta><title-group><article-title>Clouds</article-title></title-group><contrib-group>"
        f"<contrib><name><surname>{FAMILY}</surname><given-names>{GIVEN}</given-names></name></contrib>"
        f"<contrib><collab>{GROUP}</collab></contrib></contrib-group></article-meta></front></article>",
    ),
    "CITATION.cff": (
        "CITATION.cff",
        f"cff-version: 1.2.0\ntitle: Clouds\nauthors:\n- {{family-names: {FAMILY}, given-names: {GIVEN}}}\n"
        f"- {{name: {GROUP}}}\n",
    ),
    "Zotero": (
        "a.json",
        '[{"itemType": "report", "title": "Clouds", "creators": ['
        f'{{"creatorType": "author", "lastName": "{FAMILY}", "firstName": "{GIVEN}"}}, '
        f'{{"creatorType": "author", "name": "{GROUP}"}}]}}]',
    ),
    "JSON-LD": (
        "a.html",
        '<!DOCTYPE html><html><head><script type="application/ld+json">{"@type": "ScholarlyArticle", "name": "Clouds", '
        f'"author": [{{"@type": "Person", "familyName": "{FAMILY}", "givenName": "{GIVEN}"}}, '
        f'{{"@type": "Organization", "name": "{GROUP}"}}]}}</script></head><body></body></html>',
    ),
    "BibTeX": ("a.bib", f"@misc{{a, title = {{Clouds}}, author = {{{FAMILY}, {GIVEN} and {{{GROUP}}}}}}}"),
    "biblatex": (
        "a.bib",
        f"@misc{{a, title = {{Clouds}}, author = {{family={{{FAMILY}}}, given={GIVEN} and {{{GROUP}}}}}}}",
    ),
    "RIS": ("a.ris", f"TY  - JOUR\nTI  - Clouds\nAU  - {FAMILY}, {GIVEN}\nAU  - {GROUP},\nER  -\n"),
    "EndNote": (
        "a.xml",
        "<xml><records><record><titles><title>Clouds</title></titles><contributors><authors>"
        f"<author>{FAMILY}, {GIVEN}</author><author>{GROUP},</author></authors></contributors>"
        "</record></records></xml>",
    ),
    "CSL": (
        "a.json",
        '[{"type": "report", "title": "Clouds", "issued": {"date-parts": [[2026]]}, "author": ['
        f'{{"family": "{FAMILY}", "given": "{GIVEN}"}}, {{"literal": "{GROUP}"}}]}}]',
    ),
}


@pytest.mark.parametrize(("name", "text"), LISTS.values(), ids=LISTS)
def test_groups_and_parts_are_kept(build_site, name, text):
    site = build_site(
        f"-- site.yaml --\nauthor_min: 1\nsearch: false\ncards: none\n-- papers/{name} --\n{text}", is_dry=True
    )
    (paper,) = site.result.papers.papers
    assert paper.authors == (f"{GIVEN} {FAMILY}", GROUP)
    person, group = (parts_of(each, paper.name_parts) for each in paper.authors)
    assert (person.family, person.given, person.stands_whole) == (FAMILY, GIVEN, False)
    assert group.stands_whole
