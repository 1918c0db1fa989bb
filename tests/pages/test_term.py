"""Pages of tags and organisations: the newest papers on one, the older ones on pages that never change again."""

import pytest

from site_builder.pages.term import older_pages, plan_tags
from site_builder.settings import Settings
from tests.factories import catalogue, paper


def papers(count):
    """Return papers of as many days, newest first."""
    return [
        paper(f"Paper {n}", f"20{10 + n // 300}-{1 + n % 300 // 28:02}-{1 + n % 28:02}") for n in range(count, 0, -1)
    ]


@pytest.mark.parametrize(("count", "expected"), [(0, []), (5, []), (9, []), (10, [5]), (14, [5]), (15, [5, 5])])
def test_the_newest_page_keeps_at_least_one_page_full(count, expected):
    assert [len(page) for page in older_pages(papers(count), 5)] == expected


@pytest.mark.parametrize("count", [9, 10, 14, 37])
def test_every_paper_stands_on_one_page_and_older_ones_further_back(count):
    given = papers(count)
    older = older_pages(given, 5)
    newest = given[: count - sum(map(len, older))]
    assert [*newest, *(each for page in reversed(older) for each in page)] == given


def test_an_older_page_stays_as_it_is_when_papers_are_added():
    given = papers(40)
    for more in range(1, 40):
        before, after = older_pages(given[-more:], 5), older_pages(given[-more - 1 :], 5)
        assert after[: len(before)] == before


def test_the_pages_of_a_tag_lead_to_each_other():
    tagged = [paper(f"Paper {n}", f"2026-05-{n + 1:02}", tags=("Vision",)) for n in range(17)]
    pages = {page.path: page.data for page in plan_tags(catalogue(*tagged), Settings(page_size=5))}
    assert list(pages["tags/vision.html"]["numbers"]) == [2, 1]
    assert (pages["tags/vision/2.html"]["newer"], pages["tags/vision/2.html"]["older"]) == (0, 1)
    assert (pages["tags/vision/1.html"]["newer"], pages["tags/vision/1.html"]["older"]) == (2, None)
    assert pages["tags/vision.html"]["count"] == 17
