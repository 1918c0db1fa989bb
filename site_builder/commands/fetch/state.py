"""State between fetches: the status of lists, which builds read too, and HTTP validators."""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import orjson

from site_builder.commands.fetch.http import Response
from site_builder.commands.fetch.lists import save
from site_builder.model.fetch_status import DayStatus, FetchStatus
from site_builder.problems import BuildError, Problems
from site_builder.sources.content.fetch_status import STATUS, read_status
from site_builder.sources.source import DecodeError, Source
from site_builder.written_file import indented_json

OWN_FOLDER = ".broadsheet"  # next to the content folder; if deleted, everything is requested in full once


@contextmanager
def locked_fetch(content: Path) -> Iterator[None]:
    """Lock a content folder against other fetches; the kernel releases the lock if the process is killed.

    Raises BuildError if another fetch is running.
    """
    file = content.absolute().parent / OWN_FOLDER / "fetch.lock"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = file.open("wb")
    except OSError as error:
        raise BuildError(f"{file} cannot be written: {error.strerror}") from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BuildError(f"another fetch is at work in {content}; wait until it has ended") from None
        yield


class Ledger:
    """The status of every day of every source, written after each step."""

    def __init__(self, content: Path) -> None:
        self._file = content / STATUS
        self._sources = {name: dict(days) for name, days in _read(self._file).sources.items()}

    def day(self, name: str, day: date) -> DayStatus | None:
        return self._sources.get(name, {}).get(day)

    def set(self, name: str, day: date, status: DayStatus) -> None:
        """Record the status of a day, on disk too."""
        self._sources.setdefault(name, {})[day] = status
        days = {name: dict(sorted(days.items())) for name, days in sorted(self._sources.items())}
        value = FetchStatus(sources=days).model_dump(mode="json", exclude_defaults=True)
        save(self._file, indented_json(value))


class HttpValidators:
    """ETag and Last-Modified of addresses (RFC 9110 §13.1), each with the file of the response that they identify."""

    def __init__(self, content: Path) -> None:
        self._file = content.absolute().parent / OWN_FOLDER / "fetch.json"
        try:
            known = orjson.loads(self._file.read_bytes())
        except (OSError, orjson.JSONDecodeError):
            known = {}
        self._known: dict[str, object] = known if isinstance(known, dict) else {}

    def headers(self, url: str, folder: Path) -> Mapping[str, str]:
        """Return headers for a conditional request, empty if the response is no longer stored in the folder."""
        known = self._known.get(url)
        if not isinstance(known, dict) or not (folder / str(known.get("file") or "-")).is_file():
            return {}
        values = {name: str(known[name]) for name in ("If-None-Match", "If-Modified-Since") if name in known}
        return {name: value for name, value in values.items() if value.isascii() and value.isprintable()}

    def remember(self, url: str, response: Response, file: Path) -> None:
        """Store the validators of a response; those of an earlier one go, as they identify something else."""
        before = self._known.pop(url, None)
        named = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
        known = {name: response.headers[header] for name, header in named.items() if header in response.headers}
        if known:
            self._known[url] = {"file": file.name, **known}
        if known or before:
            save(self._file, orjson.dumps(self._known, option=orjson.OPT_INDENT_2))


def _read(file: Path) -> FetchStatus:
    if not file.exists():
        return FetchStatus()
    try:
        return read_status(Source.from_file(file, STATUS).text(), STATUS, Problems())
    except DecodeError:
        return FetchStatus()
