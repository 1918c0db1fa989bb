"""The cache next to the content: only trusted if complete and written by this user's build."""

import os
import pickle
import sqlite3
from contextlib import closing

import pytest

from site_builder.volumes import cache as cache_module
from site_builder.volumes.cache import STORE, Cache, MemoryCache, NoCache, open_cache
from site_builder.write.target_folder import refuse_folder

KEY = b"k" * 32


def fail():
    raise AssertionError("made again")


def recalled(folder, cache_key, make, key=KEY):
    """Use a cache as a build does, which closes it at the end."""
    cache = Cache(folder, key)
    found = cache.recall(cache_key, make)
    cache._write()
    return found


def change(folder, *command):
    with closing(sqlite3.connect(folder / STORE)) as store, store:
        return store.execute(*command).fetchall()


def entries(folder):
    return change(folder, "SELECT name, content FROM entries")


def test_what_was_made_of_the_same_is_not_made_again(tmp_path):
    assert recalled(tmp_path / "cache", ("list", "a"), lambda: [1, 2]) == [1, 2]
    assert recalled(tmp_path / "cache", ("list", "a"), fail) == [1, 2]
    assert recalled(tmp_path / "cache", ("list", "b"), lambda: [3]) == [3]


def test_what_another_release_of_the_program_made_is_made_again(tmp_path, monkeypatch):
    recalled(tmp_path, "a", lambda: "made")
    monkeypatch.setattr(cache_module, "code_version", lambda: "another release")
    assert recalled(tmp_path, "a", lambda: "made again") == "made again"


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: b"x" + content, lambda content: b""])
def test_a_damaged_entry_is_made_again(tmp_path, damage):
    recalled(tmp_path, "a", lambda: "made")
    ((_, content),) = entries(tmp_path)
    change(tmp_path, "UPDATE entries SET content = ?", (damage(content),))
    assert recalled(tmp_path, "a", lambda: "made again") == "made again"


def test_an_entry_that_somebody_else_planted_is_never_opened(tmp_path):
    recalled(tmp_path, "a", lambda: "planted", key=b"another key that nobody gave us.")
    assert recalled(tmp_path, "a", lambda: "made") == "made"


def test_an_entry_under_the_name_of_another_is_not_believed(tmp_path):
    recalled(tmp_path, "a", lambda: "of a")
    recalled(tmp_path, "b", lambda: "of b")
    one, other = entries(tmp_path)
    change(tmp_path, "UPDATE entries SET content = ? WHERE name = ?", (other[1], one[0]))
    assert {recalled(tmp_path, "a", lambda: "of a"), recalled(tmp_path, "b", lambda: "of b")} == {"of a", "of b"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda store: store.write_bytes(b""),
        lambda store: store.write_bytes(b"no store"),
        lambda store: store.write_bytes(store.read_bytes()[:5000]),
        lambda store: store.write_bytes(store.read_bytes().replace(b"entries", b"entrees")),
        lambda store: store.write_bytes(bytes(100) + store.read_bytes()[100:]),
        lambda store: change(store.parent, "ALTER TABLE entries RENAME COLUMN content TO another"),
        lambda store: store.unlink(),
    ],
)
def test_a_store_that_is_damaged_or_of_another_program_is_made_anew(tmp_path, damage):
    for number in range(100):
        recalled(tmp_path, number, lambda: "made" * 100)
    damage(tmp_path / STORE)
    assert recalled(tmp_path, "a", lambda: "made again") == "made again"
    assert recalled(tmp_path, "a", fail) == "made again"


def test_an_entry_that_is_a_text_of_no_encoding_is_made_again(tmp_path):
    recalled(tmp_path, "a", lambda: 1)
    change(tmp_path, "UPDATE entries SET content = CAST(x'FF80' AS TEXT)")
    assert recalled(tmp_path, "a", lambda: 2) == 2
    assert recalled(tmp_path, "a", fail) == 2


