"""Read and write the lines of the files in `content/published/`, one JSON object each, and check their values."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from site_builder.problems import BuildError, Problems

FORMAT = 1
FOREIGN = "is no line that Broadsheet wrote"
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")  # conflict markers of a merge, both sides of which are kept


def state_text(file: Path) -> str:
    """Return the text of a file; invalid bytes become escapes that make their line invalid JSON. Raises OSError."""
    data = file.read_bytes()
    is_utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if is_utf_16 else "utf-8-sig", "backslashreplace")


def state_lines(path: str, text: str, problems: Problems) -> Iterator[tuple[int, str]]:
    """Yield the numbers and texts of non-blank lines; skip conflict markers and report them once."""
    is_reported = False
    for number, line in enumerate(re.split(r"\r\n?|\n", text), start=1):
        if line.startswith(CONFLICT):
            if not is_reported:
                remedy = "nothing is left to do: what both sides say is kept, and the marks go"
                problems.add(path, number, "holds the marks of an unfinished merge", remedy)
            is_reported = True
        elif line.strip():
            yield number, line


def check_format(path: str, written: object) -> None:
    """Raise BuildError for a file written by a later release."""
    if not isinstance(written, int) or written > FORMAT:
        raise BuildError(f"{path} was written by a later release of Broadsheet: update it; nothing was written")


def ids_of(values: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return the ids under a key, or () if it is missing. Raises ValueError if they are invalid."""
    ids = values.get(key, [])
    if not isinstance(ids, list) or not all(isinstance(each, str) and each for each in ids):
        raise ValueError(key)
    return tuple(ids)


def text_of(values: Mapping[str, object], key: str) -> str:
    """Return the text under a key. Raises KeyError if it is missing, ValueError if it is empty or not a text."""
    value = values[key]
    if not isinstance(value, str) or not value:
        raise ValueError(key)
    return value


def moment_of(written: object) -> datetime:
    """Parse a timestamp and convert it to UTC. Raises ValueError without a time zone, TypeError if it is not a text."""
    if not isinstance(written, str):
        raise TypeError(written)
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(written)
    return moment.astimezone(UTC)


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def file_text(header: Mapping[str, object], lines: Iterable[Mapping[str, object]]) -> str:
    """Return the text of a file; lines are sorted, so that branches rarely conflict."""
    encode = json.JSONEncoder(ensure_ascii=False).encode  # orjson refuses lone surrogates
    written = sorted(map(encode, lines))
    return "\n".join([json.dumps(header), *written]) + "\n"
