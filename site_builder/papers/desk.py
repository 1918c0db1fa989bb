"""What the desk says of single papers, put into them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from site_builder.config.settings import ListDefaults
from site_builder.model.paper import Paper
from site_builder.model.published import PublishedPaper
from site_builder.model.raw_paper import RawPaper
from site_builder.papers.bounds import bounded_title
from site_builder.papers.check import FieldCheck
from site_builder.papers.identity import arxiv_id, doi_of
from site_builder.papers.titles import CORRECTED, TITLE, among_ids, normalise_title
from site_builder.problems import Problems, shortened
from site_builder.sources.content.desk import DESK, PAPER_KEYS, DeskEntry
from site_builder.urls import paper_path, slugify


@dataclass(frozen=True, slots=True)
class PaperNames:
    """The papers of a site by all that an editor may call them: ids, addresses, titles.

    papers: name → place. former: the titles that papers were published under, likewise.
    """

    papers: Mapping[str, int]
    former: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, papers: Sequence[Paper], published: Iterable[PublishedPaper] = ()) -> "PaperNames":
        indexes: dict[str, int] = {}
        for index, paper in enumerate(papers):
            for name in _names(paper):
                indexes.setdefault(name, index)
        for index, paper in enumerate(papers):
            for correction in paper.corrections:
                if correction.what == "title":
                    indexes.setdefault(_title_name(correction.before), index)
        former = {_title_name(each.title): indexes[each.id] for each in published if each.id in indexes}
        return cls(indexes, former)

    def find(self, written: str) -> int | None:
        """Return the place of the paper that is meant, None for no paper of the site."""
        text = written.strip()
        page = text.partition("#")[0].removesuffix(".html").rpartition("papers/")[2]
        keys = (text, arxiv_id(text), doi_of(text), page, _title_name(text), slugify(text))
        return next((self.papers[key] for key in keys if key and key in self.papers), None)

    def find_alike(self, written: str, *, is_kept_back: bool) -> int | None:
        """Return the place of the paper that had the title written, or has one much like it, None for none.

        is_kept_back: whether it is held or hidden; else a single word is taken for an id, and another number tells
        another paper.
        """
        name = _title_name(written)
        titles = [each for each in self.papers if each.startswith(TITLE)]
        if name in self.former or len(titles) > MAX_COMPARED:
            return self.former.get(name)
        close = get_close_matches(name, titles, 3, CORRECTED) if is_kept_back or " " in written.strip() else []
        return next((self.papers[each] for each in close if is_kept_back or _digits(each) == _digits(name)), None)

    def remedy(self, written: str) -> str:
        """Return what to do about a name that is of no paper."""
        ids = [name for name in self.papers if not name.startswith(TITLE)]
        close = get_close_matches(written, ids, 1, 0.9) if len(ids) <= MAX_COMPARED else []
        other = f'did you mean "{close[0]}"?' if close else "write its arXiv number, its DOI, or its title"
        return f"{other}; the entry is left out" if not close else other


MAX_COMPARED = 20_000  # names that a misspelt one is compared with


def _names(paper: Paper) -> Iterator[str]:
    ids = [each for each in (paper.id, *paper.aliases, paper.arxiv, paper.doi) if each]
    yield from ids
    for each in ids:
        yield paper_path(each).removeprefix("papers/").removesuffix(".html")
    yield slugify(paper.title)
    yield _title_name(paper.title)


def _title_name(title: str) -> str:
    return among_ids(normalise_title(title))


def _digits(name: str) -> str:
    return "".join(letter for letter in name if letter.isdigit())


def with_desk(
    papers: Sequence[Paper], entries: Sequence[DeskEntry], published: Iterable[PublishedPaper], problems: Problems
) -> list[Paper]:
    """Return the papers as the desk has them; an entry that names no paper, or one by a former title, is a problem."""
    known, edited = PaperNames.of(papers, published) if entries else PaperNames({}), list(papers)
    seen: dict[int, DeskEntry] = {}
    for entry in entries:
        index = known.find(entry.name)
        if index is None:  # what is held or hidden would come out when its title is corrected, whatever changed in it
            index = known.find_alike(entry.name, is_kept_back=not entry.values.keys().isdisjoint(("hold", "hide")))
            if index is not None:
                what = f'"{shortened(entry.name)}" is taken for "{shortened(papers[index].title)}"'
                problems.add(DESK, entry.line, what, "write its id, or its title as it is now")
        if index is None:
            what = f'"{shortened(entry.name)}" is no paper of the site'
            problems.add(DESK, entry.line, what, known.remedy(entry.name))
            continue
        if index in seen:
            what = f'"{shortened(entry.name)}" is the paper of line {seen[index].line}, too'
            problems.add(DESK, entry.line, what, "join the two; what both say is taken from this one")
        seen[index] = entry
        edited[index] = _edited(edited[index], entry, problems)
    return [_in_section(paper) for paper in edited]


def written_at(paper: Paper, key: str, entries: Iterable[DeskEntry]) -> tuple[str, int]:
    """Return where a decision about a paper is written: on the desk, else in the first list that carries it."""
    names = PaperNames.of([paper])
    entry = next((each for each in entries if key in each.values and names.find(each.name) == 0), None)
    return (DESK, entry.line_of(key)) if entry else (paper.places[0].path, paper.places[0].line)


def _in_section(paper: Paper) -> Paper:
    """Return a paper with the tag of the section that it is put into."""
    if not paper.section or paper.section in paper.tags:
        return paper
    return replace(paper, tags=(paper.section, *paper.tags))


def _edited(paper: Paper, entry: DeskEntry, problems: Problems) -> Paper:
    """Return a paper with what one entry says of it."""
    fields: dict[str, object] = {}
    for key, value in entry.values.items():
        if isinstance(value, str):
            fields[PAPER_KEYS[key]] = value
        else:
            what = f'`{key}` of "{shortened(entry.name)}" is not a text'
            problems.add(DESK, entry.line_of(key), what, f"write one line after `{key}:`")
            fields |= {key: "?"} if key in ("hold", "hide") else {}
    check = FieldCheck(RawPaper(fields, DESK, entry.line), None, ListDefaults(path=DESK), problems)
    changed: dict[str, Any] = {
        "hold": check.hold(),
        "hide": check.is_hidden(),
        "lead": check.lead(),
        "title": bounded_title(str(check.fields.get("title", "")), check.add) or paper.title,
        "editor_summary": check.line("editor_summary"),
        "note": check.line("note"),
        "image": check.image() or paper.image,
        "section": check.line("section"),
    }
    names = {"hide": "is_hidden", "editor_summary": "summary"}
    return replace(paper, **{names.get(name, name): changed[name] for name in fields})
