"""What was published → `content/published/`, each file in one step."""

from collections.abc import Collection, Mapping
from pathlib import Path

from site_builder.written_file import replace_file


def write_published(content: Path, read: Collection[str], after: Mapping[str, str]) -> list[str]:
    """Write the files that differ; texts by path. Files that were read and hold nothing now go.

    Returns the paths of those that hold something and were not read, which are left as they are. Raises OSError.
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
