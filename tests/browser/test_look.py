"""The site in the real Chromium: it fits every screen, keeps to itself, and remembers light and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from site_builder.build import build
from site_builder.config.settings import Settings
from site_builder.pages import plan_pages
from site_builder.render import html
from site_builder.render.assets import render as render_asset
from site_builder.urls import slugify, term_path
from tests.browser.screenshots import chosen_pages, served
from tests.conftest import NOW, write_content
from tests.factories import TEMPLATES, catalogue, paper, site

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
SHOWN = (
    "index.html",
    "days/2026-05-27.html",
    "weeks/2026-W22.html",
    "months/2026-05.html",
    "years/2026.html",
    "archive.html",
    "tags/agents.html",
    "tags/index.html",
    term_path("organization", slugify(LONG)),
    "papers/long.html",
    "papers/sums.html",
    "papers/rtl.html",
    "papers/crowd.html",
    "undated.html",
    "feeds.html",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site of awkward papers."""
    abstract = (
        f"{'Words follow words. ' * 60}{LONG} https://example.org/{'a' * 200} $$\\sum_{{i=1}}^n {'x_i + ' * 60} y$$ "
    )
    crowd = tuple(f"Author {LONG} {n}" for n in range(60))
    papers = [
        paper(f"{LONG} {n}", "2026-05-27", id=f"p{n}", abstract=abstract, authors=crowd, upvotes=n, tags=("agents",))
        for n in range(1, 8)
    ]
    formula = f"${'x_i + ' * 60} y$ $\\text{{{LONG}}}$ $\\frac{{{'a + ' * 60} b}}{{2}}$"
    papers.append(paper(f"Sums {formula}", "2026-05-27", id="sums", abstract=f"We add {formula}.", upvotes=9))
    papers.append(paper("عنوان ورقة بحثية عن Transformers", "2026-05-26", id="rtl", abstract="ملخص."))
    papers.append(paper("Plain", "2026-05-26", id="2605.01234", arxiv="2605.01234", authors=("Ada Lovelace",)))
    papers.append(paper("Crowd", "2026-05-26", id="crowd", authors=tuple(f"Author {n}" for n in range(600))))
    long = paper("Long " * 80, "2026-05-26", id="long", abstract=abstract, organization=LONG, comment=LONG)
    made = catalogue(
        *papers, long, paper(LONG), notes={"2026-05-27": f"`{LONG}`\n\n| {LONG} | b |\n|---|---|\n| 1 | 2 |"}
    )
    pages = plan_pages(made, Settings(), (TEMPLATES,))
    whole = site(made, pages=pages)
    output = tmp_path_factory.mktemp("output")
    for page in pages:
        if page.renderer in ("html", "asset", "text"):
            file = output / page.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes((render_asset if page.renderer == "asset" else html.render)(page, whole))
    with served(output) as where:
        yield where


