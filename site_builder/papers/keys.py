"""Keys for comparing papers, computed once per paper and stored with it."""

from collections.abc import Sequence

from site_builder.model.paper import Paper
from site_builder.names.identity import name_key
from site_builder.papers.citation_stem import citation_stem
from site_builder.papers.titles import normalise_title

_BETWEEN = "\n"  # occurs in no key of a name


def title_key(paper: Paper) -> str:
    """Return the key of a paper's title, as `normalise_title` makes it."""
    return paper.kept("_title_key", lambda paper: normalise_title(paper.title))


def author_keys(paper: Paper) -> Sequence[str]:
    """Return the key of each author, as `name_key` makes it."""
    joined = paper.kept("_author_keys", lambda paper: _BETWEEN.join(map(name_key, paper.authors)))
    return joined.split(_BETWEEN) if paper.authors else ()


def find_keys(paper: Paper) -> None:
    """Compute all keys of a paper, so that they are cached with it."""
    citation_stem(paper)
    title_key(paper)
    author_keys(paper)
