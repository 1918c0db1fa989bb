"""Write a single file, new or atomically replacing another; and JSON for human readers."""

import os
from contextlib import suppress
from pathlib import Path

import orjson

READABLE = 0o644  # by everyone, whatever the umask


def indented_json(value: object) -> bytes:
    """Return a value as indented JSON, which can be read and diffed line by line."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def write_new_file(
    file: Path | str, content: bytes, *, mode: int = READABLE, is_synced: bool = False
) -> os.stat_result:
    """Write a file that does not exist yet and return its status. Raises OSError.

    is_synced: wait until the disk has stored it.
    """
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        os.fchmod(descriptor, mode)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if is_synced:
            os.fsync(descriptor)
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def replace_file(file: Path, content: bytes, aside: str = "new", *, mode: int = READABLE) -> None:
    """Replace a file atomically: write a temporary file and rename it, so that even a crash leaves no partial file.

    aside: suffix of the temporary name; must be unique per process if several may write the same file.
    Raises OSError, leaving the old file in place.
    """
    new = file.with_name(f".{file.name}.{aside}")  # hidden, so builds do not read it
    new.unlink(missing_ok=True)
    try:
        write_new_file(new, content, mode=mode, is_synced=True)
        new.replace(file)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
