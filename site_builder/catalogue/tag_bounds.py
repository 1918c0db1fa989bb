"""The tags that lists make up: each has pages and feeds of its own, so there is a bound, and slips are told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from site_builder.papers.bounds import MAX_TAGS
from site_builder.papers.paper import Paper, Place
from site_builder.problems import Problems
from site_builder.sources.vocabulary import TagDefinition, tag_key

ALIKE = 0.82  # ratio of common letters: "visoin" is alike to "vision"
MAX_LOOKED_AT = 200  # tags; whoever makes up more means them


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


def report_slips(papers: Sequence[Paper], vocabulary: Sequence[TagDefinition], problems: Problems) -> None:
    """Report each tag that the vocabulary does not know and that is nearly spelt like one that it does."""
    known = {tag_key(name): each.name for each in vocabulary for name in (each.slug, each.name, *each.aliases)}
    made_up: dict[str, tuple[Place, str]] = {}
    for paper in papers:
        for tag in paper.tags:
            if (key := tag_key(tag)) not in known:
                made_up[key] = min(made_up.get(key, (paper.places[0], tag)), (paper.places[0], tag))
    for key, (place, tag) in sorted(made_up.items()) if len(made_up) <= MAX_LOOKED_AT else ():
        if close := get_close_matches(key, known, 1, ALIKE):
            what = f'the tag "{tag}" is not in tags.yaml, and "{known[close[0]]}" is'
            problems.add(place.path, place.line, what, "correct it, or add it to tags.yaml as an alias or a tag")
