"""Ids and URLs of papers, one per line; `broadsheet fetch` completes those without a title."""

import re
from collections.abc import Iterator

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper, filled
from site_builder.names.line import names_in
from site_builder.problems import Problem, shortened
from site_builder.sources.fields.bylines import split_bylines
from site_builder.sources.fields.identifiers import ARXIV_ID, arxiv_in, doi_in, link_kind
from site_builder.sources.fields.markdown_text import links_to_paper, plain_text
from site_builder.sources.fields.named_fields import add_identifiers
from site_builder.sources.fields.paper_fields import field_name
from site_builder.sources.fields.pubmed_words import pubmed_page
from site_builder.sources.fields.title_text import FEWEST_WORDS, looks_like_title
from site_builder.sources.formats.paper_bullet import BULLET
from site_builder.sources.formats.yaml_list import defaults_of
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source
from site_builder.sources.syntax.front_matter import split_front_matter
from site_builder.sources.syntax.yaml_text import LineDict, YamlError

_ARXIV = lazy_pattern(
    rf"(?:(?:https?://)?(?:\w+\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv\s?:\s?)?(?:{ARXIV_ID})(?:\.pdf)?", re.IGNORECASE
)
_DOI = lazy_pattern(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi\s?:\s?)?10\.\d{4,9}/\S+", re.IGNORECASE)
_PUBMED = lazy_pattern(
    r"(?:(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/|pmid\s?:?\s?)(?P<number>\d{1,9})/?", re.IGNORECASE
)
_PMC = lazy_pattern(
    r"(?:https?://[\w.]*ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/|pmcid\s?:\s?)?PMC(?P<number>\d{1,9})/?", re.I
)
_REVIEW = lazy_pattern(
    r"(?:https?://)?openreview\.net/(?:forum|pdf)\?id=(?P<name>[\w-]{4,40})(?:[&#]\S*)?", re.IGNORECASE
)
_ADDRESS = lazy_pattern(r"https?://\S{1,2000}")
_LABELLED = lazy_pattern(  # `[2605.01234](https://…)`
    rf"\A\[(?:(?:arxiv\s?:\s?)?(?:{ARXIV_ID})|(?:doi\s?:\s?)?10\.\d{{4,9}}/[^\s\[\]]{{1,200}}|https?://[^\s\[\]]{{1,2000}})\]"
    r"\((?P<url>https?://[^\s()]{1,2000})\)",
    re.IGNORECASE,
)
_HEADING = lazy_pattern(r"#{2,6} ")
_IN_ANGLES = lazy_pattern(r"\A<(\S{1,2000})>")
_PARTS = lazy_pattern(r"\s+[|\u00b7\u2022\u2013\u2014]\s+|\t+")
_BETWEEN = ' \t:|,-\u2013\u2014"\u201c\u201d*_'
_OF_ONE_PAPER = frozenset({"arxiv", "doi", "id", "authors", "abstract", "abs", "pdf", "papers"})  # front matter keys
_MOST_WORDS = 8  # in a remark after an id


def identifier_fields(text: str) -> dict[str, object] | None:
    """Return the fields of a line that begins with an id or its URL, None for any other line.

    After the id, only a title or a short remark may follow.
    """
    split = _split_id(text)
    if split is None:
        return None
    fields, rest = split
    titled = _titled(rest)
    return {**titled, **fields} if titled or len(rest.split()) <= _MOST_WORDS else None


def lone_identifier(text: str) -> dict[str, object] | None:
    """Return the fields of a text that is only an id of a paper, None for any other text."""
    fields, rest = _split_id(text.strip(_BETWEEN + "`.")) or ({}, "")
    return fields if fields and not rest.strip(_BETWEEN) else None


def _split_id(text: str) -> tuple[dict[str, object], str] | None:
    """Return the fields of the id at the beginning of a line and the rest of the line, None if there is no id."""
    text = _IN_ANGLES.sub(r"\1 ", _LABELLED.sub(r"\g<url>", text.strip(), 1), 1)
    if found := _REVIEW.match(text):
        url = found[0] if found[0].lower().startswith("http") else f"https://{found[0]}"
        fields: dict[str, object] = {"id": f"openreview:{found['name']}", "links": {"review": url}}
    elif found := _PUBMED.match(text):
        number = found["number"]
        fields = {"id": f"pmid:{number}", "links": pubmed_page(number)}
    elif found := _PMC.match(text):
        name = f"PMC{found['number']}"
        fields = {"id": name, "links": {"page": f"https://pmc.ncbi.nlm.nih.gov/articles/{name}/"}}
    elif found := _DOI.match(text):
        fields = {"doi": doi_in(found[0].rstrip(":,;"))}
    elif found := _ARXIV.match(text):
        fields = {"arxiv": arxiv_in(found[0].removesuffix(".pdf"))}
    elif (found := _ADDRESS.match(text)) and (ids := _ids_in(found[0])):
        fields = ids
    else:
        return None
    rest = text[found.end() :]
    return None if rest and rest[0].isalnum() else (fields, rest)


