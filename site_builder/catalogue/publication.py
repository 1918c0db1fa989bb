"""Derive the published record of a catalogue: its papers and pages, their times, and which texts changed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from site_builder.catalogue.addresses import former_paths
from site_builder.catalogue.order import by_upvotes, editor_sort_key, highlights_of
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue, Day, EditionTexts, Period, Term
from site_builder.model.note import Note
from site_builder.model.paper import Paper
from site_builder.model.published import Published, PublishedPage, PublishedPaper
from site_builder.papers.published_ids import first_month, marks_of, text_fingerprint
from site_builder.sources.content.published import month_file
from site_builder.sources.list_name import is_later
from site_builder.urls import (
    day_path,
    free_page_path,
    month_key,
    period_path,
    term_path,
    week_key,
)

_OF_PERIODS = "period "  # prefix of fingerprints of weeks and months; older ones lack it and cover what no entry shows
BEST = 100  # papers of a week or month whose order by upvotes is recorded; no feed shows more
Order = list[tuple[str, int | None]]  # ids and pins of papers


def publish(
    catalogue: Catalogue,
    published: Published,
    authority: str,
    program: str,
    times: Mapping[str, datetime],
    now: datetime,
    settings: Settings,
) -> Published:
    """Return the record of what is published once the site of a catalogue is out.

    authority: name to use in entry ids from now on, "" for none.
    program: release of this program; differences to what another release published are recorded but are no news.
    times: when entries are dated, by id and path; future entries may still change.
    now: the time to record for changes first seen in this build.
    """
    is_news = published.program in {"", program}
    papers = {paper.id: _paper(paper, catalogue, published, times, now, is_news=is_news) for paper in catalogue.papers}
    joined = {alias for paper in catalogue.papers for alias in paper.aliases}
    before = {
        key: record if key in papers else _gone(record, _moment(now))
        for key, record in published.papers.items()
        if key not in joined
    }
    planned = _pages(catalogue, published.pages, times, now, settings, is_news=is_news)
    pages = {page.path: page for page in planned}
    redirects = former_paths(catalogue)
    former = {path: published.pages.get(path) or PublishedPage(path=path) for path in (*published.pages, *redirects)}
    pages_before = {
        path: page
        if path in pages
        else replace(page, is_gone=path not in redirects, leads_to=redirects.get(path, page.leads_to))
        for path, page in former.items()
    }
    return replace(
        published, papers={**before, **papers}, pages={**pages_before, **pages}, authority=authority, program=program
    )


def with_times(
    catalogue: Catalogue, times: Mapping[str, datetime], before: Published, published: Published
) -> Catalogue:
    """Return a catalogue with the times of its entries and changes, and with what earlier builds recorded.

    before: the record of earlier builds. published: the record from now on.
    """
    updates, best, numbered = published.updates(), published.best(), published.numbered()
    return replace(catalogue, updates=updates, times=times, best=best, numbered=numbered, closed=before.closed())


def _gone(record: PublishedPaper, moment: datetime) -> PublishedPaper:
    """Return the record of a paper that no list carries any more; its removal counts as a change of its pages."""
    return record if record.is_gone else record._replace(is_gone=True, updated=moment)


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
    if known:
        updated = _moment(now) if is_news and at and _is_corrected(paper, known, text, shown) else updated
    elif month_file(first_month(paper)) not in published.locked and _is_late(paper, published.pages):
        updated = None if _is_dated_as_it_came(paper, times) else _moment(now)
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
        marks={} if paper.arxiv or paper.doi else marks_of(paper),
        at=at,
        updated=updated,
        is_withdrawn=paper.withdrawal is not None,
    )


def _is_dated_as_it_came(paper: Paper, times: Mapping[str, datetime]) -> bool:
    """Return whether the entry of a late paper stands after the digest of its day, whose own record says it changed."""
    return times[paper.id] > times[day_path(paper.days[0])]


def _is_corrected(paper: Paper, known: PublishedPaper, text: str, shown: str) -> bool:
    """Return whether what an entry shows changed; changes that a fetched list dates itself do not count."""
    dated = {correction.after for correction in paper.corrections}
    is_dated = any(correction.what == "withdrawal" for correction in paper.corrections)
    return known.is_gone or (
        (paper.title != known.title and paper.title not in dated)
        or (_differs(known.text, text, known) and paper.abstract not in dated)
        or _differs(known.shown, shown, known)
        or ((paper.withdrawal is not None) != known.is_withdrawn and not is_dated)
    )


def _differs(before: str, now: str, known: PublishedPaper | PublishedPage) -> bool:
    """Return whether a fingerprint changed; records of earlier releases without `shown` never differ."""
    return bool(known.shown) and before != now


def _shown_of_paper(paper: Paper, catalogue: Catalogue) -> str:
    """Return a fingerprint of what a paper's entry shows besides title and abstract, without readers' counts."""
    organization = catalogue.organization_of.get(paper.id)
    tags = [tag.name for tag in catalogue.tags_of.get(paper.id, ())]
    authors = [*paper.authors, max(paper.author_count or 0, len(paper.authors))]
    picture = [paper.picture.mail.path, paper.picture.caption] if paper.picture else None
    words = [paper.summary, paper.note, picture, organization and organization.name]
    return _fingerprint([authors, words, tags, sorted(paper.shown_links.items())])


def _shown_of_day(day: Day, order: Order) -> str:
    """Return a fingerprint of a day's papers and their order."""
    section_of = {paper.id: number for number, section in enumerate(day.sections) for paper in section.papers}
    papers: list[Order] = [[] for _ in day.sections]
    for paper_id, lead in order:
        papers[section_of[paper_id]].append((paper_id, lead))
    names = (section.term.name if section.term else "" for section in day.sections)
    return _fingerprint(list(zip(names, papers, strict=True)))


