"""Conventions shared by PubMed's formats: titles, publication types, citations, and the URLs of records."""

import re
from collections.abc import Mapping, Sequence

from site_builder.lazy import lazy_pattern
from site_builder.sources.fields.written_date import written_date

# `J Sheep. 2026 May 1;12(3):1-9.`; only venue and year are required
CITATION = lazy_pattern(
    r"(?P<venue>[^\s.;?!][^.;?!]{0,200}?(?:\. ?\([^()]{1,60}\))?)\. "
    r"(?P<date>(?:1[89]|20)\d\d(?: [A-Z][a-z]{2,5}(?:[-/][A-Z][a-z]{2,5})?(?: \d{1,2}(?:-\d{1,2})?)?)?)"
    r"(?:;(?P<volume>[^;:(]{1,30})?(?:\((?P<issue>[^()]{1,30})\))?)?(?::(?P<pages>[^:\s.](?:[^.:]|\.\d){0,40}))?\."
)
_EPUB = lazy_pattern(r"\bEpub (\d{4} [A-Z][a-z]{2} \d{1,2})\b")
_LABEL = lazy_pattern(r"(?<=[.?!)]) (?=[A-Z][A-Z /&,]{3,60}: )")  # a label in a structured abstract
_UNKNOWN = frozenset({"not available", "untitled"})
# PubMed publication type → BibTeX entry type; most others (`Review`, `Clinical Trial`) accompany `Journal Article`.
_KINDS: Mapping[str, str] = {
    "preprint": "preprint",
    "book": "book",
    "technical report": "techreport",
    "dissertations, academic": "phdthesis",
    "congress": "inproceedings",
    "congresses": "inproceedings",
}


def plain_title(title: str, vernacular: str = "") -> str:
    """Remove the brackets of a translated title and PubMed's final full stop; use `vernacular` for a missing title."""
    text = title.strip()
    if text.startswith("[") and text.rstrip(".").endswith("]"):
        text = text.rstrip(".")[1:-1].strip()
    if not text or text.rstrip(".").lower() in _UNKNOWN:
        text = vernacular.strip() or text
    is_sentence_end = text.endswith(".") and not text.endswith("..") and len(text.split()[-1].rstrip(".")) > 1
    return text[:-1] if is_sentence_end and "." not in text.split()[-1][:-1] else text


def remark_of_types(types: Sequence[str]) -> str:
    """Return `Retracted` if the publication types of a record say so, else ""."""
    return "Retracted" if any(each.strip().casefold() == "retracted publication" for each in types) else ""


def kind_of_types(types: Sequence[str]) -> str:
    """Return the BibTeX entry type for a record's publication types."""
    return next((kind for each in types if (kind := _KINDS.get(each.strip().casefold()))), "article")


def pubmed_page(number: str, kind: str = "page") -> dict[str, str]:
    """Return the link to a record's page in PubMed under a kind, or {} if the number is not one."""
    return {kind: f"https://pubmed.ncbi.nlm.nih.gov/{number}/"} if number.isascii() and number.isdigit() else {}


def structured(abstract: str) -> str:
    """Start a paragraph at each labelled part of an abstract: `METHODS: We …`."""
    return _LABEL.sub("\n\n", abstract)


def where_cited(found: re.Match[str]) -> dict[str, str]:
    """Return venue, volume, issue, pages and date of a citation; the `Epub` date if the other has no day."""
    date, epub = written_date(found["date"]), _EPUB.search(found.string, found.end())
    published = written_date(epub[1]) if epub and len(date) < len("2026-05-14") else date
    named = {name: found[name] or "" for name in ("venue", "volume", "issue", "pages")}
    return {**named, "published": published}
