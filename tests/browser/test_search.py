"""The search page in the real Chromium, below a folder of a host."""

import json
import os
import random
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.paper import Paper
from site_builder.pages import plan_pages, search
from site_builder.render import render_pages, search_index
from site_builder.render.search_words import entry_size, index_words, number_of
from tests.browser.conftest import open_context
from tests.browser.screenshots import served
from tests.conftest import IS_AUDIT
from tests.factories import TEMPLATES, catalogue, paper, site

HINT = "to search"  # what the page says while it has been asked nothing
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
        links={"page": "https://aclanthology.org/2026.acl-long.1/"},
    ),
    paper(
        "Sparse Mixtures of Experts",
        "2025-03-01",
        abstract="Sparse routing.",
        tags=("experts",),
        upvotes=90,
        venue="Clouds 2025",
        authors=("Ada Byron", "Grace Ada Hopper"),
        arxiv="2503.00017",
    ),
    paper("Sparse Mixtures, Revisited", "2024-02-01", tags=("experts",), upvotes=7, doi="10.1000/x.1"),
    paper(
        "Naïve Policy Gradients",
        "2026-05-26",
        abstract="On policies.",
        links={"page": "https://openreview.net/forum?id=rJXMpikCZ"},
    ),
    paper(HOSTILE, "2026-05-25", id="hostile", abstract=HOSTILE, authors=(HOSTILE,), organization=HOSTILE),
    *(paper(f"Tide tables, part {n}", "2023-01-01", id=f"tide-{n}", abstract="The moon.") for n in range(12)),
)


def write_site(host: Path, papers: tuple[Paper, ...], language: str = "en") -> None:
    """Write the pages for people and the search of a small site, in the place of what a folder held before."""
    settings = Settings(language=language)
    made = catalogue(*papers)
    with pytest.MonkeyPatch.context() as patch:  # so that some words and records are in other files than the others
        patch.setattr(search, "WORDS", 800)
        patch.setattr(search, "RECORDS", 2)
        patch.setattr(search_index, "RECORDS", 2)
        _write(host, made, settings)


def _write(host: Path, made: Catalogue, settings: Settings) -> None:
    pages = plan_pages(made, settings, (TEMPLATES,))
    shown = [page for page in pages if page.renderer in ("html", "asset") or page.path.startswith("search/")]
    shutil.rmtree(host / "digest", ignore_errors=True)
    for each in render_pages(shown, site(made, settings, pages=pages)):
        file = host / "digest" / each.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(each.content())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    host = tmp_path_factory.mktemp("host")
    write_site(host, PAPERS)
    return host


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as where:
        yield f"{where}/digest"


def found(tab: Page) -> list[str]:
    return tab.locator(".results h3").all_inner_texts()


@pytest.fixture(scope="module")
def search_tab(browser: Browser, address: str) -> Iterator[Page]:
    """Lend one page of the search to the tests that do nothing but ask it."""
    context = open_context(browser)
    page = context.new_page()
    page.goto(f"{address}/search.html")
    yield page
    context.close()


def look_for(tab: Page, address: str, query: str) -> None:
    tab.goto(f"{address}/search.html")
    tab.get_by_role("searchbox").fill(query)
    expect(tab.get_by_role("status")).not_to_contain_text(HINT)


def ask(tab: Page, query: str) -> None:
    """Ask a page of the search that is open, once nothing is left of what it was asked before."""
    box, status = tab.get_by_role("searchbox"), tab.get_by_role("status")
    box.fill("")
    expect(status).to_contain_text(HINT)
    box.fill(query)
    expect(status).not_to_contain_text(HINT)


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
def test_a_paper_is_found_by_words_of_its_abstract_its_authors_tags_and_organisation(search_tab, query):
    ask(search_tab, query)
    assert found(search_tab) == ["Sparse Attention for Long Documents"]


def test_an_excerpt_shows_the_words_in_their_place(search_tab):
    ask(search_tab, "zeppelins")
    expect(search_tab.locator(".results mark")).to_have_text(["zeppelin"])
    assert "A zeppelin flies" in search_tab.locator(".results > li > p[dir]").inner_text()


