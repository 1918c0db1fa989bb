"""The ledger of sent mails: a row for each reader and edition, on disk before the mail is sent."""

import hmac
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from site_builder.problems import BuildError

KEY_VARIABLE = "BROADSHEET_LEDGER_KEY"
MIN_KEY = 16  # characters
FORMAT = 2
CORRECTION = "#"  # between the name of an edition and the version of its correction

# sending: handed to the server, no response (yet); after a crash it is unknown whether the mail arrived.
# refused: temporarily, or for good if the reader is in `refused`.
State = Literal["sending", "sent", "refused"]

_TABLES = """
create table if not exists mails (
    day text not null, reader text not null, state text not null, time text not null, answer text not null,
    primary key (day, reader)
) without rowid;
create table if not exists editions (edition text primary key) without rowid;
create table if not exists refused (
    reader text not null, list text not null, answer text not null, primary key (reader, list)
) without rowid;
create table if not exists delays (
    edition text not null, reader text not null, since text not null, primary key (edition, reader)
) without rowid;
create table if not exists letters (
    edition text not null, reader text not null, letter text not null, primary key (edition, reader)
) without rowid;
create table if not exists mark (value text not null);
"""
# Format 1 knew one list of each reader who was refused.
_FROM_FORMAT_1 = """
begin immediate;
create table if not exists refusals (reader text primary key, answer text not null, list text not null) without rowid;
insert or ignore into refused select reader, list, answer from refusals;
drop table refusals;
commit;
"""


class SendLedger:
    """The rows of one edition. Methods return only when a row is on disk, so that it survives a crash.

    Readers are stored by address, or by an HMAC of it if a secret key is set, so that the file reveals no address.
    """

    def __init__(self, connection: sqlite3.Connection, edition: str, key: str) -> None:
        self._connection = connection
        self._edition = edition
        self._key = key.encode()
        self._lock = Lock()

    def is_begun(self) -> bool:
        """Return whether this ledger has everything that was ever sent of the edition."""
        where = {"edition": self._edition}
        rows = "select 1 from editions where edition = :edition union select 1 from mails where day = :edition"
        return self._connection.execute(rows, where).fetchone() is not None

    def begin(self) -> None:
        """Record that nothing of the edition was sent except what this ledger has."""
        self._execute("insert or ignore into editions (edition) values (?)", (self._edition,))

    def states(self, readers: Iterable[str]) -> dict[str, State]:
        """Return reader → state of the mail, for all readers for whom it was ever handed to the server."""
        return self._by_reader(readers, "select reader, state from mails where day = ?", self._edition)

    def claim(self, reader: str, time: datetime) -> bool:
        """Begin a mail; False if it was sent or its outcome is unknown, and so must not be sent."""
        done = self._execute(
            "insert into mails values (?, ?, 'sending', ?, '') on conflict (day, reader) do update "
            "set state = 'sending', time = excluded.time, answer = '' where state = 'refused'",
            (self._edition, self._name(reader), time.isoformat()),
        )
        return done == 1

    def close(self, reader: str, state: State, reply: str, letter: str = "") -> None:
        """End a mail with the server's reply; letter: version of the edition that the reader now has, "" for none."""
        where = (state, self._unnamed(reply), self._edition, self._name(reader))
        letter_of = (self._edition.partition(CORRECTION)[0], self._name(reader), letter)
        with self._together() as connection:
            connection.execute("update mails set state = ?, answer = ? where day = ? and reader = ?", where)
            if letter:
                connection.execute("insert or replace into letters values (?, ?, ?)", letter_of)

    def reopen(self, reader: str) -> None:
        """Allow a mail to be sent again that was sent before and replaced by another since."""
        where = (self._edition, self._name(reader))
        self._execute("update mails set state = 'refused' where day = ? and reader = ? and state = 'sent'", where)

    def letters(self, readers: Iterable[str]) -> dict[str, str]:
        """Return reader → version of the edition that the reader has, if known."""
        edition = self._edition.partition(CORRECTION)[0]
        return self._by_reader(readers, "select reader, letter from letters where edition = ?", edition)

    def release(self, reader: str) -> None:
        """Delete a mail of which nothing was sent, or which was found not to have arrived."""
        where = (self._edition, self._name(reader))
        self._execute("delete from mails where day = ? and reader = ? and state = 'sending'", where)

    def delayed_since(self, reader: str, now: datetime) -> datetime:
        """Return when a reader was first refused temporarily: now, if never before."""
        where = (self._edition, self._name(reader))
        self._execute("insert or ignore into delays values (?, ?, ?)", (*where, now.isoformat()))
        rows = self._connection.execute("select since from delays where edition = ? and reader = ?", where)
        return datetime.fromisoformat(rows.fetchone()[0])

    def refusals(self, readers: Iterable[str], mark: str) -> dict[str, str]:
        """Return reader → reply for readers refused for good with this list of readers; mark: identifies the list.

        A bounce belongs to no list, and applies to every one until `take_bounces`.
        """
        return self._by_reader(readers, "select reader, answer from refused where list in (?, '')", mark)

    def take_bounces(self, readers: Iterable[str], mark: str) -> None:
        """Give the bounces of these readers to their list; of one that has the reader already, to the next list."""
        for reader in self._by_reader(readers, "select reader, answer from refused where list = ?", ""):
            where = (mark, self._name(reader))
            self._execute("update or ignore refused set list = ? where reader = ? and list = ''", where)

    def refuse(self, reader: str, reply: str, mark: str) -> None:
        """Record that a reader was refused for good; mark: of the list, "" for the next ones that are used."""
        row = (self._name(reader), mark, self._unnamed(reply))
        self._execute("insert or replace into refused values (?, ?, ?)", row)

    def _by_reader(self, readers: Iterable[str], statement: str, where: str) -> dict[str, Any]:
        """Return the rows of a statement by reader."""
        rows = dict(self._connection.execute(statement, (where,)).fetchall())
        return {reader: rows[name] for reader in readers if (name := self._name(reader)) in rows}

    def _name(self, reader: str) -> str:
        return hmac.new(self._key, reader.encode(), "sha256").hexdigest() if self._key else reader

    def _unnamed(self, reply: str) -> str:
        """Return the part of a reply that may be stored; servers repeat the address in it."""
        return reply[:3] if self._key else reply[:500]

    @contextmanager
    def _together(self) -> Iterator[sqlite3.Connection]:
        """Run the block's statements in one transaction."""
        with self._lock:
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")

    def _execute(self, statement: str, values: tuple[str, ...]) -> int:
        with self._lock:
            return self._connection.execute(statement, values).rowcount


