"""What was published → `content/published/`, each file in one step."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from site_builder.written_file import replace_file


def write_published(content: Path, read: Iterable[str], after: Mapping[str, str]) -> None:
    """Write the files that differ; texts by path. Files that were read and hold nothing now go. Raises OSError."""
    for path, text in after.items():
        file, written = content / path, text.encode("utf-8", "surrogatepass")
        if _bytes_of(file) != written:
            file.parent.mkdir(exist_ok=True)
            replace_file(file, written)
    for path in set(read) - after.keys():
        (content / path).unlink(missing_ok=True)


def _bytes_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
