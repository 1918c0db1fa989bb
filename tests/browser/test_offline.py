"""`offline: true`: what a reader saved opens without a network, and nothing else is ever older than the site."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder.build import build
from tests.browser.programs import AXE, need
from tests.browser.screenshots import QuietHandler, served
from tests.conftest import NOW, write_content
from tests.drawn import drawn

SAVED, OTHER = "papers/2605.00001.html", "papers/2605.00002.html"
OLD, ITS_DAY = "papers/2604.00001.html", "days/2026-04-29.html"
SITE = """\
-- site.yaml --
title: The Digest
base_url: http://localhost/digest
cards: none
related: none
search: false
paper_pages: 1
offline: true
-- papers/2026-05-27.yaml --
listed: 2026-05-27
papers:
  - {title: Sparse Clouds, id: "2605.00001", authors: Ada Example, abstract: Few and far, image: images/a.png}
  - {title: Dense Fog, id: "2605.00002", formerly: [mist], authors: Bo Sample, abstract: Nothing is seen.}
-- papers/2026-04-29.yaml --
listed: 2026-04-29
papers:
  - {title: Old Rain, id: "2604.00001", authors: Cy Third, abstract: It rained.}
"""
CORRECTED = """\
-- papers/2026-05-27.yaml --
listed: 2026-05-27
papers:
  - {title: Sparse Clouds Revisited, id: "2605.00001", authors: Ada Example, abstract: Few and far.}
  - {title: Morning Sun, id: "2605.00003", authors: Dee Fourth, abstract: It shines.}
"""
# Playwright's own clock would hide how the page came.
NOON = """Date = class extends Date {
  constructor(...given) { given.length ? super(...given) : super("2026-06-15T12:00:00Z"); }
};"""
READY = """navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ||
  new Promise((done) => (navigator.serviceWorker.oncontrollerchange = done))).then(() => true)"""
KEPT = """async (wanted) => {
  const files = [];
  for (const name of await caches.keys()) {
    const file = name.split(" ")[2];
    const held = await (await caches.open(name)).keys();
    if (held.some(({ url }) => url.endsWith(file))) files.push(file);
  }
  return String(files.sort()) === wanted;
}"""


UNTIL = """async (arg) => {
  for (let tries = 0; tries < 800; tries += 1) {
    if (await (CONDITION)(arg)) return true;
    await new Promise((done) => setTimeout(done, 25));
  }
  return false;
}"""


def until(tab: Page, condition: str, arg: str = "") -> None:
    """Wait until the promise of a function comes true, for which Playwright's own waiting does not wait."""
    assert tab.evaluate(UNTIL.replace("CONDITION", condition), arg)