@contextmanager
def open_ledger(file: Path, edition: str, environment: Mapping[str, str]) -> Iterator[SendLedger]:
    """Open the ledger for an edition, readable by its owner only, since it has addresses unless there is a key.

    Raises BuildError if the file cannot be written, is no ledger, or was written with another key.
    """
    key = environment.get(KEY_VARIABLE, "")
    if key and len(key) < MIN_KEY:
        raise BuildError(f"{KEY_VARIABLE} has fewer than {MIN_KEY} characters; make one with: openssl rand -hex 32")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        connection = sqlite3.connect(file, isolation_level=None, timeout=30, check_same_thread=False)
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            _bring_to_format(connection, file)
            _check_key(connection, key, file)
            yield SendLedger(connection, edition, key)
        finally:
            connection.close()
    except (OSError, sqlite3.Error) as error:
        raise BuildError(f"the ledger {file} cannot be kept: {error}; without it nothing is sent") from error


def _bring_to_format(connection: sqlite3.Connection, file: Path) -> None:
    (written,) = connection.execute("pragma user_version").fetchone()
    if written > FORMAT:
        raise BuildError(f"{file} was written by a later release of Broadsheet: update it; nothing was sent")
    connection.executescript(_TABLES)
    if written < FORMAT:
        connection.executescript(_FROM_FORMAT_1)
        connection.execute(f"pragma user_version = {FORMAT}")


def _check_key(connection: sqlite3.Connection, key: str, file: Path) -> None:
    mark = hmac.new(key.encode(), b"ledger", "sha256").hexdigest()[:8] if key else "plain"
    known = connection.execute("select value from mark").fetchone()
    if known is None:
        has_rows = connection.execute("select 1 from mails").fetchone() is not None
        known = ("plain" if has_rows else mark,)
        connection.execute("insert into mark values (?)", known)
    if known[0] != mark:
        raise BuildError(
            f"the ledger {file} was kept with another {KEY_VARIABLE}; set that one again, or remove the file: "
            "then it is not known who has the editions that are on their way; nothing was sent"
        )
