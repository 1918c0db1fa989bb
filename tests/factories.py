"""Factories of small papers, days and catalogues for tests."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from site_builder.catalogue.citation_keys import citation_keys
from site_builder.catalogue.editions import archived_edition
from site_builder.config.settings import Settings
from site_builder.languages import ENGLISH
from site_builder.model.catalogue import Catalogue, Day, Period, PeriodKind, Section, Taxonomy, Term, TermName
from site_builder.model.note import Note
from site_builder.model.page import Page
from site_builder.model.paper import Paper, Place
from site_builder.pages.citations import Citation
from site_builder.render.citations import FORMATS
from site_builder.render.citations.work import work_of
from site_builder.render.site import Site
from site_builder.urls import month_key, slugify, week_key

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "default"
EVERY_EXPORT = Settings(exports=("bib", "ris", "csl", "md"))
LATER = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Ready:
    """A file with ready-made bytes."""

    path: str
    value: bytes
    volume: str = ""

    def cache_key(self) -> str:
        """Return "": only the bytes show whether the file changed."""
        return ""

    def content(self) -> bytes:
        """Return the bytes."""
        return self.value


def paper(title: str = "A paper", *days: str, **fields: Any) -> Paper:
    """Return a paper listed on the given days (`2026-05-27`); its id defaults to a slug of the title."""
    defaults: dict[str, Any] = {
        "id": slugify(title),
        "listed": tuple(map(date.fromisoformat, days)),
        "places": (Place("papers/list.yaml", 1),),
    }
    return Paper(title=title, **(defaults | fields))


def day(when: str, *papers: Paper, note: str = "", title: str = "", sections: Iterable[Section] = ()) -> Day:
    """Return a day with papers in the given order; by default, one section has them all."""
    on = date.fromisoformat(when)
    made = Note(on, title, note, "notes/note.md") if note or title else None
    return Day(on, papers, tuple(sections) or (Section(None, papers),), made)


def catalogue(*papers: Paper, notes: Mapping[str, str] | None = None, **fields: Any) -> Catalogue:
    """Return the catalogue of papers by their days, explicit tags and organisations. notes: day → Markdown."""
    days = [_day_of(on, papers, (notes or {}).get(on.isoformat(), "")) for on in _days_of(papers)]
    made = Catalogue(
        papers=tuple(sorted(papers, key=lambda paper: (paper.days, paper.id), reverse=True)),
        days=tuple(days),
        weeks=_periods("week", days),
        months=_periods("month", days),
        years=_periods("year", days),
        tags=_terms("tag", papers),
        organizations=_terms("organization", papers),
        undated=tuple(paper for paper in papers if not paper.days),
        tags_of={paper.id: _names("tag", paper) for paper in papers},
        organization_of={paper.id: _names("organization", paper)[0] for paper in papers if paper.organization},
        pages=(),
        citation_keys=citation_keys(papers),
    )
    made = replace(made, **fields)
    return replace(made, editions=made.editions or tuple(archived_edition(day, ENGLISH) for day in made.days))


def cited(citation: Citation, form: str, has_abstract: bool = True) -> str:
    """Return the entry of a paper in a citation format."""
    write, add_abstract = FORMATS[form]
    short = write(citation.key, work_of(citation.paper))
    return add_abstract(short, citation.paper) if has_abstract else short


def site(
    made: Catalogue,
    settings: Settings | None = None,
    pages: Iterable[Page] = (),
    now: datetime = LATER,
) -> Site:
    """Return a site with the default theme, by default at a moment after all entries."""
    return Site(settings or EVERY_EXPORT, made, {page.path: page for page in pages}, (TEMPLATES,), now)


def _days_of(papers: Iterable[Paper]) -> list[date]:
    return sorted({on for paper in papers for on in paper.days})


def _day_of(on: date, papers: Iterable[Paper], note: str) -> Day:
    held = sorted((paper for paper in papers if on in paper.days), key=lambda p: (-(p.upvotes or 0), p.id))
    return day(on.isoformat(), *held, note=note)


def _periods(kind: PeriodKind, days: Iterable[Day]) -> tuple[Period, ...]:
    key_of: Callable[[date], str] = {"week": week_key, "month": month_key, "year": "{:%Y}".format}[kind]
    held: dict[str, list[Day]] = {}
    for each in days:
        held.setdefault(key_of(each.date), []).append(each)
    return tuple(Period(kind, key, *_bounds(kind, group[0].date), tuple(group)) for key, group in held.items())


def _bounds(kind: PeriodKind, on: date) -> tuple[date, date]:
    if kind == "week":
        monday = on - timedelta(days=on.weekday())
        return monday, monday + timedelta(days=6)
    if kind == "month":
        following = on.replace(day=28) + timedelta(days=4)
        return on.replace(day=1), following.replace(day=1) - timedelta(days=1)
    return date(on.year, 1, 1), date(on.year, 12, 31)


def _names(taxonomy: Taxonomy, paper: Paper) -> tuple[TermName, ...]:
    written = paper.tags if taxonomy == "tag" else (paper.organization,) if paper.organization else ()
    return tuple(TermName(taxonomy, slugify(name), name) for name in written)


def _terms(taxonomy: Taxonomy, papers: Iterable[Paper]) -> tuple[Term, ...]:
    held: dict[TermName, list[Paper]] = {}
    for paper in papers:
        for name in _names(taxonomy, paper):
            held.setdefault(name, []).append(paper)
    return tuple(Term(name.taxonomy, name.slug, name.name, "", tuple(held[name])) for name in sorted(held, key=str))
