"""A reader's day in the real Chromium: by keyboard, by filters, and what is kept stays in the browser."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from site_builder.config.settings import Settings
from site_builder.model.paper import PartialDate
from site_builder.pages import plan_pages
from site_builder.render import render_pages
from site_builder.write import write_files
from tests.browser.programs import AXE, need
from tests.browser.screenshots import served
from tests.factories import TEMPLATES, catalogue, paper, site

DAY = "days/2026-05-27.html"
PAPER = "papers/2605.00030.html"
READ = ("index.html", DAY, "weeks/2026-W22.html", "tags/agents.html", PAPER, "feeds.html", "my.html", "404.html")
HOSTILE = '<img src=x onerror="document.title=1">'
TITLES = {7: HOSTILE, 10: r"Codes over $\mathbb{F}_{p^m}$ at $\frac{1}{2}$", 12: r"Regret of $\sqrt{T}$"}
WORDS = "sparse attention lets a long context stay cheap while its retrieval quality hardly falls behind dense layers"
READ_ONE = """
(() => { const kept = JSON.parse(localStorage["broadsheet /"]);
kept.read = {"papers/2605.00034.html": "2026-05-27"};
localStorage["broadsheet /"] = JSON.stringify(kept); })()"""
VISITED_THE_DAY_BEFORE = """
(() => { const kept = JSON.parse(localStorage["broadsheet /"]);
kept.visit = {at: 1, before: "", newest: "2026-05-26"};
localStorage["broadsheet /"] = JSON.stringify(kept); })()"""


def abstract(number: int) -> str:
    """Return about 170 words, not quite the same for any two papers."""
    words = WORDS.split()
    return " ".join(f"{words[(number * i + i * i) % len(words)]}{i * number % 7}" for i in range(170)) + "."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a site with a day of thirty papers and one before it."""
    papers = [
        paper(
            TITLES.get(number, f"Paper number {number} on {abstract(number)[:60]}"),
            "2026-05-27" if number > 5 else "2026-05-26",
            id=f"2605.000{number:02}",
            arxiv=f"2605.000{number:02}",
            abstract=abstract(number),
            ai_summary="A short word from a machine.",
            authors=tuple(f"Given{n} Family{n * number}" for n in range(8)),
            published=PartialDate(2026, 5, 20),
            upvotes=number,
            comments=40 - number,
            stars=12,
            tags=("agents", "vision") if number % 2 else ("vision",),
            organization="Engines",
            links={"code": "https://code.example/x"} if number % 3 == 0 else {},
        )
        for number in range(1, 36)
    ]
    made = catalogue(*papers)
    pages = plan_pages(made, Settings(title="The Digest", base_url="http://localhost"), (TEMPLATES,))
    output = tmp_path_factory.mktemp("output")
    whole = site(made, Settings(title="The Digest", base_url="http://localhost"), pages)
    wanted = [page for page in pages if not page.path.startswith(("mail/", "feeds/"))]
    write_files(render_pages(wanted, whole), output)
    return output


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as where:
        yield where


def kept(tab: Page) -> dict[str, object]:
    return json.loads(tab.evaluate("localStorage['broadsheet /']"))


def focused(tab: Page) -> str:
    return str(tab.evaluate("document.activeElement.getAttribute('href')"))


def card(tab: Page, number: int):
    return tab.locator(f"#paper-2605\\.000{number:02}")


def test_axe_finds_nothing_in_the_list_of_keys(tab, address):
    need(AXE)
    tab.goto(f"{address}/{DAY}")
    tab.keyboard.press("?")
    tab.get_by_role("dialog", name="Keyboard").wait_for()
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    assert tab.evaluate("axe.run(document.querySelector('dialog'))")["violations"] == []


def test_the_keys_walk_through_the_papers_open_and_save_them(tab, address):
    tab.goto(f"{address}/{DAY}")
    walked = []
    for key in "jjk":
        tab.keyboard.press(key)
        walked.append(focused(tab))
    assert walked == ["../papers/2605.00035.html", "../papers/2605.00034.html", "../papers/2605.00035.html"]
    tab.keyboard.press("s")
    assert list(kept(tab)["saved"]) == ["papers/2605.00035.html"]
    assert tab.get_by_role("status").get_by_text("Saved on this device").is_visible()
    tab.keyboard.press("o")
    tab.wait_for_url("**/papers/2605.00035.html")
    tab.keyboard.press("s")
    assert kept(tab)["saved"] == {}


