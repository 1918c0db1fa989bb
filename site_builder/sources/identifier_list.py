"""Ids and addresses of papers, one a line and without a title: papers to be completed by `broadsheet fetch`."""

import re
from collections.abc import Iterator
from typing import Any

from site_builder.problems import Problem
from site_builder.sources.identifiers import ARXIV_ID, arxiv_in, doi_in
from site_builder.sources.paper_bullet import BULLET
from site_builder.sources.record import Furniture, Item, Reader, SourceRecord
from site_builder.sources.source import Source

_ARXIV = re.compile(
    rf"(?:(?:https?://)?(?:\w+\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv\s?:\s?)?(?:{ARXIV_ID})(?:\.pdf)?", re.IGNORECASE
)
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi\s?:\s?)?10\.\d{4,9}/\S+", re.IGNORECASE)
_PUBMED = re.compile(r"(?:(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/|pmid\s?:?\s?)(?P<number>\d{1,9})/?", re.IGNORECASE)
_PMC = re.compile(
    r"(?:https?://[\w.]*ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/|pmcid\s?:\s?)?PMC(?P<number>\d{1,9})/?", re.I
)
_REVIEW = re.compile(
    r"(?:https?://)?openreview\.net/(?:forum|pdf)\?id=(?P<name>[\w-]{4,40})(?:[&#]\S*)?", re.IGNORECASE
)
_MOST_WORDS = 8  # of a remark behind an id


def identifier_fields(text: str) -> dict[str, Any] | None:
    """Return the fields of a line that begins with an id or its address and has no more than a remark behind it."""
    text = text.strip().removeprefix("<").replace(">", " ", 1)
    if found := _REVIEW.match(text):
        fields: dict[str, Any] = {"id": f"openreview:{found['name']}", "links": {"review": _address(found[0])}}
    elif found := _PUBMED.match(text):
        number = found["number"]
        fields = {"id": f"pmid:{number}", "links": {"page": f"https://pubmed.ncbi.nlm.nih.gov/{number}/"}}
    elif found := _PMC.match(text):
        name = f"PMC{found['number']}"
        fields = {"id": name, "links": {"page": f"https://pmc.ncbi.nlm.nih.gov/articles/{name}/"}}
    elif found := _DOI.match(text):
        fields = {"doi": doi_in(found[0])}
    elif found := _ARXIV.match(text):
        fields = {"arxiv": arxiv_in(found[0].removesuffix(".pdf"))}
    else:
        return None
    rest = text[found.end() :]
    is_whole = not rest or not rest[0].isalnum()
    return fields if is_whole and len(rest.split()) <= _MOST_WORDS else None


def _address(text: str) -> str:
    return text if text.lower().startswith("http") else f"https://{text}"


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each id; comments are furniture, and other lines problems."""
    for number, line in source.lines():
        text = _text(line)
        if not text:
            continue
        fields = None if text.startswith("#") else identifier_fields(text)
        if fields:
            yield SourceRecord(fields, source.path, number)
        elif text.startswith(("#", "//", "---")):
            yield Furniture(number)
        else:
            what = f'"{text[:60]}" begins with no id of a paper'
            yield Problem(source.path, number, what, "write the id first, or # before a comment", 1, 1)


def recognises(source: Source) -> bool:
    """Tell whether most lines begin with an id."""
    lines = [text for line in source.head.split("\n") if (text := _text(line)) and not text.startswith(("#", "//"))]
    found = sum(identifier_fields(line) is not None for line in lines)
    return found > len(lines) / 2


def _text(line: str) -> str:
    bullet = BULLET.fullmatch(line.rstrip())
    return (bullet["text"] if bullet else line).strip()


READER = Reader(
    name="identifiers",
    about="ids or addresses of papers (arXiv, DOI, PubMed, OpenReview), one a line; `broadsheet fetch` completes them",
    example="2605.01234\nhttps://doi.org/10.1000/182  # a remark\npmid:26017442",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
