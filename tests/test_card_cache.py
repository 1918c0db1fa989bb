"""Cards that were kept: drawn once, drawn anew when damaged, forgotten when no page has them."""

import os

import pytest

from site_builder.card_cache import CardCache


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def draw(drawn):
    return lambda: drawn.append("card") or b"a card"


def test_a_card_is_drawn_once(tmp_path, draw, drawn):
    cache = CardCache(tmp_path / "cards")
    assert [cache.take("one", draw), cache.take("one", draw)] == [b"a card", b"a card"]
    assert drawn == ["card"]


def test_another_content_is_another_card(tmp_path, draw, drawn):
    cache = CardCache(tmp_path)
    cache.take("one", draw)
    cache.take("two", draw)
    assert drawn == ["card", "card"]


@pytest.mark.parametrize("damage", [lambda kept: kept[:-1], lambda kept: kept[:-1] + b"?", lambda kept: b""])
def test_a_damaged_card_is_drawn_anew_and_kept(tmp_path, draw, drawn, damage):
    cache = CardCache(tmp_path)
    cache.take("one", draw)
    (tmp_path / "one").write_bytes(damage((tmp_path / "one").read_bytes()))
    assert [cache.take("one", draw), cache.take("one", draw)] == [b"a card", b"a card"]
    assert len(drawn) == 2


def test_without_a_folder_nothing_is_kept(draw, drawn):
    cache = CardCache()
    assert [cache.take("one", draw), cache.take("one", draw)] == [b"a card", b"a card"]
    assert len(drawn) == 2
    assert cache.count() == 0


def test_what_cannot_be_kept_is_drawn_all_the_same(tmp_path, draw):
    (tmp_path / "cards").write_text("a file lies in the way", encoding="utf-8")
    assert CardCache(tmp_path / "cards").take("one", draw) == b"a card"


def test_cards_of_no_page_and_half_written_ones_are_removed(tmp_path, draw):
    cache = CardCache(tmp_path)
    for fingerprint in ("one", "two"):
        cache.take(fingerprint, draw)
    (tmp_path / f"two.{os.getpid()}").write_bytes(b"half")
    assert cache.count() == 3
    cache.keep_only({"two"})
    assert [file.name for file in tmp_path.iterdir()] == ["two"]
