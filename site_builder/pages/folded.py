"""Older papers without a page of their own: each has its place on the page of its day, where every link leads."""

from collections.abc import Iterator, Sequence

from site_builder.config.settings import Settings
from site_builder.model.catalogue import Catalogue
from site_builder.model.page import JsonData, Page
from site_builder.model.paper import Paper
from site_builder.pages.moved import stems
from site_builder.urls import day_path, paper_anchor, paper_path, paper_places_path

SHARDS = 128  # files that tell where papers stand, so that a day more changes little of them


def with_folded(settings: Settings, catalogue: Catalogue) -> Settings:
    """Return settings that know the places of the papers that have no page by `paper_pages`."""
    if settings.paper_pages == "all":
        return settings
    return settings.with_places(
        {paper_path(paper.id): _place(paper) for paper in _folded(catalogue, settings.paper_pages)}
    )


def without_folded(pages: Sequence[Page], settings: Settings) -> list[Page]:
    """Return the pages without those of papers that have none, and what would lie next to them."""
    if not settings.places:
        return list(pages)
    gone = {path.removesuffix(".html") for path in settings.places}
    return [page for page in pages if gone.isdisjoint(stems(page.path))]


def plan(catalogue: Catalogue, settings: Settings) -> Iterator[Page]:
    """Plan `papers/places/….json` with the place of each paper without a page, by each name its page had.

    A name is in the file of the sum of its bytes, modulo 128: `assets/places.js` looks there.
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
