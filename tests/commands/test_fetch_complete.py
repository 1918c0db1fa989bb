"""Ids without a title: kept and shown by their id, completed by the service whose they are, each asked for once."""

import json
from dataclasses import replace
from datetime import date

import pytest

from site_builder.commands.fetch import fetch_lists
from site_builder.commands.fetch.complete import SERVICES
from site_builder.commands.fetch.http import Access
from site_builder.model.raw_paper import RawPaper
from site_builder.problems import BuildError
from site_builder.sources.formats.identifier_list import READER, identifier_fields
from site_builder.sources.source import Source
from tests.commands.fetch_site import FRIDAY, PLAIN, QUICK
from tests.commands.playback_server import Played, playing

IDS = """# to read
- 1706.03762
- https://doi.org/10.1038/nature14539  # the review
- pmid:26017442
- https://openreview.net/forum?id=rJl-b3RcF7
- PMC4567890
- https://openreview.net/forum?id=anOldOne
- arXiv:1706.99999 no such paper
"""
ATOM = b"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><title>arXiv Query: x</title>
<id>http://arxiv.org/api/x</id><entry><id>http://arxiv.org/abs/1706.03762v7</id><title>Attention Is All You Need</title>
<summary>We attend.</summary><published>2017-06-12T17:57:34Z</published><author><name>Ashish Vaswani</name></author>
</entry></feed>"""
WORKS = {
    "status": "ok",
    "message": {
        "items": [
            {
                "DOI": "10.1038/NATURE14539",
                "type": "journal-article",
                "title": ["Deep learning"],
                "container-title": ["Nature"],
                "author": [{"given": "Yann", "family": "LeCun"}],
                "issued": {"date-parts": [[2015, 5, 27]]},
            }
        ]
    },
}
PUBMED = b"""<?xml version="1.0"?><!DOCTYPE PubmedArticleSet><PubmedArticleSet><PubmedArticle><MedlineCitation>
<PMID Version="1">26017442</PMID><Article><Journal><JournalIssue><Volume>521</Volume><PubDate><Year>2015</Year>
<Month>May</Month><Day>28</Day></PubDate></JournalIssue><Title>Nature</Title></Journal>
<ArticleTitle>Learning <i>deeply</i>.</ArticleTitle><Abstract><AbstractText>We learn.</AbstractText></Abstract>
<AuthorList><Author><LastName>LeCun</LastName><ForeName>Yann</ForeName></Author></AuthorList></Article>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""

CENTRAL = b"""<?xml version="1.0"?><!DOCTYPE pmc-articleset>
<pmc-articleset><article dtd-version="1.4"><front><article-meta>
<article-id pub-id-type="pmc">4567890</article-id><title-group><article-title>Learning in the open</article-title>
</title-group><contrib-group><contrib contrib-type="author"><name><surname>Example</surname>
<given-names>Ada</given-names></name></contrib></contrib-group></article-meta></front></article></pmc-articleset>"""


def notes(name, title):
    note = {"id": name, "forum": name, "content": {"title": title, "authors": {"value": ["Ada Example"]}}}
    return json.dumps({"notes": [note], "count": 1}).encode()


def play(asked):
    if asked.path == "/notes":
        if asked.query["id"] != "rJl-b3RcF7":
            return Played(b"{}", 404)
        return Played(notes("rJl-b3RcF7", {"value": "The Lottery Ticket"}))
    answers = {"/api/query": ATOM, "/works": json.dumps(WORKS).encode()}
    return Played(answers.get(asked.path) or (CENTRAL if asked.query["db"] == "pmc" else PUBMED))


@pytest.fixture
def fetch(tmp_path):
    """Return a function that completes the papers of a content folder from a server on loopback."""
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "site.yaml").write_text(PLAIN)
    (content / "papers" / "ids.txt").write_text(IDS)
    with playing(play) as server:

        def run(today=FRIDAY):
            told = []
            places = [
                replace(
                    each,
                    address=f"{server.address}/{each.address.split('/', 3)[3]}",
                    access=Access(allow_http=True, allow_private=True),
                )
                for each in SERVICES
            ]
            is_answered = fetch_lists(content, [], [], today, retry_policy=QUICK, services=places, tell=told.append)
            return is_answered, told

        run.content, run.server = content, server
        yield run


