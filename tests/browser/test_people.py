"""Authors in the browser: they are followed, found, and the search leads to their pages."""

import re

import pytest
from playwright.sync_api import Page, expect


def test_an_author_who_is_followed_stands_in_the_readers_digest(tab: Page, sample_address):
    tab.goto(f"{sample_address}/authors/index.html")
    name = tab.locator(".register a").first.inner_text()
    tab.locator(".register a").first.click()
    tab.wait_for_load_state("networkidle")  # the script that follows is there
    tab.get_by_role("button", name="Follow").click()
    expect(tab.get_by_role("button", name="Follow")).to_have_attribute("aria-pressed", "true")
    tab.goto(f"{sample_address}/my.html")
    expect(tab.locator('[data-list="tags"]')).to_contain_text(name)
    tab.get_by_role("button", name=f"Unfollow: {name}").click()
    expect(tab.locator('[data-list="tags"] li')).to_have_count(0)


def test_the_search_for_an_author_leads_to_the_page(tab: Page, sample_address):
    tab.goto(f"{sample_address}/search.html?author=kaiming+he")
    tab.get_by_role("link", name="The page of Kaiming He").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Kaiming He")


@pytest.mark.parametrize(
    ("path", "among"), [("papers/2608.19758.html", ".authors"), ("days/2026-08-21.html", ".card .byline")]
)
def test_a_name_without_a_page_leads_to_what_the_search_finds(tab: Page, sample_address, path, among):
    tab.goto(f"{sample_address}/{path}")
    name = tab.locator(f'{among} a[href*="search.html?author="]').first
    author = name.inner_text()
    name.click()
    expect(tab.get_by_label("Author", exact=True)).to_have_value(author)
    expect(tab.locator(".results h3").first).to_be_visible()


def test_a_random_paper_is_a_paper(tab: Page, sample_address):
    tab.goto(f"{sample_address}/search.html")
    tab.get_by_role("button", name="A random paper").click()
    tab.wait_for_url(re.compile(r"/papers/[^/]+\.html$"))
