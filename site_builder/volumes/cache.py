"""What earlier builds found out, kept next to the content: safe to delete; believed only if this user's build wrote it.

It is one SQLite file. Every entry carries a keyed fingerprint of its bytes; the key lies in the user's own folder, so
neither a crash nor somebody else's files, which may come with the content, can plant an entry.
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
MOST_PENDING = 8_000_000  # bytes of entries that wait to be written together
PATIENCE = 5.0  # seconds to wait for another build that is writing
_SIGNATURE = 32  # bytes
_FORMER = re.compile(r"[0-9a-f]{32}(\.\d+)?")  # names of files in which earlier releases kept one entry each

Found = TypeVar("Found")


class Cache:
    """The entries of one folder. Those that a build did not ask for are removed when it is closed.

    Only the process that made it reads and writes the file: a connection to SQLite must not be used behind a fork.
    Others find nothing; what they make can be handed over (`drained`, `add`).
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._file = folder / STORE
        self._key = key
        self._process = os.getpid()
        self._store: sqlite3.Connection | None = None
        self._asked: set[bytes] = set()
        self._pending: dict[bytes, bytes] = {}  # entries that are not written yet
        self._pending_bytes = 0

    def __getstate__(self) -> dict[str, object]:
        """Leave the connection and what waits for it behind: another process looks nothing up."""
        return {**self.__dict__, "_store": None, "_pending": {}, "_pending_bytes": 0}

    def recall(self, cache_key: object, make: Callable[[], Found | None]) -> Found | None:
        """Return what was made of the same before, else make it and keep it, unless it is None.

        cache_key: says all that decides over the result, besides the program; its `repr` is what counts.
        """
        name = _name(cache_key)
        self._asked.add(name)
        with suppress(ValueError):
            return cast(Found, pickle.loads(self._verified(name)))  # noqa: S301 - signed with this user's key
        found = make()
        if found is not None:
            content = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
            self.add({name: self._signature(name, content) + content})
        return found

    def keep(self, cache_key: object) -> None:
        """Keep what was made of this before, if anything was, for a later build."""
        self._asked.add(_name(cache_key))

    def knows(self, cache_key: object) -> bool:
        """Tell whether it would find what is made of this."""
        return bool(self._entry(_name(cache_key)))

    def add(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep what another process made."""
        self._pending.update(entries)
        self._pending_bytes += sum(map(len, entries.values()))
        if self._pending_bytes > MOST_PENDING and os.getpid() == self._process:
            self._write()

    def drained(self) -> dict[bytes, bytes]:
        """Return the entries that are not written yet, to be added elsewhere."""
        pending, self._pending, self._pending_bytes = self._pending, {}, 0
        return pending

    def close(self) -> None:
        """Write what is new, and forget the entries that this build did not ask for."""
        self._write()
        self._use(self._forget)
        if self._store:
            self._store.close()
            self._store = None

    def _forget(self, store: sqlite3.Connection) -> None:
        held = {name for (name,) in store.execute("SELECT name FROM entries")}
        store.executemany("DELETE FROM entries WHERE name = ?", [(name,) for name in held - self._asked])

    def _verified(self, name: bytes) -> bytes:
        """Return the bytes of an entry.

        Raises ValueError where there is none, and for one that this user's build did not write whole.
        """
        entry = self._entry(name)
        if not hmac.compare_digest(entry[:_SIGNATURE], self._signature(name, entry[_SIGNATURE:])):
            raise ValueError(name)
        return entry[_SIGNATURE:]

    def _entry(self, name: bytes) -> bytes:
        """Return an entry as it is kept, b"" for none."""
        if name in self._pending or os.getpid() != self._process:
            return self._pending.get(name, b"")
        if self._store is None and not self._file.exists():
            return b""
        row = self._use(lambda store: store.execute("SELECT content FROM entries WHERE name = ?", (name,)).fetchone())
        return row[0] if row and isinstance(row[0], bytes) else b""

    def _write(self) -> None:
        """Write the pending entries together; what cannot be written costs the next build time."""
        pending = self.drained()
        if pending:
            insert = "INSERT OR REPLACE INTO entries VALUES (?, ?)"
            self._use(lambda store: store.executemany(insert, pending.items()))

    def _use(self, work: Callable[[sqlite3.Connection], Found]) -> Found | None:
        """Do something with the store, all of it or nothing; one that is damaged or somebody else's is made anew."""
        for _ in range(2):
            try:
                if self._store is None:
                    self._store = _open(self._file)
                with self._store as store:
                    return work(store)
            except sqlite3.Error as error:
                if error.sqlite_errorcode & 0xFF in _PASSING:
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


# Errors that say nothing against what the store holds, by SQLite's numbers (https://www.sqlite.org/rescode.html).
_PASSING = frozenset(
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
    """Return a connection to a store, made when there is none. Raises sqlite3.Error and OSError."""
    file.parent.mkdir(exist_ok=True)
    if not os.path.lexists(file):
        _begin(file.parent)
    elif not stat.S_ISREG(file.lstat().st_mode):
        file.unlink()  # what a link leads to is not ours
    store = sqlite3.connect(file, timeout=PATIENCE, isolation_level="IMMEDIATE")
    try:
        store.execute("PRAGMA trusted_schema = OFF")
        store.execute("PRAGMA synchronous = OFF")  # a file that a crash of the machine damaged is made anew
        store.execute("CREATE TABLE IF NOT EXISTS entries (name BLOB PRIMARY KEY, content BLOB)")
    except sqlite3.Error:
        store.close()
        raise
    return store


def _begin(folder: Path) -> None:
    """Keep the folder out of git, and remove the entries of earlier releases, each of which was a file."""
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    for file in folder.iterdir():
        if _FORMER.fullmatch(file.name):
            file.unlink(missing_ok=True)


class NoCache(Cache):
    """Remembers nothing."""

    def __init__(self) -> None:
        super().__init__(Path(os.devnull), b"")

    def recall(self, cache_key: object, make: Callable[[], Found | None]) -> Found | None:
        """Make it."""
        return make()

    def keep(self, cache_key: object) -> None:
        """Do nothing."""

    def knows(self, cache_key: object) -> bool:
        """Tell that there is nothing to be made for it, since it would not be kept."""
        return True

    def close(self) -> None:
        """Do nothing."""


class MemoryCache(NoCache):
    """Remembers for as long as this process lives what one build asked for and, until it is closed, the next."""

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[str, object] = {}
        self._known: dict[str, object] = {}

    def recall(self, cache_key: object, make: Callable[[], Found | None]) -> Found | None:
        """Return what was made of the same before, else make it; it is given out again, so nobody may change it."""
        name = repr(cache_key)
        known = self._known.get(name, self._before.get(name))
        found = make() if known is None else cast(Found, known)
        if found is not None:
            self._known[name] = found
        return found

    def keep(self, cache_key: object) -> None:
        """Keep what one of the last two builds made of this."""
        self.recall(cache_key, lambda: None)

    def close(self) -> None:
        """Forget what was last asked for before the cache was closed the last time."""
        self._before, self._known = self._known, {}


def open_cache(content: Path) -> Cache:
    """Return the cache of a content folder; one that remembers nothing where no key can be kept."""
    try:
        return Cache(content.resolve().parent / FOLDER, _key())
    except OSError:
        return NoCache()


def _name(cache_key: object) -> bytes:
    return fingerprint_of_all((code_version(), repr(cache_key))).encode()


def _key() -> bytes:
    """Return this user's key, made when there is none (XDG Base Directory: state). Raises OSError."""
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    file = Path(home) / "broadsheet" / "cache-key"
    with suppress(FileNotFoundError):
        key = file.read_bytes()
        if len(key) == KEY_BYTES:
            return key
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, key := secrets.token_bytes(KEY_BYTES), str(os.getpid()), mode=0o600)
    return key
