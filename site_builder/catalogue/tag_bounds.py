"""Limit the number of tags that lists make up, as each has pages and feeds, and report likely misspellings."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from site_builder.model.paper import Paper
from site_builder.model.raw_paper import RawPaper
from site_builder.papers.bounds import MAX_TAGS
from site_builder.problems import Problems
from site_builder.sources.content.vocabulary import TermDefinition, by_name, tag_key
from site_builder.sources.formats.yaml_list import as_list

SHORTEST = 5  # letters of a tag from which on a misspelling can be told from another word
_PAIR = 2
MAX_CHECKED = 200  # unknown tags; a list with more of them means them


def bounded_tags(papers: Sequence[Paper], problems: Problems) -> Mapping[str, tuple[str, ...]]:
    """Return paper id → tags from its lists; of more than MAX_TAGS, those with most papers, reporting a problem.

    Tags that stand for a section come before all others.
    """
    counts = Counter(tag for paper in papers for tag in paper.tags)
    if len(counts) <= MAX_TAGS:
        return {paper.id: paper.tags for paper in papers}
    sections = {paper.section for paper in papers}
    kept = set(sorted(counts, key=lambda tag: (tag not in sections, -counts[tag], tag))[:MAX_TAGS])
    path = max(papers, key=lambda paper: (len(paper.tags), paper.places[0])).places[0].path
    what = f"the lists name {len(counts):,} tags; the {MAX_TAGS:,} with most papers are kept"
    problems.add(path, None, what, "name fewer, or gather them as aliases in tags.yaml")
    return {paper.id: tuple(tag for tag in paper.tags if tag in kept) for paper in papers}


def report_misspellings(records: Iterable[RawPaper], vocabulary: Sequence[TermDefinition], problems: Problems) -> None:
    """Report each tag missing from the vocabulary that is one typo away from a tag in it."""
    known = by_name(vocabulary)
    checked = set(known)
    for record in records:
        for tag in as_list(record.fields.get("tags")):
            key = tag_key(str(tag))
            if key in checked or len(checked) - len(known) >= MAX_CHECKED:
                continue
            checked.add(key)
            if meant := next((each for name, each in known.items() if _is_typo(key, name)), None):
                what = f'the tag "{tag}" is not in tags.yaml, and "{meant.name}" is'
                problems.add(record.path, record.line, what, "correct it, or add it to tags.yaml as an alias or a tag")


def _is_typo(one: str, other: str) -> bool:
    """Return whether two words differ by one letter added, removed or replaced, or by two swapped neighbours."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < SHORTEST:
        return False
    begin = _shared(one, other)
    end = _shared(one[begin:][::-1], other[begin:][::-1])
    ours, theirs = one[begin : len(one) - end], other[begin : len(other) - end]
    is_swap = len(ours) == _PAIR and ours == theirs[::-1]
    return (is_swap or max(len(ours), len(theirs)) == 1) and (ours + theirs).isalpha()


def _shared(one: str, other: str) -> int:
    """Return the length of the common prefix of two words."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
