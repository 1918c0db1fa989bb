"""Fingerprints of papers, and the keys they are compared by."""

import pickle
from dataclasses import fields, replace

import orjson
import pytest

from site_builder.config.settings import ListDefaults
from site_builder.model import paper as paper_module
from site_builder.model.paper import Counts, Paper, PartialDate, Place, Withdrawal
from site_builder.model.raw_paper import RawPaper
from site_builder.names.evidence import Evidence
from site_builder.papers import citation_stem, keys
from site_builder.papers.check import to_paper
from site_builder.papers.keys import find_keys
from site_builder.problems import Problems
from tests.factories import paper

FULL = paper("One", "2026-05-27", abstract="Text.", authors=("Ada Example",), links={"code": "https://example.org"})


def test_equal_papers_have_one_fingerprint_and_a_change_of_any_field_gives_another():
    assert replace(FULL).fingerprint() == FULL.fingerprint()
    other = {
        "authors": (),
        "listed": (),
        "links": {},
        "published": PartialDate(2026),
        "places": (Place("papers/list.yaml", 2),),
        "withdrawal": Withdrawal(""),
        "corrections": ("any",),
        "counts": (Counts(FULL.listed[0], 1, None),),
    }
    made = [replace(FULL, **{field.name: other.get(field.name, "other")}) for field in fields(Paper)]
    assert len({each.fingerprint() for each in (FULL, *made)}) == len(made) + 1


def test_a_kept_paper_is_the_same_and_its_fingerprint_is_not_found_again(monkeypatch):
    kept = pickle.dumps(FULL)
    monkeypatch.setattr(paper_module.orjson, "dumps", lambda value: pytest.fail("found again"))
    assert pickle.loads(kept) == FULL  # noqa: S301 - made by this test
    assert pickle.loads(kept).fingerprint() == FULL.fingerprint()  # noqa: S301 - made by this test


def test_what_is_made_of_a_kept_paper_has_a_fingerprint_of_its_own():
    changed = replace(pickle.loads(pickle.dumps(FULL)), title="Two")  # noqa: S301 - made by this test
    assert changed.fingerprint() == replace(FULL, title="Two").fingerprint() != FULL.fingerprint()


def test_a_kept_paper_keeps_what_it_is_compared_by(monkeypatch):
    found = replace(FULL)
    find_keys(found)
    kept = pickle.loads(pickle.dumps(found))  # noqa: S301 - made by this test
    monkeypatch.setattr(keys, "normalise_title", lambda title: pytest.fail("found again"))
    monkeypatch.setattr(keys, "name_key", lambda name: pytest.fail("found again"))
    monkeypatch.setattr(citation_stem, "parts_of", lambda name, known: pytest.fail("found again"))
    monkeypatch.setattr(paper_module, "fingerprint_of_all", lambda parts: pytest.fail("found again"))
    assert (keys.title_key(kept), keys.author_keys(kept)) == ("one", ["ada example"])
    assert citation_stem.citation_stem(kept) == "exampleone"
    assert kept.text_key() == found.text_key()


def test_what_is_made_of_a_paper_is_compared_by_what_is_new_in_it():
    found = replace(FULL)
    find_keys(found)
    changed = replace(found, title="Two", authors=("Bea Muster", "Čedo"))
    assert (keys.title_key(changed), keys.author_keys(changed)) == ("two", ["bea muster", "cedo"])
    assert citation_stem.citation_stem(changed) == "mustertwo"
    assert len({each.text_key() for each in (found, changed, replace(found, abstract="Another."))}) == 3
    assert keys.author_keys(replace(found, authors=())) == ()


def test_a_paper_of_a_list_whose_name_is_no_unicode_is_kept_without_a_fingerprint():
    odd = replace(FULL, places=(Place("papers/\udce9.yaml", 1),))
    assert pickle.loads(pickle.dumps(odd)) == odd  # noqa: S301 - made by this test
    with pytest.raises(orjson.JSONEncodeError):
        odd.fingerprint()


def test_the_address_of_a_doi_holds_only_what_an_address_may():
    assert paper("Old", doi="10.1002/(sici)1<1661::aid>3.0.co;2-2").web_links == {
        "doi": "https://doi.org/10.1002/(sici)1%3C1661::aid%3E3.0.co;2-2"
    }


@pytest.mark.parametrize(
    "lines",
    [
        "{}\nAdam for Stochastic Optimization of Sheep",
        "- title: {}",
        "| Paper | Link |\n|---|---|\n| {} | [pdf](https://arxiv.org/abs/1706.03762) |",
    ],
)
def test_authors_and_year_in_brackets_behind_a_title_are_the_papers(build_site, lines):
    name = "a.yaml" if lines.startswith("- ") else "a.md"
    site = build_site(f"\n-- {name} --\n{lines.format('Attention Is All You Need (Vaswani et al., 2017)')}\n")
    found = next(each for each in site.papers.values() if each["title"].startswith("Attention"))
    assert (found["title"], found["authors"]) == ("Attention Is All You Need", ["Vaswani"])
    assert found["published"].startswith("2017")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("Vol. 12", "No. 3", "pp. 4-9"), ("12", "3", "4-9")),
        (("v. 40", "Issue 2a", "pp 7"), ("40", "2a", "7")),
        (("P2", "Spring", "p123"), ("P2", "Spring", "p123")),
    ],
)
def test_the_word_before_a_volume_an_issue_or_pages_is_no_part_of_them(written, expected):
    fields = {"title": "Counting Sheep", **dict(zip(("volume", "issue", "pages"), written, strict=True))}
    defaults = ListDefaults(path="")
    found = to_paper(RawPaper(fields, "papers/a.yaml", 1), None, defaults, Problems(), Evidence(), ("Sheep", ""))
    assert (found.volume, found.issue, found.pages) == expected


@pytest.mark.parametrize(
    ("title", "arxiv", "made"),
    [
        ("[2605.01234] Sparse Clouds", None, ("Sparse Clouds", "2605.01234")),
        ("[2605.01234v2] Sparse Clouds", "2605.01234", ("Sparse Clouds", "2605.01234")),
        ("arXiv:2605.01234 Sparse Clouds", None, ("Sparse Clouds", "2605.01234")),
        ("[cs/0601001] Sparse Clouds", None, ("Sparse Clouds", "cs/0601001")),
        ("[2605.01234] and Its Clouds", "2605.00009", ("[2605.01234] and Its Clouds", "2605.00009")),
        ("Comment on arXiv:2605.01234", None, ("Comment on arXiv:2605.01234", None)),
    ],
)
def test_the_number_before_a_title_as_browsers_name_pages_of_arxiv_is_the_papers(title, arxiv, made):
    record = RawPaper({"title": title, "arxiv": arxiv}, "papers/a.json", 1, 1)
    found = to_paper(record, None, ListDefaults(path=""), Problems(), Evidence(), (title, ""))
    assert (found.title, found.arxiv) == made
