"""Read the content folder into raw papers, notes and pages; the only step that reads content."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from site_builder.fingerprint import fingerprint_of_file
from site_builder.model.editions import ClosedEditions
from site_builder.model.fetch_status import FetchStatus
from site_builder.model.note import FreePage, Note
from site_builder.model.published import FOLDER as PUBLISHED
from site_builder.model.published import Published
from site_builder.model.raw_paper import Item, QuietDay, RawPaper, Skipped, UnreadOfList
from site_builder.problems import NotedProblems, Problem, Problems, no_content_folder
from site_builder.sources.content.completions import COMPLETED, Completions, read_completions
from site_builder.sources.content.desk import DESK, Desk, DeskEntry, entry_of_note, notes_of, read_desk
from site_builder.sources.content.fetch_status import STATUS, read_status
from site_builder.sources.content.notes import read_free_page, read_note
from site_builder.sources.content.picture_files import (
    IMAGES,
    Credits,
    PictureSource,
    is_credits,
    read_credits,
    with_credits,
)
from site_builder.sources.content.published import PublishedReader
from site_builder.sources.content.static_files import (
    FILES,
    STATIC,
    StaticFile,
    is_misplaced,
    read_static,
    report_misplaced,
)
from site_builder.sources.content.vocabulary import ORGANIZATIONS, PEOPLE, TAGS, TermDefinition, read_vocabulary
from site_builder.sources.content_files import content_files, meant_file
from site_builder.sources.fields.named_fields import normalised_fields
from site_builder.sources.fields.unread import UnreadKeys
from site_builder.sources.file_kinds import text_kind
from site_builder.sources.formats import readers_of
from site_builder.sources.source import DecodeError, Source
from site_builder.volumes.cache import Cache, NoCache

NOTES, PAGES = "notes", "pages"
NOT_LISTS = ("site.yaml", TAGS, ORGANIZATIONS, PEOPLE, DESK)
NO_LISTS_IN = frozenset({NOTES, PAGES, PUBLISHED, STATIC, IMAGES, FILES})
LARGE = 64 * 1024 * 1024  # bytes; larger lists are read again each time


@dataclass(slots=True)
class FileReport:
    """Statistics on reading one list. Lines are counted without blank ones.

    reader: "" if no format was recognised. other_readers: formats that also fit, but read fewer fields.
    kept: records that were read. lost_records: records with a problem. is_quiet: the list states that it is empty.
    unread: unread key → number of records that have it.
    fingerprint: of the file's bytes; "" if the file is too large to cache.
    """

    path: str
    reader: str = ""
    lines: int = 0
    lines_in_papers: int = 0
    lines_in_boilerplate: int = 0
    lines_in_problems: int = 0
    records: int = 0
    kept: int = 0
    lost_records: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    fingerprint: str = ""
    other_readers: list[str] = field(default_factory=list)
    is_quiet: bool = False
    unread: Counter[str] = field(default_factory=Counter)

    def count(self, item: Item) -> None:
        """Count one item of the list."""
        if isinstance(item, RawPaper):
            self.kept += 1
            self.lines_in_papers += item.lines
        elif isinstance(item, Problem):
            self.lines_in_problems += item.lines
            self.lost_records += item.records
        elif isinstance(item, QuietDay):
            self.is_quiet = True
        elif not isinstance(item, UnreadOfList):
            self.lines_in_boilerplate += item.lines
            self.skipped.update([item.why] if isinstance(item, Skipped) else [])


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything read from the content folder.

    records: in order of path and line. files: path of each list → report on reading it.
    published: what earlier builds published. editions: those already sent by mail.
    passed_over: path of each ignored file → what it is (a hidden file, a backup …).
    """

    records: tuple[RawPaper, ...]
    files: Mapping[str, FileReport]
    notes: tuple[Note, ...]
    pages: tuple[FreePage, ...]
    vocabulary: tuple[TermDefinition, ...]
    fetched: FetchStatus = field(default_factory=FetchStatus)
    published: Published = field(default_factory=Published)
    organizations: tuple[TermDefinition, ...] = ()
    people: tuple[TermDefinition, ...] = ()
    static: tuple[StaticFile, ...] = ()
    pictures: tuple[PictureSource, ...] = ()
    passed_over: Mapping[str, str] = field(default_factory=dict)
    completions: Completions = field(default_factory=Completions)
    desk: Desk = field(default_factory=Desk)
    editions: ClosedEditions = field(default_factory=ClosedEditions)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (path, Markdown) of notes, free pages and the desk's texts on editions."""
        yield from ((note.path, note.markdown) for note in self.notes)
        yield from ((page.path, page.markdown) for page in self.pages)
        for entry in self.desk.editions:
            yield from ((entry.path, value) for value in entry.values.values() if isinstance(value, str))


