"""Bytes → output/: only what changed, all or nothing, in an order that never breaks a link.

Everything is first written aside, below `output/.broadsheet/`; a broken template or a full disk therefore leaves the
site as it was. Then each file is renamed into its place, in the order of the pages, and what is no longer made is
removed last. A ledger of what was written tells our files from those that others put into the folder.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import orjson

from site_builder.problems import BuildError

OWN_FOLDER = ".broadsheet"
LEDGER = "ledger.json"
Ledger = dict[str, tuple[str, int, int]]  # output path → (fingerprint, size in bytes, mtime in ns)


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: counts of files, and the files in the folder that no build of ours made."""

    written: int
    unchanged: int
    removed: int
    foreign: tuple[str, ...]


def write_files(files: Iterable[tuple[str, bytes]], output: Path) -> Written:
    """Write a stream of (output path, bytes) and return what was done.

    Raises BuildError, with the old site untouched, when the folder cannot hold the site or holds foreign files in
    the place of ours.
    """
    own = output / OWN_FOLDER
    try:
        shutil.rmtree(own / "staged", ignore_errors=True)
        (own / "staged").mkdir(parents=True)
        before = _read_ledger(own)
        after: Ledger = {}
        staged: dict[str, Path] = {}
        for path, content in files:
            fingerprint = blake2b(content, digest_size=16).hexdigest()
            known = before.get(path)
            if known and known[0] == fingerprint and _is_as_written(output / path, known):
                after[path] = known
                continue
            staged[path] = own / "staged" / str(len(staged))
            staged[path].write_bytes(content)
            status = staged[path].stat()
            after[path] = fingerprint, status.st_size, status.st_mtime_ns
        _refuse_foreign(output, staged, before)
        removed = _commit(output, before, after, staged)
    except OSError as error:
        raise BuildError(f"{error.filename or output} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(own / "staged", ignore_errors=True)
    return Written(len(staged), len(after) - len(staged), removed, _foreign(output, after))


def _commit(output: Path, before: Ledger, after: Ledger, staged: Mapping[str, Path]) -> int:
    """Move the staged files into their places and remove the old ones; return how many were removed."""
    gone = [path for path in before if path not in after]
    if not staged and not gone:
        return 0
    # Before the first file moves, the ledger names all that may be ours, so that a crash leaves no orphan.
    _write_ledger(output / OWN_FOLDER, {**before, **dict.fromkeys(staged, ("", 0, 0))})
    for folder in sorted({(output / path).parent for path in staged}):
        folder.mkdir(parents=True, exist_ok=True)
        if not folder.resolve().is_relative_to(output.resolve()):
            raise BuildError(f"{folder} is a link that leads out of {output}; remove it")
    for path, file in staged.items():
        file.replace(output / path)
    for path in gone:
        (output / path).unlink(missing_ok=True)
        _remove_empty_folders(output, (output / path).parent)
    _write_ledger(output / OWN_FOLDER, after)
    return len(gone)


def _is_as_written(file: Path, known: tuple[str, int, int]) -> bool:
    try:
        status = file.lstat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (known[1], known[2])


def _refuse_foreign(output: Path, staged: Mapping[str, Path], before: Ledger) -> None:
    """Refuse to write over a file that no build of ours made."""
    rivals = [path for path in staged if path not in before and os.path.lexists(output / path)]
    if rivals:
        named = ", ".join(rivals[:5]) + (f" and {len(rivals) - 5} more" if len(rivals) > 5 else "")  # noqa: PLR2004
        raise BuildError(f"{output} holds files that Broadsheet did not write: {named}; move them or empty the folder")


def _foreign(output: Path, ledger: Ledger) -> tuple[str, ...]:
    """Return the paths of all files in the folder that are not ours; hidden ones are nobody's business."""
    found = []
    for folder, folders, names in os.walk(output):
        folders[:] = [name for name in folders if not name.startswith(".")]
        place = Path(folder).relative_to(output)
        found += [path for name in names if not name.startswith(".") and (path := (place / name).as_posix()) not in ledger]
    return tuple(sorted(found))


def _remove_empty_folders(output: Path, folder: Path) -> None:
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _read_ledger(own: Path) -> Ledger:
    try:
        return {path: (entry[0], entry[1], entry[2]) for path, entry in orjson.loads((own / LEDGER).read_bytes()).items()}
    except FileNotFoundError:
        return {}
    except (orjson.JSONDecodeError, AttributeError, IndexError, TypeError):
        raise BuildError(f"{own / LEDGER} is damaged; remove the folder {own.parent} and build again") from None


def _write_ledger(own: Path, ledger: Ledger) -> None:
    staged = own / f"{LEDGER}.new"
    with staged.open("wb") as stream:
        stream.write(orjson.dumps(ledger, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
        stream.flush()
        os.fsync(stream.fileno())
    staged.replace(own / LEDGER)
