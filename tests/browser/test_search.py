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
from playwright.sync_api import Page, expect

from site_builder import pagefind
from site_builder.pagefind import is_installed, make_index
from site_builder.pages import plan_pages, search
from site_builder.papers.paper import Paper
from site_builder.render import html
from site_builder.render.assets import render as render_asset
from site_builder.render.search_index import render_search_index
from site_builder.render.search_words import entry_size, index_words
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


def write_site(host: Path, papers: tuple[Paper, ...], language: str = "en") -> None:
    """Write the pages for people and the search of a small site, in the place of what a folder held before."""
    settings = Settings(language=language)
    made = catalogue(*papers)
    planned = (*plan_pages(made, settings, (TEMPLATES,)), *search.plan(made, settings))
    pages = {page.path: page for page in planned}
    whole = site(made, settings, pages=pages.values())
    files = dict(render_search_index(whole, make_index))
    for page in pages.values():
        if page.renderer in ("html", "asset"):
            files[page.path] = (html.render if page.renderer == "html" else render_asset)(page, whole)
    shutil.rmtree(host / "digest", ignore_errors=True)
    for path, content in files.items():
        file = host / "digest" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


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


NOT_LOADED = "The search could not be loaded. Try again in a moment."
MISSING = {
    "a file of the index is not there": ("**/*.pf_index", {"status": 404, "body": "<h1>Not found</h1>"}),
    "a host shows a page in the place of a file": ("**/*.pf_index", {"status": 200, "body": "<h1>Hello</h1>"}),
    "a file is cut off": ("**/*.pf_index", {"status": 200, "body": b"\x1f\x8b\x08\0\0\0\0\0\0\xff\xcb"}),
    "a file is not packed and another": ("**/*.pf_index", {"status": 200, "body": b"\0" * 100}),
    "the table of the index is not there": ("**/*.pf_meta", {"status": 404}),
    "the entry is not there": ("**/pagefind-entry.json*", {"status": 503}),
    "the entry is a page": ("**/pagefind-entry.json*", {"status": 200, "body": "<h1>Hello</h1>"}),
    "the engine is not there": ("**/wasm.*", {"status": 404}),
    "its script is not there": ("**/pagefind-worker.js", {"status": 404}),
    "our script for it is not there": ("**/search-worker.js", {"status": 404}),
    "the results are not there": ("**/search/papers/*", {"status": 404}),
    "the results are a page": ("**/search/papers/*", {"status": 200, "body": "<h1>Hello</h1>"}),
    "the filters are not there": ("**/search/filters.json", {"status": 404}),
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
    tab.context.route("**/*.pf_index", lambda route: route.abort())
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


def test_enter_opens_no_result_of_a_query_before_the_one_that_failed(tab, address):
    look_for(tab, address, "sparse")
    expect(tab.get_by_role("status")).to_have_text("3 papers")
    tab.context.route("**/search/papers/*", lambda route: route.abort())
    tab.get_by_role("searchbox").fill("tide")
    expect(tab.get_by_role("status")).to_have_text(NOT_LOADED)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_have_text(NOT_LOADED)
    assert "/search.html" in tab.url


def test_more_results_that_cannot_be_loaded_are_said_and_come_when_asked_again(tab, address):
    look_for(tab, address, "tide moon")
    assert len(found(tab)) == 10
    tab.context.route("**/search/papers/*", lambda route: route.abort())
    tab.get_by_role("button", name="More papers").click()
    expect(tab.get_by_role("status")).to_have_text(NOT_LOADED)
    assert len(found(tab)) == 10
    tab.context.unroute_all()
    tab.get_by_role("button", name="Try again").click()
    expect(tab.locator(".results > li")).to_have_count(12)
    expect(tab.get_by_role("status")).to_have_text("12 papers")


def test_an_open_page_finds_the_papers_of_a_publishing_that_renamed_the_index(tab, tmp_path, monkeypatch):
    monkeypatch.setattr(pagefind, "CHUNK_SIZE", 20)
    write_site(tmp_path, PAPERS)
    with served(tmp_path) as where:
        look_for(tab, f"{where}/digest", "sparse")
        expect(tab.get_by_role("status")).to_have_text("3 papers")
        old = {file.name for file in tmp_path.rglob("*.pf_index")}
        write_site(tmp_path, (*PAPERS[1:], paper("Tide pools", "2026-05-28", abstract="Anemones at the shore.")))
        assert len(old & {file.name for file in tmp_path.rglob("*.pf_index")}) < len(old) / 2
        tab.get_by_role("searchbox").fill("tide")
        expect(tab.get_by_role("status")).to_have_text("13 papers")
        tab.get_by_role("searchbox").fill("anemones")
        expect(tab.locator(".results h3")).to_have_text(["Tide pools"])
        tab.get_by_label("Order").select_option("date")
        expect(tab.get_by_role("status")).to_have_text("1 paper")


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


@pytest.fixture(scope="module", params=["en", "zh", "ja-JP", "th", "ko"])
def abroad(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    host = tmp_path_factory.mktemp(request.param)
    write_site(host, ABROAD, request.param)
    with served(host) as where:
        yield f"{where}/digest"


def test_words_inside_runs_of_letters_are_found_whatever_the_language_of_the_site(tab, abroad):
    tab.goto(f"{abroad}/search.html")
    for query, ids in SOUGHT.items():
        tab.get_by_role("searchbox").fill(query)
        count = f"{len(ids)} paper{'s' * (len(ids) > 1)}" if ids else "No paper fits"
        expect(tab.get_by_role("status"), query).to_contain_text(count)
        for paper_id in ids:
            expect(tab.locator(f".results h3 a[href$='/{paper_id}.html']"), query).to_have_count(1)


@pytest.mark.parametrize(
    ("query", "marks", "beginning"),
    [
        ("飞艇", ["飞艇"], "… "),
        ("GPT模型", ["GPT", "模型"], "機械翻訳"),
        ("ニューラル データ", ["ﾆｭｰﾗﾙ", "ﾃﾞｰﾀ"], "機械翻訳"),
        ("ทำ เรียนรู้", ["ทำ", "เรียนรู้"], "เรา"),
    ],
)
def test_an_excerpt_shows_the_text_as_it_is_with_the_words_marked_inside_a_run(tab, abroad, query, marks, beginning):
    look_for(tab, abroad, query)
    expect(tab.locator(".results > li")).to_have_count(1)
    assert tab.locator(".results mark").all_inner_texts() == marks
    shown = tab.locator(".results > li > p[dir]").inner_text()
    assert shown.startswith(beginning)
    assert len(shown) < 300


def test_the_page_makes_the_words_of_a_query_as_the_builder_makes_those_of_the_index(tab, address):
    tab.goto(f"{address}/search.html")
    table = json.loads((Path(__file__).parents[1] / "search_words.json").read_text(encoding="utf-8"))
    asked = tab.evaluate("texts => texts.map(searchWords.wordsOf)", [row["text"] for row in table])
    assert asked == [row["query"] for row in table]


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
    for text, piece, words in zip(
        texts, pieces, tab.evaluate("texts => texts.map(searchWords.wordsOf)", pieces), strict=True
    ):
        held = index_words(text)
        inside = [word for word in words if entry_size(word[0])]
        assert all(any(word.startswith(part) for word in held) for part in inside), (text, piece)
