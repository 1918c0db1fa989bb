"""A reader's own notes on saved papers: written, shown, exported, brought in, and never lost by a slip."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import bibtexparser
import pytest
from playwright.sync_api import Page, expect

from tests.browser.programs import AXE, need
from tests.browser.screenshots import served
from tests.conftest import Site

PAPER = "papers/2605.00001.html"
OTHER = "papers/2605.00002.html"
NOTE = "Read §3 again:\n<b>50 % of {it} & C:\\x</b>"
SITE = """\
-- site.yaml --
title: The Digest
base_url: http://localhost
cards: none
related: none
-- papers/2026-05-27.yaml --
papers:
  - {title: Sparse Clouds, id: "2605.00001", authors: Ada Example, abstract: Few and far between.}
  - {title: Dense Fog, id: "2605.00002", formerly: [fog], authors: Bo Sample, abstract: Nothing is seen.}
"""


@pytest.fixture
def address(build_site: Callable[..., Site]) -> Iterator[str]:
    with served(build_site(SITE).output) as where:
        yield where


def write(tab: Page, note: str) -> None:
    """Write into the open sheet and close it as a keyboard does."""
    sheet = tab.get_by_role("dialog", name="My note")
    sheet.get_by_role("textbox").fill(note)
    sheet.get_by_role("textbox").press("Escape")
    expect(sheet).to_have_count(0)


def note_paper(tab: Page, address: str, note: str) -> None:
    tab.goto(f"{address}/{PAPER}")
    tab.get_by_role("button", name="Note", exact=True).click()
    write(tab, note)
    expect(tab.locator(".says")).to_contain_text("Note kept on this device")


def saved(tab: Page) -> dict[str, dict[str, str]]:
    return json.loads(tab.evaluate("localStorage['broadsheet /']"))["saved"]


def bring_in(tab: Page, kept: object) -> None:
    tab.get_by_label("Bring in").set_input_files(
        {"name": "mine.json", "mimeType": "application/json", "buffer": json.dumps(kept).encode()}
    )
    expect(tab.locator(".says")).to_have_text("Brought in")


def test_a_note_saves_its_paper_and_stands_on_its_page_and_among_the_saved_papers(tab: Page, address: str) -> None:
    note_paper(tab, address, NOTE)
    assert saved(tab)[PAPER]["note"] == NOTE
    expect(tab.locator(".own-note")).to_have_text(NOTE)
    expect(tab.get_by_role("button", name="Save", exact=True)).to_have_attribute("aria-pressed", "true")
    tab.reload()
    expect(tab.locator(".own-note")).to_have_text(NOTE)
    assert tab.locator(".own-note b").count() == 0
    tab.goto(f"{address}/my.html")
    expect(tab.locator('[data-list="saved"] .own-note')).to_have_text(NOTE)
    tab.get_by_role("button", name="My note: Sparse Clouds").click()
    write(tab, "Read.")
    expect(tab.locator(".own-note")).to_have_text("Read.")
    expect(tab.get_by_role("button", name="My note: Sparse Clouds")).to_be_focused()


def test_an_emptied_note_goes_and_its_paper_stays(tab: Page, address: str) -> None:
    note_paper(tab, address, NOTE)
    tab.get_by_role("button", name="Edit note").click()
    write(tab, " ")
    expect(tab.locator(".own-note")).to_be_hidden()
    assert list(saved(tab)) == [PAPER] and "note" not in saved(tab)[PAPER]
    tab.get_by_role("button", name="Undo").click()
    expect(tab.locator(".own-note")).to_have_text(NOTE)


def test_a_paper_with_a_note_is_taken_out_only_after_a_question_and_comes_back_with_it(
    own_tab: Page, address: str
) -> None:
    answers = [False, True]
    own_tab.on("dialog", lambda dialog: dialog.accept() if answers.pop(0) else dialog.dismiss())
    note_paper(own_tab, address, NOTE)
    own_tab.keyboard.press("s")
    assert saved(own_tab)[PAPER]["note"] == NOTE
    own_tab.keyboard.press("s")
    assert saved(own_tab) == {}
    expect(own_tab.locator(".own-note")).to_be_hidden()
    own_tab.get_by_role("button", name="Undo").click()
    assert saved(own_tab)[PAPER]["note"] == NOTE
    expect(own_tab.locator(".own-note")).to_have_text(NOTE)


def test_notes_go_out_with_the_papers_and_come_in_beside_those_that_are_here(tab: Page, address: str) -> None:
    note_paper(tab, address, NOTE)
    tab.goto(f"{address}/my.html")
    with tab.expect_download() as json_file:
        tab.get_by_role("button", name="Everything (JSON)").click()
    everything = json.loads(json_file.value.path().read_text(encoding="utf-8"))
    with tab.expect_download() as bib_file:
        tab.get_by_role("button", name="Saved papers (BibTeX)").click()
    assert everything["saved"][PAPER]["note"] == NOTE
    (entry,) = bibtexparser.parse_string(bib_file.value.path().read_text(encoding="utf-8")).entries
    assert entry["annote"] == (
        "Read §3 again:\n<b>50 \\% of \\textbraceleft{}it\\textbraceright{} \\& C:\\textbackslash{}x</b>"
    )
    bring_in(tab, everything)
    assert saved(tab)[PAPER]["note"] == NOTE
    everything["saved"][PAPER]["note"] = "From the train."
    everything["saved"][OTHER] = {"title": "Dense Fog", "note": "x" * 20_000}
    bring_in(tab, everything)
    assert saved(tab)[PAPER]["note"] == f"{NOTE}\n\nFrom the train."
    assert len(saved(tab)[OTHER]["note"]) == 10_000
    del everything["saved"][PAPER]["note"]
    bring_in(tab, everything)
    assert saved(tab)[PAPER]["note"] == f"{NOTE}\n\nFrom the train."


def exported(tab: Page) -> str:
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="Saved papers (BibTeX)").click()
    return waiting.value.path().read_text(encoding="utf-8")


def test_a_paper_that_has_moved_is_exported_and_one_that_is_gone_is_named(tab: Page, address: str) -> None:
    tab.goto(f"{address}/404.html")
    kept = {f"papers/{name}.html": {"title": name} for name in ("fog", "gone")}
    tab.evaluate("saved => { localStorage['broadsheet /'] = JSON.stringify({ saved }); }", kept)
    tab.goto(f"{address}/my.html")
    fog, gone = exported(tab).split("\n\n")
    assert "Dense Fog" in fog
    assert gone == "% papers/gone.html is no longer on the site\n"


def test_an_export_for_which_the_site_cannot_be_reached_claims_of_no_paper_that_it_is_gone(
    own_tab: Page, address: str
) -> None:
    note_paper(own_tab, address, NOTE)
    own_tab.goto(f"{address}/my.html")
    own_tab.route("**/papers/*", lambda route: route.abort())
    own_tab.get_by_role("button", name="Saved papers (BibTeX)").click()
    expect(own_tab.locator(".says")).to_have_text("The site cannot be reached")
    own_tab.unroute("**/papers/*")
    assert exported(own_tab).startswith("@misc{")


def test_a_note_for_which_the_browser_has_no_room_is_still_in_the_sheet(own_tab: Page, address: str) -> None:
    own_tab.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    )
    own_tab.goto(f"{address}/{PAPER}")
    own_tab.get_by_role("button", name="Note", exact=True).click()
    write(own_tab, NOTE)
    expect(own_tab.locator(".says")).to_have_text("The browser has no room to keep it")
    own_tab.get_by_role("button", name="Note", exact=True).click()
    assert own_tab.get_by_role("dialog", name="My note").get_by_role("textbox").input_value() == NOTE


def test_axe_finds_nothing_in_a_note(tab: Page, address: str) -> None:
    need(AXE)
    note_paper(tab, address, NOTE)
    tab.evaluate(Path(AXE).read_text(encoding="utf-8"))
    assert tab.evaluate("axe.run()")["violations"] == []
    tab.get_by_role("button", name="Edit note").click()
    tab.get_by_role("dialog", name="My note").wait_for()
    assert tab.evaluate("axe.run(document.querySelector('dialog'))")["violations"] == []
