"""Identify authors: who is who, which of them have a page, and where an author's name links to.

Papers are processed by their first day, oldest first, and nothing depends on later papers. So adding a day never
changes who somebody is, their address, or whether an earlier paper links to their page.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from itertools import chain, groupby

from site_builder.catalogue.order import name_order
from site_builder.catalogue.page_bar import NEVER, bar
from site_builder.config.settings import PagesFrom
from site_builder.model.catalogue import CoAuthor, Person, Term, TermName
from site_builder.model.paper import Paper
from site_builder.names.identity import load_ids, name_key
from site_builder.papers.clean import strip_controls
from site_builder.papers.keys import author_keys
from site_builder.papers.published_ids import first_month
from site_builder.problems import Problems, shortened
from site_builder.sources.content.vocabulary import PEOPLE, TermDefinition
from site_builder.urls import term_slug

OURS = "our-people"  # slug of the group of the site's own people
MOST_COUNTED = 100  # papers with more authors count towards no page: a collaboration would give thousands one
MOST_CO_AUTHORS = 12
_NEAR_NAME = 0.9  # ratio of common letters
_LONG_NAME = 10  # letters; a short name that differs by one is another's


@dataclass(frozen=True, slots=True)
class People:
    """The authors of a site.

    terms: all authors with a page, by name, and the group of the site's own people.
    authors_of: paper id → its authors with a page.
    links: paper id → for each author the slug of the page to link to, "" for the search.
    ours: ids of papers by the site's own people. group: the term that stands for all of them.
    """

    terms: tuple[Term, ...]
    authors_of: Mapping[str, tuple[TermName, ...]]
    links: Mapping[str, tuple[str, ...]]
    ours: frozenset[str]
    group: TermName


@dataclass(frozen=True, slots=True)
class KnownPages:
    """Author pages published so far. since: slug → the month from which papers link to it. owners: person id → slug."""

    since: Mapping[str, str]
    owners: Mapping[str, str]


NO_PAGES = KnownPages({}, {})


@dataclass(slots=True, eq=False)
class _KnownPerson:
    """One person as known so far.

    slug_of_name: the slug that the name alone would give. slug: slug of the page, "" without a page.
    only: where namesakes are told apart by their papers, the ids of this person's only papers.
    has_namesakes: whether somebody else shares one of the names.
    uncounted: number of papers that do not count towards a page.
    since: the month from which papers link to the page, "" for always; None without a page.
    """

    key: str
    slug_of_name: str
    slug: str = ""
    definition: TermDefinition | None = None
    ids: dict[str, str] = field(default_factory=dict)
    only: frozenset[str] = frozenset()
    has_namesakes: bool = False
    papers: list[Paper] = field(default_factory=list)
    uncounted: int = 0
    since: str | None = None

    def differs(self, ids: Mapping[str, str]) -> bool:
        """Return whether some register has different ids for the two."""
        return any(self.ids.get(register, value) != value for register, value in ids.items())

    @property
    def is_ours(self) -> bool:
        return self.definition is not None and self.definition.is_ours


def find_people(
    papers: Sequence[Paper],
    definitions: Sequence[TermDefinition],
    pages_from: PagesFrom,
    problems: Problems,
    ours_name: str = "Our people",
    published: KnownPages = NO_PAGES,
) -> People:
    """Return the authors of the papers.

    definitions: from `people.yaml`. ours_name: name of the group of the site's own people. published: author pages of
    earlier builds.
    """
    group_of_ours = TermName("author", OURS, ours_name)
    known = _KnownPeople(definitions, published if pages_from == "auto" else replace(published, since={}))
    for _, group in groupby(sorted(papers, key=_by_first_day), key=_first_day):
        of_day = list(group)
        authors = list(map(known.add, of_day))
        known.open_pages(authors, first_month(of_day[0], ""), bar(pages_from, len(known.authors_of)))
    known.open_published(max((first_month(paper, "") for paper in papers), default=""))
    _report_unknown_papers(known.persons, problems)
    _report_misspelt(known, problems)
    shown = [person for person in known.persons if person.since is not None and person.papers]
    order = {paper.id: index for index, paper in enumerate(papers)}
    terms = [_term(person, known, order) for person in shown]
    ours = frozenset(paper.id for person in shown if person.is_ours for paper in person.papers)
    if ours:
        our_papers = tuple(paper for paper in papers if paper.id in ours)
        terms.append(Term("author", OURS, ours_name, "", our_papers))
    return People(
        terms=tuple(sorted(terms, key=name_order)),
        authors_of=_by_paper(shown, known, ours, group_of_ours),
        links={paper.id: links for paper in papers if any(links := _links(paper, known.authors_of[paper.id]))},
        ours=ours,
        group=group_of_ours,
    )


def _first_day(paper: Paper) -> date:
    """Return the first day of a paper; papers without a day sort before all others."""
    return paper.days[0] if paper.days else date.min


def _by_first_day(paper: Paper) -> tuple[date, str]:
    return _first_day(paper), paper.id


def _links(paper: Paper, persons: Sequence[_KnownPerson | None]) -> tuple[str, ...]:
    """Return, for each author, the slug of the page that existed by the end of the paper's first month; "" for none."""
    month = first_month(paper, "")
    return tuple(p.slug if p and p.since is not None and p.since <= month else "" for p in persons)


