"""The search page in the real Chromium, below a folder of a host."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from site_builder.pagefind import is_installed, make_index
from site_builder.pages import plan_pages, search
from site_builder.render import html
from site_builder.render.assets import render as render_asset
from site_builder.render.search_index import render_search_index
from site_builder.settings import Settings
from tests.browser.screenshots import served
from tests.factories import TEMPLATES, catalogue, paper, site

pytestmark = pytest.mark.skipif(
    not is_installed() and not os.environ.get("CI"), reason="no Pagefind: pip install '.[search]'"
)

HOSTILE = '<img src=x onerror="document.title=1"> and <script>document.title=1</script>'
PAPERS = (
    paper(
        "Sparse Attention for Long Documents",
        "2026-05-27",
        abstract="We study kernels. " * 30 + "A zeppelin flies above the clouds.",
        authors=("Ada Lovelace",),
        organization="Acme",
        tags=("attention",),
        upvotes=5,
    ),
    paper("Sparse Mixtures of Experts", "2025-03-01", abstract="Sparse routing.", tags=("experts",), upvotes=90),
    paper("Sparse Mixtures, Revisited", "2024-02-01", tags=("experts",), upvotes=7),
    paper("Naïve Policy Gradients", "2026-05-26", abstract="On policies."),
    paper(HOSTILE, "2026-05-25", id="hostile", abstract=HOSTILE, authors=(HOSTILE,), organization=HOSTILE),
    *(paper(f"Tide tables, part {n}", "2023-01-01", id=f"tide-{n}", abstract="The moon.") for n in range(12)),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages for people and the search of a small site."""
    made = catalogue(*PAPERS)
    planned = (*plan_pages(made, Settings(), (TEMPLATES,)), *search.plan(made, Settings()))
    pages = {page.path: page for page in planned}
    whole = site(made, pages=pages.values())
    files = dict(render_search_index(whole, make_index))
    for page in pages.values():
        if page.renderer in ("html", "asset"):
            files[page.path] = (html.render if page.renderer == "html" else render_asset)(page, whole)
    host = tmp_path_factory.mktemp("host")
    for path, content in files.items():
        file = host / "digest" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return host


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as where:
        yield f"{where}/digest"


def found(tab: Page) -> list[str]:
    return tab.locator(".results h3").all_inner_texts()


