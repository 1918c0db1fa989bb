"""References in the styles of libraries, journals and programs: every part of five different works."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from site_builder.config.settings import Settings
from site_builder.model.paper import Paper
from site_builder.papers import make_papers
from site_builder.problems import Problem, Problems
from site_builder.sources import read_sources

Name = tuple[str, str]  # family name, given names


@dataclass(frozen=True)
class Work:
    """The parts of a reference. first, last: pages."""

    names: Sequence[Name]
    title: str
    journal: str
    volume: str
    issue: str
    first: str
    last: str
    year: str
    month: str
    doi: str


WORKS = [
    Work(
        [("LeCun", "Yann"), ("Bengio", "Yoshua"), ("Hinton", "Geoffrey")],
        "Deep learning",
        *("Nature", "521", "7553", "436", "444", "2015", "May", "10.1038/nature14539"),
    ),
    Work(
        [("Beispiel", "João Carlos"), ("Souza", "Maria")],
        "Counted sheep on the meadows of the north: a review",
        *("Sheep Research", "12", "3", "45", "67", "2024", "Mar", "10.1000/sheep.2024.01.002"),
    ),
    Work(
        [("Lovelace", "Ada")],
        "Notes on the analytical engine and its uses",
        *("Journal of Computing History", "5", "2", "101", "120", "2019", "Jun", "10.1000/jch.2019.7"),
    ),
    Work(
        [("Müller", "Anna"), ("Schmidt", "Bernd"), ("García", "Luis"), ("Wang", "Wei"), ("Roe", "Cy D.")],
        "CLOUD-19 and long-term weather",
        *("The Sheep Infectious Weather", "24", "11", "e701", "e712", "2024", "Nov", "10.1000/S1473-3099(24)00001-2"),
    ),
    Work(
        [("van der Berg", "Piet"), ("O'Neill", "Sean")],
        "How do bees find their way home?",
        *("Proceedings of the Academy of Bees", "118", "40", "1", "9", "2021", "Oct", "10.1000/bees.118"),
    ),
]


def _initials(given: str, stop: str = ".", between: str = " ") -> str:
    return between.join(f"{part[0]}{stop}" for part in given.split())


HOW: dict[str, Callable[[str, str], str]] = {
    "F, G": lambda family, given: f"{family}, {given}",
    "FF, G": lambda family, given: f"{family.upper()}, {given}",
    "G F": lambda family, given: f"{given} {family}",
    "F, I": lambda family, given: f"{family}, {_initials(given)}",
    "F, II": lambda family, given: f"{family}, {_initials(given, between='')}",
    "FF, I": lambda family, given: f"{family.upper()}, {_initials(given)}",
    "F I.": lambda family, given: f"{family} {_initials(given)}",
    "F I": lambda family, given: f"{family} {_initials(given, '', '')}",
    "F, I-": lambda family, given: f"{family}, {_initials(given, '', '')}",
    "FF I": lambda family, given: f"{family.upper()} {_initials(given, '')}",
    "I F": lambda family, given: f"{_initials(given)} {family}",
}


def _joined(work: Work, how: str, between: str, last: str, first: str = "", two: str = "") -> str:
    """Join the names. first: style of the first name. last, two: text before the last name of many, of two."""
    names = [HOW[first if first and not index else how](*name) for index, name in enumerate(work.names)]
    last = two or last if len(names) == 2 else last
    return names[0] if len(names) == 1 else f"{between.join(names[:-1])}{last}{names[-1]}"


# name of the style → arguments of _joined for the names, and the reference, with the names as {names}
STYLES: dict[str, tuple[tuple[str, ...], str]] = {
    "ABNT": (("FF, G", "; ", "; "), "{names}. {title.} {journal}, São Paulo, v. {v}, n. {i}, p. {p}-{q}, mar. {y}."),
    "ABNT, link": (
        ("FF, I", "; ", "; "),
        "{names} {title.} **{journal}**, v. {v}, n. {i}, p. {p}-{q}, {y}. Disponível em: https://doi.org/{doi}. "
        "Acesso em: 12 maio 2026.",
    ),
    "ACM": (("G F", ", ", ", and ", "", " and "), "{names}. {y}. {title.} {journal} {v}, {i} ({m}. {y}), {p}–{q}."),
    "ACS": (("F, I", "; ", "; "), "{names} {title.} *{journal}* **{y}**, *{v}* ({i}), {p}–{q}. https://doi.org/{doi}."),
    "AGU": (("F, I", ", ", ", and "), "{names} ({y}), {title}, {journal}, {v}({i}), {p}–{q}, doi:{doi}."),
    "AIP": (("I F", ", ", ", and ", "", " and "), "{names}, “{title,}” {journal} {v}({i}), {p}–{q} ({y})."),
    "alpha": (("G F", ", ", ", and ", "", " and "), "[Abc15] {names}. {title.} {journal}, {v}({i}):{p}–{q}, {m} {y}."),
    "AMA": (("F I", ", ", ", "), "{names}. {title.} *{journal}*. {y};{v}({i}):{p}-{q}. doi:{doi}"),
    "amsplain": (
        ("G F", ", ", ", and ", "", " and "),
        "{names}, *{title}*, {journal} **{v}** ({y}), no. {i}, {p}–{q}.",
    ),
    "amsplain, copied": (
        ("G F", ", ", ", and ", "", " and "),
        "{names}, {title}, {journal} {v} ({y}), no. {i}, {p}–{q}. DOI {doi}.",
    ),
    "APA": (("F, I", ", ", ", & "), "{names} ({y}). {title.} *{journal}, {v}*({i}), {p}–{q}. https://doi.org/{doi}"),
    "Chicago, notes": (
        ("G F", ", ", ", and ", "", " and "),
        "{names}, “{title,}” *{journal}* {v}, no. {i} ({y}): {p}–{q}, https://doi.org/{doi}.",
    ),
    "Chicago, author and date": (
        ("G F", ", ", ", and ", "F, G"),
        "{names}. {y}. “{title.}” {journal} {v} ({i}): {p}–{q}. https://doi.org/{doi}.",
    ),
    "Copernicus": (("F, I", ", ", ", and "), "{names}: {title}, {journal}, {v}({i}), {p}–{q}, {y}."),
    "CSE": (("F I", ", ", ", "), "{names}. {y}. {title.} {journal}. {v}({i}):{p}–{q}."),
    "DIN 1505": (("F, G", " ; ", " ; "), "{names}: {title.} In: {journal} {v} ({y}), Nr. {i}, S. {p}–{q}"),
    "DIN 1505, slashes": (("F, G", " / ", " / "), "{names}: {title}, in: {journal} {v} ({y}), H. {i}, S. {p}-{q}."),
    "German, year first": (("F, G", "; ", "; "), "{names} ({y}): {title.} In: {journal}, Jg. {v}, H. {i}, S. {p}–{q}."),
    "German, dash": (("F, I", ", ", " & "), "{names} ({y}): {title.} – {journal} {v} ({i}): {p}–{q}."),
    "GB/T 7714": (("FF I", ", ", ", "), "[1] {names}. {title}[J/OL]. {journal}, {y}, {v}({i}): {p}-{q}[2026-05-01]."),
    "GOST": (("F I.", ", ", ", "), "{names} {title} // {journal}. – {y}. – Т. {v}, № {i}. – С. {p}–{q}."),
    "GOST, Google": (("F I.", ", ", ", "), "{names} {title} //{journal}. – {y}. – Т. {v}. – №. {i}. – С. {p}-{q}."),
    "Harvard": (("F, II", ", ", " and "), "{names} ({y}) ‘{title}’, *{journal}*, {v}({i}), pp. {p}–{q}. doi:{doi}."),
    "Harvard, Australia": (
        ("F, I-", ", ", " & "),
        "{names} {y}, '{title}', {journal}, vol. {v}, no. {i}, pp. {p}-{q}.",
    ),
    "Harvard, Google": (("F, II", ", ", " and "), "{names}, {y}. {title.} {journal}, {v}({i}), pp.{p}-{q}."),
    "ICML": (("F, I", ", ", ", and "), "{names} {title.} *{journal}*, {v}({i}):{p}–{q}, {y}."),
    "IEEE": (
        ("I F", ", ", ", and ", "", " and "),
        "[1] {names}, “{title,}” {journal}, vol. {v}, no. {i}, pp. {p}–{q}, {m}. {y}, doi: {doi}.",
    ),
    "ISO 690": (
        ("FF, G", ", ", " and "),
        "{names}. {title.} {journal}. {y}, vol. {v}, no. {i}, pp. {p}-{q}. DOI {doi}.",
    ),
    "ISO 690, Czech": (
        ("G F", ", ", " a ", "FF, G"),
        "{NAMES}. {title.} {journal} [online]. {y}, {v}({i}), {p}-{q} [cit. 2026-05-01]. Dostupné z: doi:{doi}",
    ),
    "ISO 690, French": (("FF, G", ", ", " et "), "{names}, « {title} », {journal}, vol. {v}, n° {i}, {y}, p. {p}-{q}."),
    "ISO 690, Google": (("FF, G", "; ", "; "), "{names}. {title.} {journal}, {y}, vol. {v}, no {i}, p. {p}-{q}."),
    "Japan": (("F I", ", ", ", "), "1) {names}: {title.} {journal} {v}({i}): {p}-{q}, {y}."),
    "MHRA": (
        ("G F", ", ", ", and ", "", " and "),
        "{names}, ‘{title}’, *{journal}*, {v}.{i} ({y}), pp. {p}–{q}, doi:{doi}",
    ),
    "Nature": (("F, I", ", ", " & "), "{names} {title.} {journal} {v}({i}), {p}–{q} ({y})."),
    "plain": (("G F", ", ", ", and ", "", " and "), "[1] {names}. {title.} *{journal}*, {v}({i}):{p}–{q}, {m} {y}."),
    "PubMed": (
        ("F I", ", ", ", "),
        "{names}. {title.} {journal}. {y} {m} 28;{v}({i}):{p}-{q}. doi: {doi}. Epub {y} Apr 2. PMID: 26017442.",
    ),
    "SIAM": (("I F", ", ", ", and ", "", " and "), "{names}, {title}, {journal}, {v} ({y}), no. {i}, pp. {p}–{q}."),
    "Spanish": (("F, I", ", ", " y "), "{names} ({y}). {title.} {journal}, {v}({i}), {p}-{q}. Recuperado de {doi}"),
    "Springer": (
        ("F, II", ", ", ", "),
        "{names}: {title.} {journal} **{v}**({i}), {p}–{q} ({y}). https://doi.org/{doi}",
    ),
    "Vancouver": (("F I", ", ", ", "), "{names}. {title.} {journal}. {y} {m};{v}({i}):{p}-{q}."),
    "Vancouver, online": (
        ("F I", ", ", ", "),
        "{names}. {title.} {journal} [Internet]. {y};{v}({i}):{p}–{q}. Available from: https://doi.org/{doi}",
    ),
}


def _reference(style: str, work: Work) -> str:
    (how, between, last, *rest), form = STYLES[style]
    names = _joined(work, how, between, last, *rest)
    asks = work.title[-1] in "?!"
    said = {
        "names": names,
        "NAMES": _in_capitals(work, last),
        "title": work.title,
        "title.": work.title if asks else f"{work.title}.",
        "title,": work.title if asks else f"{work.title},",
        **{"journal": work.journal, "v": work.volume, "i": work.issue, "p": work.first, "q": work.last},
        **{"y": work.year, "m": work.month, "doi": work.doi},
    }
    return re.sub(r"\{([^{}]+)\}", lambda found: said[found[1]], form)


def _in_capitals(work: Work, last: str) -> str:
    names = [
        f"{family.upper()}, {given}" if not index else f"{given} {family.upper()}"
        for index, (family, given) in enumerate(work.names)
    ]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{last}{names[-1]}"


def papers_of(text: str, name: str, folder) -> tuple[Sequence[Paper], list[Problem]]:
    (folder / "papers").mkdir()
    (folder / "papers" / name).write_text(text, "utf-8")
    problems = Problems()
    return make_papers(read_sources(folder, problems), Settings(), problems).papers, list(problems)


@pytest.mark.parametrize("form", ["{}\n\n", "- {}\n"])
@pytest.mark.parametrize("style", STYLES)
def test_a_reference_of_every_style_keeps_all_its_parts(style: str, form: str, tmp_path) -> None:
    references = [_reference(style, work) for work in WORKS]
    papers, _ = papers_of("".join(form.format(reference) for reference in references), "a.md", tmp_path)
    by_title = {paper.title.casefold(): paper for paper in papers}
    assert set(by_title) == {work.title.casefold() for work in WORKS}
    for work, reference in zip(WORKS, references, strict=True):
        paper = by_title[work.title.casefold()]
        families = [name.casefold().endswith(family.casefold()) for name, (family, _) in zip(paper.authors, work.names)]  # noqa: B905 - the next line counts them
        assert (all(families), len(paper.authors)) == (True, len(work.names)), paper.authors
        found = (str(paper.published)[:4], paper.venue, paper.volume, paper.issue)
        assert found == (work.year, work.journal, work.volume, work.issue)
        assert re.split("[-–]", paper.pages or "") == [work.first, work.last]
        assert paper.doi == (work.doi.casefold() if work.doi in reference else None)
