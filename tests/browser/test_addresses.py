"""On a host that drops `.html` every way through the site works, and what a reader saved stays saved."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screenshots import QuietHandler, served
from tests.conftest import Site

SITE = """
-- site.yaml --
base_url: https://clouds.example
related: tags
cards: none
-- papers/a.yaml --
listed: 2026-11-20
papers:
- {title: Sparse Clouds, arxiv: "2611.00001", upvotes: 9, tags: [Rain], authors: [Ada B.]}
- {title: Fog, arxiv: "2611.00002", upvotes: 3, tags: [Rain]}
- {title: Dense Fog, arxiv: "2611.00003", upvotes: 3, tags: [Snow]}
- {title: Dense Snow, arxiv: "2611.00004", upvotes: 3, tags: [Snow]}
"""


class DroppingHandler(QuietHandler):
    """Answers `x` with the file `x.html`, and `x.html` with a redirect to `x`, as Cloudflare Pages does."""

    detours: list[str]

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        path, question, query = self.path.partition("?")
        if path.endswith(".html"):
            self.detours.append(path)
            self.send_response(308)
            self.send_header("Location", path.removesuffix("index.html").removesuffix(".html") + question + query)
            self.end_headers()
            return
        if not path.endswith("/") and Path(self.translate_path(f"{path}.html")).is_file():
            self.path = f"{path}.html{question}{query}"
        super().do_GET()


@pytest.fixture
def where(build_site: Callable[..., Site]) -> Iterator[str]:
    site = build_site(SITE.replace("related:", "addresses: without_html\nrelated:"))
    DroppingHandler.detours = []
    with served(site.output, DroppingHandler) as address:
        yield address


def test_a_reader_finds_saves_and_filters_papers_without_a_detour(where: str, tab: Page) -> None:
    tab.goto(f"{where}/")
    tab.get_by_role("link", name="Sparse Clouds").first.click()
    tab.wait_for_url(f"{where}/papers/2611.00001")
    tab.get_by_role("button", name="Save").first.click()
    tab.goto(f"{where}/my")
    saved = tab.locator('[data-list="saved"]')
    expect(saved.get_by_role("link", name="Sparse Clouds")).to_have_attribute("href", f"{where}/papers/2611.00001")
    kept = tab.evaluate(
        "Object.keys(JSON.parse(Object.values(localStorage).find((each) => each.includes('saved'))).saved)"
    )
    assert kept == ["papers/2611.00001.html"]
    tab.goto(f"{where}/days/2026-11-20")
    expect(tab.locator("article[data-saved]")).to_have_count(1)
    assert DroppingHandler.detours == []


def test_the_key_of_the_search_leads_there_and_results_to_their_papers(where: str, tab: Page) -> None:
    tab.goto(f"{where}/days/2026-11-20")
    tab.keyboard.press("/")
    tab.wait_for_url(f"{where}/search")
    tab.locator("#query").fill("sparse")
    result = tab.locator(".results a").first
    expect(result).to_have_attribute("href", f"{where}/papers/2611.00001")
    assert DroppingHandler.detours == []
