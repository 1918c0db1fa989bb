"""Group papers into a catalogue: days, weeks, months, years, tags, organisations, authors and venues."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial, reduce
from math import inf
from operator import add

from site_builder.catalogue.citation_keys import citation_keys
from site_builder.catalogue.corrections import correction_notices
from site_builder.catalogue.edition_texts import DeskTexts, report_pins, with_order
from site_builder.catalogue.order import editor_sort_key, is_withdrawn, name_order
from site_builder.catalogue.people import OURS, KnownPages, People, find_people
from site_builder.catalogue.related import Relate, relate
from site_builder.catalogue.tag_bounds import bounded_tags
from site_builder.catalogue.tagging import Tagger, found_tags
from site_builder.catalogue.venues import find_venues
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Day, Period, PeriodKind, Section, Term, TermName
from site_builder.model.note import Note
from site_builder.model.paper import Hold, Paper, Place
from site_builder.papers import Papers
from site_builder.papers.clean import strip_controls
from site_builder.papers.release import Clock
from site_builder.problems import Problems, counted
from site_builder.sources import Sources
from site_builder.sources.content.vocabulary import TermDefinition, by_name, tag_key
from site_builder.urls import month_key, term_slug, week_key, year_key
from site_builder.volumes.cache import Cache, NoCache


def make_catalogue(
    made: Papers,
    sources: Sources,
    settings: Settings,
    problems: Problems,
    cache: Cache | None = None,
    relate: Relate = relate,
    clock: Clock | None = None,
) -> Catalogue:
    """Group all papers. A note for a day without papers, and a second note for a day, are reported.

    cache: results of earlier builds for the same texts. relate: finds related papers.
    clock: says which days are in the future, when papers of such days are shown; otherwise their notes are left out.
    Raises BuildError when the settings require a comparison of papers that is not installed.
    """
    cache = cache or NoCache()
    papers = tuple(sorted(made.papers, key=_newest_first))
    tags_of = _tag(papers, sources, problems, cache)
    organization_of = _organizations(papers, sources.organizations)
    ours, opened = settings.words.gettext("Our people"), sources.published.opened
    published = KnownPages(opened("author"), sources.published.addresses_of_authors())
    people = find_people(papers, sources.people, settings.author_min, problems, ours, published)
    venues = find_venues(papers, settings.venue_min, opened("venue"))
    texts = DeskTexts.of(sources.desk, problems)
    rules = _SectionRules.of(sources.vocabulary, settings.smallest_section, people)
    day_notes = _notes([note for note in sources.notes if not note.period], papers, texts, problems)
    days = _days(papers, tags_of, day_notes, texts, rules)
    for digest in days:
        report_pins(digest.date, digest.papers, sources.desk, problems.stopping(digest.date.isoformat()))
    if clock:
        days = tuple(day if clock.is_out(day.date) else replace(day, hold=Hold(day.date)) for day in days)
    notes = _period_notes(sources.notes, days, clock, problems)
    weeks, months = _periods("week", days, texts, notes), _periods("month", days, texts, notes)
    known = [*(day.date.isoformat() for day in days), *(period.key for period in (*weeks, *months))]
    texts.report_unused([*known, *_to_come(texts.entries, clock)])
    undated = tuple(paper for paper in papers if not paper.days)
    _report_undated(undated, made.lists_without_year, problems)
    return Catalogue(
        papers=papers,
        days=days,
        weeks=weeks,
        months=months,
        years=_periods("year", days),
        tags=_terms(papers, tags_of, sources.vocabulary),
        organizations=_terms(papers, {key: (name,) for key, name in organization_of.items()}, sources.organizations),
        authors=people.terms,
        venues=venues.terms,
        undated=undated,
        tags_of=tags_of,
        authors_of=people.authors_of,
        author_links=people.links,
        venue_of=venues.venue_of,
        organization_of=organization_of,
        fetched=sources.fetched,
        left_out={path: file.skipped for path, file in sources.files.items() if file.skipped},
        pages=tuple(sorted(sources.pages, key=lambda page: (page.order, page.title, page.path))),
        related=relate([paper for paper in papers if not paper.withdrawal], tags_of, settings, cache),
        corrections=correction_notices(papers),
        citation_keys=citation_keys(papers),
    )


def _report_undated(papers: Sequence[Paper], without_year: Collection[str], problems: Problems) -> None:
    """Report for each list how many of its papers have no day, and the reason if the list's date has no year."""
    for path, count in Counter(paper.places[0].path for paper in papers).items():
        why = " (the list does not say its year)" if path in without_year else ""
        what = f"{counted(count, 'paper')} without a day{why}, kept under Undated"
        remedy = f'write `listed:` in the list, or `lists: [{{path: "{path}", listed: YYYY-MM-DD}}]` in site.yaml'
        problems.add(path, None, what, remedy)


