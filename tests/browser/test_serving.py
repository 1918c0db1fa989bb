"""The preview in the real Chromium, which shows every change by itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import TIMEOUT
from tests.commands.serving import Serving, override


@pytest.fixture
def serving(tmp_path):
    with Serving(tmp_path) as made:
        yield made


@pytest.fixture
def page(tab):
    tab.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    yield tab
    expect.set_options(timeout=TIMEOUT)
    tab.set_default_timeout(TIMEOUT)


def test_a_change_of_a_list_is_shown_without_a_hand_on_the_browser(serving, page):
    page.goto(serving.address)
    expect(page.get_by_text("Sparse Clouds").first).to_be_visible()
    list_file = serving.content / "papers" / "a.yaml"
    list_file.write_text("- {title: Counting Sheep, listed: 2026-05-27}\n")
    expect(page.get_by_text("Counting Sheep").first).to_be_visible()
    expect(page.get_by_text("Sparse Clouds")).to_have_count(0)
    (serving.content / "notes").mkdir()
    (serving.content / "notes" / "2026-05-27.md").write_text("A word about sheep.\n")
    expect(page.get_by_text("A word about sheep.").first).to_be_visible()


def test_problems_lie_over_the_page_as_text_until_they_are_gone(serving, page):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(serving.address)
    box = page.locator("#broadsheet-problems")
    expect(box).to_have_count(0)
    (serving.content / "site.yaml").write_text("titel: <img src=x onerror=alert(1)>\n")
    expect(box).to_contain_text('site.yaml:1: unknown key "titel"; did you mean "title"?')
    expect(box).to_contain_text("The site could not be built; you see it as it was")
    expect(page.get_by_text("The Small Digest").first).to_be_visible()
    (serving.content / "papers" / "a.yaml").write_text("- {title: <img src=x onerror=alert(2)>, listed: 2026-02-30}\n")
    (serving.content / "site.yaml").write_text("title: The Small Digest\n")
    expect(box).to_contain_text("Problems in the input")
    expect(box).to_contain_text('papers/a.yaml:1: listed "2026-02-30" is no date of the calendar')
    assert box.locator("img").count() == 0
    box.get_by_role("button", name="Close").click()
    expect(box).to_have_count(0)
    (serving.content / "papers" / "a.yaml").write_text("- {title: Sparse Clouds, listed: 2026-05-27}\n")
    expect(page.get_by_text("Sparse Clouds").first).to_be_visible()
    expect(box).to_have_count(0)
    assert refused == []


def test_a_change_of_a_template_is_shown(serving, page):
    page.goto(serving.address)
    (serving.content / "site.yaml").write_text("title: The Small Digest\ntheme: plain\n")
    expect(page.get_by_text("Version one")).to_be_visible()
    template = serving.folder / "templates" / "plain" / "pages" / "home.html"
    template.write_text(template.read_text().replace("one", "two"))
    expect(page.get_by_text("Version two")).to_be_visible()


def test_a_broken_template_lies_over_the_page_as_it_was_until_it_is_mended(serving, page):
    page.goto(serving.address)
    override(serving, "pages/home.html", "{{ nothing_of_this_name }}")
    box = page.locator("#broadsheet-problems")
    expect(box).to_contain_text("A page could not be made")
    expect(box).to_contain_text("templates/default/pages/home.html:")
    expect(page.get_by_text("Sparse Clouds").first).to_be_visible()
    *_, last = serving.lines_until("  templates/default/pages/home.html:")
    assert "'nothing_of_this_name' is undefined" in last
    override(serving, "pages/home.html", "<p>Mended</p>")
    expect(page.get_by_text("Mended")).to_be_visible()
    expect(box).to_have_count(0)


def test_a_page_that_is_opened_and_cannot_be_made_says_why_and_is_shown_when_it_can_be(serving, page):
    override(serving, "pages/day.html", "{{ nothing_of_this_name }}")
    assert list(serving.lines_until("1 file read"))
    answer = page.goto(f"{serving.address}/days/2026-05-27.html")
    assert answer.status == 500
    expect(page.get_by_text("This page could not be made.")).to_be_visible()
    expect(page.locator("#broadsheet-problems")).to_contain_text("templates/default/pages/day.html:")
    *_, last = serving.lines_until("  templates/default/pages/day.html:")
    assert "'nothing_of_this_name' is undefined" in last
    override(serving, "pages/day.html", "<p>Mended</p>")
    expect(page.get_by_text("Mended")).to_be_visible()
    expect(page.get_by_text("Sparse Clouds").first).to_be_visible()
    expect(page.locator("#broadsheet-problems")).to_have_count(0)


def test_related_papers_stand_on_the_page_of_a_paper(serving, page):
    papers = "".join(
        f"- {{title: Sparse Clouds of Rain {n}, listed: 2026-05-27, tags: [Rain, Fog]}}\n" for n in range(3)
    )
    (serving.content / "papers" / "a.yaml").write_text(papers + "- {title: Sheep, listed: 2026-05-27}\n")
    list(serving.lines_until("1 file read"))
    page.goto(serving.address)
    page.get_by_role("link", name="Sparse Clouds of Rain 1").first.click()
    related = page.get_by_role("region", name="Related papers")
    expect(related).to_contain_text("Sparse Clouds of Rain 2")
    (serving.content / "papers" / "a.yaml").write_text(papers.replace("Rain 2", "Snow"))
    expect(related).to_contain_text("Sparse Clouds of Snow")


def test_papers_are_found_as_soon_as_they_are_there(serving, page):
    page.goto(f"{serving.address}/search.html")
    page.get_by_role("searchbox").fill("clouds")
    expect(page.locator(".results h3")).to_have_text(["Sparse Clouds"])
    with (serving.content / "papers" / "a.yaml").open("a") as file:
        file.write("- {title: Dense Clouds, listed: 2026-05-26}\n")
    expect(page.locator(".results h3")).to_have_count(2)
    page.locator(".results").get_by_role("link", name="Dense Clouds").click()
    expect(page.get_by_role("heading", name="Dense Clouds")).to_be_visible()
    assert serving.get("/search/nothing.json")[0] == 404
