"""A page that arrives slowly does not move while it is read."""

import json
import re
import time
from collections.abc import Iterator
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser.screenshots import ARGUMENTS, CHROMIUM, QuietHandler, chosen_pages, served
from tests.conftest import IS_AUDIT

PIECES = 40
BLOCK = re.compile(rb"<(?:article|aside|details|div|nav|section|table|t[dh])\b")
PAUSE = 0.02  # s; long enough for the browser to show each piece
UNSEEN = 0.001  # of the score, of which 0.1 is good: a busy browser may paint half of a row of links first
ARRIVING = ("home", "day", "month", "paper", "search")
WATCH = """
const told = ({ node, previousRect, currentRect }) => [node?.outerHTML ?? node?.textContent, previousRect, currentRect];
new PerformanceObserver((seen) => {
  const shifts = seen.getEntries().map(({ value, sources }) => JSON.stringify([value, sources.map(told)]));
  (window.shifts ??= []).push(...shifts);
}).observe({ type: "layout-shift", buffered: true });
"""


class SlowHandler(QuietHandler):
    """Sends the first parts of a page, and the first cells of its tables, one by one, and all else at once."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        sent = source.read()
        blocks = BLOCK.finditer(sent, sent.index(b"<main")) if self.path.endswith(".html") else ()
        for start, end in pairwise([0, *(found.start() for found in islice(blocks, PIECES)), len(sent)]):
            outputfile.write(sent[start:end])
            time.sleep(PAUSE)


@pytest.fixture(scope="module")
def slow_address(sample: Path) -> Iterator[str]:
    with served(sample, SlowHandler) as address:
        yield address


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(  # the scroll bar of a desk takes space, and Playwright hides it
        executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=["--hide-scrollbars"]
    )
    yield started
    started.close()


@pytest.mark.parametrize(
    ("kind", "form"),
    [*product(ARRIVING, ["mobile"]), *product(ARRIVING if IS_AUDIT else ARRIVING[:2], ["desktop"])],
)
def test_nothing_moves_while_a_page_arrives(browser, sample, slow_address, kind, form):
    size = {"width": 1350, "height": 940} if form == "desktop" else {"width": 412, "height": 823}
    with browser.new_context(viewport=size, is_mobile=form == "mobile") as context:
        context.add_init_script(WATCH)
        tab = context.new_page()
        tab.goto(f"{slow_address}/{chosen_pages(sample)[kind]}", wait_until="load")
        assert tab.evaluate("document.documentElement.scrollHeight > innerHeight"), "the page would not scroll"
        shifts = tab.evaluate("window.shifts ?? []")
        assert [shift for shift in shifts if json.loads(shift)[0] > UNSEEN] == []