def test_a_stroke_leads_to_the_search_and_a_question_mark_lists_every_key(tab, sample_address):
    tab.goto(f"{sample_address}/archive.html")
    tab.keyboard.press("?")
    keys = tab.get_by_role("dialog", name="Keyboard")
    keys.wait_for()
    assert keys.locator("kbd").all_inner_texts() == ["/", "j", "k", "o", "s", "d", "?"]
    keys.get_by_role("button", name="Close").click()
    tab.keyboard.press("/")
    tab.wait_for_url("**/search.html")
    assert tab.evaluate("document.activeElement.id") == "query"


def test_keys_stay_out_of_the_way_of_typing_of_modifiers_and_of_those_who_turn_them_off(tab, address):
    tab.goto(f"{address}/my.html")
    tab.get_by_label("Mute a word").press_sequentially("jsk?")
    assert tab.get_by_label("Mute a word").input_value() == "jsk?"
    tab.goto(f"{address}/{DAY}")
    tab.keyboard.press("Control+j")
    tab.keyboard.press("Alt+s")
    assert focused(tab) == "None"
    tab.get_by_role("button", name="Keyboard").click()
    tab.get_by_label("Single keys work on this site").uncheck()
    tab.get_by_role("button", name="Close").click()
    tab.goto(f"{address}/{DAY}")
    tab.keyboard.press("j")
    assert focused(tab) == "None"


def test_a_second_visit_marks_what_came_since_the_first(tab, address):
    tab.goto(f"{address}/{DAY}")
    assert tab.locator("[data-new]").count() == 0
    tab.evaluate(VISITED_THE_DAY_BEFORE)
    tab.goto(f"{address}/tags/vision.html")
    assert "New: " in card(tab, 35).locator("h3").text_content()
    mark = card(tab, 35).locator("h3 bdi.mark-new")  # which neither turns the title nor is read in its language
    assert mark.get_attribute("lang") == "en"
    tab.goto(f"{address}/index.html")
    expect(tab.locator(".since .tidings")).to_contain_text("30 new papers since your last visit")
    tab.goto(f"{address}/days/2026-05-26.html")
    assert tab.locator("[data-new]").count() == 0


def test_hidden_papers_and_muted_words_leave_every_list_until_they_are_asked_for(tab, address):
    tab.goto(f"{address}/{DAY}")
    card(tab, 20).get_by_role("button", name="Hide").click()
    tab.goto(f"{address}/my.html")
    for word in ("number 21", "fine-tuning: R&D, C++ (or 'so')?"):
        tab.get_by_label("Mute a word").fill(word)
        tab.get_by_role("button", name="Mute", exact=True).click()
    tab.goto(f"{address}/{DAY}")
    assert card(tab, 20).is_hidden()
    assert card(tab, 21).is_hidden()
    assert card(tab, 22).is_visible()
    assert tab.locator(".tidings").inner_text().startswith("2 hidden")
    tab.get_by_role("button", name="Show them").click()
    assert card(tab, 20).is_visible()
    card(tab, 20).get_by_role("button", name="Hide").click()
    assert kept(tab)["hidden"] == {}


FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


def test_a_browser_without_room_says_that_nothing_was_kept(own_tab, address):
    own_tab.add_init_script(FULL)
    own_tab.goto(f"{address}/{DAY}")
    save = card(own_tab, 20).get_by_role("button", name="Save")
    save.click()
    expect(own_tab.locator(".says")).to_have_text("The browser has no room to keep it")
    assert save.get_attribute("aria-pressed") == "false"
    own_tab.goto(f"{address}/tags/agents.html")
    own_tab.get_by_role("button", name="Follow").click()
    expect(own_tab.locator(".says")).to_have_text("The browser has no room to keep it")
    own_tab.goto(f"{address}/my.html")
    own_tab.get_by_label("Mute a word").fill("vision")
    own_tab.get_by_role("button", name="Mute", exact=True).click()
    expect(own_tab.locator(".says")).to_have_text("The browser has no room to keep it")
    assert own_tab.get_by_label("Mute a word").input_value() == "vision"


def bring_in(tab: Page, text: str) -> None:
    file = {"name": "mine.json", "mimeType": "application/json", "buffer": text.encode()}
    tab.get_by_label("Bring in").set_input_files(file)


