"""The fetched lists below `content/papers/fetched/`, each written atomically.

Each day of a source has a list, `2026-11-20.json`, as first received. What changed later is stored next to it,
`2026-11-20@2026-11-23.json`, which has the papers that had changed.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from site_builder.commands.fetch.changes import Row, first_of_each, renewed
from site_builder.commands.fetch.parsed_response import id_of
from site_builder.problems import BuildError, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.content.fetch_status import FETCHED
from site_builder.sources.list_name import ListName, list_name
from site_builder.sources.source import DecodeError, Source
from site_builder.written_file import replace_file

REMEMBERED = 100  # newest lists of a source that are searched for a paper's earlier listing


class StoredLists:
    """The stored lists of one source."""

    def __init__(self, content: Path, name: str) -> None:
        self._content = content
        self.folder = content / FETCHED / name
        self._first: dict[date, Path] = {}
        self._later: dict[date, dict[date, Path]] = {}  # day → day of the later response → its file
        for file in sorted(self.folder.glob("*")):
            named = list_name(file.name)
            if named and file.is_file():
                self._know(named, file)
        self._rows: dict[Path, Mapping[str, Row]] = {}

    def path(self, day: date, seen: date | None = None) -> Path | None:
        """Return the file of a day's list, or of its changes received on the day `seen`; None if there is none."""
        return self._later.get(day, {}).get(seen) if seen else self._first.get(day)

    def has_later(self, day: date) -> bool:
        return day in self._later

    def ids(self, day: date) -> tuple[str, ...]:
        """Return the ids of the papers in a day's list, none if there is no list."""
        return tuple(self.rows(day))

    def rows(self, day: date) -> dict[str, Row]:
        """Return the stored fields of a day's papers by id, with later changes applied."""
        known: dict[str, Row] = {}
        if day in self._first:
            for file in (self._first[day], *(file for _, file in sorted(self._later.get(day, {}).items()))):
                for paper, row in self._read(file).items():
                    known[paper] = renewed(known[paper], row) if paper in known else row
        return known

    def before(self, day: date) -> tuple[str, ...]:
        """Return the ids of the newest list before a day."""
        earlier = [list_day for list_day in self._first if list_day < day]
        return self.ids(max(earlier)) if earlier else ()

    def first_days(self, day: date) -> dict[str, date]:
        """Return for each paper in the newest lists before a day, by id, the day of the first list that has it."""
        earlier = sorted(list_day for list_day in self._first if list_day < day)[-REMEMBERED:]
        return {paper: list_day for list_day in reversed(earlier) for paper in self.ids(list_day)}

    def sizes(self, day: date) -> Sequence[int]:
        """Return the number of papers of the ten newest lists before a day."""
        earlier = sorted(list_day for list_day in self._first if list_day < day)[-10:]
        return [len(self.ids(list_day)) for list_day in earlier]

    def keep(self, day: date, suffix: str, text: str, seen: date | None = None) -> Path:
        """Write the list of a day, replacing an existing one, and return its file.

        seen: the later day on which changes were received, which are stored next to the list. Unchanged text is not
        written again.
        """
        named = ListName(day, seen)
        file = self.folder / f"{day.isoformat()}{f'@{seen.isoformat()}' if seen else ''}.{suffix}"
        data = text.encode("utf-8", "backslashreplace")
        old = self.path(day, seen)
        if old != file or file.read_bytes() != data:
            save(file, data)
            if old is not None and old != file:
                old.unlink(missing_ok=True)
            self._know(named, file)
            self._rows.pop(file, None)
        return file

    def _know(self, named: ListName, file: Path) -> None:
        if named.seen:
            self._later.setdefault(named.day, {})[named.seen] = file
        else:
            self._first[named.day] = file

    def _read(self, file: Path) -> Mapping[str, Row]:
        if file not in self._rows:
            self._rows[file] = _rows_of(file, file.relative_to(self._content).as_posix())
        return self._rows[file]


def save(file: Path, data: bytes) -> None:
    """Write a file into the content folder atomically.

    Raises BuildError if that fails; an existing file is then unchanged.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data)
    except OSError as error:
        raise BuildError(f"{file} cannot be written: {error.strerror}") from error


def _rows_of(file: Path, path: str) -> dict[str, Row]:
    """Return the fields of a list's papers by id; of a file that was damaged since, those that can be read."""
    try:
        records = list(read_list(Source.from_file(file, path), FileReport(path), Problems()))
    except DecodeError:
        return {}
    return first_of_each(map(id_of, records), (record.fields for record in records))
