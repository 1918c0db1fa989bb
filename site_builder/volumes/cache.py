"""Cache of results from earlier builds, stored next to the content; safe to delete.

The cache is one SQLite file. Each entry carries a keyed hash (MAC) of its bytes. The key lies in the user's own folder,
so neither a crash nor files from others, which may arrive with the content, can plant an entry.
"""

import hmac
import os
import pickle
import re
import secrets
import sqlite3
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar, cast

from site_builder.fingerprint import fingerprint_of_all
from site_builder.volumes.code_version import code_version
from site_builder.written_file import replace_file

FOLDER = ".broadsheet-cache"
STORE = "store.sqlite3"
KEY_BYTES = 32
MOST_PENDING = 8_000_000  # bytes of pending entries that trigger a write
PATIENCE = 5.0  # seconds to wait for another build's write lock
_SIGNATURE = 32  # bytes
_OLD_ENTRY = re.compile(r"[0-9a-f]{32}(\.\d+)?")  # file names of earlier releases, which kept one file per entry

Found = TypeVar("Found")


class Cache:
    """Cache of one folder. Closing it removes the entries that this build did not use.

    Only the process that created the cache reads and writes the file, because an SQLite connection must not be used
    after a fork. In other processes every lookup misses; their new entries can be handed over (`drained`, `add`).
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._file = folder / STORE
        self._key = key
        self._process = os.getpid()
        self._store: sqlite3.Connection | None = None
        self._used: set[bytes] = set()
        self._pending: dict[bytes, bytes] = {}  # entries not yet written
        self._pending_bytes = 0

    def __getstate__(self) -> dict[str, object]:
        """Drop the connection and the pending entries; another process looks nothing up."""
        return {**self.__dict__, "_store": None, "_pending": {}, "_pending_bytes": 0}

    def recall(self, cache_key: object, make: Callable[[], Found | None]) -> Found | None:
        """Return the value cached under this key, or make it and cache it unless it is None.

        cache_key: everything that determines the result, apart from the program; compared by its `repr`.
        """
        name = _entry_name(cache_key)
        self._used.add(name)
        with suppress(ValueError):
            return cast(Found, pickle.loads(self._verified(name)))  # noqa: S301 - signed with this user's key
        found = make()
        if found is not None:
            content = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
            self.add({name: self._signature(name, content) + content})
        return found

    def keep(self, cache_key: object) -> None:
        """Mark an entry as used, so that closing the cache keeps it."""
        self._used.add(_entry_name(cache_key))

    def knows(self, cache_key: object) -> bool:
        """Return whether a value is cached under this key."""
        return bool(self._entry(_entry_name(cache_key)))

    def add(self, entries: Mapping[bytes, bytes]) -> None:
        """Add entries made by another process."""
        self._pending.update(entries)
        self._pending_bytes += sum(map(len, entries.values()))
        if self._pending_bytes > MOST_PENDING and os.getpid() == self._process:
            self._write()

    def drained(self) -> dict[bytes, bytes]:
        """Remove and return the entries not yet written, for another process to add."""
        pending, self._pending, self._pending_bytes = self._pending, {}, 0
        return pending

    def close(self) -> None:
        """Write pending entries and delete those that this build did not use."""
        self._write()
        self._run(self._delete_unused)
        self._close_store()

    def save(self) -> None:
        """Write pending entries and keep all others: for work that is less than a build and uses fewer."""
        self._write()
        self._close_store()

    def _close_store(self) -> None:
        if self._store:
            self._store.close()
            self._store = None

    def _delete_unused(self, store: sqlite3.Connection) -> None:
        stored = {name for (name,) in store.execute("SELECT name FROM entries")}
        store.executemany("DELETE FROM entries WHERE name = ?", [(name,) for name in stored - self._used])

    def _verified(self, name: bytes) -> bytes:
        """Return the content of an entry.

        Raises ValueError when there is no such entry, or when its signature does not match.
        """
        entry = self._entry(name)
        if not hmac.compare_digest(entry[:_SIGNATURE], self._signature(name, entry[_SIGNATURE:])):
            raise ValueError(name)
        return entry[_SIGNATURE:]

    def _entry(self, name: bytes) -> bytes:
        """Return an entry as stored, signature included; b"" when there is none."""
        if name in self._pending or os.getpid() != self._process:
            return self._pending.get(name, b"")
        if self._store is None and not self._file.exists():
            return b""
        row = self._run(lambda store: store.execute("SELECT content FROM entries WHERE name = ?", (name,)).fetchone())
        return row[0] if row and isinstance(row[0], bytes) else b""

    def _write(self) -> None:
        """Write the pending entries in one transaction; a failed write only costs the next build time."""
        pending = self.drained()
        if pending:
            insert = "INSERT OR REPLACE INTO entries VALUES (?, ?)"
            self._run(lambda store: store.executemany(insert, pending.items()))

    def _run(self, work: Callable[[sqlite3.Connection], Found]) -> Found | None:
        """Run `work` in one transaction. Recreate a store that is damaged or not ours; return None if that fails."""
        for _ in range(2):
            try:
                if self._store is None:
                    self._store = _open(self._file)
                with self._store as store:
                    return work(store)
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _TRANSIENT:
                    return None
            except OSError:
                return None
            if self._store:
                self._store.close()
                self._store = None
            with suppress(OSError):
                self._file.unlink()
        return None

    def _signature(self, name: bytes, content: bytes) -> bytes:
        signature = blake2b(name, digest_size=_SIGNATURE, key=self._key)
        signature.update(content)
        return signature.digest()


# Error codes that do not mean the store is damaged (https://www.sqlite.org/rescode.html).
_TRANSIENT = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOMEM,
    }
)


def _open(file: Path) -> sqlite3.Connection:
    """Open the store, creating it if missing. Raises sqlite3.Error and OSError."""
    file.parent.mkdir(exist_ok=True)
    if not os.path.lexists(file):
        _prepare_folder(file.parent)
    elif not stat.S_ISREG(file.lstat().st_mode):
        file.unlink()  # never follow a link
    store = sqlite3.connect(file, timeout=PATIENCE, isolation_level="IMMEDIATE")
    try:
        store.execute("PRAGMA trusted_schema = OFF")
        store.execute("PRAGMA synchronous = OFF")  # a file damaged by a crash of the machine is recreated
        store.execute("CREATE TABLE IF NOT EXISTS entries (name BLOB PRIMARY KEY, content BLOB)")
    except sqlite3.Error:
        store.close()
        raise
    return store


def _prepare_folder(folder: Path) -> None:
    """Add a .gitignore, and remove the entries of earlier releases, which were single files."""
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    for file in folder.iterdir():
        if _OLD_ENTRY.fullmatch(file.name):
            file.unlink(missing_ok=True)


class NoCache(Cache):
    """A cache that stores nothing."""

    def __init__(self) -> None:
        super().__init__(Path(os.devnull), b"")

    def recall(self, cache_key: object, make: Callable[[], Found | None]) -> Found | None:
        """Make the value."""
        return make()

    def keep(self, cache_key: object) -> None:
        """Do nothing."""

    def knows(self, cache_key: object) -> bool:
        """Return True, so that no value is computed in advance: it would not be stored."""
        return True

    def close(self) -> None:
        """Do nothing."""

    def save(self) -> None:
        """Do nothing."""


class MemoryCache(NoCache):
    """An in-memory cache that keeps what was used in the current build (until it is closed) and the one before."""

    def __init__(self) -> None:
        super().__init__()
        self._previous: dict[str, object] = {}
        self._current: dict[str, object] = {}

    def recall(self, cache_key: object, make: Callable[[], Found | None]) -> Found | None:
        """Return the value cached under this key, or make it. Callers share the value and must not modify it."""
        name = repr(cache_key)
        known = self._current.get(name, self._previous.get(name))
        found = make() if known is None else cast(Found, known)
        if found is not None:
            self._current[name] = found
        return found

    def keep(self, cache_key: object) -> None:
        """Mark an entry of this build or the one before as used."""
        self.recall(cache_key, lambda: None)

    def close(self) -> None:
        """End a build: forget the entries that were not used since the previous close."""
        self._previous, self._current = self._current, {}


def open_cache(content: Path) -> Cache:
    """Return the cache of a content folder, or a `NoCache` when the signing key cannot be stored."""
    try:
        return Cache(content.resolve().parent / FOLDER, _key())
    except (OSError, RuntimeError):  # the latter for a user without a home folder
        return NoCache()


def _entry_name(cache_key: object) -> bytes:
    return fingerprint_of_all((code_version(), repr(cache_key))).encode()


def _key() -> bytes:
    """Return this user's signing key, creating it if missing (XDG Base Directory: state).

    Raises OSError, and RuntimeError for a user without a home folder.
    """
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    file = Path(home) / "broadsheet" / "cache-key"
    with suppress(FileNotFoundError):
        key = file.read_bytes()
        if len(key) == KEY_BYTES:
            return key
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, key := secrets.token_bytes(KEY_BYTES), str(os.getpid()), mode=0o600)
    return key
