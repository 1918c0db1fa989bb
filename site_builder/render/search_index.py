"""What the search page loads: Pagefind's index, a small file for each result, and one for filters and sorting."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import chain

import orjson

from site_builder.catalogue.names import counted, short_day
from site_builder.pagefind import Files, Record
from site_builder.pages.search import year_of
from site_builder.papers.paper import Paper
from site_builder.render.html_words import authors_line, partial_day
from site_builder.render.search_words import index_words
from site_builder.render.site import Site
from site_builder.render.text import plain_text, strip_controls
from site_builder.urls import SEARCH_PATH, index_path, paper_path, search_data_path, slugify

# Letters of a title's beginning that are one word of the index; longer queries are cut to it.
OPENING = 40
LONGEST_ID, SHORTEST_HASH = 12, 8

MakeIndex = Callable[[Sequence[Record], str], Files]


def render_search_index(site: Site, make_index: MakeIndex) -> Iterator[tuple[str, bytes]]:
    """Yield (output path, bytes) of all that the search page loads; nothing for a site without one.

    make_index: makes the index of records in a language, or knows it from the last build.
    Raises BuildError when the index cannot be made.
    """
    if SEARCH_PATH not in site.pages:
        return
    names = result_names(paper.id for paper in site.catalogue.papers)
    for path, content in make_index(_records(names, site), site.settings.language.split("-")[0].lower()):
        yield index_path(path), content
    yield search_data_path("filters"), orjson.dumps(_filters(names, site))
    for paper in site.catalogue.papers:
        yield search_data_path(f"papers/{names[paper.id]}"), orjson.dumps(_result(paper, site))


def result_names(ids: Iterable[str]) -> dict[str, str]:
    """Return the name of each paper in the index, which every search loads: its short id, or digits of a hash of it.

    The numbers of papers that arXiv received together are nearly equal, so that a list of them is small.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for paper_id in ids:
        slug = slugify(paper_id)
        digits = sha256(paper_id.encode("utf-8", "surrogatepass")).hexdigest()
        shortest = (digits[:length] for length in range(SHORTEST_HASH, len(digits)))
        names[paper_id] = next(
            name for name in chain([slug], shortest) if len(name) <= LONGEST_ID and name not in taken
        )
        taken.add(names[paper_id])
    return names


def opening(title: str) -> str:
    """Return the beginning of a title as one word, by which a title is found while it is being typed.

    The search page makes the same of what is typed; the index finds every word that begins with it.
    """
    letters = (c for c in unicodedata.normalize("NFKD", title).lower() if c.isalnum())
    return "".join(letters)[:OPENING]


def _records(names: Mapping[str, str], site: Site) -> list[Record]:
    """Return what is searched of the papers: each word of a paper once, the words of most papers first.

    No query asks where in a text a word stands, so the places may be those that make the index smallest: a word that
    is nearly everywhere is always among the first.
    """
    papers = site.catalogue.papers
    words_of = [_words(paper, site) for paper in papers]
    papers_with = Counter(key for words in words_of for key in words)
    return [
        Record(
            names[paper.id],
            " ".join(index_words(plain_text(paper.title))),
            " ".join(words[key] for key in sorted(words, key=lambda key: (-papers_with[key], key))),
        )
        for paper, words in zip(papers, words_of, strict=True)
    ]


def _words(paper: Paper, site: Site) -> dict[str, str]:
    """Return every word a paper is found by, besides those of its title, by its letters and digits in lower case."""
    organization = site.catalogue.organization_of.get(paper.id)
    texts = (
        paper.id,
        *paper.authors,
        organization.name if organization else "",
        *(tag.name for tag in site.catalogue.tags_of[paper.id]),
        *paper.keywords,
        plain_text(paper.abstract),
        *(plain_text(text) for text in (paper.summary, paper.note) if text),
    )
    words: dict[str, str] = {}
    for word in (opening(plain_text(paper.title)), *index_words(strip_controls(" ".join(texts)))):
        words.setdefault(_letters(word), word)
    return words


@lru_cache(maxsize=1 << 18)
def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()


def _result(paper: Paper, site: Site) -> dict[str, object]:
    """Return a paper as the search page shows it, without what is not known."""
    organization = site.catalogue.organization_of.get(paper.id)
    shown = {
        "path": site.settings.address(paper_path(paper.id)),
        "title": plain_text(paper.title),
        "authors": authors_line(paper),
        "organization": organization and organization.name,
        "day": short_day(paper.days[-1]) if paper.days else paper.published and partial_day(paper.published),
        "upvotes": None if paper.upvotes is None else counted(paper.upvotes, "upvote"),
        "tags": ", ".join(tag.name for tag in site.catalogue.tags_of[paper.id]),
        "abstract": plain_text(paper.abstract),
    }
    return {name: value for name, value in shown.items() if value}


def _filters(names: Mapping[str, str], site: Site) -> dict[str, object]:
    """Return the papers in columns, newest first; tags and organisations as places in the list of their slugs."""
    papers = site.catalogue.papers
    tags = [term.slug for term in site.catalogue.tags]
    organizations = [term.slug for term in site.catalogue.organizations]
    tag_places = {slug: place for place, slug in enumerate(tags)}
    organization_places = {slug: place for place, slug in enumerate(organizations)}
    organization_of = site.catalogue.organization_of
    return {
        "ids": [names[paper.id] for paper in papers],
        "upvotes": [paper.upvotes or 0 for paper in papers],
        "years": [year_of(paper) for paper in papers],
        "tags": tags,
        "tagsOf": [[tag_places[tag.slug] for tag in site.catalogue.tags_of[paper.id]] for paper in papers],
        "organizations": organizations,
        "organizationOf": [
            organization_places[organization.slug] if (organization := organization_of.get(paper.id)) else -1
            for paper in papers
        ],
    }