def test_a_store_that_leads_elsewhere_is_not_followed(tmp_path):
    recalled(tmp_path / "theirs", "a", lambda: "theirs")
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / STORE).symlink_to(tmp_path / "theirs" / STORE)
    assert recalled(tmp_path / "ours", "a", lambda: "ours") == "ours"
    assert len(entries(tmp_path / "theirs")) == 1
    assert recalled(tmp_path / "theirs", "a", fail) == "theirs"


def test_a_store_that_another_build_holds_stops_none(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_module, "PATIENCE", 0.01)
    recalled(tmp_path, "a", lambda: "made")
    with closing(sqlite3.connect(tmp_path / STORE)) as store:
        store.execute("BEGIN EXCLUSIVE")
        assert recalled(tmp_path, "b", lambda: "another") == "another"
    assert recalled(tmp_path, "a", fail) == "made"


def test_what_a_build_did_not_ask_for_is_forgotten(tmp_path):
    recalled(tmp_path, "a", lambda: 1)
    recalled(tmp_path, "b", lambda: 2)
    later = Cache(tmp_path, KEY)
    later.recall("b", fail)
    later.close()
    assert len(entries(tmp_path)) == 1


def test_what_was_not_asked_for_is_kept_by_work_that_is_less_than_a_build(tmp_path):
    recalled(tmp_path, "a", lambda: 1)
    smaller = Cache(tmp_path, KEY)
    smaller.recall("b", lambda: 2)
    smaller.save()
    assert recalled(tmp_path, "a", fail) == 1
    assert recalled(tmp_path, "b", fail) == 2


def test_files_of_entries_of_an_earlier_release_are_removed(tmp_path):
    (tmp_path / ("0f" * 16)).write_bytes(b"an entry")
    (tmp_path / "kept.txt").write_text("of the user's")
    recalled(tmp_path, "a", lambda: 1)
    assert sorted(file.name for file in tmp_path.iterdir()) == [".gitignore", "kept.txt", STORE]


def test_what_another_process_made_is_handed_over(tmp_path):
    there, here = Cache(tmp_path, KEY), Cache(tmp_path, KEY)
    there.recall("a", lambda: "made")
    here.add(there.drained())
    assert here.knows("a")
    assert here.recall("a", fail) == "made"


def test_a_cache_that_is_in_use_can_be_sent_to_another_process(tmp_path):
    recalled(tmp_path, "a", lambda: "made")
    cache = Cache(tmp_path, KEY)
    cache.recall("a", fail)
    assert pickle.loads(pickle.dumps(cache)).recall("b", lambda: "made there") == "made there"  # noqa: S301


def test_a_process_that_was_forked_never_looks_into_the_file(tmp_path, monkeypatch):
    recalled(tmp_path, "a", lambda: "made")
    cache = Cache(tmp_path, KEY)
    monkeypatch.setattr(cache_module.os, "getpid", lambda: -1)
    assert cache.recall("a", lambda: "made here") == "made here"


def test_the_cache_keeps_itself_out_of_git(tmp_path):
    recalled(tmp_path, "a", lambda: 1)
    assert (tmp_path / ".gitignore").read_text() == "*\n"


def test_the_key_lies_in_the_users_own_folder_and_only_the_user_can_read_it(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "site" / "content").mkdir(parents=True)
    cache = open_cache(tmp_path / "site" / "content")
    cache.recall("a", lambda: 1)
    cache.close()
    assert open_cache(tmp_path / "site" / "content").recall("a", fail) == 1
    assert (tmp_path / "state/broadsheet/cache-key").stat().st_mode & 0o077 == 0
    assert len(entries(tmp_path / "site" / ".broadsheet-cache")) == 1


def test_where_nothing_can_be_kept_nothing_is_remembered(tmp_path, monkeypatch):
    (tmp_path / "state").write_text("a file")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert isinstance(open_cache(tmp_path / "content"), NoCache)
    assert recalled(tmp_path / "state" / "below", "a", lambda: 1) == 1


def test_a_user_without_a_home_folder_builds_without_a_cache(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as where no home folder is known
    assert isinstance(open_cache(tmp_path / "content"), NoCache)
    refuse_folder(tmp_path / "output", "output folder", {}, "name another")


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