def _newest_first(paper: Paper) -> tuple[int, bool, int, str]:
    newest = paper.days[-1] if paper.days else date.min
    return -newest.toordinal(), is_withdrawn(paper), -(paper.upvotes or 0), paper.id


def _tag(
    papers: Sequence[Paper], sources: Sources, problems: Problems, cache: Cache
) -> dict[str, tuple[TermName, ...]]:
    """Return the tags of each paper by paper id: explicit ones first, then those found with the vocabulary."""
    tagger = Tagger(sources.vocabulary)
    names = {definition.slug: strip_controls(definition.name) for definition in sources.vocabulary}
    spellings: dict[str, set[str]] = defaultdict(set)
    kept = bounded_tags(papers, problems)
    for tag in (tag for tags in kept.values() for tag in tags):
        spellings[term_slug(tag)].add(tag)
    names = {**{slug: min(written) for slug, written in spellings.items()}, **names}
    found = found_tags(papers, tagger, cache)
    terms = {slug: TermName("tag", slug, name) for slug, name in names.items()}
    slugs_of = {paper.id: tagger.joined(kept[paper.id], found[paper.id]) for paper in papers}
    return {paper_id: tuple(map(terms.__getitem__, slugs)) for paper_id, slugs in slugs_of.items()}


def _organizations(papers: Sequence[Paper], definitions: Sequence[TermDefinition]) -> dict[str, TermName]:
    """Return the organisation of each paper by paper id; spellings that differ only in case are merged."""
    known = by_name(definitions)
    spellings: dict[str, set[str]] = defaultdict(set)
    slugs: dict[str, str] = {}  # by name as written
    for name in {paper.organization for paper in papers if paper.organization}:
        definition = known.get(tag_key(name))
        slugs[name] = definition.slug if definition else term_slug(name)
        spellings[slugs[name]].add(name)
    names = {slug: min(written) for slug, written in spellings.items()}
    names |= {each.slug: strip_controls(each.name) for each in definitions}
    terms = {slug: TermName("organization", slug, name) for slug, name in names.items()}
    return {paper.id: terms[slugs[paper.organization]] for paper in papers if paper.organization}


def _notes(notes: Sequence[Note], papers: Sequence[Paper], texts: DeskTexts, problems: Problems) -> dict[date, Note]:
    days = {day for paper in papers for day in paper.days}
    kept: dict[date, Note] = {}
    for note in notes:
        to, line = problems.stopping(note.day.isoformat()), texts.line_of_note(note)
        if note.day in kept:
            what = f"a second note for {note.day}; the first is {kept[note.day].path}"
            to.add(note.path, line, what, "join the two; this one is left out")
        else:
            kept[note.day] = note
            if note.day not in days:
                what, remedy = (
                    f"no list has papers for {note.day}",
                    "the note is shown alone on its day, and not mailed",
                )
                to.add(note.path, line, what, remedy)
    return kept


def _days(
    papers: Sequence[Paper],
    tags_of: Mapping[str, tuple[TermName, ...]],
    notes: Mapping[date, Note],
    editions: DeskTexts,
    rules: "_SectionRules",
) -> tuple[Day, ...]:
    """Return every day with papers or a note, oldest first."""
    by_day: dict[date, list[Paper]] = defaultdict(list)
    for day in notes:
        by_day[day] = []
    for paper in papers:
        for day in paper.days:
            by_day[day].append(paper)
    days = []
    for day in sorted(by_day):
        key = day.isoformat()
        names = rules.names(by_day[day], tags_of) if key in editions.entries else {}
        order, first = editions.order(key, by_day[day], names)
        texts = with_order(editions.texts(key, day), order)
        ordered = tuple(sorted(by_day[day], key=partial(_as_edited, texts.ranks)))
        sections = _sections(ordered, tags_of, rules, first)
        days.append(Day(day, ordered, sections, notes.get(day), texts))
    return tuple(days)


