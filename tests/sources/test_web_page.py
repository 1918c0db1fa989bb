"""Pages saved from a browser: metadata of a paper, lists of papers, and pages that are neither."""

import io
import json
from typing import Any

import pytest

from site_builder.model.raw_paper import Item, RawPaper, Skipped
from site_builder.problems import Problem
from site_builder.sources.formats import recognise, web_page
from site_builder.sources.source import Source

META = """<meta name="citation_title" content="Growth of &lt;i&gt;Salix&lt;/i&gt;">
<meta name="citation_author" content="Roe, Bo"><meta name="citation_author_institution" content="A Place">
<meta name="citation_author" content="van der Berg, Piet">
<meta name="citation_publication_date" content="2024"><meta name="citation_online_date" content="2024/01/05">
<meta name="citation_journal_title" content="Journal of Invented Growth"><meta name="citation_volume" content="12">
<meta name="citation_issue" content="3"><meta name="citation_firstpage" content="1">
<meta name="citation_lastpage" content="9"><meta name="citation_doi" content="doi:10.1000/growth.1">
<meta name="citation_pdf_url" content="https://a.example/willows.pdf">
<meta name="citation_reference" content="citation_title=Another; citation_doi=10.1000/other">
<meta name="DC.Description" content="&lt;p&gt;Willows grow.&lt;/p&gt;">
<meta name="citation_keywords" content="trees; leaves">
<meta property="og:url" content="https://a.example/willows">"""
ARTICLE = {
    "@type": "ScholarlyArticle",
    "headline": "Roots of Salix",
    "author": [
        {"@type": "Person", "givenName": "Bo", "familyName": "Roe"},
        {"name": "The Willow Group"},
        "Ada Example",
    ],
    "datePublished": "2024-01-05T00:00:00Z",
    "description": "Roots grow.",
    "sameAs": "https://doi.org/10.1000/roots.1",
    "url": "https://a.example/roots",
    "isPartOf": {"@type": "PublicationIssue", "issueNumber": 3}
    | {"isPartOf": {"volumeNumber": "12", "isPartOf": {"@type": "Periodical", "name": "Journal of Invented Growth"}}},
    "pageStart": "1",
    "pageEnd": "9",
    "publisher": {"@type": "Organization", "name": "An Invented Press"},
    "keywords": "trees, roots",
    "citation": [{"@type": "ScholarlyArticle", "name": "A Cited Work"}],
}
FIELDS = {
    "title": "Roots of Salix",
    "abstract": "Roots grow.",
    "authors": [{"family": "Roe", "given": "Bo"}, "The Willow Group", "Ada Example"],
    "published": "2024-01-05",
    "doi": "10.1000/roots.1",
    "venue": "Journal of Invented Growth",
    "volume": "12",
    "issue": "3",
    "pages": "1-9",
    "publisher": "An Invented Press",
    "keywords": ["trees", "roots"],
    "kind": "article",
    "links": {"page": "https://a.example/roots"},
}


def read(head: str) -> list[Item]:
    source = Source.from_text(
        f"<!-- saved from url=(0020)https://a.example/ -->\n<html><head>{head}</head></html>", "a.html"
    )
    assert recognise(source) is web_page.READER
    return list(web_page.READER.read(source))


def script(data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def titles(items: list[Item]) -> list[str]:
    return [item.fields["title"] for item in items if isinstance(item, RawPaper)]


def test_the_page_of_a_paper_is_read_from_its_meta_tags() -> None:
    (item,) = read(META)
    assert isinstance(item, RawPaper)
    assert item.fields == {
        "title": "Growth of Salix",
        "abstract": "Willows grow.",
        "authors": ["Roe, Bo", "van der Berg, Piet"],
        "published": "2024-01-05",
        "doi": "10.1000/growth.1",
        "venue": "Journal of Invented Growth",
        "volume": "12",
        "issue": "3",
        "pages": "1-9",
        "keywords": ["trees", "leaves"],
        "kind": "article",
        "links": {"pdf": "https://a.example/willows.pdf", "page": "https://a.example/willows"},
    }


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        [ARTICLE],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "A Site"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": ARTICLE}]},
        {"@type": "CollectionPage", "hasPart": [ARTICLE, ARTICLE]},
    ],
)
def test_articles_of_json_ld_are_found_in_every_shape(data: Any) -> None:
    (item,) = read(script(data))
    assert isinstance(item, RawPaper)
    assert item.fields == FIELDS


def test_meta_tags_and_json_ld_of_one_paper_are_one_and_other_articles_are_set_aside() -> None:
    own = {"@type": "Article", "headline": "Growth of Salix", "publisher": {"name": "An Invented Press"}}
    items = read(META + script([own, ARTICLE]))
    assert [type(item) for item in items] == [RawPaper, Skipped]
    assert isinstance(items[0], RawPaper)
    assert (items[0].fields["publisher"], items[0].fields["doi"]) == ("An Invented Press", "10.1000/growth.1")


