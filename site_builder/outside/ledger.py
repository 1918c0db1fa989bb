"""What was sent to whom: a row for each day and reader, on disk before the mail leaves."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from site_builder.problems import BuildError

# sending: handed to the server, its answer not known (yet); after a crash nobody knows whether the mail arrived.
State = Literal["sending", "sent", "refused"]

_TABLE = """
create table if not exists mails (
    day text not null, reader text not null, state text not null, time text not null, answer text not null,
    primary key (day, reader)
) without rowid
"""


class SendLedger:
    """The rows of one day. A row is on disk when a method returns, so that it outlives a crash."""

    def __init__(self, connection: sqlite3.Connection, day: date) -> None:
        self._connection = connection
        self._day = day.isoformat()

    def states(self) -> dict[str, State]:
        """Return reader → what became of the mail, for every reader it was ever handed to the server for."""
        rows = self._connection.execute("select reader, state from mails where day = ?", (self._day,))
        return dict(rows.fetchall())

    def claim(self, reader: str, time: datetime) -> bool:
        """Begin a mail; False when it was sent, or when its answer is not known: it must not be sent then."""
        done = self._connection.execute(
            "insert into mails values (?, ?, 'sending', ?, '') on conflict (day, reader) do update "
            "set state = 'sending', time = excluded.time, answer = '' where state = 'refused'",
            (self._day, reader, time.isoformat()),
        )
        return done.rowcount == 1

    def close(self, reader: str, state: State, answer: str) -> None:
        """End a mail with what the server answered."""
        where = (state, answer[:500], self._day, reader)
        self._connection.execute("update mails set state = ?, answer = ? where day = ? and reader = ?", where)

    def release(self, reader: str) -> None:
        """Forget a mail of which nothing was sent, or of which somebody found out that it did not arrive."""
        where = (self._day, reader)
        self._connection.execute("delete from mails where day = ? and reader = ? and state = 'sending'", where)


@contextmanager
def open_ledger(file: Path, day: date) -> Iterator[SendLedger]:
    """Open the ledger for a day, readable by its owner alone: it holds addresses.

    Raises BuildError when the file cannot be written or is no ledger.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        connection = sqlite3.connect(file, isolation_level=None, timeout=30)
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.execute(_TABLE)
            yield SendLedger(connection, day)
        finally:
            connection.close()
    except (OSError, sqlite3.Error) as error:
        raise BuildError(f"the ledger {file} cannot be kept: {error}; without it nothing is sent") from error
