"""`broadsheet import`: convert lists in any format to YAML lists, and report what was understood."""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from site_builder.commands.yaml_list import to_yaml
from site_builder.config.settings import read_settings
from site_builder.model.paper import Paper
from site_builder.model.raw_paper import RawPaper
from site_builder.papers import make_papers
from site_builder.problems import BuildError, Problems, counted
from site_builder.report import account
from site_builder.sources import FileReport, Sources, read_list
from site_builder.sources.source import DecodeError, Source
from site_builder.terminal import printable
from site_builder.urls import slugify
from site_builder.written_file import replace_file

PASTED = "pasted text"
SHOWN = 20  # papers in the table


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import: papers, a report for each list, problems, and the files written."""

    papers: tuple[Paper, ...]
    files: tuple[FileReport, ...]
    problems: Problems
    written: tuple[Path, ...]

    @property
    def exit_code(self) -> int:
        """0: every record was read; 1: a list or a record could not be; 2: nothing was written."""
        if not self.written:
            return 2
        files = account(self.files, self.papers, self.problems)["files"]
        return 1 if any(not file["format"] or file["lost"] for file in files) else 0


def import_lists(
    files: Sequence[Path], content: Path, day: date | None, tags: Sequence[str], pasted: BinaryIO
) -> Imported:
    """Read lists and write each as YAML to `content/papers/<name>.yaml`; existing files are never overwritten.

    files: the lists; if empty, text is read from `pasted`. day and tags: for every paper.
    Raises BuildError for broken settings, and if a file cannot be written.
    """
    problems = Problems()
    sources, reports = _read(files, pasted, problems)
    result = make_papers(sources, read_settings(content), problems)
    papers = tuple(_marked(paper, day, tags) for paper in result.papers)
    written = []
    for name in reports:
        of_list = [paper for paper in papers if paper.places[0].path == name]
        if of_list:
            written.append(_write(content / "papers", name, of_list))
    return Imported(papers, tuple(reports.values()), problems, tuple(written))


def _read(files: Sequence[Path], pasted: BinaryIO, problems: Problems) -> tuple[Sources, dict[str, FileReport]]:
    openers: dict[str, Callable[[], Source]] = {str(file): partial(Source.from_file, file, str(file)) for file in files}
    if not files:
        openers[PASTED] = lambda: Source(PASTED, partial(io.BytesIO, pasted.read()))
    records: list[RawPaper] = []
    reports = {name: FileReport(name) for name in openers}
    for name, open_source in openers.items():
        try:
            records += read_list(open_source(), reports[name], problems)
        except DecodeError as error:
            problems.add(name, error.line, error.what, error.remedy)
    return Sources(tuple(records), reports, (), (), ()), reports


def _marked(paper: Paper, day: date | None, tags: Sequence[str]) -> Paper:
    """Return a paper with the day and tags given on the command line."""
    listed = (day,) if day else paper.listed
    return replace(paper, listed=listed, tags=tuple(dict.fromkeys([*paper.tags, *tags])))


def _write(folder: Path, name: str, papers: Sequence[Paper]) -> Path:
    stem = slugify(Path(name).name.split(".")[0] if name != PASTED else "pasted")
    text = to_yaml(papers)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, sys.maxsize):
            file = folder / (f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml")
            if file.exists() and file.read_bytes() == text.encode():
                return file
            if not file.exists():
                replace_file(file, text.encode())
                return file
    except OSError as error:
        raise BuildError(f"{folder} cannot be written: {error.strerror}") from error
    raise AssertionError


def show(imported: Imported) -> None:
    """Print a table of the papers, then what was merged, skipped or not read."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False)
    table.add_column("Paper", no_wrap=True, max_width=max(30, console.width - 74))
    table.add_column("First author", no_wrap=True, max_width=20)
    for name in ("Published", "Listed"):
        table.add_column(name, no_wrap=True, min_width=10)
    table.add_column("Id", no_wrap=True, max_width=24)
    for paper in imported.papers[:SHOWN]:
        listed = ", ".join(day.isoformat() for day in paper.listed)
        row = (paper.title, paper.authors[0] if paper.authors else "", str(paper.published or ""), listed, paper.id)
        table.add_row(*(_plain(cell) for cell in row))
    console.print(table)
    if len(imported.papers) > SHOWN:
        console.print(f"… and {len(imported.papers) - SHOWN} more")
    report = account(imported.files, imported.papers, imported.problems)
    for file in report["files"]:
        aside = "".join(f", {count} set aside ({why})" for why, count in file["set_aside"].items())
        console.print(
            _plain(
                f"{file['path']}: {file['format'] or 'no known format'}, {counted(file['records'], 'record')}, "
                f"{counted(file['papers'], 'paper')}, {file['merged']} merged, {file['lost']} lost{aside}"
            ),
            soft_wrap=True,
        )
    for problem in imported.problems:
        console.print(_plain(str(problem)), soft_wrap=True)
    for path in imported.written:
        console.print(_plain(f"written: {path}"), soft_wrap=True)


def _plain(text: str) -> str:
    """Return text without anything that the terminal or rich would interpret."""
    from rich.markup import escape

    return escape(printable(text))
