"""Write the records of published papers and closed editions to `content/published/`, each file atomically."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from site_builder.model.editions import ClosedEditions
from site_builder.problems import BuildError
from site_builder.sources.content.editions import EDITIONS_FILE, editions_text
from site_builder.written_file import replace_file


def write_published(content: Path, read: Collection[str], after: Mapping[str, str]) -> list[str]:
    """Write the files whose text differs; remove files of `read` that are not in `after`. after: path → text.

    Returns the paths of non-empty files that were not read; they are left as they are. Raises OSError.
    """
    left = []
    for path, text in after.items():
        file, written = content / path, text.encode("utf-8", "surrogatepass")
        before = _bytes_of(file)
        if before and path not in read:
            left.append(path)
        elif before != written:
            file.parent.mkdir(exist_ok=True)
            replace_file(file, written)
    for path in set(read) - after.keys():
        (content / path).unlink(missing_ok=True)
    return left


def _bytes_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def write_editions(content: Path, editions: ClosedEditions) -> None:
    """Replace the file of closed editions. Raises BuildError, keeping the old file, when it cannot be written."""
    try:
        write_published(content, {EDITIONS_FILE}, {EDITIONS_FILE: editions_text(editions)})
        folder = os.open((content / EDITIONS_FILE).parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise BuildError(
            f"{content / EDITIONS_FILE} cannot be written: {error.strerror}; without it nothing is sent"
        ) from error
