"""What holds on every kind of page of the sample site, in the real Chromium."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import VIEWPORT
from tests.browser.programs import AXE, need
from tests.browser.screenshots import KINDS, SCHEMES, WIDTHS, chosen_pages
from tests.conftest import IS_AUDIT

# The dark scheme differs in colours alone, which two rules look at.
AUDITS = {
    "light": "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})",
    "dark": "axe.run(document, {resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']})",
}
# Every paper of the sample has its day, and no venue has enough of them.
SAMPLED = [kind for kind in KINDS if kind not in {"undated", "venue", "venues"}]
# What a keyboard must come to: everything one can act on that is shown.
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && each.tabIndex >= 0).length"""
# Notes of each stop that gets the focus whether it shows that it has it, each time.
WATCH = """() => {
  const stops = new Map();
  addEventListener("focusin", ({target}) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(target);
    const isSeen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    stops.set(target, isSeen && stops.get(target) !== false);
  });
  window.seen = () => [...stops.values()];
}"""

# Of a long list the first papers and the last ones stand for all.
THIN = "() => [...document.querySelectorAll('main article')].slice(6, -2).forEach((each) => each.remove())"

# The distances that a reader may set (WCAG 1.4.12).
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
SET_STYLE = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }"
# What is cut off: text that reaches out of an element that hides what does, or of the window. A text of which a page
# shows the first lines only, with a way to the others, is no such text.
CUT = """() => {
  const isClamped = (each) => getComputedStyle(each).webkitLineClamp !== "none" || each.matches(".note.long .prose");
  const hides = (each) => ["hidden", "clip"].includes(getComputedStyle(each).overflowX)
    || ["hidden", "clip"].includes(getComputedStyle(each).overflowY);
  return [...document.querySelectorAll("body *")].filter((each) =>
    each.checkVisibility() && !each.closest(".unseen, .skip, svg, math") && hides(each) && !isClamped(each)
    && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
  ).map((each) => each.outerHTML.slice(0, 100))
    .concat(document.documentElement.scrollWidth > innerWidth ? ["the page is wider than its window"] : []);
}"""
# What a reader acts on lies over nothing else of the kind; the links below the first lines of a note are not shown.
OVERLAPS = """() => {
  const all = [...document.querySelectorAll("main :is(a[href], button, input, select, summary)")]
    .filter((each) => each.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}))
    .filter((each) => !each.closest(".note .prose"));
  const boxes = all.map((each) => [...each.getClientRects()]);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  const found = [];
  boxes.forEach((mine, i) => boxes.slice(i + 1, i + 8).forEach((others, j) => {
    if (!all[i].contains(all[i + 1 + j]) && mine.some((a) => others.some((b) => over(a, b))))
      found.push(`${all[i].outerHTML.slice(0, 80)} over ${all[i + 1 + j].outerHTML.slice(0, 80)}`);
  }));
  return found;
}"""
STUCK = """() => [...document.querySelectorAll("body *:not(.says)")]
  .filter((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position) && each.checkVisibility())
  .map((each) => each.outerHTML.slice(0, 100))"""
# In forced colours only borders, underlines and text remain of a control; a box to tick is the browser's own.
UNSEEN = """() => [...document.querySelectorAll("button, select, input:not([type=checkbox]), summary, a[href]")]
  .filter((each) => each.checkVisibility({visibilityProperty: true}) && !each.closest(".skip, [aria-hidden]"))
  .filter((each) => {
    const style = getComputedStyle(each);
    if (each.matches("a")) return !each.innerText.trim() && !each.querySelector("img");
    if (each.matches("summary")) return !style.textDecorationLine.includes("underline");
    return !style.borderStyle.includes("solid") || parseFloat(style.borderTopWidth) < 1;
  }).map((each) => each.outerHTML.slice(0, 100))"""


@dataclass(frozen=True)
class Opened:
    """A page of a kind that one load serves all tests of, and what it asked for and said while it was loaded."""

    kind: str
    tab: Page
    asked: tuple[str, ...]
    said: tuple[str, ...]


@pytest.fixture(scope="module")
def own_page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport=VIEWPORT, color_scheme="light")
    yield made
    made.close()


