"""Catalogue → what is published with it: which addresses stay, which would be gone, and which texts have changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from site_builder.catalogue.order import by_upvotes, editors_place, highlights_of
from site_builder.model.catalogue import Catalogue, Day, EditionTexts, Period, Term
from site_builder.model.note import FreePage, Note
from site_builder.model.paper import Paper
from site_builder.model.published import FOLDER, Published, PublishedPage, PublishedPaper
from site_builder.papers.published_ids import first_month, text_fingerprint
from site_builder.problems import Problem, Problems
from site_builder.settings import Settings
from site_builder.sources.list_name import is_later
from site_builder.urls import (
    authority_of,
    day_path,
    free_page_path,
    month_key,
    paper_path,
    period_path,
    term_path,
    week_key,
)

_LOCAL_ENDINGS = frozenset({"localhost", "local", "localdomain"})
SHOWN = 5  # addresses in a message
_OF_PERIODS = "period "  # before fingerprints of weeks and months; earlier ones were made of what no entry shows
BEST = 100  # papers of a week or month whose order by upvotes is kept; no feed shows more
_REMEDY = (
    "bring back what stood there, or name it under `formerly:` where it is now; "
    "if they are to be gone, nothing is left to do: they are told once"
)


def publish(
    catalogue: Catalogue,
    published: Published,
    authority: str,
    program: str,
    times: Mapping[str, datetime],
    now: datetime,
    settings: Settings,
) -> Published:
    """Return what is published once the site of a catalogue is out.

    authority: the name of entry ids to keep from now on, "" for none. program: the release of this one; what another
    one published otherwise is recorded anew and is no news. times: when entries are dated, by id and path;
    those that are still to come may yet change. now: the moment at which a change that is seen for the first time has
    happened.
    """
    is_news = published.program in {"", program}
    papers = {paper.id: _paper(paper, catalogue, published, times, now, is_news=is_news) for paper in catalogue.papers}
    joined = {alias for paper in catalogue.papers for alias in paper.aliases}
    gone = {key: _gone(record, _moment(now)) for key, record in published.papers.items() if key not in joined}
    planned = _pages(catalogue, published.pages, times, now, settings, is_news=is_news)
    pages = {page.path: page for page in planned}
    led = former_paths(catalogue)
    former = {path: published.pages.get(path) or PublishedPage(path=path) for path in (*published.pages, *led)}
    gone_pages = {
        path: replace(page, is_gone=path not in led, leads_to=led.get(path, page.leads_to))
        for path, page in former.items()
    }
    return replace(
        published, papers={**gone, **papers}, pages={**gone_pages, **pages}, authority=authority, program=program
    )


def with_times(catalogue: Catalogue, times: Mapping[str, datetime], published: Published) -> Catalogue:
    """Return a catalogue that knows when its entries are dated and changed, and what is kept of earlier builds."""
    updates, best, numbered = published.updates(), published.best(), published.numbered()
    return replace(catalogue, updates=updates, times=times, best=best, numbered=numbered)


def with_addresses(published: Published, lasting: Iterable[str], standing: Collection[str]) -> Published:
    """Return what is published with all other addresses of the site.

    lasting: those to keep in mind from now on, `*` in them for any name. standing: all at which something stands.
    """
    kept = set(lasting)
    pages = {**{path: PublishedPage(path=path) for path in kept}, **published.pages}
    there = {path for path, page in pages.items() if page.is_gone and (path in kept or path in standing)}
    return replace(published, pages=pages | {path: replace(pages[path], is_gone=False) for path in there})


def kept_authority(settings: Settings, published: Published, problems: Problems, *, is_preview: bool) -> str:
    """Return the name that entry ids are made with from now on, whatever base_url becomes; "" while none is to be kept.

    is_preview: the address of the site was given for this build alone. A setting that is not what entries were
    published with is a problem.
    """
    wanted, known = settings.feeds.authority, published.authority
    if wanted and known and wanted != known:
        what = f'feeds.authority is "{wanted}", and entries were published with "{known}": all are new to every reader'
        remedy = f"set it back, or, if that is meant, write it into content/{FOLDER}/site.jsonl, too"
        problems.add("site.yaml", None, what, remedy)
    is_passing = is_preview or _is_local(urlsplit(settings.base_url).hostname or "localhost")
    return known or wanted or ("" if is_passing else authority_of(settings.base_url))


def _is_local(host: str) -> bool:
    """Tell whether a host is of this machine or of a network of one's own, and so is nobody's lasting name."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host.rpartition(".")[2] in _LOCAL_ENDINGS


def with_authority(settings: Settings, published: Published) -> Settings:
    """Return settings that name the authority of entry ids: their own, else the one published with, else the host."""
    authority = settings.feeds.authority or published.authority or authority_of(settings.base_url)
    return settings.model_copy(update={"feeds": settings.feeds.model_copy(update={"authority": authority})})


