"""The search among real papers: light, and what is meant is found, whatever readers type."""

import pytest

from tests.bench import search_quality
from tests.conftest import IS_AUDIT, SHARED, needs_shared

BEFORE, QUERY = 170_000, 100_000  # bytes, compressed
FILES, SIZE = 0.1, 3000  # files and bytes a paper
LEAST = {  # of 40 queries, of 20 for the last two
    "three title words": 40,
    "one of them wrong": 36,
    "two letters swapped": 36,
    "a pasted number or address": 40,
    "an author's full name": 38,
    "a quoted phrase": 20,
    "-word": 20,
}


@needs_shared
@pytest.mark.skipif(not IS_AUDIT, reason="the long form: make audit")
@pytest.mark.parametrize("count", search_quality.COUNTS)
def test_what_is_meant_is_found_and_little_is_loaded(playwright, tmp_path, count):
    catalogue = search_quality.read_papers(SHARED / "data" / "papers_hf.jsonl.gz", count, tmp_path)
    files = search_quality.make_site(catalogue)
    index = [len(file.content()) for path, file in files.items() if path.startswith("search/")]
    assert len(index) <= FILES * count
    assert sum(index) <= SIZE * count
    sent: search_quality.Sent = []
    kinds = search_quality.queries(catalogue.papers)
    with search_quality.served(files, sent) as address:
        before, results = search_quality.measure(playwright, kinds, catalogue.papers, address, sent)
    assert before <= BEFORE
    missed = {kind: each.wrong for kind, each in results.items() if each.right < LEAST[kind]}
    assert missed == {}
    assert max(max(each.weights) for each in results.values()) <= QUERY
