"""PubMed's `Abstract (text)` and `Summary (text)`: numbered records with a citation before or after the title."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Item, RawPaper, filled
from site_builder.names.evidence import split_surname_first
from site_builder.names.person import PersonName
from site_builder.names.words import is_initials
from site_builder.problems import Problem
from site_builder.sources.fields.identifiers import doi_in
from site_builder.sources.fields.person_parts import person
from site_builder.sources.fields.pubmed_words import CITATION, plain_title, pubmed_page, structured, where_cited
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_BEGINNING = lazy_pattern(r"(\d{1,6})[.:] (?=\S)")
_NUMBER = lazy_pattern(r"\bPMID: (\d{1,9})\b")
_MARK = lazy_pattern(r"\s?\((?:\d{1,3}|[a-z#*])\)|[#*]\d?")
# Beginnings of paragraphs after the authors that a digest has no use for.
_ASIDES = lazy_pattern(
    r"(?:Author information|Collaborators|Conflict of interest statement|Publisher|Plain Language Summary"
    r"|(?:Comment|Erratum|Update|Republished|Retraction|Expression of concern|Corrected and republished"
    r"|Retracted and republished|Summary for patients|Dataset|Original|Cites|Associated)\w*"
    r" (?:in|on|for|of|from|by|report|patients|dataset))(?::|\n|\Z)|(?:Copyright )?[©]|Copyright"
    r"|\[Article in |\[Indexed for "
)
_IDS = lazy_pattern(r"(?:DOI|PMCID|PMID): ")
_RETRACTED = "Retraction in"
NO_AUTHORS = ("[No authors listed]", "[No author given]")

Lines = list[tuple[int, str]]


def recognises(source: Source) -> bool:
    """Return whether the first numbered block has a citation in PubMed's style, and the text has a PubMed id."""
    if _NUMBER.search(source.head) is None:
        return False
    lines = takewhile(lambda line: line.strip(), source.head.strip().split("\n"))
    first = " ".join(line.strip() for line in lines)
    found = _BEGINNING.match(first)
    return found is not None and CITATION.search(first, found.end()) is not None


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each numbered block; lines before the first are a problem."""
    for block in _blocks(source):
        line, count = block[0][0], sum(1 for _, text in block if text.strip())
        fields = _fields(_paragraphs(block))
        if fields:
            yield RawPaper(fields, source.path, line, count)
        else:
            remedy = "save the records from PubMed in the format `PubMed`"
            yield Problem(source.path, line, "the lines are no record of PubMed", remedy, count, records=1)


def _blocks(source: Source) -> Iterator[Lines]:
    """Yield the lines of each record; a record begins after a blank line, with the next number."""
    block: Lines = []
    number, is_after_blank = 0, True
    for line, text in source.lines():
        found = _BEGINNING.match(text) if is_after_blank else None
        if found and (not number or int(found[1]) == number + 1):
            if block:
                yield block
            block, number = [], int(found[1])
        is_after_blank = not text.strip()
        if block or not is_after_blank:
            block.append((line, text))
    if block:
        yield block


def _paragraphs(block: Lines) -> list[str]:
    """Return the paragraphs of a record, with line breaks but without the record's number."""
    text = _BEGINNING.sub("", "\n".join(text.strip() for _, text in block), count=1)
    return [part.strip() for part in re.split(r"\n{2,}", text) if part.strip()]


def _fields(paragraphs: Sequence[str]) -> dict[str, object]:
    """Return the fields of a record, {} if it has no citation."""
    first, *others = [*map(_one_line, paragraphs), ""]
    citation = CITATION.match(first)
    fields = _abstract_fields(paragraphs[1:]) if citation and any(others) else {}
    if not fields:
        before = next((found for found in CITATION.finditer(first) if found.start()), None)
        if before is None:
            return {}
        citation, fields = before, _summary_fields(first[: before.start()])
    text = " ".join((first, *(each for each in others if _IDS.match(each))))
    number = found[1] if (found := _NUMBER.search(text)) else ""
    fields |= {
        **(where_cited(citation) if citation else {}),
        "doi": doi_in(text.partition("doi: ")[2] or text.partition("DOI: ")[2]),
        "key": number,
        "links": pubmed_page(number),
        "kind": "article",
    }
    return filled(fields)


def _abstract_fields(paragraphs: Sequence[str]) -> dict[str, object]:
    """Return title, authors and abstract from the paragraphs after a citation."""
    title, *others = paragraphs
    asides = [each for each in others if _ASIDES.match(each) or _IDS.match(each) or each in NO_AUTHORS]
    texts = [each for each in others if each not in asides]
    authors = people_of(_one_line(texts[0])) if texts else []
    return {
        "title": plain_title(_one_line(title)),
        "authors": authors,
        "abstract": "\n\n".join(structured(_one_line(text)) for text in texts[bool(authors) :]),
        "comment": "Retracted" if any(each.startswith(_RETRACTED) for each in asides) else "",
    }


def _summary_fields(text: str) -> dict[str, object]:
    """Return authors and title from the text before a citation: `Example A, Roe B. Counting sheep.`"""
    names, _, title = text.strip().partition(". ")
    authors = people_of(names) if title else []
    return {"authors": authors, "title": plain_title(title if authors else text)}


def people_of(text: str) -> list[str | dict[str, str]]:
    """Return the names of `Example A(1), van der Berg B(1)(2); Meadow Group.`, [] for any other text."""
    people, *groups = _MARK.sub("", text).rstrip(" .").split("; ")
    authors: list[str | dict[str, str]] = []
    for name in filter(None, map(str.strip, people.split(", "))):
        parts = split_surname_first(name)
        if name.rstrip(".") == "et al":
            authors.append("others")
        elif isinstance(parts, PersonName) and is_initials(name.replace(parts.suffix, "").split()[-1]):
            authors.append(person(parts.last, parts.given, parts.suffix))
        else:
            authors.append(person(group=name))
    if not any(isinstance(each, dict) and "family" in each for each in authors):
        return []
    return [*authors, *(person(group=group.strip()) for group in groups if group.strip())]


def _one_line(text: str) -> str:
    return " ".join(text.split())


READER = Reader(
    name="PubMed print",
    about="what PubMed saves as Abstract (text) or Summary (text)",
    example="1. J Sheep. 2026 May 1;12(3):1-9. doi: 10.1000/xyz.\n\nA Paper.\n\nLast F(1), Other N(2).\n\n"
    "PMID: 35000001\n",
    recognises=recognises,
    read=read,
    counts_lines=True,
)
