"""How many tags lists may make up: each has pages and feeds of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence

from site_builder.papers.bounds import MAX_TAGS
from site_builder.papers.paper import Paper
from site_builder.problems import Problems


def bounded_tags(papers: Sequence[Paper], problems: Problems) -> Mapping[str, tuple[str, ...]]:
    """Return paper id → the tags its lists wrote; of more than MAX_TAGS the ones with most papers, and a problem."""
    counts = Counter(tag for paper in papers for tag in paper.tags)
    if len(counts) <= MAX_TAGS:
        return {paper.id: paper.tags for paper in papers}
    kept = set(sorted(counts, key=lambda tag: (-counts[tag], tag))[:MAX_TAGS])
    path = max(papers, key=lambda paper: (len(paper.tags), paper.places[0])).places[0].path
    what = f"the lists name {len(counts):,} tags; the {MAX_TAGS:,} with most papers are kept"
    problems.add(path, None, what, "name fewer, or gather them as aliases in tags.yaml")
    return {paper.id: tuple(tag for tag in paper.tags if tag in kept) for paper in papers}
