"""Merge the papers of all lists into one per work, matched by id and title; keep the best value of each field."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal

from site_builder.lazy import lazy_pattern
from site_builder.model.paper import Hold, Paper
from site_builder.names.person import split_name
from site_builder.papers.completion import has_id_for_title
from site_builder.papers.dates import month_of_ids
from site_builder.papers.history import author_fields, corrections_of_all
from site_builder.papers.identity import parted_doi
from site_builder.papers.keys import title_key
from site_builder.papers.titles import normalise_title
from site_builder.problems import Problems, shortened
from site_builder.sources.fields.venue_names import may_be_one_venue
from site_builder.urls import paper_path, slugify

GENERIC_TITLE = 12  # letters; a shorter title of two words ("Book Review") alone does not tell that two papers are one
MAX_NAMESAKES = 50  # works of one title that a further paper of that title is compared with
SIMILAR_TITLE = 0.6  # ratio of common letters; the same id under titles less alike is a slip of the pen
NICKNAME = 3  # words; curated lists call papers "Llama 2" or "Abacus Embeddings"
_NUMBER = lazy_pattern(r"\d+")
_ZENODO = "10.5281/zenodo."  # of whose DOIs each is that of a version, or of all versions
SAME_TEXT = 200  # characters at the beginning of an abstract that tell two papers are one

# Whose word counts, by reader: what the curator writes by hand, then the record at its origin, then copies of it.
SOURCE_ORDER: tuple[str, ...] = (
    "YAML list",
    "Markdown",
    "arXiv API",
    "arXiv OAI-PMH",
    "arXiv listing",
    "arXiv page",
    "arXiv announcement",
    "arXiv snapshot",
    "Hugging Face daily papers",
    "PubMed XML",
    "PubMed text",
    "PubMed print",
    "PubMed page",
    "JATS XML",
    "BibTeX",
    "CSL-JSON",
    "Zotero JSON",
    "Zotero RDF",
    "Zotero CSV",
    "EndNote XML",
    "EndNote text",
    "Web of Science text",
    "DataCite XML",
    "XML papers",
    "RIS",
    "CITATION.cff",
    "JSON papers",
    "JSON lines",
    "JSON-LD",
    "CSV or TSV",
    "web page",
    "NEP mail",
    "paper feed",
    "Markdown table",
    "Markdown bullets",
    "references",
    "Google Scholar alert",
    "page cards",
    "page dump",
    "page lines",
    "titles",
    "PubMed search",
    "identifiers",
)
_OF_CURATORS = frozenset(
    {"YAML list", "Markdown"}
)  # whose ids tell papers of one title apart, as theirs are given by hand
_MERGED_APART = frozenset(
    {
        "id",
        "aliases",
        "formerly",
        "links",
        "listed",
        "tags",
        "keywords",
        "categories",
        "places",
        "upvotes",
        "comments",
        "stars",
    }
    | {"version", "corrections", "counts", "hold", "announced"}
)
# What arXiv announces a paper as; one that is new in a category is cross-listed in others on the same day.
_ANNOUNCED: tuple[Literal["new", "cross", "replace"], ...] = ("new", "cross", "replace")


def merge_papers(papers: Sequence[Paper], reader_of: Callable[[str], str], problems: Problems) -> list[Paper]:
    """Return one paper per work, in order of first appearance; the ids of two may still map to the same address.

    reader_of: path → name of its reader, which ranks sources. Contradictions between lists are reported. A paper that
    no list dates gets the month in its arXiv id or DOI, if there is one.
    """

    def own_ids(group: Iterable[Paper]) -> set[str]:
        curated = (paper for paper in group if reader_of(paper.places[0].path) in _OF_CURATORS)
        return {paper.id for paper in curated if has_id(paper) and not (paper.arxiv or paper.doi)}

    groups = _by_title(_by_id(papers, problems), own_ids)
    rank = {name: position for position, name in enumerate(SOURCE_ORDER)}

    def rank_of(paper: Paper) -> int:
        return rank.get(reader_of(paper.places[0].path), len(rank))

    merged = []
    for group in groups:
        if len(group) > 1:
            _report_conflicts(group, problems)
        merged.append(_merge(group, rank_of) if len(group) > 1 else group[0])
    _report_versions(merged, problems)
    return [_dated(paper) for paper in merged]


def _by_id(papers: Iterable[Paper], problems: Problems) -> list[list[Paper]]:
    """Group papers that share an arXiv id, a DOI or a curator's id."""
    group_of: dict[str, list[Paper]] = {}
    groups: list[list[Paper]] = []
    for each in papers:
        paper, keys = each, _keys(each)
        if not group_of.keys().isdisjoint(keys):
            paper = _without_ids_of_others(each, group_of, problems)
            keys = _keys(paper)
        found = [group_of[key] for key in keys if key in group_of]
        if not found:
            groups.append([])
        home = found[0] if found else groups[-1]
        home.append(paper)
        for other in found:
            if other is not home:
                home.extend(other)
                group_of.update({key: home for known in other for key in _keys(known)})
                other.clear()
        group_of.update(dict.fromkeys(keys, home))
    return [group for group in groups if group]