def test_tag_dates_organisation_venue_and_author_narrow_and_the_address_keeps_them(tab, address):
    look_for(tab, address, "sparse")
    assert len(found(tab)) == 3
    tab.get_by_label("Tag").select_option("experts")
    expect(tab.get_by_role("status")).to_have_text("2 of 3 papers")
    tab.get_by_label("From").fill("2024-01-01")
    tab.get_by_label("To", exact=True).fill("2024-12-31")
    expect(tab.get_by_role("status")).to_have_text("1 of 3 papers")
    assert tab.url.endswith("?q=sparse&tag=experts&from=2024-01-01&to=2024-12-31")
    tab.reload()
    expect(tab.get_by_role("status")).to_have_text("1 of 3 papers")
    assert found(tab) == ["Sparse Mixtures, Revisited"]
    tab.get_by_role("button", name="Clear").click()
    expect(tab.get_by_role("status")).to_have_text("3 papers")
    tab.get_by_label("Organisation").select_option("acme")
    expect(tab.get_by_role("status")).to_have_text("1 of 3 papers")
    tab.get_by_role("button", name="Clear").click()
    tab.get_by_label("Venue").select_option("Clouds 2025")
    expect(tab.locator(".results h3")).to_have_text(["Sparse Mixtures of Experts"])
    tab.get_by_role("button", name="Clear").click()
    tab.get_by_label("Author").fill("lovelace")
    expect(tab.locator(".results h3")).to_have_text(["Sparse Attention for Long Documents"])


def test_an_address_that_names_a_year_narrows_to_its_days(tab, address):
    tab.goto(f"{address}/search.html?q=sparse&year=2024")
    expect(tab.get_by_role("status")).to_have_text("1 of 3 papers")
    expect(tab.get_by_label("From")).to_have_value("2024-01-01")


def test_an_address_with_an_unknown_order_shows_the_usual_one(tab, address):
    tab.goto(f"{address}/search.html?q=mixtures&sort=relevance")
    expect(tab.get_by_label("Order").locator("option:checked")).to_have_text("Best match")


def test_filters_work_without_words_and_results_are_ordered_by_day_and_by_upvotes(tab, address):
    tab.goto(f"{address}/search.html?q=sparse&sort=date")
    expect(tab.get_by_role("status")).to_have_text("3 papers")
    assert [title.split()[1] for title in found(tab)] == ["Attention", "Mixtures", "Mixtures,"]
    tab.get_by_label("Order").select_option("upvotes")
    expect(tab.locator(".results h3").first).to_have_text("Sparse Mixtures of Experts")
    tab.goto(f"{address}/search.html?tag=experts")
    expect(tab.get_by_role("status")).to_have_text("2 of 17 papers")


def test_an_address_whose_query_has_a_line_end_is_searched(tab, address):
    tab.goto(f"{address}/search.html?q=sparse%0Aattention")
    expect(tab.locator("#found")).to_contain_text("paper")


def test_an_address_with_a_term_that_no_paper_has_finds_nothing_and_says_so(tab, address):
    tab.goto(f"{address}/search.html?q=sparse&tag=__proto__&organization=nobody&venue=none&nonsense=2")
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


def test_a_hostile_title_is_shown_as_it_is_written(search_tab):
    ask(search_tab, "onerror")
    assert found(search_tab) == [HOSTILE]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sparse zzyzx", "No paper has all of these words; without ‘zzyzx’: 3 papers"),
        ("sparse mixtures zzyzx", "No paper has all of these words; without ‘zzyzx’: 2 papers"),
        ("sparse mixtures moon", "No paper has all of these words; without ‘moon’: 2 papers"),
        ("zeppleins", "1 paper; ‘zeppelin’ is read for ‘zeppleins’"),
        ("psarse", "3 papers; ‘sparse’ is read for ‘psarse’"),
    ],
)
def test_a_wrong_word_is_left_out_or_read_as_it_was_meant_and_said_so(search_tab, query, said):
    ask(search_tab, query)
    expect(search_tab.get_by_role("status")).to_have_text(said)