def test_ids_are_completed_once_and_stay_so(fetch, build_site):
    is_answered, told = fetch()
    assert is_answered
    assert told == [
        "arXiv: 1 paper completed; not found: arxiv:1706.99999",
        "Crossref: 1 paper completed",
        "PubMed: 1 paper completed",
        "PubMed Central: 1 paper completed",
        "OpenReview: 1 paper completed",
        "OpenReview: 0 papers completed",
        "OpenReview to 2023: 0 papers completed; not found: openreview:anOldOne",
    ]
    paths = ["/api/query", "/works", "/entrez/eutils/efetch.fcgi", "/entrez/eutils/efetch.fcgi", *["/notes"] * 3]
    assert [asked.path for asked in fetch.server.asked] == paths
    assert fetch.server.asked[3].query["id"] == "4567890"
    assert fetch.server.asked[0].query["id_list"] == "1706.03762,1706.99999"
    assert all("broadsheet/" in asked.headers["user-agent"] for asked in fetch.server.asked)
    fetch()
    assert len(fetch.server.asked) == 7
    fetch(date(2026, 11, 27))
    assert [asked.query for asked in fetch.server.asked[8:]] == [{"id": "anOldOne"}] * 2
    assert fetch.server.asked[7].query["id_list"] == "1706.99999"
    site = build_site(fetch.content)
    titles = {paper["title"] for paper in site.papers.values()}
    assert titles == {
        "Attention Is All You Need",
        "Deep learning",
        "Learning deeply",
        "Learning in the open",
        "The Lottery Ticket",
        "openreview:anOldOne",
        "arXiv:1706.99999",
    }
    assert any("arXiv:1706.99999 was found nowhere" in problem for problem in site.problems)


def test_an_id_that_was_not_completed_is_told_and_shown_by_it_unless_another_list_has_its_title(fetch, build_site):
    (fetch.content / "papers" / "b.yaml").write_text("- {title: Attention Is All You Need, arxiv: 1706.03762}\n")
    site = build_site(fetch.content)
    titles = {paper["title"] for paper in site.papers.values()}
    assert "Attention Is All You Need" in titles
    assert "arXiv:1706.03762" not in titles
    assert "doi:10.1038/nature14539" in titles
    told = [problem for problem in site.problems if "by its id alone" in problem]
    assert len(told) == 6


def test_without_ids_and_sources_there_is_nothing_to_fetch(fetch):
    (fetch.content / "papers" / "ids.txt").unlink()
    with pytest.raises(BuildError, match="names no source"):
        fetch()


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("1706.03762v3", "arxiv", "1706.03762v3"),
        ("https://arxiv.org/pdf/1706.03762.pdf", "arxiv", "1706.03762"),
        ("hep-th/9901001 an old one", "arxiv", "hep-th/9901001"),
        ("doi: 10.1000/182, to read", "doi", "10.1000/182"),
        ("<https://doi.org/10.1000/182>", "doi", "10.1000/182"),
        ("https://pubmed.ncbi.nlm.nih.gov/26017442/", "id", "pmid:26017442"),
        ("PMID 26017442", "id", "pmid:26017442"),
        ("PMC4567890", "id", "PMC4567890"),
        ("https://openreview.net/forum?id=rJl-b3RcF7&noteId=x", "id", "openreview:rJl-b3RcF7"),
    ],
)
def test_ids_are_read_in_every_form(line, field, value):
    fields = identifier_fields(line)
    assert fields is not None
    assert fields[field] == value


def test_a_line_that_begins_with_no_id_is_told():
    source = Source.from_text("1706.03762\n1706.03763\nsomething else\n", "a.txt")
    items = list(READER.read(source))
    assert READER.recognises(source)
    assert [isinstance(item, RawPaper) for item in items] == [True, True, False]


def test_a_paper_that_was_completed_keeps_the_link_that_its_list_gives_as_a_text(build_site):
    site = build_site(
        "-- papers/fetched/completed.json --\n"
        '{"papers": {"arxiv:2605.01234": {"asked": "2026-11-20", "fields": '
        '{"title": "Sheep on a dam", "links": {"code": "https://code.example/sheep"}}}}}\n'
        '-- papers/a.yaml --\n- {arxiv: "2605.01234", links: "https://sheep.example/"}\n'
    )
    (paper,) = site.papers.values()
    assert paper["title"] == "Sheep on a dam"
    assert {"code": "https://code.example/sheep", "page": "https://sheep.example/"}.items() <= paper["links"].items()