def background(tab: Page) -> str:
    return str(tab.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> tuple[dict[tuple[str, int], int], list[str], list[str]]:
    """Open every page once; return how much too wide it is for each screen, what was asked for and what was said."""
    wide, asked, said = {}, [], []
    tab = browser.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    for path in SHOWN:
        tab.goto(f"{address}/{path}")
        for width in (320, 768, 1280, 3840):
            tab.set_viewport_size({"width": width, "height": 800})
            tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            wide[path, width] = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    tab.close()
    return wide, asked, said


def test_no_page_is_wider_than_the_screen(visit):
    wide, _, _ = visit
    assert {place: excess for place, excess in wide.items() if excess > 0} == {}


def test_pages_ask_nobody_else_and_break_no_rule_of_their_policy(visit, address):
    _, asked, said = visit
    assert asked
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []


def test_the_choice_of_dark_is_remembered_on_the_next_page_and_can_be_taken_back(tab, address):
    tab.goto(f"{address}/index.html")
    light = background(tab)
    bar = tab.locator('meta[name="theme-color"]')
    expect(bar).to_have_attribute("content", "#fbfaf7")
    tab.get_by_role("button", name="Switch between light and dark").click()
    dark = background(tab)
    tab.goto(f"{address}/archive.html")
    assert background(tab) == dark != light
    expect(bar).to_have_attribute("content", "#161513")
    tab.get_by_role("button", name="Switch between light and dark").click()
    assert background(tab) == light
    assert tab.evaluate("localStorage.getItem('broadsheet-scheme')") is None


def test_without_scripts_abstracts_open_and_the_switch_is_not_shown(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/days/2026-05-27.html")
    card = tab.locator(".part .card").first
    assert card.locator(".prose").is_hidden()
    assert card.locator(".deck").is_visible()
    card.locator("summary").click()
    assert card.locator(".prose").is_visible()
    assert card.locator(".deck").is_hidden()
    assert tab.locator(".scheme").is_hidden()
    context.close()


def test_the_first_tab_stop_leads_to_the_content(tab, address):
    tab.goto(f"{address}/index.html")
    tab.keyboard.press("Tab")
    skip = tab.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert skip.bounding_box()["y"] >= 0
    skip.press("Enter")
    assert tab.url.endswith("#main")


def test_print_leaves_out_what_paper_cannot_do_and_writes_out_where_links_lead(tab, address):
    tab.emulate_media(media="print", color_scheme="dark")
    tab.goto(f"{address}/papers/2605.01234.html")
    assert background(tab) == "rgb(255, 255, 255)"
    assert tab.locator("nav:visible, button:visible, .cite details:visible").count() == 0
    assert tab.locator(".citation").is_visible()
    written = tab.locator(".reading a").first.evaluate("each => getComputedStyle(each, '::after').content")
    assert "https://arxiv.org/pdf/2605.01234" in written


def test_readers_own_settings_of_motion_contrast_and_colours_are_heeded(tab, address):
    tab.goto(f"{address}/archive.html")
    style = "(name) => getComputedStyle(document.documentElement).getPropertyValue(name)"
    assert tab.evaluate(style, "scroll-behavior") == "smooth"
    assert tab.evaluate(style, "--soft") != tab.evaluate(style, "--ink")
    tab.emulate_media(reduced_motion="reduce", contrast="more", forced_colors="active")
    assert tab.evaluate(style, "scroll-behavior") == "auto"
    assert tab.evaluate(style, "--soft") == tab.evaluate(style, "--ink")
    current = tab.locator(".masthead [aria-current]")
    assert current.evaluate("each => getComputedStyle(each).borderBottomStyle") == "solid"


def test_a_title_from_right_to_left_is_set_so_and_its_page_is_not(tab, address):
    tab.goto(f"{address}/papers/rtl.html")
    assert tab.locator("h1").evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert tab.locator("main").evaluate("each => getComputedStyle(each).direction") == "ltr"


def test_the_pictures_command_shows_a_kind_of_page_that_exists(tmp_path: Path):
    (tmp_path / "days").mkdir()
    for name in ("index.html", "days/2026-05-26.html", "days/2026-05-27.html"):
        (tmp_path / name).touch()
    assert chosen_pages(tmp_path) == {"home": "index.html", "day": "days/2026-05-27.html"}


SECTIONS = {"Looms": 2, "Felt": 1, "Yarn": 2, "Lace": 1, "Silk": 1}
ALONE = "-- site.yaml --\nbase_url: https://sheet.example\ncards: none\nrelated: none\n-- tags.yaml --\ntags:\n"
BOX = "each => { const { x, y, width } = each.getBoundingClientRect(); return [x, y, width].map(Math.round); }"


def test_a_section_of_one_paper_leaves_no_hole_beside_it(tab, tmp_path):
    text = "We weave a cloth of eleven colours on it. " * 9
    tags = [f"- {{name: {name}, order: {n}, section: always}}\n" for n, name in enumerate(SECTIONS)]
    papers = [
        f"- {{title: {name} number {n}, tags: [{name}], abstract: {text}}}\n"
        for name, count in SECTIONS.items()
        for n in range(count)
    ]
    day = f"-- papers/a.yaml --\nlisted: 2026-11-20\npapers:\n{''.join(papers)}"
    write_content(tmp_path / "content", f"{ALONE}{''.join(tags)}{day}")
    build(tmp_path / "content", tmp_path / "output", NOW)
    with served(tmp_path / "output") as address:
        tab.goto(f"{address}/days/2026-11-20.html")
        for width in (1280, 1920):
            tab.set_viewport_size({"width": width, "height": 900})
            looms, felt, yarn, lace, silk = (part.evaluate(BOX) for part in tab.locator(".parts > .part").all())
            assert looms[2] == felt[2] == yarn[2]
            assert lace[1] == silk[1] and lace[2] == silk[2] < yarn[2] / 2
            alone = tab.get_by_role("article", name="Felt")
            title, abstract = (alone.locator(each).evaluate(BOX) for each in ("h3", ".prose"))
            assert abstract[0] > title[0] + title[2] and abs(abstract[1] - title[1]) < 10
            assert tab.get_by_role("article", name="Lace").locator(".prose").is_hidden()


@pytest.mark.parametrize(("language", "edge"), [("en", "left"), ("ar", "right")])
def test_names_in_another_script_begin_where_the_page_does(tab, tmp_path, language, edge):
    list_ = "listed: 2026-11-20\npapers:\n- {title: عنوان ورقة, id: rtl, tags: [نسيج]}\n- {title: Of Looms, id: ltr}\n"
    about = f"base_url: https://sheet.example\nlanguage: {language}\ncards: none\nrelated: none\n"
    write_content(tmp_path / "content", f"-- site.yaml --\n{about}-- papers/a.yaml --\n{list_}")
    build(tmp_path / "content", tmp_path / "output", NOW)
    (tag,) = (file for file in (tmp_path / "output" / "tags").glob("*.html") if file.stem != "index")
    with served(tmp_path / "output") as address:
        for path in ("papers/rtl.html", "papers/ltr.html", f"tags/{tag.name}"):
            tab.goto(f"{address}/{path}")
            assert tab.locator("h1").evaluate("each => getComputedStyle(each).textAlign") == edge, path