@pytest.mark.parametrize(
    "query",
    [
        "2503.00017",
        "arXiv:2503.00017v3",
        "https://arxiv.org/abs/2503.00017",
        "https://arxiv.org/pdf/2503.00017v2.pdf",
        "https://huggingface.co/papers/2503.00017",
        "https://www.alphaxiv.org/overview/2503.00017v1",
        "https://doi.org/10.48550/arXiv.2503.00017",
        "https://here.example/digest/papers/2503.00017.html",
        "2503.000",
        "(https://arxiv.org/abs/2503.00017).",
        "<https://arxiv.org/abs/2503.00017v1>,",
        "https://arxiv.org/pdf/2503.00017v3#page=4",
        "https://arxiv.org/abs/2503.00017?utm_source=mail&utm_medium=x",
        "https://mail.example/go?to=https%3A%2F%2Farxiv.org%2Fabs%2F2503.00017&u=7",
        "arXiv:2503.00017v1 [cs.CL] 1 Mar 2025",
        "[Sparse Mixtures](https://arxiv.org/abs/2503.00017)",
        "A. Byron. Sparse mixtures of experts. arXiv preprint arXiv:2503.00017, 2025.",
    ],
)
def test_a_pasted_number_or_address_finds_its_paper(search_tab, query):
    ask(search_tab, query)
    assert found(search_tab) == ["Sparse Mixtures of Experts"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("https://doi.org/10.1000/x.1", "Sparse Mixtures, Revisited"),
        ("http://dx.doi.org/10.1000/X.1.", "Sparse Mixtures, Revisited"),
        ("doi: 10.1000/x.1", "Sparse Mixtures, Revisited"),
        ("Byron, A. (2024). Sparse Mixtures. https://doi.org/10.1000/x.1", "Sparse Mixtures, Revisited"),
        ("https://publisher.example/content/10.1000/x.1v2.full.pdf?download=true", "Sparse Mixtures, Revisited"),
        ("https://openreview.net/forum?id=rJXMpikCZ", "Naïve Policy Gradients"),
        ("https://openreview.net/forum?id=rJXMpikCZ&noteId=a1#discussion", "Naïve Policy Gradients"),
        ("https://openreview.net/pdf?id=rJXMpikCZ", "Naïve Policy Gradients"),
        ("https://aclanthology.org/2026.acl-long.1.pdf", "Sparse Attention for Long Documents"),
        ("https://aclanthology.org/2026.acl-long.1/?utm_source=x", "Sparse Attention for Long Documents"),
    ],
)
def test_an_address_at_a_publisher_finds_its_paper_whatever_form_of_the_text_it_leads_to(search_tab, query, title):
    ask(search_tab, query)
    assert found(search_tab) == [title]


@pytest.mark.parametrize("query", ["3%", "1/1", "part-3"])
def test_a_number_that_is_no_id_is_a_word(search_tab, query):
    ask(search_tab, query)
    expect(search_tab.locator(".why").first).to_contain_text("title: ")
    expect(search_tab.locator(".results")).not_to_contain_text("its number or address")


def test_a_number_that_no_paper_has_is_searched_as_words(search_tab):
    ask(search_tab, "sparse 2503.00099 mixtures")
    assert "Sparse Mixtures of Experts" in found(search_tab)


def test_papers_of_an_author_whose_whole_name_is_typed_come_first(search_tab):
    ask(search_tab, "Ada Hopper")
    assert found(search_tab) == ["Sparse Mixtures of Experts"]
    ask(search_tab, "Ada Byron")
    assert found(search_tab)[0] == "Sparse Mixtures of Experts"
    expect(search_tab.locator(".why").first).to_have_text("Found by author: ada, byron")