@pytest.fixture(scope="module", params=SAMPLED)
def loaded(request: pytest.FixtureRequest, own_page: Page, sample: Path, sample_address: str) -> Opened:
    asked, said = [], []
    own_page.on("request", note := lambda request: asked.append(request.url))
    own_page.on("console", listen := lambda message: said.append(message.text))
    own_page.on("pageerror", fail := lambda error: said.append(str(error)))
    own_page.goto(f"{sample_address}/{chosen_pages(sample)[request.param]}")
    own_page.wait_for_load_state("networkidle") if request.param == "my" else None
    for event, listener in (("request", note), ("console", listen), ("pageerror", fail)):
        own_page.remove_listener(event, listener)
    return Opened(request.param, own_page, tuple(asked), tuple(said))


@pytest.fixture
def opened(loaded: Opened) -> Iterator[Opened]:
    yield loaded
    loaded.tab.evaluate(SET_STYLE, "")
    loaded.tab.set_viewport_size(VIEWPORT)
    loaded.tab.emulate_media(color_scheme="light", forced_colors="null")


def test_a_page_asks_only_its_own_site_and_says_nothing_in_the_console(opened: Opened, sample_address):
    assert [url for url in opened.asked if not url.startswith(sample_address)] == []
    assert opened.said == ()


def test_the_distances_that_a_reader_sets_cut_and_cover_nothing(opened: Opened):
    found = {}
    for style in ("", SPACED):
        opened.tab.evaluate(SET_STYLE, style)
        for width in (360, 1280):
            opened.tab.set_viewport_size({"width": width, "height": 800})
            cut = opened.tab.evaluate(CUT)
            found[width, style] = [*cut, *(opened.tab.evaluate(OVERLAPS) if style else [])]
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_forced_colours_show_every_control(opened: Opened):
    opened.tab.emulate_media(forced_colors="active")
    assert opened.tab.evaluate(UNSEEN) == []


def test_axe_finds_nothing_on_light_and_dark_paper_at_any_width_and_nothing_sticks_out(opened: Opened):
    need(AXE)
    tab = opened.tab
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    dark_at = (WIDTHS[0], WIDTHS[2])[SAMPLED.index(opened.kind) % 2]  # one kind is narrow, the next one wide
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        if width == WIDTHS[1]:  # nothing is shown here that the others lack
            continue
        for scheme in SCHEMES if IS_AUDIT or width == dark_at else ("light",):
            tab.emulate_media(color_scheme=scheme)
            answer = tab.evaluate(AUDITS[scheme])
            found += [(width, scheme, each["id"], each["nodes"][0]["html"]) for each in answer["violations"]]
    assert found == []


def test_the_tab_key_comes_to_everything_and_the_focus_is_seen(opened: Opened):
    tab = opened.tab
    if not IS_AUDIT:
        tab.evaluate(THIN)
    stops = tab.evaluate(STOPS)
    within = 3 * tab.locator("input[type=date]").count()  # month, year and calendar, besides the day
    tab.evaluate(WATCH)
    for _ in range(stops + within + 2):  # past the end to the first: the search begins in its field
        tab.keyboard.press("Tab")
    seen = tab.evaluate("seen()")
    assert len(seen) == stops
    assert all(seen)


def test_a_page_at_four_times_its_size_is_read_down_alone_and_covers_nothing(browser, sample, sample_address):
    context = browser.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4)  # 1280 x 1024 at 400 %
    tab = context.new_page()
    found = {}
    for kind, path in chosen_pages(sample).items():
        tab.goto(f"{sample_address}/{path}")
        found[kind] = [*tab.evaluate(CUT), *tab.evaluate(OVERLAPS), *tab.evaluate(STUCK)]
        tab.evaluate(SET_STYLE, SPACED)
        if (width := tab.evaluate("document.documentElement.scrollWidth")) > 320:
            found[kind].append(f"{width} pixels wide with wide spaces")
    context.close()
    assert {kind: faults for kind, faults in found.items() if faults} == {}


def test_without_scripts_every_page_reads_and_its_links_lead_on(browser, sample, sample_address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    for kind, path in chosen_pages(sample).items():
        tab.goto(f"{sample_address}/{path}")
        assert tab.get_by_role("heading", level=1).is_visible(), kind
        assert tab.locator("button:visible, input:visible, select:visible").count() == 0, kind
        link = tab.get_by_role("navigation", name="Main").get_by_role("link", name="Archive")
        link.click(trial=True)  # it could be clicked
        assert link.evaluate("each => each.href") == f"{sample_address}/archive.html", kind
    link.click()
    assert tab.url.endswith("/archive.html")
    context.close()
