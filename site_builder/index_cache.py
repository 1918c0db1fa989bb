"""The search index of the last build, kept for as long as what it was made of stays the same."""

import os
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple
from hashlib import blake2b
from pathlib import Path

import orjson

from site_builder import pagefind
from site_builder.pagefind import Files, Record


def cached_in(folder: Path) -> Callable[[Sequence[Record], str], Files]:
    """Return a `make_index` that keeps the latest index in a folder; a file there that is cut off is made anew.

    Nothing is kept in a folder that is a link or lies in one, for all its other files are removed.
    """

    def make_index(records: Sequence[Record], language: str) -> Files:
        if folder.is_symlink() or folder.parent.is_symlink():
            return pagefind.make_index(records, language)
        file = folder / f"{_fingerprint(records, language)}.zip"
        index = _read(file)
        if index is None:
            index = pagefind.make_index(records, language)
            with suppress(OSError):  # a cache that cannot be kept costs time, and nothing else
                _keep(index, file)
        return index

    return make_index


def _fingerprint(records: Sequence[Record], language: str) -> str:
    """Return a name for all that an index is made of."""
    made_of = (pagefind.version(), pagefind.CHUNK_SIZE, language, [astuple(record) for record in records])
    return blake2b(orjson.dumps(made_of), digest_size=16).hexdigest()


def _read(file: Path) -> Files | None:
    """Return the index in a file, each part checked by its sum; None when there is none or it is damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            return tuple((path, archive.read(path)) for path in archive.namelist())
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError):
        return None


def _keep(index: Files, file: Path) -> None:
    """Put the index into the file in one step, and forget all others."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    with zipfile.ZipFile(new, "w") as archive:
        for path, content in index:
            archive.writestr(path, content)
    new.replace(file)
    for other in file.parent.glob("*"):
        if other != file:
            other.unlink(missing_ok=True)