def _by_paper(
    shown: Iterable[_KnownPerson], known: "_KnownPeople", ours: Iterable[str], group: TermName
) -> dict[str, tuple[TermName, ...]]:
    terms_of: dict[str, list[TermName]] = defaultdict(list)
    for paper_id in ours:
        terms_of[paper_id].append(group)
    for person in shown:
        name = known.name_of(person)
        for paper in person.papers:
            terms_of[paper.id].append(name)
    return {paper_id: tuple(names) for paper_id, names in terms_of.items()}


class _KnownPeople:
    """All people found so far, indexed by name, by id and by slug.

    authors_of: paper id → the person after each author, None where the text is no name.
    """

    def __init__(self, definitions: Sequence[TermDefinition], published: KnownPages) -> None:
        self._opened = published.since
        self._owners = published.owners
        self._registers: dict[tuple[str, str], set[str]] = defaultdict(set)  # slug and register → ids
        for person_id, slug in published.owners.items():
            register, _, value = person_id.partition(":")
            self._registers[slug, register].add(value)
        self.persons: list[_KnownPerson] = []
        self._by_key: dict[str, list[_KnownPerson]] = defaultdict(list)
        self._by_name_alone: dict[str, _KnownPerson] = {}  # by key: the person last meant by a name without ids
        self.authors_of: dict[str, tuple[_KnownPerson | None, ...]] = {}
        self._names: dict[_KnownPerson, TermName] = {}
        self._by_id: dict[tuple[str, str], _KnownPerson] = {}
        self._slugs = {OURS, *(slug for each in definitions for slug in (each.slug, *each.formerly))}
        for each in definitions:
            keys = [name_key(name) for name in (each.name, *each.aliases)]
            only = frozenset(paper for paper, _ in each.papers)
            person = _KnownPerson(keys[0], each.slug, each.slug, each, only=only, since="")
            self._add(person, dict.fromkeys(filter(None, keys)))
            self._learn(person, dict(each.ids))

    def add(self, paper: Paper) -> tuple[_KnownPerson | None, ...]:
        """Identify the authors of a paper, and add the paper to their papers."""
        keys = author_keys(paper)
        if any(paper.author_ids):
            named = zip(keys, paper.authors, paper.author_ids, strict=True)
            persons = [
                self._of_ids(paper, key, _ids(text, name)) if text else self._of_name(paper, key)
                for key, name, text in named
            ]
        else:
            persons = [self._of_name(paper, key) for key in keys]
        for person in filter(None, dict.fromkeys(persons)):
            person.papers.append(paper)
            if len(persons) > MOST_COUNTED:
                person.uncounted += 1
        self.authors_of[paper.id] = tuple(persons)
        return self.authors_of[paper.id]

    def name_of(self, person: _KnownPerson) -> TermName:
        """Return a person's name in its most frequent spelling; call it only after all papers are added."""
        if person not in self._names:
            spellings = (paper.authors[self._position_of(person, paper)] for paper in person.papers)
            written = person.definition.name if person.definition else Counter(spellings).most_common(1)[0][0]
            self._names[person] = TermName("author", person.slug, strip_controls(written))
        return self._names[person]

    def papers_by_name(self, person: _KnownPerson) -> int:
        """Return how many papers are attributed to a person by name alone."""
        with_ids = (paper for paper in person.papers if paper.author_ids)
        return len(person.papers) - sum(bool(each.author_ids[self._position_of(person, each)]) for each in with_ids)

    def _position_of(self, person: _KnownPerson, paper: Paper) -> int:
        return self.authors_of[paper.id].index(person)

    def open_pages(self, authors: Iterable[Sequence[_KnownPerson | None]], month: str, least: int) -> None:
        """Give a page to each author of a day's papers who has enough papers by now."""
        for person in dict.fromkeys(chain.from_iterable(authors)):
            if person and person.since is None:
                counted = len(person.papers) - person.uncounted
                if counted >= least or self._opening(person) <= month:
                    self._open(person, month)

    def open_published(self, month: str) -> None:
        """Give a page to everyone whose page was published and who would otherwise have none."""
        for person in self.persons if self._opened else ():
            if person.since is None and person.papers and self._opening(person) != NEVER:
                self._open(person, month)

    def _opening(self, person: _KnownPerson) -> str:
        """Return the month since which the person's address has had a published page, or NEVER."""
        slug = (person.ids and self._own_slug(person.ids)) or person.slug_of_name
        is_published = slug in self._opened  # few are, so this is checked first
        return self._opened[slug] if is_published and not self._is_of_another(slug, person.ids) else NEVER

    def _open(self, person: _KnownPerson, month: str) -> None:
        person.since = month
        person.slug = self._free_slug(person.key, person.ids)

    def namesakes(self, person: _KnownPerson) -> Iterator[_KnownPerson]:
        """Yield the others of the same name who have a page."""
        for each in self._by_key[person.key]:
            if each is not person and each.since is not None and each.papers:
                yield each

    def _of_name(self, paper: Paper, key: str) -> _KnownPerson | None:
        """Return the person meant by a name alone, or a new person if the name is ambiguous; None without a name."""
        person = self._by_name_alone.get(key)
        if (person is None or person.has_namesakes) and key:
            person = self._by_name(key, paper, {}) or self._new(key)
            if not person.only:
                self._by_name_alone[key] = person
        return person

    def _of_ids(self, paper: Paper, key: str, ids: dict[str, str]) -> _KnownPerson | None:
        """Return the person meant by a name and ids, or a new one; None if the ids are unknown and there is no name."""
        known = next((who for each in ids.items() if (who := self._by_id.get(each)) and not who.differs(ids)), None)
        if known is None and not key:
            return None
        person = known or self._by_name(key, paper, ids) or self._new(key)
        self._learn(person, ids)
        return person

    def _by_name(self, key: str, paper: Paper, ids: Mapping[str, str]) -> _KnownPerson | None:
        """Return the known person meant by a name, None if there is none or the name is ambiguous."""
        known = self._by_key.get(key)
        if known is None:
            return None
        theirs = [person for person in known if person.only and not person.only.isdisjoint(_names_of(paper))]
        others = [person for person in known if not person.only]
        meant = theirs or [person for person in others if person.definition] or others
        if len(meant) > 1:
            meant = [] if ids else [person for person in meant if not person.ids]
        return meant[0] if meant and not meant[0].differs(ids) else None

    def _new(self, key: str) -> _KnownPerson:
        person = _KnownPerson(key, term_slug(key))
        self._add(person, [key])
        return person

    def _add(self, person: _KnownPerson, keys: Iterable[str]) -> None:
        self.persons.append(person)
        for key in keys:
            namesakes = self._by_key[key]
            namesakes.append(person)
            if len(namesakes) > 1:
                namesakes[0].has_namesakes = person.has_namesakes = True

    def _learn(self, person: _KnownPerson, ids: Mapping[str, str]) -> None:
        for register, value in ids.items():
            person.ids.setdefault(register, value)
            self._by_id.setdefault((register, value), person)

    def _free_slug(self, key: str, ids: Mapping[str, str]) -> str:
        """Return a slug for a new person: the name's, for a namesake with a hash of the ids or a number appended."""
        slug = self._own_slug(ids) or term_slug(key)
        if ids and self._is_of_another(slug, ids):
            slug = f"{slug}-{sha256(repr(sorted(ids.items())).encode()).hexdigest()[:6]}"
        base, number = slug, 2
        while self._is_of_another(slug, ids):
            slug, number = f"{base}-{number}", number + 1
        self._slugs.add(slug)
        return slug

    def _is_of_another(self, slug: str, ids: Mapping[str, str]) -> bool:
        """Return whether a slug is taken, or was published for a person whose ids differ in some register."""
        had = ((self._registers.get((slug, register)), value) for register, value in ids.items())
        return slug in self._slugs or any(values and value not in values for values, value in had)

    def _own_slug(self, ids: Mapping[str, str]) -> str:
        """Return a slug that was published for one of these ids and is free now, "" for none."""
        if not ids:
            return ""
        had = (self._owners.get(f"{register}:{value}", "") for register, value in sorted(ids.items()))
        return next((slug for slug in had if slug and slug not in self._slugs), "")