def read_sources(
    content: Path,
    problems: Problems,
    on_progress: Callable[[str, int, int], None] = lambda step, done, total: None,
    cache: Cache | None = None,
) -> Sources:
    """Read all files of the content folder.

    cache: holds the lists that earlier builds read. on_progress(step, done, total) is called before each file.
    Raises BuildError if the folder does not exist, the desk is broken, or a later release wrote `published/`.
    """
    if not content.is_dir():
        raise no_content_folder(content)
    passed_over: dict[str, str] = {}
    paths = list(content_files(content, problems, passed_over))
    cache = cache or NoCache()
    records: list[RawPaper] = []
    files: dict[str, FileReport] = {}
    others = _OtherFiles(problems)
    for done, path in enumerate(paths):
        on_progress("read", done, len(paths))
        try:
            if is_list(path):
                files[path] = FileReport(path)
                records_of_list, files[path] = cached_list(content, path, problems, cache)
                records.extend(records_of_list)
            elif _folder(path) in (STATIC, FILES):
                others.add_static(content, path)
            elif _folder(path) == IMAGES:
                others.add_picture(content, path)
            elif is_misplaced(path):
                report_misplaced(content, path, problems)
            elif _folder(path) == PUBLISHED:
                others.read_state(content / path, path)
            else:
                others.read(Source.from_file(content / path, path))
        except DecodeError as error:
            problems.add(path, error.line, error.what, error.remedy)
    return others.with_lists(content, records, files, passed_over)


class _OtherFiles:
    """Collects everything that is not a list: notes, pages, vocabularies, static files, Broadsheet's own records."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._notes: list[Note] = []
        self._pages: list[FreePage] = []
        self._terms: dict[str, tuple[TermDefinition, ...]] = {TAGS: (), ORGANIZATIONS: (), PEOPLE: ()}
        self._fetched = FetchStatus()
        self._completions = Completions()
        self._desk = Desk()
        self._editions_of_notes: list[DeskEntry] = []  # from the front matter of notes
        self._static: list[StaticFile] = []
        self._pictures: list[str] = []
        self._credits: dict[str, Credits] = {}
        self._published = PublishedReader(problems)

    def read(self, source: Source) -> None:
        """Read one text file. Raises DecodeError, and BuildError for a broken desk."""
        path, problems = source.path, self._problems
        meant = meant_file(path)
        if path in self._terms:
            self._terms[path] = read_vocabulary(source.text(), path, problems)
        elif path == DESK or (meant == DESK and path.casefold().startswith("desk.")):  # but no copy of the desk
            self._desk = read_desk(source, problems.stopping())
        elif meant:
            problems.add(path, None, f"what it says is read from {meant}", "rename the file or remove it")
        elif path == STATUS:
            self._fetched = read_status(source.text(), path, problems)
        elif path == COMPLETED:
            self._completions = read_completions(source.text(), path, problems)
        elif _folder(path) == NOTES:
            self._read_note(source)
        elif _folder(path) == PAGES:
            self._pages.append(read_free_page(source, problems))

    def read_state(self, file: Path, path: str) -> None:
        """Read a file of `published/`. Raises BuildError if a later release wrote it."""
        self._published.read(file, path)

    def _read_note(self, source: Source) -> None:
        note = read_note(source, self._problems)
        if note:
            self._notes.append(note)
            self._editions_of_notes.extend(filter(None, [entry_of_note(note, source)]))

    def add_static(self, content: Path, path: str) -> None:
        """Add a file that is copied into the site unchanged."""
        self._static.extend(filter(None, [read_static(content, path, self._problems)]))

    def add_picture(self, content: Path, path: str) -> None:
        """Add a picture, or a file with the credits of pictures. Raises DecodeError."""
        if is_credits(path):
            self._credits[path] = read_credits(Source.from_file(content / path, path), self._problems)
        else:
            self._pictures.append(path)

    def with_lists(
        self,
        content: Path,
        records: Sequence[RawPaper],
        files: Mapping[str, FileReport],
        passed_over: Mapping[str, str],
    ) -> Sources:
        """Return everything read, together with the lists."""
        return Sources(
            records=tuple(records),
            files=files,
            notes=(*self._notes, *notes_of(self._desk)),
            pages=tuple(self._pages),
            vocabulary=self._terms[TAGS],
            fetched=self._fetched,
            published=self._published.published(),
            organizations=self._terms[ORGANIZATIONS],
            people=self._terms[PEOPLE],
            static=tuple(self._static),
            pictures=tuple(with_credits(content, self._pictures, self._credits, self._problems)),
            passed_over=passed_over,
            completions=self._completions,
            desk=replace(self._desk, editions=(*self._desk.editions, *self._editions_of_notes)),
            editions=self._published.editions(),
        )


def is_list(path: str) -> bool:
    """Return whether a file of the content folder is a list of papers."""
    is_apart = path in NOT_LISTS or meant_file(path) or path in (STATUS, COMPLETED) or _folder(path) in NO_LISTS_IN
    return not (is_apart or is_misplaced(path))


def _folder(path: str) -> str:
    return path.partition("/")[0] if "/" in path else ""


def cached_list(content: Path, path: str, problems: Problems, cache: Cache) -> tuple[Sequence[RawPaper], FileReport]:
    """Return the records of a list and its report, from the cache if the file is unchanged. Raises DecodeError."""
    file = content / path
    fingerprint = _fingerprint(file)
    report = FileReport(path, fingerprint=fingerprint)

    def read() -> tuple[list[RawPaper], FileReport, list[Problem]] | None:
        noted = NotedProblems()
        records = list(read_list(Source.from_file(file, path), report, noted))
        return (records, report, noted.noted) if noted.is_whole else None

    known = cache.recall(_cache_key(path, fingerprint), read) if fingerprint else None
    if known is None:
        report = FileReport(path, fingerprint=fingerprint)
        return list(read_list(Source.from_file(file, path), report, problems)), report
    problems.extend(known[2])
    return known[:2]


def uncached_lists(content: Path, cache: Cache) -> list[str]:
    """Return the paths of the lists that can be cached but are not."""
    paths = filter(is_list, content_files(content, Problems()))
    known = ((path, _fingerprint(content / path)) for path in paths)
    return [path for path, fingerprint in known if fingerprint and not cache.knows(_cache_key(path, fingerprint))]


def _cache_key(path: str, fingerprint: str) -> tuple[str, str, str]:
    return "list", path, fingerprint


def _fingerprint(file: Path) -> str:
    """Return a fingerprint of a file's bytes; "" if the file is too large to cache or cannot be read."""
    try:
        return fingerprint_of_file(file) if file.stat().st_size < LARGE else ""
    except OSError:
        return ""


