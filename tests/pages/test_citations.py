"""Which citation files a site has, and the keys by which they cite."""

import re
from dataclasses import replace

import pytest

from site_builder.catalogue.citation_keys import citation_keys
from site_builder.config.settings import Settings
from site_builder.model.paper import Paper, PartialDate
from site_builder.pages import citations
from tests.factories import EVERY_EXPORT, catalogue, paper

TWO_DAYS = catalogue(
    paper("One", "2026-05-26", tags=("Agents",), organization="Lab"),
    paper("Two", "2026-05-26", "2026-05-27", tags=("Agents",)),
)


def by(author: str, title: str, *days: str, year: int = 2026, **fields: object) -> Paper:
    return paper(title, *days, authors=(author,), published=PartialDate(year), **fields)


def test_every_paper_day_week_tag_and_organisation_has_a_file_in_each_format_beside_its_page() -> None:
    planned = {page.path for page in citations.plan(TWO_DAYS, EVERY_EXPORT)}
    pages = (
        *("papers/one", "papers/two", "days/2026-05-26", "days/2026-05-27"),
        *("weeks/2026-W22", "tags/agents", "organizations/lab"),
    )
    files = {f"{page}{ending}" for page in pages for ending in (".bib", ".ris", ".csl.json")}
    assert planned == files | {"days/2026-05-26.md", "days/2026-05-27.md"}


def test_a_site_has_the_citation_files_that_it_asks_for_and_none_by_itself() -> None:
    assert list(citations.plan(TWO_DAYS, Settings())) == []
    planned = {page.path for page in citations.plan(TWO_DAYS, Settings(exports=("ris", "md")))}
    assert {path.rpartition(".")[2] for path in planned} == {"ris", "md"}


def test_the_files_of_a_tag_hold_its_newest_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citations, "MAX_CITED", 1)
    (tag,) = (page for page in citations.plan(TWO_DAYS, EVERY_EXPORT) if page.path == "tags/agents.bib")
    assert [each.paper.id for each in tag.data.citations] == [TWO_DAYS.tags[0].papers[0].id]


def test_a_day_with_a_note_alone_has_a_markdown_twin_and_nothing_to_cite() -> None:
    empty = replace(TWO_DAYS, days=(replace(TWO_DAYS.days[0], papers=(), sections=()),), weeks=())
    planned = {page.path for page in citations.plan(empty, EVERY_EXPORT) if page.path.startswith("days/")}
    assert planned == {"days/2026-05-26.md"}


def test_lists_that_grow_without_end_leave_out_the_abstracts() -> None:
    has = {
        page.path: page.data.has_abstracts for page in citations.plan(TWO_DAYS, EVERY_EXPORT) if page.path[-1] == "b"
    }
    assert {path for path, abstracts in has.items() if not abstracts} == {"tags/agents.bib", "organizations/lab.bib"}


def test_a_paper_has_one_key_in_all_files() -> None:
    files = [
        page.data.citations
        for page in citations.plan(TWO_DAYS, EVERY_EXPORT)
        if isinstance(page.data, citations.CitationsData)
    ]
    keys = {(each.paper.id, each.key) for cited in files for each in cited}
    assert keys == {("one", "anonone"), ("two", "anontwo")}


def test_a_key_is_family_name_year_and_first_word_that_says_something() -> None:
    papers = [
        by("Ashish Vaswani", "Attention Is All You Need", year=2017),
        by("Aaron van den Oord", "On the WaveNet of Things", year=2016),
        by("Jürgen Müller-Øst", "$\\alpha$-Éclairs, baked", year=2020),
        by("王伟", "深度学习", year=2021),
        by("Kimi Team", "K2", year=2025),
    ]
    assert set(citation_keys(papers).values()) == {
        "vaswani2017attention",
        "oord2016wavenet",
        "mullerost2020eclairs",
        "anon2021",
        "kimiteam2025k2",
    }


def test_papers_that_share_a_key_get_letters_in_the_order_of_their_days() -> None:
    first = by("Li Wang", "Large Models", "2026-05-01", id="1")
    second = by("Bo Wang", "Large Data", "2026-05-02", id="2")
    third = by("Hu Wang", "Large Worlds", "2026-05-02", id="3")
    expected = {"1": "wang2026large", "2": "wang2026largea", "3": "wang2026largeb"}
    assert citation_keys([third, first, second]) == expected
    assert citation_keys([first]) == {"1": "wang2026large"}


def test_a_letter_never_makes_the_key_of_another_paper() -> None:
    one, two = by("Li Wang", "Cat", "2026-05-01", id="1"), by("Bo Wang", "Cat", "2026-05-03", id="2")
    taken = by("Bo Wang", "Cata", "2026-05-02", id="3")
    assert citation_keys([one, two, taken]) == {"1": "wang2026cat", "3": "wang2026cata", "2": "wang2026catb"}


def test_a_thousand_papers_alike_have_a_thousand_keys_in_lower_case_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    suffixes = citation_keys.__globals__["_suffixes"]
    monkeypatch.setitem(
        citation_keys.__globals__, "_suffixes", lambda: (tried.append(each) or each for each in suffixes())
    )
    keys = citation_keys(by("Li Wang", "Large", "2026-05-01", id=str(n)) for n in range(1000))
    assert len(set(keys.values())) == 1000
    assert len(tried) == 999
    assert all(re.fullmatch("wang2026large[a-z]*", key) for key in keys.values())


def test_no_paper_however_named_lacks_a_key() -> None:
    odd = [paper("∑", id="a"), paper("???", id="b", authors=(":",)), paper("\\{}%,", id="c", authors=("}{, \\",))]
    keys = citation_keys(odd)
    assert len(set(keys.values())) == 3
    assert all(re.fullmatch("[a-z0-9]+", key) for key in keys.values())


def test_the_year_of_a_key_is_that_of_the_paper_and_never_that_of_its_list() -> None:
    dated = paper("Clouds", "2027-01-02", id="1", authors=("Ann Example",), published=PartialDate(2026, 12))
    undated = paper("Sheep", "2027-01-02", id="2", authors=("Ann Example",))
    assert citation_keys([dated, undated]) == {"1": "example2026clouds", "2": "examplesheep"}