def _ids(text: str, name: str) -> dict[str, str]:
    """Return ids by register; DBLP's homonym number gets the name added, as it is unique only with it."""
    ids = load_ids(text)
    if "dblp-name" in ids:
        ids["dblp-name"] = f"{name_key(name)} {ids['dblp-name']}"
    return ids


def _names_of(paper: Paper) -> tuple[str, ...]:
    return (paper.id, *paper.aliases, *filter(None, (paper.arxiv, paper.doi)))


def _term(person: _KnownPerson, known: _KnownPeople, order: Mapping[str, int]) -> Term:
    definition = person.definition
    return Term(
        taxonomy="author",
        slug=person.slug,
        name=known.name_of(person).name,
        description=strip_controls(definition.description) if definition else "",
        papers=tuple(sorted(person.papers, key=lambda paper: order[paper.id])),
        formerly=definition.formerly if definition else (),
        person=Person(
            ids=tuple(sorted(person.ids.items())),
            is_ours=person.is_ours,
            by_name=known.papers_by_name(person),
            namesakes=tuple(map(known.name_of, known.namesakes(person))),
            co_authors=_co_authors(person, known),
        ),
        since=person.since or "",
    )


def _co_authors(person: _KnownPerson, known: _KnownPeople) -> tuple[CoAuthor, ...]:
    """Return the most frequent co-authors; papers with more than MOST_COUNTED authors are ignored."""
    counts: Counter[_KnownPerson] = Counter()
    for paper in person.papers:
        if len(paper.authors) <= MOST_COUNTED:
            counts.update({who for who in known.authors_of[paper.id] if who and who is not person})
    least = min((count for _, count in counts.most_common(MOST_CO_AUTHORS)), default=0)
    found = [(count, known.name_of(who), who.since is not None) for who, count in counts.items() if count >= least]
    largest = sorted(found, key=lambda each: (-each[0], name_order(each[1])))[:MOST_CO_AUTHORS]
    return tuple(CoAuthor(name.name, name.slug if has_page else "", count) for count, name, has_page in largest)


