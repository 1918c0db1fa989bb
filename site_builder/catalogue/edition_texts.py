"""Editorial texts of days, weeks and months, from the desk and the front matter of notes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from site_builder.model.catalogue import EditionTexts
from site_builder.model.note import Note
from site_builder.model.paper import Paper
from site_builder.model.picture import Picture
from site_builder.papers.clean import clean_text
from site_builder.papers.desk import PaperNames, written_at
from site_builder.papers.editor_words import UNNUMBERED
from site_builder.problems import Problems, shortened
from site_builder.sources.content.desk import DESK, EDITION, KEEPS_BACK, Desk, DeskEntry
from site_builder.sources.content.notes import day_of, last_day_of, pictures_in
from site_builder.sources.content.vocabulary import tag_key
from site_builder.sources.syntax.yaml_text import LineList

MAX_TEXT = 300  # characters of a subject or a preheader


@dataclass(frozen=True, slots=True)
class DeskTexts:
    """Desk entries by day, week or month key (`2026-05-27`, `2026-W22`, `2026-05`), the desk file's first.

    kept_back: names of the papers that the desk holds or hides.
    """

    entries: Mapping[str, Sequence[DeskEntry]]
    problems: Problems
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    kept_back: frozenset[str] = frozenset()

    @classmethod
    def of(cls, desk: Desk, problems: Problems) -> "DeskTexts":
        """Collect the entries; invalid keys, second entries and second values of a field are reported."""
        entries: dict[str, list[DeskEntry]] = {}
        for entry in desk.editions:
            if not EDITION.fullmatch(entry.name) or not (last_day_of(entry.name) or day_of(entry.name)):
                remedy = "write 2026-05-27, 2026-W22 or 2026-05; the entry is left out"
                problems.stopping().add(
                    entry.path, entry.line, f'"{shortened(entry.name)}" is no day, week or month', remedy
                )
                continue
            known = entries.setdefault(entry.name, [])
            if same := next((each for each in known if each.path == entry.path), None):
                what = f"a second entry for {entry.name}; the first is in line {same.line}"
                problems.stopping(entry.name).add(entry.path, entry.line, what, "join the two; this one is left out")
                continue
            for key in entry.values:
                if first := next((each for each in known if key in each.values), None):
                    what = (
                        f"a second `{key}` for {entry.name}; the first is in line {first.line_of(key)} of {first.path}"
                    )
                    problems.stopping(entry.name).add(
                        entry.path, entry.line_of(key), what, "keep one of them; this one is left out"
                    )
            known.append(entry)
        kept_back = frozenset(each.name for each in desk.papers if not each.values.keys().isdisjoint(KEEPS_BACK))
        return cls(entries, problems, desk.pictures, kept_back)

    def report_unused(self, known: Iterable[str]) -> None:
        """Report entries of days, weeks and months that the site does not have."""
        for key in self.entries.keys() - set(known):
            what = f"no list has papers for {key}"
            entry = self.entries[key][0]
            self.problems.stopping().add(entry.path, entry.line, what, "correct it, or leave it for the lists to come")

    def texts(self, key: str, first: date) -> EditionTexts:
        """Return the texts of an edition, without its order. first: its first day."""
        period = key if len(key) != len("2026-05-27") else ""
        ordered = self._with("order", key)
        if period and "order" in ordered.values:
            self.problems.stopping(key).add(
                ordered.path, ordered.line_of("order"), f"{key} has no order", "write it with one of its days"
            )
        titled = self._with("title", key)
        if "title" in titled.values and "note" not in self._with("note", key).values:
            what = f"the title of {key} has no note"
            remedy = "write `note:` below it, or the title at the top of the note's file; it is left out"
            self.problems.stopping(key).add(titled.path, titled.line_of("title"), what, remedy)
        return EditionTexts(
            subject=self._line(key, "subject"),
            preheader=self._line(key, "preheader"),
            sponsor=self._note(key, "sponsor", first, period),
            footer=self._note(key, "footer", first, period),
            note=self._note(key, "note", first, period),
        )

    def _with(self, word: str, key: str) -> DeskEntry:
        """Return the edition's first entry that has a field, or an empty entry."""
        return next((entry for entry in self.entries.get(key, ()) if word in entry.values), DeskEntry(key, 1))

    def line_of_note(self, note: Note) -> int | None:
        """Return the line of a note of a day on the desk, None for one in a file of its own."""
        return self._with("note", note.day.isoformat()).line_of("note") if note.path == DESK else None

    def of_period(self, key: str, first: date, note: Note | None) -> EditionTexts:
        """Return the texts of a week or a month. note: from a file; it takes precedence."""
        texts = self.texts(key, first)
        if note and texts.note:
            what = f"a second note for {key}; the first is {note.path}"
            self.problems.stopping(key).add(
                DESK, self._with("note", key).line_of("note"), what, "join the two; this one is left out"
            )
        return replace(texts, note=note) if note else texts

    def order(
        self, key: str, papers: Sequence[Paper], sections: Mapping[str, str]
    ) -> tuple[tuple[str, ...], list[str]]:
        """Return the ids of papers and the slugs of sections in the order set for a day.

        sections: slug by name, as `tag_key` gives it.
        """
        entry = self._with("order", key)
        if "order" not in entry.values:
            return (), []
        value = entry.values["order"]
        names, ids, slugs = PaperNames.of(papers), [], []
        for item, line in self._items(entry, value):
            index, slug = names.find(item), sections.get(tag_key(item))
            if index is not None:
                ids.append(papers[index].id)
            elif slug is not None:
                slugs.append(slug)
            elif item not in self.kept_back:
                what = f'order: "{shortened(item)}" is neither a paper nor a section of {key}'
                self.problems.stopping(key).add(
                    entry.path, line, what, "write an id of a paper, or the name of a tag; it is left out"
                )
        return tuple(dict.fromkeys(ids)), list(dict.fromkeys(slugs))

    def _items(self, entry: DeskEntry, value: object) -> list[tuple[str, int]]:
        if isinstance(value, LineList):
            return [(str(each), at) for each, at in zip(value, value.item_lines, strict=True)]
        line = entry.line_of("order")
        if isinstance(value, str):
            return [(each.strip(), line) for each in value.split(",") if each.strip()]
        remedy = "write its papers and sections behind hyphens, or one after another with commas; it is left out"
        self.problems.stopping(entry.name).add(entry.path, line, "`order` is not a list", remedy)
        return []

    def _line(self, key: str, word: str) -> str:
        """Return a field of one line; too long a text is cut and reported."""
        entry = self._with(word, key)
        text = clean_text(self._text(entry, word))
        if len(text) <= MAX_TEXT:
            return text
        what = f"{word} has {len(text):,} characters"
        self.problems.add(entry.path, entry.line_of(word), what, f"it is cut at {MAX_TEXT}")
        return f"{text[: MAX_TEXT - 1]}…"

    def _note(self, key: str, word: str, day: date, period: str) -> Note | None:
        entry = self._with(word, key)
        text = self._text(entry, word)
        title = self._text(self._with("title", key), "title") if word == "note" else ""
        shown = pictures_in(text, self.pictures)
        return Note(day, title, text, entry.path, period, shown) if text.strip() else None

    def _text(self, entry: DeskEntry, word: str) -> str:
        value = entry.values.get(word, "")
        if isinstance(value, str):
            return value
        self.problems.stopping(entry.name).add(
            entry.path, entry.line_of(word), f"`{word}` is not a text", f"write a text after `{word}:`"
        )
        return ""


def with_order(texts: EditionTexts, order: tuple[str, ...]) -> EditionTexts:
    return replace(texts, order=order) if order else texts


def report_pins(day: date, papers: Iterable[Paper], desk: Desk, problems: Problems) -> None:
    """Report each paper of a day that is pinned to the same place as another."""
    pinned: dict[int, Paper] = {}
    for paper in papers:
        if not paper.lead or paper.lead == UNNUMBERED:
            continue
        first = pinned.setdefault(paper.lead, paper)
        if first is not paper:
            both = f'"{shortened(paper.title)}" and "{shortened(first.title)}"'
            what = f"{both} are both pinned to place {paper.lead} of {day}"
            path, line = written_at(paper, "lead", desk.papers)
            problems.add(path, line, what, "give one of them another place; the one with more upvotes comes first")
