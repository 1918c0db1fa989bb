"""Cards in the real Chromium: the first screen, hiding with a way back, density, paper and the disk."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_reading import DAY, address, card, focused, folder, kept  # noqa: F401 - fixtures of that site

VISITED = """() => { const kept = JSON.parse(localStorage["broadsheet /"]);
kept.visit = {at: 1, before: "", newest: "2026-05-26"}; localStorage["broadsheet /"] = JSON.stringify(kept); }"""
LINES = """(word) => new Set([...word.getClientRects()].map((each) => each.top)).size"""


@pytest.mark.parametrize("path", ["days/2026-08-21.html", "search.html?q=multi"])
def test_a_headline_is_not_broken_behind_a_hyphen(tab: Page, sample_address, path):
    tab.goto(f"{sample_address}/{path}")
    words = tab.locator("h3 .whole")
    words.first.wait_for()
    for width in (320, 400, 500, 700):
        tab.set_viewport_size({"width": width, "height": 800})
        assert {each.evaluate(LINES) for each in words.all() if each.is_visible()} == {1}, width


def test_hiding_leaves_the_focus_on_the_next_paper_and_undo_brings_both_back(tab: Page, address):  # noqa: F811
    tab.goto(f"{address}/{DAY}")
    card(tab, 20).get_by_role("button", name="Hide").press("Enter")
    assert card(tab, 20).is_hidden()
    assert focused(tab).startswith("../papers/")
    expect(tab.locator(".says")).to_contain_text("Hidden on this device")
    tab.get_by_role("button", name="Undo").press("Enter")
    assert card(tab, 20).is_visible()
    assert kept(tab)["hidden"] == {}
    assert tab.evaluate("document.activeElement.ariaLabel").startswith("Hide: Paper number 20")


@pytest.mark.parametrize("path", ["index.html", DAY, "weeks/2026-W22.html", "tags/vision.html", "trending.html"])
def test_papers_are_saved_on_every_list(tab: Page, address, path):  # noqa: F811
    tab.goto(f"{address}/{path}")
    tab.locator("main article").first.get_by_role("button", name="Save").click()
    assert len(kept(tab)["saved"]) == 1


FACTS = (
    r"\d+ upvotes?",
    r"\d+ comments?",
    r"(Listed|Published|In the digest of) \d+ May 2026",
    "PDF",
    "arXiv",
    "Code",
    "agents|vision|agents, vision|agents vision",
    "(✓ ?)?Save( Hide)?|Note ?Remove",
)


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("index.html", {0, 1, 2, 3, 4, 5, 6, 7}),
        (DAY, {0, 1, 2, 3, 4, 5, 6, 7}),
        ("weeks/2026-W22.html", {0, 1, 2, 3, 4, 5, 7}),
        ("tags/vision.html", {0, 1, 2, 3, 4, 5, 7}),
        ("organizations/engines.html", {0, 1, 2, 3, 4, 5, 7}),
        ("trending.html", {0, 1, 2, 3, 4, 5, 7}),
        ("search.html?q=paper", {0, 2, 3, 4, 6, 7}),
        ("my.html", {2, 3, 4, 7}),
    ],
)
def test_facts_stand_in_one_order_and_dates_say_what_they_are_of(tab: Page, address, path, kinds):  # noqa: F811
    if path == "my.html":
        tab.goto(f"{address}/{DAY}")
        card(tab, 20).get_by_role("button", name="Save").click()
    tab.goto(f"{address}/{path}")
    rows = tab.locator("main :is(article:not(.paper), .results > li) > .facts")
    rows.first.wait_for()
    met = set()
    for row in rows.all():
        told = [" ".join(text.split()) for text in row.locator("> li").all_text_contents()]
        places = [next((n for n, kind in enumerate(FACTS) if re.fullmatch(kind, text)), text) for text in told]
        assert places == sorted(set(places), key=str), told
        met |= set(places)
    assert met == kinds


def test_new_papers_are_counted_once_however_often_a_page_shows_them(tab: Page, address):  # noqa: F811
    tab.goto(f"{address}/{DAY}")
    tab.evaluate(VISITED)
    tab.goto(f"{address}/weeks/2026-W22.html")
    marked = tab.locator("article[data-new] h3 a")
    count = len(set(marked.evaluate_all("all => all.map((each) => each.href)")))
    assert marked.count() > count
    expect(tab.locator(".tidings")).to_contain_text(f"{count} new since")


def test_the_key_d_shows_headlines_excerpts_or_abstracts_and_is_remembered(tab: Page, address):  # noqa: F811
    tab.goto(f"{address}/{DAY}")
    paper = tab.locator(".part .card").first
    assert (paper.locator(".deck").is_visible(), paper.locator(".prose").is_visible()) == (True, False)
    tab.keyboard.press("d")
    expect(paper.locator(".prose")).to_be_visible()
    tab.keyboard.press("d")
    expect(paper.locator(".prose")).to_be_hidden()
    assert paper.locator(".deck").is_hidden()
    tab.reload()
    assert paper.locator(".deck").is_hidden()
    assert tab.get_by_label("Show").input_value() == "headlines"
    tab.get_by_label("Show").select_option("Excerpts")
    expect(paper.locator(".deck")).to_be_visible()


def test_links_and_buttons_of_a_card_say_whose_they_are(tab: Page, address):  # noqa: F811
    tab.goto(f"{address}/{DAY}")
    paper = tab.get_by_role("article", name="Paper number 33 on")
    for role, name in (("link", "PDF"), ("link", "arXiv"), ("link", "Code"), ("button", "Save"), ("button", "Hide")):
        assert paper.get_by_role(role, name=f"{name}: Paper number 33").is_visible()
    tab.goto(f"{address}/tags/agents.html")
    rows = tab.locator("main article")
    assert [row.get_attribute("aria-label").strip() for row in rows.all()] == rows.locator("h3").all_inner_texts()


def test_print_holds_whole_abstracts_and_addresses(tab: Page, address):  # noqa: F811
    tab.goto(f"{address}/{DAY}")
    tab.emulate_media(media="print")
    paper = tab.locator(".part .card").first
    assert paper.locator(".prose").is_visible()
    link = paper.locator(".facts a", has_text="arXiv")
    assert "https://arxiv.org/abs/2605." in link.evaluate("each => getComputedStyle(each, '::after').content")


def test_from_the_disk_papers_are_saved_and_hidden_and_nothing_is_said_in_the_console(tab: Page, folder: Path):  # noqa: F811
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto((folder / DAY).as_uri())
    cards = tab.locator("article.card")
    title = cards.first.locator("h3").inner_text()
    cards.first.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("status")).to_contain_text("Saved on this device")
    cards.nth(1).get_by_role("button", name="Hide").click()
    expect(cards.nth(1)).to_be_hidden()
    tab.locator(".filters [name=saved]").check()
    expect(tab.locator(".tidings.filtered")).to_contain_text("1 of")
    tab.get_by_role("button", name="Keyboard").click()
    expect(tab.get_by_role("dialog")).to_contain_text("Single keys work on this site")
    tab.goto((folder / "papers/2605.00030.html").as_uri())
    tab.get_by_role("button", name="Save").first.click()
    expect(tab.get_by_role("button", name="Save").first).to_have_attribute("aria-pressed", "true")
    tab.goto((folder / "my.html").as_uri())
    expect(tab.locator("[data-list=saved] article")).to_have_count(2)
    expect(tab.locator("[data-list=saved]")).to_contain_text(title)
    assert "open the site from a web server" in tab.locator("[data-for=new]").inner_text()
    assert tab.get_by_role("button", name="BibTeX").count() == 0
    tab.goto((folder / "index.html").as_uri())
    expect(tab.get_by_role("button", name="Save").first).to_be_visible()
    assert said == []


def test_forced_colours_show_every_control(tab: Page, address):  # noqa: F811
    tab.emulate_media(forced_colors="active")
    tab.goto(f"{address}/{DAY}")
    for each in tab.locator("button:visible, select:visible").all():
        assert each.evaluate("each => getComputedStyle(each).borderStyle") == "solid"


def test_related_papers_lead_to_their_pdf_and_are_saved_and_hidden(tab: Page, sample_address):
    tab.goto(f"{sample_address}/papers/2608.19758.html")
    own = tab.locator(".reading").get_by_role("button", name="Save")
    related = tab.locator(".briefs article").first
    related.scroll_into_view_if_needed()
    title = related.locator("h3 a").inner_text()
    assert related.get_by_role("link", name=f"PDF: {title}").get_attribute("href").startswith("https://arxiv.org/pdf/")
    assert related.get_by_role("link", name=f"arXiv: {title}").is_visible()
    related.get_by_role("button", name=f"Save: {title}").click()
    expect(related.get_by_role("button", name=f"Save: {title}")).to_have_attribute("aria-pressed", "true")
    assert own.get_attribute("aria-pressed") == "false"
    assert len(kept(tab)["saved"]) == 1
    related.get_by_role("button", name=f"Hide: {title}").press("Enter")
    expect(related).to_be_hidden()
    assert tab.evaluate("document.activeElement.closest('.briefs') !== null")
    tab.get_by_role("button", name="Undo").click()
    expect(related).to_be_visible()
