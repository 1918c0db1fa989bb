"""Parts of papers that many pages show: made once, and kept by day for other processes and later builds."""

from dataclasses import replace

import pytest

from site_builder.cache import Cache, NoCache
from site_builder.render.parts import Parts, spare_parts
from tests.factories import catalogue, paper
from tests.render.test_html import site_of

KEY = b"k" * 32
PAPERS = (
    paper("Sparse Clouds", "2026-06-01"),
    paper("Dense Clouds", "2026-06-01"),
    paper("Grey Clouds", "2026-06-02"),
    paper("Lost Clouds"),
)


class Counted:
    """The titles of papers in capitals, and whose were made."""

    def __init__(self, cache, papers=PAPERS, besides="", kind="card"):
        self.site = replace(site_of(catalogue(*papers)), cache=cache)
        self.made = []
        self.parts = Parts(self.site, kind, self._make, lambda _: besides)

    def _make(self, made_of):
        self.made.append(made_of.id)
        return made_of.title.upper()

    def of(self, paper_id):
        return self.parts.of(next(each for each in self.site.catalogue.papers if each.id == paper_id))


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", KEY)


def test_the_parts_of_a_day_are_made_together_and_once(cache):
    cards = Counted(cache)
    assert [cards.of("sparse-clouds"), cards.of("dense-clouds")] == ["SPARSE CLOUDS", "DENSE CLOUDS"]
    assert cards.of("sparse-clouds") == "SPARSE CLOUDS"
    assert sorted(cards.made) == ["dense-clouds", "sparse-clouds"]


def test_a_later_build_finds_them(cache):
    Counted(cache).of("sparse-clouds")
    later = Counted(cache)
    assert later.of("dense-clouds") == "DENSE CLOUDS"
    assert later.made == []


@pytest.mark.parametrize(
    "change",
    [
        {"papers": (replace(PAPERS[0], abstract="Of rain."), *PAPERS[1:])},
        {"papers": (replace(PAPERS[0], title="Thin Clouds"), *PAPERS[1:])},
        {"besides": "another template"},
        {"kind": "digest card"},
    ],
)
def test_they_are_made_anew_when_anything_they_are_made_of_differs(cache, change):
    Counted(cache).of("dense-clouds")
    later = Counted(cache, **change)
    assert later.of("dense-clouds") == "DENSE CLOUDS"
    assert sorted(later.made) == ["dense-clouds", "sparse-clouds"]
    assert later.of("grey-clouds") == "GREY CLOUDS"


def test_a_paper_without_a_day_has_its_part_to_itself(cache):
    cards = Counted(cache)
    assert cards.of("lost-clouds") == "LOST CLOUDS"
    assert cards.made == ["lost-clouds"]


def test_no_more_is_made_than_is_asked_for_where_nobody_else_would_find_it():
    cards = Counted(NoCache())
    assert (cards.of("sparse-clouds"), cards.of("sparse-clouds")) == ("SPARSE CLOUDS", "SPARSE CLOUDS")
    assert cards.made == ["sparse-clouds"]


def test_parts_that_hang_on_more_than_can_be_told_are_not_kept(cache):
    Counted(cache, besides=None).of("sparse-clouds")
    later = Counted(cache, besides=None)
    later.of("sparse-clouds")
    assert sorted(later.made) == ["dense-clouds", "sparse-clouds"]


def test_parts_of_days_that_a_build_does_not_touch_stay_for_the_next_one(cache, tmp_path):
    Counted(cache).of("sparse-clouds")
    Counted(cache).of("grey-clouds")
    idle = Cache(tmp_path / "cache", KEY)
    spare_parts(Counted(idle).site)
    idle.close()
    later = Counted(cache)
    later.of("sparse-clouds")
    later.of("grey-clouds")
    assert later.made == []
    shorter = Cache(tmp_path / "cache", KEY)
    spare_parts(Counted(shorter, papers=PAPERS[:2]).site)
    shorter.close()
    without = Counted(cache)
    without.of("grey-clouds")
    assert without.made == ["grey-clouds"]