class Server(QuietHandler):
    """Hosts the site below a folder, with nothing that a browser may keep by itself."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/digest"))

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class Published:
    """A site at an address, which can be changed and built anew."""

    def __init__(self, folder: Path) -> None:
        self.content, self.output = folder / "content", folder / "output"
        self.build(SITE)

    def build(self, files: str) -> None:
        write_content(self.content, files)
        (self.content / "images").mkdir(exist_ok=True)
        (self.content / "images" / "a.png").write_bytes(drawn(700, 500))
        build(self.content, self.output, NOW)


@pytest.fixture
def tab(own_tab: Page) -> Page:
    """A tab of its own for each test: what a service worker keeps outlives its page."""
    return own_tab


@pytest.fixture
def published(tmp_path: Path) -> Published:
    return Published(tmp_path)


@pytest.fixture
def address(published: Published) -> Iterator[str]:
    with served(published.output, Server) as where:
        yield f"{where}/digest"


@pytest.fixture
def wait_for_copies(tab: Page) -> Callable[..., None]:
    def wait(*files: str) -> None:
        until(tab, KEPT, ",".join(sorted(files)))

    return wait


def save(tab: Page, address: str, path: str) -> None:
    tab.goto(f"{address}/{path}")
    assert tab.evaluate(READY)
    tab.get_by_role("button", name="Save", exact=True).click()


def heading(tab: Page) -> str:
    return tab.get_by_role("heading", level=1).inner_text()


def test_a_saved_paper_opens_offline_and_the_front_page_is_new_as_soon_as_the_network_is(
    tab: Page, context: BrowserContext, address: str, published: Published, wait_for_copies: Callable[..., None]
) -> None:
    tab.goto(f"{address}/index.html")
    save(tab, address, SAVED)
    wait_for_copies(SAVED)
    context.set_offline(True)
    tab.goto(f"{address}/{SAVED}")
    assert heading(tab) == "Sparse Clouds"
    expect(tab.locator("main > .tidings")).to_contain_text("The site cannot be reached. This is your copy of")
    assert tab.evaluate("[...document.images].every((each) => each.naturalWidth > 0)")
    assert tab.evaluate("getComputedStyle(document.body).margin") == "0px"
    for missing in ("index.html", OTHER):
        tab.goto(f"{address}/{missing}")
        assert heading(tab) == "The site cannot be reached"
        assert tab.evaluate("getComputedStyle(document.body).margin") == "0px"
    tab.get_by_role("link", name="what you saved").click()
    tab.get_by_role("link", name="Sparse Clouds").click()
    assert heading(tab) == "Sparse Clouds"
    published.build(CORRECTED)
    context.set_offline(False)
    tab.get_by_role("button", name="Update").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Sparse Clouds Revisited")
    expect(tab.locator("main > .tidings")).to_have_count(0)
    tab.goto(f"{address}/index.html")
    expect(tab.get_by_role("link", name="Morning Sun").first).to_be_visible()


def test_days_and_papers_on_their_days_page_open_offline_until_they_are_taken_out(
    tab: Page, context: BrowserContext, address: str, wait_for_copies: Callable[..., None]
) -> None:
    tab.goto(f"{address}/{ITS_DAY}")
    assert tab.evaluate(READY)
    tab.locator("article").get_by_role("button", name="Save: Old Rain").click()
    wait_for_copies(OLD)
    context.set_offline(True)
    tab.goto(f"{address}/my.html")
    tab.get_by_role("link", name="Old Rain").click()
    expect(tab).to_have_url(f"{address}/{ITS_DAY}#paper-2604.00001")
    assert "29 April 2026" in heading(tab)
    context.set_offline(False)
    tab.goto(f"{address}/days/2026-05-27.html")
    tab.get_by_role("button", name="Save this day").click()
    wait_for_copies(OLD, "days/2026-05-27.html")
    tab.goto(f"{address}/my.html")
    expect(tab.locator('[data-for="offline"]')).to_contain_text("2 of them open without a network.")
    tab.get_by_role("button", name="Update the copies").click()
    expect(tab.locator(".says")).to_have_text("Updated")
    tab.get_by_role("button", name="Remove: 27 May 2026").click()
    tab.get_by_role("button", name="Remove: Old Rain").click()
    wait_for_copies()
    expect(tab.locator('[data-for="offline"]')).to_have_text("")
    context.set_offline(True)
    tab.goto(f"{address}/days/2026-05-27.html")
    assert heading(tab) == "The site cannot be reached"
    tab.goto(f"{address}/my.html")
    expect(tab.locator(".my")).to_be_visible()


def test_a_saved_paper_whose_page_has_moved_opens_offline(
    tab: Page, context: BrowserContext, address: str, wait_for_copies: Callable[..., None]
) -> None:
    tab.goto(f"{address}/404.html")
    saved = {"papers/mist.html": {"title": "Dense Fog", "authors": "", "day": ""}}
    tab.evaluate("saved => { localStorage['broadsheet /digest/'] = JSON.stringify({ saved }); }", saved)
    tab.goto(f"{address}/my.html")
    assert tab.evaluate(READY)
    wait_for_copies("papers/mist.html")
    context.set_offline(True)
    tab.goto(f"{address}/my.html")
    tab.get_by_role("link", name="Dense Fog").click()
    expect(tab).to_have_url(f"{address}/{OTHER}")
    assert heading(tab) == "Dense Fog"


def test_a_copy_is_dated_by_the_readers_own_day(browser: Browser, address: str) -> None:
    context = browser.new_context(timezone_id="America/New_York")
    context.add_init_script(NOON)
    tab = context.new_page()
    save(tab, address, SAVED)
    until(tab, KEPT, SAVED)
    context.set_offline(True)
    tab.goto(f"{address}/{SAVED}")
    expect(tab.locator("main > .tidings")).to_contain_text("This is your copy of 15 June 2026.")
    context.close()


def test_a_copy_that_cannot_be_updated_stays_and_the_reader_is_told(
    tab: Page, context: BrowserContext, address: str, wait_for_copies: Callable[..., None]
) -> None:
    save(tab, address, SAVED)
    wait_for_copies(SAVED)
    context.set_offline(True)
    tab.goto(f"{address}/my.html")
    tab.get_by_role("button", name="Update the copies").click()
    expect(tab.locator(".says")).to_have_text("The site cannot be reached; your copies are as they were")
    wait_for_copies(SAVED)


def test_a_site_that_turns_it_off_takes_worker_and_copies_from_its_readers(
    tab: Page, context: BrowserContext, address: str, published: Published, wait_for_copies: Callable[..., None]
) -> None:
    save(tab, address, SAVED)
    wait_for_copies(SAVED)
    published.build("-- site.yaml --\ntitle: The Digest\nbase_url: http://localhost/digest\ncards: none\n")
    tab.goto(f"{address}/index.html")
    gone = "async () => !(await navigator.serviceWorker.getRegistrations()).length && !(await caches.keys()).length"
    until(tab, gone)
    assert not (published.output / "offline.html").exists()
    assert not (published.output / "assets" / "offline.js").exists()
    tab.goto(f"{address}/days/2026-05-27.html")
    assert tab.get_by_role("button", name="Save this day").count() == 0


def test_nothing_is_registered_or_kept_on_a_site_that_does_not_want_it(tab: Page, sample_address: str) -> None:
    tab.goto(f"{sample_address}/index.html")
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert tab.evaluate("caches.keys()") == []


def test_no_policy_is_broken_and_axe_finds_nothing_while_copies_are_made_and_read(
    tab: Page, context: BrowserContext, address: str, wait_for_copies: Callable[..., None]
) -> None:
    need(AXE)
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    save(tab, address, SAVED)
    wait_for_copies(SAVED)
    assert said == []
    context.set_offline(True)
    for path in (SAVED, "index.html"):
        tab.goto(f"{address}/{path}")
        tab.evaluate(AXE.read_text(encoding="utf-8"))
        assert tab.evaluate("axe.run()")["violations"] == []
    assert [line for line in said if "Content Security Policy" in line] == []


class BareServer(Server):
    """Hosts pages without the ending of their files, as some hosts do, and leads there from those with it."""

    def translate_path(self, path: str) -> str:
        file = super().translate_path(path)
        return f"{file}.html" if Path(f"{file}.html").exists() else file

    def do_GET(self) -> None:  # noqa: N802 - the name that the library calls
        if self.path.endswith(".html"):
            self.send_response(301)
            self.send_header("Location", self.path.removesuffix(".html"))
            self.end_headers()
        else:
            super().do_GET()


@pytest.mark.parametrize("addresses", ["with_html", "without_html"])
def test_a_host_that_drops_html_from_addresses_is_read_offline_too(
    tab: Page, context: BrowserContext, published: Published, addresses: str, wait_for_copies: Callable[..., None]
) -> None:
    published.build(SITE.replace("offline: true", f"offline: true\naddresses: {addresses}"))
    with served(published.output, BareServer) as where:
        save(tab, f"{where}/digest", SAVED)
        bare = "async () => Boolean(await caches.match(location.href)) && Boolean(await caches.match('../my'))"
        led_on = "async () => Boolean(await caches.match(`${location.href}.html`))"
        until(tab, bare if addresses == "without_html" else led_on)
        context.set_offline(True)
        tab.goto(f"{where}/digest/index")
        assert heading(tab) == "The site cannot be reached"
        tab.get_by_role("link", name="what you saved").click()
        tab.get_by_role("link", name="Sparse Clouds").click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Sparse Clouds")
        expect(tab.locator("main > .tidings")).to_contain_text("This is your copy of")
