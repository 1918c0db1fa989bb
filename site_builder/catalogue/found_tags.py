"""Tags found in the texts of papers, cached per list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from site_builder.catalogue.tagging import Tagger
from site_builder.fingerprint import fingerprint_of_all
from site_builder.model.paper import Paper
from site_builder.volumes.cache import Cache


def found_tags(papers: Iterable[Paper], tagger: Tagger, cache: Cache) -> dict[str, tuple[str, ...]]:
    """Return paper id → slugs of the tags found in title and abstract, strongest first."""
    lists: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        lists[paper.places[0].path].append(paper)
    found: dict[str, tuple[str, ...]] = {}
    for of_list in lists.values():
        of_list.sort(key=lambda paper: (paper.places[0].line, paper.id))
        found.update(zip((paper.id for paper in of_list), found_in_list(of_list, tagger, cache), strict=True))
    return found


def found_in_list(papers: Sequence[Paper], tagger: Tagger, cache: Cache) -> Sequence[tuple[str, ...]]:
    """Return the found tags of papers first carried by one list, in the order of `papers`."""
    digest = fingerprint_of_all(paper.text_key() for paper in papers)

    def find() -> list[tuple[str, ...]]:
        return [tagger.found_in(paper.title, paper.abstract) for paper in papers]

    return cache.recall(("tags", tagger.fingerprint, digest), find) or ()
