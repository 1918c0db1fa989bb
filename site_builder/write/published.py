"""What was published → `content/published/`, each file in one step."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from site_builder.write.ledger import write_new_file


def write_published(content: Path, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Bring the files of a content folder from one state to another; texts by path. Raises OSError."""
    for path, text in after.items():
        file = content / path
        if before.get(path) != text or not file.exists():
            file.parent.mkdir(exist_ok=True)
            _replace(file, text.encode("utf-8", "surrogatepass"))
    for path in before.keys() - after.keys():
        (content / path).unlink(missing_ok=True)


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
