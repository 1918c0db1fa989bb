"""The page of trending papers."""

import pytest

from site_builder.pages import trending
from site_builder.render import html
from site_builder.settings import Settings
from tests.factories import catalogue, paper, site


def page_of(made):
    return next(trending.plan(made, Settings()), None)


def text_of(made):
    page = page_of(made)
    return html.render(page, site(made, pages=[page])).decode()


@pytest.mark.parametrize(
    "papers",
    [(), (paper("Undated", upvotes=9),), (paper("Silent", "2026-05-27", upvotes=0),), (paper("New", "2026-05-27"),)],
)
def test_there_is_no_page_where_no_list_tells_upvotes_or_comments_of_a_day(papers):
    assert page_of(catalogue(*papers)) is None


def test_one_paper_with_one_upvote_makes_a_whole_page():
    text = text_of(catalogue(paper("Only one", "2026-05-27", upvotes=1)))
    assert text.count(">Only one<") == 2
    assert "Most upvotes in" in text
    assert "Most discussed" not in text


def test_comments_alone_make_a_page_without_the_formula():
    text = text_of(catalogue(paper("Talked about", "2026-05-27", comments=3)))
    assert "Most discussed in" in text
    assert "<math>" not in text


def test_the_formula_is_told_with_its_numbers_and_the_newest_day():
    text = text_of(catalogue(paper("One", "2026-05-27", upvotes=4)))
    assert "<mn>2</mn>" in text
    assert "<mn>1.5</mn>" in text
    assert "27 May 2026" in text


def test_the_week_and_the_month_are_linked():
    text = text_of(catalogue(paper("One", "2026-05-27", upvotes=4), paper("Two", "2026-05-04", upvotes=2)))
    assert '<a href="weeks/2026-W22.html">week 22, 2026</a>' in text
    assert '<a href="months/2026-05.html">May 2026</a>' in text
