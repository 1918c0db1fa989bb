"""The cache beside the content: believed only when this user's build wrote it whole."""

import pickle

import pytest

from site_builder.cache import Cache, MemoryCache, NoCache, cache_beside

KEY = b"k" * 32


def fail():
    raise AssertionError("made again")


def entries(folder):
    return [file for file in folder.iterdir() if file.name != ".gitignore"]


def test_what_was_made_of_the_same_is_not_made_again(tmp_path):
    assert Cache(tmp_path / "cache", KEY).recall(("list", "a"), lambda: [1, 2]) == [1, 2]
    assert Cache(tmp_path / "cache", KEY).recall(("list", "a"), fail) == [1, 2]
    assert Cache(tmp_path / "cache", KEY).recall(("list", "b"), lambda: [3]) == [3]


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: b"x" + content, lambda content: b""])
def test_a_damaged_entry_is_made_again(tmp_path, damage):
    Cache(tmp_path, KEY).recall("a", lambda: "made")
    (entry,) = entries(tmp_path)
    entry.write_bytes(damage(entry.read_bytes()))
    assert Cache(tmp_path, KEY).recall("a", lambda: "made again") == "made again"


def test_an_entry_that_somebody_else_planted_is_never_opened(tmp_path):
    Cache(tmp_path, b"another key that nobody gave us.").recall("a", lambda: "planted")
    assert Cache(tmp_path, KEY).recall("a", lambda: "made") == "made"


def test_an_entry_under_the_name_of_another_is_not_believed(tmp_path):
    Cache(tmp_path, KEY).recall("a", lambda: "of a")
    Cache(tmp_path, KEY).recall("b", lambda: "of b")
    one, other = entries(tmp_path)
    one.write_bytes(other.read_bytes())
    cache = Cache(tmp_path, KEY)
    assert {cache.recall("a", lambda: "of a"), cache.recall("b", lambda: "of b")} == {"of a", "of b"}


def test_what_a_build_did_not_ask_for_is_forgotten(tmp_path):
    cache = Cache(tmp_path, KEY)
    cache.recall("a", lambda: 1)
    cache.recall("b", lambda: 2)
    later = Cache(tmp_path, KEY)
    later.recall("b", fail)
    later.close()
    assert len(entries(tmp_path)) == 1


def test_what_was_made_while_it_was_held_is_not_read_back(tmp_path):
    cache = Cache(tmp_path, KEY)
    with cache.holding():
        made = cache.recall("a", lambda: ["made"])
    assert cache.recall("a", fail) is made
    assert cache.recall("a", fail) == made
    assert cache.recall("a", fail) is not made


def test_entries_of_one_place_take_the_place_of_each_other(tmp_path):
    cache = Cache(tmp_path, KEY)
    assert (cache.recall("a", lambda: 1, place="day"), cache.recall("b", lambda: 2, place="day")) == (1, 2)
    assert len(entries(tmp_path)) == 1
    assert cache.recall("b", fail, place="day") == 2
    assert cache.recall("a", lambda: 3, place="day") == 3


def test_entries_of_places_that_are_spared_stay_though_nobody_asked_for_them(tmp_path):
    cache = Cache(tmp_path, KEY)
    for place in ("one", "other"):
        cache.recall("a", lambda: "made", place=place)
    later = Cache(tmp_path, KEY)
    later.spare(["one"])
    later.close()
    assert len(entries(tmp_path)) == 1
    assert Cache(tmp_path, KEY).recall("a", fail, place="one") == "made"


def test_the_cache_keeps_itself_out_of_git(tmp_path):
    Cache(tmp_path, KEY).recall("a", lambda: 1)
    assert (tmp_path / ".gitignore").read_text() == "*\n"


def test_the_key_lies_in_the_users_own_folder_and_only_the_user_can_read_it(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "site" / "content").mkdir(parents=True)
    cache_beside(tmp_path / "site" / "content").recall("a", lambda: 1)
    assert cache_beside(tmp_path / "site" / "content").recall("a", fail) == 1
    assert (tmp_path / "state/broadsheet/cache-key").stat().st_mode & 0o077 == 0
    assert len(entries(tmp_path / "site" / ".broadsheet-cache")) == 1


def test_where_nothing_can_be_kept_nothing_is_remembered(tmp_path, monkeypatch):
    (tmp_path / "state").write_text("a file")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert isinstance(cache_beside(tmp_path / "content"), NoCache)
    assert Cache(tmp_path / "state" / "below", KEY).recall("a", lambda: pickle.HIGHEST_PROTOCOL)


def test_memory_gives_out_what_was_made_until_a_build_does_not_ask_for_it():
    cache = MemoryCache()
    made = cache.recall(("list", "a"), lambda: [1, 2])
    cache.close()
    assert cache.recall(("list", "a"), fail) is made
    cache.close()
    cache.close()
    assert cache.recall(("list", "a"), lambda: [3]) == [3]
    assert cache.recall("nothing", lambda: None) is None
    assert cache.recall("nothing", lambda: 1) == 1
