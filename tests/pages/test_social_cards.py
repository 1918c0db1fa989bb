"""Which pages have a social card, and what the pages say about it."""

import subprocess
import sys

import pytest

from site_builder.config.settings import Settings, read_settings
from site_builder.model.picture import Picture, PictureFile
from site_builder.pages import social_cards
from site_builder.pages.social_cards import is_installed
from site_builder.render import social_card
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
@pytest.mark.parametrize(
    ("cards", "added"),
    [("days", set()), ("papers", {"papers/tides.png", "papers/moons.png", "tags/sea.png"})],
)
def test_days_weeks_and_the_front_page_have_a_card_beside_their_page_and_papers_and_tags_where_asked(cards, added):
    made = catalogue(paper("Tides", "2026-05-27", "2026-05-28", tags=("Sea",)), paper("Moons"))
    days = {"days/2026-05-27.png", "days/2026-05-28.png", "weeks/2026-W22.png", "index.png"}
    assert {page.path for page in social_cards.plan(made, Settings(cards=cards))} == days | added


@pytest.mark.usefixtures("with_packages")
@pytest.mark.parametrize(("width", "cards"), [(300, set()), (299, {"papers/tides.png"})])
def test_a_paper_shows_its_picture_in_place_of_a_card_where_it_is_wide_enough(width, cards):
    file = PictureFile("pictures/x.jpg", width, 200)
    made = catalogue(paper("Tides", "2026-05-27", picture=Picture(file, file, file)))
    planned = {page.path for page in social_cards.plan(made, Settings(cards="papers"))}
    assert {path for path in planned if path.startswith("papers/")} == cards


@pytest.mark.usefixtures("with_packages")
def test_no_card_is_planned_where_they_are_switched_off():
    assert list(social_cards.plan(catalogue(paper("Tides", "2026-05-27")), Settings(cards="none"))) == []


@pytest.mark.parametrize(("said", "meant"), [("true", "papers"), ("false", "none")])
def test_what_sites_of_before_say_of_social_cards_is_understood(said, meant, tmp_path):
    (tmp_path / "site.yaml").write_text(f"social_cards: {said}\n", encoding="utf-8")
    assert read_settings(tmp_path).cards == meant


def test_what_the_extra_installs_is_what_cards_need(monkeypatch):
    missing = social_cards.NEEDED[-1]
    monkeypatch.setattr(social_cards, "find_spec", lambda name: None if name == missing else object())
    assert not is_installed.__wrapped__()
    monkeypatch.setattr(social_cards, "find_spec", lambda name: object())
    assert is_installed.__wrapped__()


def test_pages_name_their_card_by_its_whole_address(build_site):
    site = build_site(SITE.replace("search: false", "search: false\ncards: papers"))
    for path, title in (("papers/2605.01234", "Sparse"), ("days/2026-05-27", "Papers of 27 May 2026")):
        html = site.text(f"{path}.html")
        assert f'<meta property="og:image" content="https://digest.example/daily/{path}.png">' in html
        assert '<meta property="og:image:width" content="720">' in html
        assert '<meta property="og:image:height" content="378">' in html
        assert f'<meta property="og:image:alt" content="{title}' in html
        assert '<meta name="twitter:card" content="summary_large_image">' in html
        assert f"{path}.png" in site.paths
    assert "Sparse &#34;attention&#34; &amp; O(n²) · The Digest" in site.text("papers/2605.01234.html")


@pytest.mark.parametrize(
    ("path", "card"),
    [
        ("papers/2605.01234.html", "days/2026-05-27.png"),
        ("papers/fog.html", "index.png"),
        ("archive.html", "index.png"),
        ("months/2026-05.html", "index.png"),
        ("days/2026-05-27.html", "days/2026-05-27.png"),
    ],
)
def test_a_page_without_a_card_of_its_own_shares_that_of_its_day_or_of_the_site(build_site, path, card):
    site = build_site(f"{SITE}-- papers/fog.yaml --\n- {{title: Fog, authors: [Ada Lovelace]}}\n")
    assert f'<meta property="og:image" content="https://digest.example/daily/{card}">' in site.text(path)
    assert card in site.paths


def test_a_site_that_wants_no_cards_names_none(build_site):
    html = build_site(SITE.replace("search: false", "cards: none")).text("papers/2605.01234.html")
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
