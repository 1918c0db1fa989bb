"""Authors and venues on the pages of a site: where their names lead, and what their own pages say."""

import re

import pytest

from site_builder.build import build
from tests.conftest import NOW, Site, write_content

SITE = """
-- site.yaml --
title: Small
base_url: https://small.example
author_min: 2
venue_min: 2
cards: none
related: none
-- people.yaml --
people:
- {name: Grace Hopper, aliases: [G. Hopper], ours: yes, orcid: 0000-0002-1825-0097, arxiv: hopper_g_1}
-- papers/2026-05-27.yaml --
listed: 2026-05-27
papers:
- title: Clouds of rain
  authors: [Ada Lovelace, Émile Zola, "王伟", "A"]
  tags: [rain]
  organization: Lab
  venue: NeurIPS 2025
- {title: Clouds of snow, authors: ["Lovelace, Ada", Emile Zola, "<b>Bold</b> Name"], tags: [rain], venue: NeurIPS 2025}
- {title: Clouds of hail, authors: [G. Hopper, Alan Turing], venue: J. Weather}
-- papers/many.json --
[{"title": "Clouds of thousands", "listed": "2026-05-28", "authors": [MANY]}]
"""
MANY = ", ".join(f'"Physicist P{n}"' for n in range(4_000))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    write_content(folder / "content", SITE.replace("MANY", MANY))
    result = build(folder / "content", folder / "output", NOW)
    return Site(result, folder / "content", folder / "output")


def links_of(built, path, kind="authors"):
    found = re.search(rf'<p class="{kind}">(.*?)</p>', built.text(path), re.DOTALL)
    return re.findall(r'<a href="([^"]*)">', found[1])


def test_authors_with_a_page_are_links_and_the_others_are_left_to_the_script_that_leads_to_the_search(built):
    links = links_of(built, "papers/clouds-of-rain.html")
    assert links == ["../authors/ada-lovelace.html", "../authors/emile-zola.html"]
    assert "<bdi>王伟</bdi>" in built.text("papers/clouds-of-rain.html")
    assert links_of(built, "days/2026-05-27.html", "byline")[:2] != []


@pytest.mark.parametrize(
    ("search", "said"),
    [("yes", '<a href="../search.html">the search</a> finds all of them'), ("no", "None yet.")],
)
def test_where_nobody_has_a_page_the_index_leads_to_the_search(build_site, search, said):
    site = build_site(
        f"-- site.yaml --\nbase_url: https://small.example\ncards: none\nsearch: {search}\n"
        "-- papers/a.yaml --\nlisted: 2026-05-27\npapers:\n- {title: Clouds of rain, authors: [Ada Lovelace]}\n"
    )
    assert said in site.text("authors/index.html")


def test_a_name_with_markup_stays_text(built):
    page = built.text("papers/clouds-of-snow.html")
    assert "<b>Bold</b>" not in page


def test_the_page_of_an_author_says_all_that_is_known(built):
    page = built.text("authors/ada-lovelace.html")
    for said in ("Clouds of rain", "Clouds of snow", "emile-zola.html", "tags/rain.html", "organizations/lab.html"):
        assert said in page
    assert "This page goes by name" in page
    assert 'data-of="authors" data-slug="ada-lovelace"' in page


def test_the_page_of_a_person_leads_to_the_registers(built):
    page = built.text("authors/grace-hopper.html")
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in page
    assert 'href="https://arxiv.org/a/hopper_g_1"' in page
    assert "Alan Turing" in page


def test_an_author_has_a_feed_and_our_people_have_one_together(built):
    assert "Clouds of snow" in built.text("feeds/authors/ada-lovelace/papers.atom")
    assert "Clouds of hail" in built.text("feeds/authors/our-people/papers.atom")


def test_our_people_are_the_first_section_of_a_day(built):
    headings = re.findall(r'<h2 class="rubric"[^>]*>(.*?)</h2>', built.text("days/2026-05-27.html"))
    assert "Our people" in headings[0]


def test_a_venue_and_year_has_a_page_and_a_single_paper_leads_to_the_search(built):
    assert "Clouds of snow" in built.text("venues/neurips-2025.html")
    assert "../venues/neurips-2025.html" in built.text("papers/clouds-of-rain.html")
    assert "../search.html?venue=J.+Weather" in built.text("papers/clouds-of-hail.html")


def test_all_of_four_thousand_authors_are_named_and_none_has_a_page(built):
    assert built.text("papers/clouds-of-thousands.html").count("<bdi>Physicist P") == 4_000
    assert not any(path.startswith("authors/physicist") for path in built.paths)


def test_the_search_offers_the_authors_who_have_a_page(built):
    assert '<option value="Ada Lovelace" data-path="authors/ada-lovelace.html"' in built.text("search.html")


def test_the_readers_digest_knows_which_authors_can_be_followed(built):
    people = {paper["title"]: paper.get("people") for paper in built.json("api/recent.json")}
    assert people["Clouds of hail"] == ["our-people", "grace-hopper"]
    assert people["Clouds of thousands"] is None


def test_nothing_is_told_and_every_link_inside_leads_somewhere(built):
    assert built.problems == []
    pages = [
        path for path in built.paths if path.startswith(("authors/", "venues/", "papers/")) and path.endswith("html")
    ]
    for page in pages:
        for target in re.findall(r'href="\.\./([^"#?]*)', built.text(page)):
            assert not target or target in built.paths, (page, target)


def test_a_site_without_a_search_has_no_link_to_it(build_site):
    site = build_site(SITE.replace("MANY", '"Ada Once"').replace("venue_min: 2", "search: false"))
    assert "search.html" not in site.text("papers/clouds-of-thousands.html")
    assert "<bdi>Ada Once</bdi>" in site.text("papers/clouds-of-thousands.html")