def test_a_file_for_which_the_browser_has_no_room_is_not_said_to_be_brought_in(own_tab, address):
    own_tab.add_init_script(FULL)
    own_tab.goto(f"{address}/my.html")
    bring_in(own_tab, '{"tags": {"agents": "agents"}}')
    expect(own_tab.locator(".says")).to_have_text("The browser has no room to keep it")


@pytest.mark.parametrize("text", ['{"name": "package"}', "[]", "null", "3", "{"])
def test_a_file_without_anything_of_a_digest_is_told(tab, address, text):
    tab.goto(f"{address}/my.html")
    bring_in(tab, text)
    expect(tab.locator(".says")).to_have_text("This file is no JSON of a digest; nothing was changed")


def test_the_filters_of_a_day_narrow_and_order_its_papers(tab, address):
    tab.goto(f"{address}/{DAY}")
    tab.get_by_label("With code").check()
    expect(tab.locator(".card:visible")).to_have_count(10)
    shown = [each for each in tab.locator(".card").all() if each.is_visible()]
    assert len(shown) == 10
    assert all(each.get_by_role("link", name="Code").count() for each in shown)
    tab.get_by_label("With code").uncheck()
    tab.get_by_label("Tag").select_option("agents")
    expect(tab.locator(".card:visible")).to_have_count(15)
    shown = [each for each in tab.locator(".card").all() if each.is_visible()]
    assert len(shown) == 15
    assert all("agents" in each.locator(".tags").inner_text() for each in shown)
    tab.get_by_label("Tag").select_option("")
    tab.get_by_label("Order").select_option("Comments")
    counts = [int(text.split()[0]) for text in tab.locator(".part .cards").first.locator(".comments").all_inner_texts()]
    assert counts == sorted(counts, reverse=True) and len(set(counts)) > 5
    tab.get_by_label("Order").select_option("Upvotes")
    first = tab.locator(".part .cards").first.locator(".upvotes").all_inner_texts()
    assert [int(text.split()[0]) for text in first] == sorted((int(text.split()[0]) for text in first), reverse=True)


@pytest.mark.parametrize("path", ["weeks/2026-W22.html", DAY])
def test_the_choice_of_abstracts_leaves_no_blank_choice_where_a_page_has_none(tab, address, path):
    tab.goto(f"{address}/404.html")
    tab.evaluate("localStorage['broadsheet-density'] = 'abstracts'")
    tab.goto(f"{address}/{path}")
    shown = "Abstracts" if path == DAY else "Excerpts"
    density = tab.locator(".density select")
    expect(density.locator("option:checked")).to_have_text(shown)
    tab.keyboard.press("d")
    expect(density.locator("option:checked")).to_have_text("Headlines")
    tab.keyboard.press("d")
    expect(density.locator("option:checked")).to_have_text("Excerpts")


def test_filters_that_move_nothing_leave_the_focus_where_it_is(tab, address):
    tab.goto(f"{address}/{DAY}")
    tab.get_by_label("With code").focus()
    tab.locator(".filtered").wait_for(state="attached")
    card(tab, 20).get_by_role("button", name="Save").focus()
    tab.locator(".filters").dispatch_event("change")
    assert tab.evaluate("document.activeElement.dataset.act") == "save"


def test_my_digest_is_made_of_followed_tags_and_saved_papers_and_text_stays_text(tab, address):
    tab.goto(f"{address}/tags/agents.html")
    tab.get_by_role("button", name="Follow").click()
    card(tab, 7).get_by_role("button", name="Save").click()
    tab.goto(f"{address}/my.html")
    tab.locator('[data-list="new"] article').first.wait_for()
    assert tab.locator('[data-list="new"] article').count() == 18
    assert tab.locator('[data-list="saved"] h3').all_inner_texts() == [HOSTILE]
    assert tab.locator("main img").count() == 0
    number = tab.locator('[data-list="saved"] h3 a').get_attribute("href").rpartition("/")[2].removesuffix(".html")
    links = tab.locator('[data-list="saved"] .facts a')
    assert links.all_inner_texts() == ["PDF", "arXiv"]
    assert links.first.get_attribute("href") == f"https://arxiv.org/pdf/{number}"
    tab.get_by_role("button", name=f"Remove: {HOSTILE}").press("Enter")
    assert kept(tab)["saved"] == {}
    assert tab.evaluate("document.activeElement.id") == "saved"


