"""Pages full of hostile strings in the real Chromium: nothing runs, asks, opens or is fetched from elsewhere."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from site_builder.build import build
from tests.browser.programs import need
from tests.browser.screenshots import CHROMIUM, launch, served
from tests.conftest import NOW
from tests.hostile.content import write_hostile_content
from tests.hostile.payloads import payloads

PAGES = 14
# What a payload would call or set leaves a mark; so does what the policy of the page had to stop.
WATCH = """
window.__hits = [];
for (const name of ["alert", "confirm", "prompt", "open", "print"]) window[name] = () => __hits.push(name);
Object.defineProperty(window, "__hit", { set: () => __hits.push("__hit") });
addEventListener("securitypolicyviolation", (event) => __hits.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
# Every attribute that runs, every address that is none of ours, as the browser itself has read the page.
LIVE = """() => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const attribute of element.attributes)
      if (/^on|^style$|^srcdoc$|^formaction$/.test(attribute.name))
        found.push(`${attribute.name} ${element.outerHTML.slice(0, 100)}`);
    for (const name of ["href", "src", "action", "data"]) {
      const value = typeof element[name] === "string" ? element[name] : "";
      if (value && element.hasAttribute(name) && !/^(https?|mailto):/.test(value)) found.push(value);
    }
  }
  return found;
}"""
# What a visitor's mouse and keys would set off.
PROVOKE = """() => {
  for (const element of document.querySelectorAll("*"))
    for (const name of ["mouseover", "focus", "blur", "toggle", "pointerenter", "animationend", "error", "load"])
      element.dispatchEvent(new Event(name));
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chromium")
    write_hostile_content(folder / "content", payloads(7, 4_000), papers=10)
    build(folder / "content", folder / "output", NOW)
    return folder / "output"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as where:
        yield where


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    need(CHROMIUM)
    with sync_playwright() as playwright:
        started = launch(playwright)
        page = started.new_page()
        page.add_init_script(WATCH)
        yield page
        started.close()


def test_nothing_runs_or_is_fetched_from_elsewhere(site: Path, address: str, tab: Page) -> None:
    pages = _largest_pages(site)
    assert len(pages) >= 10
    for path in pages:
        assert _what_happens(tab, address, path, has_styles=path.startswith("mail/")) == [], path


def test_the_watch_sees_a_script_that_does_run(tmp_path: Path, tab: Page) -> None:
    """Without this the test above could pass because the hook is blind."""
    (tmp_path / "live.html").write_text("<!doctype html><img src=x onerror=__hit=1><a href=javascript:alert(1)>x</a>")
    (tmp_path / "load.html").write_text("<!doctype html><img src=http://elsewhere.example/x.png>")
    (tmp_path / "live.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    with served(tmp_path) as where:
        assert _what_happens(tab, where, "live.svg") == ["alert"]
        live = _what_happens(tab, where, "live.html")
        assert {"__hit", "javascript:alert(1)"} <= set(live)
        assert _what_happens(tab, where, "load.html") == ["request http://elsewhere.example/x.png"]


def test_drawings_run_nothing(site: Path, address: str, tab: Page) -> None:
    paths = [file.relative_to(site).as_posix() for file in sorted(site.rglob("*.svg"))]
    assert paths
    for path in paths:
        assert _what_happens(tab, address, path) == [], path


def test_feeds_and_mails_shown_as_pages_run_nothing(site: Path, address: str, tab: Page, tmp_path: Path) -> None:
    """As a reader without any cleaning of its own would: the HTML of each entry, without the policy of the pages."""
    feed = json.loads((site / "feeds" / "digests.json").read_bytes())
    mails = [file.read_text(encoding="utf-8") for file in sorted(site.glob("mail/*/mail.html"))]
    bodies = [item["content_html"] for item in feed["items"]] + mails
    assert len(bodies) >= 6
    for number, body in enumerate(bodies):
        (tmp_path / f"{number}.html").write_text(f"<!doctype html><meta charset=utf-8>{body}", encoding="utf-8")
    with served(tmp_path) as where:
        for number in range(len(bodies)):
            happened = _what_happens(tab, where, f"{number}.html", has_styles=True)
            assert happened == [], number


def _what_happens(tab: Page, address: str, path: str, *, has_styles: bool = False) -> list[str]:
    """Return every script that ran, request elsewhere, dialog, breach of the policy and live attribute of a page."""
    found: list[str] = []
    listeners = {
        "dialog": lambda dialog: (found.append(f"dialog {dialog.message}"), dialog.dismiss()),
        "popup": lambda popup: (found.append(f"popup {popup.url}"), popup.close()),
        "request": lambda request: _is_elsewhere(request.url, address) and found.append(f"request {request.url}"),
    }
    for event, listener in listeners.items():
        tab.on(event, listener)
    tab.goto(f"{address}/{path}", wait_until="load")
    tab.evaluate(PROVOKE)
    live = tab.evaluate(LIVE)
    found += [each for each in live if not (has_styles and each.startswith("style "))]
    found += tab.evaluate("() => window.__hits")
    if tab.url.split("#")[0] != f"{address}/{path}":
        found.append(f"went to {tab.url}")
    tab.goto("about:blank")
    for event, listener in listeners.items():
        tab.remove_listener(event, listener)
    return found


def _is_elsewhere(url: str, address: str) -> bool:
    return not url.startswith((address, "data:image/svg+xml"))


def _largest_pages(site: Path) -> list[str]:
    """Return the largest page of each kind: those that hold most payloads."""
    pages = sorted(site.rglob("*.html"), key=lambda file: -file.stat().st_size)
    kinds: dict[str, str] = {}
    for file in pages:
        path = file.relative_to(site).as_posix()
        kinds.setdefault(path.partition("/")[0] if "/" in path else path, path)
    return list(kinds.values())[:PAGES]