def _report_misspelt(known: _KnownPeople, problems: Problems) -> None:
    """Report who of `people.yaml` has no paper where an author's name differs by a letter or two."""
    unmet = [person.definition.name for person in known.persons if person.definition and not person.papers]
    met: dict[str, set[str]] = defaultdict(set)  # word → names that have it
    for person in known.persons if unmet else ():
        if person.papers:
            name = known.name_of(person).name
            for word in name.split():
                met[word].add(name)
    for name in unmet:
        near = get_close_matches(name, sorted(set().union(*(met[word] for word in name.split()))), 1, _NEAR_NAME)
        if near and near[0] != name and len(name) >= _LONG_NAME:
            problems.add(PEOPLE, None, f'no paper names "{name}"', f'did you mean "{near[0]}"?')


def _report_unknown_papers(persons: Iterable[_KnownPerson], problems: Problems) -> None:
    """Report papers that `people.yaml` assigns to a person although no author of them has that name."""
    for person in persons:
        if person.definition and person.only:
            theirs = {name for paper in person.papers for name in _names_of(paper)}
            for paper_id, line in person.definition.papers:
                if paper_id not in theirs:
                    what = f'no paper "{shortened(paper_id)}" names "{person.definition.name}"'
                    problems.add(PEOPLE, line, what, "correct the id or the names; it is passed over")