def _without_ids_of_others(paper: Paper, group_of: Mapping[str, list[Paper]], problems: Problems) -> Paper:
    """Remove ids that an earlier, different paper has; report a problem for each such paper."""
    taken = {key for key in _keys(paper) if key in group_of and not _may_be_one(group_of[key][0], paper)}
    if not taken:
        return paper
    for other in {id(group_of[key]): group_of[key][0] for key in sorted(taken)}.values():
        what = f'"{shortened(paper.title)}" has the id of "{shortened(other.title)}" ({_place(other)})'
        problems.add(*_at(paper), what, "correct one of the ids; both papers are kept")
    arxiv = None if paper.arxiv in taken else paper.arxiv
    doi = None if paper.doi and parted_doi(paper.doi)[0] in taken else paper.doi
    own_id = (arxiv or doi or slugify(paper.title)) if paper.id in taken else paper.id
    return replace(paper, id=own_id, arxiv=arxiv, doi=doi, version=paper.version if arxiv else None)


def _by_title(groups: list[list[Paper]], own_ids: Callable[[Iterable[Paper]], set[str]]) -> list[list[Paper]]:
    """Merge groups whose papers share a title, unless their ids or authors show that they are different works.

    own_ids: returns the ids that curators gave to papers of a group without arXiv id or DOI.
    """
    of_title: dict[str, list[list[Paper]]] = defaultdict(list)
    joined: list[list[Paper]] = []
    for group in groups:
        titles = set(map(title_key, group))
        namesakes = (each for title in sorted(titles) for each in of_title[title])
        home = next((each for each in namesakes if _are_one(each, group, own_ids)), None)
        if home is None:
            home = group
            joined.append(home)
        else:
            home.extend(group)
        for title in titles:
            of_one = of_title[title]
            if len(of_one) < MAX_NAMESAKES and not any(each is home for each in of_one):
                of_one.append(home)
    return joined


def _are_one(one: list[Paper], other: list[Paper], own_ids: Callable[[Iterable[Paper]], set[str]]) -> bool:
    """Return whether two groups with the same title are the same work."""
    ways: tuple[Callable[[Iterable[Paper]], set[str]], ...] = (_arxiv_ids, _dois, own_ids)
    if any((ids := ids_of(one)) and (others := ids_of(other)) and ids.isdisjoint(others) for ids_of in ways):
        return False
    if any(_contradict(name, one, other) for name in ("volume", "issue", "pages")):
        return False
    pages = [{paper.links["page"] for paper in group if "page" in paper.links} for group in (one, other)]
    if pages[0] and pages[1] and not pages[0] & pages[1] and is_generic(one[0].title):
        return False
    first, second = ({first_family(paper) for paper in group} - {""} for group in (one, other))
    if first and second:
        are_others = is_generic(one[0].title) and len({first_initial(paper) for paper in (*one, *other)} - {""}) > 1
        return bool(first & second) and not are_others
    if not is_generic(one[0].title):
        return True
    starts = [{normalise_title(p.abstract[:SAME_TEXT]) for p in group if p.abstract} for group in (one, other)]
    return bool(starts[0] & starts[1])


