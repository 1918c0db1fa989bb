"""Files → source records: the only room that reads content."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.cache import Cache, NoCache
from site_builder.fingerprint import fingerprint_of
from site_builder.problems import BuildError, NotedProblems, Problem, Problems
from site_builder.sources import (
    arxiv_atom,
    arxiv_oai,
    arxiv_snapshot,
    bibtex,
    csl_json,
    delimited,
    hf_daily,
    json_papers,
    markdown_bullets,
    markdown_list,
    markdown_table,
    page_dump,
    page_lines,
    paper_feed,
    ris,
    yaml_list,
)
from site_builder.sources.fetch_status import STATUS, FetchStatus, read_status
from site_builder.sources.notes import FreePage, Note, read_free_page, read_note
from site_builder.sources.record import Furniture, Reader, SetAside, SourceRecord
from site_builder.sources.source import DecodeError, Source
from site_builder.sources.vocabulary import TagDefinition, read_vocabulary

NOTES, PAGES, VOCABULARY = "notes", "pages", "tags.yaml"
NOT_LISTS = ("site.yaml", VOCABULARY)
LARGE = 64 * 1024 * 1024  # bytes; larger lists are read anew each time
# Controls, ends of lines, explicit bidirectional controls, and bytes that are no UTF-8 (as Python names them).
_UNFIT_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(slots=True)
class FileReport:
    """What became of one list: lines are non-blank ones; `reader` is "" when no format was recognised.

    fingerprint: of the file's bytes; "" for one too large to be remembered.
    """

    path: str
    reader: str = ""
    lines: int = 0
    lines_in_papers: int = 0
    lines_in_furniture: int = 0
    lines_in_problems: int = 0
    records: int = 0
    kept: int = 0
    lost_records: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything read from the content folder: records in the order of path and line, and what each file held."""

    records: tuple[SourceRecord, ...]
    files: Mapping[str, FileReport]
    notes: tuple[Note, ...]
    pages: tuple[FreePage, ...]
    vocabulary: tuple[TagDefinition, ...]
    fetched: FetchStatus = field(default_factory=FetchStatus)


def read_sources(
    content: Path,
    problems: Problems,
    tick: Callable[[str, int, int], None] = lambda step, done, total: None,
    cache: Cache | None = None,
) -> Sources:
    """Read every list, note, page and the vocabulary below a folder.

    cache: knows the lists that an earlier build read. tick(step, done, total) is told how far the work is.
    Raises BuildError when the folder itself cannot be read.
    """
    if not content.is_dir():
        raise BuildError(f"there is no content folder at {content}; name it with --content")
    paths = list(_walk(content, problems))
    cache = cache or NoCache()
    records: list[SourceRecord] = []
    files: dict[str, FileReport] = {}
    notes: list[Note] = []
    pages: list[FreePage] = []
    vocabulary: tuple[TagDefinition, ...] = ()
    fetched = FetchStatus()
    for done, path in enumerate(paths):
        tick("read", done, len(paths))
        folder = path.partition("/")[0] if "/" in path else ""
        try:
            if path not in NOT_LISTS and path != STATUS and folder not in {NOTES, PAGES}:
                records.extend(_recalled(content / path, path, files, problems, cache))
                continue
            source = Source.from_file(content / path, path)
            if path == VOCABULARY:
                vocabulary = read_vocabulary(source.text(), path, problems)
            elif path == STATUS:
                fetched = read_status(source.text(), path, problems)
            elif folder == NOTES:
                notes.extend(filter(None, [read_note(source, problems)]))
            elif folder == PAGES:
                pages.append(read_free_page(source, problems))
        except DecodeError as error:
            problems.add(path, error.line, error.what, error.remedy)
    return Sources(tuple(records), files, tuple(notes), tuple(pages), vocabulary, fetched)


def _recalled(
    file: Path, path: str, files: dict[str, FileReport], problems: Problems, cache: Cache
) -> Sequence[SourceRecord]:
    """Return the records of a list, as an earlier build read them where the file is as it was then."""

    def read() -> tuple[list[SourceRecord], FileReport, list[Problem]] | None:
        report, noted = FileReport(path, fingerprint=fingerprint), NotedProblems()
        records = list(read_list(Source.from_file(file, path), report, noted))
        return (records, report, noted.noted) if noted.is_whole else None

    fingerprint = _fingerprint(file)
    files[path] = FileReport(path, fingerprint=fingerprint)
    known = cache.recall(("list", path, fingerprint), read) if fingerprint else None
    if known is None:
        return list(read_list(Source.from_file(file, path), files[path], problems))
    records, files[path], noted = known
    problems.extend(noted)
    return records