def _shown_of_period(period: Period, best: Sequence[str], orders: Mapping[date, Order]) -> str:
    """Return a fingerprint of a week's or month's papers: which ones have their abstract shown, and the others' titles.

    The content of the entries shown in full is covered by their papers' own records.
    """
    highlights = [paper.id for paper in highlights_of(period, best) if not _is_of_later_lists(paper)]
    titles = {paper.id: _own_title(paper) for paper in period.papers if paper.id not in highlights}
    days = [[(each, titles[each]) for each, _ in orders[day.date] if each in titles] for day in period.days]
    return _fingerprint([highlights, days, len(period.digests)])


def _own_title(paper: Paper) -> str:
    """Return the title of a paper before corrections that fetched lists date themselves."""
    before = {each.after: each.before for each in paper.corrections if each.what == "title"}
    title = paper.title
    while title in before:
        title = before.pop(title)
    return title


def _shown_of_tags(day: Day, catalogue: Catalogue, times: Mapping[str, datetime]) -> dict[str, str]:
    """Return a fingerprint of a day's papers of each tag, by the slug that the tag's entries use."""
    papers_of: dict[str, list[Paper]] = defaultdict(list)
    for paper in day.papers:
        for tag in catalogue.tags_of.get(paper.id, ()):
            papers_of[tag.slug].append(paper)
    known_as = {term.slug: term.first_slug for term in catalogue.tags if term.slug in papers_of}
    return {known_as[slug]: _fingerprint(_in_order(papers, {}, times)) for slug, papers in sorted(papers_of.items())}


def _in_order(papers: Iterable[Paper], ranks: Mapping[str, int], times: Mapping[str, datetime]) -> Order:
    """Return papers in the order of a feed, newest first after the editor's choice. times: by paper id.

    Papers from later versions of a day's list are left out: those lists date their additions themselves.
    """

    def sort_key(paper: Paper) -> tuple[tuple[int, int], float, str]:
        return editor_sort_key(paper, ranks), -times[paper.id].timestamp(), paper.id

    return [(paper.id, paper.lead) for paper in sorted(papers, key=sort_key) if not _is_of_later_lists(paper)]


def _fingerprint(shown: object) -> str:
    return text_fingerprint(json.dumps(shown))


def _is_late(paper: Paper, pages: Mapping[str, PublishedPage]) -> bool:
    """Return whether a paper joins a day, or a finished week or month, that was published without it.

    Papers of a list fetched later do not count: the list dates them itself.
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
    """Return the editor's texts of a day, a week or a month, "" for none."""
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
    today = now.astimezone(settings.feeds.zone_info()).date()
    orders = {day.date: _in_order(day.papers, day.texts.ranks, times) for day in catalogue.days}
    for day in catalogue.days:
        path = day_path(day.date)
        before = known.get(path) or PublishedPage(path=path)
        text, shown = text_fingerprint(_words(day.texts, day.note)), _shown_of_day(day, orders[day.date])
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
        if not before.best and period.last >= today:  # more of its papers may come
            yield PublishedPage(path=path)
            continue
        text = text_fingerprint(_words(period.texts, period.texts.note))
        best = before.best or tuple(paper.id for paper in by_upvotes(period.papers)[:BEST])
        shown = f"{_OF_PERIODS}{_shown_of_period(period, best, orders)}"
        is_known = before.shown.startswith(_OF_PERIODS)
        updated = _moment(now) if is_news and is_known and _is_page_changed(before, text, shown) else before.updated
        at = before.at or (times[path] if times[path] <= now else None)
        yield PublishedPage(path=path, text=text, shown=shown, at=at, best=best, updated=updated)
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
    """Return how many numbered pages a term had; for records made before these were counted, as many as today."""
    if known is None:
        return 0
    return max(len(term.papers) // page_size - 1, 0) if known.numbered is None else known.numbered


def _is_page_changed(before: PublishedPage, text: str, shown: str) -> bool:
    """Return whether the texts or the papers of a day, week or month changed."""
    return _differs(before.text, text, before) or _differs(before.shown, shown, before)
