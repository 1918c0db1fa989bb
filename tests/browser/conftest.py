"""What the tests of pages share: a browser, a tab of it, and the sample site that the repository carries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, ViewportSize, sync_playwright

from site_builder.build import build
from tests.browser import programs
from tests.browser.screenshots import launch, served
from tests.conftest import NOW

TIMEOUT = 5000  # ms
VIEWPORT: ViewportSize = {"width": 1280, "height": 720}
FORGET = "localStorage.clear(); sessionStorage.clear()"
CONTENT = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture(scope="package")  # its event loop, which others could not run theirs beside, ends with these tests
def playwright() -> Iterator[Playwright]:
    programs.need(programs.CHROMIUM)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = launch(playwright)
    yield started
    started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = open_context(browser)
    yield made
    made.close()


@pytest.fixture
def own_tab(context: BrowserContext) -> Page:
    """Open a tab for this test alone: for init scripts, dialogs, workers and what else cannot be taken back."""
    return context.new_page()


@pytest.fixture(scope="package")
def only_tab(browser: Browser) -> Iterator[Page]:
    made = open_context(browser)
    yield made.new_page()
    made.close()


@pytest.fixture(scope="module")
def kept_tab(only_tab: Page) -> Page:
    """Return the tab of the worker, which knows nothing of servers that had the ports of this module's before."""
    tools = only_tab.context.new_cdp_session(only_tab)
    tools.send("Network.clearBrowserCache")
    tools.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    tools.detach()
    return only_tab


@pytest.fixture
def tab(kept_tab: Page) -> Iterator[Page]:
    """Lend the tab that is kept, as good as new: a context with a tab of its own costs a second of processor."""
    yield kept_tab
    clean(kept_tab)


def open_context(browser: Browser) -> BrowserContext:
    made = browser.new_context(
        color_scheme="light", permissions=["clipboard-read", "clipboard-write"], accept_downloads=True
    )
    made.set_default_timeout(TIMEOUT)
    return made


def leave(tab: Page) -> None:
    """Empty what the browser keeps for the site of a tab, and leave the site."""
    if tab.url.startswith("http"):
        tab.evaluate(FORGET)
    tab.goto("about:blank")


def clean(tab: Page) -> None:
    """Take back what a test did to a tab: routes, no network, further tabs, storage, size and media."""
    context = tab.context
    for other in context.pages:
        if other != tab:
            other.close()
    try:
        leave(tab)
    except Error:  # a navigation that the test began came in between
        tab.wait_for_load_state()
        leave(tab)
    tab.unroute_all()
    context.unroute_all()
    context.set_offline(False)
    tab.set_viewport_size(VIEWPORT)
    tab.emulate_media(media="null", color_scheme="light", reduced_motion="null", forced_colors="null")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, sample_content: Path) -> Path:
    """Build the site of `content/` once."""
    output = tmp_path_factory.mktemp("sample")
    build(sample_content, output, NOW)
    return output


@pytest.fixture(scope="session")
def sample_address(sample: Path) -> Iterator[str]:
    with served(sample) as where:
        yield where
