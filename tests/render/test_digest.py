"""A digest as feeds and mails hold it."""

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from site_builder.catalogue.order import HIGHLIGHTS
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Day, Section, TermName
from site_builder.problems import BuildError
from site_builder.render.digest import EXCERPT_WORDS, digest_writer
from site_builder.render.site import Site
from tests.factories import LATER, TEMPLATES, catalogue, day, paper, site

AGENTS = TermName("tag", "agents", "Agents")
ONE = paper("One", "2026-05-26", tags=("Agents",), abstract=f"Words {'go on ' * 100}and end.")
TWO = paper("Two", "2026-05-26", abstract="Short.", doi="10.1/2", links={"code": "https://code.example.com/2"})


def written(digest: Day, settings: Settings | None = None) -> str:
    made = catalogue(*digest.papers)
    return str(digest_writer(site(made, settings or Settings(base_url="https://example.org"))).day(digest))


def headings(markup: str) -> list[tuple[str, str]]:
    return [(str(found.tag), found.text_content()) for found in lxml_html.fromstring(markup).iter("h2", "h3")]


def test_the_note_comes_first_then_the_sections_by_tag() -> None:
    sections = (Section(AGENTS, (ONE,)), Section(None, (TWO,)))
    markup = written(day("2026-05-26", ONE, TWO, note="Good *morning*.", title="Two papers", sections=sections))
    assert headings(markup) == [
        ("h2", "Two papers"),
        ("h2", "Agents"),
        ("h3", "One"),
        ("h2", "Other papers"),
        ("h3", "Two"),
    ]
    assert "<em>morning</em>" in markup


def test_a_paper_with_neither_pdf_nor_doi_is_linked_to_where_it_can_be_read() -> None:
    links = {"page": "https://forum.example/1", "video": "https://video.example/1"}
    alone, with_pdf = (paper("A", "2026-05-26", links=each) for each in (links, links | {"pdf": "https://a.example/1"}))
    found = [
        re.findall(r'href="(https://(?!example\.org)[^"]*)"', written(day("2026-05-26", each)))
        for each in (alone, with_pdf)
    ]
    assert found == [["https://forum.example/1"], ["https://a.example/1"]]


def test_one_list_where_the_settings_ask_for_it() -> None:
    sections = (Section(AGENTS, (ONE,)), Section(None, (TWO,)))
    settings = Settings(base_url="https://example.org", day_layout="list")
    markup = written(day("2026-05-26", ONE, TWO, sections=sections), settings)
    assert headings(markup) == [("h3", "One"), ("h3", "Two")]


def test_a_card_tells_what_is_known_and_nothing_else() -> None:
    full = paper(
        "Full",
        "2026-05-26",
        authors=("Ada A", "Bo B", "Cy C", "Di D", "Ed E"),
        organization="Lab",
        upvotes=0,
        comments=3,
    )
    assert "Ada A, Bo B, Cy C and 2 others · Lab" in text_of(written(day("2026-05-26", full)))
    counted = paper("Counted", "2026-05-26", author_count=9)
    assert "9 authors" in text_of(written(day("2026-05-26", counted)))
    bare = text_of(written(day("2026-05-26", paper("Bare", "2026-05-26"))))
    assert bare == "1 paper · read on the site Bare"


def text_of(markup: str) -> str:
    return " ".join(lxml_html.fromstring(markup).text_content().split())


def test_abstracts_are_shortened_at_a_word_and_the_paper_is_linked() -> None:
    markup = written(day("2026-05-26", ONE, TWO))
    shown = re.search(r"Words [^<]*…", markup)
    assert shown
    assert len(shown[0].split()) <= EXCERPT_WORDS + 1
    assert 'href="https://example.org/papers/one.html"' in markup
    assert 'href="https://doi.org/10.1/2"' in markup
    assert 'href="https://code.example.com/2"' in markup


def test_every_link_of_a_note_is_absolute() -> None:
    note = "[a](about.html) [b](#other) [c](https://c.example.com/x?y=1&z=2) [d](/tags/) ![e](assets/e.png)"
    markup = written(day("2026-05-26", ONE, note=note, sections=()))
    links = [link for _, _, link, _ in lxml_html.fromstring(markup).iterlinks()]
    assert links[1:6] == [
        "https://example.org/about.html",
        "https://example.org/days/2026-05-26.html#note-other",
        "https://c.example.com/x?y=1&z=2",
        "https://example.org/tags/",
        "https://example.org/assets/e.png",
    ]


def test_a_note_holds_no_formula_a_reader_cannot_show() -> None:
    markup = written(day("2026-05-26", ONE, note="In $O(n^2)$ steps."))
    assert "In O(n²) steps." in markup
    assert "<math" not in markup


def test_a_month_shows_its_best_papers_and_lists_every_other() -> None:
    count = HIGHLIGHTS["month"] + 5
    papers = [paper(f"Paper {i}.", f"2026-05-{1 + i:02}", upvotes=i, abstract="Shown.") for i in range(count)]
    made = catalogue(*papers, paper("Twice", "2026-05-01", "2026-05-02"))
    markup = str(digest_writer(site(made)).period(made.months[0]))
    assert markup.count("Shown.") == HIGHLIGHTS["month"]
    assert next(name for tag, name in headings(markup) if tag == "h3") == f"Paper {count - 1}."
    assert all(text_of(markup).count(each.title) == 1 for each in papers)
    assert text_of(markup).count("Twice") == 1


def test_a_theme_may_have_its_own_digest(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "card.html").write_text("<tr><td>Mine: {{ paper.title }}</td></tr>")
    assert "Mine: One" in str(digest_writer(themed(tmp_path)).day(day("2026-05-26", ONE)))


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ("<tr>\n{{ paper.titel }}", "card.html:2"),
        ("{% if %}", "card.html:1"),
        ("\n{% include 'no' %}", "no is in no theme"),
    ],
)
def test_a_broken_template_is_named_with_its_line(card: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "card.html").write_text(card)
    with pytest.raises(BuildError, match=message):
        digest_writer(themed(tmp_path)).day(day("2026-05-26", ONE))


def themed(folder: Path) -> Site:
    return Site(Settings(), catalogue(ONE), {}, (folder, TEMPLATES), LATER)
