"""Pages of tags and organisations: the newest papers on one, the older ones on pages by month that never change."""

from datetime import date, timedelta

import pytest

from site_builder.config.settings import Settings
from site_builder.pages.moved import MovedData
from site_builder.pages.moved import plan as plan_moved
from site_builder.pages.term import TermPart, part_name, plan_organizations, plan_tags
from site_builder.papers.published_ids import first_month
from tests.factories import catalogue, paper

FEW = Settings(page_size=5)
APRIL, MARCH = TermPart("2026-04", "2026-04", 30), TermPart("2026-03", "2026-03", 12)
FIRST = date(2026, 3, 20)


def papers(count, **fields):
    """Return papers of as many days, oldest first."""
    tagged = {"tags": ("Vision",), **fields}
    return [paper(f"Paper {n:03}", (FIRST + timedelta(days=n)).isoformat(), **tagged) for n in range(count)]


def pages_of(*given, settings=FEW):
    return {page.path: page.data for page in plan_tags(catalogue(*given), settings)}


@pytest.mark.parametrize("count", [1, 5, 6, 12, 13, 40, 75])
def test_every_paper_of_a_tag_stands_on_one_of_its_pages(count):
    given = [*papers(count), paper("Lost", tags=("Vision",))]
    shown = [each for data in pages_of(*given).values() for each in getattr(data, "papers", ())]
    assert {each.id for each in shown} == {each.id for each in given}


def test_a_small_tag_is_one_page():
    assert pages_of(*papers(5)).keys() == {"tags/vision.html", "tags/index.html"}


def test_the_first_page_holds_the_open_month_and_leads_to_those_before():
    data = pages_of(*papers(50))["tags/vision.html"]
    assert [each.title for each in data.papers] == [f"Paper {n:03}" for n in range(49, 41, -1)]
    assert (data.count, data.parts) == (50, [APRIL, MARCH])


def test_the_first_page_holds_what_is_on_no_other_and_at_least_half_as_many_as_a_page():
    settings = Settings(page_size=8)
    data = pages_of(*papers(43), settings=settings)["tags/vision.html"]
    assert [each.title for each in data.papers] == [f"Paper {n:03}" for n in range(42, 38, -1)]
    data = pages_of(*papers(47), settings=settings)["tags/vision.html"]
    assert [each.title for each in data.papers] == [f"Paper {n:03}" for n in range(46, 41, -1)]


def test_the_page_of_a_month_leads_to_the_one_before_and_to_none_after():
    pages = pages_of(*papers(50))
    assert [pages[f"tags/vision/2026-{month}.html"].older for month in ("04", "03")] == [MARCH, None]


def test_the_page_of_a_month_stays_as_it_is_when_days_and_votes_come():
    given = papers(90)
    for count in range(13, 90):
        before, after = pages_of(*given[:count]), pages_of(*given[: count + 1])
        months = [path for path in before if path.count("/") == 2]
        assert [path for path in months if after[path] != before[path]] == []


def test_the_month_of_a_tag_closes_with_its_own_next_paper_and_not_with_one_of_another_tag():
    given = [*papers(31), paper("Else", "2026-05-01", tags=("Else",))]
    before = pages_of(*given)
    assert before.keys() >= {"tags/vision/2026-03.html"}
    assert "tags/vision/2026-04.html" not in before
    assert before["tags/vision.html"] == pages_of(*papers(31))["tags/vision.html"]
    assert "tags/vision/2026-04.html" in pages_of(*given, paper("Next", "2026-05-02", tags=("Vision",)))


def test_a_month_whose_page_was_published_stays_closed_when_the_papers_behind_it_go():
    made = catalogue(*papers(31), closed=frozenset({"tags/vision/2026-04.html"}))
    pages = {page.path: page.data for page in plan_tags(made, FEW)}
    assert len(pages["tags/vision/2026-04.html"].papers) == 19
    assert len(pages["tags/vision.html"].papers) == FEW.page_size // 2


def test_months_of_few_papers_share_a_page_which_is_named_by_the_last_of_them():
    given = [paper(f"Paper {n}", f"2026-{n + 1:02}-10", tags=("Vision",)) for n in range(9)]
    pages = pages_of(*given, *papers(6)[:3])
    shown = {path: [each.title for each in data.papers] for path, data in pages.items() if path.count("/") == 2}
    assert shown == {
        "tags/vision/2026-02.html": ["Paper 1", "Paper 0"],
        "tags/vision/2026-03.html": ["Paper 002", "Paper 001", "Paper 000", "Paper 2"],
        "tags/vision/2026-05.html": ["Paper 4", "Paper 3"],
        "tags/vision/2026-07.html": ["Paper 6", "Paper 5"],
    }
    first = pages["tags/vision.html"]
    names = [part_name(part, FEW.words) for part in first.parts]
    assert names[:3] == ["June 2026 – July 2026", "April 2026 – May 2026", "March 2026"]
    assert [each.title for each in first.papers] == ["Paper 8", "Paper 7"]


def test_a_month_whose_page_was_published_still_ends_a_part_when_it_has_few_papers():
    given = [paper(f"Paper {n}", f"2026-{n + 1:02}-10", tags=("Vision",)) for n in range(9)]
    made = catalogue(*given, closed=frozenset({"tags/vision/2026-03.html"}))
    parts = next(plan_tags(made, FEW)).data.parts
    assert [(part.first, part.last) for part in parts] == [
        ("2026-06", "2026-07"),
        ("2026-04", "2026-05"),
        ("2026-03", "2026-03"),
        ("2026-01", "2026-02"),
    ]


def test_a_paper_that_is_listed_again_stays_in_its_first_month():
    again = paper("Again", "2026-03-20", "2026-05-01")
    assert first_month(again) == "2026-03"


def test_organisations_have_the_same_pages():
    given = papers(20, organization="Cloud Lab")
    paths = {page.path for page in plan_organizations(catalogue(*given), FEW)}
    assert paths == {
        "organizations/cloud-lab.html",
        "organizations/cloud-lab/2026-03.html",
        "organizations/index.html",
    }


def test_numbered_pages_of_before_lead_to_the_first_page():
    made = catalogue(*papers(20), numbered={"tags/vision.html": 2})
    pages = list(plan_tags(made, FEW))
    moved = {page.path: page.data for page in plan_moved(pages, made, FEW)}
    assert moved["tags/vision/1.html"] == moved["tags/vision/2.html"] == MovedData("tags/vision.html")
    assert ("/tags/vision/2.html", "/tags/vision.html") in moved["_redirects"].moves


def test_all_pages_lead_to_the_venues_where_there_are_any(build_site):
    lists = "-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n"
    rows = "".join(f"- {{title: Rain {n}, venue: NeurIPS 2026, published: 2026-11-01}}\n" for n in range(3))
    settings = "-- site.yaml --\nbase_url: https://x.example\ncards: none\nrelated: none\nsearch: false\n"
    assert 'href="venues/index.html"' in build_site(settings + lists + rows).text("index.html")
    assert "venues/" not in build_site(settings + lists + "- {title: Snow}\n").text("index.html")
