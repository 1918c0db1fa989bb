"""What the last build was made of and what it told: when all of it is as it was, there is nothing to do.

This is looked at before the modules of a build are loaded, so it loads few itself.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

import orjson

from site_builder.code_version import code_version
from site_builder.fingerprint import fingerprint_of
from site_builder.model.published import FOLDER as PUBLISHED
from site_builder.problems import BuildError
from site_builder.themes import shipped_templates
from site_builder.write.foreign import find_foreign
from site_builder.write.ledger import LEDGER, OWN_FOLDER, read_ledger, write_new_file

LAST_BUILD = f"{OWN_FOLDER}/last_build.json"


@dataclass(frozen=True, slots=True)
class Told:
    """What a build told: problems, foreign files, warnings, the report line up to what was written, its files."""

    problems: Sequence[str]
    foreign: Sequence[str]
    warnings: Sequence[str]
    summary: str
    files: int


def inputs_of(content: Path, base_url: str, *, is_draft: bool = False) -> str:
    """Return a fingerprint of all that a build reads but does not write, "" when that cannot be told beforehand.

    base_url: the address given in place of that in `site.yaml`. is_draft: what is held is shown, too.
    """
    digest = blake2b(
        f"{code_version()}\0{content}\0{base_url}\0{is_draft}\0".encode("utf-8", "surrogatepass"), digest_size=16
    )
    try:
        for folder in (content, content.resolve().parent / "templates", shipped_templates()):
            for path in _files(folder):
                if folder == content and path.startswith(f"{PUBLISHED}/"):
                    continue
                digest.update(os.fsencode(path) + b"\0" + fingerprint_of(folder / path).encode())
    except (OSError, _UnclearError):
        return ""
    return digest.hexdigest()


def published_of(content: Path) -> str:
    """Return a fingerprint of what a content folder says that was published, which every build may write."""
    digest = blake2b(digest_size=16)
    with suppress(OSError, _UnclearError):
        for path in _files(content / PUBLISHED):
            digest.update(os.fsencode(path) + b"\0" + fingerprint_of(content / PUBLISHED / path).encode())
    return digest.hexdigest()


def told_before(output: Path, inputs: str, published: str, now: datetime) -> Told | None:
    """Return what the last build told when another one would find and write the same, else None.

    now: the moment of this build; an entry that has come out since changes the feeds.
    """
    try:
        known = orjson.loads((output / LAST_BUILD).read_bytes())
        begin, end = datetime.fromisoformat(known["begin"]), known["end"]
        is_same = inputs and (known["inputs"], known["published"]) == (inputs, published)
        is_same = is_same and known["ledger"] == fingerprint_of(output / LEDGER)
        if not is_same or now < begin or (end and now >= datetime.fromisoformat(end)):
            return None
        ledger = read_ledger(output)
        if not all(entry.is_of(os.lstat(f"{output}/{path}")) for path, entry in ledger.items()):
            return None
        return Told(known["problems"], find_foreign(output, ledger), known["warnings"], known["summary"], len(ledger))
    except (OSError, ValueError, KeyError, TypeError, BuildError):
        return None


def remember(output: Path, inputs: str, published: str, now: datetime, end: datetime | None, told: Told) -> None:
    """Keep what a build told; end: when the next entry of a feed comes out. What cannot be kept costs only time."""
    known = {
        "inputs": inputs,
        "published": published,
        "ledger": fingerprint_of(output / LEDGER),
        "begin": now.isoformat(),
        "end": end.isoformat() if end else "",
        **asdict(told),
    }
    new = output / f"{LAST_BUILD}.{os.getpid()}"
    with suppress(OSError):
        try:
            write_new_file(new, orjson.dumps(known))
            new.replace(output / LAST_BUILD)
        finally:
            new.unlink(missing_ok=True)


class _UnclearError(Exception):
    """Something lies among the inputs that is no plain file."""


def _files(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder, in order; none that is hidden, except in `static/`."""
    found: list[str] = []
    pending = [""] if folder.is_dir() else []
    while pending:
        place = pending.pop()
        with os.scandir(folder / place) as entries:
            for entry in entries:
                if entry.name.startswith(".") and not place.startswith("static/"):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{place}{entry.name}/")
                elif stat.S_ISREG(entry.stat().st_mode):
                    found.append(place + entry.name)
                else:
                    raise _UnclearError
    yield from sorted(found)
