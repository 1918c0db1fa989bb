"""What a page tells Google Scholar, Zotero and search engines."""

import re
from html import unescape
from urllib.parse import parse_qsl

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup

from site_builder.model.paper import PartialDate
from site_builder.render.citations.work import work_of
from site_builder.render.scholar import NO_BREAK_SPACE, citation_meta, coins, json_ld, scholarly_article
from tests.factories import paper

PREPRINT = paper(
    "Low-Rank $O(n^2)$ Adapters",
    id="2605.01234",
    arxiv="2605.01234",
    version=2,
    authors=("Ada van den Berg", "Kimi Team"),
    published=PartialDate(2026, 5, 6),
    abstract="Costs 5% less.\n\nMore.",
    keywords=("adapters",),
)
ARTICLE = paper(
    "On Things",
    authors=("Bo Li",),
    venue="Journal of Things",
    volume="12",
    issue="3",
    pages="101-109",
    doi="10.1234/x<1>",
    published=PartialDate(2024),
)


def test_the_meta_tags_of_a_preprint() -> None:
    assert citation_meta(work_of(PREPRINT)) == [
        ("DC.type", "preprint"),
        ("citation_title", "Low-Rank O(n²) Adapters"),
        ("citation_author", "van den Berg, Ada"),
        ("citation_author", "Kimi Team,"),
        ("citation_publication_date", "2026/05/06"),
        ("citation_publisher", "arXiv"),
        ("citation_doi", "10.48550/arXiv.2605.01234"),
        ("citation_arxiv_id", "2605.01234"),
        ("citation_technical_report_number", "arXiv:2605.01234"),
        ("citation_public_url", "https://arxiv.org/abs/2605.01234"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2605.01234"),
        ("citation_keywords", "adapters"),
    ]


def test_the_meta_tags_of_an_article_and_of_a_talk_name_the_venue_as_what_it_is() -> None:
    tags = dict(citation_meta(work_of(ARTICLE)))
    assert tags["citation_journal_title"] == "Journal of Things"
    assert (tags["citation_volume"], tags["citation_issue"]) == ("12", "3")
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == ("101", "109")
    assert (tags["citation_doi"], tags["citation_publication_date"]) == ("10.1234/x<1>", "2024")
    assert dict(citation_meta(work_of(paper("x", venue="ICLR"))))["citation_conference_title"] == "ICLR"


def test_a_paper_in_json_ld() -> None:
    assert scholarly_article(work_of(PREPRINT)) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": "Low-Rank O(n²) Adapters",
        "author": ["Ada van den Berg", "Kimi Team"],
        "datePublished": "2026-05-06",
        "genre": "preprint",
        "version": 2,
        "identifier": ["arXiv:2605.01234", "DOI:10.48550/arXiv.2605.01234"],
    }


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&'\"/!-")))
def test_no_text_ends_the_block_of_json_ld(text: str) -> None:
    written = json_ld({"name": f"</script><!--<script>{text}"})
    assert isinstance(written, Markup)
    assert not re.search("[<>&']", written)
    page = html.document_fromstring(f'<head><script type="application/ld+json">{written}</script></head>')
    assert orjson.loads(page.findtext(".//script") or "") == {"name": f"</script><!--<script>{text}"}


def test_coins_of_a_preprint_are_dublin_core_with_the_type_that_zotero_names() -> None:
    pairs = parse_qsl(coins(work_of(PREPRINT)), strict_parsing=True)
    assert pairs == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "preprint"),
        ("rft.title", "Low-Rank O(n²) Adapters"),
        ("rft.pub", "arXiv"),
        ("rft_id", "info:doi/10.48550/arXiv.2605.01234"),
        ("rft_id", "info:arxiv/2605.01234v2"),
        ("rft_id", "https://arxiv.org/abs/2605.01234"),
        ("rft.date", "2026-05-06"),
        ("rft.au", "van den Berg, Ada"),
        ("rft.au", "Kimi Team,"),
    ]


@pytest.mark.parametrize(
    ("venue", "form", "key"), [("Journal of Things", "journal", "rft.jtitle"), ("ICLR", "book", "rft.btitle")]
)
def test_coins_of_an_article_and_of_a_talk_name_the_venue(venue: str, form: str, key: str) -> None:
    pairs = dict(parse_qsl(coins(work_of(paper("x", venue=venue))), strict_parsing=True))
    assert pairs["rft_val_fmt"] == f"info:ofi/fmt:kev:mtx:{form}"
    assert (pairs["rft.atitle"], pairs[key]) == ("x", venue)


@given(st.text(min_size=1), st.text())
def test_coins_stay_one_attribute_whatever_a_paper_is_called(title: str, author: str) -> None:
    title = f'"><{title}&rft.au=x'
    written = str(
        Markup('<span class="Z3988" title="{}"></span>').format(coins(work_of(paper(title, authors=(author,)))))
    )
    assert re.fullmatch(r'<span class="Z3988" title="[A-Za-z0-9%._~&;=:/,()!*@+-]*"></span>', written)
    pairs = parse_qsl(unescape(written.split('"')[3]), strict_parsing=True)
    assert len([value for key, value in pairs if key == "rft.title"]) == 1


def test_coins_name_the_first_hundred_of_a_crowd() -> None:
    crowd = paper("x", authors=tuple(f"Ada Name{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(600)))
    names = [value for key, value in parse_qsl(coins(work_of(crowd)), strict_parsing=True) if key == "rft.au"]
    assert names == list(crowd.authors[:100])


def test_the_only_author_of_a_paper_stays_one_person_where_zotero_looks_for_two() -> None:
    alone = dict(citation_meta(work_of(paper("x", authors=("Jan Piet van der Berg",)))))
    assert alone["citation_author"] == f"van der Berg, Jan{NO_BREAK_SPACE}Piet"
