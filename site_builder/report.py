"""Reports of a build: its final line, and the full account of all records as JSON."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NotRequired, TypedDict

from site_builder.problems import BuildError, counted
from site_builder.sources.content_files import BACKUP
from site_builder.terminal import printable
from site_builder.written_file import indented_json

if TYPE_CHECKING:  # not imported by a build that finds nothing changed
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from site_builder.build import Build
    from site_builder.model.paper import Paper
    from site_builder.problems import Problem, Problems
    from site_builder.sources import FileReport


class FileAccount(TypedDict):
    """What became of the records of one file. set_aside: count by reason. lines: only in formats that count lines."""

    path: str
    format: str | None
    other_formats: Sequence[str]
    is_quiet: bool
    unread: Mapping[str, int]
    records: int
    papers: int
    merged: int
    set_aside: Mapping[str, int]
    lost: int
    lines: Mapping[str, int]


class Account(TypedDict):
    """What became of the records of all files and of each, and all problems; optional keys only for a build."""

    total: dict[str, int]
    files: Sequence[FileAccount]
    problems: Sequence[Mapping[str, object]]
    passed_over: NotRequired[Mapping[str, str]]
    next_change: NotRequired[str | None]


SHARED = 10  # a problem in more files than this is shown once
_COUNTED = re.compile(r" in \d+ records?\b")


def summary(result: Build) -> str:
    """Return what was read and what became of it: the beginning of a build's final line."""
    papers = result.papers
    parts = [
        counted(len(result.sources.files), "file") + " read",
        counted(papers.records, "record"),
        counted(len(papers.papers), "paper"),
        f"{papers.merged} merged",
        f"{result.undated} undated",
        *([f"{len(result.released.held)} held"] if result.released.held else []),
        *([f"{result.released.hidden} hidden"] if result.released.hidden else []),
        counted(len(result.problems), "problem"),
        counted(result.pages, "page"),
    ]
    backups = sum(why == BACKUP for why in result.sources.passed_over.values())
    if backups:
        parts.append(f"{counted(backups, 'backup')} passed over")
    if result.next_entry:
        parts.append(f"entries are held back until {_moment(result.next_entry)}")
    return ", ".join(parts)


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Return a line for each problem, in order; one that many files share appears once, with how many others."""
    kinds = [(problem, (_COUNTED.sub("", problem.what), problem.remedy)) for problem in problems]
    files: dict[tuple[str, str], set[str]] = {}
    for problem, kind in kinds:
        files.setdefault(kind, set()).add(problem.path)
    lines = []
    shared: set[tuple[str, str]] = set()
    for problem, kind in kinds:
        if len(files[kind]) <= SHARED:
            lines.append(printable(str(problem)))
        elif kind not in shared:
            shared.add(kind)
            more = f"the same in {len(files[kind]) - 1} more files, which --report FILE names"
            lines.append(f"{printable(str(problem))} ({more})")
    return lines


def report_line(summary: str, counts: tuple[int, int, int] | None, seconds: float) -> str:
    """Return the final line of a build: what was read, what became of it, and what was written.

    counts: files written, unchanged and removed; None when nothing was to be written.
    """
    written = "nothing written"
    if counts:
        written = "{} written, {} unchanged, {} removed".format(*counts)
    return f"{summary}, {written}, {seconds:.1f} s"


def begin_account(file: Path, content: Path) -> None:
    """Check before a long build that the account can be written.

    Raises BuildError if it cannot, or if the next build would read it as a list.
    """
    if content.resolve() in file.resolve().parents:
        raise BuildError(f"the report {file} would lie in the content folder {content}, as a list; name another place")
    try:
        file.open("ab").close()
    except OSError as error:
        raise BuildError(f"the report {file} cannot be written: {error.strerror or error}") from error


def write_account(result: Build, file: Path) -> None:
    """Write the account of a build to a file. Raises BuildError with exit code 1 when the disk is full."""
    report = account(result.sources.files.values(), result.papers.papers, result.problems)
    report["passed_over"] = {printable(path): why for path, why in sorted(result.sources.passed_over.items())}
    report["total"] |= {"held": len(result.released.held), "hidden": result.released.hidden}
    report["next_change"] = _moment(result.next_change) if result.next_change else None
    try:
        file.write_bytes(indented_json(report))
    except OSError as error:
        what = f"the report {file} cannot be written: {error.strerror or error}; all else is done"
        raise BuildError(what, exit_code=1) from error


def account(files: Iterable[FileReport], papers: Iterable[Paper], problems: Problems) -> Account:
    """Return the account of all lists: records = papers + merged + set aside + lost, per file and in total.

    papers: records that became a paper. merged: records joined to a paper of another record.
    set_aside: count by reason. lost: records that became a problem.
    lines: non-blank lines, in formats that count them.
    """
    made = Counter(paper.places[0].path for paper in papers)
    untitled = Counter(problem.path for problem in problems for _ in range(problem.records))
    accounts = [_file_account(file, made[file.path], untitled[file.path]) for file in files]
    total = {
        "records": sum(each["records"] for each in accounts),
        "papers": sum(each["papers"] for each in accounts),
        "merged": sum(each["merged"] for each in accounts),
        "lost": sum(each["lost"] for each in accounts),
        "set_aside": sum(sum(each["set_aside"].values()) for each in accounts),
    }
    lists = [
        {
            "path": printable(problem.path),
            "line": problem.line,
            "what": printable(problem.what),
            "remedy": printable(problem.remedy),
        }
        for problem in problems
    ]
    return {"total": total, "files": accounts, "problems": lists}


def _file_account(file: FileReport, papers: int, lost: int) -> FileAccount:
    skipped = dict(sorted(file.skipped.items()))
    return {
        "path": file.path,
        "format": file.reader or None,
        "other_formats": file.other_readers,
        "is_quiet": file.is_quiet and not file.records,
        "unread": {printable(name): count for name, count in sorted(file.unread.items())},
        "records": file.records,
        "papers": papers,
        "merged": file.records - papers - lost - file.skipped.total(),
        "set_aside": skipped,
        "lost": lost,
        "lines": {
            "all": file.lines,
            "papers": file.lines_in_papers,
            "furniture": file.lines_in_boilerplate,
            "problems": file.lines_in_problems,
        },
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")
