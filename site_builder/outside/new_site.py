"""`broadsheet new`: the folder of a new site, from the files of `skeleton/`."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from site_builder.outside.schemas import list_schema, site_schema
from site_builder.problems import BuildError

SKELETON = Path(__file__).parent / "skeleton"
TODAY = "TODAY"  # stands in names and texts of the skeleton for the day the site is begun
# Files of the skeleton whose names would hide them from packaging → their names in a site.
NAMES = {
    "workflows/digest.yml": ".github/workflows/digest.yml",
    "workflows/gitlab-ci.yml": ".gitlab-ci.yml",
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
}


def new_site(folder: Path, today: date) -> tuple[Path, ...]:
    """Write the files of a new site into a folder that is empty or does not exist, and return them.

    today: the day of the first list and note. Raises BuildError when the folder holds something.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BuildError(f"{folder} is not empty; name a new folder")
        return tuple(_write(folder / path, content) for path, content in _files(today))
    except OSError as error:
        raise BuildError(f"{error.filename or folder} cannot be written: {error.strerror}") from error


def _write(file: Path, content: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def _files(today: date) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of every file of a new site."""
    day = today.isoformat()
    for file in sorted(SKELETON.rglob("*")):
        name = file.relative_to(SKELETON).as_posix()
        if file.is_file() and "__pycache__" not in name:
            yield NAMES.get(name, name).replace(TODAY, day), file.read_bytes().replace(TODAY.encode(), day.encode())
    for name, schema in (("site", site_schema()), ("papers", list_schema())):
        yield f"schemas/{name}.schema.json", _json(schema)


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
