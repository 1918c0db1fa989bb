"""Find related papers: by shared words, or by tags where the extra `similar` is missing.

How close two papers are depends on these two alone, so a new paper changes a list only by entering it. A paper is never
related to one of a later volume, so papers after a month never change its lists.
"""

import os
from bisect import bisect, bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from itertools import combinations

from site_builder.catalogue.order import volume_starts
from site_builder.catalogue.term_weights import shipped_weights, tag_key
from site_builder.config.settings import Settings
from site_builder.model.catalogue import Related, TermName
from site_builder.model.paper import Paper
from site_builder.problems import BuildError
from site_builder.volumes.cache import Cache

MOST = 4  # related papers per paper
COMPARED_TAGS = 5  # per paper, so that one with a hundred tags costs no more than others

TagsOf = Mapping[str, tuple[TermName, ...]]  # paper id → its tags
RelatedOf = Mapping[str, Sequence[Related]]  # paper id → related papers, closest first
Relate = Callable[[Sequence[Paper], TagsOf, Settings, Cache], RelatedOf]
_NEEDED = ("numpy", "scipy", "sparse_dot_topn")


def relate(
    papers: Sequence[Paper], tags_of: TagsOf, settings: Settings, cache: Cache | None = None
) -> dict[str, tuple[Related, ...]]:
    """Return for each paper id up to MOST related papers of its month or earlier ones, closest first, with reasons.

    Of equally close ones the one listed later comes first. cache: results of earlier builds for the same papers.
    Raises BuildError when the settings require words to be compared and the extra `similar` is not installed.
    """
    if settings.related == "none" or len(papers) < 2:  # noqa: PLR2004 - a pair
        return {}
    papers = sorted(papers, key=_last_listed_first)
    if not compares_words(settings):
        return papers_by_tags(papers, tags_of, MOST)
    # NumPy would start threads for dense matrices; we have none, and threads cost time and burden every fork.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from site_builder.catalogue.similarity import papers_by_words

    return papers_by_words(papers, tags_of, MOST, cache)


def compares_words(settings: Settings) -> bool:
    """Return whether words are compared. Raises BuildError when the settings require it without the extra."""
    can_compare = all(find_spec(name) for name in _NEEDED)
    if settings.related == "words" and not can_compare:
        raise BuildError(
            "`related: words` needs the extra: pip install '.[similar]' in Broadsheet's folder, or else `related: tags`"
        )
    return settings.related in {"auto", "words"} and can_compare


def papers_by_tags(papers: Sequence[Paper], tags_of: TagsOf, most: int) -> dict[str, tuple[Related, ...]]:
    """Return for each paper those that share its rarest tags or several tags; of equals, those listed nearest in time.

    papers: in descending order of first listing.
    """
    weights = {tag: shipped_weights().weight_of(tag_key(tag.slug)) for paper in papers for tag in tags_of[paper.id]}
    tags = [_compared(tags_of[paper.id], weights) for paper in papers]
    holders: dict[tuple[TermName, ...], list[int]] = defaultdict(list)
    for number, own in enumerate(tags):
        for group in _groups(own):
            holders[group].append(number)
    days = [_first_day(paper) for paper in papers]
    starts = volume_starts(papers)
    related = {}
    for number, paper in enumerate(papers):
        shared: dict[int, tuple[TermName, ...]] = {}
        # Heavier groups come first, so each paper is found with all the tags it shares.
        for group in sorted(_groups(tags[number]), key=lambda group: _heaviest_first(group, weights)):
            if len(shared) >= most:
                break
            for other in _nearest(holders[group], number, starts[number], days):
                if len(shared) >= most:
                    break
                shared.setdefault(other, group)
        related[paper.id] = tuple(
            Related(papers[other], "tags", tuple(tag.name for tag in group)) for other, group in shared.items()
        )
    return related


def _compared(tags: Sequence[TermName], weights: Mapping[TermName, int]) -> Sequence[TermName]:
    """Return the rarest tags: tags of known frequency first, rarest first, then the others in their order."""
    knows = shipped_weights().knows
    return sorted(tags, key=lambda tag: -weights[tag] if knows(tag_key(tag.slug)) else 0)[:COMPARED_TAGS]


def _first_day(paper: Paper) -> int:
    return (paper.days[0] if paper.days else date.min).toordinal()


def _last_listed_first(paper: Paper) -> tuple[int, str]:
    """Return a sort key that stays the same unless a list carries the paper earlier."""
    return -_first_day(paper), paper.id


def _groups(tags: Sequence[TermName]) -> Iterator[tuple[TermName, ...]]:
    """Yield every combination of one or more tags, largest first, in the tags' order."""
    for size in range(len(tags), 0, -1):
        yield from combinations(tags, size)


def _heaviest_first(group: Sequence[TermName], weights: Mapping[TermName, int]) -> tuple[int, list[str]]:
    return -sum(weights[tag] for tag in group), [tag.slug for tag in group]


def _nearest(numbers: Sequence[int], own: int, least: int, days: Sequence[int]) -> Iterator[int]:
    """Yield the other numbers of an ascending list from `least` on, nearest in days first; on ties the smaller."""
    first = bisect_left(numbers, least)
    right = bisect(numbers, own)
    left = right - 2
    while left >= first or right < len(numbers):
        if right == len(numbers) or (
            left >= first and abs(days[numbers[left]] - days[own]) <= abs(days[numbers[right]] - days[own])
        ):
            yield numbers[left]
            left -= 1
        else:
            yield numbers[right]
            right += 1
