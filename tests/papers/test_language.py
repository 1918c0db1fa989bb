"""Language tags from every way lists name a language; unknown names are reported."""

import pytest

from site_builder.papers.language import language_tag

SITE = "-- site.yaml --\nbase_url: https://x.example\ncards: none\nrelated: none\n-- papers/{}\n"
LISTS = {
    "yaml": "a.yaml --\nlisted: 2026-11-20\npapers:\n  - {title: Über Körper, authors: A B, language: German}",
    "markdown": "a.md --\n---\nlisted: 2026-11-20\n---\n\n## Über Körper\n\n- authors: A B\n- language: Deutsch\n",
    "csv": "a.csv --\ntitle,authors,language\nÜber Körper,A B,de\n",
    "json": 'a.json --\n[{"title": "Über Körper", "authors": ["A B"], "language": "ger"}]',
    "csl": 'a.json --\n[{"id": "x", "type": "book", "title": "Über Körper", "language": "de", '
    '"author": [{"family": "B", "given": "A"}], "issued": {"date-parts": [[2026]]}}]',
    "zotero": 'a.json --\n[{"itemType": "book", "title": "Über Körper", "language": "deu", "itemKey": "x", '
    '"creators": [{"creatorType": "author", "lastName": "B", "firstName": "A"}], "tags": []}]',
    "bibtex": "a.bib --\n@book{x, title = {Über Körper}, author = {B, A}, year = 2026, langid = {ngerman}}",
    "bibtex of Zotero": "a.bib --\n@book{x, title = {Über Körper}, author = {B, A}, year = 2026, language = {de}}",
    "ris": "a.ris --\nTY  - BOOK\nTI  - Über Körper\nAU  - B, A\nPY  - 2026\nLA  - de\nER  - \n",
    "datacite": 'a.xml --\n<resource xmlns="http://datacite.org/schema/kernel-4"><titles><title>Über Körper</title>'
    "</titles><creators><creator><creatorName>B, A</creatorName></creator></creators><language>de</language>"
    "<publicationYear>2026</publicationYear></resource>",
    "page": 'a.html --\n<html><head><meta name="citation_title" content="Über Körper"><meta name="citation_author" '
    'content="A B"><meta name="citation_language" content="de"></head><body></body></html>',
    "schema.org": 'a.json --\n[{"@context": "https://schema.org", "@type": "ScholarlyArticle", "name": "Über Körper", '
    '"author": {"@type": "Person", "name": "A B"}, "inLanguage": "de"}]',
}


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("ger", "de"),
        ("deu", "de"),
        ("German", "de"),
        ("Deutsch", "de"),
        ("ngerman", "de"),
        ("fr_FR.UTF-8", "fr-FR"),
        ("pt-br", "pt-BR"),
        ("brazilian", "pt-BR"),
        ("zh_hans_cn", "zh-Hans-CN"),
        ("日本語", "ja"),
        ("xx", None),
        ("Elvish of the west", None),
        ("", None),
    ],
)
def test_a_language_has_one_tag_whatever_it_is_called(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize("name", LISTS)
def test_every_format_that_can_says_the_language(build_site, name):
    site = build_site(SITE.replace("{}", LISTS[name]))
    assert [(each["title"], each["language"]) for each in site.papers.values()] == [("Über Körper", "de")]
    assert not [each for each in site.problems if "language" in each]


@pytest.mark.parametrize(
    ("written", "language", "told"),
    [
        ("Elvish of the west", None, 'language "Elvish of the west" names no language'),
        ("[en, de]", "en", "names several"),
        ("en; eng", "en", None),
        ("Python", None, None),
        ("und", None, None),
    ],
)
def test_what_names_no_language_or_several_is_told(build_site, written, language, told):
    site = build_site(
        SITE.replace("{}", f"a.yaml --\nlisted: 2026-11-20\npapers:\n  - {{title: X, language: {written}}}")
    )
    (paper,) = site.papers.values()
    assert paper["language"] == language
    found = [each for each in site.problems if "language" in each]
    assert len(found) == (told is not None)
    assert all(told in each for each in found)
