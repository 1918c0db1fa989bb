"""PubMed's text format (MEDLINE, `.nbib`), also used by ERIC: tags of up to four letters, blank lines after records."""

import re
from collections.abc import Iterator, Mapping, Sequence

from site_builder.lazy import lazy_pattern
from site_builder.model.raw_paper import Boilerplate, Item, RawPaper
from site_builder.problems import Problem
from site_builder.sources.fields.identifiers import doi_in, links_of_urls, urls_in
from site_builder.sources.fields.named_fields import with_identifiers
from site_builder.sources.fields.person_parts import person
from site_builder.sources.fields.pubmed_words import (
    kind_of_types,
    plain_title,
    pubmed_page,
    remark_of_types,
    structured,
)
from site_builder.sources.fields.unread import look_of, repeated_names
from site_builder.sources.fields.written_date import date_of_parts, written_date
from site_builder.sources.reader import Reader
from site_builder.sources.source import Source

_TAG = lazy_pattern(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)", re.DOTALL)
_LEAST_TAGS = 2  # lines with tags, including the one with the number or the owner of the record
_NUMBER = lazy_pattern(r"^[ \t]*(?:PMID- *\d|OWN - \S)", re.MULTILINE)
_TAG_LINE = lazy_pattern(r"[A-Z][A-Z0-9]{1,3} {0,2}- ")
_DAY = lazy_pattern(r"(\d{4})(\d\d)(\d\d)")
_SLASHES = lazy_pattern(r"(\d{4})/(\d\d)/(\d\d)\b.*")

# Tags that are read, or that a digest has no use for.
_KNOWN = frozenset(
    "PMID TI BTI CTI TT AB OAB FAU AU CN DEP DP PHST EDAT CRDT LID AID SO JT TA VI IP PG PB OT MH PT AD AUID "
    "CDAT CI CIN COI CON CP CRF CRI CTDT CY DA DCOM DDIN DEL DFN DRIN ECF ECI ED EFR EIN EN FED FIR FPS GN GR "
    "GS IR IRAD IS ISBN ISSN JID LA LR MHDA MI MID NI NM OABL OCI OID ORI OTO OWN PL PLA PMC PMCR PRIN PS PST PUBM "
    "RF RIN RN ROF RPF RPI RRF RRI SB SFM SI SPIN STAT TC UIN UOF VTI".split()
)

Values = Mapping[str, Sequence[str]]


def recognises(source: Source) -> bool:
    """Return whether a line is `PMID- 123` or `OWN - ERIC`, and most lines have tags or continue a value."""
    if _NUMBER.search(source.head) is None:
        return False
    filled = [line for line in source.head.split("\n") if line.strip()]
    tagged = sum(1 for line in filled if _TAG_LINE.match(line))
    return tagged >= _LEAST_TAGS and 2 * (tagged + sum(1 for line in filled if line.startswith("      "))) > len(filled)


def read(source: Source) -> Iterator[Item]:
    """Yield a record for each block of tags; lines outside them are problems."""
    for block in _blocks(source):
        start = block[0][0]
        values, stray = _values(block)
        if not values:
            first = block[0][1].strip()
            if set(first) <= set("-=*_ ") or first.startswith("#"):
                yield Boilerplate(start, len(block))
            else:
                yield Problem(source.path, start, "the lines have no tags", "mend or remove them", len(block))
            continue
        for line in stray:
            yield Problem(source.path, line, "the line has no tag", "write `TAG - …`, or indent it by six spaces")
        unread = {tag: look for tag in values.keys() - _KNOWN if (look := look_of(values[tag]))}
        unread |= repeated_names(values, ("TI", "AB", "JT", "VI", "IP", "PG"))
        yield RawPaper(_fields(values), source.path, start, len(block), dict(sorted(unread.items())))


def _blocks(source: Source) -> Iterator[list[tuple[int, str]]]:
    """Yield the numbered lines of each record; a blank line ends a record only if the next one begins after it."""
    block: list[tuple[int, str]] = []
    is_after_blank = False
    for number, line in source.lines():
        if not line.strip():
            is_after_blank = True
            continue
        found = _TAG.match(line)
        is_new = found is not None and (found[1] == "PMID" or (is_after_blank and _begins_with(block, found[1])))
        if block and (is_new or (is_after_blank and found is None and not line.startswith(" "))):
            yield block
            block = []
        block.append((number, line))
        is_after_blank = False
    if block:
        yield block