def test_dublin_core_of_a_page_that_lists_articles_does_not_hide_them() -> None:
    assert titles(read('<meta name="DC.title" content="A Shelf">' + script([ARTICLE]))) == ["Roots of Salix"]
    assert titles(read('<meta name="DC.title" content="A Shelf">')) == ["A Shelf"]


def test_broken_json_ld_is_told() -> None:
    items = read('<script type="application/ld+json">{"@type": </script>' + script(ARTICLE))
    assert [type(item) for item in items] == [Problem, RawPaper]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("<title>Sign in</title></head><body><input type=password>", "is a page that asks to log in"),
        ("<title>Just a moment...</title>", "is a page that asks who you are"),
        ("<title>A Blog</title>", "is a web page that does not say what papers it is about"),
        (script({"@type": "BreadcrumbList", "itemListElement": [{"name": "Home"}]}), "is a web page that does not say"),
    ],
)
def test_a_page_without_papers_is_told_as_what_it_is(head: str, told: str) -> None:
    (problem,) = read(head)
    assert isinstance(problem, Problem)
    assert problem.what.startswith(told)
    assert problem.remedy


@pytest.mark.parametrize("text", ["<div>" * 50_000, f"<p {'a=1 ' * 2000}", "<!--" * 5_000, "<script>" * 5_000])
def test_a_hostile_page_ends_in_a_problem(text: str) -> None:
    assert [type(item) for item in read(text)] == [Problem]


def test_an_entity_is_never_looked_up() -> None:
    text = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><meta name="citation_title" content="&x;">'
    *_, item = web_page.READER.read(Source.from_text(text, "a.html"))
    assert isinstance(item, RawPaper)
    assert item.fields["title"] == "&x;"


def test_a_list_may_have_no_more_than_names_and_addresses_of_papers() -> None:
    links = [("A Named Paper", "https://arxiv.org/abs/2401.00001"), ("Our Team", "https://a.example/team")]
    items = read(script([{"@type": "ListItem", "name": name, "url": url} for name, url in links]))
    assert titles(items) == ["A Named Paper"]
    assert isinstance(items[0], RawPaper)
    assert items[0].fields["arxiv"] == "2401.00001"


def test_a_page_may_declare_an_older_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-1"><meta name="citation_title" content="Über Weiden"></head></html>'
    source = Source("a.html", lambda: io.BytesIO(page.encode("latin-1")))
    assert titles(list(web_page.READER.read(source))) == ["Über Weiden"]


LONG = "We count sheep on three meadows in spring and say which of the fences held them and which did not. " * 2
HEAD = '<meta name="citation_title" content="Counting Sheep"><meta name="citation_author" content="Ada Example">'


def read_page(body: str, head: str = HEAD) -> list[Item]:
    return list(web_page.READER.read(Source.from_text(f"<html><head>{head}</head><body>{body}</body></html>", "a")))


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="abstract author-highlights"><p>{LONG}Other.</p></div><div class="abstract"><h2>Abstract</h2>'
        f"<p>{LONG}</p></div>",
        f'<div class="card acl-abstract"><h5>Abstract</h5><span>{LONG}</span></div>',
        f'<section id="Abs1-content"><p>{LONG}</p></section>',
        f'<div class="article-text wd-jnl-art-abstract cf"><p>{LONG}</p></div>',
    ],
)
def test_an_abstract_that_no_tag_has_is_the_one_that_the_page_shows(body: str) -> None:
    (record,) = read_page(body)
    assert record.fields["abstract"] == LONG.strip()


def test_a_page_that_describes_itself_twice_at_length_says_its_abstract() -> None:
    twice = f'<meta name="description" content="{LONG}"><meta property="og:description" content="{LONG}">'
    assert read_page("", HEAD + twice)[0].fields["abstract"] == LONG.strip()
    for other in (twice.partition("><")[0] + ">", twice.replace(LONG, "We count.")):
        assert "abstract" not in read_page("", HEAD + other)[0].fields


def test_authors_of_a_page_s_text_are_read_and_a_page_without_any_is_told() -> None:
    head = HEAD.partition("><")[0] + ">"
    names = '<a><span class="given-name">Ada</span> <span class="text surname">Example</span></a>'
    assert read_page(names * 2, head)[0].fields["authors"] == ["Example, Ada"]
    problem, record = read_page("", head)
    assert (problem.what, record.fields["title"]) == ("the page does not say who wrote its paper", "Counting Sheep")


def test_the_date_of_publication_counts_before_that_of_a_page() -> None:
    dates = '<meta name="citation_publication_date" content="1977/01"><meta name="dc.date" content="2007-10-23">'
    assert read_page("", HEAD + dates)[0].fields["published"] == "1977-01"
