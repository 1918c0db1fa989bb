"""Apply the entries of `desk.yaml` for single papers."""

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
    """Index of a site's papers by every name that an editor may use for them: ids, addresses, titles.

    papers: name → paper index. former: titles under which papers were published before → paper index.
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
        """Return the index of the paper that a name refers to, None if the site has none."""
        text = written.strip()
        page = text.partition("#")[0].removesuffix(".html").rpartition("papers/")[2]
        keys = (text, arxiv_id(text), doi_of(text), page, _title_name(text), slugify(text))
        return next((self.papers[key] for key in keys if key and key in self.papers), None)

    def find_alike(self, written: str, *, is_kept_back: bool) -> int | None:
        """Return the index of the paper that had a title before, or has a very similar one; None if there is none.

        is_kept_back: whether the entry holds or hides the paper. If not, a single word counts as an id and is not
        compared, and a title with different digits does not match.
        """
        name = _title_name(written)
        titles = [each for each in self.papers if each.startswith(TITLE)]
        if name in self.former or len(titles) > MAX_COMPARED:
            return self.former.get(name)
        close = get_close_matches(name, titles, 3, CORRECTED) if is_kept_back or " " in written.strip() else []
        return next((self.papers[each] for each in close if is_kept_back or _digits(each) == _digits(name)), None)

    def remedy(self, written: str) -> str:
        """Return advice on a name that matches no paper."""
        ids = [name for name in self.papers if not name.startswith(TITLE)]
        close = get_close_matches(written, ids, 1, 0.9) if len(ids) <= MAX_COMPARED else []
        other = f'did you mean "{close[0]}"?' if close else "write its arXiv number, its DOI, or its title"
        return f"{other}; the entry is left out" if not close else other


MAX_COMPARED = 20_000  # with more names than this, none is compared with a misspelt one


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
    """Apply desk entries to papers; report entries that match no paper, or one only by a former or similar title."""
    known, edited = PaperNames.of(papers, published) if entries else PaperNames({}), list(papers)
    seen: dict[int, DeskEntry] = {}
    for entry in entries:
        index = known.find(entry.name)
        if index is None:  # a held or hidden paper must not come out because its title was corrected
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
    """Return path and line of an editorial decision about a paper: on the desk, else in the first list that carries it.

    key: the desk's name of the decision, such as `hold`.
    """
    names = PaperNames.of([paper])
    entry = next((each for each in entries if key in each.values and names.find(each.name) == 0), None)
    return (DESK, entry.line_of(key)) if entry else (paper.places[0].path, paper.places[0].line)


def _in_section(paper: Paper) -> Paper:
    """Return a paper with its section as first tag."""
    if not paper.section or paper.section in paper.tags:
        return paper
    return replace(paper, tags=(paper.section, *paper.tags))


def _edited(paper: Paper, entry: DeskEntry, problems: Problems) -> Paper:
    """Return a paper with the values of a desk entry; report bad ones. An unreadable `hold` or `hide` takes effect."""
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
