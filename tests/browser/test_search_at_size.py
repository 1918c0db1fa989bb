"""The search among 10,000 real papers: light, and the paper that is meant comes first."""

import os
import random

import pytest
from playwright.sync_api import sync_playwright

from site_builder.pagefind import is_installed
from tests.bench import search_quality
from tests.browser.programs import CHROMIUM, need
from tests.conftest import SHARED, needs_shared

BEFORE, QUERY = 170_000, 100_000  # bytes, compressed
FIRST = 95  # of 100


@needs_shared
@pytest.mark.skipif(not os.environ.get("BROADSHEET_AUDIT"), reason="the long form: make audit")
def test_half_a_title_finds_its_paper_among_ten_thousand_and_little_is_loaded(tmp_path):
    need(CHROMIUM)
    assert is_installed(), "pip install '.[search]'"
    papers = search_quality.read_papers(SHARED / "data" / "papers_hf.jsonl.gz", search_quality.COUNT, tmp_path)
    files = search_quality.make_site(papers)
    sought = random.Random(search_quality.SEED).sample(papers.papers, 100)  # noqa: S311 - which ones is no secret
    sent: list[tuple[str, int]] = []
    with search_quality.served(files, sent) as address, sync_playwright() as playwright:
        measured = search_quality.measure(playwright, sought, address, sent)
    assert measured.before <= BEFORE
    assert measured.queries[-1] <= QUERY
    assert len(measured.missed) <= 100 - FIRST, measured.missed
