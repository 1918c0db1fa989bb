"""What became of every record: the line that ends a build, and the whole account as JSON."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from site_builder.build import Build
from site_builder.papers.paper import Paper
from site_builder.problems import Problems
from site_builder.sources import FileReport
from site_builder.terminal import printable


def report_line(result: Build, seconds: float) -> str:
    """Return the one line that ends a build: what was read, what became of it, and what was written."""
    papers, written = result.papers, result.written
    parts = [
        _count(len(result.sources.files), "file") + " read",
        _count(papers.records, "record"),
        _count(len(papers.papers), "paper"),
        f"{papers.merged} merged",
        f"{result.undated} undated",
        _count(len(result.problems), "problem"),
        _count(result.pages, "page"),
    ]
    if written:
        parts += [f"{written.written} written", f"{written.unchanged} unchanged", f"{written.removed} removed"]
    else:
        parts += ["nothing written"]
    return ", ".join([*parts, f"{seconds:.1f} s"])


def account(files: Iterable[FileReport], papers: Iterable[Paper], problems: Problems) -> dict[str, Any]:
    """Return the account of all lists: records = papers + merged + set aside + lost, for each file and in all.

    papers: records that made a paper; merged: those joined to a paper that another record made; set_aside: count by
    reason; lost: records that became a problem. lines: non-blank ones, for formats that count them.
    """
    made = Counter(paper.places[0].path for paper in papers)
    untitled = Counter(problem.path for problem in problems for _ in range(problem.records))
    accounts = [_file_account(file, made[file.path], untitled[file.path]) for file in files]
    counts = ("records", "papers", "merged", "lost")
    total: dict[str, Any] = {name: sum(each[name] for each in accounts) for name in counts}
    total["set_aside"] = sum(sum(each["set_aside"].values()) for each in accounts)
    told = [
        {
            "path": printable(problem.path),
            "line": problem.line,
            "what": printable(problem.what),
            "remedy": printable(problem.remedy),
        }
        for problem in problems
    ]
    return {"total": total, "files": accounts, "problems": told}


def _file_account(file: FileReport, papers: int, lost: int) -> dict[str, Any]:
    set_aside = dict(sorted(file.set_aside.items()))
    return {
        "path": file.path,
        "format": file.reader or None,
        "records": file.records,
        "papers": papers,
        "merged": file.records - papers - lost - file.set_aside.total(),
        "set_aside": set_aside,
        "lost": lost,
        "lines": {
            "all": file.lines,
            "papers": file.lines_in_papers,
            "furniture": file.lines_in_furniture,
            "problems": file.lines_in_problems,
        },
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