def with_former_names(catalogue: Catalogue, published: Published) -> Catalogue:
    """Return a catalogue whose terms and free pages have the former names, too, that they once said.

    Who is renamed again says the last name alone; a former address that something else has now is left to it.
    """
    former = published.former()
    if not former:
        return catalogue
    taken = {*former_paths(catalogue)}.union(
        (term_path(term.taxonomy, term.slug) for term in catalogue.terms),
        (free_page_path(page.slug) for page in catalogue.pages),
    )

    def of_term(term: Term) -> Term:
        paths = [term_path(term.taxonomy, slug) for slug in (term.slug, *term.formerly)]
        found = [path.rpartition("/")[2].removesuffix(".html") for path in _former_of(paths, former, taken)]
        return replace(term, formerly=(*found, *term.formerly)) if found else term

    def of_page(page: FreePage) -> FreePage:
        found = _former_of([free_page_path(slug) for slug in (page.slug, *page.formerly)], former, taken)
        return replace(page, formerly=(*(path.removesuffix(".html") for path in found), *page.formerly))

    tags, organizations, authors = (
        tuple(map(of_term, terms)) for terms in (catalogue.tags, catalogue.organizations, catalogue.authors)
    )
    pages = tuple(map(of_page, catalogue.pages))
    return replace(catalogue, tags=tags, organizations=organizations, authors=authors, pages=pages)


def _former_of(paths: Iterable[str], former: Mapping[str, Iterable[str]], taken: set[str]) -> list[str]:
    """Return the addresses that led to some, also by way of others, the oldest first; all of them are taken then."""
    waiting, found = list(paths), list[str]()
    while waiting:
        new = [path for path in former.get(waiting.pop(), ()) if path not in taken]
        taken.update(new)
        waiting += new
        found = new + found
    return found


def with_first_slugs(catalogue: Catalogue, published: Published) -> Catalogue:
    """Return a catalogue whose terms are known by the slugs that their entries were published with."""
    groups = (catalogue.tags, catalogue.organizations, catalogue.authors)
    tags, organizations, authors = (_known_again(terms, published.pages) for terms in groups)
    return replace(catalogue, tags=tags, organizations=organizations, authors=authors)


def _known_again(terms: Sequence[Term], pages: Mapping[str, PublishedPage]) -> tuple[Term, ...]:
    """Return terms, each known by a slug of its own; one that was renamed goes before a new one of its old name."""
    wanted = {term.slug: _first_slug(term, pages) for term in terms}
    taken: set[str] = set()
    for term in sorted(terms, key=lambda term: (wanted[term.slug] == term.slug, term.slug)):
        first, number = wanted[term.slug], 1
        while first in taken or (number > 1 and first in wanted):
            number += 1
            first = f"{term.slug}-{number}"
        wanted[term.slug] = first
        taken.add(first)
    return tuple(replace(term, known_as=wanted[term.slug]) for term in terms)


def _first_slug(term: Term, pages: Mapping[str, PublishedPage]) -> str:
    """Return the slug that the entries of a term were published with, if possible under a name that is not gone."""
    slugs = {slug: pages.get(term_path(term.taxonomy, slug)) for slug in (term.slug, *term.formerly)}
    known = [(page.is_gone, page.first or slug) for slug, page in slugs.items() if page]
    return min(known, key=lambda each: each[0], default=(False, term.first_slug))[1]


def report_vanishing(published: Published, after: Published, problems: Problems) -> Problem | None:
    """Report the addresses that were published and would lead nowhere; return the problem, None for none."""
    gone = _vanishing(published, after)
    if not gone:
        return None
    told = ", ".join(gone[:SHOWN]) + (", …" if len(gone) > SHOWN else "")
    what = f"{len(gone):,} address{'es' if len(gone) > 1 else ''} would be gone: {told}"
    problem = Problem(f"{FOLDER}/", None, what, _REMEDY)
    problems.extend([problem])
    return problem


def _vanishing(published: Published, after: Published) -> list[str]:
    """Return the output paths that were published and are of nothing now, in order."""
    papers = [
        paper_path(record.id)
        for key, record in published.papers.items()
        if not record.is_gone and key in after.papers and after.papers[key].is_gone
    ]
    pages = [
        path
        for path, page in published.pages.items()
        if not page.is_gone and path in after.pages and after.pages[path].is_gone
    ]
    return sorted(papers) + sorted(pages)


def former_paths(catalogue: Catalogue) -> dict[str, str]:
    """Return the addresses that terms and free pages had under former names, and those that they have now."""
    of_terms = {
        term_path(term.taxonomy, slug): term_path(term.taxonomy, term.slug)
        for term in catalogue.terms
        for slug in term.formerly
    }
    of_pages = {free_page_path(slug): free_page_path(page.slug) for page in catalogue.pages for slug in page.formerly}
    return of_terms | of_pages


