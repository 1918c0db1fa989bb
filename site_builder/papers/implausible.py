"""Find values that are valid but implausible; most of them mean that the list was misread."""

from collections import Counter
from collections.abc import Iterator, Sequence

from site_builder.lazy import lazy_pattern
from site_builder.model.paper import Paper
from site_builder.names.several import may_name_several, names_several
from site_builder.papers.titles import normalise_title
from site_builder.papers.work_kind import BIBTEX_WORDS, is_kind
from site_builder.problems import Problem, shortened

MANY_EQUAL = 5  # papers of one list under one title
_MARKUP = lazy_pattern(r"[@{<]|%(?!\d)|=[A-Z]{2,20}\(")  # beginnings of markup that no title has
_OPEN_END = lazy_pattern(r"[\u00b7\u2022|\u2013\u2014,;(\[{/&]\Z")  # none of 11,610 real titles ends so
MAX_SINGLE = 3  # titles or names of one list that are reported individually


def implausible(path: str, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Yield a problem for each implausible value in the papers of one list."""
    yield from _equal_titles(path, papers)
    marked = [(paper, paper.title) for paper in papers if _MARKUP.match(paper.title)]
    yield from _problem(path, marked, "the title begins as markup does", "check that it is a title")
    broken_off = [(paper, paper.title) for paper in papers if _OPEN_END.search(paper.title)]
    yield from _problem(path, broken_off, "the title ends in the middle", "check that it is a title, and a whole one")
    yield from _unknown_kinds(path, papers)
    suspects = (paper for paper in papers if may_name_several(paper.authors))
    doubtful = [(paper, name) for paper in suspects for name in paper.authors if _has_names_of_several(name, paper)]
    yield from _problem(path, doubtful, "one author has the names of several", "part them with a semicolon")


def _has_names_of_several(name: str, paper: Paper) -> bool:
    """Return whether an author's name looks like several people; if the source splits it, one part must do so too."""
    parts = paper.name_parts.get(name)
    names = [parts.given, parts.family] if parts and not parts.is_group else [name]
    return names_several(name) and any(map(names_several, names))


def _equal_titles(path: str, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Yield problems for titles that many different papers of the list have; repeated papers count once."""
    counts: Counter[str] = Counter()
    first: dict[str, Paper] = {}
    seen: set[tuple[object, ...]] = set()
    for paper in papers:
        title = normalise_title(paper.title)
        marks = (title, paper.arxiv, paper.doi, paper.authors, paper.abstract[:100], *sorted(paper.links.values()))
        if marks not in seen:
            seen.add(marks)
            counts[title] += 1
            first.setdefault(title, paper)
    for title, count in counts.most_common(MAX_SINGLE):
        if count >= MANY_EQUAL:
            what = f'{count} papers have the title "{shortened(first[title].title)}"'
            remedy = "check that the list was read as it is meant"
            yield Problem(path, first[title].places[0].line, what, remedy)


def _unknown_kinds(path: str, papers: Sequence[Paper]) -> Iterator[Problem]:
    """Yield one problem for each unknown kind of work in the list."""
    kinds = Counter(paper.kind for paper in papers if paper.kind)
    for kind, count in kinds.most_common():
        if not is_kind(kind):
            first = next(paper for paper in papers if paper.kind == kind)
            among = f", in {count:,} papers" if count > 1 else ""
            remedy = f"write one of {', '.join(dict.fromkeys(BIBTEX_WORDS.values()))}; it is cited as a document"
            yield Problem(path, first.places[0].line, f'kind "{shortened(kind)}" is not known{among}', remedy)


def _problem(path: str, found: Sequence[tuple[Paper, str]], what: str, remedy: str) -> Iterator[Problem]:
    for paper, text in found[:MAX_SINGLE]:
        yield Problem(path, paper.places[0].line, f'{what}: "{shortened(text)}"', remedy)
    if len(found) > MAX_SINGLE:
        yield Problem(path, found[MAX_SINGLE][0].places[0].line, f"{what}: {len(found) - MAX_SINGLE} more", remedy)
