"""`broadsheet new`: create the folder of a new site from the files in `skeleton/`."""

import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from site_builder.commands.schemas import desk_schema, list_schema, site_schema
from site_builder.problems import BuildError
from site_builder.written_file import indented_json

SKELETON = Path(__file__).parent / "skeleton"
TODAY = "TODAY"  # placeholder for the day in names and texts of the skeleton
# Skeleton files whose real names would exclude them from packages → their names in a site.
NAMES = {
    "workflows/digest.yml": ".github/workflows/digest.yml",
    "workflows/gitlab-ci.yml": ".gitlab-ci.yml",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
}


def new_site(folder: Path, today: date, zone: str = "UTC") -> tuple[Path, ...]:
    """Write the files of a new site to an empty or new folder, and return their paths.

    today: the day of the first list and note. zone: the time zone in which its days begin.
    Raises BuildError if the folder is not empty or cannot be written.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise BuildError(f"{folder} is a file; name a new folder")
        if folder.exists() and any(folder.iterdir()):
            raise BuildError(f"{folder} is not empty; name a new folder")
        is_there = folder.exists()
    except OSError as error:
        raise BuildError(f"{folder} cannot be read: {error.strerror}") from error
    try:
        return tuple(_write(folder / path, content) for path, content in _files(today, zone))
    except OSError as error:
        for begun in folder.iterdir() if is_there else [folder]:  # all of it is ours
            if begun.is_dir():
                shutil.rmtree(begun, ignore_errors=True)
            else:
                begun.unlink(missing_ok=True)
        raise BuildError(f"{error.filename or folder} cannot be written: {error.strerror}") from error


def _write(file: Path, content: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def _files(today: date, zone: str) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of every file of a new site."""
    day = today.isoformat()
    filled = {
        TODAY: day,
        "AUTHORITY": f"{secrets.token_hex(6)}.example,{day}",
        "ZONE": zone,
        "HOUR": _hour(today, zone),
    }
    for file in sorted(SKELETON.rglob("*")):
        name = file.relative_to(SKELETON).as_posix()
        if file.is_file() and "__pycache__" not in name:
            yield NAMES.get(name, name).replace(TODAY, day), _filled(file.read_bytes(), filled)
    for name, schema in (("site", site_schema()), ("papers", list_schema()), ("desk", desk_schema())):
        yield f"schemas/{name}.schema.json", indented_json(schema)


def _filled(content: bytes, values: Mapping[str, str]) -> bytes:
    for name, value in values.items():
        content = re.sub(rf"\b{name}\b".encode(), value.encode(), content)
    return content


def _hour(today: date, zone: str) -> str:
    """Return the hour in UTC at which it is six in the zone, in winter."""
    winter = datetime(today.year, 1 if _is_northern(zone) else 7, 1, 6, tzinfo=ZoneInfo(zone))
    return str(winter.astimezone(UTC).hour)


def _is_northern(zone: str) -> bool:
    january, july = (datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))
    return (january or timedelta()) <= (july or timedelta())
