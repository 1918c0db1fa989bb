"""The ways through a site in the real Chromium: the bar of a phone, fronts, filters, visits and muted words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from site_builder.build import build
from tests.browser.screenshots import served
from tests.conftest import NOW, write_content

DAYS = ("2026-05-18", "2026-05-25", "2026-05-26", "2026-05-27", "2026-05-28")
PHONE = {"width": 390, "height": 844}


def entry(day: str, number: int) -> str:
    key = f"{day[-2:]}{number:02}"
    return (
        f"  - title: Paper {key} on {'sparse attention' if number % 2 else 'fast agents'}\n    id: 2605.0{key}\n"
        f"    authors: [Ada Lovelace, Emmy Noether]\n    organization: Engines\n    upvotes: {number}\n"
        f"    abstract: {'We present a method. ' * 30}{'It learns from zebrafish.' if number == 9 else ''}\n"
        f"    tags: [{'vision, agents' if number % 2 else 'agents'}]\n"
        + (f"    code: https://code.example/{key}\n" if number % 3 == 0 else "")
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of five days of twelve papers each."""
    root = tmp_path_factory.mktemp("ways")
    lists = [
        f"-- papers/{day}.yaml --\nlisted: {day}\npapers:\n{''.join(entry(day, n) for n in range(1, 13))}"
        for day in DAYS
    ]
    about = "-- pages/about.md --\n---\ntitle: About us\n---\nWords.\n"
    write_content(
        root / "content", f"-- site.yaml --\ntitle: The Digest\nbase_url: http://localhost\n{about}{''.join(lists)}"
    )
    build(root / "content", root / "output", NOW)
    return root / "output"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as where:
        yield where


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True)
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["index.html", "days/2026-05-27.html", "tags/agents.html", "papers/2605.02701.html"])
def test_a_phone_has_a_bar_within_the_reach_of_the_thumb(phone, address, path):
    phone.goto(f"{address}/{path}")
    for _ in ("at the top", "at the end"):
        bar = phone.get_by_role("navigation", name="Main")
        entries = bar.locator("> ul > li:visible > a, > ul > li:visible summary")
        assert [each.strip() for each in entries.all_inner_texts()] == ["Latest", "Sections", "Search", "Saved"]
        for each in entries.all():
            box = each.bounding_box()
            assert box["y"] > 700 and box["y"] + box["height"] <= 844 and box["height"] >= 40 and box["width"] >= 60
        phone.evaluate("scrollTo(0, 1e6)")


def test_the_bar_covers_nothing_at_the_end_of_a_page(phone, address):
    phone.goto(f"{address}/days/2026-05-27.html")
    phone.evaluate("scrollTo(0, 1e6)")
    last = phone.locator(".imprint li:visible").last.bounding_box()
    assert last["y"] + last["height"] <= phone.get_by_role("navigation", name="Main").bounding_box()["y"]


def test_sections_unfold_every_other_way_and_fold_again(phone, address):
    phone.goto(f"{address}/days/2026-05-27.html")
    bar = phone.get_by_role("navigation", name="Main")
    bar.get_by_text("Sections").tap()
    names = ["Archive", "Tags", "Trending", "Organisations", "Statistics", "About us", "Feeds"]
    for name in names:
        assert bar.get_by_role("link", name=name).bounding_box()["y"] >= 0
    phone.locator("h1").tap()
    expect(bar.get_by_role("link", name="Feeds")).to_be_hidden()
    bar.get_by_text("Sections").tap()
    bar.get_by_role("link", name="Tags").tap()
    phone.wait_for_url("**/tags/index.html")


def test_a_magnified_page_keeps_its_lines_free_of_the_bar(browser, address):
    context = browser.new_context(viewport={"width": 320, "height": 200})  # 1280 × 800 at 400 %
    tab = context.new_page()
    for path in ("days/2026-05-27.html", "index.html", "tags/agents.html"):
        tab.goto(f"{address}/{path}")
        bar = tab.get_by_role("navigation", name="Main")
        assert bar.evaluate("each => getComputedStyle(each).position") == "static"
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_a_wide_page_shows_the_first_ways_and_folds_the_others(tab, address):
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{address}/tags/agents.html")
    bar = tab.get_by_role("navigation", name="Main")
    assert bar.locator("a:visible").all_inner_texts() == ["Latest", "Archive", "Tags", "Trending", "Search", "Saved"]
    bar.get_by_text("Sections").click()
    assert bar.get_by_role("link", name="Organisations").is_visible()
    bar.get_by_role("link", name="Statistics").click()
    tab.wait_for_url("**/statistics.html")