def test_the_name_of_an_author_leads_to_the_others_of_the_same_author(tab, address):
    look_for(tab, address, "routing")
    tab.get_by_role("link", name="Grace Ada Hopper").click()
    tab.wait_for_url("**/search.html?author=Grace+Ada+Hopper")
    expect(tab.get_by_label("Author")).to_have_value("Grace Ada Hopper")
    expect(tab.locator(".results h3")).to_have_text(["Sparse Mixtures of Experts"])


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ('"sparse mixtures"', ["Sparse Mixtures of Experts", "Sparse Mixtures, Revisited"]),
        ('"mixtures sparse"', []),
        ('"mixtures of experts"', ["Sparse Mixtures of Experts"]),
        ('"mixtures for experts"', []),
        ('"zeppelin flies above"', ["Sparse Attention for Long Documents"]),
        ('"zeppelin above"', []),
        ('"above the clouds"', ["Sparse Attention for Long Documents"]),
        ('"above to clouds"', []),
        ('"zeppelins"', []),
        ("“ada byron”", ["Sparse Mixtures of Experts"]),
        ("sparse -experts", ["Sparse Attention for Long Documents"]),
        ("sparse -zeppelin -revisited", ["Sparse Mixtures of Experts"]),
        ('sparse -"mixtures of"', ["Sparse Attention for Long Documents", "Sparse Mixtures, Revisited"]),
    ],
)
def test_quotes_and_minus_do_what_they_say(search_tab, query, titles):
    ask(search_tab, query)
    assert sorted(found(search_tab)) == sorted(titles)


def test_a_minus_alone_finds_all_other_papers(search_tab):
    ask(search_tab, "-tide")
    expect(search_tab.get_by_role("status")).to_have_text("5 papers")


def test_a_result_is_saved_and_taken_out_again_and_shows_the_pdf(tab, address):
    look_for(tab, address, "routing")
    assert tab.get_by_role("link", name="PDF: Sparse Mixtures of Experts").get_attribute("href") == (
        "https://arxiv.org/pdf/2503.00017"
    )
    button = tab.get_by_role("button", name="Save: Sparse Mixtures of Experts")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    tab.locator(".results h3 a").focus()
    tab.keyboard.press("s")
    expect(button).to_have_attribute("aria-pressed", "false")
    tab.keyboard.press("s")
    tab.goto(f"{address}/my.html")
    expect(tab.locator('[data-list="saved"] h3')).to_have_text(["Sparse Mixtures of Experts"])


def test_a_result_is_hidden_and_shown_again_with_the_focus_kept(tab, address):
    look_for(tab, address, "mixtures")
    hide = tab.get_by_role("button", name="Hide: Sparse Mixtures of Experts")
    hide.press("Enter")
    expect(tab.locator(".results li:visible h3")).to_have_text(["Sparse Mixtures, Revisited"])
    assert tab.evaluate("document.activeElement.closest('.results h3') !== null")
    tab.get_by_role("button", name="Undo").press("Enter")
    expect(hide).to_be_focused()
    expect(hide).to_have_attribute("aria-pressed", "false")


def test_the_focus_passes_over_results_that_are_hidden(tab, address):
    tab.goto(f"{address}/search.html?sort=date")
    results = tab.locator(".results > li")
    results.nth(2).wait_for()
    for place in (1, 0):
        results.nth(place).get_by_role("button", name="Hide").press("Enter")
    expect(results.nth(2).locator("h3 a")).to_be_focused()


def test_a_result_leads_to_its_record_at_arxiv_or_elsewhere(search_tab):
    ask(search_tab, "routing")
    arxiv = search_tab.get_by_role("link", name="arXiv: Sparse Mixtures of Experts")
    assert arxiv.get_attribute("href") == "https://arxiv.org/abs/2503.00017"
    ask(search_tab, "revisited")
    doi = search_tab.get_by_role("link", name="DOI: Sparse Mixtures, Revisited")
    assert doi.get_attribute("href") == "https://doi.org/10.1000/x.1"


def test_a_result_says_why_it_came(search_tab):
    ask(search_tab, "sparse lovelace zeppelin")
    expect(search_tab.locator(".why")).to_have_text("Found by title: sparse · author: lovelace · text: zeppelin")