def look_for(tab: Page, address: str, query: str) -> None:
    tab.goto(f"{address}/search.html")
    tab.get_by_role("searchbox").fill(query)
    expect(tab.get_by_role("status")).not_to_contain_text("to search")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Sparse Attention fo", "Sparse Attention for Long Documents"),
        ("sparse mixtures, re", "Sparse Mixtures, Revisited"),
        ("naive policy", "Naïve Policy Gradients"),
        ("Naïve Policy Gr", "Naïve Policy Gradients"),
    ],
)
def test_a_title_typed_in_half_comes_first_and_enter_opens_it(tab, address, typed, title):
    look_for(tab, address, typed)
    assert found(tab)[0] == title
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/papers/*.html")
    assert tab.locator("h1").inner_text() == title


def test_enter_before_the_results_stand_there_opens_the_first_of_them(tab, address):
    tab.goto(f"{address}/search.html")
    tab.keyboard.type("sparse attention")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/papers/sparse-attention-for-long-documents.html")


@pytest.mark.parametrize("query", ["zeppelin", "lovelace", "acme attention", "what is the zeppelin"])
def test_a_paper_is_found_by_words_of_its_abstract_its_authors_tags_and_organisation(tab, address, query):
    look_for(tab, address, query)
    assert found(tab) == ["Sparse Attention for Long Documents"]


def test_an_excerpt_shows_the_words_in_their_place(tab, address):
    look_for(tab, address, "zeppelins")
    assert tab.locator(".results mark").all_inner_texts() == ["zeppelin"]
    assert "A zeppelin flies" in tab.locator(".results > li > p[dir]").inner_text()


def test_tag_year_and_organisation_narrow_and_the_address_keeps_them(tab, address):
    look_for(tab, address, "sparse")
    assert len(found(tab)) == 3
    tab.get_by_label("Tag").select_option("experts")
    expect(tab.get_by_role("status")).to_have_text("2 papers")
    tab.get_by_label("Year").select_option("2024")
    expect(tab.get_by_role("status")).to_have_text("1 paper")
    assert tab.url.endswith("?q=sparse&tag=experts&year=2024")
    tab.reload()
    expect(tab.get_by_role("status")).to_have_text("1 paper")
    assert found(tab) == ["Sparse Mixtures, Revisited"]
    tab.get_by_role("button", name="Clear").click()
    expect(tab.get_by_role("status")).to_have_text("3 papers")
    tab.get_by_label("Organisation").select_option("acme")
    expect(tab.get_by_role("status")).to_have_text("1 paper")


def test_filters_work_without_words_and_results_are_ordered_by_day_and_by_upvotes(tab, address):
    tab.goto(f"{address}/search.html?q=sparse&sort=date")
    expect(tab.get_by_role("status")).to_have_text("3 papers")
    assert [title.split()[1] for title in found(tab)] == ["Attention", "Mixtures", "Mixtures,"]
    tab.get_by_label("Order").select_option("upvotes")
    expect(tab.locator(".results h3").first).to_have_text("Sparse Mixtures of Experts")
    tab.goto(f"{address}/search.html?tag=experts")
    expect(tab.get_by_role("status")).to_have_text("2 papers")


def test_an_address_whose_query_has_a_line_end_is_searched(tab, address):
    tab.goto(f"{address}/search.html?q=sparse%0Aattention")
    expect(tab.locator("#found")).to_contain_text("paper")


def test_an_address_with_a_term_that_no_paper_has_finds_nothing_and_says_so(tab, address):
    tab.goto(f"{address}/search.html?q=sparse&tag=__proto__&organization=nobody&year=1&nonsense=2")
    expect(tab.get_by_role("status")).to_contain_text("No paper fits")


@pytest.mark.parametrize(
    "query", [HOSTILE, '"><svg onload=document.title=1>', "__proto__ constructor", "[(*+?{", "日本語 \u202e"]
)
def test_markup_in_the_query_and_in_papers_stays_text(tab, address, query):
    said = []
    tab.on("console", lambda message: said.append(message.text))
    look_for(tab, address, query)
    tab.reload()
    expect(tab.get_by_role("searchbox")).to_have_value(query)
    tab.wait_for_timeout(200)
    assert tab.locator("main :is(img, svg, script)").count() == 0
    assert tab.title().startswith("Search")
    assert said == []


def test_a_hostile_title_is_shown_as_it_is_written(tab, address):
    look_for(tab, address, "onerror")
    assert found(tab) == [HOSTILE]


def test_more_results_follow_on_demand_and_take_the_focus(tab, address):
    look_for(tab, address, "tide moon")
    assert len(found(tab)) == 10
    tab.get_by_role("button", name="More papers").click()
    expect(tab.locator(".results > li")).to_have_count(12)
    expect(tab.locator(".results > li:nth-child(11) a")).to_be_focused()
    expect(tab.get_by_role("button", name="More papers")).to_be_hidden()


def test_the_keyboard_reaches_choices_and_results(tab, address):
    look_for(tab, address, "zeppelin")
    reached = []
    for _ in range(5):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.name ?? document.activeElement.className"))
    assert reached[:4] == ["tag", "year", "organization", "sort"]
    expect(tab.locator(".results a")).to_be_focused()


def test_nobody_else_is_asked_and_no_rule_of_the_policy_is_broken(tab, address):
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    look_for(tab, address, "sparse")
    assert len(found(tab)) == 3
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []


def test_an_index_that_cannot_be_loaded_is_said_and_tried_again(tab, address):
    tab.context.route("**/pf_*", lambda route: route.abort())
    tab.context.route("**/pagefind-worker.js", lambda route: route.abort())
    look_for(tab, address, "sparse")
    expect(tab.get_by_role("status")).to_contain_text("could not be loaded")
    tab.context.unroute_all()
    tab.get_by_role("searchbox").fill("sparse mixtures")
    expect(tab.get_by_role("status")).to_have_text("2 papers")


def test_a_long_session_goes_on_finding(tab, address):
    look_for(tab, address, "sparse")
    for n in range(60):
        tab.get_by_role("searchbox").fill(f"zeppelin{'s' if n % 2 else ''}")
        tab.wait_for_timeout(70)
    expect(tab.get_by_role("status")).to_have_text("1 paper")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_fits_every_screen(tab, address, width):
    tab.set_viewport_size({"width": width, "height": 800})
    look_for(tab, address, "onerror")
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_without_scripts_the_page_says_what_it_needs_and_where_else_to_look(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/search.html")
    expect(tab.get_by_text("needs JavaScript")).to_be_visible()
    expect(tab.get_by_role("searchbox")).to_be_hidden()
    expect(tab.get_by_role("main").get_by_role("link", name="archive")).to_be_visible()
    context.close()


def test_opened_from_a_disk_the_page_says_how_to_serve_it(tab, folder):
    tab.goto(f"file://{folder}/digest/search.html")
    expect(tab.get_by_text("opened as a file")).to_be_visible()
    expect(tab.get_by_role("searchbox")).to_have_count(0)
