"""Which pages have a social card, and what the pages say about it."""

import subprocess
import sys

import pytest

from site_builder.pages import social_cards
from site_builder.pages.social_cards import is_installed
from site_builder.render import social_card
from site_builder.settings import Settings
from tests.factories import catalogue, paper

SITE = """\
-- site.yaml --
title: The Digest
base_url: https://digest.example/daily
search: false
-- papers/2026-05-27.yaml --
- {title: Sparse "attention" & $O(n^2)$, id: "2605.01234", date: 2026-05-27}
"""
TAGS = ("og:image", "twitter:card")


@pytest.fixture
def with_packages(monkeypatch):
    monkeypatch.setattr(social_cards, "is_installed", lambda: True)


@pytest.fixture
def without_packages(monkeypatch):
    monkeypatch.setattr(social_cards, "is_installed", lambda: False)


@pytest.mark.usefixtures("with_packages")
def test_each_paper_day_and_week_and_the_front_page_have_a_card_beside_their_page():
    made = catalogue(paper("Tides", "2026-05-27", "2026-05-28"), paper("Moons"))
    assert {page.path for page in social_cards.plan(made, Settings())} == {
        "papers/tides.png",
        "papers/moons.png",
        "days/2026-05-27.png",
        "days/2026-05-28.png",
        "weeks/2026-W22.png",
        "index.png",
    }


@pytest.mark.usefixtures("with_packages")
def test_no_card_is_planned_where_they_are_switched_off():
    assert list(social_cards.plan(catalogue(paper("Tides", "2026-05-27")), Settings(social_cards=False))) == []


def test_what_the_extra_installs_is_what_cards_need(monkeypatch):
    missing = social_cards.NEEDED[-1]
    monkeypatch.setattr(social_cards, "find_spec", lambda name: None if name == missing else object())
    assert not is_installed()
    monkeypatch.setattr(social_cards, "find_spec", lambda name: object())
    assert is_installed()


def test_pages_name_their_card_by_its_whole_address(build_site):
    site = build_site(SITE)
    for path, title in (("papers/2605.01234", "Sparse"), ("days/2026-05-27", "Papers of 27 May 2026")):
        html = site.text(f"{path}.html")
        assert f'<meta property="og:image" content="https://digest.example/daily/{path}.png">' in html
        assert '<meta property="og:image:width" content="1200">' in html
        assert '<meta property="og:image:height" content="630">' in html
        assert f'<meta property="og:image:alt" content="{title}' in html
        assert '<meta name="twitter:card" content="summary_large_image">' in html
        assert f"{path}.png" in site.paths
    assert "Sparse &#34;attention&#34; &amp; O(n²) · The Digest" in site.text("papers/2605.01234.html")


def test_pages_without_a_card_name_none(build_site):
    html = build_site(SITE).text("archive.html")
    assert not any(tag in html for tag in TAGS)


def test_a_build_that_writes_nothing_draws_nothing_and_counts_the_same_pages(build_site, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(social_card, "draw", lambda card, colours: pytest.fail("a card was drawn"))
        checked = build_site(SITE, is_dry=True)
    assert checked.result.pages == build_site(SITE).result.pages


@pytest.mark.usefixtures("without_packages")
def test_a_site_built_without_the_packages_names_and_has_no_card(build_site):
    site = build_site(SITE)
    assert not any(tag in site.text("papers/2605.01234.html") for tag in TAGS)
    assert not any(path.endswith(".png") for path in site.paths if path.startswith(("papers/", "days/")))


def test_nothing_that_draws_is_loaded_before_a_card_is_drawn():
    code = "import sys, site_builder.cli, site_builder.build; print(*{'PIL', 'fontTools'} & sys.modules.keys())"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert loaded.strip() == ""
