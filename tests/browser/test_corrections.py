"""Corrections, a withdrawal and votes over time in the real Chromium and under the checker of HTML."""

import json
import subprocess

import pytest

from site_builder.build import build
from tests.browser.programs import AXE, JAVA, VNU, need
from tests.browser.screenshots import SCHEMES, served
from tests.browser.test_every_kind import AUDITS
from tests.conftest import NOW, write_content
from tests.pages.test_corrections import CORRECTED

PAGES = ("papers/2611.00001.html", "papers/2611.00003.html", "corrections.html", "days/2026-11-18.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("corrections")
    write_content(made / "content", CORRECTED)
    build(made / "content", made / "output", NOW)
    return made / "output"


@pytest.fixture(scope="module")
def tab(browser, folder):
    need(AXE)
    with served(folder) as address:
        page = browser.new_page(base_url=address)
        yield page
        page.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_light_and_dark_paper_at_any_width(tab, path):
    tab.goto(f"/{path}")
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for width in (320, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        for scheme in SCHEMES:
            tab.emulate_media(color_scheme=scheme)
            answer = tab.evaluate(AUDITS[scheme])
            found += [(width, scheme, each["id"], each["nodes"][0]["html"]) for each in answer["violations"]]
    assert found == []


def test_an_entry_of_the_feed_leads_to_its_correction_and_the_line_is_drawn(tab):
    tab.goto("/corrections.html")
    tab.get_by_role("link", name="Sparse <script>Clouds & More").click()
    assert tab.url.endswith("/papers/2611.00001.html#corrected-2026-11-20")
    assert tab.locator("#corrected-2026-11-20 del").inner_text() == "Clouds"
    assert tab.get_by_role("img", name="Upvotes over time").locator("path").bounding_box()["height"] > 10
    assert tab.locator("script:not([src])").count() == tab.locator("script[type='application/ld+json']").count()


def test_the_checker_of_html_finds_no_error(folder):
    need(VNU, JAVA)
    pages = [str(folder / path) for path in (*PAGES, "feeds.html")]
    command = ["java", "-jar", str(VNU), "--errors-only", "--format", "json", "--exit-zero-always", *pages]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    messages = json.loads(answer.stderr)["messages"]
    # The checker reads files, where a policy's 'self' means nothing to it.
    assert [each for each in messages if "Content-Security-Policy" not in each["message"]] == []