def _arxiv_ids(group: Iterable[Paper]) -> set[str]:
    return {paper.arxiv for paper in group if paper.arxiv}


def _dois(group: Iterable[Paper]) -> set[str]:
    return {paper.doi for paper in group if paper.doi}


def _contradict(name: str, one: list[Paper], other: list[Paper]) -> bool:
    """Return whether both groups have a number in a field such as `volume`, and no number in common."""
    said = [{first_number(value) for paper in group if (value := getattr(paper, name))} for group in (one, other)]
    return bool(said[0] and said[1]) and not said[0] & said[1]


def first_number(text: str) -> str:
    """Return the first number in a volume, an issue or pages without leading zeros; else the text, case-folded."""
    found = _NUMBER.search(text)
    return found[0].lstrip("0") or "0" if found else text.casefold()


def is_generic(title: str) -> bool:
    """Return whether a title is so general that different works share it: `Editorial`, `Book Review`."""
    words = len(title.split())
    return words == 1 or (words == 2 and len(normalise_title(title)) < GENERIC_TITLE)  # noqa: PLR2004


def _may_be_one(one: Paper, other: Paper) -> bool:
    """Return whether two papers with one id may be one work: similar titles, same first author, or one has a nickname.

    A nickname is a short title such as "Llama 2" in another list. If only the id of one is known, they may be one.
    """
    if has_id_for_title(one) or has_id_for_title(other):
        return True
    families = {first_family(one), first_family(other)}
    if len(families) == 1 and families != {""}:
        return True
    if are_alike(one.title, other.title):
        return True
    is_nickname = min(len(one.title.split()), len(other.title.split())) <= NICKNAME and "" in families
    return is_nickname and one.places[0].path != other.places[0].path


def are_alike(title: str, other: str) -> bool:
    """Return whether two titles may be of one work: one contains the other, or they have most letters in common."""
    shorter, longer = sorted([normalise_title(title), normalise_title(other)], key=len)
    return shorter in longer or SequenceMatcher(None, shorter, longer).ratio() >= SIMILAR_TITLE


def _report_versions(papers: Iterable[Paper], problems: Problems) -> None:
    """Report papers with equal title and first author but different Zenodo DOIs, which may be versions of one work."""
    seen: dict[tuple[str, str], Paper] = {}
    for paper in papers:
        if paper.doi and paper.doi.startswith(_ZENODO):
            other = seen.setdefault((title_key(paper), first_family(paper)), paper)
            if other is not paper:
                what = f'"{shortened(paper.title)}" has the DOI {paper.doi} here and {other.doi} in {_place(other)}'
                problems.add(
                    *_at(paper), what, "give both the DOI of all versions if they are of one work; both are kept"
                )


def _report_conflicts(group: list[Paper], problems: Problems) -> None:
    """Report differing years or first authors of one work, and signs of two works, with both locations."""
    checks: tuple[tuple[str, Callable[[Paper], str], Callable[[Paper], str]], ...] = (
        ("published in", _year, _year),
        ("by first author", first_family, lambda paper: paper.authors[0]),
    )
    _report_signs_of_two(group, problems)
    for name, key_of, shown in checks:
        seen: dict[str, Paper] = {}
        for paper in sorted(group, key=lambda each: each.places[0]):
            if key := key_of(paper):
                seen.setdefault(key, paper)
        if len(seen) > 1:
            paper, other = list(seen.values())[:2]
            what = f'"{shortened(paper.title)}" is {name} {shown(paper)} here and {shown(other)} in {_place(other)}'
            problems.add(*_at(paper), what, "correct one of them; the better source is taken")


