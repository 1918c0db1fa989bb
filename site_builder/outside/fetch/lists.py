"""The fetched lists below `content/papers/fetched/`, one file for each day of a source, never half written."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from site_builder.outside.fetch.answer import id_of
from site_builder.problems import BuildError, Problems
from site_builder.sources import FileReport, read_list
from site_builder.sources.fetch_status import FETCHED
from site_builder.sources.source import DecodeError, Source

REMEMBERED = 100  # newest lists of a source in which a paper may have stood before


class StoredLists:
    """The lists of one source."""

    def __init__(self, content: Path, name: str) -> None:
        self._content = content
        self.folder = content / FETCHED / name
        self._files = {day: file for file in sorted(self.folder.glob("*")) if (day := _day_of(file))}
        self._ids: dict[Path, tuple[str, ...]] = {}

    def path(self, day: date) -> Path | None:
        return self._files.get(day)

    def ids(self, day: date) -> tuple[str, ...]:
        """Return the ids of the papers of a day's list, none when there is no such list."""
        file = self._files.get(day)
        if file is None:
            return ()
        if file not in self._ids:
            self._ids[file] = _read_ids(file, file.relative_to(self._content).as_posix())
        return self._ids[file]

    def before(self, day: date) -> tuple[str, ...]:
        """Return the ids of the newest list before a day."""
        earlier = [each for each in self._files if each < day]
        return self.ids(max(earlier)) if earlier else ()

    def known(self, day: date) -> frozenset[str]:
        """Return the ids of all papers in the newest lists before a day."""
        earlier = sorted(each for each in self._files if each < day)[-REMEMBERED:]
        return frozenset(paper for each in earlier for paper in self.ids(each))

    def sizes(self, day: date) -> Sequence[int]:
        """Return the numbers of papers of the ten newest lists before a day."""
        return [len(self.ids(each)) for each in sorted(each for each in self._files if each < day)[-10:]]

    def keep(self, day: date, suffix: str, text: str) -> Path:
        """Write the list of a day in the place of the one there is, and return its file."""
        file = self.folder / f"{day.isoformat()}.{suffix}"
        replace_file(file, text.encode("utf-8", "backslashreplace"))
        old = self._files.get(day)
        if old is not None and old != file:
            old.unlink(missing_ok=True)
        self._files[day] = file
        self._ids.pop(file, None)
        return file


def replace_file(file: Path, data: bytes) -> None:
    """Write a file aside and move it into its place, so that nobody ever finds half of it.

    Raises BuildError when it cannot be written; what was there is there still.
    """
    aside = file.with_name(f".{file.name}.part")  # hidden: a build reads no such file
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(file)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise BuildError(f"{file} cannot be written: {error.strerror}") from error


def _day_of(file: Path) -> date | None:
    try:
        return date.fromisoformat(file.stem) if file.is_file() else None
    except ValueError:
        return None


def _read_ids(file: Path, path: str) -> tuple[str, ...]:
    """Return the ids of a list's papers; of a file that somebody has broken since, those that can be read."""
    try:
        return tuple(map(id_of, read_list(Source.from_file(file, path), FileReport(path), Problems())))
    except DecodeError:
        return ()