def _begins_with(block: Sequence[tuple[int, str]], tag: str) -> bool:
    found = _TAG.match(block[0][1]) if block else None
    return found is not None and found[1] == tag


def _values(block: Sequence[tuple[int, str]]) -> tuple[dict[str, list[str]], list[int]]:
    """Return tag → values, and the numbers of the lines that neither have a tag nor continue a value."""
    values: dict[str, list[str]] = {}
    stray: list[int] = []
    last: list[str] = []
    for number, line in block:
        found = _TAG.match(line)
        if found:
            last = values.setdefault(found[1], [])
            last.append(found[2].strip())
        elif last and line.startswith((" ", "\t")):
            last[-1] = f"{last[-1]} {line.strip()}"
        else:
            stray.append(number)
    return values, stray


def _fields(values: Values) -> dict[str, object]:
    number = _first(values, "PMID")
    headings = (text.lstrip("*").partition("/")[0] for text in values.get("MH", ()))  # `*Growth/physiology`
    fields: dict[str, object] = {
        "title": plain_title(_first(values, "TI", "BTI", "CTI"), _first(values, "TT")),
        "abstract": structured(_first(values, "AB", "OAB")),
        "authors": [*_authors(values), *(person(group=name) for name in values.get("CN", ()))],
        "published": _published(values),
        "doi": _doi(values),
        "venue": _first(values, "JT", "BTI", "TA"),
        "volume": _first(values, "VI"),
        "issue": _first(values, "IP"),
        "pages": _first(values, "PG"),
        "publisher": _first(values, "PB"),
        "keywords": list(dict.fromkeys([*values.get("OT", ()), *headings])),
        "kind": kind_of_types(values.get("PT", ())),
        "comment": remark_of_types(values.get("PT", ())),
        "key": number,
        "links": pubmed_page(number) or links_of_urls([url for text in values.get("LID", ()) for url in urls_in(text)]),
    }
    if fields["venue"] == fields["title"]:
        fields["venue"] = ""
    return with_identifiers(fields)


def _first(values: Values, *tags: str) -> str:
    return next((text for tag in tags for text in values.get(tag, ()) if text), "")


def _authors(values: Values) -> list[str]:
    """Return the full names (FAU), and the short names (AU) of people without a full one."""
    full, short = list(values.get("FAU", ())), values.get("AU", ())
    if len(full) >= len(short):
        return full
    names = []
    for name in short:
        family = name.rpartition(" ")[0].casefold()
        full_name = next((each for each in full if each.partition(",")[0].casefold() == family), name)
        names.append(full_name)
        if full_name in full:
            full.remove(full_name)
    return [*names, *full]


def _published(values: Values) -> str:
    """Return the more precise of the online (DEP) and the print date (DP), without these the date in PubMed."""
    days = [date_of_parts(*found.groups()) for text in values.get("DEP", ()) if (found := _DAY.fullmatch(text))]
    written = _first(values, "DP")
    dates = [*(day for day in days if day), *([written_date(written)] if written else [])]
    if dates:
        return max(dates, key=lambda date: len(date) if date[:4].isdecimal() and date.count(" ") == 0 else 0)
    found = _SLASHES.match(_first(values, "PHST", "EDAT", "CRDT"))
    return (date_of_parts(*found.groups()) or "") if found else ""


def _doi(values: Values) -> str:
    texts = [*values.get("LID", ()), *values.get("AID", ()), *values.get("SO", ())]
    marked = [text for text in texts if "[doi]" in text or "doi:" in text.lower()]
    return next(filter(None, (doi_in(text.replace("[doi]", "")) for text in (*marked, *texts))), "")


READER = Reader(
    name="PubMed text",
    about="PubMed's text format (MEDLINE, .nbib), as its button Send to: Citation manager saves it",
    example="PMID- 35000001\nDP  - 2026 Jan 2\nTI  - A Paper.\nLID - 10.1000/xyz [doi]\nFAU - Last, First\n",
    recognises=recognises,
    read=read,
)
