"""Papers that a list marks as new, cross-listed or replaced."""

import pytest

from tests.sources.test_arxiv_atom import RSS_CLOSE, RSS_ITEM, RSS_OPEN


@pytest.mark.parametrize(("said", "shown"), [("new", ""), ("cross", "Cross-listed")])
def test_a_card_says_that_a_paper_was_cross_listed(build_site, said, shown):
    site = build_site(f"-- papers/cs.CL.xml --\n{RSS_OPEN}{RSS_ITEM.format(said)}{RSS_CLOSE}")
    page = site.text("days/2026-05-06.html")
    assert ("<li>Cross-listed</li>" in page) == bool(shown)


def test_a_paper_that_is_new_in_one_list_is_no_cross_list(build_site):
    lists = "".join(
        f"-- papers/{name}.xml --\n{RSS_OPEN}{RSS_ITEM.format(said)}{RSS_CLOSE}"
        for name, said in (("cs.CL", "cross"), ("cs.LG", "new"))
    )
    assert "Cross-listed" not in build_site(lists).text("days/2026-05-06.html")
