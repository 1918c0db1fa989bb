"""`content/desk.yaml`: the editor's decisions on single papers, by id, and on days, weeks and months."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.lazy import lazy_pattern
from site_builder.model.note import Note
from site_builder.model.picture import Picture
from site_builder.problems import BuildError, Problem, Problems, near_word, right_word, shortened
from site_builder.sources.content.notes import KEYS_OF_EDITION, day_of
from site_builder.sources.fields.field_names import by_word
from site_builder.sources.fields.paper_fields import DESK_WORDS
from site_builder.sources.source import DecodeError, Source
from site_builder.sources.syntax.front_matter import split_front_matter
from site_builder.sources.syntax.yaml_text import LineDict, LineList, YamlError, load_yaml

DESK = "desk.yaml"
# Key of a paper → the field of a record that it fills.
PAPER_KEYS: Mapping[str, str] = {
    **{name: name for name in ("hold", "hide", "lead", "title")},
    "summary": "editor_summary",
    **{name: name for name in ("note", "image", "section")},
}
EDITION_KEYS = ("title", "order", "subject", "preheader", "note", "sponsor", "footer")
# Other names for the keys of an edition → the key.
EDITION_WORDS: Mapping[str, str] = by_word(
    {
        "note": "intro introduction opening opening_note editorial",
        "subject": "headline subject_line",
        "preheader": "preview preview_text teaser",
        "sponsor": "sponsor_line sponsored advertisement",
        "footer": "closing",
        "order": "sections papers sort lead",
    }
)
GROUPS = {"papers": ("id",), "days": ("day", "date"), "editions": ("edition", "day", "week", "month")}
KEEPS_BACK = ("hold", "hide")
SHORT = ("hold", "hide", "lead")  # words allowed directly after an id: `2605.01234: hide`

EDITION = lazy_pattern(r"\d{4}-(?:\d\d-\d\d|W\d\d|\d\d)")


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """An entry of the desk on a paper or edition: its name as written, and values by key, each with its line.

    path: the file of the entry, the desk or the note of an edition.
    """

    name: str
    line: int
    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    path: str = DESK

    def line_of(self, key: str) -> int:
        return self.lines.get(key, self.line)


@dataclass(frozen=True, slots=True)
class Desk:
    """The entries of `desk.yaml`, in file order. pictures: those in the texts of editions, by name."""

    papers: tuple[DeskEntry, ...] = ()
    editions: tuple[DeskEntry, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)


def read_desk(source: Source, problems: Problems) -> Desk:
    """Read the desk; a defect in one entry is a problem.

    Raises BuildError if the file as a whole cannot be read, since papers that it holds back would be published.
    """
    if source.path != DESK:
        misnamed = Problem(source.path, None, f"the desk is read from {DESK}", "rename it")
        raise BuildError("nothing was written:", [misnamed])
    try:
        document = load_yaml(source.text())
    except YamlError as error:
        raise _unreadable(error.line, f"broken YAML: {error.message}", "mend it") from None
    except DecodeError as error:
        raise _unreadable(error.line, error.what, error.remedy) from None
    if document == "":
        return Desk()
    if not isinstance(document, LineDict):
        raise _unreadable(1, "holds no entries", "begin with `papers:` or `days:`")
    return _DeskReader(problems).desk(document)


def notes_of(desk: Desk) -> Iterator[Note]:
    """Yield the opening notes of days."""
    for entry in desk.editions:
        note, title = entry.values.get("note", ""), entry.values.get("title", "")
        day = day_of(entry.name) if "W" not in entry.name else None
        if day and isinstance(note, str) and note:
            yield Note(day, title if isinstance(title, str) else "", note, DESK)


def entry_of_note(note: Note, source: Source) -> DeskEntry | None:
    """Return the keys of an edition in the front matter of a note as an entry for its day, week or month, or None."""
    try:
        values, _, _ = split_front_matter(source.text())
    except YamlError:  # reported with the note
        return None
    keys = {key: value for key, value in values.items() if key in KEYS_OF_EDITION and value != ""}
    lines = {key: values.lines[key] for key in keys}
    return DeskEntry(note.period or note.day.isoformat(), 1, keys, lines, source.path) if keys else None


def _unreadable(line: int | None, what: str, remedy: str) -> BuildError:
    return BuildError(
        "the desk is broken, nothing was written (`broadsheet help desk` explains it):",
        [Problem(DESK, line, what, remedy)],
    )


class _DeskReader:
    """One pass over the desk."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def desk(self, document: LineDict) -> Desk:
        papers: list[DeskEntry] = []
        editions: list[DeskEntry] = []
        for key, value in document.items():
            line = document.lines[key]
            if key in GROUPS:
                into, known = (papers, tuple(PAPER_KEYS)) if key == "papers" else (editions, EDITION_KEYS)
                into += self._entries(key, value, line, known)
            elif EDITION.fullmatch(key) and isinstance(value, LineDict):
                editions.append(self._entry(key, value, line, EDITION_KEYS))
            elif any(letter.isdigit() for letter in key) or _keeps_back(value):
                papers += filter(None, [self._entry_for(key, value, line, tuple(PAPER_KEYS))])
            else:
                papers += self._kept_back(key, value, line)
        return Desk(tuple(papers), tuple(editions))

    def _kept_back(self, key: str, value: object, line: int) -> Iterator[DeskEntry]:
        """Report an unknown key, and yield entries for the papers that it may be meant to keep back."""
        self._report(line, f'unknown key "{shortened(key)}"', right_word(key, GROUPS))
        if near_word(key, GROUPS) == "papers":
            yield from self._entries("papers", value, line, tuple(PAPER_KEYS))
        elif (word := near_word(key, KEEPS_BACK, DESK_WORDS)) in KEEPS_BACK:  # `hide: [2605.01234]`
            names = value if isinstance(value, LineDict | LineList) else [value]
            said = value if isinstance(value, LineDict) else {}
            for name in filter(None, map(str, names)):
                yield DeskEntry(name, line, {word: said.get(name) or "true"})

    def _entries(self, group: str, value: object, line: int, known: tuple[str, ...]) -> Iterator[DeskEntry]:
        """Yield the entries of a group: a mapping by name, or a list of mappings that contain their name."""
        if isinstance(value, LineDict):
            for name, entry in value.items():
                yield from filter(None, [self._entry_for(name, entry, value.lines[name], known)])
        elif isinstance(value, LineList):
            for entry, at in zip(value, value.item_lines, strict=True):
                key = next((key for key in GROUPS[group] if isinstance(entry, LineDict) and key in entry), None)
                if key is None and isinstance(entry, LineDict) and len(entry) == 1 and not set(entry) & set(known):
                    yield from self._entries(group, entry, at, known)
                elif key is None or not isinstance(entry[key], str):
                    remedy = f"write `- {GROUPS[group][0]}: …` and the keys below it; it is left out"
                    self._report(at, f"this entry of `{group}` does not say what it is for", remedy)
                else:
                    yield self._entry(entry[key], entry, at, known, (key,))
        elif value != "":
            self._report(line, f"`{group}` holds no entries", f"write below it `{_EXAMPLES[group]}`")

    def _entry_for(self, name: str, entry: object, line: int, known: tuple[str, ...]) -> DeskEntry | None:
        """Return the entry for a name; its value may be a mapping or a single word such as `hide`."""
        entry = _joined(entry) if isinstance(entry, LineList) and entry else entry
        if isinstance(entry, LineDict):
            return self._entry(name, entry, line, known)
        word, _, rest = str(entry).strip().partition(" ") if isinstance(entry, str) else ("", "", "")
        key = near_word(word, SHORT, DESK_WORDS) if "hold" in known and word else ""
        if key in SHORT:
            if word.casefold() != key:
                self._report(line, f'"{shortened(word)}" is taken for "{key}"', f"write `{key}`")
            return DeskEntry(name, line, {key: rest.strip() or "true"})
        keys = ", ".join(known)
        self._report(line, f'"{shortened(name)}" has nothing that is known below it', f"write keys below it: {keys}")
        return None

    def _entry(
        self, name: str, entry: LineDict, line: int, known: tuple[str, ...], name_keys: tuple[str, ...] = ()
    ) -> DeskEntry:
        meant = EDITION_WORDS if known is EDITION_KEYS else DESK_WORDS
        values: dict[str, object] = {}
        for key, value in entry.items():
            if key in known:
                values[key] = value
            elif key not in name_keys:
                self._report(entry.lines[key], f'unknown key "{shortened(key)}"', right_word(key, known, meant))
                near = near_word(key, known, meant)
                if near in KEEPS_BACK and near in known and near not in entry:  # to be safe, until it is corrected
                    values[near], entry.lines[near] = value, entry.lines[key]
        lines = {key: entry.lines[key] for key in values}
        return DeskEntry(name.strip(), line, {k: v for k, v in values.items() if v != ""}, lines)

    def _report(self, line: int, what: str, remedy: str) -> None:
        self._problems.add(DESK, line, what, remedy)


def _keeps_back(value: object) -> bool:
    """Return whether a value keeps a paper back, so that its key must be one: `On Dams: hide`."""
    words = value if isinstance(value, LineDict) else str(value).split()[:1]
    return any(near_word(word, SHORT, DESK_WORDS) in KEEPS_BACK for word in words)


def _joined(entry: LineList) -> object:
    """Return a list of words and mappings, `[hide, {note: …}]`, as one mapping; a single word remains one."""
    if len(entry) == 1:
        return entry[0]
    joined = LineDict(entry.item_lines[0] if entry else 1)
    for item, line in zip(entry, entry.item_lines, strict=True):
        values = item if isinstance(item, LineDict) else {str(item): "true"}
        joined.update(values)
        joined.lines |= dict.fromkeys(values, line)
    return joined


_EXAMPLES = {"papers": "2605.01234: {hold: true}", "days": "2026-05-27: {subject: …}", "editions": "2026-W22: {…}"}