def test_on_a_telephone_the_choices_are_folded_until_they_are_asked_for(tab, address):
    tab.set_viewport_size({"width": 360, "height": 640})
    look_for(tab, address, "sparse")
    expect(tab.get_by_label("Tag")).to_be_hidden()
    tab.get_by_text("Narrow and order").click()
    tab.get_by_label("Tag").select_option("experts")
    expect(tab.get_by_role("status")).to_have_text("2 of 3 papers")
    tab.reload()
    expect(tab.get_by_label("Tag")).to_be_visible()


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
    while "sort" not in reached:
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.name ?? document.activeElement.outerHTML.slice(0, 90)"))
    assert list(dict.fromkeys(reached)) == ["tag", "organization", "venue", "author", "from", "to", "sort"]
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="A random paper")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(tab.locator(".results h3 a")).to_be_focused()


def test_a_long_phrase_is_looked_up_by_three_of_its_words_and_one_word_asks_for_one_file_of_each_part(tab, address):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    look_for(tab, address, '"a zeppelin flies above the clouds"')
    expect(tab.locator(".results h3")).to_have_text(["Sparse Attention for Long Documents"])
    parts = [url for url in asked if url.endswith("/table.json")]
    assert len([url for url in asked if "/words-" in url]) <= 3 * len(parts)
    look_for(tab, address, '"a zeppelin flies below the clouds"')
    expect(tab.locator(".results h3")).to_have_count(0)


def test_where_the_words_of_a_query_weigh_much_fewer_results_are_shown_with_them(tab, address):
    def make_heavy(route):
        route.fulfill(status=200, body=route.fetch().text() + " " * 200_000)

    tab.context.route("**/search/*/words-*", make_heavy)
    look_for(tab, address, "tide")
    expect(tab.get_by_role("status")).to_have_text("12 papers")
    expect(tab.locator(".results h3")).to_have_count(3)
    tab.get_by_role("button", name="More").click()
    expect(tab.locator(".results h3")).to_have_count(12)


def test_only_who_chooses_by_tag_loads_the_tags_of_papers(tab, address):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    look_for(tab, address, "sparse")
    tab.get_by_label("Order").select_option("date")
    tab.get_by_label("From").fill("2024-01-01")
    expect(tab.locator(".results h3")).to_have_count(3)
    assert [url for url in asked if url.endswith("/tags.json")] == []
    tab.get_by_label("Tag").select_option("experts")
    expect(tab.locator(".results h3")).to_have_count(2)
    assert [url for url in asked if url.endswith("/tags.json")]


def test_nobody_else_is_asked_and_no_rule_of_the_policy_is_broken(tab, address):
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    look_for(tab, address, "sparse")
    assert len(found(tab)) == 3
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []


NOT_LOADED = "The search could not be loaded. Try again in a moment."
PAGE = {"status": 200, "body": "<h1>Hello</h1>"}
OTHER = {"status": 200, "body": '{"version": "another", "words": ["sparse"], "numbers": ["A"], "papers": []}'}
MISSING = {
    "the parts are not there": ("**/search/parts.json", {"status": 503}),
    "the table of a part is not there": ("**/search/*/table.json", {"status": 404}),
    "the words are not there": ("**/search/*/words-*", {"status": 404}),
    "a host shows a page in the place of words": ("**/search/*/words-*", PAGE),
    "the words are cut off": ("**/search/*/words-*", {"status": 200, "body": '{"version": "'}),
    "the words are of another publishing": ("**/search/*/words-*", OTHER),
    "the results are not there": ("**/search/*/records-*", {"status": 404}),
    "the results are a page": ("**/search/*/records-*", PAGE),
    "the results are of another publishing": ("**/search/*/records-*", OTHER),
    "the columns are not there": ("**/search/*/columns.json", {"status": 404}),
}


@pytest.mark.parametrize(("pattern", "answer"), MISSING.values(), ids=MISSING)
def test_what_cannot_be_loaded_is_said_and_loaded_by_the_next_query(tab, address, pattern, answer):
    tab.context.route(pattern, lambda route: route.fulfill(**answer))
    look_for(tab, address, "sparse")
    tab.get_by_label("Order").select_option("date")
    expect(tab.get_by_role("status")).to_have_text(NOT_LOADED)
    assert found(tab) == []
    tab.context.unroute_all()
    tab.get_by_role("searchbox").fill("sparse mixtures")
    expect(tab.get_by_role("status")).to_have_text("2 papers")
    assert len(found(tab)) == 2


