"""`paper_pages`: older papers have a place on the page of their day in place of a page, and all links lead there."""

import pytest

from tests.test_build import dead_links

SITE = """
-- site.yaml --
title: Small
base_url: https://small.example/digest
paper_pages: 1
exports: [bib, ris, csl, md]
search: false
related: tags
page_size: 5
-- papers/2026-04-29.yaml --
listed: 2026-04-29
papers:
- title: Sparse Clouds
  abstract: They rain.
  authors: [Ada Lovelace, Emmy Noether, Alan Turing, Kurt Godel, Rosa Peter]
  tags: [rain]
  arxiv: 2604.00001
- {title: Dense Clouds, arxiv: 2604.00002, tags: [rain]}
-- papers/2026-05-04.yaml --
listed: 2026-05-04
papers:
- {title: Wet Clouds, tags: [rain]}
- {title: Dense Clouds, arxiv: 2604.00002, tags: [rain]}
-- papers/undated.yaml --
- {title: Lost Clouds, tags: [rain]}
-- notes/2026-05-04.md --
As [before](papers/2604.00001.html), and [here](https://small.example/digest/papers/2604.00001.html).
"""
OLD = "papers/2604.00001"
PLACE = "days/2026-04-29.html#paper-2604.00001"


@pytest.fixture
def site(build_site):
    return build_site(SITE)


def test_an_older_paper_has_no_page_and_nothing_beside_it(site):
    assert [path for path in site.paths if path.startswith(OLD)] == []
    assert {"papers/wet-clouds.html", "papers/2604.00002.html", "papers/lost-clouds.html"} <= site.paths


def test_no_link_is_dead_and_no_problem_is_told(site):
    assert [problem for problem in site.problems if "Undated" not in problem] == []
    assert dead_links(site) == set()


def test_its_place_says_all_that_its_page_said(site):
    page = site.text("days/2026-04-29.html")
    card = page[page.index('id="paper-2604.00001"') :].partition("</article>")[0]
    for told in ("They rain.", "Rosa Peter", "https://arxiv.org/pdf/2604.00001", "@misc{lovelace", "TY  - ", "doi.org"):
        assert told in card


def test_a_paper_of_a_newer_day_has_its_page_although_it_was_listed_before(site):
    page = site.text("days/2026-04-29.html")
    assert 'href="../papers/2604.00002.html"' in page
    assert page.count('class="folded"') == 1


def test_data_feeds_the_sitemap_and_notes_name_its_place(site):
    assert site.papers["2604.00001"]["url"] == f"https://small.example/digest/{PLACE}"
    assert PLACE in site.text("feeds/papers.xml")
    assert OLD not in site.text("sitemap.xml")
    assert f'href="../{PLACE}"' in site.text("days/2026-05-04.html")
    (recent,) = [each for each in site.json("api/recent.json") if each["title"] == "Sparse Clouds"]
    assert (recent["path"], recent["place"]) == (f"{OLD}.html", PLACE)


def test_its_former_address_leads_to_its_place(site):
    assert f"/digest/{OLD}.html /digest/{PLACE} 301" in site.text("_redirects").splitlines()
    (shard,) = [path for path in site.paths if path.startswith("papers/places/")]
    assert site.json(shard) == {"2604.00001": PLACE}
    assert shard == f"papers/places/{sum(b'2604.00001') % 128}.json"
    assert 'data-modules="keys lost"' in site.text("404.html")


def test_ids_of_entries_stay(site, build_site):
    guids = [entry["id"] for entry in site.json("feeds/papers.json")["items"]]
    whole = build_site("-- site.yaml --\ntitle: Small\nbase_url: https://small.example/digest\nsearch: false\n")
    assert [entry["id"] for entry in whole.json("feeds/papers.json")["items"]] == guids


def test_a_site_without_html_names_the_place_as_its_host_does(build_site):
    site = build_site(SITE.replace("paper_pages", "addresses: without_html\npaper_pages"))
    assert site.papers["2604.00001"]["url"] == "https://small.example/digest/days/2026-04-29#paper-2604.00001"


def test_all_papers_have_pages_unless_it_is_set(build_site):
    site = build_site(SITE.replace("paper_pages: 1\n", ""))
    assert f"{OLD}.html" in site.paths
    assert [path for path in site.paths if path.startswith("papers/places/")] == []
    assert "lost" not in site.text("404.html").partition("<body")[0]
    assert PLACE not in site.text("_redirects")