def _as_edited(ranks: Mapping[str, int], paper: Paper) -> tuple[bool, int, int, int, Place, str]:
    """Return the sort key of a day's papers: the editor's pins and order, then upvotes; withdrawn papers last."""
    return (is_withdrawn(paper), *editor_sort_key(paper, ranks), -(paper.upvotes or 0), paper.places[0], paper.id)


def _to_come(keys: Iterable[str], clock: Clock | None) -> list[str]:
    """Return the keys of editions that are not out yet."""
    if clock is None:
        return []
    today = clock.today
    known = {7: month_key(today), 8: week_key(today), 10: today.isoformat()}
    return [key for key in keys if key >= known.get(len(key), key)]


_OURS = f"author/{OURS}"  # not a possible slug of a tag


@dataclass(frozen=True, slots=True)
class _SectionRules:
    """The user's rules for sections.

    order: position by tag slug. always: slugs of tags that are always a section. slugs: tag slug by name.
    smallest: fewest papers of a section. people: the site's own people among them have a section of their own.
    """

    order: Mapping[str, int]
    always: frozenset[str]
    slugs: Mapping[str, str]
    smallest: int
    people: People

    @classmethod
    def of(cls, vocabulary: Sequence[TermDefinition], smallest: int, people: People) -> "_SectionRules":
        return cls(
            {tag.slug: tag.order for tag in vocabulary if tag.order is not None},
            frozenset(tag.slug for tag in vocabulary if tag.is_section),
            {name: tag.slug for name, tag in by_name(vocabulary).items()},
            smallest,
            people,
        )

    def slug(self, paper: Paper) -> str:
        """Return the slug of the section assigned to a paper, or of our own people's section; "" for neither."""
        if paper.section:
            return self.slugs.get(tag_key(paper.section)) or term_slug(paper.section)
        return _OURS if paper.id in self.people.ours else ""

    def names(self, papers: Sequence[Paper], tags_of: Mapping[str, tuple[TermName, ...]]) -> dict[str, str]:
        """Return the slugs of all sections that the papers of a day may have, by every name."""
        tags = {tag.slug: tag for paper in papers for tag in tags_of[paper.id]}
        names = {tag_key(self.people.group.name): _OURS} if any(each.id in self.people.ours for each in papers) else {}
        names |= {name: slug for name, slug in self.slugs.items() if slug in tags}
        return names | {tag_key(name): tag.slug for tag in tags.values() for name in (tag.name, tag.slug)}

    def sort_key(self, section: Section, first: Sequence[str]) -> tuple[int, float, int, str]:
        """Return the sort key of a section: the day's order, the order of tags, then size."""
        slug, name = (section.term.slug, section.term.name) if section.term else ("", "")
        slug = _OURS if section.term == self.people.group else slug
        position = first.index(slug) if slug in first else len(first)
        order = -1 if slug == _OURS else self.order.get(slug, inf)
        return position, order, -len(section.papers), name


