"""Fingerprints of what pages are made of: equal ones mean equal bytes, and they cost less than the bytes."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from site_builder.config.settings import Settings
from site_builder.lazy import LazySequence
from site_builder.model.page import JsonData, Page
from site_builder.pages import plan_pages
from site_builder.pages.all_feeds import Feed
from site_builder.pages.feeds import OpmlData
from site_builder.render import RENDERERS, fingerprints
from site_builder.render.cache_keys import cache_key, read_templates
from tests.conftest import NOW
from tests.factories import TEMPLATES, catalogue, day, paper, site

FIRST = paper("First", "2026-05-26", tags=("Wool",), organization="Loom", upvotes=4, abstract="Of sheep.")
SECOND = paper("Second", "2026-05-26", "2026-05-27", tags=("Wool", "Silk"), authors=("Ada Example",))
THIRD = paper("Third", "2026-05-27", arxiv="2605.00003")
PAPERS = (FIRST, SECOND, THIRD)
CHANGES = {
    "a title": (replace(FIRST, title="Foremost"), SECOND, THIRD),
    "an abstract": (replace(FIRST, abstract="Of goats."), SECOND, THIRD),
    "upvotes": (replace(FIRST, upvotes=40), SECOND, THIRD),
    "a tag": (FIRST, replace(SECOND, tags=("Silk",)), THIRD),
    "an organisation": (replace(FIRST, organization="Mill"), SECOND, THIRD),
    "a day": (FIRST, SECOND, replace(THIRD, listed=())),
    "an author": (FIRST, replace(SECOND, authors=("Bo Sample",)), THIRD),
    "a paper more": (*PAPERS, paper("Fourth", "2026-05-28", tags=("Wool",))),
    "a paper less": (FIRST, SECOND),
}


def planned(*papers, now=NOW, notes=None):
    made = catalogue(*papers, notes=notes)
    settings = Settings(base_url="https://digest.example.org", cards="none", exports=("bib", "ris", "csl", "md"))
    return site(made, settings, plan_pages(made, settings, (TEMPLATES,)), now)


def told(whole):
    """Return path → fingerprint of all pages that have one."""
    return {path: found for path, page in whole.pages.items() if (found := cache_key(page, whole))}


def bytes_of(whole, path):
    page = whole.pages[path]
    return RENDERERS[page.renderer](page, whole)


def changed(before, after):
    """Return the paths of the pages that both sites have and that are told apart."""
    known, found = told(before), told(after)
    return {path for path in known.keys() & found.keys() if known[path] != found[path]}


def never():
    raise AssertionError("it need not be made")


@pytest.mark.parametrize("papers", CHANGES.values(), ids=CHANGES)
def test_pages_of_equal_fingerprints_are_equal(papers):
    before, after = planned(*PAPERS), planned(*papers)
    known, found = told(before), told(after)
    same = [path for path in known.keys() & found.keys() if known[path] == found[path]]
    assert len(same) > 10
    assert [path for path in same if bytes_of(before, path) != bytes_of(after, path)] == []


def test_a_site_that_did_not_change_has_the_same_fingerprints():
    assert told(planned(*PAPERS)) == told(planned(*PAPERS))


def test_the_fingerprint_of_a_data_file_does_not_need_its_value():
    whole = site(catalogue(*PAPERS))
    known = Page("api/day.json", "data", "", "", JsonData(day("2026-05-26", FIRST), never))
    other = known._replace(data=JsonData(day("2026-05-26", SECOND), never))
    assert cache_key(known, whole) != cache_key(other, whole) != ""


def test_a_data_file_that_tells_nothing_else_is_known_by_its_value():
    whole = site(catalogue())
    pages = [Page("api/x.json", "data", "", "", JsonData.holding({"n": n})) for n in (1, 1, 2)]
    first, same, other = (cache_key(page, whole) for page in pages)
    assert first == same != other


def test_data_of_a_month_change_with_its_papers_their_tags_and_its_note():
    before = planned(*PAPERS)
    path = "api/papers/2026-05.json"
    tagged = planned(FIRST, replace(SECOND, tags=("Wool", "Linen")), THIRD)
    assert path in changed(before, tagged)
    assert path in changed(before, planned(*PAPERS, notes={"2026-05-26": "A quiet day."}))
    later = replace(THIRD, listed=(date(2026, 6, 1),))
    assert path not in changed(planned(FIRST, SECOND, later), planned(FIRST, SECOND, replace(later, upvotes=9)))


def test_the_citation_files_beside_a_page_are_told_apart_and_change_together():
    before, after = planned(*PAPERS), planned(replace(FIRST, abstract="Of goats."), SECOND, THIRD)
    files, others = (
        {f"papers/{name}{ending}" for ending in (".bib", ".ris", ".csl.json")} for name in ("first", "third")
    )
    assert len({told(before)[path] for path in files}) == 3
    assert files <= changed(before, after)
    assert not others & changed(before, after)


def test_another_citation_key_is_another_file():
    before = planned(THIRD)
    earlier = paper("Third", "2026-05-01", id="earlier", published=THIRD.published)
    after = planned(THIRD, earlier)
    assert bytes_of(before, "papers/third.bib") != bytes_of(after, "papers/third.bib")
    assert "papers/third.bib" in changed(before, after)


def test_a_list_of_feeds_is_known_without_the_entries():
    whole = site(catalogue())
    feed = Feed("feeds/a", "Tags", "A", "Of A", "a.html", "feeds/day.html", LazySequence(never))
    pages = [
        Page("feeds.opml", "opml", "", "", OpmlData((("Tags", (each,)),)))
        for each in (feed, replace(feed, title="B"), replace(feed, home="b.html"))
    ]
    assert len({cache_key(page, whole) for page in pages} - {""}) == 3


def test_a_feed_changes_when_an_update_of_a_paper_comes_out_and_not_before():
    at = datetime(2026, 5, 30, 12, tzinfo=UTC)
    made = replace(catalogue(*PAPERS), updates={FIRST.id: at})
    settings = Settings(base_url="https://digest.example.org", cards="none")
    pages = plan_pages(made, settings, (TEMPLATES,))
    before, still, after = (site(made, settings, pages, at + timedelta(hours=hours)) for hours in (-2, -1, 0))
    assert "feeds/papers.atom" in changed(before, after)
    assert "feeds/papers.atom" not in changed(before, still)


def test_a_feed_changes_when_an_entry_comes_out_and_not_before():
    moments = [NOW.replace(year=2026, month=5, day=27, hour=hour) for hour in (1, 2, 23)]
    early, later, out = (planned(*PAPERS, now=moment) for moment in moments)
    feeds = {f"feeds/digests{ending}" for ending in (".xml", ".atom", ".json")}
    assert not feeds & changed(early, later)
    assert feeds <= changed(early, out)
    assert not feeds & changed(out, planned(*PAPERS, now=moments[2] + timedelta(days=9)))


@pytest.mark.parametrize(
    "template", [f"mail/{name}" for name in ("day.html", "card.html", "heading.html", "style.css")]
)
def test_mails_are_told_apart_when_one_of_their_templates_is_edited(tmp_path, template):
    shutil.copytree(TEMPLATES, tmp_path, dirs_exist_ok=True)
    before, edited = (replace(planned(*PAPERS), template_folders=(tmp_path,)) for _ in range(2))
    mails = {path for path in told(before) if path.startswith("mail/2026")}
    assert {path.rpartition(".")[2] for path in mails} == {"html", "txt", "eml"}
    (tmp_path / template).write_text(f"{(TEMPLATES / template).read_text()} ")
    assert changed(before, edited) == mails


def test_every_page_is_told_apart_from_that_of_another_release_of_the_program(monkeypatch):
    before = told(planned(*PAPERS))
    monkeypatch.setattr(fingerprints, "code_version", lambda: "another release")
    assert not before.items() & told(planned(*PAPERS)).items()


def test_a_template_that_is_no_text_is_left_for_the_page_that_uses_it(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "day.html").write_bytes(b"\xff")
    whole = planned(*PAPERS)
    broken = replace(whole, template_folders=(tmp_path, TEMPLATES))
    read_templates(broken)
    assert cache_key(broken.pages["days/2026-05-26.html"], broken) == ""
    assert cache_key(broken.pages["index.html"], broken) != ""


def test_no_page_has_a_fingerprint_where_the_settings_are_no_unicode():
    whole = planned(*PAPERS)
    odd = replace(whole, settings=whole.settings.model_copy(update={"title": "\udce9"}))
    read_templates(odd)
    assert told(odd) == {}
