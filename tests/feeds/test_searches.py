"""A feed of each search that the editor names."""

import pytest

from site_builder.problems import BuildError

SITE = """
-- site.yaml --
title: Small
base_url: https://small.example
cards: none
search: false
searches: {Long contexts: '"long context" OR window*'}
-- papers/2026-05-27.yaml --
listed: 2026-05-27
papers:
- {title: A long context for all}
- {title: Rain, abstract: It falls on windows.}
- {title: Long is the context}
"""


def test_a_search_has_a_feed_of_what_it_finds(build_site):
    site = build_site(SITE)
    feed = site.text("feeds/searches/long-contexts.atom")
    assert [title in feed for title in ("A long context for all", "Rain", "Long is the context")] == [True, True, False]
    assert "feeds/searches/long-contexts.atom" in site.text("feeds.html")


def test_a_search_that_cannot_be_read_stops_the_build_with_its_line(build_site):
    with pytest.raises(BuildError, match=r"site\.yaml:5"):
        build_site(SITE.replace("OR window*", "OR ("))
