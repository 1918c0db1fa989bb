"""Older papers without a page of their own: links to them lead to their place on the page of their day."""

from collections.abc import Iterator, Sequence

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import JsonData, Page
from site_builder.model.paper import Paper
from site_builder.pages.moved import stems
from site_builder.urls import day_path, paper_anchor, paper_path, paper_places_path

SHARDS = 128  # number of files that say where papers are, so that a new day changes only some of them


def with_folded(settings: Settings, catalogue: Catalogue) -> Settings:
    """Return settings that know where the papers without a page are shown (`paper_pages`)."""
    if settings.paper_pages == "all":
        return settings
    return settings.with_places(
        {paper_path(paper.id): _place(paper) for paper in _folded(catalogue, settings.paper_pages)}
    )


def without_folded(pages: Sequence[Page], settings: Settings) -> list[Page]:
    """Return the pages without those of folded papers and without the files next to them."""
    if not settings.places:
        return list(pages)
    gone = {path.removesuffix(".html") for path in settings.places}
    return [page for page in pages if gone.isdisjoint(stems(page.path))]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `papers/places/….json`, which says where each paper without a page is shown, by every name its page had.

    A name is in the file numbered by the sum of its bytes, modulo 128; `assets/places.js` reads it there.
    """
    if settings.paper_pages == "all":
        return
    shards: dict[int, dict[str, str]] = {}
    for paper in _folded(catalogue, settings.paper_pages):
        for paper_id in (*paper.aliases, paper.id):
            name = paper_path(paper_id).removeprefix("papers/").removesuffix(".html")
            shards.setdefault(sum(name.encode()) % SHARDS, {})[name] = settings.own_address(_place(paper))
    for shard, places in sorted(shards.items()):
        value = dict(sorted(places.items()))
        yield Page(paper_places_path(shard), "data", "", "the places of papers", JsonData.holding(value, is_dense=True))


def _folded(catalogue: Catalogue, days: int) -> Iterator[Paper]:
    kept = {day.date for day in catalogue.days[-days:]}
    return (paper for paper in catalogue.papers if paper.days and kept.isdisjoint(paper.days))


def _place(paper: Paper) -> str:
    return f"{day_path(paper.days[0])}#{paper_anchor(paper.id)}"
