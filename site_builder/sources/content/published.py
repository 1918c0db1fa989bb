"""`content/published/`: the record of what earlier builds published, one JSON object per line."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from site_builder.lazy import lazy_pattern
from site_builder.model.editions import ClosedEditions
from site_builder.model.published import (
    FOLDER,
    UNDATED,
    Published,
    PublishedPage,
    PublishedPaper,
    join_pages,
    join_papers,
)
from site_builder.problems import Problems
from site_builder.sources.content.editions import EDITIONS_FILE, read_editions
from site_builder.sources.content.state_line import (
    FOREIGN,
    FORMAT,
    check_format,
    file_text,
    ids_of,
    moment_of,
    moment_text,
    state_lines,
    state_text,
    text_of,
)

SITE_FILE = f"{FOLDER}/site.jsonl"
HEADER = {
    "broadsheet": "published",
    "format": FORMAT,
    "about": "What this site has published. Keep this folder with the lists: addresses and feed entries stay by it.",
}
_MISSING = "take it from the last good state, or remove this line to begin anew; until then no such file is written"
_NAME = lazy_pattern(rf"{FOLDER}/(site|papers-(?:\d{{4}}-\d\d|{UNDATED}))\.jsonl")


def month_file(first: str) -> str:
    """Return the path of the file for papers first listed in a month: `published/papers-2026-11.jsonl`."""
    return f"{FOLDER}/papers-{first}.jsonl"


class PublishedReader:
    """Collects the lines of all files in the folder.

    An unreadable line or file is a problem, and locks the file: the build does not rewrite it.
    """

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._papers: list[PublishedPaper] = []
        self._pages: list[PublishedPage] = []
        self._authorities: dict[str, int] = {}  # → its line number
        self._programs: set[str] = set()
        self._months: dict[str, int] = {}  # → its line number
        self._editions = ClosedEditions()
        self._of_editions = 0  # number of the line that says that editions were sent, 0 for none
        self._files: set[str] = set()
        self._locked: set[str] = set()

    def read(self, file: Path, path: str) -> None:
        """Read one file; path: below the content folder. Raises BuildError for a file of a later release."""
        if path == EDITIONS_FILE:
            self._editions = read_editions(file, self._problems)
            return
        if not (name := _NAME.fullmatch(path)):
            remedy = "move it elsewhere below the content folder if it is a list of papers"
            self._problems.add(
                path, None, "is not read: this folder is where Broadsheet keeps what it published", remedy
            )
            return
        try:
            text = state_text(file)
        except OSError as error:
            self._files.add(path)
            self._damaged(path, None, f"cannot be read ({error.strerror})")
            return
        if text.strip():  # an empty file counts as missing
            self._files.add(path)
        for number, line in state_lines(path, text, self._problems):
            self._add_line(path, number, line, name[1].removeprefix("papers-"))

    def published(self) -> Published:
        """Return all that was read; a recorded file that is missing is a problem."""
        for month, number in self._months.items():
            if month_file(month) not in self._files:
                self._locked.add(month_file(month))
                what = f"names {month_file(month)}, which is missing: its papers are taken for new ones"
                self._problems.add(SITE_FILE, number, what, _MISSING)
        if self._papers and SITE_FILE not in self._files:
            self._locked.add(SITE_FILE)
            what = (
                "is missing: the addresses of days, tags and authors, and what ids of entries begin with, are unknown"
            )
            remedy = (
                "take it from the last good state, or remove the whole folder to begin anew; none is written before"
            )
            self._problems.add(SITE_FILE, None, what, remedy)
        papers, pages = join_papers(self._papers), join_pages(self._pages)
        if self._programs:  # releases that write this line also write `numbered`, except if 0
            pages = {path: replace(page, numbered=page.numbered or 0) for path, page in pages.items()}
        files = frozenset(self._files - self._locked)
        program = self._programs.pop() if len(self._programs) == 1 else ""
        locked, months = frozenset(self._locked), frozenset(self._months)
        has_editions = bool(self._of_editions or self._editions.editions)
        return Published(papers, pages, self._authority(), program, files, locked, months, has_editions)

    def editions(self) -> ClosedEditions:
        """Return the editions that were read; it is a problem if there are none though some were sent."""
        if not self._of_editions or self._editions.editions or self._editions.is_damaged:
            return self._editions
        what = f"says that editions have gone out, and {EDITIONS_FILE} holds none"
        remedy = "take it from the last good state, or remove this line to begin anew; until then no edition is sent"
        self._problems.add(SITE_FILE, self._of_editions, what, remedy)
        return ClosedEditions(is_damaged=True)

    def _authority(self) -> str:
        """Return the authority of entry ids, the first by name if merged branches recorded several (a problem)."""
        first = min(self._authorities, default="")
        for other in sorted(self._authorities.keys() - {first}):
            what = f'entries were published with "{other}" and with "{first}", which is kept'
            remedy = (
                "nothing is left to do if it is the right one; if not, write the other in its place before building"
            )
            self._problems.add(SITE_FILE, self._authorities[other], what, remedy)
        return first

    def _add_line(self, path: str, number: int, line: str, first: str) -> None:
        try:
            values = orjson.loads(line)
            if "format" in values:
                check_format(path, values["format"])
            elif path != SITE_FILE:
                self._papers.append(_paper(values, first))
            elif "authority" in values:
                self._authorities.setdefault(text_of(values, "authority"), number)
            elif "papers" in values:
                self._months.setdefault(_month(values), number)
            elif "editions" in values:
                self._of_editions = number
            elif "program" in values:
                self._programs.add(text_of(values, "program"))
            else:
                self._pages.append(_page(values))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            self._damaged(path, number, FOREIGN)

    def _damaged(self, path: str, number: int | None, what: str) -> None:
        self._locked.add(path)
        remedy = (
            "take the file from the last good state, or remove the line; until then nothing is recorded in this file"
        )
        self._problems.add(path, number, what, remedy)


def _month(values: Mapping[str, object]) -> str:
    month = text_of(values, "papers")
    if not _NAME.fullmatch(month_file(month)):
        raise ValueError(month)
    return month


def _paper(values: Mapping[str, Any], first: str) -> PublishedPaper:
    return PublishedPaper(
        id=text_of(values, "id"),
        first=first,
        title=str(values.get("title", "")),
        text=str(values.get("text", "")),
        shown=str(values.get("shown", "")),
        ids=ids_of(values, "ids"),
        known=ids_of(values, "known"),
        marks={name: str(value) for name, value in values.get("marks", {}).items()},
        at=_moment(values, "at"),
        updated=_moment(values, "updated"),
        is_withdrawn=values.get("withdrawn") is True,
        is_gone=values.get("gone") is True,
    )


def _page(values: Mapping[str, Any]) -> PublishedPage:
    return PublishedPage(
        path=text_of(values, "path"),
        text=str(values.get("text", "")),
        shown=str(values.get("shown", "")),
        at=_moment(values, "at"),
        best=ids_of(values, "best"),
        first=str(values.get("first", "")),
        updated=_moment(values, "updated"),
        tags={slug: str(value) for slug, value in values.get("tags", {}).items()},
        tags_updated={slug: moment_of(value) for slug, value in values.get("tags_updated", {}).items()},
        numbered=None if values.get("numbered") is None else int(values["numbered"]),
        leads_to=str(values.get("leads_to", "")),
        since=str(values.get("since", "")),
        who=ids_of(values, "who"),
        is_gone=values.get("gone") is True,
    )


def _moment(values: Mapping[str, object], key: str) -> datetime | None:
    written = values.get(key)
    return None if written is None else moment_of(written)


def published_files(published: Published) -> dict[str, str]:
    """Return path → text of the files to write to the folder; locked ones are left out."""
    months: dict[str, list[PublishedPaper]] = {}
    for paper in published.papers.values():
        months.setdefault(paper.first, []).append(paper)
    files = {month_file(month): [_paper_line(paper) for paper in papers] for month, papers in months.items()}
    of_all = {"authority": published.authority, "program": published.program}
    site: list[dict[str, object]] = [{key: value} for key, value in of_all.items() if value]
    missing = {month for month in published.months if month_file(month) in published.locked}
    site += [{"papers": month} for month in months.keys() | missing]
    site += [{"editions": True}] if published.has_editions else []
    site += [_page_line(page) for page in published.pages.values()]
    if site:
        files[SITE_FILE] = site
    return {path: file_text(HEADER, lines) for path, lines in files.items() if path not in published.locked}


def _paper_line(paper: PublishedPaper) -> dict[str, object]:
    line = {"id": paper.id, "title": paper.title, "ids": paper.ids, "known": paper.known, "marks": paper.marks}
    return _without_empty(line | {"withdrawn": paper.is_withdrawn} | _state_of(paper))


def _page_line(page: PublishedPage) -> dict[str, object]:
    line = {"path": page.path, "best": page.best, "first": page.first, "numbered": page.numbered}
    line |= {"leads_to": page.leads_to, "since": page.since, "who": page.who}
    updated = {slug: moment_text(moment) for slug, moment in sorted(page.tags_updated.items())}
    return _without_empty(line | _state_of(page) | {"tags": page.tags, "tags_updated": updated})


def _state_of(record: PublishedPaper | PublishedPage) -> dict[str, object]:
    return {
        "text": record.text,
        "shown": record.shown,
        "at": _written(record.at),
        "updated": _written(record.updated),
        "gone": record.is_gone,
    }


def _written(moment: datetime | None) -> str:
    return moment_text(moment) if moment else ""


def _without_empty(line: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in line.items() if value}