@pytest.mark.parametrize(
    ("path", "name"), [(DAY, "Save: Codes over F_(pᵐ) at 1/2"), ("papers/2605.00010.html", "Save")]
)
def test_formulas_of_a_title_are_kept_and_spoken_as_text(own_tab, address, path, name):
    own_tab.goto(f"{address}/{path}")
    own_tab.get_by_role("button", name=name, exact=True).click()
    assert kept(own_tab)["saved"]["papers/2605.00010.html"]["title"] == "Codes over F_(pᵐ) at 1/2"


def test_a_root_is_drawn_with_its_sign_whatever_the_first_font_of_the_page(tab, address):
    tab.goto(f"{address}/papers/2605.00012.html")
    root = tab.locator("h1 msqrt")
    sign = root.evaluate("e => e.firstElementChild.getBoundingClientRect().left - e.getBoundingClientRect().left")
    assert sign > 5


def test_what_is_kept_goes_out_as_json_bibtex_and_opml_and_comes_in_again(own_tab, address, tmp_path):
    def taken(button: str) -> str:
        with own_tab.expect_download() as download:
            own_tab.get_by_role("button", name=button).click()
        download.value.save_as(tmp_path / "taken")
        return (tmp_path / "taken").read_text(encoding="utf-8")

    own_tab.goto(f"{address}/tags/agents.html")
    own_tab.get_by_role("button", name="Follow").click()
    card(own_tab, 35).get_by_role("button", name="Save").click()
    own_tab.goto(f"{address}/my.html")
    own_tab.evaluate(READ_ONE)
    everything = taken("Everything (JSON)")
    entry = taken("Saved papers (BibTeX)")
    assert entry.startswith("@misc{")
    assert "2605.00035" in entry
    outlines = etree.fromstring(taken("Feeds of what I follow (OPML)").encode()).iter("outline")
    assert [each.get("xmlUrl") for each in outlines] == [f"{address}/feeds/tags/agents/papers.atom"]
    own_tab.on("dialog", lambda dialog: dialog.accept())
    own_tab.get_by_role("button", name="Forget everything").click()
    assert kept(own_tab)["saved"] == kept(own_tab)["tags"] == {}
    hostile = {**json.loads(everything), "hidden": {"javascript:alert(1)": {}, "papers/../x.html": {}}, "words": [3]}
    bring_in(own_tab, json.dumps(hostile))
    own_tab.get_by_text("Brought in").wait_for()
    assert list(kept(own_tab)["saved"]) == ["papers/2605.00035.html"]
    assert kept(own_tab)["tags"] == {"agents": "agents"}
    assert list(kept(own_tab)["read"]) == ["papers/2605.00034.html"]
    assert kept(own_tab)["hidden"] == {} and kept(own_tab)["words"] == []


def test_citations_and_the_link_of_a_paper_are_copied(tab, address):
    tab.goto(f"{address}/{PAPER}")
    tab.get_by_text("BibTeX", exact=True).first.click()
    tab.get_by_role("button", name="Copy BibTeX").click()
    tab.get_by_text("Copied").wait_for()
    entry = tab.evaluate("navigator.clipboard.readText()")
    assert entry.startswith("@")
    tab.get_by_text("RIS", exact=True).first.click()
    with tab.expect_download() as waited:
        tab.get_by_role("button", name="Download RIS").click()
    assert f"{{{waited.value.suggested_filename.removesuffix('.ris')}," in entry
    assert Path(waited.value.path()).read_text(encoding="utf-8").startswith("TY  - ")
    tab.reload()
    tab.get_by_role("button", name="Copy link").click()
    tab.get_by_text("Copied").wait_for()
    assert tab.evaluate("navigator.clipboard.readText()") == f"http://localhost/{PAPER}"


def test_without_scripts_every_page_reads_and_nothing_of_what_needs_them_shows(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    for path in READ:
        tab.goto(f"{address}/{path}")
        assert tab.get_by_role("heading", level=1).is_visible()
        assert tab.locator("button:visible, select:visible, .filters:visible").count() == 0, path
        assert tab.get_by_role("link", name="Saved").count() == 0, path
    tab.goto(f"{address}/my.html")
    assert "needs JavaScript" in tab.locator(".my-needs").inner_text()
    tab.goto(f"{address}/{PAPER}")
    tab.get_by_text("RIS", exact=True).first.click()
    assert tab.locator("pre", has_text="TY  - ").is_visible()
    context.close()