def _ids_in(url: str) -> dict[str, object]:
    """Return the arXiv id or DOI in a publisher's URL and the link, {} if there is no id."""
    fields: dict[str, object] = {"links": {link_kind(url): url}}
    add_identifiers(fields)
    found = filled(fields)
    return found if "arxiv" in found or "doi" in found else {}


def _titled(rest: str) -> dict[str, object]:
    """Return the title after an id, and the authors if they follow; {} for a remark."""
    title, *others = _PARTS.split(rest.strip(_BETWEEN))
    if not looks_like_title(title) or len(title.split()) < FEWEST_WORDS:
        return {}
    authors = next((names for part in others if (names := names_in(part, is_single_known=True))), [])
    return {"title": plain_text(title).strip(_BETWEEN), **({"authors": authors} if authors else {})}


def _short_title(text: str) -> str:
    """Return the text after an id if it could be a title but is too short to be taken for one, else ""."""
    _, rest = _split_id(text) or ({}, "")
    words = rest.strip(_BETWEEN)
    return words if looks_like_title(words) and 1 < len(words.split()) < FEWEST_WORDS else ""


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each id; the first line with a title or a too short one adds a problem.

    Comments and front matter are boilerplate, other lines are problems.
    """
    is_title_reported = is_short_reported = False
    values, first = _front_matter(source.head)
    defaults = defaults_of(values)
    for number, line in source.lines():
        text = _text(line)
        if not text:
            continue
        if number < first:
            yield Boilerplate(number)
            continue
        fields = None if text.startswith("#") else identifier_fields(text)
        if fields and "title" in fields and not is_title_reported:
            is_title_reported = True
            what = "the text after an id is taken for the title, since nothing but its look tells what it is"
            yield Problem(source.path, number, what, "write # before a remark")
        if fields and "title" not in fields and not is_short_reported and (words := _short_title(text)):
            is_short_reported = True
            what = f'"{words}" after an id is too short to be known as a title, and left out as a remark'
            yield Problem(source.path, number, what, "write # before a remark; a short title goes into a YAML list")
        if fields:
            yield RawPaper({**defaults, **fields}, source.path, number)
        elif text.startswith(("#", "//", "---")):
            yield Boilerplate(number)
        else:
            what = f'"{shortened(text)}" begins with no id of a paper'
            yield Problem(source.path, number, what, "write the id first, or # before a comment", 1, 1)


def recognises(source: Source) -> bool:
    """Return whether most lines begin with an id, or exactly half of them and the others name no papers."""
    values, first = _front_matter(source.head)
    below = source.head.split("\n")[first - 1 :]
    if not _OF_ONE_PAPER.isdisjoint(map(field_name, values)) or any(map(_HEADING.match, below)):
        return False  # each heading is the title of the id below it
    lines = [text for line in below if (text := _text(line)) and not text.startswith(("#", "//"))]
    others = [line for line in lines if identifier_fields(line) is None]
    if 2 * len(others) == len(lines):
        return bool(lines) and not any(looks_like_title(plain_text(line)) or links_to_paper(line) for line in others)
    return 2 * len(others) < len(lines)


def _front_matter(head: str) -> tuple[LineDict, int]:
    """Return the front matter above the ids and the number of the first line after it; empty and 1 if none."""
    try:
        values, _, first = split_front_matter(head)
    except YamlError:
        return LineDict(1), 1
    return values, first


def _text(line: str) -> str:
    bullet = BULLET.fullmatch(line.rstrip())
    return (bullet["text"] if bullet else line).strip()


READER = Reader(
    name="identifiers",
    about="ids or addresses of papers (arXiv, DOI, PubMed, OpenReview), one a line; `broadsheet fetch` completes them",
    example="2605.01234\nhttps://doi.org/10.1000/182  # a remark\npmid:26017442",
    recognises=recognises,
    read=lambda source: split_bylines(read(source)),
    counts_lines=True,
)