def test_a_button_tries_again_and_goes(tab, address):
    tab.context.route("**/search/*/words-*", lambda route: route.abort())
    look_for(tab, address, "sparse")
    expect(tab.get_by_role("status")).to_have_text(NOT_LOADED)
    tab.context.unroute_all()
    tab.get_by_role("button", name="Try again").click()
    expect(tab.get_by_role("status")).to_have_text("3 papers")
    expect(tab.locator(".more")).to_be_hidden()


def test_offline_is_said_and_back_online_the_results_come_by_themselves(tab, address):
    look_for(tab, address, "sparse")
    expect(tab.get_by_role("status")).to_have_text("3 papers")
    tab.context.set_offline(True)
    tab.get_by_role("searchbox").fill("tide")
    expect(tab.get_by_role("status")).to_have_text(NOT_LOADED)
    assert tab.url.endswith("?q=tide")
    tab.context.set_offline(False)
    expect(tab.get_by_role("status")).to_have_text("12 papers")


def test_a_search_page_whose_scripts_do_not_arrive_says_where_papers_are(own_tab, address):
    needs = own_tab.locator(".search-needs")
    own_tab.goto(f"{address}/search.html")
    expect(needs).to_be_hidden()
    own_tab.context.route("**/assets/search.js", lambda route: route.abort())
    own_tab.goto(f"{address}/search.html?again")
    expect(needs).to_have_css("overflow", "visible")
    expect(needs).to_contain_text("every paper is found")


def test_enter_opens_no_result_of_a_query_before_the_one_that_failed(tab, address):
    look_for(tab, address, "sparse")
    expect(tab.get_by_role("status")).to_have_text("3 papers")
    tab.context.route("**/search/*/records-*", lambda route: route.abort())
    tab.get_by_role("searchbox").fill("tide")
    status = tab.get_by_role("status")
    expect(status).to_have_text(NOT_LOADED)
    status.evaluate("status => status.replaceChildren()")
    tab.keyboard.press("Enter")
    expect(status).to_have_text(NOT_LOADED)
    assert "/search.html" in tab.url


def test_more_results_that_cannot_be_loaded_are_said_and_come_when_asked_again(tab, address):
    look_for(tab, address, "tide moon")
    assert len(found(tab)) == 10
    tab.context.route("**/search/*/records-*", lambda route: route.abort())
    tab.get_by_role("button", name="More papers").click()
    expect(tab.get_by_role("status")).to_have_text(NOT_LOADED)
    assert len(found(tab)) == 10
    tab.context.unroute_all()
    tab.get_by_role("button", name="Try again").click()
    expect(tab.locator(".results > li")).to_have_count(12)
    expect(tab.get_by_role("status")).to_have_text("12 papers")


def test_an_open_page_finds_the_papers_of_a_later_publishing_with_other_parts(tab, tmp_path):
    write_site(tmp_path, PAPERS)
    with served(tmp_path) as where:
        look_for(tab, f"{where}/digest", "sparse")
        expect(tab.get_by_role("status")).to_have_text("3 papers")
        of_first = {file: file.stat().st_mtime for file in tmp_path.rglob("*.json")}
        write_site(tmp_path, (*PAPERS[1:], paper("Tide pools", "2026-06-01", abstract="Anemones at the shore.")))
        for file in of_first.keys() & set(tmp_path.rglob("*.json")):  # a host that tells versions by the second
            os.utime(file, (of_first[file], of_first[file]))
        tab.get_by_role("searchbox").fill("tide")
        expect(tab.get_by_role("status")).to_have_text("13 papers")
        tab.get_by_role("searchbox").fill("anemones")
        expect(tab.locator(".results h3")).to_have_text(["Tide pools"])
        tab.get_by_label("Order").select_option("date")
        expect(tab.get_by_role("status")).to_have_text("1 paper")


def test_a_long_session_goes_on_finding(tab, address):
    look_for(tab, address, "sparse")
    for n in range(20):
        tab.get_by_role("searchbox").fill(f"zeppelin{'s' if n % 2 else ''}")
        tab.wait_for_timeout(70)
    expect(tab.get_by_role("status")).to_have_text("1 paper")


