"""Files of the search index: the words of a part's papers, and the papers as results.

`words-N`: for each word three lists of numbers: papers with the word in their texts; papers with it in the title, and
its positions; papers with it in an author's name, and for each the index of the author and the length of the name in
words. `following-N`: what follows each word in each paper of its first list, for phrases, in the order of the words
files. `records-N`: the papers as results. `columns` and `tags`: values to filter and sort by. `table`: the first word
of each words file, used to find a word's file.

All files of a part carry its version, so that a page that is open while the site is published detects files of another
version. It is a hash of the words and of the order of the papers, so a vote changes only `columns` and one records
file.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from operator import sub

import orjson

from site_builder.model.page import Page
from site_builder.model.paper import Paper
from site_builder.pages.search import FOLLOWING, RECORDS, IndexFileData, IndexPart
from site_builder.render.fingerprints import fingerprints
from site_builder.render.html_words import CARD_TAGS, NO_BREAK_SPACE, RECORD_LINKS, byline, card_links
from site_builder.render.search_words import NOTHING, index_words, with_following
from site_builder.render.site import Site, once
from site_builder.render.text import excerpt, plain_text, strip_controls
from site_builder.render.text_language import languages_of
from site_builder.urls import paper_path, slugify

NAME_WORDS = 8  # words counted in an author's name; an author with no further words in the name ranks first
EXCERPT = 12  # words of a result's excerpt; the page of the paper has the rest
LONGEST_EXCERPT = 140  # characters; not all scripts separate words
LONGEST_ID = 64  # characters
OWN_LINKS = ("abs", "pdf", "html", "page")  # kinds of link that lead to the paper itself
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"  # five bits and a continuation bit
BASE = 32

_OTHER_THAN_LETTERS = re.compile(r"[\W_]+")
_SCHEME = re.compile(r"\Ahttps?://(?:www\.)?")


def render(page: Page, site: Site) -> bytes:
    """Return a file of the index."""
    data = IndexFileData.of(page)
    return _files_of(site)(data.part)[data.name]


def _cached_files(part: IndexPart, site: Site) -> Mapping[str, bytes]:
    """Return the files of a part; if they are published over several days, they are cached from the first day on."""
    if not part.is_published_gradually:
        return _files(part, site)
    key = "search index", fingerprints(site).digest(part)
    return site.cache.recall(key, lambda: _files(part, site)) or _files(part, site)


@once
def _files_of(site: Site) -> Callable[[IndexPart], Mapping[str, bytes]]:
    return lru_cache(4)(lambda part: _cached_files(part, site))  # the files of a part are requested one after another


def _files(part: IndexPart, site: Site) -> Mapping[str, bytes]:
    words = _WordIndex()
    for number, paper in enumerate(part.papers):
        words.add(number, paper, _texts(paper, site))
    word_files = list(words.in_files(part.words))
    files: dict[str, dict[str, object]] = {
        "table": {
            "papers": len(part.papers),
            "records": RECORDS,
            "following": FOLLOWING,
            "words": [next(iter(word_file)) for word_file in word_files if word_file],
        },
    }
    for number, word_file in enumerate(word_files):
        files[f"words-{number}"] = {"words": list(word_file), "numbers": [numbers for numbers, _ in word_file.values()]}
    for number in range(part.following):
        some = word_files[number * FOLLOWING : (number + 1) * FOLLOWING]
        files[f"following-{number}"] = {"following": [[text for _, text in word_file.values()] for word_file in some]}
    ids = [paper.id for paper in part.papers]
    version = sha256(orjson.dumps([files, ids])).hexdigest()[:8]
    files |= {"columns": _columns(part.papers, site), "tags": _tags(part.papers, site)}
    for number in range(part.records):
        papers = part.papers[number * RECORDS : (number + 1) * RECORDS]
        files[f"records-{number}"] = {"papers": [_record(paper, site) for paper in papers]}
    return {name: orjson.dumps({"version": version, **content}) for name, content in files.items()}


class _WordIndex:
    """The words of some papers, with the numbers of these papers."""

    def __init__(self) -> None:
        self._texts: dict[str, list[tuple[int, str]]] = defaultdict(list)  # with digits for what follows
        self._titles: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._authors: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def add(self, number: int, paper: Paper, texts: Iterable[str]) -> None:
        """Index the words of a paper. texts: its texts other than title and authors."""
        found = dict.fromkeys(identifiers(paper), DIGITS[NOTHING])
        for text in texts:
            for word, following in with_following(index_words(text)):
                known = found.get(word)
                found[word] = DIGITS[BASE + following] + known if known else DIGITS[following]
        for word, digits in found.items():
            self._texts[word].append((number, digits))
        for word, position in index_words(plain_text(paper.title)):
            self._titles[word].append((number, position))
        for author, name in enumerate(paper.authors):
            words = index_words(strip_controls(name))
            for word, _ in words:
                self._authors[word].append((number, author * NAME_WORDS + min(words[-1][1], NAME_WORDS - 1)))

    def in_files(self, count: int) -> Iterator[dict[str, tuple[str, str]]]:
        """Yield files of about equal size: word → (numbers, what follows it), sorted as JavaScript compares strings."""
        entries = {
            word: (self._numbers(word), "".join([digits for _, digits in self._texts.get(word, ())]))
            for word in sorted(self._all(), key=_as_scripts_compare)
        }
        sizes = {word: len(word) + len(numbers) + len(following) // 2 for word, (numbers, following) in entries.items()}
        remaining = sum(sizes.values())
        rest = iter(sizes.items())
        word, size = next(rest, ("", 0))
        for files in range(count, 0, -1):
            by_word: dict[str, tuple[str, str]] = {}
            taken, last = 0, ""
            while word and (files == 1 or _has_room(taken * files / remaining, last, word)):
                by_word[word] = entries[word]
                taken, last = taken + size, word
                word, size = next(rest, ("", 0))
            remaining -= taken
            yield by_word

    def _all(self) -> set[str]:
        return {*self._texts, *self._titles, *self._authors}

    def _numbers(self, word: str) -> str:
        texts = _ascending([number for number, _ in self._texts.get(word, ())])
        pairs = [
            _pairs(pairs_of_word) if (pairs_of_word := found.get(word)) else ""
            for found in (self._titles, self._authors)
        ]
        return " ".join((texts, *pairs)).rstrip()


def _has_room(share: float, last: str, word: str) -> bool:
    """Return whether a file at `share` of its size takes another word; similar words are kept together."""
    return share < (1.15 if word[:4] == last[:4] else 0.85)


def _as_scripts_compare(word: str) -> bytes:
    return word.encode("utf-16-be", "surrogatepass")


def _texts(paper: Paper, site: Site) -> Iterator[str]:
    """Yield the texts of a paper other than its title and authors."""
    organization = site.catalogue.organization_of.get(paper.id)
    yield from (plain_text(text) for text in (paper.abstract, paper.summary, paper.note) if text)
    yield from (tag.name for tag in site.catalogue.tags_of[paper.id])
    yield from map(strip_controls, (*paper.keywords, organization.name if organization else "", paper.venue or ""))


def identifiers(paper: Paper) -> dict[str, None]:
    """Return the words that find a paper by a pasted number or address: its letters and digits only."""
    ids = (paper.arxiv, paper.doi, paper.id if paper.id != slugify(paper.title) else None, *paper.aliases)
    links = (_SCHEME.sub("", paper.links[kind]) for kind in OWN_LINKS if kind in paper.links)
    known = (_OTHER_THAN_LETTERS.sub("", text.casefold()) for text in (*ids, *links) if text)
    return dict.fromkeys(word[:LONGEST_ID] for word in known if word)


def _ascending(numbers: Sequence[int]) -> str:
    """Encode ascending numbers, each as the difference to the previous one."""
    return "".join(map(_digits, map(sub, numbers, chain((0,), numbers))))


def _pairs(pairs: Sequence[tuple[int, int]]) -> str:
    """Encode pairs whose first numbers ascend."""
    firsts = [first for first, _ in pairs]
    steps = map(sub, firsts, chain((0,), firsts))
    return "".join(_digits(step) + _digits(second) for step, (_, second) in zip(steps, pairs, strict=True))


def _digits(number: int) -> str:
    """Encode a number, lowest five bits first; all digits but the last are 32 or more."""
    return _SMALL[number] if number < len(_SMALL) else DIGITS[BASE + number % BASE] + _digits(number // BASE)


_SMALL = [
    *DIGITS[:BASE],
    *(DIGITS[BASE + number % BASE] + DIGITS[number // BASE] for number in range(BASE, BASE * BASE)),
]


def _record(paper: Paper, site: Site) -> dict[str, object]:
    """Return a paper as the search page shows it, without unknown values."""
    authors = byline(site.settings.words, paper)
    organization = site.catalogue.organization_of.get(paper.id)
    shown: dict[str, object] = {
        "path": site.settings.address(paper_path(paper.id)),
        "title": plain_text(paper.title),
        "authors": authors.names,
        "others": authors.others.replace(" ", NO_BREAK_SPACE),
        "organization": organization and organization.name,
        "day": day_of(paper),
        "listed": paper.days[0].isoformat() if paper.days[1:] else "",
        "unlisted": not paper.listed,  # the day is its day of publication
        "tags": ", ".join(tag.name for tag in site.catalogue.tags_of[paper.id][:CARD_TAGS]),
        "excerpt": _excerpt(paper.summary or paper.abstract),
        "venue": paper.venue,
        "withdrawn": bool(paper.withdrawal),
        "pdf": paper.web_links.get("pdf"),
        "record": _record_link(paper, site),
        **languages_of(site.settings.words, paper, "summary" if paper.summary else "abstract"),
    }
    known = {name: value for name, value in shown.items() if value}
    return known if paper.upvotes is None else {**known, "upvotes": paper.upvotes}


def _record_link(paper: Paper, site: Site) -> tuple[str, str] | None:
    """Return name and address of the paper's record; None at arXiv, where the page derives it from the PDF's."""
    records = (link for link in card_links(site.settings.words, paper) if link.kind in RECORD_LINKS)
    pdf = paper.web_links.get("pdf", "").replace("/pdf/", "/abs/")
    return next(((link.name, link.url) for link in records if link.url != pdf), None)


def _excerpt(text: str) -> str:
    short = excerpt(text, EXCERPT)
    return short if len(short) <= LONGEST_EXCERPT else f"{short[:LONGEST_EXCERPT]}…"


def _columns(papers: Sequence[Paper], site: Site) -> dict[str, object]:
    """Return the values of papers in columns; shared values as indexes into a list, -1 for none."""
    named = [site.catalogue.organization_of.get(paper.id) for paper in papers]
    organizations, organization_places = _shared([term.slug if term else None for term in named])
    venues, venue_places = _shared([paper.venue for paper in papers])
    return {
        "days": [day_of(paper) for paper in papers],
        "upvotes": [paper.upvotes or 0 for paper in papers],
        "organizations": organizations,
        "organizationOf": organization_places,
        "venues": venues,
        "venueOf": venue_places,
    }


def _tags(papers: Sequence[Paper], site: Site) -> dict[str, object]:
    slugs = [[tag.slug for tag in site.catalogue.tags_of[paper.id]] for paper in papers]
    indexes = {slug: index for index, slug in enumerate(dict.fromkeys(chain.from_iterable(slugs)))}
    return {"tags": list(indexes), "tagsOf": [[indexes[slug] for slug in paper_slugs] for paper_slugs in slugs]}


def _shared(values: Sequence[str | None]) -> tuple[list[str], list[int]]:
    kept = [value for value in dict.fromkeys(values) if value]
    indexes = {value: index for index, value in enumerate(kept)}
    return kept, [indexes.get(value or "", -1) for value in values]


def day_of(paper: Paper) -> str:
    """Return the newest day of a paper, else its date of publication as far as known."""
    return paper.days[-1].isoformat() if paper.days else str(paper.published or "")