def read_list(source: Source, report: FileReport, problems: Problems) -> Iterator[RawPaper]:
    """Yield the records of one list, fill its report and add its problems.

    If a file cannot be decoded from some line on, the records before that line are kept.
    """
    if not source.head.strip():
        problems.add(source.path, None, "the file is empty", "write a list of papers in it or remove it")
        return
    source, readers = readers_of(source)
    if not readers:
        kind = text_kind(source.head)
        what = f"is {kind.name}, no list of papers" if kind else "no format of paper lists is recognised"
        remedy = kind.remedy if kind else "see `broadsheet formats` for what can be read"
        lost = sum(1 for _, line in source.lines() if line.strip())
        problems.add(source.path, None, what, remedy, lost)
        report.lines = report.lines_in_problems = lost
        return
    report.reader, *report.other_readers = (reader.name for reader in readers)
    unread = UnreadKeys()
    is_damaged = False
    try:
        for item in readers[0].read(source):
            report.count(item)
            if isinstance(item, RawPaper | UnreadOfList):
                unread.add(item)
            if isinstance(item, RawPaper):
                fields = normalised_fields(item.fields)
                yield item if fields is item.fields else replace(item, fields=fields)
            elif isinstance(item, Problem):
                is_damaged = True
                problems.extend([item])
    except DecodeError as error:
        is_damaged = True
        problems.add(source.path, error.line, error.what, f"{error.remedy}; what stands before it was read")
    report.records = report.kept + report.lost_records + report.skipped.total()
    report.unread = unread.counts
    problems.extend(unread.problems(source.path))
    if not (report.records or report.is_quiet or is_damaged):
        what = f"it looks like {report.reader}, but no paper is found in it"
        problems.add(source.path, None, what, f"write {report.reader} as `broadsheet formats` shows it")
    if readers[0].counts_lines:
        report.lines = sum(1 for _, line in source.lines() if line.strip())