def _gone(record: PublishedPaper, moment: datetime) -> PublishedPaper:
    """Return the record of a paper that no list carries now; what showed it changed when it went."""
    return record if record.is_gone else replace(record, is_gone=True, updated=moment)


def _moment(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)


def _paper(
    paper: Paper,
    catalogue: Catalogue,
    published: Published,
    times: Mapping[str, datetime],
    now: datetime,
    *,
    is_news: bool,
) -> PublishedPaper:
    known = published.papers.get(paper.id)
    text, shown = text_fingerprint(paper.abstract), _shown_of_paper(paper, catalogue)
    at, updated = (known.at, known.updated) if known else (None, None)
    if (is_news and at and _is_corrected(paper, known, text, shown)) if known else _is_late(paper, published.pages):
        updated = _moment(now)
    if at is None and paper.id in times and times[paper.id] <= now:
        at = times[paper.id]
    ids = {each for each in (paper.arxiv, paper.doi, *(known.known if known else ())) if each}
    first = known.first if known else first_month(paper)
    return PublishedPaper(
        id=paper.id,
        first=first,
        title=paper.title,
        text=text,
        shown=shown,
        ids=paper.aliases,
        known=tuple(sorted(ids - {paper.id, *paper.aliases})),
        at=at,
        updated=updated,
        is_withdrawn=paper.withdrawal is not None,
    )


def _is_corrected(paper: Paper, known: PublishedPaper, text: str, shown: str) -> bool:
    """Tell whether what an entry shows changed; a change that a fetched list dates itself is none."""
    dated = {correction.after for correction in paper.corrections}
    is_dated = any(correction.what == "withdrawal" for correction in paper.corrections)
    return known.is_gone or (
        (paper.title != known.title and paper.title not in dated)
        or (_differs(known.text, text, known) and paper.abstract not in dated)
        or _differs(known.shown, shown, known)
        or ((paper.withdrawal is not None) != known.is_withdrawn and not is_dated)
    )


def _differs(before: str, now: str, known: PublishedPaper | PublishedPage) -> bool:
    """Tell whether a fingerprint changed; what an earlier release recorded has none of all that is shown."""
    return bool(known.shown) and before != now


def _shown_of_paper(paper: Paper, catalogue: Catalogue) -> str:
    """Return a fingerprint of what the entry of a paper shows besides title and abstract; no count of readers' is."""
    organization = catalogue.organization_of.get(paper.id)
    tags = [tag.name for tag in catalogue.tags_of.get(paper.id, ())]
    authors = [*paper.authors, max(paper.author_count or 0, len(paper.authors))]
    elsewhere = paper.image if paper.image and "://" in paper.image else None
    picture = [paper.picture.mail.path, paper.picture.caption] if paper.picture else elsewhere
    words = [paper.summary, paper.note, picture, organization and organization.name]
    return _fingerprint([authors, words, tags, sorted(paper.shown_links.items())])


def _shown_of_day(day: Day, times: Mapping[str, datetime]) -> str:
    """Return a fingerprint of which papers a day holds and in which order; times: by id, the newest come first."""
    return _fingerprint(
        [
            (section.term.name if section.term else "", _in_order(section.papers, day.texts.ranks, times))
            for section in day.sections
        ]
    )


def _shown_of_period(period: Period, best: Sequence[str], times: Mapping[str, datetime]) -> str:
    """Return a fingerprint of the papers of a week or month: whose abstracts are shown, and the titles of the others.

    What an entry of one of the first shows says that paper's own record.
    """
    highlights = [paper.id for paper in highlights_of(period, best) if not _is_of_later_lists(paper)]
    titles = {paper.id: _own_title(paper) for paper in period.papers if paper.id not in highlights}
    days = [
        [each for each, _ in _in_order(day.papers, day.texts.ranks, times) if each in titles] for day in period.days
    ]
    return _fingerprint([highlights, [[(each, titles[each]) for each in day] for day in days], len(period.days)])


def _own_title(paper: Paper) -> str:
    """Return the title of a paper before the corrections that fetched lists date themselves."""
    before = {each.after: each.before for each in paper.corrections if each.what == "title"}
    title = paper.title
    while title in before:
        title = before.pop(title)
    return title


def _shown_of_tags(day: Day, catalogue: Catalogue, times: Mapping[str, datetime]) -> dict[str, str]:
    """Return a fingerprint of what a day holds of each tag, by the slug that entries of the tag are known by."""
    held: dict[str, list[Paper]] = defaultdict(list)
    for paper in day.papers:
        for tag in catalogue.tags_of.get(paper.id, ()):
            held[tag.slug].append(paper)
    known_as = {term.slug: term.first_slug for term in catalogue.tags if term.slug in held}
    return {known_as[slug]: _fingerprint(_in_order(papers, {}, times)) for slug, papers in sorted(held.items())}


