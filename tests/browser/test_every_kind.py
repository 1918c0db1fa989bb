"""What holds on every kind of page of the sample site, in the real Chromium."""

import pytest
from playwright.sync_api import Page

from tests.browser.programs import AXE, need
from tests.browser.screenshots import KINDS, SCHEMES, WIDTHS, chosen_pages

# The dark scheme differs in colours alone, which two rules look at.
AUDITS = {
    "light": "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})",
    "dark": "axe.run(document, {resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']})",
}
SAMPLED = [kind for kind in KINDS if kind != "undated"]  # every paper of the sample has its day
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


@pytest.mark.parametrize("kind", SAMPLED)
def test_axe_finds_nothing_on_light_and_dark_paper_at_any_width_and_nothing_sticks_out(
    tab: Page, sample, sample_address, kind
):
    need(AXE)
    tab.goto(f"{sample_address}/{chosen_pages(sample)[kind]}")
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        for scheme in SCHEMES:
            tab.emulate_media(color_scheme=scheme)
            answer = tab.evaluate(AUDITS[scheme])
            found += [(width, scheme, each["id"], each["nodes"][0]["html"]) for each in answer["violations"]]
    assert found == []


def test_pages_ask_only_their_own_site_and_say_nothing_in_the_console(tab: Page, sample, sample_address):
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    for path in chosen_pages(sample).values():
        tab.goto(f"{sample_address}/{path}")
        tab.wait_for_load_state("networkidle") if path == "my.html" else None
    assert [url for url in asked if not url.startswith(sample_address)] == []
    assert said == []


@pytest.mark.parametrize("kind", SAMPLED)
def test_the_tab_key_comes_to_everything_and_the_focus_is_seen(tab: Page, sample, sample_address, kind):
    tab.goto(f"{sample_address}/{chosen_pages(sample)[kind]}")
    stops = tab.evaluate(STOPS)
    within = 3 * tab.locator("input[type=date]").count()  # month, year and calendar, besides the day
    tab.evaluate(WATCH)
    for _ in range(
        stops + within + 2
    ):  # past the end to the first, as a page may begin in its middle: the search in its field
        tab.keyboard.press("Tab")
    seen = tab.evaluate("seen()")
    assert len(seen) == stops
    assert all(seen)


def test_without_scripts_every_page_reads_and_its_links_lead_on(browser, sample, sample_address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    for kind, path in chosen_pages(sample).items():
        tab.goto(f"{sample_address}/{path}")
        assert tab.get_by_role("heading", level=1).is_visible(), kind
        assert tab.locator("button:visible, input:visible, select:visible").count() == 0, kind
        tab.get_by_role("navigation", name="Main").get_by_role("link", name="Archive").click()
        assert tab.url.endswith("/archive.html"), kind
    context.close()