def _fingerprint(file: Path) -> str:
    """Return a fingerprint of a file's bytes; "" for one that is large, or that reading will find cannot be read."""
    try:
        return fingerprint_of(file) if file.stat().st_size < LARGE else ""
    except OSError:
        return ""


def read_list(source: Source, report: FileReport, problems: Problems) -> Iterator[SourceRecord]:
    """Yield the records of one list and fill its report; what is wrong with it goes to the problems.

    A file that stops being readable in the middle keeps the records before that place.
    """
    if not source.head.strip():
        problems.add(source.path, None, "the file is empty", "write a list of papers in it or remove it")
        return
    reader = recognise(source)
    if reader is None:
        remedy = "see `broadsheet formats` for what can be read"
        lost = sum(1 for _, line in source.lines() if line.strip())
        problems.add(source.path, None, "no format of paper lists is recognised", remedy, lost)
        report.lines = report.lines_in_problems = lost
        return
    report.reader = reader.name
    try:
        for item in reader.read(source):
            if isinstance(item, SourceRecord):
                report.kept += 1
                report.lines_in_papers += item.lines
                yield item
            elif isinstance(item, Problem):
                problems.extend([item])
                report.lines_in_problems += item.lines
                report.lost_records += item.records
            elif isinstance(item, Furniture):
                report.lines_in_furniture += item.lines
            elif isinstance(item, SetAside):
                report.lines_in_furniture += item.lines
                report.set_aside[item.why] += 1
    except DecodeError as error:
        problems.add(source.path, error.line, error.what, f"{error.remedy}; what stands before it was read")
    report.records = report.kept + report.lost_records + report.set_aside.total()
    if reader.counts_lines:
        report.lines = sum(1 for _, line in source.lines() if line.strip())


def recognise(source: Source) -> Reader | None:
    """Return the first reader that knows the text by its look."""
    return next((reader for reader in READERS if reader.recognises(source)), None)


def _walk(content: Path, problems: Problems) -> Iterator[str]:
    """Yield the path of every file below a folder, sorted; hidden ones are not read, nor what leads out of it."""
    home = content.resolve()
    found: list[str] = []

    def unreadable(error: OSError) -> None:
        path = Path(error.filename).relative_to(content).as_posix()
        problems.add(path, None, f"the folder cannot be read ({error.strerror})", "make it readable")

    for folder, folders, names in os.walk(content, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        visible = (name for name in (*names, *linked) if not name.startswith("."))
        found += [(Path(folder) / name).relative_to(content).as_posix() for name in visible]
    for path in sorted(found):
        if fault := _why_not_read(content / path, path, home):
            problems.add(path, None, *fault)
        else:
            yield path


def _why_not_read(file: Path, path: str, home: Path) -> tuple[str, str] | None:
    """Return what is wrong with a path below the content folder, and the remedy; None for a file to read."""
    if _UNFIT_NAME.search(path):
        return "the name holds bytes or signs that no text may hold", "rename it; it is not read"
    if file.is_symlink() and (file.is_dir() or not Path(os.path.realpath(file)).is_relative_to(home)):
        what = "to a folder" if file.is_dir() else "that leads out of the content folder"
        return f"is a link {what}", "put the files themselves here; it is not followed"
    if file.exists() and not file.is_file():
        return "is no file but a device or a pipe", "remove it; it is not read"
    return None


# Input formats; the first that recognises a file reads it, so the exact ones come first.
READERS: tuple[Reader, ...] = (
    hf_daily.READER,
    *arxiv_atom.READERS,
    arxiv_oai.READER,
    arxiv_snapshot.READER,
    paper_feed.READER,
    csl_json.READER,
    *json_papers.READERS,
    delimited.READER,
    bibtex.READER,
    ris.READER,
    markdown_list.READER,
    markdown_table.READER,
    markdown_bullets.READER,
    page_lines.READER,
    yaml_list.READER,
    page_dump.READER,
)
