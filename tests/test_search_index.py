"""The search index: what is in it, that equal papers make equal bytes, and that it is made only when it must be."""

import gzip
import os
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256
from types import SimpleNamespace

import orjson
import pytest

from site_builder import index_cache, pagefind
from site_builder.index_cache import cached_in
from site_builder.pagefind import Record, is_installed, make_index
from site_builder.pages import search
from site_builder.papers.paper import PartialDate
from site_builder.problems import BuildError
from site_builder.render.search_index import opening, render_search_index, result_names
from site_builder.settings import Settings
from tests.factories import TEMPLATES, catalogue, paper, site

needs_pagefind = pytest.mark.skipif(
    not is_installed() and not os.environ.get("CI"),
    reason="Pagefind is not installed: pip install '.[search]'",
)
pytestmark = needs_pagefind

RECORDS = [
    Record("2605.01234", "Sparse attention", "transformer Lovelace"),
    Record("tides", "Tides", "moon"),
]


def planned(made, settings=None):
    return list(search.plan(made, settings or Settings()))


def files_of(made, make=make_index):
    return dict(render_search_index(site(made, pages=planned(made)), make))


def result_of(files, title):
    results = [orjson.loads(content) for path, content in files.items() if path.startswith("search/papers/")]
    return next(result for result in results if result.get("title") == title)


def test_there_is_no_search_page_when_it_is_switched_off_or_nothing_is_to_be_found():
    assert [page.path for page in planned(catalogue(paper()))] == ["search.html"]
    assert planned(catalogue(paper()), Settings(search=False)) == []
    assert planned(catalogue()) == []


def test_a_site_without_the_program_has_neither_page_nor_index(monkeypatch):
    monkeypatch.setattr(search, "is_installed", lambda: False)
    assert planned(catalogue(paper())) == []
    assert files_of(catalogue(paper())) == {}


def test_the_page_offers_years_newest_first_and_the_tags_and_organisations_with_most_papers():
    crowd = [paper(f"P{n}", "2025-01-01", tags=(f"tag {n:03}",)) for n in range(search.CHOICES + 5)]
    known = [paper(f"Q{n}", "2026-01-01", tags=("zebra",), organization="Acme") for n in range(2)]
    data = planned(catalogue(*crowd, *known))[0].data
    assert data["year_choices"] == [("2026", "2026", 2), ("2025", "2025", search.CHOICES + 5)]
    assert data["organization_choices"] == [("acme", "Acme", 2)]
    assert len(data["tag_choices"]) == search.CHOICES
    assert data["tag_choices"][-1] == ("zebra", "zebra", 2)


def test_the_year_of_a_paper_is_that_of_its_newest_day_or_of_its_publication():
    assert search.year_of(paper("A", "2025-12-31", "2026-01-01")) == 2026
    assert search.year_of(paper("A", published=PartialDate(2019))) == 2019
    assert search.year_of(paper("A")) is None


def test_the_index_holds_the_engine_and_nothing_that_only_the_programs_own_page_needs():
    paths = [path for path, _ in make_index(RECORDS, "en")]
    assert {"pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind"} <= set(paths)
    assert {path.split("/")[0].rpartition(".")[2] for path in paths} == {"index", "js", "json", "pagefind", "pf_meta"}
    assert not [path for path in paths if "ui" in path or "highlight" in path or "unknown" in path]


def test_the_index_knows_the_papers_by_our_names_and_not_by_the_programs():
    long = Record("x" * 200, "Long names", "stay whole")
    table = next(content for path, content in make_index([*RECORDS, long], "en") if path.endswith(".pf_meta"))
    text = gzip.decompress(table)
    assert [text.count(name) for name in (b"j2605.01234", b"etides", b"\x78\xc8" + b"x" * 200)] == [1, 1, 1]


def test_an_index_of_an_unknown_form_is_an_error_and_no_broken_search():
    with pytest.raises(BuildError, match="another form"):
        pagefind._with_names(b"pagefind_dcd\x82\x65other", {"en_1234567": "2605.01234"})


def test_a_language_without_known_stems_is_searched_by_whole_words():
    assert "wasm.unknown.pagefind" in [path for path, _ in make_index(RECORDS, "xx")]


def test_results_are_named_by_short_ids_or_by_a_hash_and_never_two_alike():
    digits = sha256(b"10.1000/a-long-doi").hexdigest()
    names = result_names(["2605.01234", "10.1000/a-long-doi", digits[:8], "A", "a"])
    assert names["2605.01234"] == "2605.01234"
    assert names["10.1000/a-long-doi"] == digits[:8]
    assert len(set(names.values())) == 5


def test_equal_records_make_equal_bytes():
    many = [Record(f"paper-{n}", f"Title {n}", f"word{n} word{n % 7} common") for n in range(300)]
    assert make_index(many, "en") == make_index(many, "en")


