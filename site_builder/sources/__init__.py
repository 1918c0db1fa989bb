"""Files → source records: the only room that reads content."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.cache import Cache, NoCache
from site_builder.fingerprint import fingerprint_of
from site_builder.model.editions import ClosedEditions
from site_builder.model.published import FOLDER as PUBLISHED
from site_builder.model.published import Published
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
from site_builder.sources.content_files import content_files
from site_builder.sources.editions import EDITIONS_FILE, read_editions
from site_builder.sources.fetch_status import STATUS, FetchStatus, read_status
from site_builder.sources.notes import FreePage, Note, read_free_page, read_note
from site_builder.sources.published import PublishedReader
from site_builder.sources.record import Furniture, Reader, SetAside, SourceRecord
from site_builder.sources.source import DecodeError, Source
from site_builder.sources.static_files import STATIC, StaticFile, is_misplaced, read_static, report_misplaced
from site_builder.sources.vocabulary import ORGANIZATIONS, TAGS, TermDefinition, read_vocabulary

NOTES, PAGES = "notes", "pages"
MISNAMED = {"site.yml": "site.yaml", "tags.yml": TAGS, "organizations.yml": ORGANIZATIONS}
NOT_LISTS = ("site.yaml", TAGS, ORGANIZATIONS, *MISNAMED)
LARGE = 64 * 1024 * 1024  # bytes; larger lists are read anew each time


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
    """Everything read from the content folder: records in the order of path and line, and what each file held.

    published: what earlier builds published. editions: those that have gone out by mail.
    """

    records: tuple[SourceRecord, ...]
    files: Mapping[str, FileReport]
    notes: tuple[Note, ...]
    pages: tuple[FreePage, ...]
    vocabulary: tuple[TermDefinition, ...]
    fetched: FetchStatus = field(default_factory=FetchStatus)
    published: Published = field(default_factory=Published)
    organizations: tuple[TermDefinition, ...] = ()
    static: tuple[StaticFile, ...] = ()
    editions: ClosedEditions = field(default_factory=ClosedEditions)


def read_sources(
    content: Path,
    problems: Problems,
    tick: Callable[[str, int, int], None] = lambda step, done, total: None,
    cache: Cache | None = None,
) -> Sources:
    """Read every list, note, page, static file and the vocabulary below a folder.

    cache: knows the lists that an earlier build read. tick(step, done, total) is told how far the work is.
    Raises BuildError when the folder itself cannot be read, or what was published was written by a later release.
    """
    if not content.is_dir():
        raise BuildError(f"there is no content folder at {content}; name it with --content")
    paths = list(content_files(content, problems))
    cache = cache or NoCache()
    records: list[SourceRecord] = []
    files: dict[str, FileReport] = {}
    others = _OtherFiles(problems)
    for done, path in enumerate(paths):
        tick("read", done, len(paths))
        try:
            if is_list(path):
                files[path] = FileReport(path)
                held, files[path] = recalled_list(content, path, problems, cache)
                records.extend(held)
            elif _folder(path) == STATIC:
                others.add_static(content, path)
            elif is_misplaced(path):
                report_misplaced(path, problems)
            else:
                others.read(Source.from_file(content / path, path))
        except DecodeError as error:
            problems.add(path, error.line, error.what, error.remedy)
    return others.with_lists(records, files)


class _OtherFiles:
    """Reads what is no list: notes, pages, the vocabulary, static files, and what Broadsheet keeps itself."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._notes: list[Note] = []
        self._pages: list[FreePage] = []
        self._terms: dict[str, tuple[TermDefinition, ...]] = {TAGS: (), ORGANIZATIONS: ()}
        self._fetched = FetchStatus()
        self._static: list[StaticFile] = []
        self._published = PublishedReader(problems)
        self._editions = ClosedEditions()

    def read(self, source: Source) -> None:
        """Read one file. Raises DecodeError, and BuildError for a file of a later release."""
        path, problems = source.path, self._problems
        if path in self._terms:
            self._terms[path] = read_vocabulary(source.text(), path, problems)
        elif path in MISNAMED:
            problems.add(path, None, f"what it says is read from {MISNAMED[path]}", "rename the file or remove it")
        elif path == STATUS:
            self._fetched = read_status(source.text(), path, problems)
        elif _folder(path) == NOTES:
            self._notes.extend(filter(None, [read_note(source, problems)]))
        elif _folder(path) == PAGES:
            self._pages.append(read_free_page(source, problems))
        elif path == EDITIONS_FILE:
            self._editions = read_editions(source, problems)
        elif _folder(path) == PUBLISHED:
            self._published.read(source)

    def add_static(self, content: Path, path: str) -> None:
        """Take up a file that goes into the site as it is."""
        self._static.extend(filter(None, [read_static(content, path, self._problems)]))

    def with_lists(self, records: Sequence[SourceRecord], files: Mapping[str, FileReport]) -> Sources:
        """Return everything read."""
        return Sources(
            records=tuple(records),
            files=files,
            notes=tuple(self._notes),
            pages=tuple(self._pages),
            vocabulary=self._terms[TAGS],
            fetched=self._fetched,
            published=self._published.published(),
            organizations=self._terms[ORGANIZATIONS],
            static=tuple(self._static),
            editions=self._editions,
        )


def is_list(path: str) -> bool:
    """Tell whether a file of the content folder is a list of papers."""
    is_apart = path in NOT_LISTS or path == STATUS or _folder(path) in {NOTES, PAGES, PUBLISHED, STATIC}
    return not (is_apart or is_misplaced(path))


def _folder(path: str) -> str:
    return path.partition("/")[0] if "/" in path else ""


def recalled_list(
    content: Path, path: str, problems: Problems, cache: Cache
) -> tuple[Sequence[SourceRecord], FileReport]:
    """Return the records of a list and its report, as an earlier build read them where the file is as it was then.

    Raises DecodeError.
    """
    file = content / path
    fingerprint = _fingerprint(file)
    report = FileReport(path, fingerprint=fingerprint)

    def read() -> tuple[list[SourceRecord], FileReport, list[Problem]] | None:
        noted = NotedProblems()
        records = list(read_list(Source.from_file(file, path), report, noted))
        return (records, report, noted.noted) if noted.is_whole else None

    known = cache.recall(_made_of(path, fingerprint), read) if fingerprint else None
    if known is None:
        report = FileReport(path, fingerprint=fingerprint)
        return list(read_list(Source.from_file(file, path), report, problems)), report
    problems.extend(known[2])
    return known[:2]


def unknown_lists(content: Path, cache: Cache) -> list[str]:
    """Return the paths of the lists that a cache would keep and does not know."""
    paths = filter(is_list, content_files(content, Problems()))
    known = ((path, _fingerprint(content / path)) for path in paths)
    return [path for path, fingerprint in known if fingerprint and cache.lacks(_made_of(path, fingerprint))]


def _made_of(path: str, fingerprint: str) -> tuple[str, str, str]:
    return "list", path, fingerprint


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
