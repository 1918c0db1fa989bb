"""Which papers are like which: by the words they share, or by their tags where the extra `similar` is missing."""

import math
import os
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import combinations

from site_builder.cache import Cache
from site_builder.catalogue.model import Related, TermName
from site_builder.papers.paper import Paper
from site_builder.problems import BuildError
from site_builder.settings import Settings

MOST = 6  # related papers of a paper
RAREST_TAGS = 5  # of those it shares; so a paper with a hundred tags costs no more than others

TagsOf = Mapping[str, tuple[TermName, ...]]  # paper id → its tags
RelatedOf = Mapping[str, tuple[Related, ...]]  # paper id → papers like it, closest first
Relate = Callable[[Sequence[Paper], TagsOf, Settings, Cache], RelatedOf]
_NEEDED = ("numpy", "scipy", "sparse_dot_topn")


def relate(
    papers: Sequence[Paper],
    tags_of: Mapping[str, tuple[TermName, ...]],
    settings: Settings,
    cache: Cache | None = None,
) -> dict[str, tuple[Related, ...]]:
    """Return for each paper id up to six papers like it, closest first, each with what the two share.

    cache: knows the words that an earlier build found in the same papers.
    Raises BuildError when the settings want words compared and the extra `similar` is not installed.
    """
    if settings.related == "none" or len(papers) < 2:  # noqa: PLR2004 - a pair
        return {}
    if not compares_words(settings):
        return papers_by_tags(papers, tags_of, MOST)
    # NumPy would start threads for dense matrices, of which there are none: they take time and burden every fork.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from site_builder.catalogue.similarity import papers_by_words

    return papers_by_words(papers, tags_of, MOST, cache)


def compares_words(settings: Settings) -> bool:
    """Tell whether words are compared. Raises BuildError when they are to be, and the extra is not installed."""
    can_compare = all(find_spec(name) for name in _NEEDED)
    if settings.related == "words" and not can_compare:
        raise BuildError(
            "`related: words` needs the extra: pip install '.[similar]' in Broadsheet's folder, or else `related: tags`"
        )
    return settings.related in {"auto", "words"} and can_compare


def papers_by_tags(
    papers: Sequence[Paper], tags_of: Mapping[str, tuple[TermName, ...]], most: int
) -> dict[str, tuple[Related, ...]]:
    """Return for each paper the papers that share its rarest tags, or several; of equals the nearest in the list."""
    held = Counter(tag for paper in papers for tag in tags_of[paper.id])
    rarity = {tag: math.log(len(papers) / count) for tag, count in held.items() if count > 1}
    tags = [
        sorted(rarity.keys() & set(tags_of[paper.id]), key=lambda tag: (-rarity[tag], tag.slug))[:RAREST_TAGS]
        for paper in papers
    ]
    holders: dict[tuple[TermName, ...], list[int]] = defaultdict(list)
    for number, own in enumerate(tags):
        for group in _groups(own):
            holders[group].append(number)
    related = {}
    for number, paper in enumerate(papers):
        shared: dict[int, tuple[TermName, ...]] = {}
        # A heavier group comes first, so each paper is met with all the tags it shares.
        for weight, group in sorted(
            ((_weight(group, rarity), group) for group in _groups(tags[number])), key=_heaviest_first
        ):
            if len(shared) >= most or weight <= 0:
                break
            for other in _nearest(holders[group], number):
                if len(shared) >= most:
                    break
                shared.setdefault(other, group)
        related[paper.id] = tuple(
            Related(papers[other], "tags", tuple(tag.name for tag in group)) for other, group in shared.items()
        )
    return related


def _groups(tags: Sequence[TermName]) -> Iterator[tuple[TermName, ...]]:
    """Yield every choice of one or more tags, in the tags' order."""
    for size in range(len(tags), 0, -1):
        yield from combinations(tags, size)


def _weight(group: Sequence[TermName], rarity: Mapping[TermName, float]) -> float:
    return round(math.fsum(rarity[tag] for tag in group), 6)


def _heaviest_first(weighed: tuple[float, tuple[TermName, ...]]) -> tuple[float, list[str]]:
    weight, group = weighed
    return -weight, [tag.slug for tag in group]


def _nearest(numbers: Sequence[int], own: int) -> Iterator[int]:
    """Yield the other numbers of an ascending list, the nearest first; of two as near the smaller."""
    right = bisect(numbers, own)
    left = right - 2
    while left >= 0 or right < len(numbers):
        if right == len(numbers) or (left >= 0 and own - numbers[left] <= numbers[right] - own):
            yield numbers[left]
            left -= 1
        else:
            yield numbers[right]
            right += 1