def test_a_program_that_stops_is_an_error_that_names_the_way_out(monkeypatch):
    monkeypatch.setitem(sys.modules, "pagefind_bin", SimpleNamespace(get_executable=lambda: "/bin/false"))
    with pytest.raises(BuildError, match="search: false"):
        make_index(RECORDS, "en")


def test_a_result_holds_what_is_known_and_nothing_else():
    full = paper(
        "Bounds of $O(n^2)$",
        "2026-05-27",
        authors=("Ada Lovelace", "Charles Babbage"),
        author_count=9,
        organization="Acme",
        upvotes=3,
        tags=("agents",),
        abstract="One.\n\nTwo.",
    )
    files = files_of(catalogue(full, paper("Bare", id="bare")))
    assert result_of(files, "Bounds of O(n²)") == {
        "path": "papers/bounds-of-o-n-2.html",
        "title": "Bounds of O(n²)",
        "authors": "Ada Lovelace, Charles Babbage and 7 others",
        "organization": "Acme",
        "day": "27 May 2026",
        "upvotes": "3 upvotes",
        "tags": "agents",
        "abstract": "One.\n\nTwo.",
    }
    assert result_of(files, "Bare") == {"path": "papers/bare.html", "title": "Bare"}


def test_the_columns_for_filters_and_order_are_newest_first_and_name_every_result():
    made = catalogue(
        paper("Old", "2025-01-01", tags=("agents", "vision"), organization="Acme", upvotes=5),
        paper("New", "2026-01-01", tags=("vision",)),
    )
    files = files_of(made)
    columns = orjson.loads(files["search/filters.json"])
    titles = [orjson.loads(files[f"search/papers/{name}.json"])["title"] for name in columns["ids"]]
    assert titles == ["New", "Old"]
    assert columns["years"] == [2026, 2025]
    assert columns["upvotes"] == [0, 5]
    assert [[columns["tags"][tag] for tag in tags] for tags in columns["tagsOf"]] == [["vision"], ["agents", "vision"]]
    assert columns["organizationOf"] == [-1, 0]


def test_a_paper_whose_title_is_signs_alone_is_in_the_index():
    table = next(
        c for path, c in files_of(catalogue(paper("???", id="2605.01234"))).items() if path.endswith(".pf_meta")
    )
    assert b"2605.01234" in gzip.decompress(table)


def test_the_opening_of_a_title_is_its_letters_and_digits_in_one_word():
    assert opening("Naïve V³: A Re-Start") == "naivev3arestart"
    assert len(opening("word " * 50)) == 40


def test_an_index_is_made_once_for_the_same_papers_whatever_their_upvotes(tmp_path, monkeypatch):
    made = catalogue(paper("A", "2026-05-27", upvotes=1))
    first = files_of(made, cached_in(tmp_path))
    monkeypatch.setattr(pagefind, "make_index", None)
    again = files_of(catalogue(replace(made.papers[0], upvotes=2)), cached_in(tmp_path))
    assert {path for path in first if first[path] != again[path]} == {
        path for path in first if path.startswith("search/")
    }
    assert set(first) == set(again)


def test_other_papers_have_another_index_and_the_old_one_is_forgotten(tmp_path):
    cached_in(tmp_path)(RECORDS[:1], "en")
    cached_in(tmp_path)(RECORDS, "en")
    assert len(list(tmp_path.iterdir())) == 1
    assert cached_in(tmp_path)(RECORDS, "en") == make_index(RECORDS, "en")


@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_a_kept_index_that_was_cut_off_is_made_anew(tmp_path, share):
    whole = cached_in(tmp_path)(RECORDS, "en")
    [kept] = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[: int(kept.stat().st_size * share)])
    assert cached_in(tmp_path)(RECORDS, "en") == whole
    assert zipfile.is_zipfile(kept)


def test_a_kept_index_with_a_changed_byte_is_made_anew(tmp_path):
    whole = cached_in(tmp_path)(RECORDS, "en")
    [kept] = tmp_path.iterdir()
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    assert cached_in(tmp_path)(RECORDS, "en") == whole


def test_a_folder_that_cannot_be_written_costs_the_cache_and_not_the_build(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert cached_in(blocked / "search")(RECORDS, "en") == make_index(RECORDS, "en")


def test_the_script_of_the_search_page_weighs_less_than_6_and_a_half_kb():
    assert len(gzip.compress((TEMPLATES / "assets" / "search.js").read_bytes())) < 6500


def test_another_release_of_the_program_makes_its_own_index(monkeypatch):
    before = index_cache._fingerprint(RECORDS, "en")
    monkeypatch.setattr(pagefind, "version", lambda: "9.9.9")
    assert index_cache._fingerprint(RECORDS, "en") != before
