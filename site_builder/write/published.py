"""What was published → `content/published/`, each file in one step."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from site_builder.write.ledger import write_new_file


def write_published(content: Path, read: Iterable[str], after: Mapping[str, str]) -> None:
    """Write the files that differ; texts by path. Files that were read and hold nothing now go. Raises OSError."""
    for path, text in after.items():
        file, written = content / path, text.encode("utf-8", "surrogatepass")
        if _bytes_of(file) != written:
            file.parent.mkdir(exist_ok=True)
            _replace(file, written)
    for path in set(read) - after.keys():
        (content / path).unlink(missing_ok=True)


def _bytes_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _replace(file: Path, text: bytes) -> None:
    new = file.with_name(f".{file.name}.new")
    new.unlink(missing_ok=True)
    try:
        write_new_file(new, text, is_synced=True)
        new.replace(file)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
