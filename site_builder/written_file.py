"""One file → the disk: a new one, or one in the place of another, in one step; and JSON as people read it."""

import os
from contextlib import suppress
from pathlib import Path

import orjson

READABLE = 0o644  # by all, whatever the umask


def indented_json(value: object) -> bytes:
    """Return a value as JSON that is read, and compared, line by line."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def write_new_file(
    file: Path | str, content: bytes, *, mode: int = READABLE, is_synced: bool = False
) -> os.stat_result:
    """Write a file that does not exist yet; return its status. Raises OSError.

    is_synced: wait until the disk holds it.
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
    """Write a file aside and move it into its place, so that nobody ever finds half of it, also after a crash.

    aside: the ending of its name until then; one of the process where several may write the same file.
    Raises OSError; what was there is there still.
    """
    new = file.with_name(f".{file.name}.{aside}")  # hidden: a build reads no such file
    new.unlink(missing_ok=True)
    try:
        write_new_file(new, content, mode=mode, is_synced=True)
        new.replace(file)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
