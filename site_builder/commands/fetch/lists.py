"""The fetched lists below `content/papers/fetched/`, never half written.

Each day of a source has its list, `2026-11-20.json`, as it first came; what the source said otherwise on a later day
stands next to it, `2026-11-20@2026-11-23.json`, with the papers that had changed.
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

REMEMBERED = 100  # newest lists of a source in which a paper may have stood before


class StoredLists:
    """The lists of one source."""

    def __init__(self, content: Path, name: str) -> None:
        self._content = content
        self.folder = content / FETCHED / name
        self._first: dict[date, Path] = {}
        self._later: dict[date, dict[date, Path]] = {}  # day → day the answer came → its file
        for file in sorted(self.folder.glob("*")):
            named = list_name(file.name)
            if named and file.is_file():
                self._know(named, file)
        self._rows: dict[Path, Mapping[str, Row]] = {}

    def path(self, day: date, seen: date | None = None) -> Path | None:
        """Return the file of a day's list, or of the answer for it that came on a later day."""
        return self._later.get(day, {}).get(seen) if seen else self._first.get(day)

    def has_later(self, day: date) -> bool:
        return day in self._later

    def ids(self, day: date) -> tuple[str, ...]:
        """Return the ids of the papers of a day's list, none when there is no such list."""
        return tuple(self.rows(day))

    def rows(self, day: date) -> dict[str, Row]:
        """Return what is kept of each paper of a day's list, by its id: every field as it came last."""
        known: dict[str, Row] = {}
        if day in self._first:
            for file in (self._first[day], *(file for _, file in sorted(self._later.get(day, {}).items()))):
                for paper, row in self._read(file).items():
                    known[paper] = renewed(known[paper], row) if paper in known else row
        return known

    def before(self, day: date) -> tuple[str, ...]:
        """Return the ids of the newest list before a day."""
        earlier = [each for each in self._first if each < day]
        return self.ids(max(earlier)) if earlier else ()

    def homes(self, day: date) -> dict[str, date]:
        """Return each paper of the newest lists before a day, by its id, with the day of its first one."""
        earlier = sorted(each for each in self._first if each < day)[-REMEMBERED:]
        return {paper: each for each in reversed(earlier) for paper in self.ids(each)}

    def sizes(self, day: date) -> Sequence[int]:
        """Return the numbers of papers of the ten newest lists before a day."""
        return [len(self.ids(each)) for each in sorted(each for each in self._first if each < day)[-10:]]

    def keep(self, day: date, suffix: str, text: str, seen: date | None = None) -> Path:
        """Write the list of a day in the place of the one there is, and return its file.

        seen: the later day on which the text came; it then stands next to the list. What is there letter for letter
        is not written again.
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
    """Put a file into the content folder, in one step.

    Raises BuildError when it cannot be written; what was there is there still.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data)
    except OSError as error:
        raise BuildError(f"{file} cannot be written: {error.strerror}") from error


def _rows_of(file: Path, path: str) -> dict[str, Row]:
    """Return the fields of a list's papers by id; of a file that somebody has broken since, those that can be read."""
    try:
        records = list(read_list(Source.from_file(file, path), FileReport(path), Problems()))
    except DecodeError:
        return {}
    return first_of_each(map(id_of, records), (record.fields for record in records))