def _report_signs_of_two(group: list[Paper], problems: Problems) -> None:
    """Report signs that papers merged by title alone are different works, each kind of sign once."""
    ordered = sorted(group, key=lambda each: each.places[0])
    signs: tuple[tuple[Callable[[Paper], object], Callable[[Paper, Paper], str]], ...] = (
        (lambda paper: paper.venue, _two_venues),
        (first_initial, _two_initials),
        (lambda paper: not paper.has_more_authors, _two_lists_of_authors),
    )
    for is_known, sign in signs:
        pairs = pairwise(filter(is_known, ordered))
        unsure = ((paper, other) for paper, other in pairs if not set(_keys(paper)) & set(_keys(other)))
        found = next(((paper, other, said) for paper, other in unsure if (said := sign(paper, other))), None)
        if found:
            paper, other, said = found
            what = f'"{shortened(paper.title)}" {said} {_place(other)}'
            problems.add(*_at(paper), what, "give each an id if they are two works; they are taken for one")


def _two_venues(paper: Paper, other: Paper) -> str:
    """Return a message if two papers appeared in different venues, "" if one may be short for the other."""
    one, two = paper.venue or "", other.venue or ""
    return "" if may_be_one_venue(one, two) else f"appeared in {shortened(one)} here and in {shortened(two)} in"


def _two_initials(paper: Paper, other: Paper) -> str:
    """Return a message if the first authors share a family name but not the initial, else ""."""
    is_namesake = first_family(paper) == first_family(other) and first_initial(paper) != first_initial(other)
    return f"is by first author {paper.authors[0]} here and {other.authors[0]} in" if is_namesake else ""


def _two_lists_of_authors(paper: Paper, other: Paper) -> str:
    """Return a message if each paper has further authors that the other lacks, else ""."""
    one, two = ({normalise_title(split_name(name).family) for name in each.authors[1:]} for each in (paper, other))
    return "" if one <= two or two <= one else "has other authors here than in"


def _merge(group: list[Paper], rank_of: Callable[[Paper], int]) -> Paper:
    """Merge papers of one work: each field comes from the best source that has it; the longer abstract breaks ties."""
    group = sorted(
        group, key=lambda paper: (has_id_for_title(paper), rank_of(paper), -len(paper.abstract), paper.places[0])
    )
    best = group[0]
    values: dict[str, Any] = {
        field.name: next((value for paper in group if (value := getattr(paper, field.name))), getattr(best, field.name))
        for field in fields(Paper)
        if field.name not in _MERGED_APART
    }
    named = max(group, key=lambda paper: len(paper.authors))
    values |= author_fields(named, group)
    values["published"] = max((p.published for p in group), key=lambda date: bool(date) and len(str(date)))
    values["doi"] = _newest(values["doi"], group)
    arxiv, doi = values["arxiv"], values["doi"]
    own = next((paper.id for paper in group if has_id(paper)), slugify(values["title"]))
    return Paper(
        id=arxiv or doi or own,
        links={kind: url for paper in reversed(group) for kind, url in paper.links.items()},
        listed=tuple(sorted({day for paper in group for day in paper.listed})),
        formerly=tuple(dict.fromkeys(each for paper in group for each in paper.formerly)),
        tags=tuple(dict.fromkeys(tag for paper in group for tag in paper.tags)),
        keywords=tuple(dict.fromkeys(word for paper in group for word in paper.keywords)),
        categories=tuple(dict.fromkeys(category for paper in group for category in paper.categories)),
        places=tuple(sorted({place for paper in group for place in paper.places})),
        upvotes=_highest(paper.upvotes for paper in group),
        comments=_highest(paper.comments for paper in group),
        stars=_highest(paper.stars for paper in group),
        version=_highest(paper.version for paper in group if paper.arxiv == arxiv),
        corrections=corrections_of_all(group),
        counts=max((paper.counts for paper in group), key=len),
        hold=longest(paper.hold for paper in group),
        announced=next((kind for kind in _ANNOUNCED if any(paper.announced == kind for paper in group)), None),
        **values,
    )