def _sections(
    papers: Sequence[Paper], tags_of: Mapping[str, tuple[TermName, ...]], rules: _SectionRules, first: Sequence[str]
) -> tuple[Section, ...]:
    """Split a day's papers into sections by tag, each paper once, taking the most relevant tag of the rest each time.

    A paper with an assigned section stays in it. first: slugs of the sections that the day's desk entry puts first.
    """
    terms = {_OURS: rules.people.group} | {tag.slug: tag for paper in papers for tag in tags_of[paper.id]}
    ids_of: dict[str, list[str]] = defaultdict(list)
    slugs_of: dict[str, list[str]] = {}  # of papers without an assigned section
    for paper in papers:
        if (slug := rules.slug(paper)) in terms:  # not if its tag is one of too many
            ids_of[slug].append(paper.id)
        else:
            slugs_of[paper.id] = [tag.slug for tag in tags_of[paper.id]]
    small = rules.always.union(ids_of, first)
    weights_of: dict[str, dict[str, float]] = defaultdict(dict)  # slug → id of each remaining paper → weight
    for paper_id, slugs in slugs_of.items():
        for position, slug in enumerate(slugs):
            weights_of[slug][paper_id] = 1 / (1 + position)
    while shared := [
        slug for slug, weights in weights_of.items() if len(weights) >= (1 if slug in small else rules.smallest)
    ]:
        # Not sum(), whose rounding differs between Python releases.
        best = max(shared, key=lambda slug: (reduce(add, weights_of[slug].values()), slug))
        taken = weights_of.pop(best)
        ids_of[best] += taken
        for paper_id in taken:
            for slug in slugs_of.pop(paper_id):
                if slug in weights_of:
                    del weights_of[slug][paper_id]
    by_id = {paper.id: paper for paper in papers}
    order = {paper.id: index for index, paper in enumerate(papers)}
    sections = [
        Section(terms[slug], tuple(by_id[each] for each in sorted(ids, key=order.__getitem__)))
        for slug, ids in ids_of.items()
    ]
    sections.sort(key=lambda section: rules.sort_key(section, first))
    rest = tuple(by_id[paper_id] for paper_id in slugs_of)
    return (*sections, Section(None, rest)) if rest else tuple(sections)


def _period_notes(
    notes: Sequence[Note], days: Sequence[Day], clock: Clock | None, problems: Problems
) -> dict[str, Note]:
    """Return the notes of weeks and months by key; notes of periods without papers and second notes are reported."""
    to_come = {*_to_come((note.period for note in notes if note.period), clock)}
    keys = {key(day.date) for day in days for key in (week_key, month_key)}
    kept: dict[str, Note] = {}
    for note in notes:
        if note.period in kept:
            what = f"a second note for {note.period}; the first is {kept[note.period].path}"
            problems.stopping(note.period).add(note.path, None, what, "join the two; this one is left out")
        elif note.period and note.period not in keys and note.period not in to_come:
            what = f"no list has papers for {note.period}"
            problems.add(note.path, None, what, "name the file for another week or month; the note is left out")
        elif note.period in keys:
            kept[note.period] = note
    return kept


def _periods(
    kind: PeriodKind,
    days: Sequence[Day],
    texts: DeskTexts | None = None,
    notes: Mapping[str, Note] | None = None,
) -> tuple[Period, ...]:
    """Return the weeks, months or years that contain a day of the site, oldest first."""
    keys: dict[PeriodKind, Callable[[date], str]] = {"week": week_key, "month": month_key, "year": year_key}
    key_of = keys[kind]
    by_period: dict[str, list[Day]] = defaultdict(list)
    for day in days:
        by_period[key_of(day.date)].append(day)
    periods = (
        Period(kind, key, *_bounds(kind, by_period[key][0].date), tuple(by_period[key])) for key in sorted(by_period)
    )
    if texts is None or notes is None:
        return tuple(periods)
    return tuple(replace(each, texts=texts.of_period(each.key, each.first, notes.get(each.key))) for each in periods)


def _bounds(kind: PeriodKind, day: date) -> tuple[date, date]:
    """Return the first and last date of the week, month or year around a day."""
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if kind == "month":
        return day.replace(day=1), (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _terms(
    papers: Sequence[Paper], terms_of: Mapping[str, tuple[TermName, ...]], definitions: Sequence[TermDefinition]
) -> tuple[Term, ...]:
    """Return every term that has papers, sorted by name; papers newest first."""
    descriptions = {each.slug: strip_controls(each.description) for each in definitions}
    formerly = {each.slug: each.formerly for each in definitions}
    names: dict[str, TermName] = {}
    papers_of: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for name in terms_of.get(paper.id, ()):
            names[name.slug] = name
            papers_of[name.slug].append(paper)
    terms = [
        Term(
            taxonomy=names[slug].taxonomy,
            slug=slug,
            name=names[slug].name,
            description=descriptions.get(slug, ""),
            papers=tuple(group),
            formerly=tuple(former for former in formerly.get(slug, ()) if former not in papers_of),
        )
        for slug, group in papers_of.items()
    ]
    return tuple(sorted(terms, key=name_order))