def test_the_page_fits_every_screen(tab, address):
    look_for(tab, address, "onerror")
    for width in (320, 768, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width


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


# Scripts without spaces between words

ABROAD = (
    paper(
        "大语言模型的推理能力研究",
        "2026-11-20",
        id="zh-1",
        authors=("王小明",),
        abstract="我们研究了大语言模型在数学推理任务上的表现，并提出了一种新的评测方法。" * 8
        + "齐柏林飞艇在云上飞行。",
    ),
    paper("扩散模型综述", "2026-11-20", id="zh-2", authors=("李雷",), abstract="本文综述了扩散模型的最新进展。"),
    paper("ﾆｭｰﾗﾙ機械翻訳における注意機構", "2026-11-19", id="ja-1", abstract="機械翻訳のﾃﾞｰﾀを用いる。GPT模型も使う。"),
    paper("한국어 대규모언어모델의 평가", "2026-11-19", id="ko-1", abstract="질의응답에서 언어모델은 강하다."),
    paper("การประมวลผลภาษาธรรมชาติ", "2026-11-18", id="th-1", abstract="เราทำการเรียนรู้ของเครื่อง"),
    paper("ການຮຽນຮູ້ພາສາລາວ", "2026-11-18", id="lo-1"),
    paper("ការរៀនភាសាខ្មែរ", "2026-11-18", id="km-1"),
    paper("မြန်မာဘာသာစကား", "2026-11-18", id="my-1"),
    paper("Scaling laws", "2026-11-17", id="en-1", abstract="We train 大模型 with 数据 of many tongues."),
)
SOUGHT = {
    "推理能力": ["zh-1"],
    "综述": ["zh-2"],
    "数学推理": ["zh-1"],
    "最新进展": ["zh-2"],
    "小明": ["zh-1"],
    "述": ["zh-2"],
    "模型": ["zh-1", "zh-2", "ja-1", "en-1"],
    "大模型": ["en-1"],
    "推理，能力": ["zh-1"],
    "进展扩散": [],
    "推理综述": [],
    "云上飞": ["zh-1"],
    "機械翻訳": ["ja-1"],
    "ニューラル": ["ja-1"],
    "ｷｶｲ": [],
    "注意": ["ja-1"],
    "データ": ["ja-1"],
    "GPT模型": ["ja-1"],
    "ｇｐｔ": ["ja-1"],
    "언어": ["ko-1"],
    "언어모델": ["ko-1"],
    "질의응답": ["ko-1"],
    "응답": ["ko-1"],
    "응다": ["ko-1"],  # a syllable that is still being typed
    "응가": [],
    "ภาษา": ["th-1"],
    "เรียนรู้": ["th-1"],
    "ทำ": ["th-1"],
    "ธรรมชาติ": ["th-1"],
    "ພາສາ": ["lo-1"],
    "ភាសា": ["km-1"],
    "ខ្មែរ": ["km-1"],
    "ဘာသာ": ["my-1"],
    "train 数据": ["en-1"],
}


TONGUES = ("en", "zh", "ja-JP", "th", "ko") if IS_AUDIT else ("en", "zh", "th")


@pytest.fixture(scope="module", params=TONGUES)
def abroad(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    host = tmp_path_factory.mktemp(request.param)
    write_site(host, ABROAD, request.param)
    with served(host) as where:
        yield f"{where}/digest"


def test_words_inside_runs_of_letters_are_found_whatever_the_language_of_the_site(tab, abroad):
    tab.goto(f"{abroad}/search.html")
    number = TONGUES.index(tab.locator("html").get_attribute("lang"))
    part = slice(None) if IS_AUDIT else slice(number, None, len(TONGUES))  # each word on the site of one language
    for query, ids in list(SOUGHT.items())[part]:
        tab.get_by_role("searchbox").fill(query)
        expect(tab.locator(".results > li"), query).to_have_count(len(ids))
        for paper_id in ids:
            expect(tab.locator(f".results h3 a[href$='/{paper_id}.html']"), query).to_have_count(1)


def test_a_result_and_what_is_saved_of_it_say_the_language_of_the_paper(tab, abroad):
    look_for(tab, abroad, "질의응답")
    for part in ("h3", "p[dir]"):
        expect(tab.locator(f".results {part}")).to_have_attribute("lang", "ko")
    tab.get_by_role("button", name="한국어").first.click()
    tab.goto(f"{abroad}/my.html")
    expect(tab.locator('[data-list="saved"] h3')).to_have_attribute("lang", "ko")


EXCERPTS = (
    ("飞艇", ["飞艇"], "… "),
    ("GPT模型", ["GPT", "模型"], "機械翻訳"),
    ("ニューラル データ", ["ﾆｭｰﾗﾙ", "ﾃﾞｰﾀ"], "機械翻訳"),
    ("ทำ เรียนรู้", ["ทำ", "เรียนรู้"], "เรา"),
)


def test_an_excerpt_shows_the_text_as_it_is_with_the_words_marked_inside_a_run(tab, abroad):
    tab.goto(f"{abroad}/search.html")
    for query, marks, beginning in EXCERPTS:
        tab.get_by_role("searchbox").fill(query)
        expect(tab.locator(".results mark")).to_have_text(marks)
        expect(tab.locator(".results > li")).to_have_count(1)
        shown = tab.locator(".results > li > p[dir]").inner_text()
        assert shown.startswith(beginning)
        assert len(shown) < 300


def test_the_page_makes_the_words_of_a_query_as_the_builder_makes_those_of_the_index(tab, address):
    tab.goto(f"{address}/search.html")
    table = json.loads((Path(__file__).parents[1] / "search_words.json").read_text(encoding="utf-8"))
    asked = tab.evaluate("texts => texts.map(searchWords.wordsOf)", [row["text"] for row in table])
    assert asked == [row["words"] for row in table]
    looked_up = tab.evaluate(
        "texts => texts.map((text) => searchWords.termsOf(text).map((term) => term.run ? term.parts : term.word))",
        [row["text"] for row in table],
    )
    assert looked_up == [row["query"] for row in table]


def test_the_page_and_the_builder_know_the_same_letters(tab, address):
    tab.goto(f"{address}/search.html")
    letters = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) not in ("Cn", "Cs", "Co")]
    sizes = tab.evaluate("letters => letters.map(searchWords.sizeOf)", letters)
    differing = [letter for letter, size in zip(letters, sizes, strict=True) if size != entry_size(letter)]
    assert differing == []


