"""Split volumes into pieces for workers; each has just what its pages are planned and rendered from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from site_builder.catalogue.volumes import Volume
from site_builder.model.catalogue import Catalogue, Day, Edges, Period
from site_builder.model.page import NO_DATA, Page
from site_builder.model.paper import Paper
from site_builder.render.cache_keys import FILES_NEXT_TO_PAGES
from site_builder.render.html import needs_of
from site_builder.render.navigation import navigation
from site_builder.render.site import Site
from site_builder.urls import beside, day_path, paper_path, period_path
from site_builder.volumes.keys import TEMPLATES

PAPERS = 300  # pages of papers per piece: a few seconds of work

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class VolumePiece:
    """Some consecutive papers of a volume, or all its days, weeks and months.

    paths: of its pages. siblings: files of the site next to these pages. known: path → what lies in the bucket.
    """

    volume: Volume
    paths: tuple[str, ...]
    siblings: tuple[str, ...]
    known: Mapping[str, tuple[str, str]]


def pieces_of(volume: Volume) -> Iterator[VolumePiece]:
    """Yield the pieces of a volume, with `siblings` and `known` still empty."""
    whole = volume.catalogue
    before, after = whole.edges.papers
    for start in range(0, len(whole.papers), PAPERS):
        stop = start + PAPERS
        edges = (
            whole.papers[start - 1] if start else before,
            whole.papers[stop] if stop < len(whole.papers) else after,
        )
        part = replace(whole, papers=whole.papers[start:stop], days=(), weeks=(), months=(), edges=Edges(papers=edges))
        yield _piece(volume.key, part)
    if whole.days or whole.weeks or whole.months:
        yield _piece(volume.key, replace(whole, papers=(), edges=replace(whole.edges, papers=(None, None))))


def papers_of(catalogue: Catalogue) -> dict[str, Paper]:
    """Return every paper that the pages of a piece may show, by id."""
    groups: list[Day | Period | None] = [*catalogue.days, *catalogue.weeks, *catalogue.months, *catalogue.edges.days]
    shown: list[Paper] = [*catalogue.papers, *filter(None, catalogue.edges.papers)]
    shown += [each.paper for related in catalogue.related.values() for each in related]
    shown += [notice.paper for notice in catalogue.corrections]
    shown += [paper for group in groups if group for paper in group.papers]
    return {paper.id: paper for paper in shown}


def frame_of(site: Site) -> dict[str, Page]:
    """Return the front pages that pages of volumes may link to or ask for, without their data."""
    asked = {path for template in TEMPLATES for path in needs_of(site).of(template).checked_paths}
    asked |= {link.path for link in navigation(site)}
    front = (page for page in site.pages.values() if page.path in asked or page.navigation)
    return {page.path: page._replace(data=NO_DATA) for page in front}


def with_siblings(piece: VolumePiece, site: Site) -> VolumePiece:
    """Return a piece with the files that the site has next to its pages."""
    found = (
        file for path in piece.paths for ending in FILES_NEXT_TO_PAGES if (file := beside(path, ending)) in site.pages
    )
    return replace(piece, siblings=tuple(found))


def _piece(key: str, catalogue: Catalogue) -> VolumePiece:
    periods = (*catalogue.weeks, *catalogue.months)
    paths = [paper_path(paper.id) for paper in catalogue.papers]
    paths += [day_path(day.date) for day in catalogue.days]
    paths += [period_path(period.kind, period.key) for period in periods]
    related = {
        paper.id: tuple(catalogue.related[paper.id]) for paper in catalogue.papers if paper.id in catalogue.related
    }
    ids = {paper.id for paper in catalogue.papers}
    notices = tuple(notice for notice in catalogue.corrections if notice.paper.id in ids)
    return VolumePiece(
        Volume(key, _with_few(replace(catalogue, related=related, corrections=notices))), tuple(paths), (), {}
    )


def _with_few(catalogue: Catalogue) -> Catalogue:
    """Return a copy of a piece's catalogue, limited to data of the papers it shows."""
    ids = papers_of(catalogue)

    def few(values: Mapping[str, V]) -> dict[str, V]:
        return {paper_id: values[paper_id] for paper_id in ids if paper_id in values}

    return Catalogue(
        papers=catalogue.papers,
        days=catalogue.days,
        weeks=catalogue.weeks,
        months=catalogue.months,
        years=(),
        tags=(),
        organizations=(),
        undated=(),
        tags_of=few(catalogue.tags_of),
        organization_of=few(catalogue.organization_of),
        pages=(),
        authors_of=few(catalogue.authors_of),
        author_links=few(catalogue.author_links),
        venue_of=few(catalogue.venue_of),
        related=catalogue.related,
        corrections=catalogue.corrections,
        citation_keys=few(catalogue.citation_keys),
        edges=catalogue.edges,
    )