def _newest(doi: str | None, group: Iterable[Paper]) -> str | None:
    """Return the DOI of the latest version of a work that its sources name."""
    named = {paper.doi for paper in group if paper.doi}
    if doi is None or len(named) == 1:
        return doi
    versions = {each: parted_doi(each) for each in named}
    return max(sorted(named), key=lambda each: (versions[each][0] == versions[doi][0], versions[each][1], each == doi))


def _dated(paper: Paper) -> Paper:
    month = None if paper.published else month_of_ids(paper.arxiv, paper.doi)
    return replace(paper, published=month) if month else paper


def longest(holds: Iterable[Hold | None]) -> Hold | None:
    """Return the hold that ends last, None if there is none: one list that holds a paper is enough."""
    return max(filter(None, holds), key=lambda hold: hold.until or date.max, default=None)


def _highest(counts: Iterable[int | None]) -> int | None:
    return max((count for count in counts if count is not None), default=None)


def number_ids(
    papers: Sequence[Paper], fixed: Collection[int], reserved: Iterable[str], problems: Problems
) -> list[Paper]:
    """Give papers whose pages would share an address distinct ids: with the year appended, else a number.

    fixed: indexes of papers that keep their id. reserved: ids that no other paper may take.
    """
    owners = {paper_path(papers[index].id): papers[index] for index in fixed}
    taken = {*map(paper_path, reserved), *owners}  # by address: `10.1000/a:b` and `10.1000/a;b` have the same
    kept: list[Paper] = []
    numbers: defaultdict[str, int] = defaultdict(lambda: 2)
    for index, paper in enumerate(papers):
        if index in fixed:
            kept.append(paper)
            continue
        candidates = [paper.id, *([f"{paper.id}-{paper.published.year}"] if paper.published else [])]
        own = next((each for each in candidates if paper_path(each) not in taken), None)
        is_expected = own is not None and (own == paper.id or not (paper.arxiv or paper.doi))
        if own is None:
            while paper_path(f"{paper.id}-{numbers[paper.id]}") in taken:
                numbers[paper.id] += 1
            own = f"{paper.id}-{numbers[paper.id]}"
        if not is_expected:
            rival = owners.get(paper_path(paper.id))
            what = f'"{shortened(paper.title)}" has the address of another paper ({_rival(rival)})'
            problems.add(*_at(paper), what, f'it is published as "{own}"; give it an id of its own')
        kept.append(paper if own == paper.id else replace(paper, id=own))
        owners[paper_path(own)] = kept[-1]
        taken.add(paper_path(own))
    return kept


def _rival(paper: Paper | None) -> str:
    return _place(paper) if paper else "published earlier, now in no list"


def _keys(paper: Paper) -> list[str]:
    work = parted_doi(paper.doi)[0] if paper.doi else None
    return [key for key in dict.fromkeys([paper.arxiv, work, paper.id]) if key] if has_id(paper) else []


def has_id(paper: Paper) -> bool:
    """Return whether a paper has an id that was not derived from its title."""
    return bool(paper.arxiv or paper.doi) or paper.id != slugify(paper.title)


def first_family(paper: Paper) -> str:
    """Return the first author's family name, normalised for comparison; "" without authors."""
    return normalise_title(split_name(paper.authors[0]).family) if paper.authors else ""


def first_initial(paper: Paper) -> str:
    """Return the first letter of the first author's given name, normalised; "" if not known."""
    return normalise_title(split_name(paper.authors[0]).given)[:1] if paper.authors else ""


def _year(paper: Paper) -> str:
    return str(paper.published.year) if paper.published else ""


def _at(paper: Paper) -> tuple[str, int]:
    return paper.places[0].path, paper.places[0].line


def _place(paper: Paper) -> str:
    return f"{paper.places[0].path}:{paper.places[0].line}"
