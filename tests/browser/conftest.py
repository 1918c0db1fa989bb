"""What the tests of pages share: a browser, a tab of it, and the sample site that the repository carries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from site_builder.build import build
from tests.browser import programs
from tests.browser.screenshots import launch, served
from tests.conftest import NOW

CONTENT = Path(__file__).resolve().parents[2] / "content"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    programs.need(programs.CHROMIUM)
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        color_scheme="light", permissions=["clipboard-read", "clipboard-write"], accept_downloads=True
    )
    made.set_default_timeout(5000)
    yield made
    made.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    return context.new_page()


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
