"""The page of trending papers."""

from datetime import date

import pytest

from site_builder.config.settings import Settings
from site_builder.model.paper import Counts
from site_builder.pages import trending
from site_builder.render import html
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


def test_the_page_stays_when_readers_have_said_nothing_for_a_month():
    text = text_of(catalogue(paper("Old", "2026-04-01", upvotes=9), paper("New", "2026-05-27")))
    assert "None yet." in text
    assert ">Old<" not in text
    assert "In the order" not in text


def test_one_paper_with_one_upvote_makes_a_whole_page_of_one_list():
    text = text_of(catalogue(paper("Only one", "2026-05-27", upvotes=1)))
    assert text.count(">Only one<") == text.count("<ol") == 1
    assert "The last 28 days" in text


def test_comments_alone_make_a_page_without_the_formula():
    text = text_of(catalogue(paper("Talked about", "2026-05-27", comments=3)))
    assert "In the order of comments" in text
    assert "<math>" not in text


def test_the_formula_is_told_with_its_numbers_and_the_newest_day():
    text = text_of(catalogue(paper("One", "2026-05-27", upvotes=4)))
    assert "<mn>2</mn>" in text
    assert "<mn>1.5</mn>" in text
    assert "27 May 2026" in text


def test_what_rose_what_fell_and_what_is_new_is_told_since_the_digest_before():
    text = text_of(
        catalogue(
            paper("Riser", "2026-05-26", upvotes=40, counts=(Counts(date(2026, 5, 26), 2, None),)),
            paper("Faller", "2026-05-26", upvotes=20, counts=(Counts(date(2026, 5, 26), 20, None),)),
            paper("Newcomer", "2026-05-27", upvotes=5),
        )
    )
    told = [line for line in text.split("<li><article")[1:] if "rose" in line]
    assert ["rose by 1 place" in told[0], "fell by 1 place" in told[1], '<p class="rose">new</p>' in told[2]] == [
        True
    ] * 3


def test_no_paper_rises_on_the_first_day():
    assert 'class="rose"' not in text_of(catalogue(paper("One", "2026-05-27", upvotes=4)))
