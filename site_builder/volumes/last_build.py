"""Inputs and report of the last build: when nothing changed since, the build is skipped.

This runs before the build's modules are imported, so it imports little itself.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from site_builder.fingerprint import fingerprint_of_all, fingerprint_of_file, stat_key
from site_builder.model.published import FOLDER as PUBLISHED
from site_builder.problems import BuildError
from site_builder.themes import shipped_templates
from site_builder.volumes.code_version import code_version
from site_builder.write.drafts import MARK
from site_builder.write.foreign import find_foreign
from site_builder.write.manifest import MANIFEST, OWN_FOLDER, read_manifest
from site_builder.written_file import replace_file

LAST_BUILD = f"{OWN_FOLDER}/last_build.json"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build reported.

    summary: the report line up to what was written; files: how many files the site has.
    """

    problems: Sequence[str]
    foreign: Sequence[str]
    warnings: Sequence[str]
    summary: str
    files: int


class LastBuild:
    """The record that the last build of a content folder left in an output folder."""

    def __init__(self, content: Path, output: Path, base_url: str = "", *, is_draft: bool = False) -> None:
        """Digest the inputs' status before they are read, so that the next build notices edits made during this one.

        base_url: overrides the address in `site.yaml`. is_draft: whether held papers are shown too.
        """
        self._content, self._output, self._is_draft = content, output, is_draft
        self._options = f"{code_version()}\0{content}\0{base_url}\0{is_draft}\0"
        self._statuses = self._digest(stat_key)
        self._contents = ""  # digest of the contents, needed when the statuses differ

    def report(self, now: datetime) -> BuildReport | None:
        """Return the last build's report if building again would report and write the same, else None.

        now: the time of this build; feeds change when an entry has become due since.
        """
        if os.path.lexists(self._output / MARK) != self._is_draft:  # a build of the other kind was broken off
            return None
        try:
            known = orjson.loads((self._output / LAST_BUILD).read_bytes())
            begin, end = datetime.fromisoformat(known["begin"]), known["end"]
            if now < begin or (end and now >= datetime.fromisoformat(end)):
                known = {}
            elif (
                self._statuses
                and known["looks"] == self._statuses
                and known["outputs"] == self._outputs(known["hidden"])
            ):
                return BuildReport(
                    known["problems"], known["foreign"], known["warnings"], known["summary"], known["files"]
                )
        except (OSError, ValueError, KeyError, TypeError):
            known = {}
        self._contents = self._digest(fingerprint_of_file) if self._statuses else ""
        try:
            return self._report_of_equal_inputs(known)
        except (OSError, ValueError, KeyError, TypeError, BuildError):
            return None

    def remember(self, now: datetime, end: datetime | None, report: BuildReport) -> None:
        """Save a report, ignoring disk errors. end: when the next feed entry becomes due."""
        with suppress(OSError):
            hidden = [path for path in read_manifest(self._output) if path.startswith(".") or "/." in path]
            known = {
                "inputs": self._contents,
                "published": self._published(),
                "manifest": fingerprint_of_file(self._output / MANIFEST),
                "looks": self._statuses,
                "hidden": hidden,
                "outputs": self._outputs(hidden),
                "begin": now.isoformat(),
                "end": end.isoformat() if end else "",
                **asdict(report),
            }
            replace_file(self._output / LAST_BUILD, orjson.dumps(known), str(os.getpid()))

    def _report_of_equal_inputs(self, known: Mapping[str, Any]) -> BuildReport | None:
        """Return the last report if only times of inputs changed, not their bytes, as after a fresh checkout."""
        if not self._contents or known["inputs"] != self._contents or known["published"] != self._published():
            return None
        if known["manifest"] != fingerprint_of_file(self._output / MANIFEST):
            return None
        manifest = read_manifest(self._output)
        if not all(entry.is_of(os.lstat(f"{self._output}/{path}")) for path, entry in manifest.items()):
            return None
        foreign = find_foreign(self._output, manifest)
        return BuildReport(known["problems"], foreign, known["warnings"], known["summary"], len(manifest))

    def _digest(self, of_file: Callable[[Path], str]) -> str:
        parts: list[bytes | str] = [self._options]
        try:
            for folder in (self._content, self._content.resolve().parent / "templates", shipped_templates()):
                for path in _files(folder):
                    if folder == self._content and path.startswith(f"{PUBLISHED}/"):
                        continue
                    parts += [os.fsencode(path), of_file(folder / path)]
        except (OSError, _NotAFileError):
            return ""
        return fingerprint_of_all(parts)

    def _published(self) -> str:
        """Return a fingerprint of the content folder's `published/` records, which any build may write."""
        parts: list[bytes | str] = []
        with suppress(OSError, _NotAFileError):
            for path in _files(self._content / PUBLISHED):
                parts += [os.fsencode(path), fingerprint_of_file(self._content / PUBLISHED / path)]
        return fingerprint_of_all(parts)

    def _outputs(self, hidden: Sequence[str]) -> str:
        """Return a digest of names, sizes and times in the output folder and `published/`; reads no file.

        hidden: paths of the site's own hidden files; those of others are not looked at. Raises OSError without one.
        """
        parts: list[bytes | str] = [stat_key(self._output / MANIFEST)]
        parts += [_status_of(path, os.lstat(self._output / path)) for path in hidden]
        for folder in (self._output, self._content / PUBLISHED):
            for subfolder, statuses in _statuses_below(folder):
                parts += [os.fsencode(subfolder), os.fsencode(statuses)]
        return fingerprint_of_all(parts)


def _statuses_below(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each folder below `folder` with the names, modes, sizes and times of its files; hidden ones are skipped."""
    pending = [""] if folder.is_dir() else []
    while pending:
        current = pending.pop()
        statuses: list[str] = []
        with os.scandir(folder / current) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{current}{entry.name}/")
                else:
                    statuses.append(_status_of(entry.name, entry.stat(follow_symlinks=False)))
        pending.sort()
        yield current, "\0".join(sorted(statuses))


def _status_of(name: str, status: os.stat_result) -> str:
    return f"{name} {status.st_mode} {status.st_size} {status.st_mtime_ns}"


class _NotAFileError(Exception):
    """The inputs contain something that is not a regular file."""


def _files(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder, sorted; hidden files only below `static/`."""
    found: list[str] = []
    pending = [""] if folder.is_dir() else []
    while pending:
        current = pending.pop()
        with os.scandir(folder / current) as entries:
            for entry in entries:
                if entry.name.startswith(".") and not current.startswith("static/"):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{current}{entry.name}/")
                elif stat.S_ISREG(entry.stat().st_mode):
                    found.append(current + entry.name)
                else:
                    raise _NotAFileError
    yield from sorted(found)