def test_every_piece_of_a_text_asks_for_beginnings_of_its_words(tab, address):
    tab.goto(f"{address}/search.html")
    chosen = random.Random(7)  # noqa: S311 - which texts is no secret
    signs = "数学推理言語モデルﾃﾞガ々언어모델의ไทยภาษำເລາວខ្មែរမြန်မာABCé3 ，。-・\u200b\u3000𠮷"
    texts = ["".join(chosen.choices(signs, k=12)) for _ in range(500)]
    pieces = [text[chosen.randrange(6) :][: chosen.randint(1, 12)] for text in texts]
    asked = "texts => texts.map((text) => searchWords.termsOf(text).flatMap((term) => term.run ? term.parts : []))"
    for text, piece, parts in zip(texts, pieces, tab.evaluate(asked, pieces), strict=True):
        held = [word for word, _ in index_words(text)]
        assert all(any(word.startswith(part) for word in held) for part in parts), (text, piece)


def test_the_page_and_the_builder_make_the_same_words_and_numbers(tab, address):
    tab.goto(f"{address}/search.html")
    chosen = random.Random(8)  # noqa: S311 - which texts is no secret
    signs = "ab cD-e.f'’é ßİŁøæ ſ…3½²_数学ガ언어ไทย𠮷\u0301\u200b,()#"
    texts = ["".join(chosen.choices(signs, k=16)) for _ in range(500)]
    made = [list({place: word for word, place in index_words(text)}.values()) for text in texts]
    assert tab.evaluate("texts => texts.map(searchWords.wordsOf)", texts) == made
    assert tab.evaluate("texts => texts.map(searchWords.numberOf)", texts) == list(map(number_of, texts))