def _in_order(
    papers: Iterable[Paper], ranks: Mapping[str, int], times: Mapping[str, datetime]
) -> list[tuple[str, int | None]]:
    """Return ids and pins of papers, in the order of a feed.

    Papers of later answers for the day are not among them: their lists say themselves when they came.
    """

    def place(paper: Paper) -> tuple[tuple[int, int], float, str]:
        return editors_place(paper, ranks), -times[paper.id].timestamp(), paper.id

    return [(paper.id, paper.lead) for paper in sorted(papers, key=place) if not _is_of_later_lists(paper)]


def _fingerprint(shown: object) -> str:
    return text_fingerprint(json.dumps(shown))


def _is_late(paper: Paper, pages: Mapping[str, PublishedPage]) -> bool:
    """Tell whether a paper joins a day, or a week or month that is over, that was published without it.

    A fetched list that came later says itself when.
    """
    if _is_of_later_lists(paper):
        return False
    weeks = [pages.get(period_path("week", week_key(day))) for day in paper.days]
    months = [pages.get(period_path("month", month_key(day))) for day in paper.days]
    is_over = any(page and page.best for page in (*weeks, *months))
    return is_over or any(day_path(day) in pages for day in paper.days)


def _is_of_later_lists(paper: Paper) -> bool:
    return all(is_later(place.path) for place in paper.places)


def _words(texts: EditionTexts, note: Note | None) -> str:
    """Return the editor's words of a day, a week or a month, "" for none."""
    notes = [each.markdown for each in (texts.sponsor, texts.footer) if each]
    others = [each for each in (texts.subject, texts.preheader, *notes) if each]
    return "\n".join([f"{note.title}\n{note.markdown}" if note else "", *others] if note or others else [])


def _pages(
    catalogue: Catalogue,
    known: Mapping[str, PublishedPage],
    times: Mapping[str, datetime],
    now: datetime,
    settings: Settings,
    *,
    is_news: bool,
) -> Iterator[PublishedPage]:
    has_days_of_tags = settings.feeds.tags == "all"
    for day in catalogue.days:
        path = day_path(day.date)
        before = known.get(path) or PublishedPage(path=path)
        text, shown = text_fingerprint(_words(day.texts, day.note)), _shown_of_day(day, times)
        at = before.at or (times[path] if times[path] <= now else None)
        is_changed = is_news and before.at is not None and _is_page_changed(before, text, shown)
        tags = _shown_of_tags(day, catalogue, times) if has_days_of_tags else {}
        moved = {slug for slug in tags.keys() & before.tags.keys() if tags[slug] != before.tags[slug]}
        yield PublishedPage(
            path=path,
            text=text,
            shown=shown,
            at=at,
            updated=_moment(now) if is_changed else before.updated,
            tags=tags,
            tags_updated={**before.tags_updated, **(dict.fromkeys(moved, _moment(now)) if is_news and at else {})},
        )
    for period in (*catalogue.weeks, *catalogue.months):
        path = period_path(period.kind, period.key)
        before = known.get(path) or PublishedPage(path=path)
        if not before.best and period.last >= _moment(now).date():  # its entry is still to come
            yield PublishedPage(path=path)
            continue
        text = text_fingerprint(_words(period.texts, period.texts.note))
        best = before.best or tuple(paper.id for paper in by_upvotes(period.papers)[:BEST])
        shown = f"{_OF_PERIODS}{_shown_of_period(period, best, times)}"
        is_known = before.shown.startswith(_OF_PERIODS)
        updated = _moment(now) if is_news and is_known and _is_page_changed(before, text, shown) else before.updated
        yield PublishedPage(path=path, text=text, shown=shown, best=best, updated=updated)
    for term in catalogue.terms:
        first = term.first_slug if term.first_slug != term.slug else ""
        path = term_path(term.taxonomy, term.slug)
        numbered = _numbered(term, known.get(path), settings.page_size)
        yield PublishedPage(path=path, first=first, numbered=numbered, since=term.since, who=_who(term))
    for page in catalogue.pages:
        yield PublishedPage(path=free_page_path(page.slug))


def _who(term: Term) -> tuple[str, ...]:
    return tuple(f"{register}:{value}" for register, value in term.person.ids) if term.person else ()


def _numbered(term: Term, known: PublishedPage | None, page_size: int) -> int:
    """Return how many numbered pages a term had; what was published before they were counted has those of today."""
    if known is None:
        return 0
    return max(len(term.papers) // page_size - 1, 0) if known.numbered is None else known.numbered


def _is_page_changed(before: PublishedPage, text: str, shown: str) -> bool:
    """Tell whether the words or the papers of a day, week or month changed."""
    return _differs(before.text, text, before) or _differs(before.shown, shown, before)
