"""Papers without a page of their own, as a reader finds and keeps them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screenshots import served
from tests.conftest import Site
from tests.pages.test_folded import SITE

PLACE = "days/2026-04-29.html#paper-2604.00001"


@pytest.fixture
def address(build_site: Callable[..., Site]) -> Iterator[str]:
    with served(build_site(SITE).output) as where:
        yield f"{where}/"


@pytest.mark.parametrize("name", ["2604.00001.html", "2604.00001"])
def test_the_page_of_missing_addresses_leads_to_an_older_paper(tab: Page, address: str, name: str) -> None:
    missing = tab.request.get(f"{address}404.html").text().replace("/digest/", "/")
    tab.route(f"**/papers/{name}", lambda route: route.fulfill(status=404, body=missing, content_type="text/html"))
    tab.goto(f"{address}papers/{name}")
    tab.wait_for_url(f"**/{PLACE}")


def test_an_address_that_never_was_stays_missing(tab: Page, address: str) -> None:
    missing = tab.request.get(f"{address}404.html").text().replace("/digest/", "/")
    tab.route("**/papers/none.html", lambda route: route.fulfill(status=404, body=missing, content_type="text/html"))
    tab.goto(f"{address}papers/none.html")
    expect(tab.locator("h1")).to_have_text("This page is not in print")


def test_an_older_paper_is_saved_under_the_name_of_its_page_and_its_entry_exported(tab: Page, address: str) -> None:
    tab.goto(f"{address}days/2026-04-29.html")
    tab.locator('[id="paper-2604.00001"] [data-act="save"]').click()
    (kept,) = tab.evaluate("Object.values(localStorage).map((value) => JSON.parse(value).saved)")
    assert list(kept) == ["papers/2604.00001.html"]
    tab.goto(f"{address}my.html")
    with tab.expect_download() as waiting:
        tab.locator('[data-my="bib"]').click()
    assert waiting.value.path().read_text().startswith("@misc{lovelace")
