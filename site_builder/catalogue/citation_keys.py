"""Assign each paper the key that bibliographies cite it by: `vaswani2017attention`."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count

from site_builder.model.paper import Paper
from site_builder.papers.citation_stem import citation_stem


def citation_keys(papers: Iterable[Paper]) -> dict[str, str]:
    """Return paper id → citation key: unique, lower-case ASCII, the same in every file of the site.

    Of papers that would share a key, the one of the earliest day keeps it; the others append `a`, `b`, … in the order
    of their days and ids. So a paper of a later day never changes the key of an earlier one.
    """
    keys: dict[str, str] = {}
    taken: set[str] = set()
    suffixes: dict[str, Iterator[str]] = {}  # by key: suffixes not yet taken by earlier papers
    for paper in sorted(papers, key=_oldest_first):
        base = citation_stem(paper)
        key = base
        while key in taken:
            key = base + next(suffixes.setdefault(base, _suffixes()))
        taken.add(key)
        keys[paper.id] = key
    return keys


def _oldest_first(paper: Paper) -> tuple[date, str]:
    return (paper.days[0] if paper.days else date.max, paper.id)


def _suffixes() -> Iterator[str]:
    """Yield a, b, … z, aa, ab, …"""
    for number in count():
        suffix, rest = "", number
        while rest >= 0:
            suffix, rest = chr(ord("a") + rest % 26) + suffix, rest // 26 - 1
        yield suffix
